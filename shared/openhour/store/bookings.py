"""Booking: one transaction, in which the slot, the client and the appointment agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.booking import FINE, Checked, refuse_booking, refuse_booking_by_therapist
from openhour.rules.clients import Client, Privilege
from openhour.rules.hours import find_entry
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownSlot
from openhour.rules.slots import Slot, SlotState
from openhour.rules.trail import Act
from openhour.rules.weeks import WEEKDAYS, Week, start_of
from openhour.store.faults import pause
from openhour.store.practices import settings
from openhour.store.reading import fetch_all, need
from openhour.store.tables import AppointmentRow, ClientRow, SlotRow
from openhour.store.trail import note
from openhour.store.transactions import Put, Refused, Update, commit
from openhour.store.values import appointment_in, appointment_row, client_in, owner_of, slot_in

_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment, and whether this call made it, or it was held already."""

    practice: Practice
    appointment: Appointment
    new: bool


def book(therapist_id: str, client_id: str, slot_id: str, *, now: datetime) -> Booked:
    """Book an open slot for a client who asks for it. Nothing is read before the transaction:
    what it expects of the slot comes from the cached settings, and why it was refused from the
    rows as they were. Only where it can't succeed, or the slot is none of the hours', are the
    rows read first. Raises what `refuse_booking` raises, Busy."""
    practice = settings(therapist_id)
    slot = _expect(practice, slot_id, now=now)
    there: Slot | Checked | None = FINE
    client: Client | Checked | None = FINE
    if slot is None:
        there, client = _look(therapist_id, slot_id, client_id)
    token = uuid4().hex[:12]
    for _ in range(_ATTEMPTS):
        if isinstance(there, Slot) and there.booked and there.client_id == client_id:
            return _held(practice, there, token)
        slot = there if isinstance(there, Slot) else slot
        week = slot.week if slot else practice.week_of(now)
        refuse_booking(practice, client=client, slot=there, week=week, now=now)
        if slot is None:
            raise UnknownSlot
        appointment = _appointment(slot, client_id, token, now=now)
        try:
            commit(
                [
                    take_slot(therapist_id, appointment, _is_open_as(slot)),
                    _count(therapist_id, slot, client_id, _may_book(practice, slot)),
                    put_appointment(therapist_id, appointment, slot.week),
                ]
            )
        except Refused as refused:
            there = _found_slot(refused)
            client = _found_client(refused)
        else:
            return Booked(practice=practice, appointment=appointment, new=True)
    raise Busy


def book_for_client(therapist_id: str, client_id: str, slot_id: str, *, now: datetime) -> Booked:
    """The therapist books a client into a slot that nobody has, free of the client's limits.
    Raises UnknownClient, UnknownSlot, AlreadyStarted, SlotTaken, Busy."""
    practice = settings(therapist_id)
    token = uuid4().hex[:12]
    for attempt in range(_ATTEMPTS):
        there, client = _look(therapist_id, slot_id, client_id)
        if there and client and there.client_id == client_id:
            return _held(practice, there, token)
        _, slot = refuse_booking_by_therapist(client, there, now=now)
        appointment = _appointment(slot, client_id, token, now=now)
        made = appointment.appointment_id
        staying = ClientRow.privilege != Privilege.ENDED
        try:
            commit(
                [
                    take_slot(therapist_id, appointment, SlotRow.revision == slot.revision),
                    _count(therapist_id, slot, client_id, staying),
                    put_appointment(therapist_id, appointment, slot.week),
                    note(therapist_id, Act.BOOK, now=now, client_id=client_id, thing=made),
                ]
            )
        except Refused:
            pause(attempt)
        else:
            return Booked(practice=practice, appointment=appointment, new=True)
    raise Busy


def take_slot(therapist_id: str, appointment: Appointment, when: Condition) -> Update:
    """Book the slot's row for the appointment."""
    return Update(
        row=SlotRow(therapist_id, appointment.slot_id),
        actions=[
            SlotRow.state.set(SlotState.BOOKED),
            SlotRow.client_id.set(appointment.client_id),
            SlotRow.appointment_id.set(appointment.appointment_id),
            SlotRow.revision.add(1),
        ],
        when=when,
    )


def _count(therapist_id: str, slot: Slot, client_id: str, when: Condition) -> Update:
    """Count the slot among the client's sessions of its week."""
    week = ClientRow.weeks[str(slot.week)]
    return Update(
        row=ClientRow(therapist_id, client_id),
        actions=[
            week.set((week | 0) + 1),
            ClientRow.booked.add(1),
            ClientRow.revision.add(1),
        ],
        when=when,
    )


def put_appointment(therapist_id: str, appointment: Appointment, week: Week) -> Put:
    """Write a new appointment of `week`."""
    return Put(
        row=appointment_row(therapist_id, appointment, week),
        when=AppointmentRow.appointment_id.does_not_exist(),
    )


def _is_open_as(slot: Slot) -> Condition:
    """Open, and what the appointment says of it."""
    is_open: Condition = SlotRow.state == SlotState.OPEN
    as_expected: Condition = (
        is_open & (SlotRow.week == str(slot.week)) & (SlotRow.minutes == slot.minutes)
    )
    return as_expected


def _may_book(practice: Practice, slot: Slot) -> Condition:
    """Active, and with room in the slot's week: by the client's own number, or the practice's."""
    sessions, own = ClientRow.weeks[str(slot.week)], ClientRow.max_per_week
    by_own = own.exists() & (sessions < own)
    by_practice = own.does_not_exist() & (sessions < practice.max_per_week)
    room = sessions.does_not_exist() | by_own | by_practice
    active: Condition = ClientRow.privilege == Privilege.ACTIVE
    may: Condition = active & room
    return may


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
    slot, client = fetch_all(
        [(SlotRow, therapist_id, slot_id), (ClientRow, therapist_id, client_id)]
    )
    return slot_in(slot) if slot else None, client_in(client) if client else None


def _appointment(slot: Slot, client_id: str, token: str, *, now: datetime) -> Appointment:
    return Appointment(
        appointment_id=appointment_id_of(slot.slot_id, client_id, token),
        client_id=client_id,
        minutes=slot.minutes,
        made_at=now,
    )


def _held(practice: Practice, slot: Slot, token: str) -> Booked:
    """The appointment that holds the slot: new where it bears this call's token, since its
    answer was lost the first time."""
    owner, name = owner_of(practice.therapist_id, slot.client_id or ""), slot.appointment_id or ""
    appointment = appointment_in(need(AppointmentRow, owner, name))
    return Booked(practice=practice, appointment=appointment, new=name.endswith(token))


def _found_slot(refused: Refused) -> Slot | Checked | None:
    row = refused.found.get(SlotRow, FINE)
    return slot_in(row) if isinstance(row, SlotRow) else row


def _found_client(refused: Refused) -> Client | Checked | None:
    row = refused.found.get(ClientRow, FINE)
    return client_in(row) if isinstance(row, ClientRow) else row
