"""The practice under torture: few slots, many who want them, and a neighbour who must not notice.

It begins on Monday 23 November 2026 at nine in New York. The clock stands still during a round and
then moves on by some hours, so that every operation of a round has the same now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from openhour.rules.hours import Entry
from openhour.rules.regulars import Regular
from openhour.rules.settings import Intake, OnStrikeLimit
from openhour.rules.weeks import Week, instant_of, slot_id_of
from openhour.store import practices
from openhour.use_cases import clients, regulars
from openhour.use_cases.hours import set_hours
from openhour.use_cases.therapists import open_practice
from tests.unit.builders import NEW_YORK, NOW, a_practice

THERAPIST, NEIGHBOUR = "t1", "t2"
STANDING = ("p0", "p1", "p2")
"""Clients with a regular that nobody changes."""
CLIENTS = (*STANDING, *(f"c{n}" for n in range(13)))
EAGER = ("c0", "c2", "c3", "p1")
"""Clients who do half of all that clients do."""
OFTEN = ("c0", "c1", "p0")
"""Clients with a number of sessions a week of their own."""
HORIZON = 2

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
STARTS = tuple((day, at) for day in _DAYS for at in (time(10), time(17, 30)))
"""The starts that the hours have most of the time."""
OTHER_STARTS = (("wednesday", time(10, 30)), ("thursday", time(18)), ("saturday", time(9)))
"""Starts that they have at times, two of them in the way of another."""
_KEPT = (("monday", time(10)), ("tuesday", time(17, 30)))
_PRIME = {("tuesday", time(17, 30)), ("wednesday", time(17, 30)), ("friday", time(17, 30))}


def clock(seed: str, number: int) -> datetime:
    """The instant at which the round of that number takes place, in UTC."""
    steps = Random(f"{seed}/clock")
    hours = sum(steps.choice((0.1, 2, 5, 9, 14, 26)) for _ in range(number))
    return NOW + timedelta(hours=hours)


def furnish() -> None:
    """Open both practices, with the same clients by name, and the standing regulars."""
    for therapist_id in (THERAPIST, NEIGHBOUR):
        practice = a_practice(
            therapist_id=therapist_id,
            hours=(),
            horizon_weeks=HORIZON,
            max_per_week=2,
            strike_limit=3,
            on_strike_limit=OnStrikeLimit.SUSPEND,
            late_move_is_strike=True,
            intake=Intake.CLOSED,
            intake_weeks=1,
        )
        open_practice(practice, now=NOW)
        for client_id in CLIENTS:
            add_client(therapist_id, client_id, now=NOW)
        set_hours(therapist_id, usual_hours(), if_match=None, preview=False, now=NOW)
    for wish in _standing():
        regulars.add_regular(THERAPIST, wish, preview=False, now=NOW)


def switch_on() -> None:
    """Have clients book again, whatever conflicts would keep the therapist from allowing it."""
    before = practices.read_practice(THERAPIST)
    if not before.self_scheduling:
        practices.write_practice(before, replace(before, self_scheduling=True), plans=False)


def add_client(therapist_id: str, client_id: str, *, now: datetime) -> None:
    """A client without a login, some with a weekly number of their own."""
    clients.add_client(
        therapist_id,
        name=client_id,
        email=None,
        phone=None,
        login=None,
        invite=False,
        now=now,
        client_id=client_id,
    )
    if client_id in OFTEN:
        clients.change_client(therapist_id, client_id, {"max_per_week": 3}, now=now)


def usual_hours() -> tuple[Entry, ...]:
    """The hours that the practice begins with."""
    return tuple(
        Entry(weekday=day, start=at, minutes=50, prime=(day, at) in _PRIME) for day, at in STARTS
    )


def other_hours(drawn: Random) -> tuple[Entry, ...]:
    """Hours with some entries dropped, added, longer, shorter, or prime."""
    entries: list[Entry] = []
    for day, at in STARTS:
        kept = (day, at) in _KEPT
        if kept or drawn.random() > 0.12:
            prime = ((day, at) in _PRIME) is not (drawn.random() < 0.1)
            minutes = drawn.choice((50, 50, 50, 60, 25))
            entries.append(Entry(weekday=day, start=at, minutes=minutes, prime=prime))
    for day, at in OTHER_STARTS:
        entry = Entry(weekday=day, start=at, minutes=50)
        free = all(
            e.weekday != day or e.ends <= entry.begins or entry.ends <= e.begins for e in entries
        )
        if free and drawn.random() < 0.5:
            entries.append(entry)
    return tuple(entries)


def a_slot(drawn: Random, *, now: datetime) -> str:
    """A slot that may be there: in this week or one of the next, some of them asked for often."""
    week = Week.of(now.astimezone(NEW_YORK).date())
    if drawn.random() < 0.4:
        ahead, (day, at) = drawn.choice((1, 1, 2)), drawn.choice(STARTS[:6])
    else:
        ahead = drawn.randrange(HORIZON + 2)
        day, at = drawn.choice(STARTS + OTHER_STARTS)
    return slot_on(week + ahead, day, at)


def slot_on(week: Week, day: str, at: time) -> str:
    """The id of the slot that starts then in New York."""
    start = instant_of(week.day(day), at, NEW_YORK)
    if start is None:
        raise ValueError("the clock skips it")
    return slot_id_of(start)


def a_wish(drawn: Random, client_id: str, *, now: datetime) -> Regular:
    """A regular of that client's, somewhere."""
    day, at = drawn.choice(STARTS)
    return Regular(
        regular_id="",
        client_id=client_id,
        weekday=day,
        start=at,
        every_weeks=drawn.choice((1, 2, 2, 4)),
        first=now.astimezone(NEW_YORK).date(),
    )


def _standing() -> tuple[Regular, ...]:
    """One every Monday morning, two who alternate on Tuesday evening."""
    monday, tuesday = _KEPT
    first = date(2026, 11, 1)
    return (
        Regular(regular_id="", client_id="p0", weekday=monday[0], start=monday[1], first=first),
        *(
            Regular(
                regular_id="",
                client_id=client_id,
                weekday=tuesday[0],
                start=tuesday[1],
                every_weeks=2,
                first=first + timedelta(weeks=n),
            )
            for n, client_id in enumerate(("p1", "p2"))
        ),
    )
