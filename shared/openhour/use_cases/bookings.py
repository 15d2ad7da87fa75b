"""Booking: one transaction, in which the slot, the client and the appointment agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import (
    CONDITION_HELD,
    ConditionHeld,
    require_bookable,
    require_bookable_by_therapist,
)
from openhour.rules.clients import Client
from openhour.rules.hours import find_entry
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownSlot
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, start_of
from openhour.store.audit_log import audit_entry
from openhour.store.booking_writes import (
    count_session,
    count_session_within_limit,
    occupy_slot,
    occupy_slot_as_expected,
    put_appointment,
)
from openhour.store.mapping import appointment_from_row, client_from_row, owner_of, slot_from_row
from openhour.store.models import AppointmentRow, ClientRow, SlotRow
from openhour.store.practices import cached_practice
from openhour.store.queries import batch_get, get_referenced
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, commit

_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingResult:
    """An appointment, and whether this call made it, or it was held already."""

    practice: Practice
    appointment: Appointment
    new: bool


def book(therapist_id: str, client_id: str, slot_id: str, *, now: datetime) -> BookingResult:
    """Book an open slot for a client who asks for it. Nothing is read before the transaction:
    what it expects of the slot comes from the cached settings, and why it was refused from the
    rows as they were. Only where it can't succeed, or the slot is none of the hours', are the
    rows read first. Raises what `require_bookable` raises, Busy."""
    practice = cached_practice(therapist_id)
    slot = _expect(practice, slot_id, now=now)
    there: Slot | ConditionHeld | None = CONDITION_HELD
    client: Client | ConditionHeld | None = CONDITION_HELD
    if slot is None:
        there, client = _look(therapist_id, slot_id, client_id)
    token = uuid4().hex[:12]
    for _ in range(_ATTEMPTS):
        if isinstance(there, Slot) and there.booked and there.client_id == client_id:
            return _held(practice, there, token)
        slot = there if isinstance(there, Slot) else slot
        week = slot.week if slot else practice.week_of(now)
        require_bookable(practice, client=client, slot=there, week=week, now=now)
        if slot is None:
            raise UnknownSlot
        appointment = _appointment(slot, client_id, token, now=now)
        try:
            commit(
                [
                    occupy_slot_as_expected(therapist_id, appointment, slot),
                    count_session_within_limit(practice, client_id, slot),
                    put_appointment(therapist_id, appointment, slot.week),
                ]
            )
        except ConditionFailed as refused:
            there = _found_slot(refused)
            client = _found_client(refused)
        else:
            return BookingResult(practice=practice, appointment=appointment, new=True)
    raise Busy


def book_for_client(
    therapist_id: str, client_id: str, slot_id: str, *, now: datetime
) -> BookingResult:
    """The therapist books a client into a slot that nobody has, free of the client's limits.
    Raises UnknownClient, UnknownSlot, AlreadyStarted, SlotTaken, Busy."""
    practice = cached_practice(therapist_id)
    token = uuid4().hex[:12]
    for attempt in range(_ATTEMPTS):
        there, client = _look(therapist_id, slot_id, client_id)
        if there and client and there.client_id == client_id:
            return _held(practice, there, token)
        _, slot = require_bookable_by_therapist(client, there, now=now)
        appointment = _appointment(slot, client_id, token, now=now)
        made = appointment.appointment_id
        try:
            commit(
                [
                    occupy_slot(therapist_id, appointment, slot),
                    count_session(practice, client_id, slot),
                    put_appointment(therapist_id, appointment, slot.week),
                    audit_entry(
                        therapist_id, AuditAction.BOOK, now=now, client_id=client_id, target=made
                    ),
                ]
            )
        except ConditionFailed:
            back_off(attempt)
        else:
            return BookingResult(practice=practice, appointment=appointment, new=True)
    raise Busy


def _expect(practice: Practice, slot_id: str, *, now: datetime) -> Slot | None:
    """The open slot that the hours would have there, if it can be booked at all."""
    start = start_of(slot_id)
    near = start - now < practice.booking_notice or start <= now
    local = start.astimezone(practice.zone)
    entry = find_entry(practice.hours, WEEKDAYS[local.weekday()], local.time())
    if entry is None or near or not practice.self_scheduling:
        return None
    return Slot(
        slot_id=slot_id,
        week=practice.week_of(start),
        minutes=entry.minutes,
        state=SlotState.OPEN,
        returns_to=SlotState.OPEN,
    )


def _look(therapist_id: str, slot_id: str, client_id: str) -> tuple[Slot | None, Client | None]:
    slot, client = batch_get(
        [(SlotRow, therapist_id, slot_id), (ClientRow, therapist_id, client_id)]
    )
    return slot_from_row(slot) if slot else None, client_from_row(client) if client else None


def _appointment(slot: Slot, client_id: str, token: str, *, now: datetime) -> Appointment:
    return Appointment(
        appointment_id=appointment_id_of(slot.slot_id, client_id, token),
        client_id=client_id,
        minutes=slot.minutes,
        made_at=now,
    )


def _held(practice: Practice, slot: Slot, token: str) -> BookingResult:
    """The appointment that holds the slot: new where it bears this call's token, since its
    answer was lost the first time."""
    owner, name = owner_of(practice.therapist_id, slot.client_id or ""), slot.appointment_id or ""
    appointment = appointment_from_row(get_referenced(AppointmentRow, owner, name))
    return BookingResult(practice=practice, appointment=appointment, new=name.endswith(token))


def _found_slot(refused: ConditionFailed) -> Slot | ConditionHeld | None:
    row = refused.old_rows.get(SlotRow, CONDITION_HELD)
    return slot_from_row(row) if isinstance(row, SlotRow) else row


def _found_client(refused: ConditionFailed) -> Client | ConditionHeld | None:
    row = refused.old_rows.get(ClientRow, CONDITION_HELD)
    return client_from_row(row) if isinstance(row, ClientRow) else row
