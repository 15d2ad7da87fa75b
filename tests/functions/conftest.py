"""A practice with two clients, and another therapist's beside it. It is Monday 23
November 2026, nine in the morning in New York."""

from __future__ import annotations

import io
import logging
from datetime import datetime, timedelta

import boto3
import pytest

from openhour import clock
from openhour.rules.hours import Entry
from openhour.use_cases import clients, hours
from openhour.use_cases.therapists import open_practice
from tests.functions.calls import a_client, a_therapist
from tests.tables import fresh_tables, remember, rows
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
    """The rows of `t1` and of its neighbour `t2`, with the same hours, ann and bob in each."""
    for therapist_id in ("t1", "t2"):
        _open_practice(therapist_id)
    return remember()


@pytest.fixture
def practice(two_practices):
    """Both practices as they were, on Monday morning."""
    two_practices()
    clock.set_now(NOW)
    yield
    clock.reset()


@pytest.fixture
def go_to():
    """Go to an instant, as `2026-11-24T09:30:00-05:00`."""
    return lambda text: clock.set_now(datetime.fromisoformat(text))


@pytest.fixture
def later():
    """Let time go by."""
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
def everything(practice):
    """Every row of every table: what a refused call must leave as it was."""
    return rows


@pytest.fixture
def written(capsys, monkeypatch):
    """All that has been logged, then all else that has been written, since the last look."""
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
    open_practice(
        a_practice(therapist_id=therapist_id, hours=(), booking_notice_hours=1, intake_weeks=1),
        now=NOW,
    )
    entries = tuple(_entry(line) for line in HOURS)
    hours.set_hours(therapist_id, entries, if_match=None, preview=False, now=NOW)
    for name in ("ann", "bob"):
        clients.add_client(
            therapist_id,
            client_id=f"{name}{therapist_id}",
            name=name.title(),
            email=f"{name}@example.org",
            phone=None,
            login=None,
            invite=True,
            now=NOW,
        )


def _entry(line: str) -> Entry:
    weekday, start, *prime = line.split()
    return Entry.parse(weekday, start, 50, prime=bool(prime))
