"""The therapist's calendar: read week by week, and set slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from openhour.rules.appointments import Appointment
from openhour.rules.audit_log import AuditAction
from openhour.rules.conflicts import Conflict
from openhour.rules.desired_calendar import is_set_by_hand
from openhour.rules.outcomes import Outcome, outcome_of
from openhour.rules.practice import Practice
from openhour.rules.refusals import (
    AlreadyStarted,
    Invalid,
    Obstacle,
    Overlap,
    SlotTaken,
    UnknownSlot,
)
from openhour.rules.slots import Slot, SlotState, first_revision
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import Week, local_start, slot_id_of
from openhour.store.appointments import appointments_starting_between, get_appointments
from openhour.store.audit_log import audit_entry
from openhour.store.clients import client_names
from openhour.store.practices import read_practice
from openhour.store.simultaneous_reads import at_once
from openhour.store.slots import (
    find_slot,
    insert_slot,
    overlapping_slots,
    replace_slot,
    slots_of_week,
)
from openhour.store.time_off import time_off_between
from openhour.store.transactions import Write, commit, retry_on_conflict
from openhour.use_cases.planning import (
    Intent,
    carry_out_plan,
    commit_and_plan,
    preview_plan,
    read_calendar,
)

_DAY = timedelta(days=1)
"""A slot keeps the week in which it was published, also when the zone has changed since."""
_SAME_NOTE = ""
"""Leaves a slot's note as it is. No note is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWeek:
    """One week of a practice, with the names of the clients who have or had a session in it.

    `outcomes` are those of the sessions that are over, and of those marked as missed, by slot id.
    `ended` are the appointments that ended in these slots, in order. `time_off` is that of the
    week, in order.
    """

    practice: Practice
    week: Week
    published: bool
    released: bool
    slots: tuple[Slot, ...]
    outcomes: Mapping[str, Outcome]
    ended: tuple[Appointment, ...]
    time_off: tuple[TimeOff, ...]
    names: Mapping[str, str]


