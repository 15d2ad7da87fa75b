"""Habits: what is assumed of one practice and its people. Nobody has measured these; whoever knows
better changes them here, and everything that follows is reckoned anew. Mail about sessions and the
waitlist are not in it."""

from __future__ import annotations

from dataclasses import dataclass

from openhour.rules.hours import Entry
from openhour.rules.weeks import WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One kind of practice. A `share` is a chance from 0 to 1 each time; the other figures are
    means. Regulars are clients too; the `others` book session by session."""

    name: str
    hours: tuple[Entry, ...]
    weekly_regulars: int
    fortnightly_regulars: int
    others: int

    wishing: float
    """Share of the others who come to book a session in a given week."""
    eager: float
    """Share of them who come as soon as the week has been released."""
    rush_minutes: int = 5
    """Minutes over which the eager come, evenly."""
    looks: float = 3
    """Lists of open slots looked at on one visit."""
    ahead_days: int = 21
    """Days ahead that a client looks for a time."""
    tries: int = 3
    """Visits, a day apart, before one who finds nothing gives up."""
    beaten: float = 0.05
    """Share of bookings that first go for a slot somebody else has just taken."""

    cancelling: float = 0.08
    """Share of sessions that the client cancels."""
    moving: float = 0.07
    """Share of sessions that the client moves."""
    late: float = 0.25
    """Share of cancellations and moves with less than a day's notice."""
    rebooking: float = 0.5
    """Share of those whose session fell away who come to book another."""
    missing: float = 0.03
    """Share of sessions to which nobody comes."""
    waiving: float = 0.3
    """Share of strikes that the therapist waives."""
    forgiving_days: int = 21
    """Days until the therapist lets a suspended client book again."""

    asking_a_month: float = 2
    """New people a month who look whether they may register."""
    leaving_a_month: float = 1.2
    """Clients a month who are discharged."""
    settling_a_month: float = 0.3
    """Clients a month who become regulars; as many regulars end."""
    holidays: tuple[tuple[int, int], ...] = ((7, 5), (20, 5), (31, 14), (47, 2), (51, 5))
    """Time off by the year's week and days from its Monday, entered two months before."""
    sick_days: int = 4
    """Days a year called off on the morning itself."""
    calendars_a_day: float = 4
    """Looks at the calendar on a working day."""
    records_a_week: float = 6
    """Single clients whose record is read in a week."""
    by_hand_a_week: float = 1
    """Slots a week that the therapist sets by hand, and as many bookings made for somebody."""


def _week(days: int, *starts: str, prime: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(
        Entry.parse(day, start, 50, prime=start in prime)
        for day in WEEKDAYS[:days]
        for start in (*starts, *prime)
    )


LIGHT = Habits(
    name="light",
    hours=_week(3, "10:00", "11:00", prime=("17:30", "18:30")),
    weekly_regulars=5,
    fortnightly_regulars=2,
    others=8,
    wishing=0.4,
    eager=0.2,
    asking_a_month=1,
    leaving_a_month=0.6,
    settling_a_month=0.15,
    calendars_a_day=2,
    records_a_week=2,
)
TYPICAL = Habits(
    name="typical",
    hours=_week(5, "09:00", "10:00", "11:00", "14:00", prime=("17:30", "18:30")),
    weekly_regulars=12,
    fortnightly_regulars=6,
    others=18,
    wishing=0.45,
    eager=0.3,
)
HEAVY = Habits(
    name="heavy",
    hours=_week(
        5, "08:00", "09:00", "10:00", "11:00", "13:00", "14:00", "15:00", prime=("17:30", "18:30")
    ),
    weekly_regulars=16,
    fortnightly_regulars=10,
    others=45,
    wishing=0.6,
    eager=0.5,
    looks=5,
    asking_a_month=5,
    leaving_a_month=3,
    settling_a_month=0.6,
    calendars_a_day=8,
    records_a_week=15,
    by_hand_a_week=3,
)
EVERY = (LIGHT, TYPICAL, HEAVY)
