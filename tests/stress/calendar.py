"""The practice under stress: few slots, many clients, and a neighbour who must not change.

It starts on Monday 23 November 2026 at 09:00 in New York. The clock stands still during a round
and advances by some hours between rounds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from infra.seed import seed_client, seed_practice
from openhour.rules.hours import Entry
from openhour.rules.regulars import Regular
from openhour.rules.settings import Intake, OnStrikeLimit
from openhour.rules.weeks import Week, instant_of, slot_id_of
from openhour.store import practices
from openhour.use_cases import clients, regulars
from tests.unit.builders import NEW_YORK, NOW, a_practice

THERAPIST, NEIGHBOUR = "t1", "t2"
WITH_REGULARS = ("p0", "p1", "p2")
"""Clients with a permanent regular."""
CLIENTS = (*WITH_REGULARS, *(f"c{n}" for n in range(13)))
EAGER = ("c0", "c2", "c3", "p1")
"""Clients who perform half of all client operations."""
OFTEN = ("c0", "c1", "p0")
"""Clients with a weekly limit of their own."""
HORIZON = 2

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
STARTS = tuple((day, at) for day in _DAYS for at in (time(10), time(17, 30)))
"""Starts that the hours usually have."""
OTHER_STARTS = (("wednesday", time(10, 30)), ("thursday", time(18)), ("saturday", time(9)))
"""Starts that the hours sometimes have; two of them overlap others."""
_KEPT = (("monday", time(10)), ("tuesday", time(17, 30)))
_PRIME = {("tuesday", time(17, 30)), ("wednesday", time(17, 30)), ("friday", time(17, 30))}


def clock(seed: str, number: int) -> datetime:
    """Return the instant of a round, in UTC."""
    steps = Random(f"{seed}/clock")
    hours = sum(steps.choice((0.1, 2, 5, 9, 14, 26)) for _ in range(number))
    return NOW + timedelta(hours=hours)


def seed() -> None:
    """Store both practices with the same client ids, and the permanent regulars."""
    for therapist_id in (THERAPIST, NEIGHBOUR):
        practice = a_practice(
            therapist_id=therapist_id,
            horizon_weeks=HORIZON,
            max_per_week=2,
            strike_limit=3,
            on_strike_limit=OnStrikeLimit.SUSPEND,
            late_move_is_strike=True,
            intake=Intake.CLOSED,
            intake_weeks=1,
        )
        seed_practice(practice, usual_hours())
        for client_id in CLIENTS:
            add_client(therapist_id, client_id, now=NOW)
    for wish in _standing_regulars():
        regulars.add_regular(THERAPIST, wish, preview=False, now=NOW)


def enable_self_scheduling() -> None:
    """Enable self-scheduling despite any conflicts."""
    before = practices.read_practice(THERAPIST)
    if not before.self_scheduling:
        practices.write_practice(before, replace(before, self_scheduling=True), plans=False)


def add_client(therapist_id: str, client_id: str, *, now: datetime) -> None:
    """Store a client without a login; some have a weekly limit of their own."""
    seed_client(therapist_id, client_id, now=now, email=None, invite=False)
    if client_id in OFTEN:
        clients.change_client(therapist_id, client_id, {"max_per_week": 3}, now=now)


def usual_hours() -> tuple[Entry, ...]:
    """Return the initial hours."""
    return tuple(
        Entry(weekday=day, start=at, minutes=50, prime=(day, at) in _PRIME) for day, at in STARTS
    )


def other_hours(random: Random) -> tuple[Entry, ...]:
    """Draw hours with some entries dropped, added, longer, shorter or prime."""
    entries: list[Entry] = []
    for day, at in STARTS:
        kept = (day, at) in _KEPT
        if kept or random.random() > 0.12:
            prime = ((day, at) in _PRIME) is not (random.random() < 0.1)
            minutes = random.choice((50, 50, 50, 60, 25))
            entries.append(Entry(weekday=day, start=at, minutes=minutes, prime=prime))
    for day, at in OTHER_STARTS:
        entry = Entry(weekday=day, start=at, minutes=50)
        free = all(
            e.weekday != day or e.ends <= entry.begins or entry.ends <= e.begins for e in entries
        )
        if free and random.random() < 0.5:
            entries.append(entry)
    return tuple(entries)


def a_slot(random: Random, *, now: datetime) -> str:
    """Draw a slot of the coming weeks that may exist; some are drawn often."""
    week = Week.of(now.astimezone(NEW_YORK).date())
    if random.random() < 0.4:
        ahead, (day, at) = random.choice((1, 1, 2)), random.choice(STARTS[:6])
    else:
        ahead = random.randrange(HORIZON + 2)
        day, at = random.choice(STARTS + OTHER_STARTS)
    return slot_on(week + ahead, day, at)


def slot_on(week: Week, day: str, at: time) -> str:
    """Return the id of the slot that starts then in New York."""
    start = instant_of(week.day(day), at, NEW_YORK)
    if start is None:
        raise ValueError("the clock skips it")
    return slot_id_of(start)


def a_regular(random: Random, client_id: str, *, now: datetime) -> Regular:
    """Draw a regular for a client."""
    day, at = random.choice(STARTS)
    return Regular(
        regular_id="",
        client_id=client_id,
        weekday=day,
        start=at,
        every_weeks=random.choice((1, 2, 2, 4)),
        first=now.astimezone(NEW_YORK).date(),
    )


def _standing_regulars() -> tuple[Regular, ...]:
    """Return one every Monday morning, and two that alternate on Tuesday evenings."""
    monday, tuesday = _KEPT
    rhythms = (("p0", monday, 1, 0), ("p1", tuesday, 2, 0), ("p2", tuesday, 2, 1))
    return tuple(
        Regular(
            regular_id="",
            client_id=client_id,
            weekday=day,
            start=at,
            every_weeks=every,
            first=date(2026, 11, 1) + timedelta(weeks=later),
        )
        for client_id, (day, at), every, later in rhythms
    )
