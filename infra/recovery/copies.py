"""Copies: every table as it was at one same second, beside the ones in use; and written back.

Writing back goes through the tables in use, so their streams, and all that follows them, go on:
logins and schedules come to be what the rows say again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from infra.operate.told import Declined, Told
from infra.recovery.stack import TRAIL, Stack

_POLL_SECONDS = 15
_AT_ONCE_WRITTEN, _AT_ONCE_READ = 25, 100
_SUFFIX = "%Y%m%dT%H%M%SZ"

Item = dict[str, Any]


def copy(dynamodb: Any, stack: Stack, *, at: datetime) -> Iterator[Told]:
    """Restore a copy of every table but the trail's as it was at that second, and wait for them.
    Again, it goes on waiting. Raises Declined for a second that is still to come."""
    if at > datetime.now(UTC):
        raise Declined(f"{at.isoformat()} is still to come.")
    suffix = at.astimezone(UTC).strftime(_SUFFIX)
    copies = {name: _copy_of(table, suffix) for name, table in _tables(stack)}
    for name, table in _tables(stack):
        if _status(dynamodb, copies[name]) is None:
            dynamodb.restore_table_to_point_in_time(
                SourceTableName=table, TargetTableName=copies[name], RestoreDateTime=at
            )
    for name, copied in copies.items():
        while _status(dynamodb, copied) != "ACTIVE":
            time.sleep(_POLL_SECONDS)
        yield Told("copied", f"{name} is copied, to {copied}.", {"table": name, "copy": copied})
    text = f"All are as at {at.astimezone(UTC):%H:%M:%S} UTC: --copy {suffix} names them."
    yield Told("copy", text, {"copy": suffix})


def write_back(
    dynamodb: Any, stack: Stack, *, suffix: str, therapist_id: str | None, rehearse: bool
) -> Iterator[Told]:
    """Make the tables what the copies are, all of them or one therapist's rows; or with `rehearse`
    only tell how many rows differ. Again changes nothing more. Raises Declined where there is no
    such copy."""
    for _, table in _tables(stack):
        if _status(dynamodb, _copy_of(table, suffix)) != "ACTIVE":
            raise Declined(f"There is no copy {suffix} of {table}.")
    for name, table in _tables(stack):
        put = deleted = 0
        for requests in differences(dynamodb, table, _copy_of(table, suffix), therapist_id):
            put += sum("PutRequest" in each for each in requests)
            deleted += sum("DeleteRequest" in each for each in requests)
            if not rehearse:
                carry_out(dynamodb, table, requests)
        done = "would be" if rehearse else "are"
        text = f"{name}: {put} rows {done} written, {deleted} {done} deleted."
        yield Told("table", text, {"table": name, "written": put, "deleted": deleted})


def _tables(stack: Stack) -> list[tuple[str, str]]:
    return sorted((name, table) for name, table in stack.tables.items() if name != TRAIL)


def _copy_of(table: str, suffix: str) -> str:
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
    dynamodb: Any, table: str, copied: str, therapist_id: str | None = None
) -> Iterator[list[dict[str, Any]]]:
    """What makes the table the copy, in parts that fit one call: what only the copy has, or has
    otherwise, is put; what only the table has is deleted."""
    described = dynamodb.describe_table(TableName=table)["Table"]
    keys = [each["AttributeName"] for each in described["KeySchema"]]
    for wanted in _batches(_rows(dynamodb, copied, keys, therapist_id)):
        there = _matching(dynamodb, table, keys, wanted)
        other = (item for item in wanted if not _same(item, there.get(_id(item, keys))))
        yield from _parts({"PutRequest": {"Item": item}} for item in other)
    for found in _batches(_rows(dynamodb, table, keys, therapist_id)):
        kept = _matching(dynamodb, copied, keys, found)
        gone = (_key(item, keys) for item in found if _id(item, keys) not in kept)
        yield from _parts({"DeleteRequest": {"Key": key}} for key in gone)


def _same(one: Item, other: Item | None) -> bool:
    """Whether two rows are equal. A set comes in any order."""
    return other is not None and _in_order(one) == _in_order(other)


def _in_order(item: Item) -> Item:
    return {
        name: {"SS": sorted(value["SS"])} if "SS" in value else value
        for name, value in item.items()
    }


def _rows(
    dynamodb: Any, table: str, keys: Sequence[str], therapist_id: str | None
) -> Iterator[Item]:
    """Every row, or those of one therapist: a table's first key is the therapist's id, or begins
    with it and a #."""
    for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            owner = item[keys[0]]["S"].partition("#")[0]
            if therapist_id in (None, owner):
                yield item


def _matching(dynamodb: Any, table: str, keys: Sequence[str], items: Sequence[Item]) -> Any:
    """The rows of the table that have the items' keys, by key."""
    found: dict[tuple[str, ...], Item] = {}
    wanted = {table: {"Keys": [_key(item, keys) for item in items], "ConsistentRead": True}}
    while wanted:
        answer = dynamodb.batch_get_item(RequestItems=wanted)
        found |= {_id(item, keys): item for item in answer["Responses"].get(table, ())}
        wanted = answer.get("UnprocessedKeys")
    return found


def carry_out(dynamodb: Any, table: str, requests: list[dict[str, Any]]) -> None:
    """Write what one call holds, however often it takes."""
    wanted = {table: requests}
    while wanted:
        wanted = dynamodb.batch_write_item(RequestItems=wanted).get("UnprocessedItems")


def _key(item: Item, keys: Sequence[str]) -> Item:
    return {name: item[name] for name in keys}


def _id(item: Item, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in keys)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    return _split(items, _AT_ONCE_READ)


def _parts(requests: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return _split(requests, _AT_ONCE_WRITTEN)


def _split(many: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(many)
    while part := list(islice(rest, size)):
        yield part
