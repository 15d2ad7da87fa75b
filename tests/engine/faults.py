"""What goes wrong between the SDK and the engine, at the place where botocore sends a request.

Which fault befalls which request follows from the seed alone: the fault of an operation's n-th
request is the same in every run, whichever thread comes first.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from io import BytesIO
from itertools import count
from random import Random
from threading import Lock, Timer
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import (
    BotoCoreError,
    ConnectionClosedError,
    ConnectTimeoutError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session

STAMP = "torture_stamp"
"""The column that says which request wrote a row last, so that what the tables went through can be
told from their streams. The store knows nothing of it."""
NOBODY = -1
"""The operation of what is written to prepare the practice and to clear up: nothing befalls it."""
_SEND = URLLib3Session.send


class Fault(StrEnum):
    """What may befall one request."""

    NONE = "none"
    SLOW = "slow"
    DROPPED = "answer dropped after the commit"
    CUT = "connection cut after the commit"
    TIMED_OUT = "timed out before the commit"
    DOUBLED = "sent twice, the second answer given"
    DOUBLED_LATER = "sent again once it was done"
    THROTTLED = "throttled"
    OVERRUN = "throughput exceeded"
    CONFLICT = "transaction conflict"
    FAILED_BEFORE = "server error before the commit"
    FAILED_AFTER = "server error after the commit"
    KILLED_BEFORE = "process killed before the call"
    KILLED_DURING = "process killed during the call"
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
"""How many of the requests each befalls. A process that is killed has other threads, which are in
the midst of their calls."""


def fault_of(seed: str, operation: int, ordinal: int) -> tuple[Fault, float]:
    """The fault of an operation's n-th request, and by how many seconds a slow one is late."""
    if operation == NOBODY:
        return Fault.NONE, 0
    drawn = Random(f"{seed}/{operation}/{ordinal}")
    at, late = drawn.random(), drawn.uniform(0.001, 0.03)
    for fault, share in SHARES.items():
        at -= share
        if at < 0:
            return fault, late
    return Fault.NONE, late


