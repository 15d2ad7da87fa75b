"""Regulars: standing appointments, every one to four weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, time, timedelta
from math import lcm

from openhour.rules.refusals import Invalid, Obstacle, RegularConflict
from openhour.rules.weeks import WEEKDAYS, Week

MAX_WEEKS_APART = 4
MAX_PER_CLIENT = 50
"""Regulars that one client may have, since a discharge ends them in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """A client's standing appointment.

    It runs from the first such weekday on or after `first` until `until`, inclusive. `exceptions`
    are the dates that a person cancelled or moved, each with the client whose occurrence it was.
    They are neither placed nor adopted again for that client. `entered_at` is when the therapist
    entered or last changed it, and `notify` says whether the client is told of that. `ended_at` is
    when the therapist ended it, and `sequence` counts the changes.

    Raises:
        ValueError: The weekday or the interval is unknown, or `first` is in the year 9999.
    """

    regular_id: str
    client_id: str
    weekday: str
    start: time
    every_weeks: int = 1
    first: date
    until: date | None = None
    exceptions: frozenset[tuple[str, date]] = frozenset()
    entered_at: datetime | None = None
    ended: bool = False
    ended_at: datetime | None = None
    notify: bool = True
    sequence: int = 0

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS:
            raise ValueError("not a weekday")
        if not 1 <= self.every_weeks <= MAX_WEEKS_APART:
            raise ValueError(f"every_weeks must be 1 to {MAX_WEEKS_APART}")
        if self.first.year == MAXYEAR:
            raise ValueError("first must be before the year 9999")

    @property
    def anchor(self) -> date:
        """The date of the first occurrence."""
        ahead = WEEKDAYS.index(self.weekday) - self.first.weekday()
        return self.first + timedelta(days=ahead % 7)

    def is_exception(self, day: date) -> bool:
        """Return whether the client's occurrence on that date was cancelled or moved."""
        return (self.client_id, day) in self.exceptions

    def lasts(self, day: date) -> bool:
        """Return whether it has occurrences on that day or later."""
        return not self.ended and (self.until is None or day <= self.until)

    def occurs_on(self, day: date) -> bool:
        """Return whether an occurrence falls on that date, skipped or not."""
        within = self.anchor <= day and self.lasts(day)
        return within and (day - self.anchor).days % (7 * self.every_weeks) == 0

    def dates(self, weeks: tuple[Week, ...]) -> Iterator[date]:
        """Yield the dates of its occurrences in the weeks, skipped ones included."""
        return (day for week in weeks if self.occurs_on(day := week.day(self.weekday)))


def by_weekday(regular: Regular) -> tuple[int, time, str, date, str]:
    """Return the key that sorts regulars by weekday, start and client, in a stable order."""
    weekday = WEEKDAYS.index(regular.weekday)
    return weekday, regular.start, regular.client_id, regular.anchor, regular.regular_id


def copies_for(client_id: str, regulars: Iterable[Regular]) -> tuple[Regular, ...]:
    """Return a client's regulars that have not ended, in order, as the client's row holds them."""
    own = (each for each in regulars if each.client_id == client_id and not each.ended)
    bare = (
        replace(each, exceptions=frozenset(), entered_at=None, notify=True, sequence=0)
        for each in own
    )
    return tuple(sorted(bare, key=by_weekday))


def first_collision(one: Regular, other: Regular) -> Week | None:
    """Return the first week in which two regulars want the same slot, or None."""
    if (one.weekday, one.start) != (other.weekday, other.start):
        return None
    since = max(one.anchor, other.anchor)
    rhythm = lcm(one.every_weeks, other.every_weeks)
    days = (since + timedelta(weeks=n) for n in range(rhythm))
    meeting = next((day for day in days if one.occurs_on(day) and other.occurs_on(day)), None)
    return Week.of(meeting) if meeting else None


def require_no_collision(regular: Regular, others: tuple[Regular, ...]) -> None:
    """Require that the regular never wants the slot of another.

    Raises:
        RegularConflict: With the first `week` in which it does.
    """
    others = tuple(other for other in others if other.regular_id != regular.regular_id)
    collisions = [(week, o) for o in others if (week := first_collision(regular, o))]
    if collisions:
        week, other = min(collisions, key=lambda collision: collision[0])
        obstacle = Obstacle(client_id=other.client_id, regular_id=other.regular_id)
        raise RegularConflict(week=str(week), obstacle=obstacle)


def require_room_for_regular(regular: Regular, others: tuple[Regular, ...]) -> None:
    """Require that the client has fewer regulars than one client may have.

    Raises:
        Invalid: They have not.
    """
    own = [each for each in others if each.client_id == regular.client_id and not each.ended]
    if len([each for each in own if each.regular_id != regular.regular_id]) >= MAX_PER_CLIENT:
        message = f"This client has {MAX_PER_CLIENT} regulars: end one first."
        raise Invalid.field("client_id", message)
