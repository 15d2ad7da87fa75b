"""The history of a run: operations with their responses, and versions of rows.

Operations come from the processes' journals. Versions come from the tables' streams, each with the
span of time within which it was committed.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.dynamodb_local import STREAMS, call_api
from tests.stress.fault_injection import STAMP

Image = dict[str, Any]
RowKey = tuple[str, str, str]
"""A table's short name and the row's keys; a missing sort key is empty."""
KEYS = {
    "practices": ("therapist_id", ""),
    "slots": ("therapist_id", "slot_id"),
    "clients": ("therapist_id", "client_id"),
    "appointments": ("owner", "appointment_id"),
    "regulars": ("therapist_id", "regular_id"),
    "time-off": ("therapist_id", "time_off_id"),
    "logins": ("therapist_id", "login_id"),
    "audit": ("therapist_id", "entry_id"),
}


@dataclass(slots=True)
class Call:
    """One operation: started at `since` and answered at `until`, unless its process was killed."""

    number: int
    kind: str = ""
    client: str = ""
    slot: str = ""
    now: str = ""
    since: float = -math.inf
    until: float | None = None
    response: dict[str, Any] | None = None
    about: str | None = None

    @property
    def refused(self) -> str:
        """The refusal's name; empty for a success or no response."""
        return str((self.response or {}).get("refused", ""))

    @property
    def is_known(self) -> bool:
        """Whether the caller knows the outcome: not if killed or busy."""
        return self.response is not None and self.refused != "busy"


@dataclass(slots=True)
class Version:
    """A row's image between two commits; None for a missing row.

    The operation `by` committed it between `since` and `until`; -1 stands for preparation and for
    deletions.
    """

    image: Image | None
    since: float
    until: float
    by: int = -1
    stamp: str = ""


@dataclass
class History:
    """The operations of the round, and the versions of rows since the last one."""

    engine: str
    calls: dict[int, Call] = field(default_factory=dict)
    rows: dict[RowKey, list[Version]] = field(default_factory=dict)
    fresh: list[tuple[RowKey, int]] = field(default_factory=list)
    """This round's versions: each row's key and the index of the version."""
    faults: Counter[str] = field(default_factory=Counter)
    stream_errors: list[str] = field(default_factory=list)
    """Contradictions within the streams."""
    _spans: dict[str, list[float]] = field(default_factory=dict)
    _read: dict[Path, int] = field(default_factory=dict)
    _reached: dict[str, str] = field(default_factory=dict)

    def state(self, table: str) -> Iterator[tuple[RowKey, Image]]:
        """Yield every current row of a table."""
        for key, versions in list(self.rows.items()):
            image = versions[-1].image
            if key[0] == table and image is not None:
                yield key, image

    def versions(self, *key: str) -> list[Version]:
        """Return a row's versions; an unknown row never existed."""
        result = self.rows.get((key[0], key[1], key[2]))
        return result or [Version(None, -math.inf, -math.inf)]

    def during(self, call: Call, *key: str, before: float = 0) -> list[Image | None]:
        """Return the images that a row may have had during a call, or `before` ns earlier."""
        versions = self.versions(*key)
        ends = [later.until for later in versions[1:]] + [math.inf]
        since, until = call.since - before, call.until or math.inf
        return [
            version.image
            for version, end in zip(versions, ends, strict=True)
            if version.since <= until and end >= since
        ]

    def begin(self) -> None:
        """Forget the previous round, except for the last version of each row."""
        self.calls.clear()
        self.fresh.clear()
        self._spans.clear()
        for key, versions in self.rows.items():
            if len(versions) > 1:
                self.rows[key] = versions[-1:]
            versions[-1].since = -math.inf

    def read_journal(self, journal: Path) -> None:
        """Read what a process has written since the last call."""
        with journal.open("rb") as file:
            file.seek(self._read.get(journal, 0))
            content = file.read()
        self._read[journal] = self._read.get(journal, 0) + len(content)
        for line in content.splitlines():
            self.take(json.loads(line))

    def take(self, entry: dict[str, Any]) -> None:
        """Add one entry of a journal."""
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
            call = self.calls.setdefault(number, Call(number))
            for name, value in entry.items():
                if name != "op":
                    setattr(call, name, value)

    def _span(self, stamp: str, now: float) -> tuple[float, float]:
        """Return when a request was first sent and when its last response came, or now."""
        times = self._spans[stamp]
        return min(times), now if self._spans[f"{stamp} pending"] else max(times)

    def read_streams(self, now: float) -> None:
        """Read the streams' new records; `now` is the machine's monotonic time."""
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
            self.stream_errors.append(f"lost: the stream of {key} leaves out a version")
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
        """Date deletions, which have no stamp, by the versions before and after."""
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
        """Yield a stream's new records in order."""
        result: list[dict[str, Any]] = []
        for shard, arn in _shards(self.engine, table):
            for record in _records_of(self.engine, shard, arn, self._reached.get(shard)):
                self._reached[shard] = record["dynamodb"]["SequenceNumber"]
                result.append(record)
        yield from sorted(result, key=lambda record: int(record["dynamodb"]["SequenceNumber"]))


def check_tables(history: History) -> Iterator[str]:
    """Yield every row whose stream does not lead to its current image."""
    for table, names in KEYS.items():
        stored = {}
        for item in scan(history.engine, table):
            row = _plain(item)
            stored[(table, *(row.get(name, "") for name in names))] = row
        streamed = dict(history.state(table))
        for key in stored.keys() | streamed.keys():
            if stored.get(key) != streamed.get(key):
                yield f"lost: {key} is {stored.get(key)}, by its stream {streamed.get(key)}"


def scan(engine: str, table: str) -> Iterator[dict[str, Any]]:
    """Yield every item of a table."""
    request: dict[str, Any] = {"TableName": f"openhour-{table}", "ConsistentRead": True}
    while request:
        response = call_api(engine, "Scan", request)
        yield from response["Items"]
        last = response.get("LastEvaluatedKey")
        request = {**request, "ExclusiveStartKey": last} if last else {}


def _shards(engine: str, table: str) -> Iterator[tuple[str, str]]:
    named = {"TableName": f"openhour-{table}"}
    arn = call_api(engine, "DescribeTable", named)["Table"]["LatestStreamArn"]
    described = call_api(engine, "DescribeStream", {"StreamArn": arn}, STREAMS)["StreamDescription"]
    for shard in described["Shards"]:
        yield shard["ShardId"], arn


def _records_of(engine: str, shard: str, arn: str, reached: str | None) -> Iterator[dict[str, Any]]:
    """Yield a shard's records after `reached`, with a new iterator, since old ones expire."""
    asked = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
    if reached:
        asked |= {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": reached}
    iterator = call_api(engine, "GetShardIterator", asked, STREAMS)["ShardIterator"]
    while iterator is not None:
        response = call_api(engine, "GetRecords", {"ShardIterator": iterator}, STREAMS)
        iterator = response.get("NextShardIterator")
        yield from response["Records"]
        if not response["Records"]:
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
