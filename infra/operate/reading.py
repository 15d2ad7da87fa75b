"""Reading a deployment's tables without haste: strongly consistent, page by page, and never more
read units a second than were allowed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config

from infra.operate.rows import KEYS, Row
from openhour.store.mapping import (
    appointment_from_row,
    client_from_row,
    practice_from_row,
    regular_from_row,
    slot_from_row,
    time_off_from_row,
)
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    IntakeRow,
    LoginRow,
    PracticeRow,
    RegularRow,
    SlotRow,
    TimeOffRow,
)
from openhour.store.row_versions import Item, upgrade

_PAGE = 500
"""Rows on a page: few enough that one page is no burst."""
_FORMS: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "PracticesTable": (PracticeRow, lambda row: practice_from_row(row).zone),
    "SlotsTable": (SlotRow, lambda row: slot_from_row(row).end),
    "ClientsTable": (ClientRow, client_from_row),
    "AppointmentsTable": (AppointmentRow, lambda row: appointment_from_row(row).end),
    "RegularsTable": (RegularRow, regular_from_row),
    "TimeOffTable": (TimeOffRow, time_off_from_row),
}
"""The store's model of each table, and what it makes of a row."""
_MARKED: tuple[Any, ...] = (LoginRow, IntakeRow)
"""The models of rows of the clients' table that are no clients."""
_deserialize = TypeDeserializer().deserialize


class Budget:
    """Read units that may be spent a second, on average."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_second, self._clock, self._sleep = per_second, clock, sleep
        self._even_at = clock()

    def spend(self, units: float) -> None:
        """Wait for as long as these units are worth."""
        now = self._clock()
        self._even_at = max(self._even_at, now) + units / self._per_second
        self._sleep(self._even_at - now)


class Library:
    """Every therapist's rows, read on a budget."""

    def __init__(self, budget: Budget) -> None:
        """Ask the place that this process has entered."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})
        self._dynamodb = boto3.client("dynamodb", config=config)
        self._budget = budget

    def therapist_ids(self, after: str | None = None) -> Iterator[str]:
        """Every therapist, in an order that stays, from the one behind `after`."""
        start = {"ExclusiveStartKey": {"therapist_id": {"S": after}}} if after else {}
        rows = self._pages("scan", "PracticesTable", start)
        yield from (row["therapist_id"]["S"] for row in rows)

    def owned_by(self, table: str, owner: str) -> Iterator[Item]:
        """The rows whose first key is `owner` as DynamoDB has them, in the order of the second."""
        asked = {
            "KeyConditionExpression": "#owner = :owner",
            "ExpressionAttributeNames": {"#owner": KEYS[table][0]},
            "ExpressionAttributeValues": {":owner": {"S": owner}},
        }
        yield from self._pages("query", table, asked)

    def _pages(self, operation: Any, table: str, asked: dict[str, Any]) -> Iterator[Item]:
        asked = {
            **asked,
            "TableName": _FORMS[table][0].Meta.table_name,
            "ConsistentRead": True,
            "ReturnConsumedCapacity": "TOTAL",
            "Limit": _PAGE,
        }
        while True:
            page = getattr(self._dynamodb, operation)(**asked)
            self._budget.spend(page["ConsumedCapacity"]["CapacityUnits"])
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def plain(item: Item) -> Row:
    """A row with its values as Python has them."""
    return {name: _deserialize(value) for name, value in item.items()}


def read(table: str, item: Item) -> Row | None:
    """The row in today's form; None where the store could not make of it what it should be."""
    model = _model_of(table, item)
    value_in = _FORMS[table][1] if model is _FORMS[table][0] else bool
    try:
        upgraded = upgrade(item, model.upgrades)
        if not _has_columns(upgraded, model):
            return None
        value_in(model.from_raw_data(dict(upgraded)))
    except (KeyError, OverflowError, TypeError, ValueError):
        return None
    return plain(upgraded)


def _has_columns(item: Item, model: Any) -> bool:
    """Whether every column is there that must be, and of its type."""
    columns = model.get_attributes().items()
    return all(
        column.attr_type in item[name] if name in item else column.null for name, column in columns
    )


def _model_of(table: str, item: Item) -> Any:
    """The store's model of the row: marked ones are no clients."""
    key = item[KEYS[table][-1]]["S"]
    return next((each for each in _MARKED if key.startswith(each.key_prefix)), _FORMS[table][0])


def key_of(table: str, item: Item) -> str:
    """The row's keys; of a login name, only that it is one."""
    keys = [item[name]["S"] for name in KEYS[table]]
    return " ".join("#login#" if key.startswith("#login#") else key for key in keys)
