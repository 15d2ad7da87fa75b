"""moto's DynamoDB, made atomic: one call at a time, and a refused transaction leaves no trace;
and made quicker.

Left to itself moto lets calls of several threads run into each other, and guards a transaction by
copying every table it names once for each operation. Here only the rows that a transaction names
are kept, and are put back where it is refused, with the stream as it was.

moto writes every answer member by member, as AWS's model of it says, which is half of what a call
costs. What DynamoDB answers where nothing goes wrong is JSON as it stands.
"""

import copy
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

_PLAIN = frozenset(
    {
        *("GetItem", "BatchGetItem", "Query", "Scan"),
        *("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"),
    }
)
"""What is answered in plain JSON."""
LOCK = RLock()
"""Held during every DynamoDB call that this process serves; hold it to read streams too."""


def make_atomic() -> None:
    """Make moto's DynamoDB atomic in this process, from now on; a repeat changes nothing."""
    if "__deepcopy__" in vars(Table):
        return
    DynamoHandler.call_action = _one_at_a_time(DynamoHandler.call_action)
    DynamoDBBackend.transact_write_items = _undone_when_refused(
        DynamoDBBackend.transact_write_items
    )
    DynamoHandler.serialized = _as_it_stands(DynamoHandler.serialized)
    # moto copies a table for a transaction or a backup, and nobody takes backups here.
    Table.__deepcopy__ = lambda table, _memo: table


def _one_at_a_time(call_action: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call_action)
    def call(*args: Any, **kwargs: Any) -> Any:
        with LOCK:
            return call_action(*args, **kwargs)

    return call


def _as_it_stands(serialized: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(serialized)
    def call(handler: DynamoHandler, answer: ActionResult) -> Any:
        if isinstance(answer.result, Exception) or handler._get_action() not in _PLAIN:  # noqa: SLF001 - moto has no other
            return serialized(handler, answer)
        headers = {"Content-Type": "application/x-amz-json-1.0", **handler.response_headers}
        return 200, headers, json.dumps(answer.result)

    return call


def _undone_when_refused(transact: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(transact)
    def call(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        kept = [_keep(backend, operation) for item in transact_items for operation in item.values()]
        try:
            transact(backend, transact_items)
        except Exception:
            for row in reversed(kept):
                if row is not None:
                    row.put_back()
            raise

    return call


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it was, and how long its table's stream was."""

    table: Table
    hash_key: DynamoType
    range_key: DynamoType | None
    item: Item | None
    streamed: int

    def put_back(self) -> None:
        rows, key = self.table.items, self.hash_key
        if self.range_key is not None:
            rows, key = rows[self.hash_key], self.range_key
        if self.item is None:
            rows.pop(key, None)
        else:
            rows[key] = self.item
        if self.table.stream_shard is not None:
            del self.table.stream_shard.items[self.streamed :]


def _keep(backend: DynamoDBBackend, operation: dict[str, Any]) -> _Row | None:
    """Keep the row that `operation` names; None where it names none, which moto itself refuses."""
    table = backend.tables.get(operation.get("TableName", ""))
    named = operation.get("Key") or operation.get("Item") or {}
    if table is None or table.hash_key_attr not in named:
        return None
    hash_key = DynamoType(named[table.hash_key_attr])
    range_key = DynamoType(named[table.range_key_attr]) if table.range_key_attr in named else None
    item = table.get_item(hash_key, range_key)
    shard = table.stream_shard
    return _Row(
        table=table,
        hash_key=hash_key,
        range_key=range_key,
        item=copy.deepcopy(item),
        streamed=0 if shard is None else len(shard.items),
    )
