"""What happened: every operation with its answer, from the journals, and every version of every
row with the span of time in which it was committed, from the tables' streams."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.engine.dynamodb import STREAMS, ask
from tests.engine.faults import STAMP

Image = dict[str, Any]
RowKey = tuple[str, str, str]
"""A table by its short name, and the row's keys, the second empty where there is none."""
KEYS = {
    "practices": ("therapist_id", ""),
    "slots": ("therapist_id", "slot_id"),
    "clients": ("therapist_id", "client_id"),
    "appointments": ("owner", "appointment_id"),
    "regulars": ("therapist_id", "regular_id"),
    "time-off": ("therapist_id", "time_off_id"),
    "audit": ("therapist_id", "entry_id"),
}


@dataclass(slots=True)
class Done:
    """One operation: asked at `since` and answered at `until`, unless its process was killed."""

    number: int
    kind: str = ""
    client: str = ""
    slot: str = ""
    now: str = ""
    since: float = -math.inf
    until: float | None = None
    answer: dict[str, Any] | None = None
    about: str | None = None

    @property
    def refused(self) -> str:
        """The refusal's name; empty where nothing was refused or nothing answered."""
        return str((self.answer or {}).get("refused", ""))

    @property
    def told(self) -> bool:
        """Whether the caller knows how it ended: not so when killed or busy."""
        return self.answer is not None and self.refused != "busy"


@dataclass(slots=True)
class Version:
    """A row from one commit to the next: None where it was not there. The commit happened between
    `since` and `until`, by the operation `by` (-1: nobody's, or a deletion)."""

    image: Image | None
    since: float
    until: float
    by: int = -1
    stamp: str = ""


@dataclass
class History:
    """The operations of the round, and the rows' versions since the last one."""

    engine: str
    done: dict[int, Done] = field(default_factory=dict)
    rows: dict[RowKey, list[Version]] = field(default_factory=dict)
    fresh: list[tuple[RowKey, int]] = field(default_factory=list)
    """The versions of this round in the order of each row: its key and place."""
    faults: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    """What the streams themselves contradict."""
    _spans: dict[str, list[float]] = field(default_factory=dict)
    _read: dict[Path, int] = field(default_factory=dict)
    _reached: dict[str, str] = field(default_factory=dict)

    def state(self, table: str) -> Iterator[tuple[RowKey, Image]]:
        """Every row of a table as it is now."""
        for key, versions in list(self.rows.items()):
            image = versions[-1].image
            if key[0] == table and image is not None:
                yield key, image

    def versions(self, *key: str) -> list[Version]:
        """A row's versions; one that was never seen is not there, ever."""
        found = self.rows.get((key[0], key[1], key[2]))
        return found or [Version(None, -math.inf, -math.inf)]

    def during(self, done: Done, *key: str, before: float = 0) -> list[Image | None]:
        """What a row may have been during a call, and `before` it by so many nanoseconds."""
        versions = self.versions(*key)
        ends = [later.until for later in versions[1:]] + [math.inf]
        since, until = done.since - before, done.until or math.inf
        return [
            version.image
            for version, end in zip(versions, ends, strict=True)
            if version.since <= until and end >= since
        ]

    def begin(self) -> None:
        """Forget the round before, but for how it left the rows."""
        self.done.clear()
        self.fresh.clear()
        self._spans.clear()
        for key, versions in self.rows.items():
            if len(versions) > 1:
                self.rows[key] = versions[-1:]
            versions[-1].since = -math.inf

    def read_journal(self, journal: Path) -> None:
        """Take in what a process has written since."""
        with journal.open("rb") as file:
            file.seek(self._read.get(journal, 0))
            content = file.read()
        self._read[journal] = self._read.get(journal, 0) + len(content)
        for line in content.splitlines():
            self.take(json.loads(line))

    def take(self, entry: dict[str, Any]) -> None:
        """Take in one entry of a journal."""
        number = entry["op"]
        if "fault" in entry:
            self.faults[entry["fault"]] += 1
        elif "stamp" in entry:
            self._spans.setdefault(entry["stamp"], []).append(
                entry["sent"] if "sent" in entry else entry["back"]
            )
            if "sent" in entry:
                self._spans.setdefault(f"{entry['stamp']} pending", []).append(1)
            else:
                self._spans[f"{entry['stamp']} pending"].pop()
        else:
            done = self.done.setdefault(number, Done(number))
            for name, value in entry.items():
                if name != "op":
                    setattr(done, name, value)

    def _span(self, stamp: str, now: float) -> tuple[float, float]:
        """From when it was first sent to when its last answer came, or to now where none did."""
        times = self._spans[stamp]
        return min(times), now if self._spans[f"{stamp} pending"] else max(times)

    def read_streams(self, now: float) -> None:
        """Take in what the tables went through since; `now` is the machine's monotonic time."""
        for table in KEYS:
            for record in self._records(table):
                self._add(table, record, now)
        self._date_deletions(now)

    def _add(self, table: str, record: dict[str, Any], now: float) -> None:
        change = record["dynamodb"]
        owner, name = KEYS[table]
        keys = {n: value["S"] for n, value in change["Keys"].items()}
        key = (table, keys[owner], keys.get(name, ""))
        new, old = change.get("NewImage"), change.get("OldImage")
        versions = self.rows.setdefault(key, [Version(None, -math.inf, -math.inf)])
        before = _plain(old) if old else None
        if versions[-1].image != before:
            self.broken.append(f"lost: the stream of {key} leaves out a version")
        if new is None:
            version = Version(None, math.nan, math.nan)
        else:
            image = _plain(new)
            stamp = image.get(STAMP, "")
            if stamp in self._spans:
                span = self._span(stamp, now)
                version = Version(image, *span, by=int(stamp.partition(":")[0]), stamp=stamp)
            else:
                version = Version(image, -math.inf, now)
        versions.append(version)
        self.fresh.append((key, len(versions) - 1))

    def _date_deletions(self, now: float) -> None:
        """A deletion bears no stamp: it came after the version before, and before the next."""
        deleted = defaultdict(list)
        for key, place in self.fresh:
            if math.isnan(self.rows[key][place].since):
                deleted[key].append(place)
        for key, places in deleted.items():
            versions = self.rows[key]
            for place in places:
                following = versions[place + 1].until if place + 1 < len(versions) else now
                versions[place].since = versions[place - 1].since
                versions[place].until = following

    def _records(self, table: str) -> Iterator[dict[str, Any]]:
        """The stream's records, in their order."""
        found: list[dict[str, Any]] = []
        for shard, arn in _shards(self.engine, table):
            for record in _records_of(self.engine, shard, arn, self._reached.get(shard)):
                self._reached[shard] = record["dynamodb"]["SequenceNumber"]
                found.append(record)
        yield from sorted(found, key=lambda record: int(record["dynamodb"]["SequenceNumber"]))


