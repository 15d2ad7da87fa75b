"""Whatever is wrong in a therapist's rows is found. Each case tampers with the rows of a practice
in which nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from infra.operate.audit import examine
from infra.operate.reading import Library
from infra.operate.rows import KEYS
from openhour import clock
from tests.functions.records import nothing_in_it
from tests.operate.desk import rows_of
from tests.operate.practice import ANNS_SLOT, BOBS_SLOT, FREE_SLOT
from tests.unit.builders import NOW

Item = dict[str, Any]


@pytest.fixture(scope="module")
def sound(settled):
    """Every row of t1's."""
    with nothing_in_it():
        settled()
        return rows_of("t1")


@pytest.fixture(autouse=True)
def outbox():
    """No AWS is asked. It is Monday morning."""
    clock.set_now(NOW)
    yield
    clock.reset()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Read again without a pause."""
    monkeypatch.setattr("infra.operate.audit._PAUSE_SECONDS", 0)


class Shelf(Library):
    """One therapist's rows, as DynamoDB has them, to be tampered with."""

    def __init__(self, rows: Mapping[str, list[Item]]) -> None:
        self.rows = {table: list(items) for table, items in rows.items()}

    def owned_by(self, table: str, owner: str) -> Iterator[Item]:
        owned = (row for row in self.rows[table] if row[KEYS[table][0]]["S"] == owner)
        return iter(sorted(owned, key=lambda row: row[KEYS[table][-1]]["S"]))

    def find(self, table: str, key: str = "") -> Item:
        """The one row whose last key begins so."""
        (found,) = (r for r in self.rows[table] if r[KEYS[table][-1]]["S"].startswith(key))
        return found

    def put(self, table: str, row: Item) -> None:
        self.rows[table].append(row)

    def drop(self, table: str, key: str) -> Item:
        row = self.find(table, key)
        self.rows[table].remove(row)
        return row

    def change(self, table: str, key: str = "", **columns: Any) -> None:
        """Write columns of that row past the store; None takes one away."""
        row = dict(self.drop(table, key))
        for name, value in columns.items():
            row.pop(name, None)
            if value is not None:
                row[name] = value
        self.put(table, row)


def s(text: str) -> Item:
    return {"S": text}


def n(number: int) -> Item:
    return {"N": str(number)}


YES = {"BOOL": True}


def free_bobs_slot(rows: Shelf) -> None:
    rows.change("SlotsTable", BOBS_SLOT, state=s("open"), client_id=None, appointment_id=None)


def swap_slots(rows: Shelf) -> None:
    bobs, anns = rows.find("SlotsTable", BOBS_SLOT), rows.find("SlotsTable", ANNS_SLOT)
    rows.change("SlotsTable", ANNS_SLOT, appointment_id=bobs["appointment_id"])
    rows.change("SlotsTable", BOBS_SLOT, appointment_id=anns["appointment_id"])


def lengthen_bobs_session(rows: Shelf) -> None:
    for table in ("SlotsTable", "AppointmentsTable"):
        rows.change(table, BOBS_SLOT, minutes=n(480))


def misfile_bobs_appointment(rows: Shelf) -> None:
    rows.change("AppointmentsTable", BOBS_SLOT, owner=s("t1#ann"))


def open_anns_slot(rows: Shelf, state: str = "open") -> None:
    """As if a cancellation had left nothing on the regular."""
    nobody = {"client_id": None, "appointment_id": None, "regular_id": None}
    free = {"state": s(state), "returns_to": s(state)}
    rows.change("SlotsTable", REGULAR_SLOT, **free, **nobody)


def hold_anns_slot(rows: Shelf) -> None:
    open_anns_slot(rows, "held")


def double_the_regular(rows: Shelf) -> None:
    regular = rows.find("RegularsTable")
    rows.put("RegularsTable", {**regular, "regular_id": s("r2"), "every_weeks": n(3)})


def count(rows: Shelf, **weeks: int) -> None:
    there = rows.find("ClientsTable", "bob")["weeks"]["M"]
    counted = {week: n(number) for week, number in weeks.items()}
    rows.change("ClientsTable", "bob", weeks={"M": {**there, **counted}})


def invent_a_login(rows: Shelf) -> None:
    row = rows.find("ClientsTable", "#login#t1/ann")
    name = s("#login#t1/zoe@example.org")
    rows.put("ClientsTable", {**row, "client_id": name, "owner": s("zoe")})


REGULAR_SLOT = "20261201T2230Z"

