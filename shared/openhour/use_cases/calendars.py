"""The therapist's calendar: read week by week, and set slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from openhour.rules.audit_log import AuditAction
from openhour.rules.conflicts import Conflict
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, Busy, Invalid, Overlap, SlotTaken, UnknownSlot
from openhour.rules.slots import Slot, SlotState, first_revision
from openhour.rules.weeks import Week, slot_id_of
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import slot_from_row, slot_row
from openhour.store.models import ClientRow, SlotRow
from openhour.store.practices import read_practice
from openhour.store.queries import batch_get, get, query
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Put, Write, commit
from openhour.use_cases.planning import (
    Intent,
    carry_out_plan,
    commit_and_plan,
    preview_plan,
    read_calendar,
    read_slots,
)

_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWeek:
    """One week of a practice, with the names of those who have a session in it."""

    practice: Practice
    week: Week
    published: bool
    released: bool
    slots: tuple[Slot, ...]
    names: Mapping[str, str]


def read_week(therapist_id: str, week: Week, *, now: datetime) -> CalendarWeek:
    """The slots of a week, past ones included. Raises UnknownTherapist, Busy."""
    practice = read_practice(therapist_id)
    through = practice.published_through
    slots = slots_of_week(practice, week)
    return CalendarWeek(
        practice=practice,
        week=week,
        published=bool(slots) or bool(through and practice.week_of(now) <= week <= through),
        released=practice.is_released(week),
        slots=slots,
        names=names_in(therapist_id, slots),
    )


def slots_of_week(practice: Practice, week: Week) -> tuple[Slot, ...]:
    """The rows of one week: those that begin between its midnights in the therapist's zone, and
    any that were published under another zone."""
    monday = datetime.combine(week.monday, time.min, tzinfo=practice.zone)
    after = datetime.combine((week + 1).monday, time.min, tzinfo=practice.zone)
    within = SlotRow.slot_id.between(
        slot_id_of(monday - timedelta(days=1)), slot_id_of(after + timedelta(days=1))
    )
    rows = query(SlotRow, practice.therapist_id, within, SlotRow.week == str(week))
    return tuple(map(slot_from_row, rows))


def names_in(therapist_id: str, slots: Iterable[Slot]) -> Mapping[str, str]:
    """The names of those who have the slots, by client id, one batch for every hundred."""
    client_ids = sorted({slot.client_id for slot in slots if slot.client_id})
    keys = [(ClientRow, therapist_id, client_id) for client_id in client_ids]
    return {row.client_id: row.name for row in batch_get(keys) if row}


def list_conflicts(therapist_id: str, *, now: datetime) -> tuple[Conflict, ...]:
    """What the plan wants and can't have, until it is settled."""
    return preview_plan(read_calendar(therapist_id, now=now), now=now).conflicts


def open_extra(
    therapist_id: str, *, start: datetime, minutes: int, prime: bool, now: datetime
) -> Slot:
    """Open a slot outside the hours, in a published week. It is blocked until the plan has settled
    whether it is open, held, in time off or a regular's. Raises AlreadyStarted, Invalid, Overlap,
    Busy."""
    if start <= now:
        raise AlreadyStarted
    slot_id = slot_id_of(start)

    def decide(practice: Practice) -> Intent:
        week = practice.week_of(start)
        if practice.timezone is None or week > practice.publishes_through(now):
            raise Invalid.field("start", "Choose a time in a published week.")
        extra = Slot(
            slot_id=slot_id,
            week=week,
            minutes=minutes,
            state=SlotState.BLOCKED,
            returns_to=SlotState.BLOCKED,
            prime=prime,
            extra=True,
            revision=first_revision(practice.plan),
        )
        if not practice.is_planned(week):
            practice = carry_out_plan(therapist_id, now=now).calendar.practice
        _refuse_overlap(therapist_id, extra)
        row = slot_row(therapist_id, extra)
        new = SlotRow.slot_id.does_not_exist()
        noted = audit_entry(therapist_id, AuditAction.OPEN_EXTRA, now=now, target=slot_id)
        return Intent(practice=practice, writes=(Put(row=row, when=new), noted))

    planned = commit_and_plan(therapist_id, decide, now=now)
    return next(slot for slot in planned.slots if slot.slot_id == slot_id)


def set_slot(therapist_id: str, slot_id: str, state: SlotState, *, now: datetime) -> Slot:
    """Set a free slot by hand. One that is blocked may be a regular's, whom time off keeps from
    it: to open or to hold it is a planning act, after which it is the regular's. Raises
    UnknownSlot, AlreadyStarted, SlotTaken, Busy."""
    for attempt in range(_ATTEMPTS):
        before = _read_free(therapist_id, slot_id, now=now)
        if before.state is SlotState.BLOCKED and state is not SlotState.BLOCKED:
            return _unblock(therapist_id, slot_id, state, now=now)
        after = replace(before, state=state, returns_to=state)
        try:
            commit(_set_by_hand(therapist_id, after, state, now=now))
        except ConditionFailed:
            back_off(attempt)
        else:
            return _marked(after, state, now=now)
    raise Busy


def _unblock(therapist_id: str, slot_id: str, state: SlotState, *, now: datetime) -> Slot:
    """Mark the slot as set by hand; it stays blocked until the plan has settled whose it is."""

    def decide(practice: Practice) -> Intent:
        before = _read_free(therapist_id, slot_id, now=now)
        return Intent(practice=practice, writes=_set_by_hand(therapist_id, before, state, now=now))

    planned = commit_and_plan(therapist_id, decide, now=now)
    return next(slot for slot in planned.slots if slot.slot_id == slot_id)


def _read_free(therapist_id: str, slot_id: str, *, now: datetime) -> Slot:
    row = get(SlotRow, therapist_id, slot_id)
    if row is None:
        raise UnknownSlot
    slot = slot_from_row(row)
    if slot.booked:
        raise SlotTaken
    if slot.start <= now:
        raise AlreadyStarted
    return slot


def _set_by_hand(
    therapist_id: str, slot: Slot, state: SlotState, *, now: datetime
) -> tuple[Write, ...]:
    row = slot_row(therapist_id, _marked(slot, state, now=now))
    noted = audit_entry(
        therapist_id, AuditAction.SET_SLOT, now=now, target=slot.slot_id, details=(state,)
    )
    return (Put(row=row, when=SlotRow.revision == slot.revision), noted)


def _marked(slot: Slot, state: SlotState, *, now: datetime) -> Slot:
    """The slot with the therapist's mark on it."""
    return replace(slot, manual_state=state, manual_state_at=now, revision=slot.revision + 1)


def _refuse_overlap(therapist_id: str, slot: Slot) -> None:
    """Once a week is planned, nobody writes a slot in it under the plan that the extra opening's
    own intent is conditional on."""
    if read_slots(therapist_id, slot.start, slot.end):
        raise Overlap
