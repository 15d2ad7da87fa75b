"""The audit finds what must never be, whatever it is, and nothing else, also while the tables are
in use."""

from __future__ import annotations

import functools
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
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import bookings, cancellations, clients
from openhour.use_cases.therapists import remove_therapist
from tests.operate.desk import Outcome, entries, operate, rows, rows_of, say
from tests.operate.practice import BOBS_SLOT, FREE_SLOT
from tests.store.old_rows import put_first_rows
from tests.unit.builders import NOW

Item = dict[str, Any]
pytestmark = pytest.mark.usefixtures("two_practices")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Read again without a pause."""
    monkeypatch.setattr("infra.operate.audit._PAUSE_SECONDS", 0)


@functools.cache
def dynamodb() -> Any:
    """A client of its own, which no hook is told of."""
    return boto3.Session().client("dynamodb")


def put(table: str, row: Item) -> None:
    dynamodb().put_item(TableName=TABLES[table], Item=row)


def tamper(**columns: Any) -> None:
    """Write columns of bob's slot past the store; None takes one away."""
    row = rows_of("t1")["SlotsTable"]
    (slot,) = (each for each in row if each["slot_id"]["S"] == BOBS_SLOT)
    changed = {**slot, **columns}
    put("SlotsTable", {name: value for name, value in changed.items() if value is not None})


def test_a_fault_is_told_in_ids_and_changes_nothing(two_practices):
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)
    before = rows(), entries()
    told = operate("audit")
    assert told.code == 1
    found = [each for each in told.told if each["what"] == "fault"]
    assert {(each["therapist_id"], each["rule"]) for each in found} == {("t1", "CLAIM")}
    assert BOBS_SLOT in found[0]["text"]
    assert told.of("audit") == {
        "what": "audit",
        "therapists": 2,
        "faults": len(found),
        "unsettled": 0,
    }
    assert (rows(), entries()) == before


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


def test_rows_that_an_earlier_version_wrote_are_read_as_the_store_reads_them():
    put_first_rows()
    told = operate("audit")
    assert (told.code, told.of("audit")["faults"]) == (0, 0)
    assert {each["appointments"] for each in told.told if each["what"] == "audited"} != {0}


def test_a_removed_therapists_rows_are_audited_too():
    remove_therapist("t1", now=NOW)
    assert operate("audit", "t1").code == 0
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)
    assert operate("audit", "t1").code == 1


def test_only_those_who_are_named_are_audited():
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)
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
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)
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


def discharge():
    clients.discharge("t1", "ann", now=NOW)


@pytest.mark.parametrize("act", [book, discharge])
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
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)

    def once(number):
        if number == 3:
            bookings.book("t1", "bob", FREE_SLOT, now=NOW)

    with before_each_read(once):
        told = operate("audit", "t1")
    assert told.code == 1
    assert BOBS_SLOT in told.told[0]["text"]


def test_a_fault_in_a_row_that_never_rests_is_unsettled():
    clients = rows_of("t1")["ClientsTable"]
    (bob,) = (row for row in clients if row["client_id"]["S"] == "bob")

    def touch(number):
        put("ClientsTable", {**bob, "booked": {"N": "7"}, "revision": {"N": str(100 + number)}})

    with before_each_read(touch):
        told = operate("audit", "t1")
    assert told.code == 75
    assert told.of("unsettled")["rule"] == "RECORD"
    assert told.of("audit")["faults"] == 0


def test_an_audit_beside_a_crowd_finds_nothing():
    """ann and bob come and go as fast as they can, while the audit looks again and again."""
    done: list[str] = []

    def come_and_go(client_id: str, slot_id: str) -> None:
        for _ in range(15):
            with suppress(Refusal), acting_as("therapist:ada"):
                made = bookings.book_for_client("t1", client_id, slot_id, now=NOW)
                name = made.appointment.appointment_id
                cancellations.cancel_own("t1", client_id, name, now=NOW)
                done.append(name)

    them = [("ann", FREE_SLOT), ("bob", FREE_SLOT), ("bob", "20261208T1500Z")]
    threads = [threading.Thread(target=come_and_go, args=each) for each in them]
    for thread in threads:
        thread.start()
    told: list[Outcome] = []
    while not told or any(thread.is_alive() for thread in threads):
        told.append(operate("audit", "t1"))
    for thread in threads:
        thread.join()
    assert done
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
