"""A practice with two clients, and another therapist's beside it, over moto. It is Monday 23
November 2026, nine in the morning in New York."""

from __future__ import annotations

import os
from datetime import timedelta

import boto3
import pytest
from moto import mock_aws

from infra.local import template
from infra.local.tables import create_tables
from openhour import clock
from openhour.rules.hours import Entry
from openhour.store import clients, hours, practices
from tests.functions.calls import a_client, a_therapist
from tests.unit.builders import NOW, a_practice

HOURS = ("tuesday 10:00", "tuesday 17:30 prime", "wednesday 10:00", "wednesday 11:00")
"""The hours of both therapists. Next Tuesday's prime slot is held until Friday."""


@pytest.fixture(autouse=True)
def _aws():
    with mock_aws():
        create_tables(template.load(), boto3.client("dynamodb"))
        clock.set_now(NOW)
        yield
    practices.forget()
    clock.reset()


@pytest.fixture
def later():
    """Let time go by."""
    return lambda **span: clock.set_now(clock.now() + timedelta(**span))


@pytest.fixture
def open_practice():
    """Open a practice with two clients, `ann…` and `bob…`, and self-scheduling on."""

    def build(therapist_id: str, **but):
        practices.open_practice(
            a_practice(therapist_id=therapist_id, hours=(), booking_notice_hours=1, **but), now=NOW
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

    return build


@pytest.fixture
def practice(open_practice):
    open_practice("t1")


@pytest.fixture
def neighbour(open_practice):
    """Another therapist with the same hours, whose ids the first one's people try."""
    open_practice("t2")


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
def everything():
    """Every row of every table: what a refused call must leave as it was."""
    tables = [value for name, value in os.environ.items() if name.endswith("_TABLE")]

    def read():
        dynamodb = boto3.client("dynamodb")
        return {
            table: sorted(map(repr, dynamodb.scan(TableName=table)["Items"])) for table in tables
        }

    return read


def _entry(line: str) -> Entry:
    weekday, start, *prime = line.split()
    return Entry.parse(weekday, start, 50, prime=bool(prime))
