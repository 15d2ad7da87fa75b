"""The check finds violations, and nothing else, also while the tables are in use."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError

from infra.cli.table_reader import RateLimiter, TableReader
from infra.local.environment import TABLES
from openhour.rules.refusals import Refusal
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import bookings, cancellations, clients
from openhour.use_cases.therapists import remove_therapist
from tests.cli.cli_runner import Result, refused, rows, run, run_text
from tests.cli.practices import BOBS_SLOT, FREE_SLOT
from tests.store.old_rows import put_first_rows
from tests.unit.builders import NOW

Item = dict[str, Any]
pytestmark = pytest.mark.usefixtures("two_practices")


@functools.cache
def dynamodb() -> Any:
    """A client of its own, which no hook observes."""
    return boto3.Session().client("dynamodb")


def put(table: str, row: Item) -> None:
    dynamodb().put_item(TableName=TABLES[table], Item=row)


def tamper(**columns: Any) -> None:
    """Write columns of bob's slot; None removes one."""
    row = rows("t1")["SlotsTable"]
    (slot,) = (each for each in row if each["slot_id"]["S"] == BOBS_SLOT)
    changed = {**slot, **columns}
    put("SlotsTable", {name: value for name, value in changed.items() if value is not None})


def free_bobs_slot() -> None:
    tamper(state={"S": "open"}, client_id=None, appointment_id=None)


def checked(result: Result) -> list[str]:
    """The therapists whose rows were checked."""
    return [each["therapist_id"] for each in result.of_kind("checked")]


def test_a_violation_is_reported_in_ids_and_only_read():
    free_bobs_slot()
    with before_each_read(lambda _: None) as calls:
        result = run("check")
    assert set(calls) == {"Scan", "Query"}
    assert result.exit_code == 1
    violations = result.of_kind("violation")
    assert {(each["therapist_id"], each["rule"]) for each in violations} == {("t1", "BOOKING")}
    assert BOBS_SLOT in violations[0]["text"]
    assert result.line("check") == {
        "kind": "check",
        "therapists": 2,
        "violations": len(violations),
        "unsettled": 0,
    }


def test_valid_tables_have_no_violations():
    result = run("check")
    assert result.exit_code == 0
    assert result.line("check") == {
        "kind": "check",
        "therapists": 2,
        "violations": 0,
        "unsettled": 0,
    }
    assert set(checked(result)) == {"t1", "t10"}
    assert result.of_kind("checked")[0] | {"therapist_id": "t1"} == {
        "kind": "checked",
        "therapist_id": "t1",
        "violations": 0,
        "slots": len(rows("t1")["SlotsTable"]),
        "clients": 2,
        "appointments": len(rows("t1")["AppointmentsTable"]),
        "regulars": 1,
        "time_off": 1,
        "planned": True,
        "removed": False,
    }
    assert "t1: no violations in" in run_text("check", "t1")


def test_incomplete_planning_is_no_violation():
    practice = practices.read_practice("t1")
    practices.write_practice(practice, practice, plans=True)
    result = run("check", "t1")
    assert (result.exit_code, result.line("checked")["planned"]) == (0, False)
    assert "planning is not complete" in run_text("check", "t1")


def test_old_rows_are_read_as_the_store_reads_them():
    put_first_rows()
    result = run("check")
    assert (result.exit_code, result.line("check")["violations"]) == (0, 0)
    assert {each["appointments"] for each in result.of_kind("checked")} != {0}


def test_a_removed_therapist_is_checked_too():
    remove_therapist("t1", now=NOW)
    assert run("check", "t1").exit_code == 0
    free_bobs_slot()
    assert run("check", "t1").exit_code == 1


def test_only_the_named_therapists_are_checked():
    free_bobs_slot()
    assert run("check", "t10").exit_code == 0
    assert run("check", "t10", "t1").exit_code == 1


def test_an_unknown_therapist_is_refused():
    error = "There is no therapist nobody. `openhour therapists list` prints every id.\n"
    assert refused("check", "nobody") == error


def test_a_check_continues_after_the_last_therapist():
    first, second = checked(run("check"))
    assert checked(run("check", "--after", first)) == [second]
    assert checked(run("check", "--after", second)) == []


@pytest.mark.parametrize("rate", ["0", "-1", "inf", "nan", "fast"])
def test_an_invalid_rate_is_refused(rate):
    assert run("check", "--units-per-second", rate).exit_code == 2


