"""From a registration to its mail: the real functions, queue and SES in moto."""

from __future__ import annotations

import re
from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.sqs.models import sqs_backends

from infra.local import template
from infra.local.environment import ACCOUNT, MAIL_QUEUE, REGION
from infra.local.functions import Function
from infra.local.moto.ses import patch_ses
from infra.local.outbox import Outbox
from infra.local.permissions import Permissions
from infra.local.queues import QueueSource, create_mail_service
from infra.seed import seed_practice
from openhour import clock, mail_queue, ses
from openhour.rules.hours import Entry
from openhour.rules.mails import MailKind
from openhour.store.messages import CLAIM_LASTS
from openhour.store.models import MessageRow
from openhour.use_cases.registrations import register
from tests.dynamodb_backends import empty_tables
from tests.functions.registering import confirm
from tests.functions.streams import Stream, hand_over
from tests.unit.builders import NOW, a_practice

FUNCTION = "NotificationsStreamFunction"
CLEO = {"name": "Cleo", "email": "cleo@example.org", "phone": "+1 212 555 0123"}


class Mails:
    """The practice `t1`, with nobody in it, and what is mailed."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self._stream = Stream("RegistrationsTable")
        loaded = template.load()
        mailer = Function(
            "MailerFunction",
            loaded.handlers()["MailerFunction"],
            Permissions(loaded, "MailerFunction"),
        )
        (mapping,) = loaded.queue_mappings()
        self._queue = QueueSource(mapping, mailer)

    def open(self, **settings):
        empty_tables()
        clock.set_now(NOW)
        self._mail_queue()._messages.clear()
        self.outbox.mails.clear()
        practice = a_practice(therapist_id="t1", **settings)
        seed_practice(practice, [Entry.parse("tuesday", "10:00", 50, prime=False)])
        self._stream.new()

    def register(self, **given):
        register("t1", **{**CLEO, **given}, now=clock.now())

    def records(self):
        return self._stream.new()

    def follow(self, times=1):
        records = self.records()
        for _ in range(times):
            assert hand_over(FUNCTION, records) == []
            self._queue.poll()

    def retry(self):
        for message in self._mail_queue()._messages:
            message.visible_at = 0
        self._queue.poll()

    def _mail_queue(self):
        return sqs_backends[ACCOUNT][REGION].get_queue(MAIL_QUEUE)

    def told(self):
        """Return to whom and of what kind mails were sent since the last call."""
        mails, self.outbox.mails = list(self.outbox.mails), []
        return [(mail.to, mail.tags["kind"]) for mail in mails]

    def tokens(self):
        found = (re.search(r"/book/t1#confirm=([\w-]+)", each.text) for each in self.outbox.mails)
        return [each[1] for each in found if each]


@pytest.fixture(scope="module")
def service():
    outbox = Outbox()
    patch_ses(outbox)
    with mock_aws():
        mail_queue.sqs_client.cache_clear()
        ses.ses_client.cache_clear()
        empty_tables()
        create_mail_service(template.load())
        yield Mails(outbox)
    clock.reset()


@pytest.fixture
def mails(service):
    service.open()
    return service


def outcomes():
    return sorted(str(row.outcome) for row in MessageRow.scan())


def test_whoever_registers_is_mailed_one_link_that_confirms(mails):
    mails.register()
    mails.follow(times=3)
    (token,) = mails.tokens()
    assert mails.told() == [(CLEO["email"], MailKind.CONFIRM_REGISTRATION)]
    assert outcomes() == ["sent"]
    assert confirm(token).body == {"email": CLEO["email"]}


def test_it_is_mailed_at_night_and_before_anybody_else_is_mailed(service):
    service.open(mail_from=None)
    clock.set_now(NOW.replace(hour=4))
    service.register()
    service.follow()
    assert len(service.tokens()) == 1


def test_a_second_registration_of_an_address_is_not_mailed(mails):
    for name in ("Cleo", "Another"):
        mails.register(name=name)
        mails.follow()
    assert len(mails.tokens()) == 1


def test_the_next_day_another_link_replaces_the_first(mails):
    for _ in range(2):
        mails.register()
        mails.follow()
        clock.set_now(clock.now() + timedelta(days=1))
    first, second = mails.tokens()
    assert confirm(first).refusal == "registration-expired"
    assert confirm(second).status == 200


def test_what_is_replaced_or_confirmed_before_it_is_mailed_is_not_mailed(mails):
    mails.register()
    old = mails.records()
    clock.set_now(clock.now() + timedelta(days=1))
    mails.register()
    mails.follow()
    assert hand_over(FUNCTION, old) == []
    mails.retry()
    assert len(mails.tokens()) == 1


def test_a_mail_that_could_not_be_sent_is_sent_later_with_a_token_that_is_good(mails, monkeypatch):
    mails.register()
    send = ses.send

    def pause(*_):
        raise ses.MailNotSent("SendingPausedException")

    monkeypatch.setattr(ses, "send", pause)
    mails.follow()
    assert mails.told() == []
    monkeypatch.setattr(ses, "send", send)
    mails.retry()
    (token,) = mails.tokens()
    assert confirm(token).status == 200


def test_both_links_are_good_after_a_crash_between_sending_and_recording_it(mails, monkeypatch):
    mails.register()
    send = ses.send

    def crash(*given):
        send(*given)
        raise ClientError({"Error": {"Code": "InternalFailure"}}, "SendEmail")

    monkeypatch.setattr(ses, "send", crash)
    mails.follow()
    monkeypatch.setattr(ses, "send", send)
    clock.set_now(clock.now() + CLAIM_LASTS)
    mails.retry()
    first, second = mails.tokens()
    assert first != second
    assert [confirm(each).status for each in (second, first)] == [200, 200]


def test_the_therapist_is_told_once_that_a_day_is_full(service):
    service.open(registrations_per_day=2)
    for name in ("cleo", "dan"):
        service.register(email=f"{name}@example.org")
        service.follow(times=2)
    kinds = [kind for _, kind in service.told()]
    assert kinds.count(MailKind.REGISTRATIONS_FULL) == 1


def test_messages_hold_no_address_and_no_token(mails):
    mails.register()
    mails.follow()
    (token,) = mails.tokens()
    stored = str([row.serialize() for row in MessageRow.scan()])
    assert CLEO["email"] not in stored
    assert token[43:] not in stored
    items = boto3.client("dynamodb").scan(TableName="openhour-registrations")["Items"]
    assert token[43:] not in str(items)
