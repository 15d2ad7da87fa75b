"""The tests' tables: moto's, or with `--engine` those of DynamoDB Local. The tests are the same."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from infra.dynamodb_local import call_api
from infra.local import streams, template
from infra.local.environment import ACCOUNT, REGION, TABLES
from infra.local.tables import create_tables
from openhour.store import practices

_engines: list[str] = []
_AT_ONCE = 25
"""Writes in one batch (DynamoDB API Reference, BatchWriteItem)."""
Record = dict[str, Any]
"""A stream record as Lambda receives it."""
Rows = dict[str, dict[tuple[str, ...], dict[str, Any]]]
"""Every row as DynamoDB returns it, by table and keys."""


def use_engine(engine: str) -> None:
    """Use DynamoDB Local at that URL, which the SDK reads from the environment."""
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = engine
    _engines.append(engine)


def on_engine() -> bool:
    """Whether the tables are DynamoDB Local's, not moto's."""
    return bool(_engines)


@contextmanager
def fresh_tables() -> Iterator[None]:
    """Provide the template's tables, empty, with an empty cache."""
    with mock_aws():
        empty_tables()
        yield
    practices.invalidate()


def empty_tables() -> None:
    """Empty the tables and the cache."""
    _tables().empty()
    practices.invalidate()


def rows() -> Rows:
    """Return the rows of all tables."""
    return _tables().rows()


def remember() -> Callable[[], None]:
    """Take a snapshot of the tables, and return a function that restores it."""
    rewind = _tables().remember()

    def rewind_and_forget() -> None:
        rewind()
        practices.invalidate()

    return rewind_and_forget


def written(table: str) -> list[Record]:
    """Return the stream records of a table since it was emptied."""
    return _tables().written(table)


class _Moto:
    """moto's rows, accessed directly, since its API is slow."""

    def empty(self) -> None:
        if self._tables.keys() != {*TABLES.values()}:  # a new outermost mock has none
            dynamodb_backends[ACCOUNT][REGION].reset()
            create_tables(template.load(), _client())
        for table in self._tables.values():
            table.items.clear()
            if table.stream_shard is not None:
                table.stream_shard.items.clear()

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
        # Several times faster than copies by `copy.deepcopy`.
        snapshot = {name: pickle.dumps(table.items) for name, table in self._tables.items()}

        def rewind() -> None:
            for name, table in self._tables.items():
                table.items = pickle.loads(snapshot[name])
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
    """DynamoDB Local's tables, created once and emptied row by row.

    That is faster, and a deleted table leaves its stream behind.
    """

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
        snapshot = self.rows()
        return lambda: self._put_back(snapshot)

    def written(self, table: str) -> list[Record]:
        self._written[table] += self._streams[table].read_new()
        return list(self._written[table])

    def _scan(self, table: str) -> list[dict[str, Any]]:
        answer = call_api(self._engine, "Scan", {"TableName": table, "ConsistentRead": True})
        assert "LastEvaluatedKey" not in answer, "a test writes more than a megabyte of rows"
        rows: list[dict[str, Any]] = answer["Items"]
        return rows

    def _put_back(self, snapshot: Rows) -> None:
        writes = []
        for name, current in self.rows().items():
            for key in current.keys() | snapshot[name].keys():
                target = snapshot[name].get(key)
                if target is None:
                    typed = {
                        n: {"S": value} for n, value in zip(self._keys[name], key, strict=True)
                    }
                    writes.append((name, {"DeleteRequest": {"Key": typed}}))
                elif target != current.get(key):
                    writes.append((name, {"PutRequest": {"Item": target}}))
        for first in range(0, len(writes), _AT_ONCE):
            request: dict[str, list[Any]] = {}
            for name, write in writes[first : first + _AT_ONCE]:
                request.setdefault(name, []).append(write)
            call_api(self._engine, "BatchWriteItem", {"RequestItems": request})


@cache
def _tables() -> _Moto | _Engine:
    return _Engine(*_engines) if _engines else _Moto()


@cache
def _client() -> Any:
    return boto3.client("dynamodb")
