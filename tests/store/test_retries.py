"""DynamoDB throttles, stalls, loses responses and reports conflicts.

Every action succeeds as without the fault, or ends in `busy` and has changed nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from math import inf
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from openhour.rules.clients import Client
from openhour.rules.refusals import Busy, SlotTaken, WeeklyLimit
from openhour.store.connections import CONNECT_SECONDS, READ_SECONDS
from tests.dynamodb_backends import Rows, rows
from tests.store import transport as faults
from tests.store import use_case_calls
from tests.store.invariants import find_faults, read_tables
from tests.store.seed import NEXT_TUESDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.store.transport import Crash, Fault, Request, Serve, Transport, intercepted
from tests.store.use_case_calls import Act, repeatable_ids
from tests.unit.builders import NOW

Where = Callable[[Request], bool]
Kinds = tuple[tuple[Fault, Where], ...]
GATEWAY_SECONDS = 29
"""API Gateway's timeout."""


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """The seconds of each sleep and timeout, which alone advance the clock."""
    waits: list[float] = []
    began = time.monotonic()
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(time, "monotonic", lambda: began + sum(waits))
    return waits


@dataclass(frozen=True, slots=True)
class Scenario:
    """The practice of `seed`, and the transport to its tables."""

    transport: Transport
    waits: list[float]
    restore: Callable[[], None]
    reset_ids: Callable[[], None]
    failed: list[Request] = field(default_factory=list)

    def set_up(self, ready: Callable[[], Act]) -> Act:
        """Restore the tables and prepare the action."""
        self.transport.fault_for = None
        self.restore()
        self.reset_ids()
        act = ready()
        self.transport.clear()
        self.waits.clear()
        return act

    def fail(self, fault: Fault, where: Where, *, since: int = 0, times: float = inf) -> None:
        """Inject `fault` into matching requests, `times` times, after `since` of them."""
        self.transport.fail(self._stalling(fault), where, since=since, times=times)

    def fail_each_once(self, fault: Fault, where: Where) -> None:
        """Inject `fault` into each matching request, and serve its repetition."""
        failed: set[str] = set()

        def is_first(request: Request) -> bool:
            body = {**request.body, "ClientRequestToken": None}
            content = json.dumps([request.operation, body], sort_keys=True)
            failed.symmetric_difference_update({content})
            return content in failed

        self.fail(fault, lambda request: where(request) and is_first(request))

    def _stalling(self, fault: Fault) -> Fault:
        """Count the failures, and advance the clock by the seconds of a timeout."""
        self.failed.clear()

        def stall(request: Request, serve: Serve) -> Any:
            self.failed.append(request)
            if fault in STALLS:
                self.waits.append(STALLS[fault])
            return fault(request, serve)

        return stall


@pytest.fixture
def scenario(restore_practice, monkeypatch, waits) -> Iterator[Scenario]:
    with intercepted() as transport:
        yield Scenario(transport, waits, restore_practice, repeatable_ids(monkeypatch))


STALLS: dict[Fault, float] = {
    faults.connect_timeout: CONNECT_SECONDS,
    faults.request_lost: READ_SECONDS,
    faults.response_lost: READ_SECONDS,
}
"""Seconds that the caller waits for a timeout."""


def any_request(_: Request) -> bool:
    return True


def is_write(request: Request) -> bool:
    return request.is_write


def is_transaction(request: Request) -> bool:
    return request.operation == "TransactWriteItems"


def is_single_update(request: Request) -> bool:
    return request.operation == "UpdateItem"


HARMLESS: Kinds = (
    (faults.throttled, any_request),
    (faults.throughput_exceeded, any_request),
    (faults.server_error, any_request),
    (faults.html_error, any_request),
    (faults.unreachable, any_request),
    (faults.connect_timeout, any_request),
    (faults.request_lost, any_request),
    (faults.transaction_conflict, is_transaction),
    (faults.cancelled_with("ThrottlingError"), is_transaction),
    (faults.cancelled_with("ProvisionedThroughputExceeded"), is_transaction),
    (faults.transaction_in_progress, is_transaction),
    (faults.row_conflict, is_single_update),
)
"""Faults after which nothing has changed."""
BRIEF: Kinds = (
    (faults.request_lost, any_request),  # botocore retries it, the store the others
    (faults.transaction_conflict, is_transaction),
    (faults.row_conflict, is_single_update),
)