@dataclass(slots=True)
class Operation:
    """The operation under way: its number, and how many requests it has made."""

    number: int
    ordinals: Iterator[int] = field(default_factory=count)
    later: list[Callable[[], object]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


_under_way: ContextVar[Operation | None] = ContextVar("under_way", default=None)


@contextmanager
def operation(number: int) -> Iterator[None]:
    """Everything sent inside belongs to the operation of that number."""
    current = Operation(number)
    token = _under_way.set(current)
    try:
        yield
    finally:
        _under_way.reset(token)
        for again in current.later:
            with suppress(BotoCoreError):  # nobody waits for the answer
                again()


def under_way() -> int:
    """The number of the operation that this thread is about."""
    current = _under_way.get()
    if current is None:
        raise LookupError("no operation is under way")
    return current.number


@contextmanager
def injected(seed: str, record: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    """Let the faults of `seed` befall the requests of this process. `record` notes what was sent,
    and when; times are the machine's monotonic nanoseconds."""

    def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        current = _under_way.get()
        if current is None:
            return _SEND(session, request)
        return _Request(session, request, current, record).meet(seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", send)
        patch.setattr(ThreadPoolExecutor, "submit", _in_context(ThreadPoolExecutor.submit))
        yield


def _in_context(submit: Callable[..., Any]) -> Callable[..., Any]:
    """What an operation hands to other threads is still its own."""

    @wraps(submit)
    def call(pool: Any, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        return submit(pool, copy_context().run, function, *args, **kwargs)

    return call


class _Request:
    """One request on its way."""

    def __init__(
        self,
        session: URLLib3Session,
        request: AWSPreparedRequest,
        current: Operation,
        record: Callable[[dict[str, Any]], None],
    ) -> None:
        with current.lock:
            self.ordinal = next(current.ordinals)
        self.session, self.request, self.current, self.record = session, request, current, record
        target: Any = request.headers.get("X-Amz-Target", b"")
        self.name = (target if isinstance(target, str) else target.decode()).partition(".")[2]
        body: Any = request.body
        self.body = json.loads(body or b"{}")
        self.stamp = _stamp(self.name, self.body, current.number, self.ordinal)
        if self.stamp:
            content = json.dumps(self.body).encode()
            request.body = content
            request.headers["Content-Length"] = str(len(content))

    def meet(self, seed: str) -> AWSResponse:
        """Be served, or have its fault."""
        fault, late = fault_of(seed, self.current.number, self.ordinal)
        if fault is not Fault.NONE:
            self.record({"fault": fault, "op": self.current.number, "n": self.ordinal})
        return _MEETINGS[fault](self, late)

    def serve(self) -> AWSResponse:
        """Be served, and note when."""
        note = {"stamp": self.stamp, "op": self.current.number}
        if self.stamp:
            self.record({**note, "sent": time.monotonic_ns()})
        response = _SEND(self.session, self.request)
        if self.stamp:
            self.record({**note, "back": time.monotonic_ns(), "status": response.status_code})
        return response

    def slow(self, late: float) -> AWSResponse:
        time.sleep(late)
        return self.serve()

    def dropped(self, _: float) -> AWSResponse:
        self.serve()
        raise ReadTimeoutError(endpoint_url=self.request.url)

    def cut(self, _: float) -> AWSResponse:
        self.serve()
        raise ConnectionClosedError(endpoint_url=self.request.url)

    def timed_out(self, _: float) -> AWSResponse:
        raise ConnectTimeoutError(endpoint_url=self.request.url)

    def doubled(self, _: float) -> AWSResponse:
        self.serve()
        return self.serve()

    def doubled_later(self, _: float) -> AWSResponse:
        """One that was refused is not sent again: nobody could tell it from a new one."""
        response = self.serve()
        if response.status_code == 200:
            self.current.later.append(self.serve)
        return response

    def throttled(self, _: float) -> AWSResponse:
        return self.refused(400, "ThrottlingException")

    def overrun(self, _: float) -> AWSResponse:
        return self.refused(400, "ProvisionedThroughputExceededException")

    def conflict(self, _: float) -> AWSResponse:
        if self.name != "TransactWriteItems":
            return self.refused(400, "TransactionConflictException")
        reasons: list[dict[str, str]] = [{"Code": "None"} for _ in self.body["TransactItems"]]
        reasons[self.ordinal % len(reasons)] = {"Code": "TransactionConflict", "Message": ""}
        return self.refused(400, "TransactionCanceledException", CancellationReasons=reasons)

    def failed_before(self, _: float) -> AWSResponse:
        return self.refused(500, "InternalServerError")

    def failed_after(self, late: float) -> AWSResponse:
        self.serve()
        return self.failed_before(late)

    def killed_before(self, late: float) -> AWSResponse:
        _die()
        return self.failed_before(late)

    def killed_during(self, late: float) -> AWSResponse:
        Timer(late / 5, _die).start()  # a transaction takes some five milliseconds
        self.serve()
        time.sleep(late)
        return self.killed_before(late)

    def killed_after(self, late: float) -> AWSResponse:
        self.serve()
        return self.killed_before(late)

    def refused(self, status: int, name: str, **more: Any) -> AWSResponse:
        kind = f"com.amazonaws.dynamodb.v20120810#{name}"
        content = json.dumps({"__type": kind, "message": name, **more}).encode()
        headers: Any = {"Content-Type": "application/x-amz-json-1.0"}
        return AWSResponse(self.request.url, status, headers, _Raw(content))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


_MEETINGS: dict[Fault, Callable[[_Request, float], AWSResponse]] = {
    Fault.NONE: lambda request, _: request.serve(),
    Fault.SLOW: _Request.slow,
    Fault.DROPPED: _Request.dropped,
    Fault.CUT: _Request.cut,
    Fault.TIMED_OUT: _Request.timed_out,
    Fault.DOUBLED: _Request.doubled,
    Fault.DOUBLED_LATER: _Request.doubled_later,
    Fault.THROTTLED: _Request.throttled,
    Fault.OVERRUN: _Request.overrun,
    Fault.CONFLICT: _Request.conflict,
    Fault.FAILED_BEFORE: _Request.failed_before,
    Fault.FAILED_AFTER: _Request.failed_after,
    Fault.KILLED_BEFORE: _Request.killed_before,
    Fault.KILLED_DURING: _Request.killed_during,
    Fault.KILLED_AFTER: _Request.killed_after,
}


class _Raw(BytesIO):
    """A body as urllib3 gives it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def _stamp(name: str, body: dict[str, Any], number: int, ordinal: int) -> str:
    """Have every row that the request writes say so; empty for a request that writes none. A
    transaction sent again under its token bears the same stamp."""
    if name == "UpdateItem":
        stamp = f"{number}:{ordinal}"
        _stamp_update(body, stamp)
        return stamp
    if name != "TransactWriteItems":
        return ""
    stamp = f"{number}:{body['ClientRequestToken']}"
    for item in body["TransactItems"]:
        if "Put" in item:
            item["Put"]["Item"][STAMP] = {"S": stamp}
        elif "Update" in item:
            _stamp_update(item["Update"], stamp)
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
