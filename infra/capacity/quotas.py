"""Default quotas of an account in us-east-1, and the number of practices that reaches each.

All practices are in one time zone, and their clients all come at the promised time of release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from infra.capacity.operations import PARTS, Operation, UnitTable
from infra.capacity.prices import COPIES, MEMORY
from infra.capacity.simulation import Year
from infra.capacity.usage import MONTH_SECONDS, release_seconds, seconds_of

SPREAD_MINUTES = 5
"""`ReleaseSpreadMinutes` in the template, unless set."""
DOCS = "docs"
"""Read in a stored copy of AWS's own page."""
_ROW = 2
"""Write units of a row in a transaction."""
_EVENT_SECONDS = 0.05
"""One record of the practices' stream: a row read, a schedule compared."""
_SHARDS, _PARALLEL_BATCHES = 4, 5
"""Shards of a new table's stream, and `ParallelizationFactor` in the template."""
_COGNITO, _LAMBDA = "Quotas in Amazon Cognito", "Lambda quotas"
_SCHEDULER, _DYNAMODB = "Quotas for Amazon EventBridge Scheduler", "Quotas in Amazon DynamoDB"


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota, what one practice uses of it at its peak, and what to do when it is reached."""

    name: str
    figure: float
    used: float
    page: str
    read: str
    remedy: str

    @property
    def practices(self) -> float:
        """The number of practices that reaches it."""
        return self.figure / self.used if self.used else inf


@dataclass(frozen=True, slots=True)
class Peak:
    """What one practice requests a second, in the minutes after a release."""

    year: Year
    units: UnitTable

    def rate(self, *operations: Operation) -> float:
        """Return how often the operations happen a second."""
        seconds = self.year.habits.rush_minutes * 60
        return sum(self.year.rush.get(operation, 0) for operation in operations) / seconds

    @property
    def requests(self) -> float:
        """API requests a second."""
        return self.rate(*(operation for operation in Operation if operation.route))

    @property
    def running(self) -> dict[str, float]:
        """Concurrent executions of each function, by Little's law."""
        running: dict[str, float] = defaultdict(float)
        for operation in Operation:
            if operation.function:
                seconds = seconds_of(operation, self.units)
                running[operation.function] += self.rate(operation) * seconds
        running["ReleaseFunction"] = self.releases * release_seconds(self.year, self.units)
        return running

    @property
    def releases(self) -> float:
        """Releases a second."""
        return 1 / (SPREAD_MINUTES * 60)

    @property
    def release_writes(self) -> float:
        """Write units of one release in the slots' table."""
        counts = {part: self.year.counts[part] for part in PARTS}
        rows = sum(counts[p] for p in (Operation.PUBLISHED, Operation.PLACED, Operation.ENDED))
        opened = counts[Operation.OPENED] * self.units[Operation.OPENED].writes
        return (_ROW * rows + opened) / self.year.counts[Operation.RELEASE]

    @property
    def slot_writes(self) -> float:
        """Write units a second in the slots' table, by releases and clients."""
        booked = self.rate(Operation.BOOK, Operation.CANCEL) + 2 * self.rate(Operation.MOVE)
        return self.releases * self.release_writes + _ROW * booked

    @property
    def slot_reads(self) -> float:
        """Read units a second in the slots' table."""
        return self.rate(Operation.SLOTS) * self.units[Operation.SLOTS].reads


def quotas(year: Year, units: UnitTable) -> list[Quota]:
    """Return every quota, in the order in which practices reach them."""
    peak = Peak(year, units)
    every = (*_rush_quotas(peak), *_growth_quotas(year, units), *_table_quotas(peak))
    return sorted(every, key=lambda quota: quota.practices)


def _rush_quotas(peak: Peak) -> Iterable[Quota]:
    return (
        Quota(
            "RequestsPerSecond of the stack", 100, peak.requests,
            "RequestsPerSecond in the template", "template",
            "raise it, up to the account's; pages retry after 429 at random intervals",
        ),
        Quota(
            "API Gateway, requests a second", 10_000, peak.requests,
            "Amazon API Gateway quotas", DOCS,
            "request an increase; raise ReleaseSpreadMinutes",
        ),
        Quota(
            "Cognito UserAuthentication, a second", 120, peak.rate(Operation.SIGN_IN),
            _COGNITO, DOCS, "buy more; keep people signed in for longer than 7 days",
        ),
        Quota(
            "Cognito UserToken, a second", 120, peak.rate(Operation.REFRESH),
            _COGNITO, DOCS, "buy more; refresh a minute early, each page at a random second",
        ),
        Quota(
            "Lambda, concurrent executions", 1_000, sum(peak.running.values()),
            _LAMBDA, DOCS,
            "request an increase; ReleaseConcurrency reserves the rest for bookings",
        ),
        Quota(
            "Lambda, one function's growth in 10 s", 1_000, max(peak.running.values()),
            "Lambda scaling behavior", DOCS, "nothing: the account's limit comes first",
        ),
        Quota(
            "Scheduler, invocations a second", 1_000, peak.releases,
            _SCHEDULER, DOCS, "request an increase, or raise ReleaseSpreadMinutes",
        ),
    )  # fmt: skip


def _growth_quotas(year: Year, units: UnitTable) -> Iterable[Quota]:
    users = year.clients + 1
    mails = year.a_month(Operation.INVITE) * 86_400 / MONTH_SECONDS
    return (
        Quota(
            "Cognito's own emails a day, while practices join", 50, users,
            _COGNITO, DOCS, "set MailIdentityArn; without it, one practice a day can join",
        ),
        Quota("Cognito's own emails a day", 50, mails, _COGNITO, DOCS, "set MailIdentityArn"),
        Quota(
            "Cognito, users of a pool", 40_000_000, users,
            _COGNITO, DOCS, "request an increase, or deploy a second stack",
        ),
        Quota("Scheduler, schedules", 10_000_000, 1, _SCHEDULER, DOCS, "request an increase"),
        Quota(
            "release monitor, seconds of one run", 900, seconds_of(Operation.MONITOR, units),
            _LAMBDA, DOCS, "scan the practices in segments, each in a run of its own",
        ),
    )  # fmt: skip


def _table_quotas(peak: Peak) -> Iterable[Quota]:
    lists = 3_000 / peak.units[Operation.SLOTS].reads
    events = _SHARDS * _PARALLEL_BATCHES / _EVENT_SECONDS
    return (
        Quota(
            "slots, write units a second of a new table", 4_000, peak.slot_writes,
            "DynamoDB on-demand capacity mode", COPIES,
            "it grows with use; WarmThroughput raises it in advance",
        ),
        Quota(
            "slots, write units a second", 40_000, peak.slot_writes,
            _DYNAMODB, DOCS, "request an increase, or raise ReleaseSpreadMinutes",
        ),
        Quota(
            "slots, read units a second", 40_000, peak.slot_reads,
            _DYNAMODB, DOCS, "request an increase; pages request only the weeks they show",
        ),
        Quota(
            "one practice's slots, read units a second", 3_000, 0,
            "DynamoDB, Designing partition keys", COPIES,
            f"nothing: one practice alone would need {lists:.0f} lists a second",
        ),
        Quota(
            "practices' stream, records a second", events, peak.releases,
            "Lambda, Polling and batching streams", MEMORY,
            "nothing is lost: schedules update later; ParallelizationFactor up to 10",
        ),
    )  # fmt: skip
