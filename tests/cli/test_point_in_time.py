"""Point-in-time copies of all tables, and restoring the tables from them."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.cli.output import CommandError
from infra.cli.point_in_time import copy, restore
from infra.local.environment import ACCOUNT, REGION, TABLES
from openhour.use_cases import bookings, clients
from tests.cli.cli_runner import entries, logins, rows
from tests.cli.practices import FREE_SLOT
from tests.unit.builders import NOW

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SUFFIX = "20261123T140000Z"


@pytest.fixture
def past(dynamodb, stack, monkeypatch):
    """The rows of a copy, after which both practices have changed."""
    monkeypatch.setattr("infra.cli.point_in_time.datetime", Later)
    list(copy(dynamodb, stack, at=AT))
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        table.items = deepcopy(table.items)  # moto's copy shares them with the table
    before = {therapist_id: rows(therapist_id) for therapist_id in ("t1", "t10")}
    for therapist_id in ("t1", "t10"):
        bookings.book(therapist_id, "bob", FREE_SLOT, now=NOW)
        clients.discharge(therapist_id, "ann", now=NOW)
    assert rows("t1") != before["t1"]
    assert rows("t10") != before["t10"]
    return before


class Later(datetime):
    @classmethod
    def now(cls, tz=None):
        return (AT + timedelta(hours=1)).astimezone(tz)


def run_restore(dynamodb, stack, **overrides):
    options = {"suffix": SUFFIX, "therapist_id": None, "dry_run": False, **overrides}
    tables = [each.facts for each in restore(dynamodb, stack, **options)]
    return {each["table"]: (each["written"], each["deleted"]) for each in tables}


def test_every_table_but_the_audit_log_is_copied(dynamodb, stack, past):
    copied = {name for name in dynamodb_backends[ACCOUNT][REGION].tables if name.endswith(SUFFIX)}
    assert copied == {f"{table}-{SUFFIX}" for name, table in TABLES.items() if name != "AuditTable"}


def test_copying_again_finds_the_copies(dynamodb, stack, past):
    lines = list(copy(dynamodb, stack, at=AT))
    assert lines[-1].facts == {"copy": SUFFIX}


def test_a_future_second_cannot_be_copied(dynamodb, stack):
    with pytest.raises(CommandError, match="future"):
        list(copy(dynamodb, stack, at=datetime.now(UTC) + timedelta(seconds=5)))


def test_restored_tables_equal_the_copy_except_for_the_audit_log(dynamodb, stack, past):
    acts = entries()
    run_restore(dynamodb, stack)
    assert entries() == acts
    assert {name: rows(name) for name in past} == past
    assert set(run_restore(dynamodb, stack).values()) == {(0, 0)}


def test_a_dry_run_reports_the_same_and_writes_nothing(dynamodb, stack, past):
    before = rows()
    reported = run_restore(dynamodb, stack, dry_run=True)
    assert rows() == before
    assert reported == run_restore(dynamodb, stack)
    assert reported["AppointmentsTable"][1] >= 2  # a new booking of each of two clients


def test_one_therapists_rows_are_restored_and_no_others(dynamodb, stack, past):
    others = rows("t10")
    run_restore(dynamodb, stack, therapist_id="t1")
    assert rows("t1") == past["t1"]
    assert rows("t10") == others


def test_logins_follow_a_restore(dynamodb, stack, past, consume_streams):
    before = set(logins())
    consume_streams()
    assert set(logins()) < before
    run_restore(dynamodb, stack)
    consume_streams()
    assert set(logins()) == before


def test_a_missing_copy_is_not_restored(dynamodb, stack):
    before = rows()
    with pytest.raises(CommandError, match="no copy"):
        run_restore(dynamodb, stack, suffix="20200101T000000Z")
    assert rows() == before
