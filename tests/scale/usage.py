"""Usage: from what practices do to what AWS counts and charges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import exp

from infra.local import template
from tests.scale import prices
from tests.scale.operations import Operation
from tests.scale.prices import Price
from tests.scale.units import Taken
from tests.scale.year import Year

MONTH_SECONDS = 365.25 * 24 * 3600 / 12
HOURS_A_MONTH = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Engineering:
    """What is assumed of AWS and of the functions, beside the units that are measured."""

    round_trip_ms: float = 10
    """One call of DynamoDB from a function, as the budgets of this project have it."""
    work_ms: float = 6
    """The rest of a warm call, at 1,024 MB."""
    watched_ms: float = 0.6
    """One practice read by the watch over releases, and judged: 0.34 ms of a whole processor."""
    opened_at_once: int = 8
    """Slots that a release opens in parallel."""
    cold_ms: float = 430
    """The start of a function, which is charged too."""
    idle_minutes: float = 10
    """How long AWS keeps a function that nobody calls. It promises nothing."""
    memory_gb: float = 1
    """`MemorySize` in the template."""
    answer_kb: float = 3
    """An answer with its headers: a list of thirty open slots."""
    preflights: float = 3
    """Requests that a browser makes first, on each visit, to ask whether a page on another site may
    call. The gateway answers them, and charges them."""
    log_kb: float = 1.3
    """What Lambda and the function write of one call."""
    access_log_kb: float = 0.4
    log_months: float = 3
    """`LogRetentionDays` in the template."""
    row_kb: float = 0.45
    """A row that is kept for good, with what DynamoDB adds to it."""
    rows_a_session: float = 2.2
    """Of slots and appointments, cancelled ones included."""
    years: float = 3
    """Years behind the practice."""
    traced: float = 0.05
    """Share of the calls that is traced beyond the first of every second."""
    key_minutes: float = 5
    """How long DynamoDB goes on with a table's key before it asks for it again."""


TYPICAL = Engineering()
Usage = dict[Price, float]
Calls = dict[str, float]
"""Calls of each function."""


def function_of(operation: Operation) -> str | None:
    """The function that an operation calls, by the template; None for what calls none, and for a
    part of another."""
    if operation.route:
        return _routes()[operation.route]
    return _UNROUTED.get(operation)


_UNROUTED = {
    Operation.RELEASE: "ReleaseFunction",
    Operation.FOLLOW_CLIENT: "PrivilegesStreamFunction",
    Operation.FOLLOW_PRACTICE: "PracticeStreamFunction",
    Operation.FOLLOW_SLOT: "PracticeStreamFunction",
}


@cache
def _routes() -> dict[str, str]:
    return {f"{each.method} {each.path}": each.function for each in template.load().routes()}


def seconds_of(operation: Operation, taken: Taken, how: Engineering = TYPICAL) -> float:
    """How long a warm function works at one operation, or at one part of it."""
    trips = taken[operation].trips
    if operation is Operation.WATCH:  # a page of practices is one round trip
        return how.watched_ms / 1000
    if operation is Operation.OPENED:
        trips /= how.opened_at_once
    work = 0 if operation.is_part else how.work_ms
    return (trips * how.round_trip_ms + work) / 1000


def release_seconds(year: Year, taken: Taken, how: Engineering = TYPICAL) -> float:
    """How long an average release runs: with its parts, since hardly anything else has them."""
    parts = (op for op in Operation if op.is_part)
    times = {part: year.counts[part] / year.counts[Operation.RELEASE] for part in parts}
    whole = sum(n * seconds_of(part, taken, how) for part, n in times.items())
    return seconds_of(Operation.RELEASE, taken, how) + whole


def use(year: Year, taken: Taken, practices: int, how: Engineering = TYPICAL) -> Usage:
    """What so many practices like that one use in a month."""
    ours = {op: year.a_month(op) * practices for op in Operation if not op.is_of_cognito}
    ours[Operation.WATCH] = HOURS_A_MONTH * practices
    calls: Calls = defaultdict(float, {"ReleaseMonitor": HOURS_A_MONTH})
    for operation, times in ours.items():
        function = function_of(operation)
        if function:
            calls[function] += times
    visits = ours[Operation.ME]
    served = sum(times for op, times in ours.items() if op.route) + visits * how.preflights
    logged = (sum(calls.values()) * how.log_kb + served * how.access_log_kb) / 1e6
    kept = practices * how.years * how.rows_a_session * how.row_kb * _sessions(year) / 1e6
    return {
        prices.READS: sum(n * taken[op].reads for op, n in ours.items()),
        prices.WRITES: sum(n * taken[op].writes for op, n in ours.items()),
        prices.STORED: kept,
        prices.RECOVERABLE: kept,
        prices.CALLS: sum(calls.values()),
        prices.COMPUTE: _gb_seconds(ours, calls, taken, how),
        prices.REQUESTS: served,
        prices.USERS_ESSENTIALS: year.active_a_month * practices,
        prices.SCHEDULED: ours[Operation.RELEASE],
        prices.LOGGED: logged,
        prices.LOOKED_THROUGH: logged,
        prices.LOGS_KEPT: logged * how.log_months,
        prices.TRACED: sum(_traced(times, how) for times in calls.values()),
        prices.SENT: served * how.answer_kb / 1e6,
        prices.MAILED: year.a_month(Operation.INVITE) * practices,
        prices.UNLOCKED: _unlocked(ours, taken, how),
    }


def _sessions(year: Year) -> float:
    """Sessions a year that were ever booked."""
    booked = (Operation.BOOK, Operation.BOOK_FOR, Operation.PLACED, Operation.MOVE)
    return 12 * sum(year.a_month(operation) for operation in booked)


def _gb_seconds(
    ours: dict[Operation, float], calls: Calls, taken: Taken, how: Engineering
) -> float:
    """The seconds of warm calls, and of those that find no function waiting: where calls come by
    chance, that is when none came in the time for which one is kept."""
    warm = sum(times * seconds_of(op, taken, how) for op, times in ours.items())
    cold = sum(
        times * exp(-times / MONTH_SECONDS * how.idle_minutes * 60) * how.cold_ms / 1000
        for times in calls.values()
    )
    return (warm + cold) * how.memory_gb


def _traced(times: float, how: Engineering) -> float:
    each_second = min(times, MONTH_SECONDS)
    return each_second + how.traced * (times - each_second)


def _unlocked(ours: dict[Operation, float], taken: Taken, how: Engineering) -> float:
    """Requests of the key: by each function for each table, as long as they are busy."""
    trips = sum(times * taken[op].trips for op, times in ours.items())
    pairs = len(template.load().handlers()) * len(template.load().of_type("AWS::DynamoDB::Table"))
    return min(trips, pairs * HOURS_A_MONTH * 60 / how.key_minutes)
