"""What practices use of AWS in a month, from their operations and the units of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import exp

from infra.capacity import prices
from infra.capacity.operations import COGNITO, PARTS, UNITS, Operation
from infra.capacity.practice import Practice
from infra.capacity.prices import Usage
from infra.local import template

MONTH_SECONDS = 365.25 * 24 * 3600 / 12
_HOURS_A_MONTH = 730

# Assumptions about AWS and the functions, besides the measured units.
_ROUND_TRIP_MS = 10
"""A DynamoDB request from a function, as the project's budgets assume."""
_WORK_MS = 6
"""The rest of a warm call, with 1,024 MB."""
_MONITOR_MS = 0.6
"""The release monitor's check of one practice: 0.34 ms of CPU time."""
_COLD_START_MS = 430
_IDLE_MINUTES = 10
"""How long AWS keeps an idle function. AWS promises nothing."""
_MEMORY_GB = 1
"""`MemorySize` in the template."""
_RESPONSE_KB = 3
"""A response with its headers: thirty open slots."""
_PREFLIGHTS = 3
"""CORS preflight requests of one visit, which API Gateway answers and charges."""
_LOG_KB, _ACCESS_LOG_KB = 1.3, 0.4
"""Log output of Lambda and the function for one call, and of API Gateway."""
_LOG_MONTHS = 3
"""`LogRetentionDays` in the template."""
_ROW_KB = 0.45
"""A row that is kept for good, with DynamoDB's overhead."""
_ROWS_A_SESSION = 2.2
"""Slots and appointments, cancelled ones included."""
_YEARS = 3
"""History of the practice."""
_MAIL_MONTHS = 3
"""How long a message is kept."""
_SWEEP_UNITS, _SWEEP_SECONDS = (16, 8), 0.18
"""Read and write units of one sweep, and its duration: a query and a cursor for eight shards."""
_QUEUE_REQUESTS, _POLLS = 4, 15
"""Requests of a message: put there, twice if it waits, received, deleted. Lambda's own a minute."""
_TRACED = 0.05
"""Share of calls that X-Ray samples beyond the first of every second."""
_KEY_MINUTES = 5
"""How long DynamoDB caches a table's data key."""

Times = dict[Operation, float]
"""How often each operation happens in a month, in all practices."""


def seconds_of(operation: Operation) -> float:
    """Return the duration of an operation, or of one part, in a warm function."""
    if operation is Operation.MONITOR:  # a page of practices is one round trip
        return _MONITOR_MS / 1000
    work = 0 if operation in PARTS else _WORK_MS
    return (UNITS[operation].trips * _ROUND_TRIP_MS + work) / 1000


def release_seconds(practice: Practice) -> float:
    """Return the duration of an average release with all parts of planning."""
    times = practice.a_month()
    parts = sum(times[part] * seconds_of(part) for part in PARTS)
    return seconds_of(Operation.RELEASE) + parts / times[Operation.RELEASE]


def usage_of(practice: Practice, practices: int) -> Usage:
    """Return what a number of practices use in a month."""
    a_month = practice.a_month()
    times = {op: n * practices for op, n in a_month.items() if op not in COGNITO}
    times[Operation.MONITOR] = _HOURS_A_MONTH * practices
    minutes = _HOURS_A_MONTH * 60
    constant = {"ReleaseMonitor": _HOURS_A_MONTH, "SweepFunction": minutes}
    calls: defaultdict[str, float] = defaultdict(float, constant)
    for operation, n in times.items():
        if operation.function:
            calls[operation.function] += n
    served = sum(n for op, n in times.items() if op.route) + times[Operation.ME] * _PREFLIGHTS
    logged = (sum(calls.values()) * _LOG_KB + served * _ACCESS_LOG_KB) / 1e6
    booked = (Operation.BOOK, Operation.BOOK_FOR, Operation.PLACED, Operation.MOVE)
    sessions = 12 * _YEARS * sum(times[operation] for operation in booked)
    mails = times[Operation.SEND]
    stored = _ROW_KB * (_ROWS_A_SESSION * sessions + _MAIL_MONTHS * mails) / 1e6
    swept = [minutes * units for units in _SWEEP_UNITS]
    return {
        prices.READS: sum(n * UNITS[op].reads for op, n in times.items()) + swept[0],
        prices.WRITES: sum(n * UNITS[op].writes for op, n in times.items()) + swept[1],
        prices.STORED: stored,
        prices.BACKED_UP: stored,
        prices.CALLS: sum(calls.values()),
        prices.COMPUTE: _gb_seconds(times, calls),
        prices.REQUESTS: served,
        prices.USERS_ESSENTIALS: practice.active_users * practices,
        prices.SCHEDULED: times[Operation.RELEASE],
        prices.LOGGED: logged,
        prices.LOGS_SCANNED: logged,
        prices.LOGS_KEPT: logged * _LOG_MONTHS,
        prices.TRACED: sum(map(_traced, calls.values())),
        prices.SENT: served * _RESPONSE_KB / 1e6,
        prices.MAILED: a_month[Operation.INVITE] * practices + mails,
        prices.QUEUED: _QUEUE_REQUESTS * mails + _POLLS * minutes,
        prices.KEY_REQUESTS: _key_requests(times),
    }


def _gb_seconds(times: Times, calls: Mapping[str, float]) -> float:
    """Return the GB-seconds of warm calls and of cold starts.

    Calls arrive at random, so a start is cold with the probability that none came while AWS keeps
    the function.
    """
    warm = sum(n * seconds_of(operation) for operation, n in times.items())
    warm += _SWEEP_SECONDS * calls["SweepFunction"]
    cold = sum(
        n * exp(-n / MONTH_SECONDS * _IDLE_MINUTES * 60) * _COLD_START_MS / 1000
        for n in calls.values()
    )
    return (warm + cold) * _MEMORY_GB


def _traced(calls: float) -> float:
    reservoir = min(calls, MONTH_SECONDS)
    return reservoir + _TRACED * (calls - reservoir)


def _key_requests(times: Times) -> float:
    """Return the requests of the data key: by each busy function, for each table."""
    trips = sum(n * UNITS[operation].trips for operation, n in times.items())
    stack = template.load()
    roles = [stack.properties(f"{name}Role") for name in stack.handlers()]
    functions = sum({"Ref": "TablesKeyUse"} in role["ManagedPolicyArns"] for role in roles)
    pairs = functions * len(stack.of_type("AWS::DynamoDB::Table"))
    return min(trips, pairs * _HOURS_A_MONTH * 60 / _KEY_MINUTES)