# While others write.


@contextmanager
def before_each_read(act: Callable[[int], None]) -> Iterator[list[str]]:
    """Call `act` with the number of each call before it is sent; yield the names of the calls."""
    if boto3.DEFAULT_SESSION is None:
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
        events.unregister("before-call.dynamodb", hook)


def test_an_interrupted_check_reports_where_to_continue():
    def fail(number):
        if number > 9:
            raise ReadTimeoutError(endpoint_url="https://aws.example")

    with before_each_read(fail):
        result = run("check")
    assert result.exit_code == 75
    assert result.line("interrupted") == {"kind": "interrupted", "after": checked(result)[-1]}


def book():
    bookings.book("t1", "bob", FREE_SLOT, now=NOW)


def discharge():
    clients.discharge("t1", "ann", now=NOW)


@pytest.mark.parametrize("act", [book, discharge])
def test_an_act_between_two_reads_is_no_violation(act, restore_two_practices):
    rereads, position = 0, 0
    while True:
        restore_two_practices()
        position += 1

        def step_in(number, position=position):
            if number == position:
                act()

        with before_each_read(step_in) as calls:
            result = run("check", "t1")
        assert result.exit_code == 0, result
        if len(calls) < position:
            break
        rereads += len(calls) > UNDISTURBED
    assert position > UNDISTURBED
    assert rereads, "no place in which the act would have looked like a violation"


UNDISTURBED = 7
"""The calls of a check of t1 without suspicions: one for each table and client."""


def test_a_violation_is_found_during_other_acts():
    free_bobs_slot()

    def once(number):
        if number == 3:
            book()

    with before_each_read(once):
        result = run("check", "t1")
    assert result.exit_code == 1
    assert BOBS_SLOT in result.lines[0]["text"]


def test_a_violation_in_a_changing_row_is_unsettled():
    clients = rows("t1")["ClientsTable"]
    (bob,) = (row for row in clients if row["client_id"]["S"] == "bob")

    def touch(number):
        put("ClientsTable", {**bob, "booked": {"N": "7"}, "revision": {"N": str(100 + number)}})

    with before_each_read(touch):
        result = run("check", "t1")
    assert result.exit_code == 75
    assert result.line("unsettled")["rule"] == "CONDUCT"
    assert result.line("check")["violations"] == 0


def test_a_check_during_many_acts_finds_nothing():
    """ann and bob book and cancel as fast as they can, while the check runs again and again."""
    done: list[str] = []

    def book_and_cancel(client_id: str, slot_id: str) -> None:
        for _ in range(8):
            with suppress(Refusal), acting_as("therapist:ada"):
                booked = bookings.book_for_client("t1", client_id, slot_id, now=NOW)
                name = booked.appointment.appointment_id
                cancellations.cancel_own("t1", client_id, name, now=NOW)
                done.append(name)

    slots = [("ann", FREE_SLOT), ("bob", FREE_SLOT), ("bob", "20261208T1500Z")]
    threads = [threading.Thread(target=book_and_cancel, args=each) for each in slots]
    for thread in threads:
        thread.start()
    results: list[Result] = []
    while not results or any(thread.is_alive() for thread in threads):
        results.append(run("check", "t1"))
    for thread in threads:
        thread.join()
    assert done
    assert not any(result.of_kind("violation") for result in results)
    assert run("check", "t1").exit_code == 0


# At a limited rate.


def test_the_rate_is_limited_on_average():
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(round(seconds, 6))
        now[0] += seconds

    limiter = RateLimiter(10, clock=lambda: now[0], sleep=sleep)
    limiter.spend(5)
    now[0] += 0.3
    limiter.spend(20)
    now[0] += 9
    limiter.spend(1)
    assert slept == [0.5, 2.0, 0.1]


def test_every_page_counts_towards_the_rate(monkeypatch):
    monkeypatch.setattr("infra.cli.table_reader._PAGE", 2)
    spent: list[float] = []
    limiter = RateLimiter(1, clock=lambda: 0.0, sleep=lambda _: spent.append(1))
    reader = TableReader(limiter)
    slots = list(reader.owned_by("SlotsTable", "t1"))
    assert [row["slot_id"]["S"] for row in slots] == [
        row["slot_id"]["S"]
        for row in sorted(rows("t1")["SlotsTable"], key=lambda r: r["slot_id"]["S"])
    ]
    assert len(spent) >= len(slots) / 2
