"""The audit finds what must never be, whatever it is, and nothing else, also while the tables are
in use."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError

from infra.local.environment import TABLES
from infra.operate.reading import Budget, Library
from openhour.rules.refusals import Refusal
from openhour.store import bookings, cancellations, clients, practices
from openhour.store.therapists import remove_therapist
from openhour.store.trail import acting
from tests.operate.desk import operate, rows, rows_of, say
from tests.operate.practice import ANNS_SLOT, BOBS_SLOT, FREE_SLOT
from tests.unit.builders import NOW

pytestmark = pytest.mark.usefixtures("two_practices")

Row = dict[str, Any]
KEYS = {
    "PracticesTable": "therapist_id",
    "SlotsTable": "slot_id",
    "ClientsTable": "client_id",
    "AppointmentsTable": "appointment_id",
    "RegularsTable": "regular_id",
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Read again without a pause."""
    monkeypatch.setattr("infra.operate.audit._PAUSE_SECONDS", 0)


@functools.cache
def dynamodb() -> Any:
    """A client of its own, which no hook is told of."""
    return boto3.Session().client("dynamodb")


def find(table: str, key: str = "") -> Row:
    """The one row of t1's whose key begins so."""
    (found,) = (r for r in rows_of("t1")[table] if r[KEYS[table]]["S"].startswith(key))
    return found


def put(table: str, row: Row) -> None:
    dynamodb().put_item(TableName=TABLES[table], Item=row)


def change(table: str, key: str = "", **columns: Any) -> None:
    """Write columns of that row past the store; None takes one away."""
    row = find(table, key)
    for name, value in columns.items():
        row.pop(name, None)
        if value is not None:
            row[name] = value
    put(table, row)


def drop(table: str, key: str) -> None:
    row = find(table, key)
    names = {"AppointmentsTable": ("owner", "appointment_id")}.get(
        table, ("therapist_id", KEYS[table])
    )
    dynamodb().delete_item(TableName=TABLES[table], Key={name: row[name] for name in names})


def s(text: str) -> Row:
    return {"S": text}


def n(number: int) -> Row:
    return {"N": str(number)}


YES = {"BOOL": True}


def free_bobs_slot() -> None:
    change("SlotsTable", BOBS_SLOT, state=s("open"), client_id=None, appointment_id=None)


def swap_slots() -> None:
    bobs, anns = find("SlotsTable", BOBS_SLOT), find("SlotsTable", ANNS_SLOT)
    change("SlotsTable", ANNS_SLOT, appointment_id=bobs["appointment_id"])
    change("SlotsTable", BOBS_SLOT, appointment_id=anns["appointment_id"])


def lengthen_bobs_session() -> None:
    for table in ("SlotsTable", "AppointmentsTable"):
        change(table, BOBS_SLOT, minutes=n(480))


def misfile_bobs_appointment() -> None:
    row = find("AppointmentsTable", BOBS_SLOT)
    drop("AppointmentsTable", BOBS_SLOT)
    put("AppointmentsTable", {**row, "owner": s("t1#ann")})


def open_anns_slot() -> None:
    """As if a cancellation had left nothing on the regular."""
    nobody = {"client_id": None, "appointment_id": None, "regular_id": None}
    change("SlotsTable", FREE_REGULAR_SLOT, state=s("open"), returns_to=s("open"), **nobody)


def hold_anns_slot() -> None:
    open_anns_slot()
    change("SlotsTable", FREE_REGULAR_SLOT, state=s("held"), returns_to=s("held"))


def double_the_regular() -> None:
    put("RegularsTable", {**find("RegularsTable"), "regular_id": s("r2"), "every_weeks": n(3)})


def count_one_more() -> None:
    weeks = find("ClientsTable", "bob")["weeks"]["M"]
    change("ClientsTable", "bob", weeks={"M": {**weeks, "2026-W48": n(2)}})


def count_none() -> None:
    change("ClientsTable", "bob", weeks={"M": {}})


def count_a_week_without_sessions() -> None:
    weeks = find("ClientsTable", "bob")["weeks"]["M"]
    change("ClientsTable", "bob", weeks={"M": {**weeks, "2026-W50": n(1)}})


def give_anns_login_to_bob() -> None:
    change("ClientsTable", "#login#t1/ann", owner=s("bob"))


def invent_a_login() -> None:
    row = find("ClientsTable", "#login#t1/ann")
    put("ClientsTable", {**row, "client_id": s("#login#t1/zoe@example.org"), "owner": s("zoe")})


FREE_REGULAR_SLOT = "20261201T2230Z"

