"""moto's DynamoDB, made atomic and faster.

moto lets calls from several threads interleave, and protects a transaction by copying each table it
names once per operation. Here calls run one at a time. A transaction backs up only the rows it
names; if it is cancelled, the rows and the streams are restored.

moto serializes every response member by member, following the service model, which is half the cost
of a call. A successful response is plain JSON already, so it is written as it is.
"""

import copy
import json
from dataclasses import dataclass
from threading import RLock
from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from infra.local.environment import ACCOUNT, REGION

_PLAIN_JSON_ACTIONS = frozenset(
    {
        *("GetItem", "BatchGetItem", "Query", "Scan"),
        *("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"),
    }
)
LOCK = RLock()
"""Held during every DynamoDB call that this process serves. Hold it to read streams too."""


_CALL_ACTION = DynamoHandler.call_action
_SERIALIZED = DynamoHandler.serialized
_TRANSACT_WRITE_ITEMS = DynamoDBBackend.transact_write_items


def patch_dynamodb() -> None:
    """Patch moto's DynamoDB in this process. Idempotent."""
    DynamoHandler.call_action = _call_action
    DynamoHandler.serialized = _serialized
    DynamoDBBackend.transact_write_items = _transact_write_items
    # moto copies a table for a transaction or a backup, and no test takes backups.
    Table.__deepcopy__ = lambda table, _memo: table


def delete_rows() -> None:
    """Delete every row of every table, and every stream record."""
    with LOCK:
        for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
            table.items.clear()
            if table.stream_shard is not None:
                table.stream_shard.items.clear()


def _call_action(*args: Any, **kwargs: Any) -> Any:
    with LOCK:
        return _CALL_ACTION(*args, **kwargs)


def _serialized(handler: DynamoHandler, result: ActionResult) -> Any:
    action = handler._get_action()  # noqa: SLF001 - moto has no other
    if isinstance(result.result, Exception) or action not in _PLAIN_JSON_ACTIONS:
        return _SERIALIZED(handler, result)
    headers = {"Content-Type": "application/x-amz-json-1.0", **handler.response_headers}
    return 200, headers, json.dumps(result.result)


def _transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    backups = [
        _back_up(backend, operation) for item in transact_items for operation in item.values()
    ]
    try:
        _TRANSACT_WRITE_ITEMS(backend, transact_items)
    except Exception:
        for backup in filter(None, reversed(backups)):
            backup.restore()
        raise


@dataclass(frozen=True, slots=True)
class _RowBackup:
    """One row before a transaction, and the length of its table's stream at that time."""

    table: Table
    hash_key: DynamoType
    range_key: DynamoType | None
    item: Item | None
    stream_length: int

    def restore(self) -> None:
        rows, key = self.table.items, self.hash_key
        if self.range_key is not None:
            rows, key = rows[self.hash_key], self.range_key
        if self.item is None:
            rows.pop(key, None)
        else:
            rows[key] = self.item
        if self.table.stream_shard is not None:
            del self.table.stream_shard.items[self.stream_length :]


def _back_up(backend: DynamoDBBackend, operation: dict[str, Any]) -> _RowBackup | None:
    """Copy the row that `operation` names; None for an invalid operation, which moto rejects."""
    table = backend.tables.get(operation.get("TableName", ""))
    named = operation.get("Key") or operation.get("Item") or {}
    if table is None or table.hash_key_attr not in named:
        return None
    hash_key = DynamoType(named[table.hash_key_attr])
    range_key = DynamoType(named[table.range_key_attr]) if table.range_key_attr in named else None
    shard = table.stream_shard
    return _RowBackup(
        table=table,
        hash_key=hash_key,
        range_key=range_key,
        item=copy.deepcopy(table.get_item(hash_key, range_key)),
        stream_length=0 if shard is None else len(shard.items),
    )
