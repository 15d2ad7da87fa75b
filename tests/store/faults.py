"""What can go wrong between the store and DynamoDB, brought about where botocore sends a request.

Every client of this process sends through the same place, PynamoDB's and ours alike, so nothing
goes unseen. botocore parses what comes back and makes its own retries, as it would in AWS.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial, wraps
from io import BytesIO
from threading import Lock
from typing import Any
from uuid import uuid4

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session
from moto.core.botocore_stubber import BotocoreStubber

Serve = Callable[[], AWSResponse]
Fault = Callable[["Request", Serve], AWSResponse]
"""What becomes of a request: a fault may let it be served, answer in its place, or raise."""

_SESSION = URLLib3Session(socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)])  # type: ignore[list-item]  # botocore's stubs say text
"""As botocore makes its own: without the option a body waits 40 ms for its head to be received."""
_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"})


@dataclass(slots=True)
class Request:
    """One request to DynamoDB, and what came back, if anything did."""

    operation: str
    body: dict[str, Any]
    sent: AWSPreparedRequest
    answer: dict[str, Any] | None = None

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.operation in _WRITES

    @property
    def tables(self) -> set[str]:
        """The tables that it names."""
        named = {self.body["TableName"]} if "TableName" in self.body else set()
        items = self.body.get("TransactItems", ())
        named |= {each["TableName"] for item in items for each in item.values()}
        return named | set(self.body.get("RequestItems", ()))

    def rename(self) -> None:
        """Give a transaction another token, if it is one."""
        if "ClientRequestToken" in self.body:
            self.body["ClientRequestToken"] = str(uuid4())
            self.sent.body = json.dumps(self.body).encode()
            self.sent.headers["Content-Length"] = str(len(self.sent.body))


@dataclass(slots=True)
class Line:
    """The requests that were sent, oldest first. `meddle` decides the fault of each, None for those
    that are simply served.

    A transaction that bears the token of one that was carried out is not carried out again, as in
    AWS ("Amazon DynamoDB Transactions: idempotency"), which moto knows nothing of. `keeps_tokens`
    off is what happens where a transaction is repeated under another token.
    """

    requests: list[Request] = field(default_factory=list)
    meddle: Callable[[Request], Fault | None] | None = None
    keeps_tokens: bool = True
    _done: dict[str, bytes] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def operations(self) -> list[str]:
        """What was asked for, in the order of the asking."""
        return [request.operation for request in self.requests]

    def clear(self) -> None:
        """Forget what was sent so far."""
        self.requests.clear()

    def send(self, request: Request, serve: Serve) -> AWSResponse:
        """Record a request, and serve it or have its fault."""
        with self._lock:
            self.requests.append(request)
        fault = self.meddle(request) if self.meddle else None
        once = partial(self._serve_once, request, serve)
        response = fault(request, once) if fault else once()
        if response.status_code == 200:
            request.answer = json.loads(response.content)
        return response

    def _serve_once(self, request: Request, serve: Serve) -> AWSResponse:
        if not self.keeps_tokens:
            request.rename()
        token = request.body.get("ClientRequestToken")
        if token in self._done:
            return answer(request, 200, self._done[token])
        response = serve()
        if token and response.status_code == 200:
            self._done[token] = response.content
        return response


@contextmanager
def tapped_line() -> Iterator[Line]:
    """Listen to every request of this process to DynamoDB until left."""
    line = Line()
    untapped = BotocoreStubber.__call__

    @wraps(untapped)
    def call(
        stubber: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **more: Any
    ) -> AWSResponse | None:
        def serve() -> AWSResponse:
            response: AWSResponse | None = untapped(stubber, event_name, request, **more)
            return response or _SESSION.send(request)  # which is none of moto's: the engine's

        target = request.headers.get("X-Amz-Target", b"")
        target = target.decode() if isinstance(target, bytes) else target
        service, _, operation = target.partition(".")
        if not service.startswith("DynamoDB_"):
            passed: AWSResponse | None = untapped(stubber, event_name, request, **more)
            return passed
        body = request.body if isinstance(request.body, str | bytes) else b"{}"
        return line.send(Request(operation, json.loads(body), request), serve)

    BotocoreStubber.__call__ = call
    try:
        yield line
    finally:
        BotocoreStubber.__call__ = untapped


def answer(request: Request, status: int, body: dict[str, Any] | bytes) -> AWSResponse:
    """An answer made up in place of DynamoDB's."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers: Any = {"Content-Type": "application/x-amz-json-1.0"}
    return AWSResponse(request.sent.url, status, headers, _Raw(content))


class _Raw(BytesIO):
    """A body as urllib3 gives it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The whole body at once."""
        yield self.read()


def _error(status: int, name: str, **more: Any) -> Fault:
    kind = f"com.amazonaws.dynamodb.v20120810#{name}"
    return lambda request, _: answer(request, status, {"__type": kind, "message": name, **more})


throttled = _error(400, "ThrottlingException")
"""The table's or the account's throughput is used up."""
overrun = _error(400, "ProvisionedThroughputExceededException")
"""The partition's throughput is used up."""
failing = _error(500, "InternalServerError")
"""DynamoDB has failed."""
unfinished = _error(400, "TransactionInProgressException")
"""The same transaction, sent before, has not come to its end."""
conflicted_row = _error(400, "TransactionConflictException")
"""Somebody's transaction has the row."""


def unreadable(request: Request, _: Serve) -> AWSResponse:
    """Something in between answers with a page."""
    return answer(request, 503, b"<html><body>Service Unavailable</body></html>")


def cancelled_for(code: str) -> Fault:
    """The first of a transaction's writes is refused with `code`, and so the whole."""

    def fault(request: Request, serve: Serve) -> AWSResponse:
        reasons = [{"Code": "None"} for _ in request.body["TransactItems"]]
        reasons[0] = {"Code": code, "Message": code}
        cancelled = _error(400, "TransactionCanceledException", CancellationReasons=reasons)
        return cancelled(request, serve)

    return fault


conflicted = cancelled_for("TransactionConflict")
"""Another transaction has one of the rows."""


def lost_on_the_way(request: Request, _: Serve) -> AWSResponse:
    """Nothing arrives, and the wait for an answer ends."""
    raise ReadTimeoutError(endpoint_url=request.sent.url)


def lost_on_the_way_back(request: Request, serve: Serve) -> AWSResponse:
    """It is done, but the answer never arrives."""
    serve()
    raise ReadTimeoutError(endpoint_url=request.sent.url)


def cut_on_the_way_back(request: Request, serve: Serve) -> AWSResponse:
    """It is done, and then the connection breaks."""
    serve()
    raise ConnectionClosedError(endpoint_url=request.sent.url)


def unreachable(request: Request, _: Serve) -> AWSResponse:
    """Nobody listens."""
    raise EndpointConnectionError(endpoint_url=request.sent.url)


def unanswered(request: Request, _: Serve) -> AWSResponse:
    """Nobody takes the call."""
    raise ConnectTimeoutError(endpoint_url=request.sent.url)
