"""Faults of the stress test, injected where botocore sends a request.

A seed determines the fault of every request: that of an operation's n-th request is the same in
every run, whichever thread comes first.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from random import Random
from threading import Lock, Timer
from typing import Any

from botocore.exceptions import BotoCoreError

from tests.store import transport
from tests.store.transport import Request, Serve, hooked

STAMP = "stress_stamp"
"""The attribute that names the request that wrote a row last, so that the streams tell who wrote
what. The store does not know it."""
NO_OPERATION = -1
"""The operation of writes that prepare or complete the practice; they have no faults."""


class Fault(StrEnum):
    """What may happen to a request."""

    NONE = "none"
    SLOW = "slow"
    DROPPED = "response dropped after the commit"
    CUT = "connection closed after the commit"
    TIMED_OUT = "timed out before the commit"
    DOUBLED = "sent twice, the second response returned"
    DOUBLED_LATER = "sent again after the operation"
    THROTTLED = "throttled"
    OVERRUN = "throughput exceeded"
    CONFLICT = "transaction conflict"
    FAILED_BEFORE = "server error before the commit"
    FAILED_AFTER = "server error after the commit"
    KILLED_BEFORE = "process killed before the request"
    KILLED_DURING = "process killed during the request"
    KILLED_AFTER = "process killed after the commit"


SHARES = {
    Fault.SLOW: 0.03,
    Fault.DROPPED: 0.008,
    Fault.CUT: 0.004,
    Fault.TIMED_OUT: 0.004,
    Fault.DOUBLED: 0.008,
    Fault.DOUBLED_LATER: 0.008,
    Fault.THROTTLED: 0.004,
    Fault.OVERRUN: 0.004,
    Fault.CONFLICT: 0.01,
    Fault.FAILED_BEFORE: 0.003,
    Fault.FAILED_AFTER: 0.003,
    Fault.KILLED_BEFORE: 0.0003,
    Fault.KILLED_DURING: 0.0004,
    Fault.KILLED_AFTER: 0.0003,
}
"""The share of requests with each fault. A killed process interrupts its other threads' calls."""


def fault_of(seed: str, operation: int, ordinal: int) -> tuple[Fault, float]:
    """Return the fault of an operation's n-th request, and the seconds of a delay."""
    if operation == NO_OPERATION:
        return Fault.NONE, 0
    random = Random(f"{seed}/{operation}/{ordinal}")
    share, delay = random.random(), random.uniform(0.001, 0.03)
    for fault, its_share in SHARES.items():
        share -= its_share
        if share < 0:
            return fault, delay
    return Fault.NONE, delay


@dataclass(slots=True)
class _Operation:
    """The current operation: its number, and the requests that it has sent."""

    number: int
    ordinals: Iterator[int] = field(default_factory=count)
    later: list[Callable[[], object]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


_current: ContextVar[_Operation | None] = ContextVar("current", default=None)


@contextmanager
def operation(number: int) -> Iterator[None]:
    """Attribute every request that is sent inside to the operation of that number."""
    current = _Operation(number)
    token = _current.set(current)
    try:
        yield
    finally:
        _current.reset(token)
        for send_again in current.later:
            with suppress(BotoCoreError):  # nobody waits for the response
                send_again()


def current_operation() -> int:
    """Return the number of this thread's operation."""
    current = _current.get()
    if current is None:
        raise LookupError("no operation is under way")
    return current.number


@contextmanager
def injected(seed: str, record: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    """Inject the faults of `seed` into the requests of this process.

    `record` receives what was sent and when, in the machine's monotonic nanoseconds.
    """

    def send(request: Request, serve: Serve) -> Any:
        current = _current.get()
        if current is None:
            return serve()
        with current.lock:
            ordinal = next(current.ordinals)
        stamp = _stamp(request, current.number, ordinal)

        def recorded() -> Any:
            if not stamp:
                return serve()
            entry = {"stamp": stamp, "op": current.number}
            record({**entry, "sent": time.monotonic_ns()})
            response = serve()
            record({**entry, "back": time.monotonic_ns(), "status": response.status_code})
            return response

        fault, delay = fault_of(seed, current.number, ordinal)
        if fault is not Fault.NONE:
            record({"fault": fault, "op": current.number, "n": ordinal})
        return _apply(fault, _Sent(request, recorded, current, ordinal, delay))

    with hooked(send):
        yield


@dataclass(frozen=True, slots=True)
class _Sent:
    request: Request
    serve: Serve
    operation: _Operation
    ordinal: int
    delay: float


_SIMPLE: dict[Fault, transport.Fault] = {
    Fault.NONE: lambda _, serve: serve(),
    Fault.DROPPED: transport.response_lost,
    Fault.CUT: transport.connection_closed,
    Fault.TIMED_OUT: transport.connect_timeout,
    Fault.THROTTLED: transport.throttled,
    Fault.OVERRUN: transport.throughput_exceeded,
    Fault.FAILED_BEFORE: transport.server_error,
}


def _apply(fault: Fault, sent: _Sent) -> Any:
    if fault in _SIMPLE:
        return _SIMPLE[fault](sent.request, sent.serve)
    match fault:
        case Fault.SLOW:
            time.sleep(sent.delay)
            return sent.serve()
        case Fault.DOUBLED:
            sent.serve()
            return sent.serve()
        case Fault.DOUBLED_LATER:
            response = sent.serve()
            # After a refusal, a second request would be indistinguishable from a new one.
            if response.status_code == 200:
                sent.operation.later.append(sent.serve)
            return response
        case Fault.CONFLICT:
            is_transaction = sent.request.operation == "TransactWriteItems"
            conflict = transport.cancelled_with("TransactionConflict", sent.ordinal)
            chosen = conflict if is_transaction else transport.row_conflict
            return chosen(sent.request, sent.serve)
        case Fault.FAILED_AFTER:
            sent.serve()
        case Fault.KILLED_BEFORE:
            _die()
        case Fault.KILLED_DURING:
            Timer(sent.delay / 5, _die).start()  # a transaction takes about five milliseconds
            sent.serve()
            time.sleep(sent.delay)
            _die()
        case Fault.KILLED_AFTER:
            sent.serve()
            _die()
    return transport.server_error(sent.request, sent.serve)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stamp(request: Request, number: int, ordinal: int) -> str:
    """Stamp every row that the request writes; return the stamp, or "" for a read.

    A transaction repeated under its token carries the same stamp.
    """
    body = request.body
    if request.operation == "UpdateItem":
        stamp = f"{number}:{ordinal}"
        _stamp_update(body, stamp)
    elif request.operation == "TransactWriteItems":
        stamp = f"{number}:{body['ClientRequestToken']}"
        for item in body["TransactItems"]:
            if "Put" in item:
                item["Put"]["Item"][STAMP] = {"S": stamp}
            elif "Update" in item:
                _stamp_update(item["Update"], stamp)
    else:
        return ""
    request.encode()
    return stamp


def _stamp_update(update: dict[str, Any], stamp: str) -> None:
    expression = update["UpdateExpression"]
    setting = "SET #stamp = :stamp"
    if "SET " in expression:
        update["UpdateExpression"] = expression.replace("SET ", f"{setting}, ", 1)
    else:
        update["UpdateExpression"] = f"{setting} {expression}"
    update.setdefault("ExpressionAttributeNames", {})["#stamp"] = STAMP
    update.setdefault("ExpressionAttributeValues", {})[":stamp"] = {"S": stamp}
