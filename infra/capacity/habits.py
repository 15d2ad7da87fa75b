"""Assumptions about a practice and its people.

Nobody has measured them. Change them here and run `make capacity` again.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One kind of practice. A share is a probability from 0 to 1; other figures are means."""

    name: str
    days: int
    """Working days a week, from Monday."""
    hours: tuple[int, ...]
    """Local starts of the slots of every working day, on the hour."""
    prime: tuple[int, ...] = (17, 18)
    """Starts of prime slots, besides `hours`."""
    weekly_regulars: int
    fortnightly_regulars: int
    others: int
    """Clients who book session by session."""

    wishing: float
    """Share of the others who want a session in a given week."""
    eager: float
    """Share of those who come right after the release."""
    rush_minutes: int = 5
    """Minutes after the release over which the eager come, evenly."""
    looks: float = 3
    """Lists of open slots read on one visit."""
    ahead_days: int = 21
    """Days ahead within which a client looks for a slot."""
    tries: int = 3
    """Visits, a day apart, after which a client who finds nothing gives up."""
    beaten: float = 0.05
    """Share of bookings that first try a slot that somebody else has just booked."""

    cancelling: float = 0.08
    """Share of sessions that the client cancels."""
    moving: float = 0.07
    """Share of sessions that the client moves."""
    late: float = 0.25
    """Share of cancellations and moves with less than a day's notice."""
    rebooking: float = 0.5
    """Share of those who lost a session who come to book another."""
    missing: float = 0.03
    """Share of sessions that the client misses."""
    waiving: float = 0.3
    """Share of missed and late sessions for which the therapist waives the strike."""

    asking_a_month: float = 2
    """People a month who look at the practice as possible new clients."""
    joining_a_month: float = 1
    """New clients a month, whom the therapist enters; as many leave."""
    settling_a_month: float = 0.3
    """Clients a month who become regulars; as many regulars end."""
    holidays: tuple[tuple[int, int], ...] = field(
        default=((7, 5), (20, 5), (31, 14), (47, 2), (51, 5))
    )
    """Time off: the week of the year, and its days from that Monday."""
    sick_days: int = 4
    """Days a year that the therapist calls off on the same morning."""
    calendars_a_day: float = 4
    """Views of the calendar on a working day."""
    records_a_week: float = 6
    """Views of a client's record a week."""
    by_hand_a_week: float = 1
    """Slots a week that the therapist sets by hand, and as many bookings made for clients."""


LIGHT = Habits(
    name="light",
    days=3,
    hours=(10, 11),
    weekly_regulars=5,
    fortnightly_regulars=2,
    others=8,
    wishing=0.4,
    eager=0.2,
    asking_a_month=1,
    joining_a_month=0.4,
    settling_a_month=0.15,
    calendars_a_day=2,
    records_a_week=2,
)
TYPICAL = Habits(
    name="typical",
    days=5,
    hours=(9, 10, 11, 14),
    weekly_regulars=12,
    fortnightly_regulars=6,
    others=18,
    wishing=0.45,
    eager=0.3,
)
HEAVY = Habits(
    name="heavy",
    days=5,
    hours=(8, 9, 10, 11, 13, 14, 15),
    weekly_regulars=16,
    fortnightly_regulars=10,
    others=45,
    wishing=0.6,
    eager=0.5,
    looks=5,
    asking_a_month=5,
    joining_a_month=3,
    settling_a_month=0.6,
    calendars_a_day=8,
    records_a_week=15,
    by_hand_a_week=3,
)
PRACTICES = (LIGHT, TYPICAL, HEAVY)
