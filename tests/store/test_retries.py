"""DynamoDB throttles, stalls, loses answers and takes conflicts for granted. Each act ends as if
nothing had happened, or in a clean `busy` that has changed nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from openhour.rules.clients import Client
from openhour.rules.refusals import Busy, SlotTaken, WeeklyLimit
from openhour.store.connections import CONNECT_SECONDS, READ_SECONDS
from tests.dynamodb_backends import Rows, fresh_tables, remember, rows
from tests.store import transport, use_case_calls
from tests.store.invariants import find_faults, read_tables
from tests.store.seed import NEXT_TUESDAY, THURSDAY, TUESDAY, WEDNESDAY, seed
from tests.store.transport import Crash, Fault, Request, Serve, Transport, intercepted
from tests.store.use_case_calls import Act, repeatable_ids
from tests.unit.builders import NOW

Where = Callable[[Request], bool]
Kinds = dict[str, tuple[Fault, Where]]
GATEWAY_SECONDS = 29
"""How long API Gateway waits for a function, at most."""


@pytest.fixture(scope="module", autouse=True)
def _tables() -> Iterator[None]:
    with fresh_tables():
        yield


@pytest.fixture(scope="module")
def furnished(_tables) -> Callable[[], None]:
    seed()
    return remember()


@dataclass(slots=True)
class Clock:
    """Time that goes by only where somebody sleeps or waits for an answer."""

    waits: list[float] = field(default_factory=list)

    @property
    def waited(self) -> float:
        return sum(self.waits)

    def wait(self, seconds: float) -> None:
        if seconds:
            self.waits.append(seconds)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    began = time.monotonic()
    monkeypatch.setattr(time, "sleep", clock.wait)
    monkeypatch.setattr(time, "monotonic", lambda: began + clock.waited)
    return clock


@dataclass(frozen=True, slots=True)
class Stage:
    """A furnished practice, and the line to its tables."""

    line: Transport
    clock: Clock
    rewind: Callable[[], None]
    redraw: Callable[[], None]

    def set_up(self, ready: Callable[[], Act]) -> Act:
        """Everything as it was, and the act ready to be done."""
        self.line.fault_for = None
        self.rewind()
        self.redraw()
        act = ready()
        self.line.clear()
        self.clock.waits.clear()
        return act

    def fail(self, fault: Fault, since: int, times: float, where: Where) -> None:
        """Have `fault` befall those requests, `times` of them, once `since` have been served."""
        seen = SimpleNamespace(requests=0)
        stalls = STALLS.get(fault, 0)

        def fault_for(request: Request) -> Fault | None:
            if not where(request):
                return None
            seen.requests += 1
            if not since < seen.requests <= since + times:
                return None
            self.clock.wait(stalls)
            return fault

        self.line.fault_for = fault_for


@pytest.fixture
def stage(furnished, monkeypatch, clock) -> Iterator[Stage]:
    with intercepted() as line:
        yield Stage(line, clock, furnished, repeatable_ids(monkeypatch))
    furnished()


STALLS: dict[Fault, float] = {
    transport.connect_timeout: CONNECT_SECONDS,
    transport.request_lost: READ_SECONDS,
    transport.response_lost: READ_SECONDS,
}
"""How long the caller waits before such a fault is one."""


def anything(_: Request) -> bool:
    return True


def a_write(request: Request) -> bool:
    return request.is_write


def a_transaction(request: Request) -> bool:
    return request.operation == "TransactWriteItems"


def a_single_update(request: Request) -> bool:
    return request.operation == "UpdateItem"


HARMLESS = {
    "throttled": (transport.throttled, anything),
    "overrun": (transport.throughput_exceeded, anything),
    "failing": (transport.server_error, anything),
    "unreadable": (transport.html_error, anything),
    "unreachable": (transport.unreachable, anything),
    "unanswered": (transport.connect_timeout, anything),
    "lost on the way": (transport.request_lost, anything),
    "a conflict": (transport.transaction_conflict, a_transaction),
    "throttled inside": (transport.cancelled_with("ThrottlingError"), a_transaction),
    "overrun inside": (transport.cancelled_with("ProvisionedThroughputExceeded"), a_transaction),
    "in progress": (transport.transaction_in_progress, a_transaction),
    "a conflict over one row": (transport.row_conflict, a_single_update),
}
"""Faults that leave nothing behind."""
BRIEF = {
    kind: HARMLESS[kind] for kind in ("lost on the way", "a conflict", "a conflict over one row")
}
"""One of each sort: botocore asks again after the first, the store after the others."""
LOST = {
    "the answer is lost": transport.response_lost,
    "the connection breaks after it": transport.connection_closed,
}
"""Faults after which the thing is done, and nobody knows."""

each_loss = pytest.mark.parametrize(
    "loss", [pytest.param(loss, id=name) for name, loss in LOST.items()]
)


def each_act(*tables: dict[str, Callable[[], Act]]) -> pytest.MarkDecorator:
    ready = {name: act for table in tables for name, act in table.items()}
    return pytest.mark.parametrize(
        "ready", [pytest.param(act, id=name) for name, act in ready.items()]
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to where nothing went wrong."""

    outcome: Any
    before: Rows
    after: Rows
    requests: list[Request]

    def chances(self, kinds: Kinds) -> Iterator[tuple[Fault, Where, int]]:
        """Each fault, with what it befalls, and each number of such requests that went before."""
        chances = {kind: sum(map(where, self.requests)) for kind, (_, where) in kinds.items()}
        assert chances["lost on the way"] == len(self.requests) >= 1
        assert chances["a conflict"] or chances["a conflict over one row"]
        for kind, (fault, where) in kinds.items():
            for since in range(chances[kind]):
                yield fault, where, since


