"""The wire between the store and its tables, on which the state machine pulls.

A call goes straight to moto's handler: no HTTP is made up and taken apart again, which is seven
eighths of what a call costs. On its way it may be cut off as by a crash, its answer may be lost, or
somebody else may act first. The same befalls calls to the engine.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto.core.exceptions import JsonRESTError
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb.responses import DynamoHandler
from pynamodb.connection.base import Connection

from infra.local.environment import ACCOUNT, REGION
from infra.local.moto.dynamodb import LOCK
from openhour.store.connections import connection
from openhour.use_cases import releases
from tests.tables import on_engine

_SDK: Any = vars(Connection)["client"].fget
_DRAWN = itertools.count()
_WRITES = frozenset({"TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem"})


class PowerCut(BaseException):
    """The process has died: nothing that catches errors catches this."""


@dataclass(frozen=True)
class Cut:
    """The process dies before its write number `at`."""

    at: int


@dataclass(frozen=True)
class Lost:
    """Write number `at` is done, but its answer never arrives."""

    at: int


@dataclass(frozen=True)
class Interlude:
    """Somebody else does something before call number `at`, reads included."""

    at: int
    act: Callable[[], None]


Disturbance = Cut | Lost | Interlude | None


@dataclass
class Wire:
    """Counts the calls of an act, and disturbs it once."""

    disturbance: Disturbance = None
    disturbed: bool = False
    calls: int = 0
    writes: int = 0
    tokens: set[str] = field(default_factory=set)

    @contextmanager
    def during(self, disturbance: Disturbance) -> Iterator[None]:
        """Disturb whatever is done meanwhile."""
        self.disturbance, self.disturbed, self.calls, self.writes = disturbance, False, 0, 0
        try:
            yield
        finally:
            self.disturbance = None

    def call(self, operation: str, arguments: dict[str, Any]) -> Any:
        with LOCK:
            return self._call(operation, arguments)

    def _call(self, operation: str, arguments: dict[str, Any]) -> Any:
        number, self.calls = self.calls, self.calls + 1
        written = self.writes
        self.writes += operation in _WRITES
        match self.disturbance:
            case Cut(at) if operation in _WRITES and written >= at:
                self.disturbed = True
                raise PowerCut
            case Interlude(at, act) if number == at:
                self.disturbance, self.disturbed = None, True
                act()
            case Lost(at) if operation in _WRITES and written == at:
                self.disturbed = True
                self._pass(operation, arguments)
                raise ReadTimeoutError(endpoint_url="dynamodb")
        return self._pass(operation, arguments)

    def _pass(self, operation: str, arguments: dict[str, Any]) -> Any:
        """Make the call; a transaction that has been made under its token is not made again,
        which DynamoDB sees to and moto does not."""
        if on_engine():
            return _SDK(connection)._make_api_call(operation, arguments)
        token = arguments.get("ClientRequestToken")
        if token in self.tokens:
            return {}
        answer = _ask_moto(operation, arguments)
        if token:
            self.tokens.add(token)
        return answer


@contextmanager
def short_wire() -> Iterator[Wire]:
    """Put a wire between the store and its tables. Releases open their slots one by one, so that
    what happens depends on nothing but what is done; neither do the ids, which are no longer
    random. The engine remembers the transactions' tokens: there none comes again."""
    wire, drawn = Wire(), _DRAWN if on_engine() else itertools.count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", lambda size: sha256(b"%d" % next(drawn)).digest()[:size])
        patch.setattr(Connection, "client", property(lambda _: _Client(wire)))
        patch.setattr(releases, "_AT_ONCE", 1)
        yield wire


@dataclass(frozen=True)
class _Client:
    """As much of a botocore client as PynamoDB uses."""

    wire: Wire

    def _make_api_call(self, operation: str, arguments: dict[str, Any]) -> Any:
        return self.wire.call(operation, arguments)


def _ask_moto(operation: str, arguments: dict[str, Any]) -> Any:
    handler = DynamoHandler()
    handler.current_account, handler.region = ACCOUNT, REGION
    handler.body = handler.params = dict(arguments)
    try:
        return getattr(handler, camelcase_to_underscores(operation))().result
    except JsonRESTError as error:
        said = json.loads(error.description)
        code = said.pop("__type").rpartition("#")[2]
        message = said.pop("message", None) or said.pop("Message", "")
        response: Any = {"Error": {"Code": code, "Message": message}, **said}
        raise ClientError(response, operation) from None