PLANTED = [
    pytest.param("CLAIM", free_bobs_slot, BOBS_SLOT, id="a slot freed behind its appointment"),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("SlotsTable", BOBS_SLOT, state=s("open")),
        BOBS_SLOT,
        id="an open slot that names somebody",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("SlotsTable", FREE_SLOT, returns_to=s("held")),
        FREE_SLOT,
        id="an open slot that returns to held",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("SlotsTable", BOBS_SLOT, returns_to=s("booked")),
        BOBS_SLOT,
        id="a booked slot that returns to booked",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("AppointmentsTable", BOBS_SLOT, status=s("cancelled")),
        BOBS_SLOT,
        id="a slot booked for what was cancelled",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.drop("AppointmentsTable", BOBS_SLOT),
        BOBS_SLOT,
        id="a slot booked for nothing",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("SlotsTable", BOBS_SLOT, client_id=s("ann")),
        BOBS_SLOT,
        id="a slot that names another client",
    ),
    pytest.param("CLAIM", swap_slots, BOBS_SLOT, id="two slots that point crosswise"),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("AppointmentsTable", BOBS_SLOT, minutes=n(25)),
        BOBS_SLOT,
        id="an appointment shorter than its slot",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.change("SlotsTable", ANNS_SLOT, regular_id=None),
        ANNS_SLOT,
        id="an occurrence that only the appointment knows",
    ),
    pytest.param(
        "CLAIM",
        lambda rows: rows.drop("SlotsTable", BOBS_SLOT),
        BOBS_SLOT,
        id="an appointment whose slot is gone",
    ),
    pytest.param(
        "CLAIM", misfile_bobs_appointment, BOBS_SLOT, id="an appointment kept with another client"
    ),
    pytest.param("OVERLAP", lengthen_bobs_session, ANNS_SLOT, id="sessions that overlap"),
    pytest.param(
        "OVERLAP",
        lambda rows: rows.change("SlotsTable", FREE_SLOT, minutes=n(480)),
        FREE_SLOT,
        id="slots that overlap",
    ),
    pytest.param("REGULAR", open_anns_slot, REGULAR_SLOT, id="a regular's slot open"),
    pytest.param("REGULAR", hold_anns_slot, REGULAR_SLOT, id="a regular's slot held"),
    pytest.param("REGULAR", double_the_regular, "r2", id="two regulars that meet"),
    pytest.param(
        "COUNT",
        lambda rows: count(rows, **{"2026-W48": 2}),
        "bob",
        id="one session too many counted",
    ),
    pytest.param(
        "COUNT",
        lambda rows: rows.change("ClientsTable", "bob", weeks={"M": {}}),
        "bob",
        id="a session not counted",
    ),
    pytest.param(
        "COUNT", lambda rows: count(rows, **{"2026-W50": 1}), "2026-W50", id="an empty week counted"
    ),
    pytest.param(
        "STRIKE",
        lambda rows: rows.change(
            "AppointmentsTable", BOBS_SLOT, status=s("late_cancelled"), late=YES
        ),
        BOBS_SLOT,
        id="a late cancellation that is no strike",
    ),
    pytest.param(
        "STRIKE",
        lambda rows: rows.change("AppointmentsTable", BOBS_SLOT, status=s("no_show")),
        BOBS_SLOT,
        id="a no-show that is neither a strike nor waived",
    ),
    pytest.param(
        "STRIKE",
        lambda rows: rows.change("AppointmentsTable", BOBS_SLOT, strike=YES),
        BOBS_SLOT,
        id="a strike for what is still to come",
    ),
    pytest.param(
        "STRIKE",
        lambda rows: rows.change(
            "AppointmentsTable",
            BOBS_SLOT,
            status=s("late_cancelled"),
            late=YES,
            strike=YES,
            ended_by=s("therapist"),
        ),
        BOBS_SLOT,
        id="a strike for what the therapist did",
    ),
    pytest.param(
        "STRIKE",
        lambda rows: rows.change(
            "ClientsTable", "bob", strikes=s(json.dumps([["a", "2026-11-23"]]))
        ),
        "bob",
        id="a strike that was never earned",
    ),
    pytest.param(
        "RECORD",
        lambda rows: rows.change("ClientsTable", "bob", cancelled=n(1)),
        "bob",
        id="a cancellation that never was",
    ),
    pytest.param(
        "RECORD",
        lambda rows: rows.change("ClientsTable", "bob", booked=n(7)),
        "bob",
        id="too many bookings",
    ),
    pytest.param(
        "LOGIN",
        lambda rows: rows.change("ClientsTable", "#login#t1/ann", owner=s("bob")),
        "ann",
        id="a login kept for another",
    ),
    pytest.param("LOGIN", invent_a_login, "zoe", id="a login of nobody's"),
    pytest.param(
        "LOGIN",
        lambda rows: rows.drop("ClientsTable", "#login#t1/ann"),
        "ann",
        id="a login kept for nobody",
    ),
    pytest.param(
        "PLAN",
        lambda rows: rows.change("PracticesTable", planned=n(99)),
        "planned",
        id="more planned than was meant",
    ),
    pytest.param(
        "PLAN",
        lambda rows: rows.change("PracticesTable", discharging={"SS": ["bob"]}),
        "called off",
        id="somebody left to be called off",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("SlotsTable", FREE_SLOT, state=None),
        FREE_SLOT,
        id="a slot without a state",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("SlotsTable", FREE_SLOT, state=s("gone")),
        FREE_SLOT,
        id="a slot in an unknown state",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.put(
            "SlotsTable", {**rows.find("SlotsTable", FREE_SLOT), "slot_id": s("soon")}
        ),
        "soon",
        id="a slot at no time",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("AppointmentsTable", BOBS_SLOT, minutes=s("fifty")),
        BOBS_SLOT,
        id="an appointment of no length",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("ClientsTable", "bob", weeks=None),
        "bob",
        id="a client without weeks",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("ClientsTable", "#login#t1/ann", owner=None),
        "#login#",
        id="a login of no owner",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.put(
            "ClientsTable",
            {"therapist_id": s("t1"), "client_id": s("#intake#soon"), "registered": n(1)},
        ),
        "#intake#soon",
        id="a count of no week",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("RegularsTable", weekday=s("someday")),
        "RegularsTable",
        id="a regular on no weekday",
    ),
    pytest.param(
        "FORM",
        lambda rows: rows.change("PracticesTable", timezone=s("Mars/North")),
        "PracticesTable",
        id="a practice in no zone",
    ),
]


@pytest.mark.parametrize(("rule", "plant", "named"), PLANTED)
def test_what_must_never_be_is_found(rule, plant, named, sound):
    shelf = Shelf(sound)
    assert examine(shelf, "t1")[0] == []
    plant(shelf)
    faults, unsettled, _ = examine(shelf, "t1")
    assert named in " ".join(fault.text for fault in faults if fault.rule.name == rule)
    assert unsettled == []
    assert not any("@" in fault.text for fault in faults), "a login name"
