"""The tables' streams, each record read once and in order, as Lambda would hand it over."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from infra.local.atomic import LOCK

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

Record = dict[str, Any]


class Stream:
    """One table's stream, read from its beginning, each record once."""

    def __init__(
        self, client: "DynamoDBStreamsClient", table: str, length: Callable[[str], object]
    ) -> None:
        """`length` tells cheaply whether a table's stream has grown: not where it is equal."""
        self._client = client
        self._length = partial(length, table)
        self._seen: object = None
        (stream,) = client.list_streams(TableName=table)["Streams"]
        self._arn = stream["StreamArn"]
        self._read: dict[str, str] = {}
        self._ended: set[str] = set()

    def new(self) -> list[Record]:
        """Read what has been written since the last time.

        moto shows what a refused transaction undid, and loses its place, to an iterator that was
        open meanwhile: so each read takes a fresh one, while no call runs.
        """
        with LOCK:
            length = self._length()
            if length == self._seen:
                return []
            described = self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]
            records = [
                record
                for shard in described["Shards"]
                if shard["ShardId"] not in self._ended
                for record in self._shard(shard["ShardId"])
            ]
            self._seen = length
            return records

    def _shard(self, shard_id: str) -> Iterable[Record]:
        last = self._read.get(shard_id)
        iterator = self._client.get_shard_iterator(
            StreamArn=self._arn,
            ShardId=shard_id,
            ShardIteratorType="AFTER_SEQUENCE_NUMBER" if last else "TRIM_HORIZON",
            **({"SequenceNumber": last} if last else {}),
        )["ShardIterator"]
        while iterator:
            page = self._client.get_records(ShardIterator=iterator)
            for record in page["Records"]:
                self._read[shard_id] = record["dynamodb"]["SequenceNumber"]
                yield _plain({**record, "eventSourceARN": self._arn})
            iterator = page.get("NextShardIterator")
            if not page["Records"]:
                break
        else:
            self._ended.add(shard_id)


def passes(patterns: Iterable[dict[str, Any]], record: Record) -> bool:
    """Tell whether `record` passes one of the filters at least, or there is none."""
    patterns = list(patterns)
    return not patterns or any(_matches(pattern, record) for pattern in patterns)


def _matches(pattern: dict[str, Any], value: Any) -> bool:
    """Match a pattern of exact values. Raises ValueError for other kinds, which aren't needed."""
    for name, wanted in pattern.items():
        have = value.get(name) if isinstance(value, dict) else None
        if isinstance(wanted, dict):
            if not _matches(wanted, have):
                return False
        elif any(isinstance(each, dict) for each in wanted):
            raise ValueError(f"only exact values are understood in filters, not {wanted}")
        elif have not in wanted:
            return False
    return True


def _plain(record: Record) -> Record:
    """Write a record as Lambda hands it over: instants in seconds, and nothing shared."""
    plain: Record = json.loads(json.dumps(record, default=_seconds))
    written = plain["dynamodb"]
    for image in {"OldImage", "NewImage"} & set(written):
        written[image] = {name: _whole(value) for name, value in written[image].items()}
    return plain


def _whole(value: dict[str, Any]) -> dict[str, Any]:
    """Write an attribute's value as DynamoDB does. DynamoDB Local leaves the type of an empty map
    out of its streams."""
    if "L" in value:
        return {"L": [_whole(each) for each in value["L"]]}
    if not value or "M" in value:
        return {"M": {name: _whole(each) for name, each in value.get("M", {}).items()}}
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"{type(value).__name__} in a stream record")
