"""Time off: taken, with or without cancelling the sessions in it, and given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from openhour.mail_sender import sends_mail
from openhour.rules.appointments import Appointment, Party, client_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.cancellation import Ending, as_cancelled
from openhour.rules.conflicts import Conflict
from openhour.rules.desired_calendar import Calendar
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, UnknownTimeOff
from openhour.rules.slots import Slot
from openhour.rules.time_off import Call, TimeOff, calls_about, time_off_id_of
from openhour.rules.weeks import start_of
from openhour.store.appointments import appointments_starting_between, get_appointments
from openhour.store.audit_log import audit_entry
from openhour.store.clients import get_clients
from openhour.store.practices import cached_practice
from openhour.store.slots import overlapping_slots
from openhour.store.time_off import (
    all_time_off,
    delete_time_off,
    find_time_off,
    insert_time_off,
)
from openhour.use_cases.names import clients_in_result, names_in_result
from openhour.use_cases.planning import (
    Intent,
    PlanResult,
    carry_out_plan,
    plan_or_preview,
    preview_plan,
    read_calendar,
)

_Holder = tuple[str, str]
"""A client's id, and the id of the appointment that they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffResult:
    """Time off, the appointments that were cancelled for it, and those that conflict with it.

    `call` are the clients whom a mail about it would not reach in time. `names` are the names of
    all clients concerned, by id.
    """

    time_off: TimeOff
    cancelled: tuple[Appointment, ...]
    conflicts: tuple[Conflict, ...]
    call: tuple[Call, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class _TakenBeforeError(Exception):
    """The same time off has been taken before."""

    def __init__(self, time_off: TimeOff) -> None:
        super().__init__("taken before")
        self.time_off = time_off


def list_time_off(therapist_id: str) -> tuple[TimeOff, ...]:
    """Return all time off, in order of its beginning."""
    return tuple(sorted(all_time_off(therapist_id), key=lambda time_off: time_off.begins))


def read_time_off(therapist_id: str, time_off_id: str) -> TimeOff:
    """Return one span of time off.

    Raises:
        UnknownTimeOff: There is no such time off.
        Busy: DynamoDB can't answer.
    """
    time_off = find_time_off(therapist_id, time_off_id)
    if time_off is None:
        raise UnknownTimeOff
    return time_off


def take_time_off(
    therapist_id: str, wanted: TimeOff, *, preview: bool, now: datetime
) -> TimeOffResult:
    """Block the slots in a span. With `cancel_booked` the therapist cancels every session in it.

    The id follows from what is asked for. So repeating it, also at the same time, returns the first
    outcome until the time off is given back.

    Raises:
        Invalid: The span has passed.
        Busy: No attempt succeeded.
    """
    taken = replace(wanted, time_off_id=time_off_id_of(wanted), made_at=now)
    sick_days = {taken.time_off_id} if taken.cancel_booked else set()
    entry = audit_entry(
        therapist_id,
        AuditAction.TAKE_TIME_OFF,
        now=now,
        target=taken.time_off_id,
        details=("cancel_booked",) if sick_days else (),
    )
    booked: set[_Holder] = set()

    def decide(practice: Practice) -> Intent:
        before = find_time_off(therapist_id, taken.time_off_id)
        if before is not None:
            raise _TakenBeforeError(before)
        if taken.ends <= now:
            raise Invalid.field("to", "This time has passed.")
        if sick_days and not preview:
            booked.update(_booked_in(therapist_id, taken))
        noted = replace(taken, sessions=frozenset(name for _, name in booked))
        return Intent(
            practice=replace(practice, sick_days=practice.sick_days | sick_days),
            writes=(insert_time_off(therapist_id, noted), entry),
            preview=lambda calendar: replace(calendar, time_off=(*calendar.time_off, taken)),
        )

    try:
        planned = plan_or_preview(therapist_id, decide, preview=preview, now=now)
    except _TakenBeforeError as repeated:
        return _first_outcome(therapist_id, repeated.time_off, preview=preview, now=now)
    cancelled_by_plan = _cancelled_by(planned, taken)
    if preview:
        appointments = get_appointments(therapist_id, cancelled_by_plan)
        cancelled = tuple(_as_cancelled_for(taken, each, now=now) for each in appointments)
    else:
        # The stream function may have been quicker, and cancelled some of the sessions.
        taken = replace(taken, sessions=frozenset(name for _, name in booked))
        cancelled = _cancelled_among(therapist_id, booked | cancelled_by_plan)
    return _with_calls(therapist_id, _result(taken, planned, cancelled))


def _first_outcome(
    therapist_id: str, taken: TimeOff, *, preview: bool, now: datetime
) -> TimeOffResult:
    """Return the outcome of time off that was taken before. Finish its plan if it was cut short."""
    planned = (
        preview_plan(read_calendar(therapist_id, now=now), now=now)
        if preview
        else carry_out_plan(therapist_id, now=now)
    )
    holders = {(client_id_in(name) or "", name) for name in taken.sessions}
    cancelled = _cancelled_among(therapist_id, holders)
    return _with_calls(therapist_id, _result(taken, planned, cancelled))


def _cancelled_among(therapist_id: str, holders: set[_Holder]) -> tuple[Appointment, ...]:
    """Return the appointments that the therapist cancelled."""
    return tuple(
        each
        for each in get_appointments(therapist_id, holders)
        if each.ended_by is Party.THERAPIST and not each.by_plan
    )


def _with_calls(therapist_id: str, result: TimeOffResult) -> TimeOffResult:
    """Add whom to call, as of the moment when the time off was taken, and the clients' names."""
    clients = get_clients(
        therapist_id, clients_in_result(conflicts=result.conflicts, cancelled=result.cancelled)
    )
    now = result.time_off.made_at
    are_mailed = sends_mail() and cached_practice(therapist_id).mails_clients(at=now)
    call = calls_about(result.cancelled, clients, are_mailed=are_mailed, now=now)
    names = {client_id: client.name for client_id, client in clients.items()}
    return replace(result, call=call, names=names)


def end_time_off(
    therapist_id: str, time_off_id: str, *, preview: bool, now: datetime
) -> TimeOffResult:
    """Give time off back: slots return to what they were, and waiting occurrences are placed.

    Sessions that were cancelled for it stay cancelled, and are returned.

    Raises:
        UnknownTimeOff: There is no such time off.
        Busy: No attempt succeeded.
    """
    ended = read_time_off(therapist_id, time_off_id)
    entry = audit_entry(therapist_id, AuditAction.END_TIME_OFF, now=now, target=time_off_id)

    def without(calendar: Calendar) -> Calendar:
        others = tuple(t for t in calendar.time_off if t.time_off_id != time_off_id)
        return replace(calendar, time_off=others)

    def decide(practice: Practice) -> Intent:
        read_time_off(therapist_id, time_off_id)
        return Intent(
            practice=practice,
            writes=(delete_time_off(therapist_id, time_off_id), entry),
            preview=without,
        )

    cancelled = _cancelled_for(therapist_id, ended)
    planned = plan_or_preview(therapist_id, decide, preview=preview, now=now)
    result = _result(ended, planned, cancelled)
    names = names_in_result(therapist_id, conflicts=result.conflicts, cancelled=cancelled)
    return replace(result, names=names)


def _cancelled_for(therapist_id: str, time_off: TimeOff) -> tuple[Appointment, ...]:
    """Return the appointments that were cancelled for the time off."""
    since = time_off.begins - timedelta(minutes=MAX_MINUTES)
    found = appointments_starting_between(therapist_id, since, time_off.ends)
    # The same time off may have been taken before, and given back.
    own = (each for each in found if each.time_off_id == time_off.time_off_id)
    return tuple(each for each in own if each.ended_at and each.ended_at >= time_off.made_at)


def _result(
    time_off: TimeOff, planned: PlanResult, cancelled: tuple[Appointment, ...] = ()
) -> TimeOffResult:
    slots = {slot.slot_id: slot for slot in planned.slots}

    def concerns_time_off(conflict: Conflict) -> bool:
        slot, start = slots.get(conflict.slot_id), start_of(conflict.slot_id)
        return time_off.covers(slot) if slot else time_off.begins <= start < time_off.ends

    return TimeOffResult(
        time_off=time_off,
        cancelled=cancelled,
        conflicts=tuple(filter(concerns_time_off, planned.conflicts)),
    )


def _as_cancelled_for(time_off: TimeOff, appointment: Appointment, *, now: datetime) -> Appointment:
    ending = Ending(late=False, strike=False)
    ended = as_cancelled(appointment, ending, by=Party.THERAPIST, now=now)
    return replace(
        ended,
        time_off_id=time_off.time_off_id,
        message=time_off.message,
        notify=time_off.notify,
    )


def _booked_in(therapist_id: str, time_off: TimeOff) -> set[_Holder]:
    slots = overlapping_slots(therapist_id, time_off.begins, time_off.ends)
    return {_holder(slot) for slot in slots if slot.booked}


def _cancelled_by(planned: PlanResult, time_off: TimeOff) -> set[_Holder]:
    """Return the holders whose sessions in the span the plan cancels."""
    ended = (change.ends for change in planned.changes if change.cancelled_by_therapist)
    return {_holder(slot) for slot in ended if slot and time_off.covers(slot)}


def _holder(slot: Slot) -> _Holder:
    return slot.client_id or "", slot.appointment_id or ""
