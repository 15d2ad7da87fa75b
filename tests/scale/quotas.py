"""Quotas: what AWS allows an account in us-east-1 unless asked for more, and with how many
practices in one time zone each would be met, whose clients all come at the promised time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from tests.scale.operations import Operation
from tests.scale.prices import COPIES, MEMORY
from tests.scale.units import Taken
from tests.scale.usage import MONTH_SECONDS, function_of, release_seconds, seconds_of
from tests.scale.year import Year

SPREAD_MINUTES = 5
"""`ReleaseSpreadMinutes` in the template, unless set."""
PAGE = "docs"
"""Read in a stored copy of the page of AWS itself."""
_ROW = 2
"""Write units of a row in a transaction."""
_FOLLOWED_SECONDS = 0.05
"""One record of the practices' stream: a row read, a schedule looked at."""
_SHARDS, _BATCHES = 4, 5
"""Of a new table's stream; `ParallelizationFactor` in the template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What is allowed, what one practice takes of it when that is most, and what to do."""

    name: str
    figure: float
    taken: float
    page: str
    read: str
    remedy: str

    @property
    def met_at(self) -> float:
        """With how many practices it is met."""
        return self.figure / self.taken if self.taken else inf


@dataclass(frozen=True, slots=True)
class Peak:
    """What one practice asks for, a second, in the minutes after a release."""

    year: Year
    taken: Taken

    def rate(self, *operations: Operation) -> float:
        """How often those are asked for."""
        rush = self.year.habits.rush_minutes * 60
        return sum(self.year.rush.get(operation, 0) for operation in operations) / rush

    @property
    def requests(self) -> float:
        """Calls of the interface."""
        return self.rate(*(op for op in Operation if op.route))

    @property
    def running(self) -> dict[str, float]:
        """How many of each function run at once, by Little's law; the release among them."""
        running: dict[str, float] = defaultdict(float)
        for operation in Operation:
            function = function_of(operation)
            if function:
                running[function] += self.rate(operation) * seconds_of(operation, self.taken)
        running["ReleaseFunction"] = self.releases * release_seconds(self.year, self.taken)
        return running

    @property
    def releases(self) -> float:
        """Releases, by the spread."""
        return 1 / (SPREAD_MINUTES * 60)

    @property
    def release_writes(self) -> float:
        """Write units of one release in the slots' table."""
        times = {part: self.year.counts[part] for part in Operation if part.is_part}
        rows = times[Operation.PUBLISHED] + times[Operation.PLACED] + times[Operation.ENDED]
        whole = _ROW * rows + times[Operation.OPENED] * self.taken[Operation.OPENED].writes
        return whole / self.year.counts[Operation.RELEASE]

    @property
    def slot_writes(self) -> float:
        """Write units in the slots' table: of releases, and of clients who book."""
        booked = self.rate(Operation.BOOK, Operation.CANCEL) + 2 * self.rate(Operation.MOVE)
        return self.releases * self.release_writes + _ROW * booked


def quotas(year: Year, taken: Taken) -> list[Quota]:
    """All of them, those that are met first coming first."""
    peak = Peak(year, taken)
    return sorted((*_of_the_rush(peak), *_of_growth(year, taken), *_of_tables(peak)), key=_met_at)


def _met_at(quota: Quota) -> float:
    return quota.met_at


