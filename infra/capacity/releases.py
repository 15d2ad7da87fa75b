"""Very many releases at one time, and ways to spread them.

The simulation goes second by second through Scheduler's limit and Lambda's queue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

LONGEST = 6 * 3600
"""Seconds for which an event may wait in Lambda's queue (`EventInvokeConfig` in the template)."""
_SHARES = 8
"""Groups into which events throttled together are split; each group draws its own delay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What limits the releases that start in one second."""

    concurrency: int
    """Releases that may run at once: `ReleaseConcurrency` in the template."""
    seconds: float
    """Duration of one release."""
    writes: float
    """Write units of one release in the slots' table."""
    scheduled_a_second: int = 1_000
    """Scheduler's invocations quota (Quotas for Amazon EventBridge Scheduler)."""
    writes_a_second: int = 40_000
    """Write units of one table (Quotas in Amazon DynamoDB)."""

    @property
    def started_a_second(self) -> float:
        """Releases that can start in a second, in the long run."""
        return min(self.concurrency / self.seconds, self.writes_a_second / self.writes)


@dataclass(frozen=True, slots=True)
class Spread:
    """A way to spread releases over seconds after the promised time.

    `known_minutes`: the practices' clients know their own minute, one of so many.
    """

    name: str
    due_seconds: Sequence[int]
    known_minutes: int = 1
    queued: bool = False
    """One schedule fills a queue that is processed as fast as possible, without retries."""

    def due(self, practices: int) -> Counter[int]:
        """Return how many releases are due in each second."""
        return _evenly(practices, self.due_seconds)


SPREADS = (
    Spread("at once", (0,)),
    Spread("one schedule, a queue", (0,), queued=True),
    Spread("Scheduler's window of 5 min", range(300)),
    Spread("Scheduler's window of 15 min", range(900)),
    Spread("own minute of 5, first second", range(0, 300, 60), known_minutes=5),
    Spread("own minute of 5, any second", range(300), known_minutes=5),
    Spread("own minute of 15, any second", range(900), known_minutes=15),
    Spread("own minute of 60, any second", range(3600), known_minutes=60),
)
"""The project uses a minute of the practice's own, and any second of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the releases went; lateness is in seconds after the promised time."""

    most_a_second: int
    full_seconds: int
    """Seconds in which releases had to wait, and clients' bookings with them."""
    mean: float
    last: float
    early_looks: float
    """How often a client who looks once a minute, from the minute they know, looks too early."""


def simulate_releases(practices: int, spread: Spread, limits: Limits, *, seed: int = 1) -> Outcome:
    """Simulate the releases of practices in one time zone."""
    due, random = spread.due(practices), Random(seed)
    retries: dict[int, Counter[int]] = defaultdict(Counter)
    waiting = total_late = started = second = most = full = 0
    room = 0.0
    while started < practices and second < LONGEST:
        waiting += due[second]
        room = min(room, limits.concurrency) + limits.started_a_second
        invoked = min(waiting, int(room) if spread.queued else limits.scheduled_a_second)
        waiting -= invoked
        most = max(most, invoked)
        throttled = 0
        for tries, events in (*retries.pop(second, Counter()).items(), (0, invoked)):
            served = min(events, int(room))
            room -= served
            started += served
            total_late += served * second
            throttled += events - served
            if events > served:
                _retry_later(retries, second, events - served, tries, random)
        full += throttled > 0 or waiting > 0
        second += 1
    mean = total_late / practices + limits.seconds
    expected = (spread.known_minutes - 1) * 30
    return Outcome(
        most_a_second=most,
        full_seconds=full,
        mean=mean,
        last=second - 1 + limits.seconds,
        early_looks=max(0.0, mean - expected) / 60,
    )


def _evenly(events: int, seconds: Sequence[int]) -> Counter[int]:
    parts = len(seconds)
    return Counter(
        {s: (n + 1) * events // parts - n * events // parts for n, s in enumerate(seconds)}
    )


def _retry_later(
    retries: dict[int, Counter[int]], second: int, events: int, tries: int, random: Random
) -> None:
    """Schedule retries as Lambda does: after a second, then at growing intervals of at most 300 s.

    Source: AWS Lambda, "How Lambda handles errors and retries with asynchronous invocation".
    """
    for share in _evenly(events, range(_SHARES)).values():
        delay = ceil(min(300, 2**tries) * random.uniform(0.5, 1))
        retries[second + delay][tries + 1] += share
