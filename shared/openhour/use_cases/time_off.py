"""Time off: taken, with or without cancelling who is booked, and given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from openhour.rules.appointments import Appointment, Party
from openhour.rules.audit_log import AuditAction
from openhour.rules.cancellation import Ending
from openhour.rules.cancellation import as_cancelled as end
from openhour.rules.conflicts import Conflict
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, UnknownTimeOff
from openhour.rules.slots import Slot
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import start_of
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import appointment_from_row, owner_of, time_off_from_row, time_off_row
from openhour.store.models import AppointmentRow, TimeOffRow
from openhour.store.queries import batch_get, get, query
from openhour.store.transactions import Delete, Put
from openhour.use_cases.planning import (
    Intent,
    PlanResult,
    commit_and_plan,
    preview_plan,
    read_calendar,
    read_slots,
)

_Held = tuple[str, str]
"""A client and the appointment that they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffResult:
    """Time off, the appointments that were cancelled for it, and those that stand in its way."""

    time_off: TimeOff
    cancelled: tuple[Appointment, ...]
    conflicts: tuple[Conflict, ...]


def list_time_off(therapist_id: str) -> tuple[TimeOff, ...]:
    """All time off, in the order of its beginnings."""
    every = map(time_off_from_row, query(TimeOffRow, therapist_id))
    return tuple(sorted(every, key=lambda time_off: time_off.begins))


def take_time_off(
    therapist_id: str, wish: TimeOff, *, preview: bool, now: datetime
) -> TimeOffResult:
    """Block the slots in the span; with `cancel_booked`, the therapist cancels everyone in it.
    Raises Invalid for a span that has passed, Busy."""
    if wish.ends <= now:
        raise Invalid.field("to", "This time has passed.")
    taken = replace(wish, time_off_id=f"t{uuid4().hex[:12]}", made_at=now)
    sick = {taken.time_off_id} if taken.cancel_booked else set()
    noted = audit_entry(
        therapist_id,
        AuditAction.TAKE_TIME_OFF,
        now=now,
        target=taken.time_off_id,
        details=("cancel_booked",) if sick else (),
    )

    booked: set[_Held] = set()

    def decide(practice: Practice) -> Intent:
        row = time_off_row(therapist_id, taken)
        if sick and not preview:
            booked.update(_booked_in(therapist_id, taken))
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
        planned = preview_plan(intended, now=now)
        ending = Ending(late=False, strike=False)
        cancelled = tuple(
            end(appointment, ending, by=Party.THERAPIST, now=now)
            for appointment in _appointments(therapist_id, _called_off(planned, taken))
        )
    else:
        planned = commit_and_plan(therapist_id, decide, now=now)
        # Whoever follows the stream may have been quicker, and cancelled some of them.
        ended = _appointments(therapist_id, booked | _called_off(planned, taken))
        cancelled = tuple(a for a in ended if a.ended_by is Party.THERAPIST and not a.by_plan)
    return _answer(taken, planned, cancelled)


def end_time_off(
    therapist_id: str, time_off_id: str, *, preview: bool, now: datetime
) -> TimeOffResult:
    """Give the time off back: its slots return to what they were, and waiting occurrences are
    placed. Who was cancelled stays so. Raises UnknownTimeOff, Busy."""
    row = get(TimeOffRow, therapist_id, time_off_id)
    if row is None:
        raise UnknownTimeOff
    ended = time_off_from_row(row)
    noted = audit_entry(therapist_id, AuditAction.END_TIME_OFF, now=now, target=time_off_id)

    def decide(practice: Practice) -> Intent:
        if get(TimeOffRow, therapist_id, time_off_id) is None:
            raise UnknownTimeOff
        there = TimeOffRow.time_off_id.exists()
        return Intent(
            practice=practice,
            writes=(Delete(row=TimeOffRow(therapist_id, time_off_id), when=there), noted),
        )

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        others = tuple(t for t in calendar.time_off if t.time_off_id != time_off_id)
        planned = preview_plan(replace(calendar, time_off=others), now=now)
    else:
        planned = commit_and_plan(therapist_id, decide, now=now)
    return _answer(ended, planned)


def _answer(
    time_off: TimeOff, planned: PlanResult, cancelled: tuple[Appointment, ...] = ()
) -> TimeOffResult:
    there = {slot.slot_id: slot for slot in planned.slots}

    def is_about(conflict: Conflict) -> bool:
        slot, start = there.get(conflict.slot_id), start_of(conflict.slot_id)
        return time_off.covers(slot) if slot else time_off.begins <= start < time_off.ends

    return TimeOffResult(
        time_off=time_off,
        cancelled=cancelled,
        conflicts=tuple(filter(is_about, planned.conflicts)),
    )


def _booked_in(therapist_id: str, time_off: TimeOff) -> set[_Held]:
    """Who is booked in the span."""
    slots = read_slots(therapist_id, time_off.begins, time_off.ends)
    return {_held(slot) for slot in slots if slot.booked}


def _called_off(planned: PlanResult, time_off: TimeOff) -> set[_Held]:
    """Whom the plan cancels in the span."""
    ended = (change.ends for change in planned.changes if change.cancelled_by_therapist)
    return {_held(slot) for slot in ended if slot and time_off.covers(slot)}


def _held(slot: Slot) -> _Held:
    return slot.client_id or "", slot.appointment_id or ""


def _appointments(therapist_id: str, held: set[_Held]) -> tuple[Appointment, ...]:
    """The appointments, in the order of time."""
    in_time = sorted(held, key=lambda each: each[1])
    rows = batch_get(
        [(AppointmentRow, owner_of(therapist_id, client_id), name) for client_id, name in in_time]
    )
    return tuple(appointment_from_row(row) for row in rows if row)
