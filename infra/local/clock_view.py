"""The practice's clock as it is told: the time in the practice's zone, and where it may go next."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from openhour.rules.practice import Practice
from openhour.rules.refusals import Refusal
from openhour.rules.release import next_due, next_release
from openhour.store.practices import read_practice

_BEFORE_RELEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """The time now, the name of its zone, and the instants to which the page moves the clock."""

    now: datetime
    timezone: str
    in_one_hour: datetime
    in_one_day: datetime
    before_release: datetime | None
    """Two minutes before the next release, or None if the practice has none."""

    def as_json(self) -> dict[str, str | None]:
        """Return the instants with their offsets, to the second."""
        before = self.before_release
        return {
            "now": _to_the_second(self.now),
            "timezone": self.timezone,
            "in_one_hour": _to_the_second(self.in_one_hour),
            "in_one_day": _to_the_second(self.in_one_day),
            "before_release": None if before is None else _to_the_second(before),
        }


def view_clock(therapist_id: str | None, *, now: datetime) -> ClockView:
    """Return the clock of a practice. Without one that has a zone, it is told in UTC."""
    practice = _find_practice(therapist_id) if therapist_id else None
    zone = practice.zone if practice else UTC
    local = now.astimezone(zone)
    return ClockView(
        now=local,
        timezone=practice.zone.key if practice else "UTC",
        in_one_hour=(now + timedelta(hours=1)).astimezone(zone),
        # The same time by the wall clock, also where a clock change lies between.
        in_one_day=(local + timedelta(days=1)).astimezone(UTC).astimezone(zone),
        before_release=before_release(practice, now=now).astimezone(zone) if practice else None,
    )


def before_release(practice: Practice, *, now: datetime) -> datetime:
    """Return the first instant after `now` that is two minutes before a coming release."""
    due = next_due(practice, now=now)
    if due - _BEFORE_RELEASE <= now:
        due = next_release(practice.release, practice.zone, now=now + _BEFORE_RELEASE)
    return due - _BEFORE_RELEASE


def _find_practice(therapist_id: str) -> Practice | None:
    """Return the practice if it has a zone. One that was removed, or can't be read, is None."""
    try:
        practice = read_practice(therapist_id)
    except Refusal:
        return None
    return practice if practice.timezone else None


def _to_the_second(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
