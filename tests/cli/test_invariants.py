"""Every violation in a therapist's rows is found. Each case tampers with valid rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from infra.cli.check import check_therapist
from infra.cli.snapshot import KEYS
from infra.cli.table_reader import TableReader
from openhour import clock
from tests.cli.cli_runner import rows
from tests.cli.practices import ANNS_SLOT, BOBS_SLOT, FREE_SLOT
from tests.functions.streams import nothing_in_it
from tests.unit.builders import NOW

Item = dict[str, Any]
SLOTS, CLIENTS, APPOINTMENTS = "SlotsTable", "ClientsTable", "AppointmentsTable"
REGULARS, PRACTICES = "RegularsTable", "PracticesTable"
REGULAR_SLOT = "20261201T2230Z"
ANNS_LOGIN = "#login#t1/ann"


@pytest.fixture(scope="module")
def valid_rows(restore_two_practices):
    """Every row of t1."""
    with nothing_in_it():
        restore_two_practices()
        return rows("t1")


@pytest.fixture(autouse=True)
def outbox():
    """No AWS is called. It is Monday morning."""
    clock.set_now(NOW)
    yield
    clock.reset()


class FakeReader(TableReader):
    """One therapist's raw rows, to be tampered with."""

    def __init__(self, rows: Mapping[str, list[Item]]) -> None:
        self.rows = {table: list(items) for table, items in rows.items()}

    def owned_by(self, table: str, owner: str) -> Iterator[Item]:
        owned = (row for row in self.rows[table] if row[KEYS[table][0]]["S"] == owner)
        return iter(sorted(owned, key=lambda row: row[KEYS[table][-1]]["S"]))

    def find(self, table: str, key: str = "") -> Item:
        """The only row whose sort key begins with `key`."""
        (row,) = (r for r in self.rows[table] if r[KEYS[table][-1]]["S"].startswith(key))
        return row

    def add(self, table: str, row: Item, **columns: Any) -> None:
        """Add the row with changed columns; None removes one."""
        raw = {name: _raw(value) for name, value in columns.items()}
        self.rows[table].append({n: v for n, v in {**row, **raw}.items() if v is not None})

    def drop(self, table: str, key: str) -> None:
        self.rows[table].remove(self.find(table, key))

    def change(self, table: str, key: str = "", **columns: Any) -> None:
        row = self.find(table, key)
        self.rows[table].remove(row)
        self.add(table, row, **columns)


def _raw(value: Any) -> Any:
    """The value as DynamoDB has it; a dictionary is raw already."""
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
    return value


Tampering = Callable[[FakeReader], None]


def change(table: str, key: str = "", **columns: Any) -> Tampering:
    return lambda rows: rows.change(table, key, **columns)


def drop(table: str, key: str) -> Tampering:
    return lambda rows: rows.drop(table, key)


def copy(table: str, key: str = "", **columns: Any) -> Tampering:
    return lambda rows: rows.add(table, rows.find(table, key), **columns)


def swap_slots(rows: FakeReader) -> None:
    bobs, anns = rows.find(SLOTS, BOBS_SLOT), rows.find(SLOTS, ANNS_SLOT)
    rows.change(SLOTS, ANNS_SLOT, appointment_id=bobs["appointment_id"])
    rows.change(SLOTS, BOBS_SLOT, appointment_id=anns["appointment_id"])


def lengthen_bobs_session(rows: FakeReader) -> None:
    for table in (SLOTS, APPOINTMENTS):
        rows.change(table, BOBS_SLOT, minutes=480)


def count(**weeks: int) -> Tampering:
    def tamper(rows: FakeReader) -> None:
        stored = rows.find(CLIENTS, "bob")["weeks"]["M"]
        counted = {week: {"N": str(number)} for week, number in weeks.items()}
        rows.change(CLIENTS, "bob", weeks={"M": {**stored, **counted}})

    return tamper


def free(slot_id: str, state: str) -> Tampering:
    """As if a cancellation had ignored the regular."""
    nobody = dict.fromkeys(("client_id", "appointment_id", "regular_id"))
    return change(SLOTS, slot_id, state=state, returns_to=state, **nobody)


