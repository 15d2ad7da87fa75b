"""A practice: one therapist's settings, and how far the calendar has been planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from openhour.rules.hours import Entry
from openhour.rules.weeks import WEEKDAYS, Week, week_of


class OnStrikeLimit(StrEnum):
    """What happens to a client who reaches the strike limit."""

    FLAG = "flag"
    SUSPEND = "suspend"


class Intake(StrEnum):
    """Whether new clients may register."""

    AUTO = "auto"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTime:
    """When the week is released: a weekday and a local time. Raises ValueError for a weekday
    that is none."""

    weekday: str = "friday"
    time: time = time(18)

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS:
            raise ValueError("not a weekday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A therapist's settings. Notice is in hours, grace in minutes, the strike window in days.

    `plan` counts the planning acts committed and `planned` the last that was carried out;
    `discharging` (client ids) and `sick_days` (time off ids) are what the acts in between still
    have to cancel. `released_at` is when a release last raised `released_through`. `version`
    counts changes of settings and hours. From `removed_at` on, nobody but the operator finds the
    practice.
    """

    therapist_id: str
    name: str = ""
    timezone: str | None = None
    office_phone: str | None = None
    self_scheduling: bool = False
    hours: tuple[Entry, ...] = ()
    horizon_weeks: int = 6
    booking_notice_hours: int = 12
    cancellation_notice_hours: int = 24
    grace_minutes: int = 15
    max_per_week: int = 1
    strike_limit: int = 3
    strike_window_days: int = 90
    on_strike_limit: OnStrikeLimit = OnStrikeLimit.FLAG
    late_move_is_strike: bool = False
    release: ReleaseTime = ReleaseTime()
    intake: Intake = Intake.AUTO
    intake_weeks: int = 2
    intake_below: float = 0.6
    intake_per_week: int = 2
    released_through: Week | None = None
    released_at: datetime | None = None
    published_through: Week | None = None
    version: int = 1
    plan: int = 0
    planned: int = 0
    discharging: frozenset[str] = frozenset()
    sick_days: frozenset[str] = frozenset()
    removed_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The therapist's zone; UTC until one is set."""
        return ZoneInfo(self.timezone or "UTC")

    @property
    def booking_notice(self) -> timedelta:
        """How long before its start a slot may last be booked."""
        return timedelta(hours=self.booking_notice_hours)

    @property
    def cancellation_notice(self) -> timedelta:
        """With less notice than this a cancellation is late."""
        return timedelta(hours=self.cancellation_notice_hours)

    @property
    def grace(self) -> timedelta:
        """How long after making a booking it may be undone freely."""
        return timedelta(minutes=self.grace_minutes)

    def week_of(self, instant: datetime) -> Week:
        """The week of this calendar in which `instant` falls."""
        return week_of(instant, self.zone)

    def is_released(self, week: Week) -> bool:
        """Whether that week's prime time is open to everyone."""
        return self.released_through is not None and week <= self.released_through

    def is_planned(self, week: Week) -> bool:
        """Whether that week is published and nothing remains to be carried out."""
        published = self.published_through is not None and week <= self.published_through
        return published and self.planned == self.plan

    def publishes_through(self, now: datetime) -> Week:
        """The last week that is to be published: the horizon past the current week and past the
        released one. What has been published stays so."""
        current = self.week_of(now)
        reach = max(current, self.released_through or current) + self.horizon_weeks
        return max(reach, self.published_through or reach)
