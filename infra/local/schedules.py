"""EventBridge Scheduler's part: weekly schedules, fired when the practice's clock says so."""

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

POLL_SECONDS = 0.5
PAUSE_SECONDS = 1.0
"""Between two tries of a run that failed; Lambda waits a minute, then two."""
TRIES = 3
"""Of one run. Scheduler hands it to Lambda, which tries twice more (Lambda Developer Guide, "How
Lambda handles errors and retries with asynchronous invocation")."""

_WEEKLY = re.compile(r"cron\((\d{1,2}) (\d{1,2}) \? \* (SUN|MON|TUE|WED|THU|FRI|SAT) \*\)")
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_INSTANT = "<aws.scheduler.scheduled-time>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A weekday and a local time. One that the clock skips doesn't happen that week; one that
    happens twice means the first."""

    weekday: int
    hour: int
    minute: int
    zone: ZoneInfo

    @classmethod
    def of(cls, expression: str, timezone: str) -> "Weekly":
        """Read a schedule's expression, which moto stores unseen.

        Raises ValueError for another than a weekly one, ZoneInfoNotFoundError for an unknown zone.
        """
        found = _WEEKLY.fullmatch(expression)
        if found is None or int(found[1]) > 59 or int(found[2]) > 23:
            raise ValueError(f"not a weekly schedule: {expression}")
        return cls(
            weekday=_DAYS.index(found[3]),
            hour=int(found[2]),
            minute=int(found[1]),
            zone=ZoneInfo(timezone),
        )

    def between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Tell its instants later than `after`, and not later than `until`."""
        day = after.astimezone(self.zone).date() - timedelta(days=1)
        while day <= until.astimezone(self.zone).date():
            instant = self._on(day)
            if instant is not None and after < instant <= until:
                yield instant
            day += timedelta(days=1)

    def _on(self, day: date) -> datetime | None:
        if day.weekday() != self.weekday:
            return None
        local = datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=self.zone)
        instant = local.astimezone(UTC)
        skipped = instant.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None)
        return None if skipped else instant


@dataclass(slots=True)
class _Run:
    """One instant of one schedule, to be run until it succeeds or is given up."""

    schedule: str
    instant: datetime
    target: dict[str, Any]
    failures: int = 0
    not_before: float = 0.0

    @property
    def input(self) -> str:
        instant = self.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text: str = self.target["Input"]
        return text.replace(_INSTANT, instant)

    @property
    def given_up(self) -> bool:
        return self.failures == TRIES


class Scheduler:
    """Fires due schedules, each instant once, and again only after a failure."""

    def __init__(
        self,
        client: "EventBridgeSchedulerClient",
        group: str,
        now: Callable[[], datetime],
        fire: Callable[[str, str], None],
        *,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """`fire` takes a target's ARN and its input; what it raises is tried again."""
        self._client = client
        self._group = group
        self._now = now
        self._fire = fire
        self._pause = pause_seconds
        self._seen_until = now()
        self._fired: set[tuple[str, datetime]] = set()
        self._runs: list[_Run] = []
        self._turn = Lock()
        self.dead: list[str] = []

    def turn(self) -> None:
        """Run what has become due since the last turn, and what failed."""
        with self._turn:
            now = self._now()
            for schedule in self._schedules():
                try:
                    self._note(schedule, now)
                except (ValueError, ZoneInfoNotFoundError) as problem:
                    print(f"schedule {schedule['Name']}: {problem}", file=sys.stderr)
            self._seen_until = now
            for run in list(self._runs):
                if monotonic() >= run.not_before:
                    self._try(run)

    def _schedules(self) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_schedules").paginate(GroupName=self._group)
        for page in pages:
            for found in page["Schedules"]:
                schedule = self._client.get_schedule(GroupName=self._group, Name=found["Name"])
                if schedule["State"] == "ENABLED":
                    yield dict(schedule)

    def _note(self, schedule: dict[str, Any], now: datetime) -> None:
        name = schedule["Name"]
        weekly = Weekly.of(
            schedule["ScheduleExpression"], schedule.get("ScheduleExpressionTimezone", "UTC")
        )
        for instant in weekly.between(self._seen_until, now):
            if (name, instant) not in self._fired:
                self._fired.add((name, instant))
                self._runs.append(_Run(name, instant, schedule["Target"]))

    def _try(self, run: _Run) -> None:
        try:
            self._fire(run.target["Arn"], run.input)
        except Exception:  # noqa: BLE001 - whatever a target raises is tried again
            traceback.print_exc(file=sys.stderr)
            run.failures += 1
            run.not_before = monotonic() + self._pause
            if not run.given_up:
                return
            self.dead.append(run.input)
        self._runs.remove(run)


class Ticking:
    """Gives a scheduler its turns in a thread of its own until it is closed."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._closing = Event()
        self._thread = Thread(target=self._run, name="schedules", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop firing."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(POLL_SECONDS):
            try:
                self._scheduler.turn()
            except Exception:  # noqa: BLE001 - a bad schedule is told, and the next turn comes
                if not self._closing.is_set():
                    traceback.print_exc(file=sys.stderr)
