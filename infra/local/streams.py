"""The tables' streams: each record read once, in order, in the format that Lambda receives."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from infra.local.moto.dynamodb import LOCK

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

Record = dict[str, Any]
_RETRIES = 3
"""DynamoDB Local may reject an iterator while another thread writes the shard's first record. A new
iterator reads that record."""


class Stream:
    """One table's stream, read from its beginning."""

    def __init__(
        self, client: "DynamoDBStreamsClient", table: str, version: Callable[[str], object]
    ) -> None:
        """Take `version`, which cheaply returns a new value if a table's stream has grown."""
        self._client = client
        self._version = partial(version, table)
        self._version_read: object = None
        (stream,) = client.list_streams(TableName=table)["Streams"]
        self._arn = stream["StreamArn"]
        self._last_read: dict[str, str] = {}
        """The last sequence number read, by shard."""
        self._closed_shards: set[str] = set()

    def restart(self) -> None:
        """Read from the beginning again."""
        self._version_read = None
        self._last_read.clear()
        self._closed_shards.clear()

    def read_new(self) -> list[Record]:
        """Read the records written since the last call.

        After a cancelled transaction, an open iterator of moto's shows what was rolled back and
        skips later records. So each call opens a new iterator, while no other call runs.
        """
        with LOCK:
            version = self._version()
            if version == self._version_read:
                return []
            stream = self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]
            records = [
                record
                for shard in stream["Shards"]
                if shard["ShardId"] not in self._closed_shards
                for record in self._read_shard(shard["ShardId"])
            ]
            self._version_read = version
            return records

    def _read_shard(self, shard_id: str) -> Iterable[Record]:
        iterator: str | None = self._open(shard_id)
        retries = _RETRIES
        while iterator:
            try:
                page = self._client.get_records(ShardIterator=iterator)
            except self._client.exceptions.TrimmedDataAccessException:
                if not retries:
                    raise
                retries -= 1
                iterator = self._open(shard_id)
                continue
            for record in page["Records"]:
                self._last_read[shard_id] = record["dynamodb"]["SequenceNumber"]
                yield _as_lambda_record({**record, "eventSourceARN": self._arn})
            iterator = page.get("NextShardIterator")
            if not page["Records"]:
                break
        else:
            self._closed_shards.add(shard_id)

    def _open(self, shard_id: str) -> str:
        """Return an iterator after the last record read, or at the beginning of the shard."""
        last = self._last_read.get(shard_id)
        return self._client.get_shard_iterator(
            StreamArn=self._arn,
            ShardId=shard_id,
            ShardIteratorType="AFTER_SEQUENCE_NUMBER" if last else "TRIM_HORIZON",
            **({"SequenceNumber": last} if last else {}),
        )["ShardIterator"]


def matches_filters(filters: Iterable[dict[str, Any]], record: Record) -> bool:
    """Return whether `record` matches any of the filters, or there are none."""
    filters = list(filters)
    return not filters or any(_matches(pattern, record) for pattern in filters)


def _matches(pattern: dict[str, Any], value: Any) -> bool:
    """Match a pattern of exact values.

    Raises:
        ValueError: The pattern contains another kind of rule.
    """
    for name, wanted in pattern.items():
        actual = value.get(name) if isinstance(value, dict) else None
        if isinstance(wanted, dict):
            if not _matches(wanted, actual):
                return False
        elif any(isinstance(each, dict) for each in wanted):
            raise ValueError(f"only exact values are supported in filters, not {wanted}")
        elif actual not in wanted:
            return False
    return True


def _as_lambda_record(record: Record) -> Record:
    """Copy a record in Lambda's format, with instants in seconds."""
    copied: Record = json.loads(json.dumps(record, default=_seconds))
    change = copied["dynamodb"]
    for image in {"OldImage", "NewImage"} & set(change):
        change[image] = {name: _with_type(value) for name, value in change[image].items()}
    return copied


def _with_type(value: dict[str, Any]) -> dict[str, Any]:
    """Add the type of an empty map, which DynamoDB Local omits in its streams."""
    if "L" in value:
        return {"L": [_with_type(each) for each in value["L"]]}
    if not value or "M" in value:
        return {"M": {name: _with_type(each) for name, each in value.get("M", {}).items()}}
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"{type(value).__name__} in a stream record")
