"""Mail from streams to the outbox: the real functions, queue and SES in moto.

Claims lapse by the practice's clock. Messages that fail are visible again on request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, partial
from typing import Any

import boto3
from moto import mock_aws
from moto.sqs.models import sqs_backends

from infra.local import template
from infra.local.environment import (
    ACCOUNT,
    MAIL_QUEUE,
    NOTIFICATIONS_DEAD_LETTERS,
    REGION,
    SCHEDULE_GROUP,
)
from infra.local.functions import Function
from infra.local.moto.ses import patch_ses
from infra.local.outbox import Mail, Outbox
from infra.local.permissions import Permissions
from infra.local.queues import QueueSource, create_mail_service
from infra.local.sweeps import MinuteSweep
from infra.seed import seed_client, seed_practice
from openhour import clock, mail_queue, schedules, ses
from openhour.store.models import DueRow, MessageRow
from openhour.store.practices import invalidate
from openhour.use_cases.settings import change_settings
from tests.dynamodb_backends import empty_tables
from tests.functions.streams import Stream, hand_over
from tests.unit.builders import NOW, a_practice, an_entry

STREAMS = {
    "AppointmentsTable": "NotificationsStreamFunction",
    "RegularsTable": "NotificationsStreamFunction",
    "ClientsTable": "PrivilegesStreamFunction",
    "PracticesTable": "PracticeStreamFunction",
    "SlotsTable": "PracticeStreamFunction",
}
HOURS = ("tuesday 10:00", "wednesday 10:00", "thursday 07:00", "friday 17:30")


@cache
def function(name: str) -> Function:
    return Function(name, template.load().handlers()[name], Permissions(template.load(), name))


class MailService:
    """One practice, `t1`, with clients who are mailed, and what was mailed."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._streams = {table: Stream(table) for table in STREAMS}
        (mapping,) = template.load().queue_mappings()
        self.queue = QueueSource(mapping, function("MailerFunction"))

    def open(self, **settings: Any) -> None:
        practice = a_practice(therapist_id="t1", booking_notice_hours=1, max_per_week=7)
        seed_practice(practice, map(an_entry, HOURS))
        for name in ("ann", "bob"):
            seed_client("t1", name, invite=False, email=f"{name}@example.org")
        self.skip()
        self.set(**{"mail_from": date(2026, 11, 1), **settings})
        self.skip()

    def set(self, **settings: Any) -> None:
        change_settings("t1", settings, if_match=None, now=clock.now())

    def skip(self) -> None:
        """Forget what has been written so far."""
        for stream in self._streams.values():
            stream.new()

    def records(self, table: str) -> list[Any]:
        return self._streams[table].new()

    def follow(self) -> None:
        """Have every stream function handle what is new, and the mailer what is queued."""
        for table, name in STREAMS.items():
            assert hand_over(name, self.records(table)) == []
        self.queue.poll()

    def queued(self) -> int:
        """Return how many messages are on the queue, received or not."""
        return len(sqs_backends[ACCOUNT][REGION].get_queue(MAIL_QUEUE)._messages)

    def receive(self) -> list[dict[str, Any]]:
        """Receive every message, as if the queue's timeout had passed for those received before."""
        for message in sqs_backends[ACCOUNT][REGION].get_queue(MAIL_QUEUE)._messages:
            message.visible_at = 0
        records: list[dict[str, Any]] = []
        while batch := self.queue._receive():
            records += map(self.queue._record, batch)
        return records

    def delete(self, record: dict[str, Any]) -> None:
        self.queue._sqs.delete_message(
            QueueUrl=self.queue._url, ReceiptHandle=record["receiptHandle"]
        )

    def retry(self) -> None:
        """Have the mailer receive again what failed."""
        for message in sqs_backends[ACCOUNT][REGION].get_queue(MAIL_QUEUE)._messages:
            message.visible_at = 0
        self.queue.poll()

    def sweep(self) -> None:
        function("SweepFunction").invoke({})
        self.queue.poll()

    def sweep_until(self, until: datetime) -> Iterator[datetime]:
        """Yield each minute until then at which something has been due, once it was mailed."""
        sweep = MinuteSweep(partial(function("SweepFunction").invoke, {}), clock.now)
        while minute := sweep.next_due(until):
            clock.set_now(minute)
            sweep.run_due()
            self.queue.poll()
            yield minute

    def mails(self) -> list[Mail]:
        """Return the mails since the last call."""
        mails, self._outbox.mails = list(self._outbox.mails), []
        return mails

    def told(self) -> list[tuple[str, str]]:
        """Return to whom and of what kind the mails since the last call are."""
        return [(mail.to.partition("@")[0], mail.tags["kind"]) for mail in self.mails()]

    def dead_letters(self) -> list[dict[str, Any]]:
        sqs = boto3.client("sqs")
        url = sqs.get_queue_url(QueueName=NOTIFICATIONS_DEAD_LETTERS)["QueueUrl"]
        received: list[dict[str, Any]] = []
        while some := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            received += (json.loads(message["Body"]) for message in some)
        return received


def outcomes() -> dict[str, str | None]:
    """Return the outcome of every message by its key."""
    messages = MessageRow.scan(MessageRow.channel.exists())
    return {row.message_key: row.outcome for row in messages}


def due() -> dict[str, str]:
    """Return the minute of everything due by its entry."""
    rows = (row for row in DueRow.scan() if row.intent)
    return {row.entry: row.bucket.partition("#")[0] for row in rows}


@contextmanager
def a_mail_service() -> Iterator[MailService]:
    """Mock AWS with the tables, the queue and SES, on Monday morning."""
    outbox = Outbox()
    patch_ses(outbox)
    with mock_aws():
        mail_queue.sqs_client.cache_clear()
        ses.ses_client.cache_clear()
        empty_tables()
        create_mail_service(template.load())
        schedules.scheduler_client.cache_clear()
        schedules.scheduler_client().create_schedule_group(Name=SCHEDULE_GROUP)
        clock.set_now(NOW)
        yield MailService(outbox)
    invalidate()
    clock.reset()
