"""Friday evening in one time zone: very many releases, and how they may be spread; simulated second
by second, through Scheduler's limit and Lambda's queue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from random import Random

LONGEST = 6 * 3600
"""Seconds for which an event may wait in Lambda's queue (`EventInvokeConfig` in the template)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What limits the releases that start in one second."""

    running: int
    """Releases that may run at once: `ReleaseConcurrency` in the template."""
    seconds: float
    """How long one runs."""
    writes: float
    """Write units that one takes of the slots' table in that time."""
    scheduled_a_second: int = 1_000
    """Quotas for Amazon EventBridge Scheduler: invocations throttle limit. More are delayed."""
    writes_a_second: int = 40_000
    """Quotas in Amazon DynamoDB: write units of one table."""

    @property
    def started_a_second(self) -> float:
        """Releases that can be started in a second, in the long run."""
        return min(self.running / self.seconds, self.writes_a_second / self.writes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """How it went. Lateness is in seconds after the time that was promised."""

    asked_a_second: int
    """Releases asked for in the busiest second; of a queue, taken out of it."""
    full: int
    """Seconds in which releases had to wait: then the clients, who come just now, have to as
    well, as far as they need the same."""
    mean: float
    last: float


@dataclass(frozen=True, slots=True)
class Spread:
    """One way to spread releases: how many of so many are due in each second after the promised
    time."""

    name: str
    due: Callable[[int], Counter[int]]
    told_after: float | None = None
    """Mean seconds from the promised time to the minute of which a practice's clients know; None
    where they know of none but the promised."""
    queued: bool = False
    """Whether they wait in a queue that is worked off as fast as can be, and are not tried again
    at growing intervals."""


def at_once() -> Spread:
    """Every practice at its time: Scheduler may take any second of the minute, so at worst all
    in the first."""
    return Spread("at once", lambda practices: Counter({0: practices}))


def flexible(minutes: int) -> Spread:
    """Scheduler's flexible time window: any second of it, another one every week."""
    seconds = range(minutes * 60)
    return Spread(f"window of {minutes} min", lambda practices: _evenly(practices, seconds))


def own_minute(minutes: int) -> Spread:
    """A minute of one's own, at worst its first second."""
    seconds = range(0, minutes * 60, 60)
    return Spread(
        f"own minute of {minutes}",
        lambda practices: _evenly(practices, seconds),
        told_after=(minutes - 1) * 30,
    )


def any_second(minutes: int) -> Spread:
    """What is done: a minute of one's own, and a flexible window of one minute from there."""
    seconds = range(minutes * 60)
    return Spread(
        f"own minute of {minutes}, any second",
        lambda practices: _evenly(practices, seconds),
        told_after=(minutes - 1) * 30,
    )


def batches() -> Spread:
    """One schedule for all, which puts them into a queue."""
    return Spread("one schedule, a queue", lambda practices: Counter({0: practices}), queued=True)


def _evenly(practices: int, seconds: range) -> Counter[int]:
    parts = len(seconds)
    return Counter(
        {s: (n + 1) * practices // parts - n * practices // parts for n, s in enumerate(seconds)}
    )


def pass_evening(practices: int, spread: Spread, limits: Limits, *, seed: int = 1) -> Evening:
    """Let an evening pass, second by second."""
    due, chance = spread.due(practices), Random(seed)
    again: dict[int, Counter[int]] = defaultdict(Counter)
    waiting = late = started = second = busiest = full = 0
    room = 0.0
    while started < practices and second < LONGEST:
        waiting += due[second]
        room = min(room, limits.running) + limits.started_a_second
        asked = min(waiting, int(room) if spread.queued else limits.scheduled_a_second)
        waiting -= asked
        busiest = max(busiest, asked)
        left = 0
        for tries, events in (*again.pop(second, Counter()).items(), (0, asked)):
            served = min(events, int(room))
            room -= served
            started += served
            late += served * second
            left += events - served
            if events > served:
                _put_off(again, second, events - served, tries, chance)
        full += left > 0 or waiting > 0
        second += 1
    return Evening(
        asked_a_second=busiest,
        full=full,
        mean=late / practices + limits.seconds,
        last=second - 1 + limits.seconds,
    )


_SHARES = 8
"""Parts into which those that are put off together are split, each with chance of its own."""


def _put_off(
    again: dict[int, Counter[int]],
    second: int,
    events: int,
    tries: int,
    chance: Random,
) -> None:
    """Lambda tries a throttled event again after a second, then after ever longer, five minutes at
    most (AWS Lambda, How Lambda handles errors and retries with asynchronous invocation)."""
    for share in _evenly(events, range(_SHARES)).values():
        after = ceil(min(300, 2**tries) * chance.uniform(0.5, 1))
        again[second + after][tries + 1] += share


def looks_in_vain(spread: Spread, evening: Evening) -> float:
    """How often a client who comes at the minute they know of looks before the slots are open,
    once a minute."""
    return max(0.0, evening.mean - (spread.told_after or 0)) / 60
