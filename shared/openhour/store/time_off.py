"""Time off: taken, with or without cancelling who is booked, and given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from openhour.rules.appointments import Appointment
from openhour.rules.conflicts import Conflict
from openhour.rules.planning import Change
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, UnknownTimeOff
from openhour.rules.slots import Slot
from openhour.rules.time_off import TimeOff
from openhour.rules.trail import Act
from openhour.rules.weeks import start_of
from openhour.store.planning import Intent, Planned, act, foresee, read_calendar
from openhour.store.reading import fetch, fetch_all, select
from openhour.store.tables import AppointmentRow, TimeOffRow
from openhour.store.trail import note
from openhour.store.transactions import Delete, Put
from openhour.store.values import appointment_in, owner_of, time_off_in, time_off_row


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffSet:
    """Time off, the appointments that were cancelled for it, and those that stand in its way."""

    time_off: TimeOff
    cancelled: tuple[Appointment, ...]
    conflicts: tuple[Conflict, ...]


def list_time_off(therapist_id: str) -> tuple[TimeOff, ...]:
    """All time off, in the order of its beginnings."""
    every = map(time_off_in, select(TimeOffRow, therapist_id))
    return tuple(sorted(every, key=lambda time_off: time_off.begins))


def take_time_off(therapist_id: str, wish: TimeOff, *, preview: bool, now: datetime) -> TimeOffSet:
    """Block the slots in the span; with `cancel_booked`, the therapist cancels everyone in it.
    Raises Invalid for a span that has passed, Busy."""
    if wish.ends <= now:
        raise Invalid.field("to", "This time has passed.")
    taken = replace(wish, time_off_id=f"t{uuid4().hex[:12]}", made_at=now)
    sick = {taken.time_off_id} if taken.cancel_booked else set()
    noted = note(
        therapist_id,
        Act.TAKE_TIME_OFF,
        now=now,
        thing=taken.time_off_id,
        details=("cancel_booked",) if sick else (),
    )

    def decide(practice: Practice) -> Intent:
        row = time_off_row(therapist_id, taken)
        return Intent(
            practice=replace(practice, sick_days=practice.sick_days | sick),
            writes=(Put(row=row, when=TimeOffRow.time_off_id.does_not_exist()), noted),
        )

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        intended = replace(
            calendar,
            practice=decide(calendar.practice).practice,
            time_off=(*calendar.time_off, taken),
        )
        planned = foresee(intended, now=now)
    else:
        planned = act(therapist_id, decide, now=now)
    return _answer(therapist_id, taken, planned)


def end_time_off(
    therapist_id: str, time_off_id: str, *, preview: bool, now: datetime
) -> TimeOffSet:
    """Give the time off back: its slots return to what they were, and waiting occurrences are
    placed. Who was cancelled stays so. Raises UnknownTimeOff, Busy."""
    row = fetch(TimeOffRow, therapist_id, time_off_id)
    if row is None:
        raise UnknownTimeOff
    ended = time_off_in(row)
    noted = note(therapist_id, Act.END_TIME_OFF, now=now, thing=time_off_id)

    def decide(practice: Practice) -> Intent:
        if fetch(TimeOffRow, therapist_id, time_off_id) is None:
            raise UnknownTimeOff
        there = TimeOffRow.time_off_id.exists()
        return Intent(
            practice=practice,
            writes=(Delete(row=TimeOffRow(therapist_id, time_off_id), when=there), noted),
        )

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        others = tuple(t for t in calendar.time_off if t.time_off_id != time_off_id)
        planned = foresee(replace(calendar, time_off=others), now=now)
    else:
        planned = act(therapist_id, decide, now=now)
    return _answer(therapist_id, ended, planned)


def _answer(therapist_id: str, time_off: TimeOff, planned: Planned) -> TimeOffSet:
    return TimeOffSet(
        time_off=time_off,
        cancelled=_cancelled(therapist_id, planned.changes),
        conflicts=tuple(
            conflict
            for conflict in planned.conflicts
            if time_off.begins <= start_of(conflict.slot_id) < time_off.ends
        ),
    )


def _cancelled(therapist_id: str, changes: tuple[Change, ...]) -> tuple[Appointment, ...]:
    ended: list[Slot] = [c.ends for c in changes if c.ends and c.called_off]
    owners = (owner_of(therapist_id, slot.client_id or "") for slot in ended)
    names = (slot.appointment_id or "" for slot in ended)
    rows = fetch_all([(AppointmentRow, *key) for key in zip(owners, names, strict=True)])
    return tuple(appointment_in(row) for row in rows if row)
