"""What booking and moving write: the slot taken, the session counted, the appointment made."""

from __future__ import annotations

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Privilege
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week
from openhour.store.mapping import appointment_row
from openhour.store.models import AppointmentRow, ClientRow, SlotRow
from openhour.store.statements import BoundUpdate, PreparedUpdate, key_placeholder, placeholder
from openhour.store.transactions import Put

_OCCUPY = (
    SlotRow.state.set(SlotState.BOOKED),
    SlotRow.client_id.set(placeholder(SlotRow.client_id)),
    SlotRow.appointment_id.set(placeholder(SlotRow.appointment_id)),
    SlotRow.revision.add(1),
)
_IS_OPEN: Condition = SlotRow.state == SlotState.OPEN
_IS_AS_READ: Condition = SlotRow.revision == placeholder(SlotRow.revision)
_IS_AS_EXPECTED: Condition = (SlotRow.week == placeholder(SlotRow.week)) & (
    SlotRow.minutes == placeholder(SlotRow.minutes)
)
_OCCUPY_AS_EXPECTED = PreparedUpdate(
    model=SlotRow, actions=_OCCUPY, when=_IS_OPEN & _IS_AS_EXPECTED
)
_OCCUPY_IF_OPEN = PreparedUpdate(model=SlotRow, actions=_OCCUPY, when=_IS_OPEN & _IS_AS_READ)
_OCCUPY_ANY = PreparedUpdate(model=SlotRow, actions=_OCCUPY, when=_IS_AS_READ)

_SESSIONS = ClientRow.weeks[key_placeholder("week")]
_OWN_LIMIT = ClientRow.max_per_week
_PRACTICE_LIMIT = placeholder(_OWN_LIMIT, "limit")
_COUNT = (
    _SESSIONS.set((_SESSIONS | 0) + 1),
    ClientRow.booked.add(1),
    ClientRow.revision.add(1),
)
_HAS_ROOM: Condition = (
    _SESSIONS.does_not_exist()
    | (_OWN_LIMIT.exists() & (_SESSIONS < _OWN_LIMIT))
    | (_OWN_LIMIT.does_not_exist() & (_SESSIONS < _PRACTICE_LIMIT))
)
_IS_ACTIVE: Condition = ClientRow.privilege == Privilege.ACTIVE
_IS_STAYING: Condition = ClientRow.privilege != Privilege.ENDED
_COUNT_WITHIN_LIMIT = PreparedUpdate(model=ClientRow, actions=_COUNT, when=_IS_ACTIVE & _HAS_ROOM)
_COUNT_STAYING = PreparedUpdate(model=ClientRow, actions=_COUNT, when=_IS_STAYING)


def occupy_slot_as_expected(therapist_id: str, appointment: Appointment, slot: Slot) -> BoundUpdate:
    """Take the slot where it is open, and what the appointment says of it."""
    return _occupy(
        _OCCUPY_AS_EXPECTED, therapist_id, appointment, week=str(slot.week), minutes=slot.minutes
    )


def occupy_slot_if_open(therapist_id: str, appointment: Appointment, slot: Slot) -> BoundUpdate:
    """Take the slot where it is open, and as it was read."""
    return _occupy(_OCCUPY_IF_OPEN, therapist_id, appointment, revision=slot.revision)


def occupy_slot(therapist_id: str, appointment: Appointment, slot: Slot) -> BoundUpdate:
    """Take the slot where it is as it was read."""
    return _occupy(_OCCUPY_ANY, therapist_id, appointment, revision=slot.revision)


def count_session_within_limit(practice: Practice, client_id: str, slot: Slot) -> BoundUpdate:
    """Count the slot among the sessions of its week, for an active client with room in it: by
    their own number, or the practice's."""
    week, limit = str(slot.week), practice.max_per_week
    return _COUNT_WITHIN_LIMIT.bind(practice.therapist_id, client_id, week=week, limit=limit)


def count_session(practice: Practice, client_id: str, slot: Slot) -> BoundUpdate:
    """Count the slot among the sessions of its week, for a client who has not been discharged."""
    return _COUNT_STAYING.bind(practice.therapist_id, client_id, week=str(slot.week))


def put_appointment(therapist_id: str, appointment: Appointment, week: Week) -> Put:
    """Write a new appointment of `week`."""
    return Put(
        row=appointment_row(therapist_id, appointment, week),
        when=AppointmentRow.appointment_id.does_not_exist(),
    )


def _occupy(
    statement: PreparedUpdate, therapist_id: str, appointment: Appointment, **more: str | int
) -> BoundUpdate:
    return statement.bind(
        therapist_id,
        appointment.slot_id,
        client_id=appointment.client_id,
        appointment_id=appointment.appointment_id,
        **more,
    )
