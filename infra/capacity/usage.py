"""What practices use of AWS in a month, from their operations and the units of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import exp

from infra.capacity import prices
from infra.capacity.operations import COGNITO, PARTS, Operation, UnitTable
from infra.capacity.prices import Usage
from infra.capacity.simulation import Year
from infra.local import template

MONTH_SECONDS = 365.25 * 24 * 3600 / 12
HOURS_A_MONTH = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """Assumptions about AWS and the functions, besides the measured units."""

    round_trip_ms: float = 10
    """A DynamoDB request from a function, as the project's budgets assume."""
    work_ms: float = 6
    """The rest of a warm call, with 1,024 MB."""
    monitor_ms: float = 0.6
    """The release monitor's check of one practice: 0.34 ms of CPU time."""
    parallel_updates: int = 8
    """Slots that a release opens at once."""
    cold_start_ms: float = 430
    idle_minutes: float = 10
    """How long AWS keeps an idle function. AWS promises nothing."""
    memory_gb: float = 1
    """`MemorySize` in the template."""
    response_kb: float = 3
    """A response with its headers: thirty open slots."""
    preflights: float = 3
    """CORS preflight requests of one visit, which API Gateway answers and charges."""
    log_kb: float = 1.3
    """Log output of Lambda and the function for one call."""
    access_log_kb: float = 0.4
    log_months: float = 3
    """`LogRetentionDays` in the template."""
    row_kb: float = 0.45
    """A row that is kept for good, with DynamoDB's overhead."""
    rows_a_session: float = 2.2
    """Slots and appointments, cancelled ones included."""
    years: float = 3
    """History of the practice."""
    traced: float = 0.05
    """Share of calls that X-Ray samples beyond the first of every second."""
    key_minutes: float = 5
    """How long DynamoDB caches a table's data key."""


PLATFORM = Platform()


def seconds_of(operation: Operation, units: UnitTable, platform: Platform = PLATFORM) -> float:
    """Return the duration of an operation, or of one part, in a warm function."""
    if operation is Operation.MONITOR:  # a page of practices is one round trip
        return platform.monitor_ms / 1000
    trips = units[operation].trips
    if operation is Operation.OPENED:
        trips /= platform.parallel_updates
    work = 0 if operation.is_part else platform.work_ms
    return (trips * platform.round_trip_ms + work) / 1000


def release_seconds(year: Year, units: UnitTable, platform: Platform = PLATFORM) -> float:
    """Return the duration of an average release with all parts of planning."""
    releases = year.counts[Operation.RELEASE]
    parts = sum(year.counts[p] / releases * seconds_of(p, units, platform) for p in PARTS)
    return seconds_of(Operation.RELEASE, units, platform) + parts


def usage_of(year: Year, units: UnitTable, practices: int, platform: Platform = PLATFORM) -> Usage:
    """Return what a number of practices use in a month."""
    times = {op: year.a_month(op) * practices for op in Operation if op not in COGNITO}
    times[Operation.MONITOR] = HOURS_A_MONTH * practices
    calls: dict[str, float] = defaultdict(float, {"ReleaseMonitor": HOURS_A_MONTH})
    for operation, n in times.items():
        if operation.function:
            calls[operation.function] += n
    served = sum(n for op, n in times.items() if op.route)
    served += times[Operation.ME] * platform.preflights
    logged = (sum(calls.values()) * platform.log_kb + served * platform.access_log_kb) / 1e6
    kept = _stored_gb(year, platform) * practices
    return {
        prices.READS: sum(n * units[op].reads for op, n in times.items()),
        prices.WRITES: sum(n * units[op].writes for op, n in times.items()),
        prices.STORED: kept,
        prices.BACKED_UP: kept,
        prices.CALLS: sum(calls.values()),
        prices.COMPUTE: _gb_seconds(times, calls, units, platform),
        prices.REQUESTS: served,
        prices.USERS_ESSENTIALS: year.active_a_month * practices,
        prices.SCHEDULED: times[Operation.RELEASE],
        prices.LOGGED: logged,
        prices.LOGS_SCANNED: logged,
        prices.LOGS_KEPT: logged * platform.log_months,
        prices.TRACED: sum(_traced(n, platform) for n in calls.values()),
        prices.SENT: served * platform.response_kb / 1e6,
        prices.MAILED: year.a_month(Operation.INVITE) * practices,
        prices.KEY_REQUESTS: _key_requests(times, units, platform),
    }


def _stored_gb(year: Year, platform: Platform) -> float:
    booked = (Operation.BOOK, Operation.BOOK_FOR, Operation.PLACED, Operation.MOVE)
    sessions = sum(year.counts[operation] for operation in booked)
    return platform.years * platform.rows_a_session * platform.row_kb * sessions / 1e6


def _gb_seconds(
    times: dict[Operation, float],
    calls: dict[str, float],
    units: UnitTable,
    platform: Platform,
) -> float:
    """Return the GB-seconds of warm calls and of cold starts.

    Calls arrive at random, so a start is cold with the probability that none came while AWS keeps
    the function.
    """
    warm = sum(n * seconds_of(op, units, platform) for op, n in times.items())
    cold = sum(
        n * exp(-n / MONTH_SECONDS * platform.idle_minutes * 60) * platform.cold_start_ms / 1000
        for n in calls.values()
    )
    return (warm + cold) * platform.memory_gb


def _traced(calls: float, platform: Platform) -> float:
    reservoir = min(calls, MONTH_SECONDS)
    return reservoir + platform.traced * (calls - reservoir)


def _key_requests(times: dict[Operation, float], units: UnitTable, platform: Platform) -> float:
    """Return the requests of the data key: by each busy function, for each table."""
    trips = sum(n * units[op].trips for op, n in times.items())
    stack = template.load()
    pairs = len(stack.handlers()) * len(stack.of_type("AWS::DynamoDB::Table"))
    return min(trips, pairs * HOURS_A_MONTH * 60 / platform.key_minutes)