def _of_the_rush(peak: Peak) -> Iterator[Quota]:
    yield Quota(
        name="requests a second let through",
        figure=100,
        taken=peak.requests,
        page="RequestsPerSecond in the template",
        read="template",
        remedy="set it, up to the account's; pages retry after 429 at a time of their own",
    )
    yield Quota(
        name="API Gateway, requests a second",
        figure=10_000,
        taken=peak.requests,
        page="Amazon API Gateway quotas",
        read=PAGE,
        remedy="ask for more; spread the releases wider, for clients come at their own minute",
    )
    yield Quota(
        name="Cognito UserAuthentication, a second",
        figure=120,
        taken=peak.rate(Operation.SIGN_IN),
        page="Quotas in Amazon Cognito",
        read=PAGE,
        remedy="buy more; keep people signed in for longer than 7 days",
    )
    yield Quota(
        name="Cognito UserToken, a second",
        figure=120,
        taken=peak.rate(Operation.REFRESH),
        page="Quotas in Amazon Cognito",
        read=PAGE,
        remedy="buy more; refresh a minute before the release, each page at its own second",
    )
    yield Quota(
        name="Lambda, running at once",
        figure=1_000,
        taken=sum(peak.running.values()),
        page="Lambda quotas",
        read=PAGE,
        remedy="ask for more; ReleaseConcurrency keeps releases from what bookings need",
    )
    yield Quota(
        name="Lambda, one function's growth in 10 s",
        figure=1_000,
        taken=max(peak.running.values()),
        page="Lambda scaling behavior",
        read=PAGE,
        remedy="nothing: the account's limit comes first",
    )
    yield Quota(
        name="Scheduler, invocations a second",
        figure=1_000,
        taken=peak.releases,
        page="Quotas for Amazon EventBridge Scheduler",
        read=PAGE,
        remedy="ask for more, or set ReleaseSpreadMinutes higher",
    )


def _of_growth(year: Year, taken: Taken) -> Iterator[Quota]:
    yield Quota(
        name="Cognito's own mails, a day, as practices join",
        figure=50,
        taken=year.clients + 1,
        page="Quotas in Amazon Cognito",
        read=PAGE,
        remedy="MailIdentityArn; without it, one practice a day",
    )
    yield Quota(
        name="Cognito's own mails, a day",
        figure=50,
        taken=year.a_month(Operation.INVITE) * 86_400 / MONTH_SECONDS,
        page="Quotas in Amazon Cognito",
        read=PAGE,
        remedy="MailIdentityArn",
    )
    yield Quota(
        name="Cognito, users of a pool",
        figure=40_000_000,
        taken=year.clients + 1,
        page="Quotas in Amazon Cognito",
        read=PAGE,
        remedy="ask for more, or a second stack",
    )
    yield Quota(
        name="Scheduler, schedules",
        figure=10_000_000,
        taken=1,
        page="Quotas for Amazon EventBridge Scheduler",
        read=PAGE,
        remedy="ask for more",
    )

    yield Quota(
        name="the watch over releases, seconds of one run",
        figure=900,
        taken=seconds_of(Operation.WATCH, taken),
        page="Lambda quotas",
        read=PAGE,
        remedy="read the practices in segments, each in a run of its own",
    )


def _of_tables(peak: Peak) -> Iterator[Quota]:
    yield Quota(
        name="slots, write units a second when new",
        figure=4_000,
        taken=peak.slot_writes,
        page="DynamoDB on-demand capacity mode",
        read=COPIES,
        remedy="it grows with use; WarmThroughput sets it beforehand",
    )
    yield Quota(
        name="slots, write units a second",
        figure=40_000,
        taken=peak.slot_writes,
        page="Quotas in Amazon DynamoDB",
        read=PAGE,
        remedy="ask for more, or set ReleaseSpreadMinutes higher",
    )
    yield Quota(
        name="slots, read units a second",
        figure=40_000,
        taken=peak.rate(Operation.SLOTS) * peak.taken[Operation.SLOTS].reads,
        page="Quotas in Amazon DynamoDB",
        read=PAGE,
        remedy="ask for more; pages ask for the weeks they show",
    )
    yield Quota(
        name="one practice's slots, read units a second",
        figure=3_000,
        taken=0,
        page="DynamoDB, Designing partition keys",
        read=COPIES,
        remedy="no number of practices: one alone would need "
        f"{3_000 / peak.taken[Operation.SLOTS].reads:.0f} lists a second",
    )
    yield Quota(
        name="practices' stream, rows followed a second",
        figure=_SHARDS * _BATCHES / _FOLLOWED_SECONDS,
        taken=peak.releases,
        page="Lambda, Polling and batching streams",
        read=MEMORY,
        remedy="nothing is lost: schedules follow later; ParallelizationFactor up to 10",
    )
