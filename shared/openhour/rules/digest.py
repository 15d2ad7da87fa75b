"""The digest: a day's sessions, and what has happened since the day before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from openhour.rules.appointments import Appointment, Status
from openhour.rules.clients import Client
from openhour.rules.practice import Practice

DIGEST_TIME = time(7)
"""The local time at which a digest is sent."""
_CANCELLED = (Status.CANCELLED, Status.LATE_CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The sessions that stand on a day, and how often which change was made before it."""

    sessions: tuple[Appointment, ...]
    booked: int
    moved: int
    cancelled: int
    registered: int

    @property
    def is_empty(self) -> bool:
        """Whether it tells nothing."""
        changes = self.booked + self.moved + self.cancelled + self.registered
        return not (self.sessions or changes)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The changes by name."""
        names = ("booked", "moved", "cancelled", "registered")
        return tuple((name, getattr(self, name)) for name in names)


def digest_of(
    practice: Practice, day: date, appointments: Iterable[Appointment], clients: Iterable[Client]
) -> Digest:
    """Return the digest of a local date. Changes count from the digest of the day before on.

    What the plan places and ends is no change, and a move is one change, not three.
    """
    sessions = tuple(appointments)
    since, until = (_sent_at(practice, each) for each in (day - timedelta(days=1), day))

    def is_recent(at: datetime | None) -> bool:
        return at is not None and since <= at < until

    made = [each for each in sessions if is_recent(each.made_at)]
    ended = [each for each in sessions if is_recent(each.ended_at) and not each.by_plan]
    return Digest(
        sessions=tuple(
            each
            for each in sessions
            if each.status is Status.BOOKED and _day_of(practice, each.start) == day
        ),
        booked=sum(each.regular_id is None and each.moved_from is None for each in made),
        moved=sum(each.status is Status.MOVED for each in ended),
        cancelled=sum(each.status in _CANCELLED for each in ended),
        registered=sum(each.registered_online and is_recent(each.created_at) for each in clients),
    )


def _sent_at(practice: Practice, day: date) -> datetime:
    return datetime.combine(day, DIGEST_TIME, tzinfo=practice.zone).astimezone(UTC)


def _day_of(practice: Practice, instant: datetime) -> date:
    return instant.astimezone(practice.zone).date()