def check_tables(history: History) -> Iterator[str]:
    """Whether the streams have led to what is in the tables, row by row."""
    for table, names in KEYS.items():
        there = {}
        asked: dict[str, Any] = {"TableName": f"openhour-{table}", "ConsistentRead": True}
        while asked:
            answer = ask(history.engine, "Scan", asked)
            for item in answer["Items"]:
                row = _plain(item)
                there[(table, *(row.get(name, "") for name in names))] = row
            last = answer.get("LastEvaluatedKey")
            asked = {**asked, "ExclusiveStartKey": last} if last else {}
        told = dict(history.state(table))
        for key in there.keys() | told.keys():
            if there.get(key) != told.get(key):
                yield f"lost: {key} is {there.get(key)}, by its stream {told.get(key)}"


def _shards(engine: str, table: str) -> Iterator[tuple[str, str]]:
    named = {"TableName": f"openhour-{table}"}
    arn = ask(engine, "DescribeTable", named)["Table"]["LatestStreamArn"]
    described = ask(engine, "DescribeStream", {"StreamArn": arn}, STREAMS)["StreamDescription"]
    for shard in described["Shards"]:
        yield shard["ShardId"], arn


def _records_of(engine: str, shard: str, arn: str, reached: str | None) -> Iterator[dict[str, Any]]:
    """The records of a shard that come after the one reached. The iterator is a fresh one: one
    that was kept goes stale where nothing has happened for long."""
    asked = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
    if reached:
        asked |= {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": reached}
    iterator = ask(engine, "GetShardIterator", asked, STREAMS)["ShardIterator"]
    while iterator is not None:
        answer = ask(engine, "GetRecords", {"ShardIterator": iterator}, STREAMS)
        iterator = answer.get("NextShardIterator")
        yield from answer["Records"]
        if not answer["Records"]:
            return


def _plain(image: dict[str, Any]) -> Image:
    return {name: _value(value) for name, value in image.items()}


def _value(typed: dict[str, Any]) -> Any:
    if not typed:
        return {}  # an empty map, as DynamoDB Local's streams have it
    ((kind, value),) = typed.items()
    if kind == "N":
        return int(value)
    if kind == "M":
        return _plain(value)
    if kind == "SS":
        return frozenset(value)
    return None if kind == "NULL" else value
