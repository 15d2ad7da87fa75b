"""The local run's mail queue and sweep, and the mail on its outbox."""

from __future__ import annotations

import json
from datetime import timedelta
from email.message import EmailMessage

import boto3
import pytest

from infra.local.environment import MAIL_QUEUE_URL
from infra.local.functions import Function
from infra.local.outbox import Outbox, mail_from_mime
from infra.local.queues import QueueSource
from infra.local.sweeps import MinuteSweep
from openhour import clock
from openhour.store.due import add_due, read_cursors
from openhour.use_cases.sweeps import sweep
from tests.infra import handlers
from tests.unit.builders import NOW


@pytest.fixture
def queue(aws, translated):
    (mapping,) = translated.queue_mappings()
    source = QueueSource(mapping, Function("MailerFunction", "tests.infra.handlers.record_mails"))
    source.restart()
    handlers.mails.clear()
    clock.set_now(NOW)
    return source


def put(body):
    boto3.client("sqs").send_message(QueueUrl=MAIL_QUEUE_URL, MessageBody=json.dumps(body))


def test_messages_reach_the_function_in_batches_and_leave_the_queue(queue):
    for number in range(7):
        put({"number": number})
    assert queue.poll() is True
    assert sorted(map(len, handlers.mails)) == [2, 5]
    queue.poll()
    assert sum(map(len, handlers.mails)) == 7


def test_a_message_that_fails_is_kept_and_hidden_and_reported(queue):
    put({"number": "fails"})
    queue.poll()
    queue.poll()
    assert [json.loads(each["body"]) for each in queue.dead_letters] == [{"number": "fails"}]
    assert len(handlers.mails) == 1
    queue.restart()
    assert queue.dead_letters == []


def test_the_clock_stops_at_each_minute_with_something_due(queue):
    for hours in (5, 30, 24 * 300):
        at = NOW + timedelta(hours=hours, seconds=20)
        add_due("t1", f"m{hours}", {"number": hours}, at=at, now=NOW)
    minute = MinuteSweep(lambda: sweep(now=clock.now()), clock.now)
    stops = []
    while due := minute.next_due(NOW + timedelta(days=365)):
        clock.set_now(due)
        assert minute.run_due()
        stops.append((due - NOW) / timedelta(hours=1))
    assert stops == [5 + 1 / 60, 30 + 1 / 60, 7200 + 1 / 60]
    queue.poll()
    assert [each["number"] for batch in handlers.mails for each in batch] == [5, 30, 7200]
    assert len(read_cursors()) == 8


def test_a_mail_is_shown_with_text_html_and_files_and_its_html_cannot_do_harm():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Hi <b>"
    message.set_content("Plain")
    message.add_alternative("<p onclick='x()'>Rich</p>", subtype="html")
    message.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="i.ics"
    )
    outbox = Outbox()
    outbox.mails.append(mail_from_mime(message.as_bytes(), {"kind": "booked"}))
    (shown,) = json.loads(outbox.as_json())["mails"]
    assert (shown["text"].strip(), shown["tags"]) == ("Plain", {"kind": "booked"})
    assert "Rich" in shown["html"]
    assert [each["name"] for each in shown["attachments"]] == ["i.ics"]
    page = outbox.as_html()
    assert "Hi &lt;b&gt;" in page
    assert "sandbox srcdoc" in page
    assert "<p onclick" not in page
