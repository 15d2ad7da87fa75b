"""Two practices with the same hours and clients.

It is Monday 23 November 2026, 09:00 in New York.
"""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from datetime import datetime, timedelta

import boto3
import pytest

from infra.seed import seed_client, seed_practice
from openhour import clock
from openhour.rules.hours import Entry
from tests.dynamodb_backends import empty_tables, fresh_tables, remember, rows
from tests.functions.http import ANYBODY, a_client, a_therapist
from tests.functions.mail_service import a_mail_service
from tests.functions.streams import a_cloud, nothing_in_it
from tests.store.invariants import find_faults, read_tables
from tests.unit.builders import NOW, a_practice

HOURS = ("tuesday 10:00", "tuesday 17:30 prime", "wednesday 10:00", "wednesday 11:00")
"""The hours of both therapists. Next Tuesday's prime slot is held until Friday."""


@pytest.fixture(scope="module")
def aws():
    """DynamoDB with the template's tables."""
    with fresh_tables():
        yield boto3.client("dynamodb")


@pytest.fixture(scope="module")
def two_practices(aws):
    """Practices `t1` and `t2`; returns what restores them."""
    for therapist_id in ("t1", "t2"):
        _open_practice(therapist_id)
    return remember()


@pytest.fixture
def practice(two_practices):
    """Both practices, restored, on Monday morning."""
    two_practices()
    clock.set_now(NOW)
    yield
    clock.reset()


@pytest.fixture(scope="module")
def cloud():
    """AWS with the template's user pool."""
    with a_cloud():
        yield


@pytest.fixture
def outbox(cloud):
    """Cognito's emails; nothing else is there yet, on Monday morning."""
    with nothing_in_it() as outbox:
        yield outbox


@pytest.fixture
def integrity(practice):
    """The integrity check finds nothing once the test has run."""
    yield
    assert find_faults(read_tables(), now=clock.now()) == []


@pytest.fixture
def go_to():
    """Set the clock to an instant such as `2026-11-24T09:30:00-05:00`."""
    return lambda text: clock.set_now(datetime.fromisoformat(text))


@pytest.fixture
def later():
    """Advance the clock."""
    return lambda **span: clock.set_now(clock.now() + timedelta(**span))


@pytest.fixture
def ann(practice):
    return a_client("t1", "annt1")


@pytest.fixture
def bob(practice):
    return a_client("t1", "bobt1")


@pytest.fixture
def therapist(practice):
    return a_therapist("t1")


@pytest.fixture
def callers(ann, bob, therapist):
    return {"ann": ann, "bob": bob, "therapist": therapist, "anybody": ANYBODY}


@pytest.fixture
def unchanged(practice):
    """A context in which no row of any table may change."""

    @contextmanager
    def no_row_changes():
        before = rows()
        yield
        assert rows() == before

    return no_row_changes


@pytest.fixture
def written(capsys, monkeypatch):
    """Log output, then other output, since the last call."""
    log = io.StringIO()
    for handler in logging.getLogger("openhour").handlers:
        monkeypatch.setattr(handler, "stream", log)

    def look():
        logged = log.getvalue()
        log.seek(0)
        log.truncate()
        return logged + "".join(capsys.readouterr())

    look()
    return look


def _open_practice(therapist_id: str) -> None:
    practice = a_practice(therapist_id=therapist_id, booking_notice_hours=1, intake_weeks=1)
    seed_practice(practice, [_entry(line) for line in HOURS])
    for name in ("ann", "bob"):
        seed_client(
            therapist_id, f"{name}{therapist_id}", name=name.title(), email=f"{name}@example.org"
        )


def _entry(line: str) -> Entry:
    weekday, start, *prime = line.split()
    return Entry.parse(weekday, start, 50, prime=bool(prime))


@pytest.fixture(scope="module")
def service():
    """Streams, the mail queue and SES, with one practice."""
    with a_mail_service() as service:
        yield service


@pytest.fixture
def mail(service):
    """The practice, with nothing mailed yet."""
    empty_tables()
    clock.set_now(NOW)
    service.queue.restart()
    service.open()
    service.mails()
    return service
