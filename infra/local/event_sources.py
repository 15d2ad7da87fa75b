"""The event source mappings: stream records invoke functions in batches, with retries."""

import contextlib
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

from infra.local.functions import Function
from infra.local.repeating_thread import RepeatingThread
from infra.local.streams import Record, Stream, matches_filters
from infra.local.template import EventSourceMapping

POLL_SECONDS = 0.25
_EMPTY_ROUNDS = 2
MAX_BACKOFF_SECONDS = 2.0
"""Between two attempts at a failed batch. Lambda backs off for longer."""


@dataclass(slots=True)
class EventSource:
    """One event source mapping in operation."""

    mapping: EventSourceMapping
    stream: Stream
    function: Function
    dead_letters: list[Record] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    """Held while records are read and handled. Hold it to pause the mapping."""
    _pending: list[Record] = field(default_factory=list)
    _pending_since: float = 0.0
    _failures: int = 0
    _batch_size: int = 0
    """Size of the next batch; 0 is the mapping's own size."""

    def poll(self, *, flush: bool = False) -> bool:
        """Read new records and invoke the function with every batch that is due.

        With `flush`, batches are due at once. Return whether no record remains.
        """
        with self.lock:
            self._read()
            while self._pending and (flush or time.monotonic() >= self._due()):
                self._invoke()
                if self._failures:
                    return False
                self._read()
            return not self._pending

    def restart(self) -> None:
        """Forget all records, and read the stream from its beginning. Requires the lock."""
        self.stream.restart()
        self.dead_letters.clear()
        self._pending.clear()
        self._failures = self._batch_size = 0

    def _read(self) -> None:
        filters = self.mapping.filters
        records = [each for each in self.stream.read_new() if matches_filters(filters, each)]
        if records and not self._pending:
            self._pending_since = time.monotonic()
        self._pending += records

    def _due(self) -> float:
        if self._failures:
            return self._pending_since + min(MAX_BACKOFF_SECONDS, 0.1 * 2.0**self._failures)
        full = len(self._pending) >= self.mapping.batch_size
        return self._pending_since + (0 if full else self.mapping.window.total_seconds())

    def _invoke(self) -> None:
        """Invoke the function with one batch; halve the next one if the function raises."""
        batch = self._pending[: self._batch_size or self.mapping.batch_size]
        try:
            handled = _count_handled(batch, self.function.invoke({"Records": batch}))
        except Exception:  # noqa: BLE001 - any error of a function is retried
            traceback.print_exc(file=sys.stderr)
            handled, self._batch_size = 0, max(1, len(batch) // 2)
        self._pending = self._pending[handled:]
        self._pending_since = time.monotonic()
        if handled == len(batch):
            self._failures = self._batch_size = 0
        elif handled:
            self._failures = 1
        else:
            self._failures += 1
            self._give_up_after_last_attempt()

    def _give_up_after_last_attempt(self) -> None:
        if self._failures >= self.mapping.attempts:
            size = self._batch_size or self.mapping.batch_size
            self.dead_letters += self._pending[:size]
            self._pending = self._pending[size:]
            self._failures = self._batch_size = 0


class PolledSource(Protocol):
    """A stream's or a queue's event source mapping in operation."""

    @property
    def function(self) -> Function:
        """The function that is invoked."""

    @property
    def dead_letters(self) -> list[Record]:
        """What the function has failed to handle."""

    @property
    def lock(self) -> Lock:
        """Held while records are read and handled. Hold it to pause the mapping."""

    def poll(self, *, flush: bool = False) -> bool:
        """Handle what is new. Return whether nothing remains."""

    def restart(self) -> None:
        """Forget everything. Requires the lock."""


class StreamPoller:
    """Polls every event source in a thread of its own until closed."""

    def __init__(self, sources: Sequence[PolledSource]) -> None:
        self.sources = sources
        self._threads = [
            RepeatingThread(source.poll, POLL_SECONDS, name=source.function.name)
            for source in sources
        ]

    def drain(self, seconds: float = 20.0) -> None:
        """Handle all records now, without waiting for batching windows.

        Raises:
            TimeoutError: Some records remain after `seconds`.
        """
        deadline = time.monotonic() + seconds
        # A function may write what another one reads, also one before it in the round: a mail that
        # comes back changes its client. So all sources must be empty in two rounds.
        empty_rounds = 0
        while empty_rounds < _EMPTY_ROUNDS:
            if False not in {source.poll(flush=True) for source in self.sources}:
                empty_rounds += 1
                continue
            empty_rounds = 0
            if time.monotonic() > deadline:
                raise TimeoutError("some stream records could not be handled")
            time.sleep(0.05)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Handle nothing meanwhile."""
        with contextlib.ExitStack() as stack:
            for source in self.sources:
                stack.enter_context(source.lock)
            yield

    @contextlib.contextmanager
    def restarting(self) -> Iterator[None]:
        """Handle nothing meanwhile, and read every stream from its beginning afterwards."""
        with self.paused():
            yield
            for source in self.sources:
                source.restart()

    def close(self) -> None:
        """Stop polling."""
        for thread in self._threads:
            thread.close()


def _count_handled(batch: list[Record], response: Any) -> int:
    """Count the records before the first failed one, by the function's partial batch response."""
    failures = (response or {}).get("batchItemFailures") or []
    if not failures:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    with contextlib.suppress(ValueError):
        return min(numbers.index(failure["itemIdentifier"]) for failure in failures)
    return 0  # an unknown identifier fails the whole batch, as in AWS