LATE = {"status": "late_cancelled", "late": True}
BY_THERAPIST = {**LATE, "strike": True, "ended_by": "therapist"}
UNEARNED = json.dumps([["a", "2026-11-23"]])
CASES: dict[str, tuple[str, Tampering, str]] = {
    "a slot freed behind its appointment": (
        "BOOKING",
        change(SLOTS, BOBS_SLOT, state="open", client_id=None, appointment_id=None),
        BOBS_SLOT,
    ),
    "an open slot with a client": ("BOOKING", change(SLOTS, BOBS_SLOT, state="open"), BOBS_SLOT),
    "an open slot that returns to held": (
        "BOOKING",
        change(SLOTS, FREE_SLOT, returns_to="held"),
        FREE_SLOT,
    ),
    "a booked slot that returns to booked": (
        "BOOKING",
        change(SLOTS, BOBS_SLOT, returns_to="booked"),
        BOBS_SLOT,
    ),
    "a slot booked for a cancelled appointment": (
        "BOOKING",
        change(APPOINTMENTS, BOBS_SLOT, status="cancelled"),
        BOBS_SLOT,
    ),
    "a slot without its appointment": ("BOOKING", drop(APPOINTMENTS, BOBS_SLOT), BOBS_SLOT),
    "a slot of another client": ("BOOKING", change(SLOTS, BOBS_SLOT, client_id="ann"), BOBS_SLOT),
    "two slots with each other's appointment": ("BOOKING", swap_slots, BOBS_SLOT),
    "an appointment shorter than its slot": (
        "BOOKING",
        change(APPOINTMENTS, BOBS_SLOT, minutes=25),
        BOBS_SLOT,
    ),
    "an occurrence that only the appointment knows": (
        "BOOKING",
        change(SLOTS, ANNS_SLOT, regular_id=None),
        ANNS_SLOT,
    ),
    "an appointment without its slot": ("BOOKING", drop(SLOTS, BOBS_SLOT), BOBS_SLOT),
    "an appointment stored with another client": (
        "BOOKING",
        change(APPOINTMENTS, BOBS_SLOT, owner="t1#ann"),
        BOBS_SLOT,
    ),
    "sessions that overlap": ("OVERLAP", lengthen_bobs_session, ANNS_SLOT),
    "slots that overlap": ("OVERLAP", change(SLOTS, FREE_SLOT, minutes=480), FREE_SLOT),
    "a regular's slot open": ("REGULAR", free(REGULAR_SLOT, "open"), REGULAR_SLOT),
    "a regular's slot held": ("REGULAR", free(REGULAR_SLOT, "held"), REGULAR_SLOT),
    "two regulars that collide": ("REGULAR", copy(REGULARS, regular_id="r2", every_weeks=3), "r2"),
    "one session too many counted": ("WEEKLY_COUNT", count(**{"2026-W48": 2}), "bob"),
    "a session not counted": ("WEEKLY_COUNT", change(CLIENTS, "bob", weeks={"M": {}}), "bob"),
    "an empty week counted": ("WEEKLY_COUNT", count(**{"2026-W50": 1}), "2026-W50"),
    "a late cancellation without a strike": (
        "STRIKE",
        change(APPOINTMENTS, BOBS_SLOT, **LATE),
        BOBS_SLOT,
    ),
    "a no-show that is neither a strike nor waived": (
        "STRIKE",
        change(APPOINTMENTS, BOBS_SLOT, status="no_show"),
        BOBS_SLOT,
    ),
    "a strike for a booked session": (
        "STRIKE",
        change(APPOINTMENTS, BOBS_SLOT, strike=True),
        BOBS_SLOT,
    ),
    "a strike for what the therapist did": (
        "STRIKE",
        change(APPOINTMENTS, BOBS_SLOT, **BY_THERAPIST),
        BOBS_SLOT,
    ),
    "an unearned strike": ("STRIKE", change(CLIENTS, "bob", strikes=UNEARNED), "bob"),
    "a cancellation too many": ("CONDUCT", change(CLIENTS, "bob", cancelled=1), "bob"),
    "too many bookings": ("CONDUCT", change(CLIENTS, "bob", booked=7), "bob"),
    "a login reserved for another": ("LOGIN", change(CLIENTS, ANNS_LOGIN, owner="bob"), "ann"),
    "a login of nobody": (
        "LOGIN",
        copy(CLIENTS, ANNS_LOGIN, client_id="#login#t1/zoe@example.org", owner="zoe"),
        "zoe",
    ),
    "a login that is not reserved": ("LOGIN", drop(CLIENTS, ANNS_LOGIN), "ann"),
    "a plan ahead of itself": ("PLAN", change(PRACTICES, planned=99), "planned"),
    "sessions still to be cancelled": (
        "PLAN",
        change(PRACTICES, discharging={"SS": ["bob"]}),
        "still to be cancelled",
    ),
    "a slot without a state": ("FORMAT", change(SLOTS, FREE_SLOT, state=None), FREE_SLOT),
    "a slot in an unknown state": ("FORMAT", change(SLOTS, FREE_SLOT, state="gone"), FREE_SLOT),
    "a slot without a time": ("FORMAT", copy(SLOTS, FREE_SLOT, slot_id="soon"), "soon"),
    "an appointment without a length": (
        "FORMAT",
        change(APPOINTMENTS, BOBS_SLOT, minutes="fifty"),
        BOBS_SLOT,
    ),
    "a client without weeks": ("FORMAT", change(CLIENTS, "bob", weeks=None), "bob"),
    "a login without an owner": ("FORMAT", change(CLIENTS, ANNS_LOGIN, owner=None), "#login#"),
    "a count without a week": (
        "FORMAT",
        lambda rows: rows.add(
            CLIENTS, {}, therapist_id="t1", client_id="#intake#soon", registered=1
        ),
        "#intake#soon",
    ),
    "a regular without a weekday": ("FORMAT", change(REGULARS, weekday="someday"), REGULARS),
    "a practice without a zone": ("FORMAT", change(PRACTICES, timezone="Mars/North"), PRACTICES),
}


@pytest.mark.parametrize(("rule", "tamper", "named"), CASES.values(), ids=CASES)
def test_every_violation_is_found(rule, tamper, named, valid_rows):
    reader = FakeReader(valid_rows)
    assert check_therapist(reader, "t1")[0] == []
    tamper(reader)
    violations, unsettled, _ = check_therapist(reader, "t1")
    assert named in " ".join(each.text for each in violations if each.rule.name == rule)
    assert unsettled == []
    assert not any("@" in each.text for each in violations), "a login name"
