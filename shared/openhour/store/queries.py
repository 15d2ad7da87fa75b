"""Strongly consistent reads: several rows in one batch, or all rows of a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition

from openhour.rules.refusals import Busy
from openhour.store.connections import Row, connection
from openhour.store.retries import back_off, busy_if_transient

M = TypeVar("M", bound=Row)
Key = tuple[type[Row], str, str]
_MAX_KEYS = 100
"""Keys in one batch (DynamoDB API Reference, BatchGetItem)."""
_ATTEMPTS = 6


def get(model: type[M], owner: str, name: str | None = None) -> M | None:
    """One row by its hash key and, where it has one, its range key; or None. Raises Busy."""
    try:
        return model.get(owner, name, consistent_read=True)
    except model.DoesNotExist:
        return None
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def get_referenced(model: type[M], owner: str, name: str) -> M:
    """One row that another row points at. Raises Busy where it has gone since."""
    row = get(model, owner, name)
    if row is None:
        raise Busy
    return row


def batch_get(keys: Sequence[Key]) -> list[Any]:
    """The rows with those keys, of any tables, in their order, None for each that is not there:
    one batch for every hundred. Raises Busy."""
    found: dict[Key, Row] = {}
    for start in range(0, len(keys), _MAX_KEYS):
        _get_batch(keys[start : start + _MAX_KEYS], found)
    return [found.get(key) for key in keys]


def query(
    model: type[M],
    owner: str,
    within: Condition | None = None,
    where: Condition | None = None,
    *,
    newest_first: bool = False,
    limit: int | None = None,
) -> list[M]:
    """The rows of one owner, in the order of their range key, filtered by `where` and at most
    `limit` of them. Raises Busy."""
    try:
        return list(
            model.query(
                owner,
                within,
                where,
                consistent_read=True,
                scan_index_forward=not newest_first,
                limit=limit,
            )
        )
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def query_items(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item that a query finds, as DynamoDB gives it. Raises Busy."""
    while True:
        page = _dispatch("Query", asked)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        asked = {**asked, "ExclusiveStartKey": page["LastEvaluatedKey"]}


def _get_batch(keys: Sequence[Key], found: dict[Key, Row]) -> None:
    asked = {
        (model.Meta.table_name, owner, name): (model, owner, name) for model, owner, name in keys
    }
    names = {model.Meta.table_name: model.key_names() for model, *_ in keys}
    request: dict[str, Any] = {}
    for table, *key in asked:
        wanted = request.setdefault(table, {"Keys": [], "ConsistentRead": True})
        wanted["Keys"].append({n: {"S": value} for n, value in zip(names[table], key, strict=True)})
    for attempt in range(_ATTEMPTS):
        answer = _dispatch("BatchGetItem", {"RequestItems": request})
        for table, items in answer["Responses"].items():
            for item in items:
                owner, name = (item[n]["S"] for n in names[table])
                there = asked[(table, owner, name)]
                found[there] = there[0].from_raw_data(item)
        request = answer.get("UnprocessedKeys") or {}
        if not request:
            return
        back_off(attempt)
    raise Busy


def _dispatch(operation: str, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return connection.dispatch(operation, asked)
    except (BotoCoreError, ClientError) as error:
        fault = PynamoDBException("Error reading items", error)
        raise busy_if_transient(fault) from error
