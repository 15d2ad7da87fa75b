"""DynamoDB Local for the bench, and what it says each call has cost."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3

from infra.local import template
from infra.local.tables import create_tables
from openhour.store import practices
from openhour.store.connections import connection
from tests.engine.dynamodb import serving

_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


@dataclass(frozen=True)
class Trip:
    """One call of DynamoDB, the tables that it names, and the units that it took.

    Of a transaction the engine tells, for each table, the units of one row alone (DynamoDB Local
    3.3.0; AWS counts every row, and a check as a write), so they are taken once for each row.
    """

    operation: str
    tables: frozenset[str]
    units: float

    @property
    def reads(self) -> bool:
        return self.operation in _READS


@dataclass
class Meter:
    """Notes every call that the store makes."""

    trips: list[Trip] = field(default_factory=list)

    def listen(self, events: Any) -> None:
        """Listen to a client's events."""
        events.register("before-parameter-build.dynamodb", self._remember)
        events.register("after-call.dynamodb", self._note)

    def _remember(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        writes = params.get("TransactItems", ())
        context["rows"] = Counter(each["TableName"] for write in writes for each in write.values())

    def _note(self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        told = parsed.get("ConsumedCapacity") or []
        units = {
            each["TableName"]: each["CapacityUnits"] * context["rows"].get(each["TableName"], 1)
            for each in (told if isinstance(told, list) else [told])
        }
        tries = 1 + parsed["ResponseMetadata"].get("RetryAttempts", 0)
        self.trips += [Trip(model.name, frozenset(units), sum(units.values()))] * tries

    def read(self) -> list[Trip]:
        """What was noted since the last look."""
        trips, self.trips = self.trips, []
        return trips


@contextmanager
def metered_engine() -> Iterator[Meter]:
    """An empty engine with the template's tables, asked by the store of this process, which has
    asked none before. Raises NoEngine."""
    with serving() as address:
        os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = address
        create_tables(template.load(), boto3.client("dynamodb"))
        practices.invalidate()
        meter = Meter()
        meter.listen(connection.client.meta.events)
        yield meter
