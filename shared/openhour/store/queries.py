"""Strongly consistent reads: several rows in one batch, or all rows of a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition

from openhour.rules.refusals import Busy
from openhour.store.connections import connection
from openhour.store.retries import back_off, busy_if_transient
from openhour.store.tables import Row

M = TypeVar("M", bound=Row)
Key = tuple[type[Row], str, str]
_MAX_KEYS = 100
"""Keys in one batch (DynamoDB API Reference, BatchGetItem)."""
_ATTEMPTS = 6


def get(model: type[M], owner: str, name: str | None = None) -> M | None:
    """Return the row with these keys, or None.

    Raises:
        Busy: DynamoDB can't answer.
    """
    try:
        return model.get(owner, name, consistent_read=True)
    except model.DoesNotExist:
        return None
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def get_referenced(model: type[M], owner: str, name: str) -> M:
    """Return a row that another row refers to.

    Raises:
        Busy: The row has been deleted since, or DynamoDB can't answer.
    """
    row = get(model, owner, name)
    if row is None:
        raise Busy
    return row


def batch_get(keys: Sequence[Key]) -> list[Any]:
    """Return the rows with these keys of any tables, in order, with None for each missing row.

    Reads one batch for every hundred keys.

    Raises:
        Busy: DynamoDB can't answer.
    """
    rows: dict[Key, Row] = {}
    for start in range(0, len(keys), _MAX_KEYS):
        _get_batch(keys[start : start + _MAX_KEYS], rows)
    return [rows.get(key) for key in keys]


def query(
    model: type[M],
    owner: str,
    within: Condition | None = None,
    where: Condition | None = None,
    *,
    newest_first: bool = False,
    limit: int | None = None,
) -> list[M]:
    """Return the rows of one owner by range key, filtered by `where`, at most `limit` of them.

    Raises:
        Busy: DynamoDB can't answer.
    """
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


def query_index(model: type[M], index: str, owner: str, first: str, last: str) -> list[M]:
    """Return the rows that an index has under `owner` from `first` to `last`, both included.

    Both are values of the index's range key, which is the table's. An index lags behind its table
    by moments.

    Raises:
        Busy: DynamoDB can't answer.
    """
    request = {
        "TableName": model.Meta.table_name,
        "IndexName": index,
        "KeyConditionExpression": "therapist_id = :owner AND #name BETWEEN :first AND :last",
        "ExpressionAttributeNames": {"#name": model.key_names()[-1]},
        "ExpressionAttributeValues": {
            ":owner": {"S": owner},
            ":first": {"S": first},
            ":last": {"S": last},
        },
    }
    return [model.from_raw_data(item) for item in query_items(request)]


def query_items(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every item that a query finds, unparsed.

    Raises:
        Busy: DynamoDB can't answer.
    """
    while True:
        page = _dispatch("Query", request)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        request = {**request, "ExclusiveStartKey": page["LastEvaluatedKey"]}


def _get_batch(keys: Sequence[Key], rows: dict[Key, Row]) -> None:
    keys_by_name = {
        (model.Meta.table_name, owner, name): (model, owner, name) for model, owner, name in keys
    }
    names = {model.Meta.table_name: model.key_names() for model, *_ in keys}
    request: dict[str, Any] = {}
    for table, *values in keys_by_name:
        wanted = request.setdefault(table, {"Keys": [], "ConsistentRead": True})
        wanted["Keys"].append(
            {n: {"S": value} for n, value in zip(names[table], values, strict=True)}
        )
    for attempt in range(_ATTEMPTS):
        response = _dispatch("BatchGetItem", {"RequestItems": request})
        for table, items in response["Responses"].items():
            for item in items:
                owner, name = (item[n]["S"] for n in names[table])
                key = keys_by_name[(table, owner, name)]
                rows[key] = key[0].from_raw_data(item)
        request = response.get("UnprocessedKeys") or {}
        if not request:
            return
        back_off(attempt)
    raise Busy


def _dispatch(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return connection.dispatch(operation, request)
    except (BotoCoreError, ClientError) as error:
        failure = PynamoDBException("Error reading items", error)
        raise busy_if_transient(failure) from error
