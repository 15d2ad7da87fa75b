"""EventBridge Scheduler: weekly schedules, run by the practice's clock."""

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

POLL_SECONDS = 0.5
RETRY_SECONDS = 1.0
"""Between two attempts at a run. Lambda waits one minute, then two."""
MAX_ATTEMPTS = 3
"""Attempts at one run: Lambda retries an asynchronous invocation twice (Lambda Developer Guide,
"How Lambda handles errors and retries with asynchronous invocation")."""

_WEEKLY = re.compile(r"cron\((\d{1,2}) (\d{1,2}) \? \* (SUN|MON|TUE|WED|THU|FRI|SAT) \*\)")
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A weekday and a local time.

    A time that daylight saving skips does not occur that week; of a time that occurs twice, the
    first counts.
    """

    weekday: int
    hour: int
    minute: int
    zone: ZoneInfo

    @classmethod
    def of(cls, expression: str, timezone: str) -> "Weekly":
        """Parse a schedule's expression, which moto stores unchecked.

        Raises:
            ValueError: The expression is not a weekly one.
            ZoneInfoNotFoundError: The time zone is unknown.
        """
        match = _WEEKLY.fullmatch(expression)
        if match is None or int(match[1]) > 59 or int(match[2]) > 23:
            raise ValueError(f"not a weekly schedule: {expression}")
        return cls(
            weekday=_DAYS.index(match[3]),
            hour=int(match[2]),
            minute=int(match[1]),
            zone=ZoneInfo(timezone),
        )

    def between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the occurrences later than `after` and not later than `until`."""
        day = after.astimezone(self.zone).date() - timedelta(days=1)
        while day <= until.astimezone(self.zone).date():
            instant = self._occurrence_on(day)
            if instant is not None and after < instant <= until:
                yield instant
            day += timedelta(days=1)

    def _occurrence_on(self, day: date) -> datetime | None:
        if day.weekday() != self.weekday:
            return None
        local = datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=self.zone)
        instant = local.astimezone(UTC)
        skipped = instant.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None)
        return None if skipped else instant


@dataclass(slots=True)
class _Run:
    """One occurrence of one schedule, retried until it succeeds or its attempts are used up."""

    schedule: str
    instant: datetime
    target: dict[str, Any]
    failures: int = 0
    not_before: float = 0.0

    @property
    def input(self) -> str:
        instant = self.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text: str = self.target["Input"]
        return text.replace(_SCHEDULED_TIME, instant)


class Scheduler:
    """Runs due schedules: each occurrence once, and again only after a failure."""

    def __init__(
        self,
        client: "EventBridgeSchedulerClient",
        group: str,
        now: Callable[[], datetime],
        invoke: Callable[[str, str], None],
        *,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """Take `invoke`, which receives a target's ARN and input; a run is retried if it raises."""
        self._client = client
        self._group = group
        self._now = now
        self._invoke = invoke
        self._retry_seconds = retry_seconds
        self._checked_until = now()
        self._started: set[tuple[str, datetime]] = set()
        self._runs: list[_Run] = []
        self._lock = Lock()
        self.dead_letters: list[str] = []

    def run_due(self) -> bool:
        """Run what has become due since the last call, and retry what failed.

        Return whether no run is left to be retried.
        """
        with self._lock:
            now = self._now()
            for schedule in self._schedules():
                try:
                    due = list(self._due_runs(schedule, now))
                except (ValueError, ZoneInfoNotFoundError) as error:
                    print(f"schedule {schedule['Name']}: {error}", file=sys.stderr)
                    continue
                self._runs += due
                self._started.update((run.schedule, run.instant) for run in due)
            self._checked_until = now
            for run in list(self._runs):
                if monotonic() >= run.not_before:
                    self._attempt(run)
            return not self._runs

    def next_due(self, until: datetime) -> datetime | None:
        """Return the first instant until then at which a schedule is due, or None."""
        due: list[datetime] = []
        with self._lock:
            for schedule in self._schedules():
                with suppress(ValueError, ZoneInfoNotFoundError):  # `run_due` reports it
                    due += (run.instant for run in islice(self._due_runs(schedule, until), 1))
        return min(due, default=None)

    @contextmanager
    def restarting(self) -> Iterator[None]:
        """Run nothing meanwhile, and forget afterwards what has run and what failed."""
        with self._lock:
            yield
            self._started.clear()
            self._runs.clear()
            self.dead_letters.clear()
            self._checked_until = self._now()

    def _schedules(self) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_schedules").paginate(GroupName=self._group)
        for page in pages:
            for listed in page["Schedules"]:
                schedule = self._client.get_schedule(GroupName=self._group, Name=listed["Name"])
                if schedule["State"] == "ENABLED":
                    yield dict(schedule)

    def _due_runs(self, schedule: dict[str, Any], until: datetime) -> Iterator[_Run]:
        """Yield the runs of a schedule that are due until then and have not started."""
        name = schedule["Name"]
        weekly = Weekly.of(
            schedule["ScheduleExpression"], schedule.get("ScheduleExpressionTimezone", "UTC")
        )
        for instant in weekly.between(self._checked_until, until):
            if (name, instant) not in self._started:
                yield _Run(name, instant, schedule["Target"])

    def _attempt(self, run: _Run) -> None:
        try:
            self._invoke(run.target["Arn"], run.input)
        except Exception:  # noqa: BLE001 - any error of a target is retried
            traceback.print_exc(file=sys.stderr)
            run.failures += 1
            run.not_before = monotonic() + self._retry_seconds
            if run.failures < MAX_ATTEMPTS:
                return
            self.dead_letters.append(run.input)
        self._runs.remove(run)
