"""A practice: one therapist's settings and hours, and how far the calendar is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from openhour.rules.hours import Entry
from openhour.rules.logins import LoginRole, Logins
from openhour.rules.notices import Notice
from openhour.rules.settings import Settings
from openhour.rules.weeks import Week, week_of
from openhour.rules.zones import ZoneData


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Settings):
    """A therapist's settings and hours, and how far the calendar is planned.

    `plan` counts planning acts, and `planned` is the last one that was carried out. `discharging`
    (client ids) and `sick_days` (time off ids) are what the acts in between still have to cancel.
    `released_at` is when a release last raised `released_through`, and `release_due` the scheduled
    instant of the next one. `zone_data` is the data of the zone by which it was last planned, and
    `notices` are those of the time off that was known then and had not ended.
    `logins` are the ids of the practice's logins with their roles, the oldest first.
    `version` counts changes of settings, hours and logins. From `removed_at` on, only the operator
    finds the practice.
    """

    therapist_id: str
    self_scheduling: bool = False
    hours: tuple[Entry, ...] = ()
    released_through: Week | None = None
    released_at: datetime | None = None
    release_due: datetime | None = None
    published_through: Week | None = None
    version: int = 1
    plan: int = 0
    planned: int = 0
    discharging: frozenset[str] = frozenset()
    sick_days: frozenset[str] = frozenset()
    removed_at: datetime | None = None
    zone_data: ZoneData | None = None
    notices: tuple[Notice, ...] = ()
    logins: Logins = ()

    @property
    def zone(self) -> ZoneInfo:
        """The therapist's time zone, or UTC until one is set."""
        return ZoneInfo(self.timezone or "UTC")

    @property
    def booking_notice(self) -> timedelta:
        """How long before its start a slot may still be booked."""
        return timedelta(hours=self.booking_notice_hours)

    @property
    def cancellation_notice(self) -> timedelta:
        """The notice below which a cancellation is late."""
        return timedelta(hours=self.cancellation_notice_hours)

    @property
    def grace(self) -> timedelta:
        """How long after a booking cancelling is never late."""
        return timedelta(minutes=self.grace_minutes)

    def mails_clients(self, *, at: datetime) -> bool:
        """Return whether clients are mailed of what happens at an instant."""
        return self.mail_from is not None and at.astimezone(self.zone).date() >= self.mail_from

    def week_of(self, instant: datetime) -> Week:
        """Return the week of this calendar in which an instant falls."""
        return week_of(instant, self.zone)

    def span_of(self, week: Week) -> tuple[datetime, datetime]:
        """Return the instants at which a week of this calendar begins and ends."""
        monday = datetime.combine(week.monday, time.min, tzinfo=self.zone)
        return monday, datetime.combine((week + 1).monday, time.min, tzinfo=self.zone)

    def role_of(self, login_id: str) -> LoginRole | None:
        """Return the role of a login of the practice, or None if it has no such login."""
        return dict(self.logins).get(login_id)

    def is_released(self, week: Week) -> bool:
        """Return whether that week's prime slots are open to everyone."""
        return self.released_through is not None and week <= self.released_through

    def is_planned(self, week: Week) -> bool:
        """Return whether that week is published and no plan is unfinished."""
        published = self.published_through is not None and week <= self.published_through
        return published and self.planned == self.plan

    def publishes_through(self, now: datetime) -> Week:
        """Return the last week to be published.

        It is `horizon_weeks` past the current or the last released week, whichever is later. A week
        that has been published stays so.
        """
        current = self.week_of(now)
        reach = max(current, self.released_through or current) + self.horizon_weeks
        return max(reach, self.published_through or reach)
