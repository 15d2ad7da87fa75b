"""DynamoDB Local with a meter: the round trips of each call and the units that they consume."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3

from infra.dynamodb_local import running
from infra.local import template
from infra.local.tables import create_tables
from openhour.store import practices
from openhour.store.connections import connection

_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


@dataclass(frozen=True)
class RoundTrip:
    """One request to DynamoDB, the tables that it names, and the units that it consumes.

    For a transaction, DynamoDB Local 3.3.0 reports per table the units of a single row, whereas AWS
    counts every row, and a condition check as a write. The meter multiplies accordingly.
    """

    operation: str
    tables: frozenset[str]
    units: float

    @property
    def is_read(self) -> bool:
        """Whether it consumes read units."""
        return self.operation in _READS


@dataclass
class Meter:
    """Records every request that the store makes."""

    trips: list[RoundTrip] = field(default_factory=list)

    def attach(self, events: Any) -> None:
        """Subscribe to a botocore client's events."""
        events.register("before-parameter-build.dynamodb", self._count_rows)
        events.register("after-call.dynamodb", self._record)

    def _count_rows(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        writes = params.get("TransactItems", ())
        context["rows"] = Counter(each["TableName"] for write in writes for each in write.values())

    def _record(
        self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any
    ) -> None:
        consumed = parsed.get("ConsumedCapacity") or []
        units = {
            each["TableName"]: each["CapacityUnits"] * context["rows"].get(each["TableName"], 1)
            for each in (consumed if isinstance(consumed, list) else [consumed])
        }
        tries = 1 + parsed["ResponseMetadata"].get("RetryAttempts", 0)
        self.trips += [RoundTrip(model.name, frozenset(units), sum(units.values()))] * tries

    def take(self) -> list[RoundTrip]:
        """Return the round trips since the last call, oldest first."""
        trips, self.trips = self.trips, []
        return trips


@contextmanager
def metered_dynamodb() -> Iterator[Meter]:
    """Run DynamoDB Local with the template's tables and meter the store of this process.

    The process must not have used the store before.

    Raises:
        DynamoDBLocalUnavailable: DynamoDB Local can't run here.
    """
    with running() as url:
        os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = url
        create_tables(template.load(), boto3.client("dynamodb"))
        practices.invalidate()
        meter = Meter()
        meter.attach(connection.client.meta.events)
        yield meter