def do(stage: Stage, ready: Callable[[], Act]) -> Done:
    act = stage.set_up(ready)
    before = rows()
    outcome = act()
    done = Done(outcome, before, rows(), list(stage.line.requests))
    assert done.after != done.before
    assert not stage.clock.waited
    return done


EVERY_FAULT = [
    pytest.param(use_case_calls.book, HARMLESS, id="whatever befalls a booking"),
    pytest.param(use_case_calls.cancel, HARMLESS, id="whatever befalls a cancellation"),
    pytest.param(use_case_calls.suspend, HARMLESS, id="whatever befalls a suspension"),
]
EVERY_ACT = [
    pytest.param(ready, BRIEF, id=name)
    for name, ready in {**use_case_calls.OF_CLIENTS, **use_case_calls.OF_THE_THERAPIST}.items()
]


@pytest.mark.parametrize(("ready", "kinds"), EVERY_FAULT + EVERY_ACT)
def test_one_fault_goes_unnoticed(stage, ready, kinds):
    done = do(stage, ready)
    for fault, where, since in done.chances(kinds):
        act = stage.set_up(ready)
        stage.fail(fault, since, 1, where)
        assert act() == done.outcome
        assert rows() == done.after


@pytest.mark.parametrize(("ready", "kinds"), EVERY_FAULT + EVERY_ACT)
def test_a_fault_that_goes_on_ends_in_busy_and_changes_nothing(stage, ready, kinds):
    done = do(stage, ready)
    for fault, where, since in done.chances(kinds):
        act = stage.set_up(ready)
        stage.fail(fault, since, inf, where)
        with pytest.raises(Busy):
            act()
        assert rows() == done.before
        assert stage.clock.waited < GATEWAY_SECONDS


@each_act(use_case_calls.OF_CLIENTS, use_case_calls.OF_THE_THERAPIST)
def test_a_lost_answer_is_found_again(stage, ready):
    done = do(stage, ready)
    for since in range(sum(map(a_write, done.requests))):
        act = stage.set_up(ready)
        stage.fail(transport.response_lost, since, 1, a_write)
        outcome = act()
        assert rows() == done.after
        assert plain(outcome) == plain(done.outcome)


@each_loss
@each_act(use_case_calls.REPEATABLE)
def test_what_was_done_unheard_of_is_not_done_twice(stage, ready, loss):
    """The caller is told `busy`, tries again, and gets the first outcome."""
    done = do(stage, ready)
    act = stage.set_up(ready)
    stage.line.honors_tokens = False
    stage.fail(loss, 0, inf, a_write)
    with pytest.raises(Busy):
        act()
    assert stage.clock.waited < GATEWAY_SECONDS
    assert rows() == done.after
    stage.line.fault_for = None
    outcome = act()
    assert rows() == done.after
    assert plain(outcome) == {**plain(done.outcome), "new": False}


def test_what_was_done_unheard_of_is_not_done_again_after_a_conflict(stage):
    """The slot comes free before the next attempt, which must not take it a second time."""
    act = stage.set_up(use_case_calls.book)
    meetings = iter((transport.response_lost, transport.transaction_conflict))

    def fault_for(request: Request) -> Fault | None:
        fault = next(meetings, None) if a_write(request) else None
        if fault is None and a_write(request):
            stage.line.fault_for = None
            use_case_calls.cancel("cyd", NEXT_TUESDAY)()
        return fault

    stage.line.fault_for = fault_for
    assert act().new
    (made,) = (row for row in rows()["openhour-appointments"].values() if is_cyds(row))
    assert made["status"]["S"] == "cancelled"


def is_cyds(row: dict[str, Any]) -> bool:
    owner: str = row["owner"]["S"]
    return owner.endswith("#cyd")


def plain(outcome: Any) -> dict[str, Any]:
    """An outcome as the caller sees it: how often a row was written is nobody's business."""
    if not is_dataclass(outcome):
        return {"new": False, "outcome": outcome}
    columns = {each.name: getattr(outcome, each.name) for each in fields(outcome)}
    for name, column in columns.items():
        if isinstance(column, Client):
            columns[name] = replace(column, revision=0)
    return {"new": False, **columns, "revision": 0}


@each_act(use_case_calls.PLANNING)
def test_planning_gets_over_one_fault(stage, ready):
    done = do(stage, ready)
    for fault, where, since in done.chances(BRIEF):
        act = stage.set_up(ready)
        stage.fail(fault, since, 1, where)
        assert act() == done.outcome
        assert rows() == done.after


