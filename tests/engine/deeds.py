"""What clients, the therapist and the weekly run do under torture, drawn from the seed."""

from __future__ import annotations

import traceback
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from openhour.rules.appointments import Party
from openhour.rules.clients import Privilege
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import start_of
from openhour.use_cases import (
    appointments,
    bookings,
    calendars,
    cancellations,
    clients,
    moves,
    openings,
    outcomes,
    planning,
    regulars,
    releases,
    settings,
    time_off,
)
from openhour.use_cases.hours import set_hours
from tests.engine.calendar import (
    CLIENTS,
    EAGER,
    NEIGHBOUR,
    STANDING,
    THERAPIST,
    a_slot,
    a_wish,
    add_client,
    other_hours,
)
from tests.unit.builders import NEW_YORK

PLANNING = frozenset(
    {
        "extra",
        "hours",
        "regular",
        "change regular",
        "end regular",
        "time off",
        "fall ill",
        "end time off",
        "release",
        "follow",
        "discharge",
    }
)
"""What plans the calendar anew."""
SHARES = {
    "book": 46.0,
    "cancel": 14.0,
    "move": 22.0,
    "look": 2.0,
    "try another's": 1.5,
    "book next door": 2.0,
    "book for": 4.0,
    "cancel for": 2.0,
    "suspend": 1.5,
    "restore": 8.0,
    "limit": 0.5,
    "mark": 2.0,
    "set slot": 2.0,
    "extra": 0.3,
    "hours": 0.5,
    "regular": 0.4,
    "change regular": 0.3,
    "end regular": 0.4,
    "time off": 0.2,
    "fall ill": 0.1,
    "end time off": 0.4,
    "switch": 0.8,
    "release": 0.5,
    "follow": 0.5,
    "discharge": 0.15,
    "join": 0.4,
}
"""What is done how often, in hundredths or so."""
_BUSY = {
    kind: share * (6 if kind in PLANNING or kind in ("set slot", "book for", "cancel for") else 1)
    for kind, share in SHARES.items()
}
"""The same while the therapist is busy with the calendar."""
BY_CLIENT = frozenset({"book", "cancel", "move", "try another's", "book next door"})
"""What a client does with their own hands."""

_SPELL = 250
"""For so many operations the therapist is busy, and not so for twice as many."""
_STAYS = 1000
"""For so many operations a client comes along who joins and is discharged."""
_seen: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=6))
"""Appointments that clients of this process have heard of lately, ended ones included."""


@dataclass(frozen=True)
class Deed:
    """One operation: what is done, by or for whom, to which slot, at what instant."""

    number: int
    kind: str
    client_id: str
    slot_id: str
    drawn: Random
    now: datetime

    @property
    def therapist_id(self) -> str:
        """Whose calendar it is about."""
        return NEIGHBOUR if self.kind == "book next door" else THERAPIST


def draw(seed: str, number: int, *, now: datetime) -> Deed:
    """The operation of that number."""
    drawn = Random(f"{seed}/deed/{number}")
    shares = _BUSY if number // _SPELL % 3 == 2 else SHARES
    (kind,) = drawn.choices(list(shares), weights=list(shares.values()))
    passing = f"d{number // _STAYS}"
    client_id = drawn.choice(EAGER if drawn.random() < 0.5 else (*CLIENTS, passing))
    if kind in ("join", "discharge"):
        client_id = passing
    return Deed(number, kind, client_id, a_slot(drawn, now=now), drawn, now)