def each_act(acts: dict[str, Callable[[], Act]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("ready", acts.values(), ids=acts)


@dataclass(frozen=True, slots=True)
class Done:
    """An action's outcome without faults, the tables around it, and its requests."""

    outcome: Any
    before: Rows
    after: Rows
    requests: list[Request]

    def count(self, where: Where) -> int:
        return sum(map(where, self.requests))


def do(scenario: Scenario, ready: Callable[[], Act]) -> Done:
    act = scenario.set_up(ready)
    before = rows()
    outcome = act()
    done = Done(outcome, before, rows(), list(scenario.transport.requests))
    assert done.after != done.before
    assert not sum(scenario.waits)
    return done


EVERY_FAULT = [
    pytest.param(ready, HARMLESS, id=f"every fault, {ready.__name__}")
    for ready in (use_case_calls.book, use_case_calls.cancel, use_case_calls.suspend)
]


def with_brief_faults(*tables: dict[str, Callable[[], Act]]) -> list[Any]:
    return [
        pytest.param(ready, BRIEF, id=name) for table in tables for name, ready in table.items()
    ]


@pytest.mark.parametrize(("ready", "kinds"), EVERY_FAULT + with_brief_faults(use_case_calls.ALL))
def test_each_request_is_retried_after_a_fault(scenario, ready, kinds):
    done = do(scenario, ready)
    assert done.count(is_transaction) or done.count(is_single_update)
    for fault, where in kinds:
        act = scenario.set_up(ready)
        scenario.fail_each_once(fault, where)
        assert act() == done.outcome
        assert len(scenario.failed) == done.count(where)
        assert rows() == done.after


@pytest.mark.parametrize(
    ("ready", "kinds"),
    EVERY_FAULT + with_brief_faults(use_case_calls.OF_CLIENTS, use_case_calls.OF_THE_THERAPIST),
)
def test_a_fault_that_goes_on_ends_in_busy_and_changes_nothing(scenario, ready, kinds):
    done = do(scenario, ready)
    for fault, where in kinds:
        for since in range(done.count(where)):
            act = scenario.set_up(ready)
            scenario.fail(fault, where, since=since)
            with pytest.raises(Busy):
                act()
            assert rows() == done.before
            assert sum(scenario.waits) < GATEWAY_SECONDS


@each_act(use_case_calls.ALL)
def test_an_action_succeeds_although_the_response_to_each_write_is_lost_once(scenario, ready):
    done = do(scenario, ready)
    act = scenario.set_up(ready)
    scenario.fail_each_once(faults.response_lost, is_write)
    outcome = plain(act())
    assert len(scenario.failed) == done.count(is_write)
    assert rows() == done.after
    # A release can't tell a slot that it opened without a response from one that another opened.
    assert outcome | {"opened": ()} == plain(done.outcome) | {"opened": ()}


@pytest.mark.parametrize("loss", [faults.response_lost, faults.connection_closed])
@each_act(use_case_calls.REPEATABLE)
def test_a_retry_after_a_lost_response_changes_nothing(scenario, ready, loss):
    """The caller is told `busy`, tries again, and gets the first outcome."""
    done = do(scenario, ready)
    act = scenario.set_up(ready)
    scenario.transport.honors_tokens = False
    scenario.fail(loss, is_write)
    with pytest.raises(Busy):
        act()
    assert sum(scenario.waits) < GATEWAY_SECONDS
    assert rows() == done.after
    scenario.transport.fault_for = None
    outcome = act()
    assert rows() == done.after
    assert plain(outcome) == {**plain(done.outcome), "new": False}


def test_a_retry_after_a_lost_response_and_a_conflict_changes_nothing(scenario):
    """The slot comes free before the next attempt, which must not take it a second time."""
    act = scenario.set_up(use_case_calls.book)
    meetings = iter((faults.response_lost, faults.transaction_conflict))

    def fault_for(request: Request) -> Fault | None:
        fault = next(meetings, None) if is_write(request) else None
        if fault is None and is_write(request):
            scenario.transport.fault_for = None
            use_case_calls.cancel("cyd", NEXT_TUESDAY)()
        return fault

    scenario.transport.fault_for = fault_for
    assert act().new
    (made,) = (row for key, row in rows()["openhour-appointments"].items() if "cyd" in key[0])
    assert made["status"]["S"] == "cancelled"


def plain(outcome: Any) -> dict[str, Any]:
    """Return an outcome without what counts the writes of its rows."""
    if not is_dataclass(outcome):
        return {"new": False, "outcome": outcome}
    columns = {each.name: getattr(outcome, each.name) for each in fields(outcome)}
    for name, column in columns.items():
        if isinstance(column, Client):
            columns[name] = replace(column, revision=0)
    return {"new": False, **columns, "revision": 0}


def crash_after(request: Request, serve: Serve) -> AWSResponse:
    serve()
    raise Crash


@pytest.mark.parametrize(
    ("ends", "how"),
    [
        pytest.param(crash_after, Crash, id="a crash after any write"),
        pytest.param(faults.throttled, Busy, id="throttling that goes on"),
        pytest.param(faults.response_lost, Busy, id="responses that are lost from then on"),
    ],
)
@each_act(use_case_calls.PLANNING)
def test_interrupted_planning_is_completed(scenario, ready, ends, how):
    done = do(scenario, ready)
    writes = done.count(is_write)
    interrupted = 0
    for since in range(0, writes, 1 if how is Crash else writes - 1):
        act = scenario.set_up(ready)
        scenario.fail(ends, is_write, since=since)
        with pytest.raises(how):
            act()
        scenario.transport.fault_for = None
        if rows() == done.before:
            continue
        interrupted += 1
        assert find_faults(read_tables(), now=NOW) == []
        use_case_calls.complete()
        assert unnumbered(rows()) == unnumbered(done.after)
    assert writes > 1
    assert interrupted >= (writes if how is Crash else 1)


def unnumbered(tables: Rows) -> Rows:
    """Return the tables without what counts how often they were written."""
    counts = {"plan", "planned", "revision"}
    return {
        table: {
            key: {name: value for name, value in row.items() if name not in counts}
            for key, row in stored.items()
        }
        for table, stored in tables.items()
    }


def test_conflicts_are_retried_six_times_with_jitter(scenario):
    act = scenario.set_up(use_case_calls.book)
    scenario.fail(faults.transaction_conflict, is_transaction)
    with pytest.raises(Busy):
        act()
    assert scenario.transport.operations == ["GetItem"] + 6 * ["TransactWriteItems"]
    longest = (0.02, 0.04, 0.08, 0.16, 0.32)
    assert all(0 < wait < most for wait, most in zip(scenario.waits, longest, strict=True))


@pytest.mark.parametrize(
    ("ready", "refusal"),
    [
        pytest.param(
            lambda: use_case_calls.book("cyd", TUESDAY), SlotTaken, id="somebody has the slot"
        ),
        pytest.param(
            lambda: use_case_calls.book("ann", WEDNESDAY), WeeklyLimit, id="the week is full"
        ),
        pytest.param(
            lambda: use_case_calls.move(to=THURSDAY), SlotTaken, id="somebody has the target"
        ),
    ],
)
def test_a_refusal_is_not_retried(scenario, ready, refusal):
    act = scenario.set_up(ready)
    before = rows()
    with pytest.raises(refusal):
        act()
    assert not sum(scenario.waits)
    assert scenario.transport.operations.count("TransactWriteItems") <= 1
    assert rows() == before


def leave_one_key(request: Request, serve: Serve) -> AWSResponse:
    """DynamoDB leaves a key unprocessed."""
    whole = json.loads(serve().content)
    table, stored = next((t, items) for t, items in whole["Responses"].items() if items)
    names = {name for key in request.body["RequestItems"][table]["Keys"] for name in key}
    item = stored.pop()
    key = {name: item[name] for name in names}
    left = {table: {"Keys": [key], "ConsistentRead": True}}
    return faults.respond(request, 200, {**whole, "UnprocessedKeys": left})


def leave_every_key(request: Request, _: Serve) -> AWSResponse:
    """DynamoDB leaves all keys unprocessed."""
    left = request.body["RequestItems"]
    return faults.respond(request, 200, {"Responses": {}, "UnprocessedKeys": left})


def is_batch(request: Request) -> bool:
    return request.operation == "BatchGetItem"


each_reading_in_a_batch = pytest.mark.parametrize(
    "ready", [use_case_calls.cancel, use_case_calls.move, use_case_calls.book_for]
)


@pytest.mark.parametrize("short", [leave_one_key, leave_every_key])
@each_reading_in_a_batch
def test_unprocessed_keys_are_requested_again(scenario, ready, short):
    done = do(scenario, ready)
    act = scenario.set_up(ready)
    scenario.fail(short, is_batch, times=1)
    assert act() == done.outcome
    assert rows() == done.after
    asked, again = (
        each.body["RequestItems"] for each in filter(is_batch, scenario.transport.requests)
    )
    assert keys_in(again) == (1 if short is leave_one_key else keys_in(asked))


@each_reading_in_a_batch
def test_keys_that_stay_unprocessed_end_in_busy(scenario, ready):
    act = scenario.set_up(ready)
    before = rows()
    scenario.fail(leave_every_key, is_batch)
    with pytest.raises(Busy):
        act()
    assert rows() == before
    assert sum(scenario.waits) < 2


def keys_in(request_items: dict[str, Any]) -> int:
    return sum(len(each["Keys"]) for each in request_items.values())