def read_week(therapist_id: str, week: Week, *, now: datetime) -> CalendarWeek:
    """Return the slots of a week, past ones included.

    What is read depends on the week alone, but for the practice's time off, which one query goes
    through.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    practice = read_practice(therapist_id)
    through = practice.published_through
    slots, (found, time_off) = at_once(
        partial(slots_of_week, practice, week), partial(_ended_and_time_off, practice, week)
    )
    slot_ids = {slot.slot_id for slot in slots}
    ended = tuple(each for each in found if each.slot_id in slot_ids)
    outcomes, names = at_once(
        partial(_outcomes, therapist_id, slots, now=now),
        partial(names_in, therapist_id, slots, [each.client_id for each in ended]),
    )
    return CalendarWeek(
        practice=practice,
        week=week,
        published=bool(slots) or bool(through and practice.week_of(now) <= week <= through),
        released=practice.is_released(week),
        slots=slots,
        outcomes=outcomes,
        ended=ended,
        time_off=time_off,
        names=names,
    )


def _outcomes(therapist_id: str, slots: Iterable[Slot], *, now: datetime) -> Mapping[str, Outcome]:
    """Return the outcomes of sessions that are over or marked as missed, by slot id."""
    begun = {
        (slot.client_id or "", slot.appointment_id or "")
        for slot in slots
        if slot.booked and slot.start <= now
    }
    found = get_appointments(therapist_id, begun) if begun else ()
    outcomes = ((each.slot_id, outcome_of(each, now=now)) for each in found)
    return {slot_id: outcome for slot_id, outcome in outcomes if outcome}


def _ended_and_time_off(
    practice: Practice, week: Week
) -> tuple[tuple[Appointment, ...], tuple[TimeOff, ...]]:
    """Return the appointments that ended in a week, or a day before or after it, and time off."""
    therapist_id, (begins, ends) = practice.therapist_id, practice.span_of(week)
    found, time_off = at_once(
        partial(appointments_starting_between, therapist_id, begins - _DAY, ends + _DAY),
        partial(time_off_between, therapist_id, begins, ends),
    )
    return tuple(each for each in found if not each.live), time_off


def names_in(
    therapist_id: str, slots: Iterable[Slot], client_ids: Iterable[str] = ()
) -> Mapping[str, str]:
    """Return the names of the clients who have the slots, and of others, by client id."""
    having = (slot.client_id for slot in slots if slot.client_id)
    return client_names(therapist_id, (*having, *client_ids))


def list_conflicts(therapist_id: str, *, now: datetime) -> tuple[Conflict, ...]:
    """Return the conflicts that nobody has settled."""
    return preview_plan(read_calendar(therapist_id, now=now), now=now).conflicts


def open_extra(
    therapist_id: str,
    *,
    start: datetime,
    minutes: int,
    prime: bool,
    note: str | None = None,
    now: datetime,
) -> Slot:
    """Open a slot outside the hours, in a published week.

    It is blocked until the plan has decided whether it is open, held, in time off or a regular's.

    Raises:
        AlreadyStarted: The start has passed.
        Invalid: The week is not published.
        Overlap: Another slot takes part of that time.
        Busy: No attempt succeeded.
    """
    if start <= now:
        raise AlreadyStarted
    slot_id = slot_id_of(start)

    def extra_opening(practice: Practice) -> Slot:
        return Slot(
            slot_id=slot_id,
            week=practice.week_of(start),
            minutes=minutes,
            state=SlotState.BLOCKED,
            returns_to=SlotState.BLOCKED,
            prime=prime,
            extra=True,
            note=note,
            local_start=local_start(start, practice.zone),
            revision=first_revision(practice.plan),
        )

    def decide(practice: Practice) -> Intent:
        if practice.timezone is None or practice.week_of(start) > practice.publishes_through(now):
            raise Invalid.field("start", "Choose a time in a published week.")
        extra = extra_opening(practice)
        # Once a week is planned, nobody adds a slot to it under the plan of this intent.
        if not practice.is_planned(extra.week):
            practice = carry_out_plan(therapist_id, now=now).calendar.practice
        overlapping = overlapping_slots(therapist_id, extra.start, extra.end)
        if overlapping:
            first = next((slot for slot in overlapping if slot.booked), overlapping[0])
            raise Overlap(obstacle=Obstacle.at(first))
        entry = audit_entry(therapist_id, AuditAction.OPEN_EXTRA, now=now, target=slot_id)
        return Intent(practice=practice, writes=(insert_slot(therapist_id, extra), entry))

    planned = commit_and_plan(therapist_id, decide, now=now)
    return planned.find_slot(slot_id) or extra_opening(planned.calendar.practice)


@retry_on_conflict(10)
def set_slot(
    therapist_id: str,
    slot_id: str,
    state: SlotState,
    *,
    note: str | None = _SAME_NOTE,
    now: datetime,
) -> Slot:
    """Set a free slot by hand, with a note for the therapist, by default the one that it has.

    A regular may wait for a blocked slot. Opening or holding one is therefore a planning act, after
    which the slot may be the regular's.

    Raises:
        UnknownSlot: There is no such slot.
        AlreadyStarted: It has started.
        SlotTaken: It is booked.
        Busy: No attempt succeeded.
    """
    before = _read_free_slot(therapist_id, slot_id, now=now)
    if before.state is SlotState.BLOCKED and state is not SlotState.BLOCKED:
        return _unblock(therapist_id, before, state, note=note, now=now)
    after = replace(_with_note(before, note), state=state, returns_to=state)
    commit(_set_manually(therapist_id, after, state, now=now))
    return _as_set_manually(after, state, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedSlot:
    """A slot that was returned to the plan. `removed` means that the calendar has none there."""

    slot: Slot
    removed: bool


def return_to_plan(therapist_id: str, slot_id: str, *, now: datetime) -> ReturnedSlot:
    """Undo what the therapist did by hand: remove an extra opening, or forget a manual state.

    The slot is blocked until the plan has decided what it is. A slot that is neither in the hours
    nor a regular's disappears. Repeating it on a slot of the hours changes nothing.

    Raises:
        UnknownSlot: There is no such slot.
        AlreadyStarted: It has started.
        SlotTaken: It is booked.
        Busy: No attempt succeeded.
    """
    before = _read_free_slot(therapist_id, slot_id, now=now)
    if not is_set_by_hand(before):
        return ReturnedSlot(slot=before, removed=False)

    def decide(practice: Practice) -> Intent:
        slot = _read_free_slot(therapist_id, slot_id, now=now)
        returned = replace(
            slot,
            extra=False,
            manual_state=None,
            manual_state_at=None,
            note=None,
            state=SlotState.BLOCKED,
            returns_to=SlotState.BLOCKED,
            waiting_since=None,
            revision=slot.revision + 1,
        )
        entry = audit_entry(therapist_id, AuditAction.RETURN_SLOT, now=now, target=slot_id)
        write = replace_slot(therapist_id, returned, revision=slot.revision)
        return Intent(practice=practice, writes=(write, entry))

    after = commit_and_plan(therapist_id, decide, now=now).find_slot(slot_id)
    return ReturnedSlot(slot=after or before, removed=after is None)


def read_slot(therapist_id: str, slot_id: str) -> Slot:
    """Return a slot.

    Raises:
        UnknownSlot: There is no such slot.
        Busy: DynamoDB can't answer.
    """
    slot = find_slot(therapist_id, slot_id)
    if slot is None:
        raise UnknownSlot
    return slot


def _with_note(slot: Slot, note: str | None) -> Slot:
    return slot if note == _SAME_NOTE else replace(slot, note=note)


def _unblock(
    therapist_id: str, before: Slot, state: SlotState, *, note: str | None, now: datetime
) -> Slot:
    """Record the manual state. The slot stays blocked until the plan has decided whose it is."""

    def decide(practice: Practice) -> Intent:
        slot = _with_note(_read_free_slot(therapist_id, before.slot_id, now=now), note)
        return Intent(practice=practice, writes=_set_manually(therapist_id, slot, state, now=now))

    planned = commit_and_plan(therapist_id, decide, now=now)
    # Another act, such as a change of the hours, may have removed the slot meanwhile.
    after = planned.find_slot(before.slot_id)
    return after or _as_set_manually(_with_note(before, note), state, now=now)


def _read_free_slot(therapist_id: str, slot_id: str, *, now: datetime) -> Slot:
    slot = find_slot(therapist_id, slot_id)
    if slot is None:
        raise UnknownSlot
    if slot.booked:
        raise SlotTaken(obstacle=Obstacle.at(slot))
    if slot.start <= now:
        raise AlreadyStarted
    return slot


def _set_manually(
    therapist_id: str, slot: Slot, state: SlotState, *, now: datetime
) -> tuple[Write, ...]:
    after = _as_set_manually(slot, state, now=now)
    entry = audit_entry(
        therapist_id, AuditAction.SET_SLOT, now=now, target=slot.slot_id, details=(state,)
    )
    return (replace_slot(therapist_id, after, revision=slot.revision), entry)


def _as_set_manually(slot: Slot, state: SlotState, *, now: datetime) -> Slot:
    return replace(
        slot,
        manual_state=state,
        manual_state_at=now,
        waiting_since=None,
        revision=slot.revision + 1,
    )
