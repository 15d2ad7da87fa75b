"""Migration: rewrite rows of older forms in today's form, one by one, while the system is in use.

A row is rewritten only as it was read, otherwise it is read again. Other writers are not
disturbed, since what they expect of a row, such as its revision, stays the same.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from openhour.rules.audit_log import AuditAction
from openhour.rules.refusals import Busy, Invalid
from openhour.store.audit_log import ALL_THERAPISTS, audit_entry
from openhour.store.connections import connection
from openhour.store.models import MODELS, model_of
from openhour.store.retries import attempts, back_off, is_transient
from openhour.store.row_versions import Item, is_outdated, upgrade
from openhour.store.tables import Row
from openhour.store.transactions import commit

_ATTEMPTS = 10
_PAGE = 100
"""Rows read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One page of a table: the rows `read`, and how many of them were `upgraded`.

    An interrupted walk continues from `cursor`, which is None at the end.
    """

    table: str
    read: int
    upgraded: int
    cursor: str | None


def migrate(*, cursor: str | None, rows_per_second: float, now: datetime) -> Iterator[Progress]:
    """Rewrite every row of an older form, page by page.

    Reads at most `rows_per_second`. The audit log records who began. Repeating it finds nothing to
    do.

    Raises:
        Invalid: The cursor is malformed.
        Busy: DynamoDB can't answer.
    """
    names = sorted({model.table.name for model in MODELS if model.upgrades})
    first, key = _read_cursor(cursor, names)
    commit([audit_entry(ALL_THERAPISTS, AuditAction.MIGRATE, now=now)])
    for table in (name for name in names if name >= first):
        while True:
            began = time.monotonic()
            items, key = _read_page(table, key)
            upgraded = sum(_rewrite(table, item) for item in items)
            following = next((name for name in names if name > table), None)
            after = _cursor(table, key) if key else following and _cursor(following, None)
            yield Progress(table=table, read=len(items), upgraded=upgraded, cursor=after)
            if after:
                time.sleep(max(0, len(items) / rows_per_second - (time.monotonic() - began)))
            if not key:
                break


def _rewrite(table: str, item: Item) -> bool:
    """Rewrite one row in today's form. Return whether there was anything to do."""
    model = _model(table, item)
    key = {name: item[name] for name in model.key_names()}
    for attempt in range(_ATTEMPTS):
        if not is_outdated(item, model.upgrades):
            return False
        try:
            _request("UpdateItem", {"TableName": table, "Key": key, **_change(model, item)})
        except PynamoDBException as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
        else:
            return True
        back_off(attempt)
        response = _request("GetItem", {"TableName": table, "Key": key, "ConsistentRead": True})
        if "Item" not in response:
            return False
        item = response["Item"]
    raise Busy


def _change(model: type[Row], before: Item) -> dict[str, Any]:
    """Return an update to today's form that requires every column to be as it was read."""
    after = upgrade(before, model.upgrades)
    new = {name: value for name, value in after.items() if before.get(name) != value}
    gone = before.keys() - after.keys()
    keys = model.key_names()
    were = {name: value for name, value in before.items() if name not in keys}
    removing = f" REMOVE {', '.join(f'#{name}' for name in gone)}" if gone else ""
    conditions = [f"attribute_exists(#{keys[0]})"]
    conditions += [f"#{name} = :was_{name}" for name in were]
    conditions += [f"attribute_not_exists(#{name})" for name in new.keys() - before.keys()]
    return {
        "UpdateExpression": f"SET {', '.join(f'#{name} = :{name}' for name in new)}{removing}",
        "ConditionExpression": " AND ".join(conditions),
        "ExpressionAttributeNames": {f"#{name}": name for name in (keys[0], *were, *new, *gone)},
        "ExpressionAttributeValues": {
            **{f":{name}": value for name, value in new.items()},
            **{f":was_{name}": value for name, value in were.items()},
        },
    }


def _model(table: str, item: Item) -> type[Row]:
    """Return the model of a row in the table with that name."""
    main = next(model for model in MODELS if model.table.name == table)
    return model_of(main.table, item[main.key_names()[-1]]["S"])


def _read_page(table: str, key: Item | None) -> tuple[list[Item], Item | None]:
    since = {"ExclusiveStartKey": key} if key else {}
    request = {"TableName": table, "Limit": _PAGE, "ConsistentRead": True, **since}
    response = _request("Scan", request)
    return response["Items"], response.get("LastEvaluatedKey")


def _request(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    for _ in attempts(_ATTEMPTS):
        try:
            response: dict[str, Any] = connection.dispatch(operation, request)
        except (BotoCoreError, ClientError) as cause:
            error = PynamoDBException(f"Failed to {operation}", cause)
            if not is_transient(error):
                raise error from cause
        else:
            return response
    raise Busy


def _cursor(table: str, key: Item | None) -> str:
    """Return where to continue.

    Of a row with a key prefix, the cursor holds only the prefix, since the key may hold an
    address.
    """
    if key and (prefix := _model(table, key).key_prefix):
        key = {**key, _model(table, key).key_names()[-1]: {"S": prefix}}
    return urlsafe_b64encode(json.dumps([table, key]).encode()).decode()


def _read_cursor(cursor: str | None, names: list[str]) -> tuple[str, Item | None]:
    if cursor is None:
        return "", None
    try:
        table, key = json.loads(urlsafe_b64decode(cursor))
    except ValueError as error:
        raise Invalid.field("cursor", "Not a cursor.") from error
    if table not in names:
        raise Invalid.field("cursor", "Not a cursor of these tables.")
    return table, key
