"""Copies of all tables as they were at one second, and the tables made what the copies are."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.local.environment import ACCOUNT, REGION, TABLES
from infra.operate.told import Declined
from infra.recovery.copies import copy, write_back
from openhour.use_cases import bookings, clients
from tests.functions.records import Stream
from tests.operate.desk import entries, following, logins
from tests.operate.practice import FREE_SLOT
from tests.unit.builders import NOW

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SUFFIX = "20261123T140000Z"


@pytest.fixture
def dynamodb(stack):
    yield boto3.client("dynamodb")
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    for name in [each for each in tables if each.endswith("Z")]:
        del tables[name]


@pytest.fixture
def past(dynamodb, stack, monkeypatch):
    """A copy of how it was, after which much has gone wrong with both practices."""
    monkeypatch.setattr("infra.recovery.copies.datetime", Later)
    list(copy(dynamodb, stack, at=AT))
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        table.items = deepcopy(table.items)  # moto's copy shares them with the table
    before = rows()
    for therapist_id in ("t1", "t10"):
        bookings.book(therapist_id, "bob", FREE_SLOT, now=NOW)
        clients.discharge(therapist_id, "ann", now=NOW)
    assert rows("t1") != of("t1", before)
    assert rows("t10") != of("t10", before)
    return before


def rows(therapist_id=None):
    """Every row of every table but the trail's, as DynamoDB tells them."""
    client = boto3.client("dynamodb")
    found = {
        name: sorted(client.scan(TableName=table)["Items"], key=repr)
        for name, table in TABLES.items()
        if name != "AuditTable"
    }
    return of(therapist_id, found) if therapist_id else found


def of(therapist_id, found):
    """Those of one therapist."""

    def owner(row):
        return (row.get("therapist_id") or row["owner"])["S"].partition("#")[0]

    return {
        table: [row for row in items if owner(row) == therapist_id]
        for table, items in found.items()
    }


class Later(datetime):
    @classmethod
    def now(cls, tz=None):
        return (AT + timedelta(hours=1)).astimezone(tz)


def write(dynamodb, stack, **but):
    given = {"suffix": SUFFIX, "therapist_id": None, "rehearse": False, **but}
    told = [each.facts for each in write_back(dynamodb, stack, **given)]
    return {each["table"]: (each["written"], each["deleted"]) for each in told}


def test_every_table_but_the_trail_is_copied_as_of_one_second(dynamodb, stack, past):
    copied = {name for name in dynamodb_backends[ACCOUNT][REGION].tables if name.endswith(SUFFIX)}
    assert copied == {f"{table}-{SUFFIX}" for name, table in TABLES.items() if name != "AuditTable"}


def test_copying_again_finds_what_is_there(dynamodb, stack, past):
    told = list(copy(dynamodb, stack, at=AT))
    assert told[-1].facts == {"copy": SUFFIX}


def test_what_is_still_to_come_can_not_be_copied(dynamodb, stack):
    with pytest.raises(Declined):
        list(copy(dynamodb, stack, at=datetime.now(UTC) + timedelta(seconds=5)))


def test_written_back_the_tables_are_what_they_were(dynamodb, stack, past):
    write(dynamodb, stack)
    assert rows() == past
    assert set(write(dynamodb, stack).values()) == {(0, 0)}


def test_a_rehearsal_tells_the_same_and_writes_nothing(dynamodb, stack, past):
    before = rows()
    told = write(dynamodb, stack, rehearse=True)
    assert rows() == before
    assert told == write(dynamodb, stack)
    assert told["AppointmentsTable"][1] >= 2  # a new booking of each of two clients


def test_one_therapists_rows_are_written_back_and_no_others(dynamodb, stack, past):
    others = rows("t10")
    write(dynamodb, stack, therapist_id="t1")
    assert rows("t1") == of("t1", past)
    assert rows("t10") == others


def test_the_trail_still_tells_what_was_done(dynamodb, stack, past):
    before = entries()
    write(dynamodb, stack)
    assert entries() == before


def test_logins_follow_what_was_written_back(dynamodb, stack, past, follow):
    before = logins()
    follow()
    write(dynamodb, stack)
    follow()
    assert set(logins()) == set(before)


def test_what_was_never_copied_is_not_written_back(dynamodb, stack):
    before = rows()
    with pytest.raises(Declined, match="no copy"):
        write(dynamodb, stack, suffix="20200101T000000Z")
    assert rows() == before


@pytest.fixture
def follow(stack):
    return following()


def test_streams_go_on_through_it(dynamodb, stack, past):
    stream = Stream("ClientsTable")
    stream.new()
    write(dynamodb, stack)
    changed = {record["dynamodb"]["Keys"]["client_id"]["S"] for record in stream.new()}
    assert "ann" in changed
