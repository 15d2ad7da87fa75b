"""The transport between the code and DynamoDB, and everything that can go wrong on it.

`intercepted` hooks botocore where it sends a request, so that botocore parses the response and
retries as it would in AWS. `in_process` calls moto's handlers directly, which takes an eighth of
the time. Faults are the same on both.
"""

from __future__ import annotations

import itertools
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from hashlib import sha256
from io import BytesIO
from math import inf
from threading import Lock
from typing import Any
from uuid import uuid4

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.exceptions import JsonRESTError
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb.responses import DynamoHandler
from pynamodb.connection.base import Connection

from infra.local.environment import ACCOUNT, REGION
from infra.local.moto.dynamodb import LOCK
from openhour.store.connections import connection
from openhour.use_cases import releases
from tests.dynamodb_backends import on_engine

Serve = Callable[[], Any]
Fault = Callable[["Request", Serve], Any]
"""Serves the request, answers in its place, or raises."""

_SESSION = URLLib3Session(
    socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],  # type: ignore[list-item]  # botocore's stubs say text
    max_pool_connections=32,
)
"""Has botocore's own options: without TCP_NODELAY a body waits 40 ms for its header's receipt."""
_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"})
_SDK: Any = vars(Connection)["client"].fget
_RANDOM = itertools.count()


@dataclass(slots=True)
class Request:
    """One request to DynamoDB, and its response, if one arrived."""

    operation: str
    body: dict[str, Any]
    http: AWSPreparedRequest | None = None
    response: dict[str, Any] | None = None

    @property
    def is_write(self) -> bool:
        return self.operation in _WRITES

    @property
    def tables(self) -> set[str]:
        names = {self.body["TableName"]} if "TableName" in self.body else set()
        items = self.body.get("TransactItems", ())
        names |= {each["TableName"] for item in items for each in item.values()}
        return names | set(self.body.get("RequestItems", ()))

    def encode(self) -> None:
        """Put the changed body into the HTTP request."""
        if self.http is not None:
            self.http.body = json.dumps(self.body).encode()
            self.http.headers["Content-Length"] = str(len(self.http.body))


@dataclass(slots=True)
class Transport:
    """Records requests, and lets `fault_for` choose the fault of each; None serves it.

    A transaction whose token was committed before is not carried out again, as in AWS ("Amazon
    DynamoDB Transactions: idempotency"), which moto ignores. Without `honors_tokens`, a repeated
    transaction is sent under a new token.
    """

    requests: list[Request] = field(default_factory=list)
    fault_for: Callable[[Request], Fault | None] | None = None
    honors_tokens: bool = True
    _committed: dict[str, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def operations(self) -> list[str]:
        return [request.operation for request in self.requests]

    def clear(self) -> None:
        self.requests.clear()

    def fail(
        self, fault: Fault, where: Callable[[Request], bool], *, since: int = 0, times: float = inf
    ) -> None:
        """Apply `fault` to matching requests, `times` times, after `since` of them."""
        numbers = itertools.count()

        def fault_for(request: Request) -> Fault | None:
            return fault if where(request) and since <= next(numbers) < since + times else None

        self.fault_for = fault_for

    def run_before(self, where: Callable[[Request], bool], act: Callable[[], object]) -> None:
        """Run `act` before the first matching request."""

        def fault_for(request: Request) -> None:
            if where(request):
                self.fault_for = None
                act()

        self.fault_for = fault_for

    @contextmanager
    def disturbed_by(self, disturbance: Disturbance) -> Iterator[Disturbance]:
        """Apply a disturbance, counted anew, to whatever is done inside."""
        previous, armed = self.fault_for, disturbance and replace(disturbance)
        self.fault_for = armed
        try:
            yield armed
        finally:
            self.fault_for = previous

    def send(self, request: Request, serve: Serve) -> Any:
        """Record a request, and serve it or apply its fault."""
        with self._lock:
            self.requests.append(request)
        fault = self.fault_for(request) if self.fault_for else None
        once = partial(self._serve_once, request, serve)
        response = fault(request, once) if fault else once()
        if not isinstance(response, AWSResponse):
            request.response = response
        elif response.status_code == 200:
            request.response = json.loads(response.content)
        return response

    def _serve_once(self, request: Request, serve: Serve) -> Any:
        token = request.body.get("ClientRequestToken")
        if token and not self.honors_tokens:
            token = request.body["ClientRequestToken"] = str(uuid4())
            request.encode()
        if token in self._committed:
            return self._committed[token]
        response = serve()
        if token and getattr(response, "status_code", 200) == 200:
            self._committed[token] = response
        return response


@contextmanager
def intercepted() -> Iterator[Transport]:
    """Send every DynamoDB request of this process through the transport."""
    transport = Transport()
    with hooked(transport.send):
        yield transport


@contextmanager
def hooked(send: Callable[[Request, Serve], AWSResponse]) -> Iterator[None]:
    """Call `send` for every DynamoDB request of this process, in place of botocore."""
    original = BotocoreStubber.__call__

    @wraps(original)
    def call(
        stubber: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **more: Any
    ) -> AWSResponse | None:
        def serve() -> AWSResponse:
            response: AWSResponse | None = original(stubber, event_name, request, **more)
            return response or _SESSION.send(request)  # moto is off: DynamoDB Local answers

        target: Any = request.headers.get("X-Amz-Target", b"")
        target = target.decode() if isinstance(target, bytes) else target
        service, _, operation = target.partition(".")
        if not service.startswith("DynamoDB_"):
            other: AWSResponse | None = original(stubber, event_name, request, **more)
            return other
        body = request.body if isinstance(request.body, str | bytes) else b"{}"
        return send(Request(operation, json.loads(body), request), serve)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "__call__", call)
        yield


