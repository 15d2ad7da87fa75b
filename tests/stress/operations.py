"""The operations of the stress test by clients, the therapist and the schedule."""

from __future__ import annotations

import traceback
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from openhour.rules.appointments import Party
from openhour.rules.clients import Mail, Privilege
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.regulars import Regular
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import start_of
from openhour.use_cases import (
    appointments,
    asked_regulars,
    bookings,
    calendars,
    cancellations,
    clients,
    me,
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
from tests.stress.calendar import (
    CLIENTS,
    EAGER,
    NEIGHBOUR,
    THERAPIST,
    WITH_REGULARS,
    a_regular,
    a_slot,
    add_client,
    other_hours,
)
from tests.unit.builders import NEW_YORK

BY_CLIENT = frozenset(
    {"book", "cancel", "move", "ask", "withdraw", "choose", "try another's", "book next door"}
)
"""Operations of clients."""

Response = dict[str, Any]
Record = Callable[[dict[str, Any]], None]

_SPELL = 250
"""Operations of a busy period; a quiet period lasts twice as long."""
_STAYS = 1000
"""Operations for which a temporary client stays."""
_recent: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=6))
"""Recent appointments of this process's clients, ended ones included."""


@dataclass(frozen=True)
class Operation:
    """One operation: its kind, its client, its slot and its instant."""

    number: int
    kind: str
    client_id: str
    slot_id: str
    random: Random
    now: datetime

    @property
    def therapist_id(self) -> str:
        """Whose calendar it concerns."""
        return NEIGHBOUR if self.kind == "book next door" else THERAPIST


def draw(seed: str, number: int, *, now: datetime) -> Operation:
    """Draw the operation of that number."""
    random = Random(f"{seed}/operation/{number}")
    is_busy = number // _SPELL % 3 == 2
    shares = [share * (factor if is_busy else 1) for _, share, factor in _KINDS.values()]
    (kind,) = random.choices(list(_KINDS), weights=shares)
    temporary_client = f"d{number // _STAYS}"
    client_id = random.choice(EAGER if random.random() < 0.5 else (*CLIENTS, temporary_client))
    if kind in ("join", "discharge"):
        client_id = temporary_client
    return Operation(number, kind, client_id, a_slot(random, now=now), random, now)


def perform(operation: Operation, record: Record) -> Response:
    """Perform an operation and return its response; `record` gets its target beforehand."""
    try:
        return _KINDS[operation.kind][0](operation, record) or {}
    except Refusal as refusal:
        return {"refused": refusal.name}
    except _NoTarget:
        return {"refused": "nothing-to-do"}
    except Exception:  # noqa: BLE001  # the checker reports every crash
        return {"crashed": traceback.format_exc()}


def _book(operation: Operation, record: Record) -> Response:
    slot_id = _aim(operation, record)
    booked = bookings.book(operation.therapist_id, operation.client_id, slot_id, now=operation.now)
    return _booked(operation, booked)


def _book_for(operation: Operation, record: Record) -> Response:
    slot_id = _aim(operation, record)
    client_id, now = operation.client_id, operation.now
    return _booked(operation, bookings.book_for_client(THERAPIST, client_id, slot_id, now=now))


def _aim(operation: Operation, record: Record) -> str:
    """Return the operation's slot, or half of the time one that is listed as open."""
    if operation.random.random() < 0.5:
        return operation.slot_id
    with suppress(Refusal):
        result = openings.list_open(
            operation.therapist_id, since=None, until=None, now=operation.now
        )
        if result.slots:
            slot_id = operation.random.choice(result.slots).slot_id
            record({"slot": slot_id})
            return slot_id
    return operation.slot_id


def _booked(operation: Operation, booked: bookings.BookingResult) -> Response:
    made = booked.appointment
    if operation.therapist_id == THERAPIST:
        _recent[operation.client_id].append(made.appointment_id)
    return {"appointment": made.appointment_id, "new": booked.new, "minutes": made.minutes}


def _choose(operation: Operation, record: Record, client_id: str | None = None) -> str:
    """Choose one of the client's appointments, usually a future one."""
    client_id = client_id or operation.client_id
    ahead = appointments.upcoming(THERAPIST, client_id, now=operation.now)
    candidates = [a.appointment_id for a in ahead]
    if operation.random.random() < 0.1:
        candidates += _recent[client_id]
    if not candidates:
        raise _NoTarget
    choice = operation.random.choice(candidates)
    record({"about": choice})
    return choice


class _NoTarget(Exception):
    """Nothing exists that the operation could act on."""


def _cancel(operation: Operation, record: Record) -> Response:
    choice = _choose(operation, record)
    _recent[operation.client_id].append(choice)
    ended = cancellations.cancel_own(THERAPIST, operation.client_id, choice, now=operation.now)
    return _ended(ended)