def do(deed: Deed, note: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Do it, and tell the answer as its client or therapist would have it. `note` is told of the
    appointment or the like that it is about before it is asked for."""
    try:
        return _DEEDS[deed.kind](deed, note)
    except Refusal as refusal:
        return {"refused": refusal.name}
    except _NothingToDo:
        return {"refused": "nothing-to-do"}
    except Exception:  # noqa: BLE001  # whatever else may come is for the checker to condemn
        return {"crashed": traceback.format_exc()}


Note = Callable[[dict[str, Any]], None]


def _book(deed: Deed, note: Note) -> dict[str, Any]:
    slot_id = _aim(deed, note)
    booked = bookings.book(deed.therapist_id, deed.client_id, slot_id, now=deed.now)
    return _booked(deed, booked)


def _book_for(deed: Deed, note: Note) -> dict[str, Any]:
    slot_id = _aim(deed, note)
    return _booked(deed, bookings.book_for_client(THERAPIST, deed.client_id, slot_id, now=deed.now))


def _aim(deed: Deed, note: Note) -> str:
    """The slot that the operation asks for: every other time one that has just been seen open."""
    if deed.drawn.random() < 0.5:
        return deed.slot_id
    with suppress(Refusal):
        found = openings.list_open(deed.therapist_id, since=None, until=None, now=deed.now)
        if found.slots:
            slot_id = deed.drawn.choice(found.slots).slot_id
            note({"slot": slot_id})
            return slot_id
    return deed.slot_id


def _booked(deed: Deed, booked: bookings.BookingResult) -> dict[str, Any]:
    made = booked.appointment
    if deed.therapist_id == THERAPIST:
        _seen[deed.client_id].append(made.appointment_id)
    return {"appointment": made.appointment_id, "new": booked.new, "minutes": made.minutes}


def _choose(deed: Deed, note: Note, client_id: str | None = None) -> str:
    """One of the client's appointments: usually one ahead, at times one that has ended."""
    client_id = client_id or deed.client_id
    ahead = appointments.upcoming(THERAPIST, client_id, now=deed.now)
    known = [a.appointment_id for a in ahead]
    if deed.drawn.random() < 0.1:
        known += _seen[client_id]
    if not known:
        raise _NothingToDo
    chosen = deed.drawn.choice(known)
    note({"about": chosen})
    return chosen


class _NothingToDo(Exception):
    """The client has no appointment to act on."""


def _cancel(deed: Deed, note: Note) -> dict[str, Any]:
    chosen = _choose(deed, note)
    _seen[deed.client_id].append(chosen)
    ended = cancellations.cancel_own(THERAPIST, deed.client_id, chosen, now=deed.now)
    return _ended(ended)


def _cancel_for(deed: Deed, note: Note) -> dict[str, Any]:
    chosen = _choose(deed, note)
    by = deed.drawn.choice((Party.CLIENT, Party.THERAPIST))
    return _ended(cancellations.cancel_for_client(THERAPIST, chosen, by=by, now=deed.now))


def _move(deed: Deed, note: Note) -> dict[str, Any]:
    chosen = _choose(deed, note)
    _seen[deed.client_id].append(chosen)
    slot_id = _aim(deed, note)
    ended = moves.move(THERAPIST, deed.client_id, chosen, slot_id, now=deed.now)
    _seen[deed.client_id].append(ended.appointment.appointment_id)
    return _ended(ended)


def _ended(ended: cancellations.CancellationResult) -> dict[str, Any]:
    appointment = ended.appointment
    return {
        "appointment": appointment.appointment_id,
        "status": appointment.status,
        "late": ended.late,
    }


def _try_another(deed: Deed, note: Note) -> dict[str, Any]:
    """Somebody cancels or moves what isn't theirs, or what is next door."""
    other = deed.drawn.choice([c for c in CLIENTS if c != deed.client_id])
    chosen = _choose(deed, note, other)
    if deed.drawn.random() < 0.5:
        cancellations.cancel_own(THERAPIST, deed.client_id, chosen, now=deed.now)
    else:
        cancellations.cancel_own(NEIGHBOUR, other, chosen, now=deed.now)
    return {}


def _look(deed: Deed, _: Note) -> dict[str, Any]:
    found = openings.list_open(THERAPIST, since=None, until=None, now=deed.now)
    return {"slots": [slot.slot_id for slot in found.slots]}


def _privilege(deed: Deed, _: Note) -> dict[str, Any]:
    privilege = Privilege.SUSPENDED if deed.kind == "suspend" else Privilege.ACTIVE
    clients.set_privilege(THERAPIST, deed.client_id, privilege, reason="", now=deed.now)
    return {}


def _limit(deed: Deed, _: Note) -> dict[str, Any]:
    most = deed.drawn.choice((None, 1, 3))
    clients.change_client(THERAPIST, deed.client_id, {"max_per_week": most}, now=deed.now)
    return {}


def _mark(deed: Deed, note: Note) -> dict[str, Any]:
    """Mark a session that has begun, or waive a strike."""
    page = appointments.history(THERAPIST, deed.client_id, cursor=None).appointments
    known = [a for a in page if a.strike or (a.live and a.start <= deed.now)]
    if not known:
        raise _NothingToDo
    chosen = deed.drawn.choice(known)
    note({"about": chosen.appointment_id})
    begun = deed.drawn.choice((Outcome.NO_SHOW, Outcome.KEPT))
    outcome = Outcome.WAIVED if chosen.strike and deed.drawn.random() < 0.7 else begun
    outcomes.mark_outcome(THERAPIST, chosen.appointment_id, outcome, now=deed.now)
    return {}


def _set_slot(deed: Deed, _: Note) -> dict[str, Any]:
    state = deed.drawn.choice((SlotState.OPEN, SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED))
    calendars.set_slot(THERAPIST, deed.slot_id, state, now=deed.now)
    return {}


def _extra(deed: Deed, _: Note) -> dict[str, Any]:
    start = start_of(deed.slot_id) + timedelta(minutes=deed.drawn.choice((0, 30, 60, 120)))
    calendars.open_extra(
        THERAPIST, start=start, minutes=50, prime=deed.drawn.random() < 0.3, now=deed.now
    )
    return {}


def _hours(deed: Deed, _: Note) -> dict[str, Any]:
    entries = other_hours(deed.drawn)
    set_hours(THERAPIST, entries, if_match=None, preview=False, now=deed.now)
    return {}


def _regular(deed: Deed, _: Note) -> dict[str, Any]:
    wish = a_wish(deed.drawn, deed.client_id, now=deed.now)
    regulars.add_regular(THERAPIST, wish, preview=False, now=deed.now)
    return {}


def _changing(deed: Deed) -> str:
    """A regular that may be changed."""
    known = regulars.list_regulars(THERAPIST)
    free = sorted(r.regular_id for r in known if r.client_id not in STANDING)
    if not free:
        raise _NothingToDo
    return deed.drawn.choice(free)


def _change_regular(deed: Deed, _: Note) -> dict[str, Any]:
    regular_id = _changing(deed)
    known = {r.regular_id: r for r in regulars.list_regulars(THERAPIST)}
    if regular_id not in known:
        raise _NothingToDo
    wish = a_wish(deed.drawn, known[regular_id].client_id, now=deed.now)
    changed = {**{n: getattr(wish, n) for n in wish.__slots__}, "regular_id": regular_id}
    regulars.change_regular(THERAPIST, type(wish)(**changed), preview=False, now=deed.now)
    return {}


def _end_regular(deed: Deed, _: Note) -> dict[str, Any]:
    regulars.end_regular(THERAPIST, _changing(deed), preview=False, now=deed.now)
    return {}


def _time_off(deed: Deed, _: Note) -> dict[str, Any]:
    begins = start_of(deed.slot_id)
    wish = TimeOff(
        time_off_id="",
        begins=begins,
        ends=begins + timedelta(hours=deed.drawn.choice((1, 9, 30))),
        made_at=deed.now,
        cancel_booked=deed.kind == "fall ill",
    )
    time_off.take_time_off(THERAPIST, wish, preview=False, now=deed.now)
    return {}


def _end_time_off(deed: Deed, _: Note) -> dict[str, Any]:
    known = time_off.list_time_off(THERAPIST)
    if not known:
        raise _NothingToDo
    chosen = deed.drawn.choice(known).time_off_id
    time_off.end_time_off(THERAPIST, chosen, preview=False, now=deed.now)
    return {}


def _switch(deed: Deed, _: Note) -> dict[str, Any]:
    enabled = deed.drawn.random() < 0.9
    settings.switch(THERAPIST, enabled=enabled, regulars_entered=True, now=deed.now)
    return {}


def _release(deed: Deed, _: Note) -> dict[str, Any]:
    """The weekly run of last Friday, late or again; at times the therapist releases early."""
    if deed.drawn.random() < 0.1:
        releases.release_early(THERAPIST, now=deed.now)
        return {}
    local = deed.now.astimezone(NEW_YORK)
    friday = local - timedelta(days=(local.weekday() - 4) % 7)
    at = friday.replace(hour=18, minute=0, second=0, microsecond=0)
    scheduled = at if at <= local else at - timedelta(days=7)
    releases.release_week(THERAPIST, scheduled_at=scheduled, now=deed.now)
    return {}


def _follow(deed: Deed, _: Note) -> dict[str, Any]:
    planning.carry_out_plan(THERAPIST, now=deed.now)
    return {}


def _discharge(deed: Deed, _: Note) -> dict[str, Any]:
    clients.discharge(THERAPIST, deed.client_id, now=deed.now)
    return {}


def _join(deed: Deed, _: Note) -> dict[str, Any]:
    """Somebody joins, or joins again."""
    add_client(THERAPIST, deed.client_id, now=deed.now)
    return {}


_DEEDS: dict[str, Callable[[Deed, Note], dict[str, Any]]] = {
    "book": _book,
    "cancel": _cancel,
    "move": _move,
    "look": _look,
    "try another's": _try_another,
    "book next door": _book,
    "book for": _book_for,
    "cancel for": _cancel_for,
    "suspend": _privilege,
    "restore": _privilege,
    "limit": _limit,
    "mark": _mark,
    "set slot": _set_slot,
    "extra": _extra,
    "hours": _hours,
    "regular": _regular,
    "change regular": _change_regular,
    "end regular": _end_regular,
    "time off": _time_off,
    "fall ill": _time_off,
    "end time off": _end_time_off,
    "switch": _switch,
    "release": _release,
    "follow": _follow,
    "discharge": _discharge,
    "join": _join,
}