@contextmanager
def in_process() -> Iterator[Transport]:
    """Connect PynamoDB to moto, or to DynamoDB Local, without HTTP, and deterministically.

    Releases open slots one by one, and random ids are a counter's hashes. DynamoDB Local remembers
    the tokens of transactions, so there the counter goes on.
    """
    transport, numbers = Transport(), _RANDOM if on_engine() else itertools.count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", lambda size: sha256(b"%d" % next(numbers)).digest()[:size])
        patch.setattr(Connection, "client", property(lambda _: _Client(transport)))
        patch.setattr(releases, "_AT_ONCE", 1)
        yield transport


@dataclass(frozen=True)
class _Client:
    """The part of a botocore client that PynamoDB uses."""

    transport: Transport

    def _make_api_call(self, operation: str, arguments: dict[str, Any]) -> Any:
        serve = partial(_call_dynamodb, operation, arguments)
        return self.transport.send(Request(operation, arguments), serve)


def _call_dynamodb(operation: str, arguments: dict[str, Any]) -> Any:
    if on_engine():
        return _SDK(connection)._make_api_call(operation, arguments)
    handler = DynamoHandler()
    handler.current_account, handler.region = ACCOUNT, REGION
    handler.body = handler.params = dict(arguments)
    try:
        with LOCK:
            return getattr(handler, camelcase_to_underscores(operation))().result
    except JsonRESTError as error:
        details = json.loads(error.description)
        code = details.pop("__type").rpartition("#")[2]
        message = details.pop("message", None) or details.pop("Message", "")
        response: Any = {"Error": {"Code": code, "Message": message}, **details}
        raise ClientError(response, operation) from None


class Crash(BaseException):
    """The process dies; no handler of errors catches this."""


@dataclass
class CrashBefore:
    """Crashes before write number `at` of an action, and before every later one."""

    at: int
    happened: bool = field(default=False, init=False)
    writes: int = field(default=0, init=False)

    def __call__(self, request: Request) -> Fault | None:
        number, self.writes = self.writes, self.writes + request.is_write
        return self._crash if request.is_write and number >= self.at else None

    def _crash(self, _request: Request, _serve: Serve) -> Any:
        self.happened = True
        raise Crash


@dataclass
class LoseResponse:
    """Carries out write number `at` of an action, and loses its response."""

    at: int
    happened: bool = field(default=False, init=False)
    writes: int = field(default=0, init=False)

    def __call__(self, request: Request) -> Fault | None:
        number, self.writes = self.writes, self.writes + request.is_write
        if not request.is_write or number != self.at:
            return None
        self.happened = True
        return response_lost


@dataclass
class RunBefore:
    """Runs another action before request number `at` of an action, reads included."""

    at: int
    act: Callable[[], None]
    happened: bool = field(default=False, init=False)
    requests: int = field(default=0, init=False)

    def __call__(self, _request: Request) -> Fault | None:
        number, self.requests = self.requests, self.requests + 1
        if number == self.at and not self.happened:
            self.happened = True
            self.act()
        return None


Disturbance = CrashBefore | LoseResponse | RunBefore | None
"""What happens once during an action."""


def respond(request: Request, status: int, body: dict[str, Any] | bytes) -> AWSResponse:
    """Return a response in place of DynamoDB's."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers: Any = {"Content-Type": "application/x-amz-json-1.0"}
    return AWSResponse(_url(request), status, headers, _Raw(content))


class _Raw(BytesIO):
    """A body as urllib3 hands it over."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def _url(request: Request) -> str:
    return request.http.url if request.http else "dynamodb"


def error(status: int, name: str, **details: Any) -> Fault:
    """Return a fault that answers with DynamoDB's error of that name."""
    kind = f"com.amazonaws.dynamodb.v20120810#{name}"
    body = {"__type": kind, "message": name, **details}
    return lambda request, _: respond(request, status, body)


throttled = error(400, "ThrottlingException")
throughput_exceeded = error(400, "ProvisionedThroughputExceededException")
server_error = error(500, "InternalServerError")
transaction_in_progress = error(400, "TransactionInProgressException")
row_conflict = error(400, "TransactionConflictException")


def cancelled_with(code: str, item: int = 0) -> Fault:
    """Return a fault that cancels a transaction because of one item."""

    def fault(request: Request, serve: Serve) -> AWSResponse:
        reasons = [{"Code": "None"} for _ in request.body["TransactItems"]]
        reasons[item % len(reasons)] = {"Code": code, "Message": code}
        answer: AWSResponse = error(
            400, "TransactionCanceledException", CancellationReasons=reasons
        )(request, serve)
        return answer

    return fault


transaction_conflict = cancelled_with("TransactionConflict")


def html_error(request: Request, _: Serve) -> AWSResponse:
    """A proxy answers with a page."""
    return respond(request, 503, b"<html><body>Service Unavailable</body></html>")


def request_lost(request: Request, _: Serve) -> AWSResponse:
    """The request never arrives, and the read times out."""
    raise ReadTimeoutError(endpoint_url=_url(request))


def response_lost(request: Request, serve: Serve) -> AWSResponse:
    """The request is carried out, and the read of its response times out."""
    serve()
    raise ReadTimeoutError(endpoint_url=_url(request))


def connection_closed(request: Request, serve: Serve) -> AWSResponse:
    """The request is carried out, then the connection closes."""
    serve()
    raise ConnectionClosedError(endpoint_url=_url(request))


def unreachable(request: Request, _: Serve) -> AWSResponse:
    """Nothing listens at the endpoint."""
    raise EndpointConnectionError(endpoint_url=_url(request))


def connect_timeout(request: Request, _: Serve) -> AWSResponse:
    """The connection times out."""
    raise ConnectTimeoutError(endpoint_url=_url(request))
