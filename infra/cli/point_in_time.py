"""Point-in-time copies of all tables, and restoring the tables from them.

A restore writes to the tables in use. Their streams therefore bring logins and schedules in line.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from infra.cli.output import CommandError, Line, counted
from infra.cli.stack import AUDIT_TABLE, Stack

_POLL_SECONDS = 15
_WRITE_BATCH, _READ_BATCH = 25, 100
"""DynamoDB's limits for one BatchWriteItem and one BatchGetItem."""
_SUFFIX = "%Y%m%dT%H%M%SZ"

Item = dict[str, Any]


def copy(dynamodb: Any, stack: Stack, *, at: datetime) -> Iterator[Line]:
    """Copy every table but the audit log's as it was at that second, and wait for the copies.

    Idempotent: a second call waits for the copies that the first one began.

    Raises:
        CommandError: `at` is in the future.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    if at > datetime.now(UTC):
        raise CommandError(f"{at.isoformat()} is in the future. Nothing was copied.")
    suffix = at.strftime(_SUFFIX)
    copies = {name: _copy_name(table, suffix) for name, table in _copied_tables(stack)}
    for name, table in _copied_tables(stack):
        if _status(dynamodb, copies[name]) is None:
            dynamodb.restore_table_to_point_in_time(
                SourceTableName=table, TargetTableName=copies[name], RestoreDateTime=at
            )
    for name, copied in copies.items():
        while _status(dynamodb, copied) != "ACTIVE":
            time.sleep(_POLL_SECONDS)
        yield Line("copied", f"{name} is copied to {copied}.", {"table": name, "copy": copied})
    text = f"All tables are copied as of {at:%H:%M:%S} UTC. Use them with --copy {suffix}."
    yield Line("copy", text, {"copy": suffix})


def restore(
    dynamodb: Any, stack: Stack, *, suffix: str, therapist_id: str | None, dry_run: bool
) -> Iterator[Line]:
    """Make the tables, or one therapist's rows in them, equal to the copies. Idempotent.

    Raises:
        CommandError: a table has no such copy.
    """
    for _, table in _copied_tables(stack):
        if _status(dynamodb, _copy_name(table, suffix)) != "ACTIVE":
            text = f"{table} has no copy {suffix}. Nothing was restored: `openhour backups copy`."
            raise CommandError(text)
    for name, table in _copied_tables(stack):
        written = deleted = 0
        for requests in differences(dynamodb, table, _copy_name(table, suffix), therapist_id):
            written += sum("PutRequest" in each for each in requests)
            deleted += sum("DeleteRequest" in each for each in requests)
            if not dry_run:
                write_batch(dynamodb, table, requests)
        write, delete = ("would write", "delete") if dry_run else ("wrote", "deleted")
        text = f"{name}: {write} {counted(written, 'row')}, {delete} {deleted}."
        facts = {"table": name, "written": written, "deleted": deleted, "dry_run": dry_run}
        yield Line("table", text, facts)


def _copied_tables(stack: Stack) -> list[tuple[str, str]]:
    return sorted((name, table) for name, table in stack.tables.items() if name != AUDIT_TABLE)


def _copy_name(table: str, suffix: str) -> str:
    return f"{table}-{suffix}"


def _status(dynamodb: Any, table: str) -> str | None:
    try:
        status: str = dynamodb.describe_table(TableName=table)["Table"]["TableStatus"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return None
    return status


def differences(
    dynamodb: Any, table: str, source: str, therapist_id: str | None = None
) -> Iterator[list[dict[str, Any]]]:
    """Yield the write requests that make `table` equal to `source`, in batches.

    Rows that are missing or different are put. Rows that only `table` has are deleted.
    """
    described = dynamodb.describe_table(TableName=table)["Table"]
    keys = [each["AttributeName"] for each in described["KeySchema"]]
    for wanted in _split(_scan(dynamodb, source, keys, therapist_id), _READ_BATCH):
        current = _batch_get(dynamodb, table, keys, wanted)
        changed = (item for item in wanted if not _equal(item, current.get(_id(item, keys))))
        yield from _split(({"PutRequest": {"Item": item}} for item in changed), _WRITE_BATCH)
    for items in _split(_scan(dynamodb, table, keys, therapist_id), _READ_BATCH):
        kept = _batch_get(dynamodb, source, keys, items)
        surplus = (_key(item, keys) for item in items if _id(item, keys) not in kept)
        yield from _split(({"DeleteRequest": {"Key": key}} for key in surplus), _WRITE_BATCH)


def _equal(one: Item, other: Item | None) -> bool:
    """Compare two rows. DynamoDB returns the members of a set in any order."""
    return other is not None and _with_sorted_sets(one) == _with_sorted_sets(other)


def _with_sorted_sets(item: Item) -> Item:
    return {
        name: {"SS": sorted(value["SS"])} if "SS" in value else value
        for name, value in item.items()
    }


def _scan(
    dynamodb: Any, table: str, keys: Sequence[str], therapist_id: str | None
) -> Iterator[Item]:
    """Yield every row, or those of one therapist.

    A table's first key is the therapist's id, or begins with it and a #.
    """
    for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            owner = item[keys[0]]["S"].partition("#")[0]
            if therapist_id in (None, owner):
                yield item


def _batch_get(
    dynamodb: Any, table: str, keys: Sequence[str], items: Sequence[Item]
) -> dict[tuple[str, ...], Item]:
    """Read the rows of `table` that have the keys of `items`."""
    rows: dict[tuple[str, ...], Item] = {}
    pending = {table: {"Keys": [_key(item, keys) for item in items], "ConsistentRead": True}}
    while pending:
        response = dynamodb.batch_get_item(RequestItems=pending)
        rows |= {_id(item, keys): item for item in response["Responses"].get(table, ())}
        pending = response.get("UnprocessedKeys")
    return rows


def write_batch(dynamodb: Any, table: str, requests: list[dict[str, Any]]) -> None:
    """Write one batch, repeating what DynamoDB leaves unprocessed."""
    pending = {table: requests}
    while pending:
        pending = dynamodb.batch_write_item(RequestItems=pending).get("UnprocessedItems")


def _key(item: Item, keys: Sequence[str]) -> Item:
    return {name: item[name] for name in keys}


def _id(item: Item, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in keys)


def _split(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
