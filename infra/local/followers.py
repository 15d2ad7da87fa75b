"""The event source mappings at work: batches of records, handed over and retried."""

import contextlib
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from infra.local.environment import TABLES
from infra.local.functions import Function
from infra.local.streams import Record, Stream, passes
from infra.local.template import Mapping

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

POLL_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 2.0
"""Between two tries of a batch that failed; Lambda waits longer."""


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


def _first_failed(batch: list[Record], response: Any) -> int:
    """Tell how many records of `batch`, from its start, were handled."""
    failures = (response or {}).get("batchItemFailures") or []
    if not failures:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    with contextlib.suppress(ValueError):
        return min(numbers.index(failure["itemIdentifier"]) for failure in failures)
    return 0  # as in AWS, an identifier that isn't in the batch fails the whole of it