PLANTED = [
    pytest.param("CLAIM", free_bobs_slot, BOBS_SLOT, id="a slot freed behind its appointment"),
    pytest.param(
        "CLAIM",
        lambda: change("SlotsTable", BOBS_SLOT, state=s("open")),
        BOBS_SLOT,
        id="an open slot that names somebody",
    ),
    pytest.param(
        "CLAIM",
        lambda: change("SlotsTable", FREE_SLOT, returns_to=s("held")),
        FREE_SLOT,
        id="an open slot that returns to held",
    ),
    pytest.param(
        "CLAIM",
        lambda: change("SlotsTable", BOBS_SLOT, returns_to=s("booked")),
        BOBS_SLOT,
        id="a booked slot that returns to booked",
    ),
    pytest.param(
        "CLAIM",
        lambda: change("AppointmentsTable", BOBS_SLOT, status=s("cancelled")),
        BOBS_SLOT,
        id="a slot booked for what was cancelled",
    ),
    pytest.param(
        "CLAIM",
        lambda: drop("AppointmentsTable", BOBS_SLOT),
        BOBS_SLOT,
        id="a slot booked for nothing",
    ),
    pytest.param(
        "CLAIM",
        lambda: change("SlotsTable", BOBS_SLOT, client_id=s("ann")),
        BOBS_SLOT,
        id="a slot that names another client",
    ),
    pytest.param("CLAIM", swap_slots, BOBS_SLOT, id="two slots that point crosswise"),
    pytest.param(
        "CLAIM",
        lambda: change("AppointmentsTable", BOBS_SLOT, minutes=n(25)),
        BOBS_SLOT,
        id="an appointment shorter than its slot",
    ),
    pytest.param(
        "CLAIM",
        lambda: change("SlotsTable", ANNS_SLOT, regular_id=None),
        ANNS_SLOT,
        id="an occurrence that only the appointment knows",
    ),
    pytest.param(
        "CLAIM",
        lambda: drop("SlotsTable", BOBS_SLOT),
        BOBS_SLOT,
        id="an appointment whose slot is gone",
    ),
    pytest.param(
        "CLAIM", misfile_bobs_appointment, BOBS_SLOT, id="an appointment kept with another client"
    ),
    pytest.param("OVERLAP", lengthen_bobs_session, ANNS_SLOT, id="sessions that overlap"),
    pytest.param(
        "OVERLAP",
        lambda: change("SlotsTable", FREE_SLOT, minutes=n(480)),
        FREE_SLOT,
        id="slots that overlap",
    ),
    pytest.param("REGULAR", open_anns_slot, FREE_REGULAR_SLOT, id="a regular's slot open"),
    pytest.param("REGULAR", hold_anns_slot, FREE_REGULAR_SLOT, id="a regular's slot held"),
    pytest.param("REGULAR", double_the_regular, "r2", id="two regulars that meet"),
    pytest.param("COUNT", count_one_more, "bob", id="one session too many counted"),
    pytest.param("COUNT", count_none, "bob", id="a session not counted"),
    pytest.param("COUNT", count_a_week_without_sessions, "2026-W50", id="an empty week counted"),
    pytest.param(
        "STRIKE",
        lambda: change("AppointmentsTable", BOBS_SLOT, status=s("late_cancelled"), late=YES),
        BOBS_SLOT,
        id="a late cancellation that is no strike",
    ),
    pytest.param(
        "STRIKE",
        lambda: change("AppointmentsTable", BOBS_SLOT, status=s("no_show")),
        BOBS_SLOT,
        id="a no-show that is neither a strike nor waived",
    ),
    pytest.param(
        "STRIKE",
        lambda: change("AppointmentsTable", BOBS_SLOT, strike=YES),
        BOBS_SLOT,
        id="a strike for what is still to come",
    ),
    pytest.param(
        "STRIKE",
        lambda: change(
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
        lambda: change("ClientsTable", "bob", strikes=s(json.dumps([["a", "2026-11-23"]]))),
        "bob",
        id="a strike that was never earned",
    ),
    pytest.param(
        "RECORD",
        lambda: change("ClientsTable", "bob", cancelled=n(1)),
        "bob",
        id="a cancellation that never was",
    ),
    pytest.param(
        "RECORD", lambda: change("ClientsTable", "bob", booked=n(7)), "bob", id="too many bookings"
    ),
    pytest.param("LOGIN", give_anns_login_to_bob, "ann", id="a login kept for another"),
    pytest.param("LOGIN", invent_a_login, "zoe", id="a login of nobody's"),
    pytest.param(
        "LOGIN", lambda: drop("ClientsTable", "#login#t1/ann"), "ann", id="a login kept for nobody"
    ),
    pytest.param(
        "PLAN",
        lambda: change("PracticesTable", planned=n(99)),
        "planned",
        id="more planned than was meant",
    ),
    pytest.param(
        "PLAN",
        lambda: change("PracticesTable", discharging={"SS": ["bob"]}),
        "called off",
        id="somebody left to be called off",
    ),
    pytest.param(
        "FORM",
        lambda: change("SlotsTable", FREE_SLOT, state=None),
        FREE_SLOT,
        id="a slot without a state",
    ),
    pytest.param(
        "FORM",
        lambda: change("SlotsTable", FREE_SLOT, state=s("gone")),
        FREE_SLOT,
        id="a slot in an unknown state",
    ),
    pytest.param(
        "FORM",
        lambda: put("SlotsTable", {**find("SlotsTable", FREE_SLOT), "slot_id": s("soon")}),
        "soon",
        id="a slot at no time",
    ),
    pytest.param(
        "FORM",
        lambda: change("AppointmentsTable", BOBS_SLOT, minutes=s("fifty")),
        BOBS_SLOT,
        id="an appointment of no length",
    ),
    pytest.param(
        "FORM",
        lambda: change("ClientsTable", "bob", weeks=None),
        "bob",
        id="a client without weeks",
    ),
    pytest.param(
        "FORM",
        lambda: change("ClientsTable", "#login#t1/ann", owner=None),
        "#login#",
        id="a login of no owner",
    ),
    pytest.param(
        "FORM",
        lambda: change("RegularsTable", weekday=s("someday")),
        "RegularsTable",
        id="a regular on no weekday",
    ),
    pytest.param(
        "FORM",
        lambda: change("PracticesTable", timezone=s("Mars/North")),
        "PracticesTable",
        id="a practice in no zone",
    ),
]


@pytest.mark.parametrize(("rule", "plant", "named"), PLANTED)
def test_what_must_never_be_is_found(rule, plant, named):
    plant()
    before = rows()
    told = operate("audit")
    found = [each for each in told.told if each["what"] == "fault"]
    assert told.code == 1
    assert named in " ".join(each["text"] for each in found if each["rule"] == rule)
    assert {each["therapist_id"] for each in found} == {"t1"}
    assert told.of("audit")["faults"] == len(found)
    assert told.of("audit")["unsettled"] == 0
    assert not {"ann@", "bob@", "Ann", "Bob", "0123"} & set(json.dumps(told.told).split('"'))
    assert "@" not in json.dumps(told.told)
    assert rows() == before


def test_where_all_is_well_nothing_is_found():
    told = operate("audit")
    assert told.code == 0
    assert told.of("audit") == {"what": "audit", "therapists": 2, "faults": 0, "unsettled": 0}
    audited = [each for each in told.told if each["what"] == "audited"]
    assert {each["therapist_id"] for each in audited} == {"t1", "t10"}
    assert audited[0] | {"therapist_id": "t1"} == {
        "what": "audited",
        "therapist_id": "t1",
        "found": 0,
        "slots": len(rows_of("t1")["SlotsTable"]),
        "clients": 2,
        "appointments": len(rows_of("t1")["AppointmentsTable"]),
        "regulars": 1,
        "time_off": 1,
        "planned": True,
    }
    assert "t1: no faults in" in say("audit", "t1")


def test_a_plan_that_is_still_to_be_carried_out_is_no_fault():
    practice = practices.read_practice("t1")
    practices.write_practice(practice, practice, plans=True)
    told = operate("audit", "t1")
    assert (told.code, told.of("audited")["planned"]) == (0, False)
    assert "still to be carried out" in say("audit", "t1")


def test_a_removed_therapists_rows_are_audited_too():
    remove_therapist("t1", now=NOW)
    assert operate("audit", "t1").code == 0
    free_bobs_slot()
    assert operate("audit", "t1").code == 1


def test_only_those_who_are_named_are_audited():
    free_bobs_slot()
    assert operate("audit", "t10").code == 0
    assert operate("audit", "t10", "t1").code == 1


def test_nobody_of_that_name_can_be_audited():
    told = operate("audit", "nobody")
    assert (told.code, told.complaint) == (1, "There is no therapist nobody.\n")


def test_an_audit_goes_on_behind_the_last_therapist():
    order = [each["therapist_id"] for each in operate("audit").told if each["what"] == "audited"]
    for seen, then in ((order[0], order[1:]), (order[1], [])):
        told = operate("audit", "--resume", seen).told
        assert [each["therapist_id"] for each in told if each["what"] == "audited"] == then


@pytest.mark.parametrize("rate", ["0", "-1", "inf", "nan", "fast"])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(SystemExit):
        operate("audit", "--units-per-second", rate)


# While others write.


@contextmanager
def before_each_read(act: Callable[[int], None]) -> Iterator[list[str]]:
    """Do something before each of the audit's calls, by its number; the calls' names."""
    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION
    events = boto3.DEFAULT_SESSION.events
    calls: list[str] = []

    def hook(model, **_):
        calls.append(model.name)
        act(len(calls))

    events.register("before-call.dynamodb", hook)
    try:
        yield calls
    finally:
        boto3.setup_default_session()


def test_an_audit_only_reads():
    free_bobs_slot()
    with before_each_read(lambda _: None) as calls:
        operate("audit")
    assert set(calls) == {"Scan", "Query"}


def test_an_audit_that_is_cut_short_tells_where_to_go_on():
    def fail(number):
        if number > 9:
            raise ReadTimeoutError(endpoint_url="https://aws.example")

    with before_each_read(fail):
        told = operate("audit")
    assert told.code == 75
    audited = [each["therapist_id"] for each in told.told if each["what"] == "audited"]
    assert told.of("cut-short") == {"what": "cut-short", "resume": audited[-1]}


def book():
    bookings.book("t1", "bob", FREE_SLOT, now=NOW)


def cancel():
    (booked,) = (r for r in rows_of("t1")["AppointmentsTable"] if r["owner"]["S"] == "t1#bob")
    cancellations.cancel_own("t1", "bob", booked["appointment_id"]["S"], now=NOW)


def discharge():
    clients.discharge("t1", "ann", now=NOW)


@pytest.mark.parametrize("act", [book, cancel, discharge])
def test_an_act_that_comes_between_two_reads_is_no_fault(act, settled):
    reread, place = 0, 0
    while True:
        settled()
        place += 1

        def step_in(number, place=place):
            if number == place:
                act()

        with before_each_read(step_in) as calls:
            told = operate("audit", "t1")
        assert told.code == 0, told
        if len(calls) < place:
            break
        reread += len(calls) > UNDISTURBED
    assert place > UNDISTURBED
    assert reread, "no place in which the act would have been taken for a fault"


UNDISTURBED = 7
"""The calls of an audit of t1 that suspects nothing: one for each table and client."""


def test_a_fault_is_found_beside_acts():
    free_bobs_slot()

    def once(number):
        if number == 3:
            bookings.book("t1", "bob", FREE_SLOT, now=NOW)

    with before_each_read(once):
        told = operate("audit", "t1")
    assert told.code == 1
    assert BOBS_SLOT in told.told[0]["text"]


def test_a_fault_in_a_row_that_never_rests_is_unsettled():
    count_one_more()

    def touch(_):
        row = find("ClientsTable", "bob")
        change("ClientsTable", "bob", revision=n(int(row["revision"]["N"]) + 1))

    with before_each_read(touch):
        told = operate("audit", "t1")
    assert told.code == 75
    assert told.of("unsettled")["rule"] == "COUNT"
    assert told.of("audit")["faults"] == 0


def test_an_audit_beside_a_crowd_finds_nothing():
    """ann and bob come and go as fast as they can, while the audit looks again and again."""
    done: list[str] = []

    def come_and_go(client_id: str, slot_id: str) -> None:
        for _ in range(15):
            with suppress(Refusal), acting("therapist:ada"):
                made = bookings.book_for_client("t1", client_id, slot_id, now=NOW)
                name = made.appointment.appointment_id
                cancellations.cancel_own("t1", client_id, name, now=NOW)
                done.append(name)

    them = [("ann", FREE_SLOT), ("bob", FREE_SLOT), ("bob", "20261208T1500Z")]
    threads = [threading.Thread(target=come_and_go, args=each) for each in them]
    for thread in threads:
        thread.start()
    told = []
    while any(thread.is_alive() for thread in threads):
        told.append(operate("audit", "t1"))
    for thread in threads:
        thread.join()
    assert done
    assert told
    assert [each for one in told for each in one.told if each["what"] == "fault"] == []
    assert operate("audit", "t1").code == 0


# Without haste.


def test_read_units_are_spent_evenly():
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(round(seconds, 6))
        now[0] += seconds

    budget = Budget(10, clock=lambda: now[0], sleep=sleep)
    budget.spend(5)
    now[0] += 0.3
    budget.spend(20)
    now[0] += 9
    budget.spend(1)
    assert slept == [0.5, 2.0, 0.1]


def test_every_page_is_paid_for(monkeypatch):
    monkeypatch.setattr("infra.operate.reading._PAGE", 2)
    spent: list[float] = []
    budget = Budget(1, clock=lambda: 0.0, sleep=lambda _: spent.append(1))
    library = Library(budget)
    found = list(library.owned_by("SlotsTable", "t1"))
    assert [row["slot_id"]["S"] for row in found] == [
        row["slot_id"]["S"]
        for row in sorted(rows_of("t1")["SlotsTable"], key=lambda r: r["slot_id"]["S"])
    ]
    assert len(spent) >= len(found) / 2