def _cancel_for(operation: Operation, record: Record) -> Response:
    choice = _choose(operation, record)
    by = operation.random.choice((Party.CLIENT, Party.THERAPIST))
    return _ended(cancellations.cancel_for_client(THERAPIST, choice, by=by, now=operation.now))


def _move(operation: Operation, record: Record) -> Response:
    choice = _choose(operation, record)
    _recent[operation.client_id].append(choice)
    slot_id = _aim(operation, record)
    ended = moves.move(THERAPIST, operation.client_id, choice, slot_id, now=operation.now)
    _recent[operation.client_id].append(ended.appointment.appointment_id)
    return _ended(ended)


def _move_for(operation: Operation, record: Record) -> Response:
    choice = _choose(operation, record)
    slot_id = _aim(operation, record)
    by = operation.random.choice((Party.CLIENT, Party.THERAPIST))
    moved = moves.move_for_client(THERAPIST, choice, slot_id, by=by, now=operation.now)
    return _ended(moved)


def _ended(ended: cancellations.CancellationResult) -> Response:
    appointment = ended.appointment
    return {
        "appointment": appointment.appointment_id,
        "status": appointment.status,
        "late": ended.late,
    }


def _try_another(operation: Operation, record: Record) -> None:
    """Try to cancel another client's appointment, or one of the neighbour's."""
    other = operation.random.choice([c for c in CLIENTS if c != operation.client_id])
    choice = _choose(operation, record, other)
    if operation.random.random() < 0.5:
        cancellations.cancel_own(THERAPIST, operation.client_id, choice, now=operation.now)
    else:
        cancellations.cancel_own(NEIGHBOUR, other, choice, now=operation.now)


def _look(operation: Operation, _: Record) -> Response:
    result = openings.list_open(THERAPIST, since=None, until=None, now=operation.now)
    return {"slots": [slot.slot_id for slot in result.slots]}


def _privilege(operation: Operation, _: Record) -> None:
    privilege = Privilege.SUSPENDED if operation.kind == "suspend" else Privilege.ACTIVE
    clients.set_privilege(THERAPIST, operation.client_id, privilege, reason="", now=operation.now)


def _ask(operation: Operation, record: Record) -> Response:
    choice = _choose(operation, record)
    every_weeks = operation.random.randint(1, 4)
    result = asked_regulars.ask(
        THERAPIST, operation.client_id, choice, every_weeks=every_weeks, now=operation.now
    )
    return {"asked": result.asked.appointment_id if result.asked else None}


def _withdraw(operation: Operation, _: Record) -> None:
    asked_regulars.withdraw(THERAPIST, operation.client_id)


def _decline(operation: Operation, _: Record) -> None:
    asked_regulars.decline(THERAPIST, operation.client_id, now=operation.now)


def _choose_mail(operation: Operation, _: Record) -> None:
    changes = {"mail": operation.random.choice(tuple(Mail))}
    me.change_preferences(THERAPIST, operation.client_id, changes)


def _limit(operation: Operation, _: Record) -> None:
    most = operation.random.choice((None, 1, 3))
    clients.change_client(THERAPIST, operation.client_id, {"max_per_week": most}, now=operation.now)


def _mark(operation: Operation, record: Record) -> None:
    """Mark a session that has started, or waive a strike."""
    page = appointments.history(THERAPIST, operation.client_id, cursor=None).appointments
    candidates = [a for a in page if a.strike or (a.live and a.start <= operation.now)]
    if not candidates:
        raise _NoTarget
    choice = operation.random.choice(candidates)
    record({"about": choice.appointment_id})
    started = operation.random.choice((Outcome.NO_SHOW, Outcome.KEPT))
    outcome = Outcome.WAIVED if choice.strike and operation.random.random() < 0.7 else started
    outcomes.mark_outcome(THERAPIST, choice.appointment_id, outcome, now=operation.now)


def _set_slot(operation: Operation, _: Record) -> None:
    state = operation.random.choice(
        (SlotState.OPEN, SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED)
    )
    calendars.set_slot(THERAPIST, operation.slot_id, state, now=operation.now)


def _return_slot(operation: Operation, _: Record) -> None:
    calendars.return_to_plan(THERAPIST, operation.slot_id, now=operation.now)


def _extra(operation: Operation, _: Record) -> None:
    start = start_of(operation.slot_id) + timedelta(
        minutes=operation.random.choice((0, 30, 60, 120))
    )
    calendars.open_extra(
        THERAPIST, start=start, minutes=50, prime=operation.random.random() < 0.3, now=operation.now
    )


def _hours(operation: Operation, _: Record) -> None:
    entries = other_hours(operation.random)
    set_hours(THERAPIST, entries, if_match=None, preview=False, now=operation.now)


