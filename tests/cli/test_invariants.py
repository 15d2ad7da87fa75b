"""Every violation in a therapist's rows is found. Each case tampers with valid rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from infra.cli.check import check_therapist
from infra.cli.snapshot import KEYS
from infra.cli.table_reader import TableReader
from openhour import clock
from openhour.store.models import main_models
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


@dataclass(frozen=True)
class Tampering:
    """What is done to the rows, and what the violation names."""

    act: Callable[[FakeReader], None]
    named: str


def change(table: str, key: str = "", *, named: str = "", **columns: Any) -> Tampering:
    return Tampering(lambda rows: rows.change(table, key, **columns), named or key or table)


def drop(table: str, key: str, *, named: str = "") -> Tampering:
    return Tampering(lambda rows: rows.drop(table, key), named or key)


def copy(table: str, key: str = "", *, named: str, **columns: Any) -> Tampering:
    return Tampering(lambda rows: rows.add(table, rows.find(table, key), **columns), named)


def swap_slots(rows: FakeReader) -> None:
    bobs, anns = rows.find(SLOTS, BOBS_SLOT), rows.find(SLOTS, ANNS_SLOT)
    rows.change(SLOTS, ANNS_SLOT, appointment_id=bobs["appointment_id"])
    rows.change(SLOTS, BOBS_SLOT, appointment_id=anns["appointment_id"])


def lengthen_bobs_session(rows: FakeReader) -> None:
    for table in (SLOTS, APPOINTMENTS):
        rows.change(table, BOBS_SLOT, minutes=480)


def add_count(rows: FakeReader) -> None:
    rows.add(CLIENTS, {}, therapist_id="t1", client_id="#intake#soon", registered=1)


def count(week: str, number: int) -> Tampering:
    def tamper(rows: FakeReader) -> None:
        weeks = {**rows.find(CLIENTS, "bob")["weeks"]["M"], week: {"N": str(number)}}
        rows.change(CLIENTS, "bob", weeks={"M": weeks})

    return Tampering(tamper, week)


def free(slot_id: str, state: str) -> Tampering:
    """As if a cancellation had ignored the regular."""
    nobody: Item = dict.fromkeys(("client_id", "appointment_id", "regular_id"))
    return change(SLOTS, slot_id, state=state, returns_to=state, **nobody)


FREED: Item = {"state": "open", "client_id": None, "appointment_id": None}
LATE: Item = {"status": "late_cancelled", "late": True}
BY_THERAPIST: Item = {**LATE, "strike": True, "ended_by": "therapist"}
NOBODYS = json.dumps([["r9", "tuesday", "10:00", 1, "2026-11-24", None]])
UNEARNED = json.dumps([["a", "2026-11-23"]])
ZOES_LOGIN: Item = {"client_id": "#login#t1/zoe@example.org", "owner": "zoe"}
CASES = {
    "BOOKING": {
        "a slot freed behind its appointment": change(SLOTS, BOBS_SLOT, **FREED),
        "an open slot with a client": change(SLOTS, BOBS_SLOT, state="open"),
        "an open slot that returns to held": change(SLOTS, FREE_SLOT, returns_to="held"),
        "a booked slot that returns to booked": change(SLOTS, BOBS_SLOT, returns_to="booked"),
        "a slot with a cancelled appointment": change(APPOINTMENTS, BOBS_SLOT, status="cancelled"),
        "a slot without its appointment": drop(APPOINTMENTS, BOBS_SLOT),
        "a slot of another client": change(SLOTS, BOBS_SLOT, client_id="ann"),
        "two slots with each other's appointment": Tampering(swap_slots, BOBS_SLOT),
        "an appointment shorter than its slot": change(APPOINTMENTS, BOBS_SLOT, minutes=25),
        "a regular's slot without the regular": change(SLOTS, ANNS_SLOT, regular_id=None),
        "an appointment without its slot": drop(SLOTS, BOBS_SLOT),
        "an appointment in another therapist's index": change(
            APPOINTMENTS, BOBS_SLOT, therapist_id="t2"
        ),
        "an appointment of another client": change(APPOINTMENTS, BOBS_SLOT, owner="t1#ann"),
    },
    "OVERLAP": {
        "sessions that overlap": Tampering(lengthen_bobs_session, ANNS_SLOT),
        "slots that overlap": change(SLOTS, FREE_SLOT, minutes=480),
    },
    "REGULAR": {
        "a regular's slot open": free(REGULAR_SLOT, "open"),
        "a regular's slot held": free(REGULAR_SLOT, "held"),
        "two regulars that collide": copy(REGULARS, named="r2", regular_id="r2", every_weeks=3),
    },
    "COPIED_REGULAR": {
        "a client's row without their regular": change(CLIENTS, "ann", regulars="[]"),
        "a client's row with a regular of nobody's": change(CLIENTS, "bob", regulars=NOBODYS),
    },
    "WEEKLY_COUNT": {
        "one session too many counted": count("2026-W48", 2),
        "a session not counted": change(CLIENTS, "bob", weeks={"M": {}}),
        "an empty week counted": count("2026-W50", 1),
    },
    "STRIKE": {
        "a late cancellation without a strike": change(APPOINTMENTS, BOBS_SLOT, **LATE),
        "a no-show without a strike": change(APPOINTMENTS, BOBS_SLOT, status="no_show"),
        "a strike for a booked session": change(APPOINTMENTS, BOBS_SLOT, strike=True),
        "a strike for the therapist's act": change(APPOINTMENTS, BOBS_SLOT, **BY_THERAPIST),
        "an unearned strike": change(CLIENTS, "bob", strikes=UNEARNED),
    },
    "CONDUCT": {
        "a cancellation too many": change(CLIENTS, "bob", cancelled=1),
        "too many bookings": change(CLIENTS, "bob", booked=7),
    },
    "LOGIN": {
        "a login reserved for another": change(CLIENTS, ANNS_LOGIN, named="ann", owner="bob"),
        "a login of nobody": copy(CLIENTS, ANNS_LOGIN, named="zoe", **ZOES_LOGIN),
        "a login that is not reserved": drop(CLIENTS, ANNS_LOGIN, named="ann"),
    },
    "CONTACT": {
        "a contact of an active client": copy(
            CLIENTS, ANNS_LOGIN, named="ann", client_id="#contact#0a#ann", owner="ann"
        ),
        "a contact of nobody": copy(
            CLIENTS, ANNS_LOGIN, named="zoe", client_id="#contact#0a#zoe", owner="zoe"
        ),
    },
    "PLAN": {
        "a plan ahead of itself": change(PRACTICES, named="planned", planned=99),
        "sessions still to be cancelled": change(
            PRACTICES, named="still to be cancelled", discharging={"SS": ["bob"]}
        ),
    },
    "FORMAT": {
        "a slot without a state": change(SLOTS, FREE_SLOT, state=None),
        "a slot in an unknown state": change(SLOTS, FREE_SLOT, state="gone"),
        "a slot without a time": copy(SLOTS, FREE_SLOT, named="soon", slot_id="soon"),
        "an appointment without a length": change(APPOINTMENTS, BOBS_SLOT, minutes="fifty"),
        "a client without weeks": change(CLIENTS, "bob", weeks=None),
        "a login without an owner": change(CLIENTS, ANNS_LOGIN, named="#login#", owner=None),
        "a count without a week": Tampering(add_count, "#intake#soon"),
        "a regular without a weekday": change(REGULARS, weekday="someday"),
        "a practice without a zone": change(PRACTICES, timezone="Mars/North"),
    },
}
"""By the rule that is violated: the ways in which valid rows are tampered with."""


@pytest.mark.parametrize(
    ("rule", "tampering"),
    [
        pytest.param(rule, tampering, id=name)
        for rule, cases in CASES.items()
        for name, tampering in cases.items()
    ],
)
def test_every_violation_is_found(rule, tampering, valid_rows):
    reader = FakeReader(valid_rows)
    assert check_therapist(reader, "t1")[0] == []
    tampering.act(reader)
    violations, unsettled, _ = check_therapist(reader, "t1")
    found = " ".join(each.text for each in violations if each.rule.name == rule)
    assert tampering.named in found
    assert unsettled == []
    assert not any("@" in each.text for each in violations), "a login name"


def test_every_table_is_read():
    assert {m.table.logical_id: m.key_names() for m in main_models()} == KEYS
