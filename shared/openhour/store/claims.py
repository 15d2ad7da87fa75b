"""What booking and moving write: the slot taken, the session counted, the appointment made."""

from __future__ import annotations

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Privilege
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week
from openhour.store.prepared import Filled, Prepared, blank, blank_key
from openhour.store.tables import AppointmentRow, ClientRow, SlotRow
from openhour.store.transactions import Put
from openhour.store.values import appointment_row

_TAKE = (
    SlotRow.state.set(SlotState.BOOKED),
    SlotRow.client_id.set(blank(SlotRow.client_id)),
    SlotRow.appointment_id.set(blank(SlotRow.appointment_id)),
    SlotRow.revision.add(1),
)
_IS_OPEN: Condition = SlotRow.state == SlotState.OPEN
_IS_AS_READ: Condition = SlotRow.revision == blank(SlotRow.revision)
_IS_AS_EXPECTED: Condition = (SlotRow.week == blank(SlotRow.week)) & (
    SlotRow.minutes == blank(SlotRow.minutes)
)
_TAKE_EXPECTED = Prepared(model=SlotRow, actions=_TAKE, when=_IS_OPEN & _IS_AS_EXPECTED)
_TAKE_OPEN = Prepared(model=SlotRow, actions=_TAKE, when=_IS_OPEN & _IS_AS_READ)
_TAKE_ANY = Prepared(model=SlotRow, actions=_TAKE, when=_IS_AS_READ)

_SESSIONS = ClientRow.weeks[blank_key("week")]
_OWN = ClientRow.max_per_week
_LIMIT = blank(_OWN, "limit")
_COUNT = (
    _SESSIONS.set((_SESSIONS | 0) + 1),
    ClientRow.booked.add(1),
    ClientRow.revision.add(1),
)
_HAS_ROOM: Condition = (
    _SESSIONS.does_not_exist()
    | (_OWN.exists() & (_SESSIONS < _OWN))
    | (_OWN.does_not_exist() & (_SESSIONS < _LIMIT))
)
_IS_ACTIVE: Condition = ClientRow.privilege == Privilege.ACTIVE
_IS_STAYING: Condition = ClientRow.privilege != Privilege.ENDED
_COUNT_ALLOWED = Prepared(model=ClientRow, actions=_COUNT, when=_IS_ACTIVE & _HAS_ROOM)
_COUNT_STAYING = Prepared(model=ClientRow, actions=_COUNT, when=_IS_STAYING)


def take_expected(therapist_id: str, appointment: Appointment, slot: Slot) -> Filled:
    """Take the slot where it is open, and what the appointment says of it."""
    return _take(
        _TAKE_EXPECTED, therapist_id, appointment, week=str(slot.week), minutes=slot.minutes
    )


def take_open(therapist_id: str, appointment: Appointment, slot: Slot) -> Filled:
    """Take the slot where it is open, and as it was read."""
    return _take(_TAKE_OPEN, therapist_id, appointment, revision=slot.revision)


def take_any(therapist_id: str, appointment: Appointment, slot: Slot) -> Filled:
    """Take the slot where it is as it was read."""
    return _take(_TAKE_ANY, therapist_id, appointment, revision=slot.revision)


def count_allowed(practice: Practice, client_id: str, slot: Slot) -> Filled:
    """Count the slot among the sessions of its week, for an active client with room in it: by
    their own number, or the practice's."""
    week, limit = str(slot.week), practice.max_per_week
    return _COUNT_ALLOWED.fill(practice.therapist_id, client_id, week=week, limit=limit)


def count_any(practice: Practice, client_id: str, slot: Slot) -> Filled:
    """Count the slot among the sessions of its week, for a client who has not been discharged."""
    return _COUNT_STAYING.fill(practice.therapist_id, client_id, week=str(slot.week))


def put_appointment(therapist_id: str, appointment: Appointment, week: Week) -> Put:
    """Write a new appointment of `week`."""
    return Put(
        row=appointment_row(therapist_id, appointment, week),
        when=AppointmentRow.appointment_id.does_not_exist(),
    )


def _take(
    statement: Prepared, therapist_id: str, appointment: Appointment, **more: str | int
) -> Filled:
    return statement.fill(
        therapist_id,
        appointment.slot_id,
        client_id=appointment.client_id,
        appointment_id=appointment.appointment_id,
        **more,
    )