@each_act(use_case_calls.PLANNING)
def test_planning_gets_over_a_lost_answer(stage, ready):
    done = do(stage, ready)
    for since in range(sum(map(a_write, done.requests))):
        act = stage.set_up(ready)
        stage.fail(transport.response_lost, since, 1, a_write)
        outcome = act()
        assert rows() == done.after
        # A release that opened a slot unheard of can't tell it from one that another opened.
        assert plain(outcome) | {"opened": ()} == plain(done.outcome) | {"opened": ()}


def crash_before(request: Request, _: Serve) -> AWSResponse:
    raise Crash


def crash_after(request: Request, serve: Serve) -> AWSResponse:
    serve()
    raise Crash


@pytest.mark.parametrize(
    ("ends", "how"),
    [
        pytest.param(crash_before, Crash, id="a crash before the write"),
        pytest.param(crash_after, Crash, id="a crash after the write"),
        pytest.param(transport.throttled, Busy, id="throttling that goes on"),
        pytest.param(transport.response_lost, Busy, id="answers that are lost from then on"),
    ],
)
@each_act(use_case_calls.PLANNING)
def test_planning_cut_short_is_completed(stage, ready, ends, how):
    done = do(stage, ready)
    begun, writes = 0, sum(map(a_write, done.requests))
    for since in range(0, writes, 1 if how is Crash else writes - 1):
        act = stage.set_up(ready)
        stage.fail(ends, since, inf, a_write)
        with pytest.raises(how):
            act()
        stage.line.fault_for = None
        if rows() == done.before:
            continue
        begun += 1
        assert find_faults(read_tables(), now=NOW) == []
        use_case_calls.complete()
        assert unnumbered(rows()) == unnumbered(done.after)
    assert writes > 1
    assert begun >= (writes - 1 if how is Crash else 1)


def unnumbered(tables: Rows) -> Rows:
    """The tables without what counts how often they were written."""
    counts = {"plan", "planned", "revision"}
    return {
        table: {
            key: {name: value for name, value in row.items() if name not in counts}
            for key, row in there.items()
        }
        for table, there in tables.items()
    }


def test_a_storm_of_conflicts_is_sat_out_with_jitter_six_times_and_no_more(stage):
    act = stage.set_up(use_case_calls.book)
    stage.fail(transport.transaction_conflict, 0, inf, a_transaction)
    with pytest.raises(Busy):
        act()
    assert stage.line.operations == ["GetItem"] + 6 * ["TransactWriteItems"]
    longest = (0.02, 0.04, 0.08, 0.16, 0.32)
    assert all(0 < wait < most for wait, most in zip(stage.clock.waits, longest, strict=True))


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
def test_a_refusal_is_told_at_once(stage, ready, refusal):
    act = stage.set_up(ready)
    before = rows()
    with pytest.raises(refusal):
        act()
    assert not stage.clock.waited
    assert stage.line.operations.count("TransactWriteItems") <= 1
    assert rows() == before


def one_key_short(request: Request, serve: Serve) -> AWSResponse:
    """DynamoDB leaves a key unprocessed."""
    whole = json.loads(serve().content)
    table, there = next((t, items) for t, items in whole["Responses"].items() if items)
    names = {name for key in request.body["RequestItems"][table]["Keys"] for name in key}
    item = there.pop()
    key = {name: item[name] for name in names}
    left = {table: {"Keys": [key], "ConsistentRead": True}}
    return transport.respond(request, 200, {**whole, "UnprocessedKeys": left})


def every_key_short(request: Request, _: Serve) -> AWSResponse:
    """DynamoDB leaves all keys unprocessed."""
    left = request.body["RequestItems"]
    return transport.respond(request, 200, {"Responses": {}, "UnprocessedKeys": left})


def a_batch(request: Request) -> bool:
    return request.operation == "BatchGetItem"


IN_BATCHES = [
    pytest.param(use_case_calls.cancel, id="cancelling"),
    pytest.param(use_case_calls.move, id="moving"),
    pytest.param(use_case_calls.book_for, id="booking for a client"),
]


@pytest.mark.parametrize("short", [one_key_short, every_key_short])
@pytest.mark.parametrize("ready", IN_BATCHES)
def test_a_batch_that_comes_back_short_is_asked_for_the_rest(stage, ready, short):
    done = do(stage, ready)
    act = stage.set_up(ready)
    stage.fail(short, 0, 1, a_batch)
    assert act() == done.outcome
    assert rows() == done.after
    asked, again = (each.body["RequestItems"] for each in filter(a_batch, stage.line.requests))
    assert keys_in(again) == (1 if short is one_key_short else keys_in(asked))


@pytest.mark.parametrize("ready", IN_BATCHES)
def test_a_batch_that_stays_short_ends_in_busy(stage, ready):
    act = stage.set_up(ready)
    before = rows()
    stage.fail(every_key_short, 0, inf, a_batch)
    with pytest.raises(Busy):
        act()
    assert rows() == before
    assert stage.clock.waited < 2


def keys_in(request_items: dict[str, Any]) -> int:
    return sum(len(each["Keys"]) for each in request_items.values())
