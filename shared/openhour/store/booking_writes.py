"""The writes of booking: occupy the slot, count the session, insert the appointment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment
from openhour.rules.booking import CONDITION_HELD, ConditionHeld
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot, SlotState
from openhour.store.mapping import client_from_row, format_local_start, slot_from_row
from openhour.store.models import ClientRow, SlotRow
from openhour.store.statements import BoundUpdate, PreparedUpdate, key_placeholder, placeholder
from openhour.store.transactions import ConditionFailed

_OCCUPY = (
    SlotRow.state.set(SlotState.BOOKED),
    SlotRow.client_id.set(placeholder(SlotRow.client_id)),
    SlotRow.appointment_id.set(placeholder(SlotRow.appointment_id)),
    SlotRow.local_start.set(placeholder(SlotRow.local_start)),
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
_OCCUPY_ANY = PreparedUpdate(
    model=SlotRow,
    actions=(*_OCCUPY, SlotRow.confirmed_at.set(placeholder(SlotRow.confirmed_at))),
    when=_IS_AS_READ,
)

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
_IS_NOT_NEW: Condition = ClientRow.new.does_not_exist()
_UNCHANGED: Condition = ClientRow.revision == placeholder(ClientRow.revision)
_NOT_DISCHARGED: Condition = ClientRow.privilege != Privilege.ENDED
_COUNT_WITHIN_LIMIT = PreparedUpdate(
    model=ClientRow, actions=_COUNT, when=_IS_ACTIVE & _IS_NOT_NEW & _HAS_ROOM
)
_COUNT_OF_NEW = PreparedUpdate(model=ClientRow, actions=_COUNT, when=_IS_ACTIVE & _UNCHANGED)
_COUNT_AND_ADMIT = PreparedUpdate(
    model=ClientRow,
    # In rows of earlier versions `new` alone says that they registered.
    actions=(*_COUNT, ClientRow.new.remove(), ClientRow.registered_online.set(value=True)),
    when=_IS_ACTIVE & _UNCHANGED,
)
_COUNT_NOT_DISCHARGED = PreparedUpdate(model=ClientRow, actions=_COUNT, when=_NOT_DISCHARGED)


def occupy_slot_as_expected(therapist_id: str, appointment: Appointment, slot: Slot) -> BoundUpdate:
    """Book the slot if it is open and has the expected week and length."""
    return _occupy(
        _OCCUPY_AS_EXPECTED, therapist_id, appointment, week=str(slot.week), minutes=slot.minutes
    )


def occupy_slot_if_open(therapist_id: str, appointment: Appointment, slot: Slot) -> BoundUpdate:
    """Book the slot if it is open and as it was read."""
    return _occupy(_OCCUPY_IF_OPEN, therapist_id, appointment, revision=slot.revision)


def occupy_slot(
    therapist_id: str, appointment: Appointment, slot: Slot, *, now: datetime
) -> BoundUpdate:
    """Book the slot, for the therapist, if it is as it was read.

    The caller has checked that it is not booked. The booking stands in time off as well.
    """
    return _occupy(
        _OCCUPY_ANY,
        therapist_id,
        appointment,
        revision=slot.revision,
        confirmed_at=now,
    )


def count_session_within_limit(practice: Practice, client_id: str, slot: Slot) -> BoundUpdate:
    """Count a session in the slot's week for an active client below the weekly limit.

    The limit is the client's own or, if they have none, the practice's. A client who registered
    online must have kept a session before (see `count_session_of_new_client`).
    """
    week, limit = str(slot.week), practice.max_per_week
    return _COUNT_WITHIN_LIMIT.bind(practice.therapist_id, client_id, week=week, limit=limit)


def count_session_of_new_client(
    practice: Practice, client: Client, slot: Slot, *, kept: bool
) -> BoundUpdate:
    """Count a session in the slot's week for an active client, if the row is as it was read.

    The caller has read their appointments. If they have `kept` one, they are new no more.
    """
    statement = _COUNT_AND_ADMIT if kept else _COUNT_OF_NEW
    return statement.bind(
        practice.therapist_id, client.client_id, week=str(slot.week), revision=client.revision
    )


def count_session(practice: Practice, client_id: str, slot: Slot) -> BoundUpdate:
    """Count a session in the slot's week for a client who has not been discharged."""
    return _COUNT_NOT_DISCHARGED.bind(practice.therapist_id, client_id, week=str(slot.week))


def slot_failed_on(failed: ConditionFailed) -> Slot | ConditionHeld | None:
    """Return the slot if a booking failed on it, and CONDITION_HELD otherwise.

    None means that there is no such slot.
    """
    row = failed.old_rows.get(SlotRow, CONDITION_HELD)
    return slot_from_row(row) if isinstance(row, SlotRow) else row


def client_failed_on(failed: ConditionFailed) -> Client | ConditionHeld | None:
    """Return the client if a booking failed on them, and CONDITION_HELD otherwise.

    None means that there is no such client.
    """
    row = failed.old_rows.get(ClientRow, CONDITION_HELD)
    return client_from_row(row) if isinstance(row, ClientRow) else row


def _occupy(
    statement: PreparedUpdate, therapist_id: str, appointment: Appointment, **values: Any
) -> BoundUpdate:
    return statement.bind(
        therapist_id,
        appointment.slot_id,
        client_id=appointment.client_id,
        appointment_id=appointment.appointment_id,
        local_start=format_local_start(appointment.local_start),
        **values,
    )