def _regular(operation: Operation, _: Record) -> None:
    wish = a_regular(operation.random, operation.client_id, now=operation.now)
    regulars.add_regular(THERAPIST, wish, preview=False, now=operation.now)


def _changing(operation: Operation) -> Regular:
    """Choose a regular that may be changed."""
    every = sorted(
        regulars.list_regulars(THERAPIST, now=operation.now), key=lambda each: each.regular_id
    )
    free = [each for each in every if each.client_id not in WITH_REGULARS]
    if not free:
        raise _NoTarget
    return operation.random.choice(free)


def _change_regular(operation: Operation, _: Record) -> None:
    old = _changing(operation)
    wish = a_regular(operation.random, old.client_id, now=operation.now)
    changed = replace(wish, regular_id=old.regular_id)
    regulars.change_regular(THERAPIST, changed, preview=False, now=operation.now)


def _end_regular(operation: Operation, _: Record) -> None:
    regular_id = _changing(operation).regular_id
    regulars.end_regular(THERAPIST, regular_id, preview=False, now=operation.now)


def _time_off(operation: Operation, _: Record) -> None:
    begins = start_of(operation.slot_id)
    wish = TimeOff(
        time_off_id="",
        begins=begins,
        ends=begins + timedelta(hours=operation.random.choice((1, 9, 30))),
        made_at=operation.now,
        cancel_booked=operation.kind == "fall ill",
    )
    time_off.take_time_off(THERAPIST, wish, preview=False, now=operation.now)


def _end_time_off(operation: Operation, _: Record) -> None:
    candidates = time_off.list_time_off(THERAPIST)
    if not candidates:
        raise _NoTarget
    choice = operation.random.choice(candidates).time_off_id
    time_off.end_time_off(THERAPIST, choice, preview=False, now=operation.now)


def _switch(operation: Operation, _: Record) -> None:
    enabled = operation.random.random() < 0.9
    settings.switch(THERAPIST, enabled=enabled, regulars_entered=True, now=operation.now)


def _release(operation: Operation, _: Record) -> None:
    """Run last Friday's release late or again; sometimes release early."""
    if operation.random.random() < 0.1:
        releases.release_early(THERAPIST, now=operation.now)
        return
    local = operation.now.astimezone(NEW_YORK)
    friday = local - timedelta(days=(local.weekday() - 4) % 7)
    at = friday.replace(hour=18, minute=0, second=0, microsecond=0)
    scheduled = at if at <= local else at - timedelta(days=7)
    releases.release_week(THERAPIST, scheduled_at=scheduled, now=operation.now)


def _follow(operation: Operation, _: Record) -> None:
    planning.carry_out_plan(THERAPIST, now=operation.now)


def _discharge(operation: Operation, _: Record) -> None:
    clients.discharge(THERAPIST, operation.client_id, now=operation.now)


def _join(operation: Operation, _: Record) -> None:
    """Add a client, possibly for a second time."""
    add_client(THERAPIST, operation.client_id, now=operation.now)


_KINDS: dict[str, tuple[Callable[[Operation, Record], Response | None], float, int]] = {
    "book": (_book, 46, 1),
    "cancel": (_cancel, 14, 1),
    "move": (_move, 22, 1),
    "look": (_look, 2, 1),
    "try another's": (_try_another, 1.5, 1),
    "book next door": (_book, 2, 1),
    "ask": (_ask, 3, 1),
    "withdraw": (_withdraw, 0.5, 1),
    "decline": (_decline, 1, 1),
    "choose": (_choose_mail, 0.5, 1),
    "book for": (_book_for, 4, 6),
    "cancel for": (_cancel_for, 2, 6),
    "move for": (_move_for, 2, 6),
    "suspend": (_privilege, 1.5, 1),
    "restore": (_privilege, 8, 1),
    "limit": (_limit, 0.5, 1),
    "mark": (_mark, 2, 1),
    "set slot": (_set_slot, 2, 6),
    "return slot": (_return_slot, 1, 6),
    "extra": (_extra, 0.3, 6),
    "hours": (_hours, 0.5, 6),
    "regular": (_regular, 0.4, 6),
    "change regular": (_change_regular, 0.3, 6),
    "end regular": (_end_regular, 0.4, 6),
    "time off": (_time_off, 0.2, 6),
    "fall ill": (_time_off, 0.1, 6),
    "end time off": (_end_time_off, 0.4, 6),
    "switch": (_switch, 0.8, 1),
    "release": (_release, 0.5, 6),
    "follow": (_follow, 0.5, 6),
    "discharge": (_discharge, 0.15, 6),
    "join": (_join, 0.4, 1),
}
"""Each kind's handler, its frequency in hundredths, and the factor while the therapist changes the
calendar."""
