"""The tables that the tests stand on: moto's, in this process, or those of the engine that pytest
serves for `--engine`. The tests are the same."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from infra.local import streams, template
from infra.local.environment import ACCOUNT, REGION, TABLES
from infra.local.tables import create_tables
from openhour.store import practices
from tests.engine.dynamodb import ask

_engines: list[str] = []
_AT_ONCE = 25
"""Writes in one batch (DynamoDB API Reference, BatchWriteItem)."""
Record = dict[str, Any]
"""What a stream says of one write, as Lambda hands it over."""
Rows = dict[str, dict[tuple[str, ...], dict[str, Any]]]
"""Every row of every table as DynamoDB gives it, by the table's name and the row's keys."""


def stand_on(engine: str) -> None:
    """Stand on the engine at that address from now on: the SDK finds it in the environment."""
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = engine
    _engines.append(engine)


def on_engine() -> bool:
    """Whether the tables are the engine's, rather than moto's."""
    return bool(_engines)


@contextmanager
def fresh_tables() -> Iterator[None]:
    """The template's tables without a row, and nothing remembered of what was in them."""
    with mock_aws():
        empty_tables()
        yield
    practices.invalidate()


def empty_tables() -> None:
    """Begin anew, in an AWS that is there."""
    _tables().empty()
    practices.invalidate()


def rows() -> Rows:
    """What is in the tables now."""
    return _tables().rows()


def remember() -> Callable[[], None]:
    """Take note of what is in the tables now, and give the way back to it."""
    rewind = _tables().remember()

    def rewind_and_forget() -> None:
        rewind()
        practices.invalidate()

    return rewind_and_forget


def written(table: str) -> list[Record]:
    """What has been written to a table with a stream since it was emptied."""
    return _tables().written(table)


class _Moto:
    """moto's own rows: to read and to put them back through its API would take long."""

    def empty(self) -> None:
        # moto itself begins anew only where its mock is the outermost.
        dynamodb_backends[ACCOUNT][REGION].reset()
        create_tables(template.load(), _client())

    def rows(self) -> Rows:
        return {
            name: {
                tuple(key.value for key in (item.hash_key, item.range_key) if key): item.to_json()[
                    "Attributes"
                ]
                for item in table.all_items()
            }
            for name, table in self._tables.items()
        }

    def remember(self) -> Callable[[], None]:
        kept = {name: copy.deepcopy(table.items) for name, table in self._tables.items()}

        def rewind() -> None:
            for name, table in self._tables.items():
                table.items = copy.deepcopy(kept[name])
                if table.stream_shard is not None:
                    table.stream_shard.items.clear()

        return rewind

    def written(self, table: str) -> list[Record]:
        records = [item.to_json() for item in self._tables[table].stream_shard.items]
        plain: list[Record] = json.loads(json.dumps(records, default=lambda at: at.timestamp()))
        return plain

    @property
    def _tables(self) -> dict[str, Any]:
        tables: dict[str, Any] = dynamodb_backends[ACCOUNT][REGION].tables
        return tables


class _Engine:
    """The engine's tables, made once and emptied row by row: that is quicker, and a table that was
    deleted leaves its stream."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        create_tables(template.load(), _client())
        reader = boto3.client("dynamodbstreams", endpoint_url=engine)
        self._keys: dict[str, list[str]] = {}
        self._streams: dict[str, streams.Stream] = {}
        self._written: dict[str, list[Record]] = {}
        for name in TABLES.values():
            table = _client().describe_table(TableName=name)["Table"]
            self._keys[name] = [key["AttributeName"] for key in table["KeySchema"]]
            if "LatestStreamArn" in table:
                self._streams[name] = streams.Stream(reader, name, lambda _: object())
                self._written[name] = []

    def empty(self) -> None:
        self._put_back({name: {} for name in self._keys})
        for name in self._streams:
            self.written(name)
            self._written[name].clear()

    def rows(self) -> Rows:
        return {
            name: {tuple(item[key]["S"] for key in keys): item for item in self._scan(name)}
            for name, keys in self._keys.items()
        }

    def remember(self) -> Callable[[], None]:
        kept = self.rows()
        return lambda: self._put_back(kept)

    def written(self, table: str) -> list[Record]:
        self._written[table] += self._streams[table].read_new()
        return list(self._written[table])

    def _scan(self, table: str) -> list[dict[str, Any]]:
        answer = ask(self._engine, "Scan", {"TableName": table, "ConsistentRead": True})
        assert "LastEvaluatedKey" not in answer, "no test needs a megabyte of rows"
        rows: list[dict[str, Any]] = answer["Items"]
        return rows

    def _put_back(self, kept: Rows) -> None:
        writes = []
        for name, there in self.rows().items():
            for key in there.keys() | kept[name].keys():
                wanted = kept[name].get(key)
                if wanted is None:
                    typed = {
                        n: {"S": value} for n, value in zip(self._keys[name], key, strict=True)
                    }
                    writes.append((name, {"DeleteRequest": {"Key": typed}}))
                elif wanted != there.get(key):
                    writes.append((name, {"PutRequest": {"Item": wanted}}))
        for first in range(0, len(writes), _AT_ONCE):
            request: dict[str, list[Any]] = {}
            for name, write in writes[first : first + _AT_ONCE]:
                request.setdefault(name, []).append(write)
            ask(self._engine, "BatchWriteItem", {"RequestItems": request})


@cache
def _tables() -> _Moto | _Engine:
    return _Engine(*_engines) if _engines else _Moto()


@cache
def _client() -> Any:
    return boto3.client("dynamodb")
