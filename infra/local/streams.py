"""The tables' streams, followed as the template's event source mappings say."""

import contextlib
import json
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from infra.local.atomic import LOCK
from infra.local.environment import TABLES
from infra.local.functions import Function
from infra.local.template import Mapping

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

Record = dict[str, Any]

POLL_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 2.0
"""Between two tries of a batch that failed; Lambda waits longer."""


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


@dataclass(slots=True)
class Follower:
    """One event source mapping at work: collects records, hands them over, retries."""

    mapping: Mapping
    stream: Stream
    function: Function
    dead: list[Record] = field(default_factory=list)
    _waiting: list[Record] = field(default_factory=list)
    _since: float = 0.0
    _failures: int = 0
    _size: int = 0
    _turn: Lock = field(default_factory=Lock)

    def turn(self, *, hurry: bool = False) -> bool:
        """Read, and hand over what is due; with `hurry` everything is. Tell whether all is done."""
        with self._turn:
            self._collect()
            while self._waiting and (hurry or time.monotonic() >= self._due()):
                self._hand_over()
                if self._failures:
                    return False
                self._collect()
            return not self._waiting

    def _collect(self) -> None:
        records = [each for each in self.stream.new() if passes(self.mapping.patterns, each)]
        if records and not self._waiting:
            self._since = time.monotonic()
        self._waiting += records

    def _due(self) -> float:
        if self._failures:
            return self._since + min(LONGEST_PAUSE_SECONDS, 0.1 * 2.0**self._failures)
        full = len(self._waiting) >= self.mapping.batch_size
        return self._since + (0 if full else self.mapping.window.total_seconds())

    def _hand_over(self) -> None:
        """Hand one batch over; what fails is tried again, a batch that raises in halves."""
        batch = self._waiting[: self._size or self.mapping.batch_size]
        try:
            failed = _first_failed(batch, self.function.invoke({"Records": batch}))
        except Exception:  # noqa: BLE001 - whatever a function raises is tried again
            traceback.print_exc(file=sys.stderr)
            failed, self._size = 0, max(1, len(batch) // 2)
        self._waiting = self._waiting[failed:]
        self._since = time.monotonic()
        if failed == len(batch):
            self._failures = self._size = 0
        elif failed:
            self._failures = 1
        else:
            self._failures += 1
            self._give_up()

    def _give_up(self) -> None:
        """After the last attempt, put the records that fail aside."""
        if self._failures >= self.mapping.attempts:
            size = self._size or self.mapping.batch_size
            self.dead += self._waiting[:size]
            self._waiting = self._waiting[size:]
            self._failures = self._size = 0


class Pump:
    """Keeps every follower going, a thread for each, until it is closed."""

    def __init__(self, followers: list[Follower]) -> None:
        self.followers = followers
        self._closing = Event()
        self._threads = [
            Thread(target=self._run, args=(follower,), name=follower.function.name, daemon=True)
            for follower in followers
        ]
        for thread in self._threads:
            thread.start()

    def settle(self, seconds: float = 20.0) -> None:
        """Wait for no batching window, until nothing is left to follow. Raises TimeoutError."""
        end = time.monotonic() + seconds
        # Every follower takes its turn before any is asked: one may write what another follows.
        while {follower.turn(hurry=True) for follower in self.followers} != {True}:
            if time.monotonic() > end:
                raise TimeoutError("records are left that no follower could handle")
            time.sleep(0.05)

    def close(self) -> None:
        """Stop following."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def _run(self, follower: Follower) -> None:
        while not self._closing.wait(POLL_SECONDS):
            try:
                follower.turn()
            except Exception:  # noqa: BLE001 - a poll that fails is followed by the next
                if not self._closing.is_set():
                    traceback.print_exc(file=sys.stderr)


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


def _first_failed(batch: list[Record], response: Any) -> int:
    """Tell how many records of `batch`, from its start, were handled."""
    failures = (response or {}).get("batchItemFailures") or []
    if not failures:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    with contextlib.suppress(ValueError):
        return min(numbers.index(failure["itemIdentifier"]) for failure in failures)
    return 0  # as in AWS, an identifier that isn't in the batch fails the whole of it


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


def follow(
    client: "DynamoDBStreamsClient",
    mappings: Iterable[Mapping],
    functions: dict[str, Function],
    length: Callable[[str], object],
) -> Pump:
    """Follow the tables' streams by `mappings`; `length` as in `Stream`."""
    return Pump(
        [
            Follower(
                mapping,
                Stream(client, TABLES[mapping.table], length),
                functions[mapping.function],
            )
            for mapping in mappings
        ]
    )
