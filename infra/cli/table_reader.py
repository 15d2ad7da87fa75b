"""Strongly consistent reads of all tables, page by page, at a limited rate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config

from infra.cli.snapshot import KEYS, Row
from openhour.store.mapping import value_from_row
from openhour.store.models import LoginRow, main_models, model_of
from openhour.store.row_versions import Item, is_outdated, upgrade
from openhour.store.tables import Row as StoredRow

_PAGE = 500
"""Rows on a page: few enough that a page causes no burst."""
_MODELS = {model.table.logical_id: model for model in main_models()}
"""The model of each table's rows, by the table's logical id in the template."""
_deserialize = TypeDeserializer().deserialize


class RateLimiter:
    """Limits the average rate of something, such as read units a second."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_second, self._clock, self._sleep = per_second, clock, sleep
        self._free_at = clock()

    def spend(self, units: float) -> None:
        """Sleep until `units` and all earlier ones are within the rate."""
        now = self._clock()
        self._free_at = max(self._free_at, now) + units / self._per_second
        self._sleep(self._free_at - now)


class TableReader:
    """Reads every therapist's rows, no faster than the limiter allows read units."""

    def __init__(self, limiter: RateLimiter) -> None:
        """Read from the target that this process has entered."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})
        self._dynamodb = boto3.client("dynamodb", config=config)
        self._limiter = limiter

    def therapist_ids(self, after: str | None = None) -> Iterator[str]:
        """Yield every therapist's id, in a stable order, from the one that follows `after`."""
        start = {"ExclusiveStartKey": {"therapist_id": {"S": after}}} if after else {}
        rows = self._pages("scan", "PracticesTable", start)
        yield from (row["therapist_id"]["S"] for row in rows)

    def scan(self, table: str) -> Iterator[Item]:
        """Yield every raw row of a table, in no order."""
        return self._pages("scan", table, {})

    def owned_by(self, table: str, owner: str) -> Iterator[Item]:
        """Yield the raw rows whose partition key is `owner`, in the order of their sort key."""
        request = {
            "KeyConditionExpression": "#owner = :owner",
            "ExpressionAttributeNames": {"#owner": KEYS[table][0]},
            "ExpressionAttributeValues": {":owner": {"S": owner}},
        }
        yield from self._pages("query", table, request)

    def _pages(self, operation: Any, table: str, request: dict[str, Any]) -> Iterator[Item]:
        request = {
            **request,
            "TableName": _MODELS[table].table.name,
            "ConsistentRead": True,
            "ReturnConsumedCapacity": "TOTAL",
            "Limit": _PAGE,
        }
        while True:
            page = getattr(self._dynamodb, operation)(**request)
            self._limiter.spend(page["ConsumedCapacity"]["CapacityUnits"])
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def plain(item: Item) -> Row:
    """Return the row with plain Python values."""
    return {name: _deserialize(value) for name, value in item.items()}


def parse(table: str, item: Item) -> Row | None:
    """Return the row in today's form, None if the store could not read it."""
    model = _model_of(table, item)
    try:
        upgraded = upgrade(item, model.upgrades)
        if not _has_columns(upgraded, model):
            return None
        _require_value(value_from_row(model.from_raw_data(dict(upgraded))))
    except (KeyError, OverflowError, TypeError, ValueError):
        return None
    return plain(upgraded)


def is_old_row(table: str, item: Item) -> bool:
    """Return whether an earlier version wrote the row."""
    return is_outdated(item, _model_of(table, item).upgrades)


def _has_columns(item: Item, model: Any) -> bool:
    """Return whether the row has every required column, and each one's type is right."""
    columns = model.get_attributes().items()
    return all(
        column.attr_type in item[name] if name in item else column.null for name, column in columns
    )


def _require_value(value: object) -> None:
    """Raise ValueError for a value whose zone, start or end can't be computed."""
    for name in ("zone", "start", "end"):
        getattr(value, name, None)


def _model_of(table: str, item: Item) -> type[StoredRow]:
    main = _MODELS[table]
    return model_of(main.table, item[main.key_names()[-1]]["S"])


def key_of(table: str, item: Item) -> str:
    """Return the row's keys as text, with login names left out."""
    keys = [item[name]["S"] for name in KEYS[table]]
    prefix = LoginRow.key_prefix
    return " ".join(prefix if key.startswith(prefix) else key for key in keys)
