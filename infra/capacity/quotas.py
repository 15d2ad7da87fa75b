"""Default quotas of an account in us-east-1, and the number of practices that reaches each.

All practices are in one time zone, and their clients all come at the promised time of release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from infra.capacity.operations import PARTS, UNITS, Operation
from infra.capacity.practice import Practice
from infra.capacity.usage import MONTH_SECONDS, release_seconds, seconds_of

SPREAD_MINUTES = 5
"""`ReleaseSpreadMinutes` in the template, unless set."""
_RELEASES_AT_ONCE = 500
"""Releases that may run at once, of the 1,000 executions of an account (`ReleaseConcurrency`)."""
_SCHEDULED, _SLOT_WRITES = 1_000, 40_000
"""Scheduler's invocations a second, and write units a second of one table."""
_ROW = 2
"""Write units of a row in a transaction."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota, what one practice uses of it at its peak, and what to do when it is reached."""

    name: str
    figure: float
    used: float
    remedy: str

    @property
    def practices(self) -> float:
        """The number of practices that reaches it."""
        return self.figure / self.used


def release_writes(practice: Practice) -> float:
    """Return the write units of one release in the slots' table."""
    times = practice.a_month()
    rows = sum(times[part] for part in PARTS if part is not Operation.DROPPED)
    return _ROW * rows / times[Operation.RELEASE]


def releases_a_second(practice: Practice, *, factor: int = 1) -> float:
    """Return how many releases can start in a second if the quotas are `factor` times as high."""
    by_concurrency = _RELEASES_AT_ONCE / release_seconds(practice)
    by_writes = _SLOT_WRITES / release_writes(practice)
    return factor * min(_SCHEDULED, by_concurrency, by_writes)


def _busiest_route(peak: Mapping[Operation, float]) -> float:
    """Return the requests a second to the route that gets most of them."""
    by_route: dict[str, float] = {}
    for operation, number in peak.items():
        if operation.route:
            by_route[operation.route] = by_route.get(operation.route, 0) + number
    return max(by_route.values())


def quotas(practice: Practice) -> list[Quota]:
    """Return every quota, in the order in which practices reach them."""
    peak, users = practice.a_second(), practice.clients + 1
    requests = sum(n for operation, n in peak.items() if operation.route)
    releases = 1 / (SPREAD_MINUTES * 60)
    running = sum(n * seconds_of(operation) for operation, n in peak.items() if operation.route)
    writes = releases * release_writes(practice) + _ROW * peak[Operation.BOOK]
    mails = practice.a_month()[Operation.INVITE] * 86_400 / MONTH_SECONDS
    every = [
        # The template
        Quota(
            "RequestsPerSecond of one route", 100, _busiest_route(peak),
            "raise it, up to the account's; pages retry after 429 at random intervals",
        ),
        # Amazon API Gateway quotas
        Quota(
            "API Gateway, requests a second", 10_000, requests,
            "request an increase; raise ReleaseSpreadMinutes",
        ),
        # Quotas in Amazon Cognito
        Quota(
            "Cognito UserAuthentication, a second", 120, peak[Operation.SIGN_IN],
            "buy more; keep people signed in for longer than 7 days",
        ),
        Quota(
            "Cognito UserToken, a second", 120, peak[Operation.REFRESH],
            "buy more; refresh a minute early, each page at a random second",
        ),
        Quota(
            "Cognito's own emails a day, while practices join", 50, users,
            "set MailIdentityArn; without it, one practice a day can join",
        ),
        Quota("Cognito's own emails a day", 50, mails, "set MailIdentityArn"),
        # SES's usual quota after the sandbox, from memory
        Quota(
            "SES, emails a day", 50_000,
            mails + practice.a_month()[Operation.SEND] * 86_400 / MONTH_SECONDS,
            "request an increase; the queue sends the rest as soon as SES takes it",
        ),
        Quota(
            "Cognito, users of a pool", 40_000_000, users,
            "request an increase, or deploy a second stack",
        ),
        # Lambda quotas
        Quota(
            "Lambda, concurrent executions", 1_000, running + releases * release_seconds(practice),
            "request an increase; ReleaseConcurrency reserves the rest for bookings",
        ),
        Quota(
            "release monitor, seconds of one run", 900, seconds_of(Operation.MONITOR),
            "scan the practices in segments, each in a run of its own",
        ),
        # Quotas for Amazon EventBridge Scheduler
        Quota(
            "Scheduler, invocations a second", _SCHEDULED, releases,
            "request an increase, or raise ReleaseSpreadMinutes",
        ),
        Quota("Scheduler, schedules", 10_000_000, 1, "request an increase"),
        # DynamoDB on-demand capacity mode (copies of 2025); Quotas in Amazon DynamoDB
        Quota(
            "slots, write units a second of a new table", 4_000, writes,
            "it grows with use; WarmThroughput raises it in advance",
        ),
        Quota(
            "slots, write units a second", _SLOT_WRITES, writes,
            "request an increase, or raise ReleaseSpreadMinutes",
        ),
        Quota(
            "slots, read units a second", 40_000,
            peak[Operation.SLOTS] * UNITS[Operation.SLOTS].reads,
            "request an increase; pages request only the weeks they show",
        ),
    ]  # fmt: skip
    return sorted(every, key=lambda quota: quota.practices)
