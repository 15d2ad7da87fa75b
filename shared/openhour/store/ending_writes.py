"""The writes of cancelling and moving: free the slot, end the appointment, update the client."""

from __future__ import annotations

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client, Privilege
from openhour.store.mapping import owner_of, record_columns
from openhour.store.models import AppointmentRow, ClientRow, SlotRow
from openhour.store.statements import BoundUpdate, PreparedUpdate, placeholder
from openhour.store.transactions import Write

_FREE = PreparedUpdate(
    model=SlotRow,
    actions=(
        SlotRow.state.set(SlotRow.returns_to),
        SlotRow.client_id.remove(),
        SlotRow.appointment_id.remove(),
        SlotRow.regular_id.remove(),
        SlotRow.confirmed_at.remove(),
        SlotRow.revision.add(1),
    ),
    when=SlotRow.appointment_id == placeholder(SlotRow.appointment_id),
)

_END = tuple(
    column.set(placeholder(column))
    for column in (
        AppointmentRow.status,
        AppointmentRow.ended_at,
        AppointmentRow.ended_by,
        AppointmentRow.late,
        AppointmentRow.strike,
    )
)
_OWN_ACT = AppointmentRow.notify.remove()
_BY_THERAPIST = tuple(
    column.set(placeholder(column)) for column in (AppointmentRow.told_at, AppointmentRow.notify)
)
_MOVE = AppointmentRow.moved_to.set(placeholder(AppointmentRow.moved_to))
_STANDS: Condition = AppointmentRow.status == placeholder(AppointmentRow.status, "before")
_CANCEL = PreparedUpdate(model=AppointmentRow, actions=(*_END, _OWN_ACT), when=_STANDS)
_MOVE_AWAY = PreparedUpdate(model=AppointmentRow, actions=(*_END, _OWN_ACT, _MOVE), when=_STANDS)
_CANCEL_FOR = PreparedUpdate(model=AppointmentRow, actions=(*_END, *_BY_THERAPIST), when=_STANDS)
_MOVE_FOR = PreparedUpdate(
    model=AppointmentRow, actions=(*_END, *_BY_THERAPIST, _MOVE), when=_STANDS
)
_RECORD = (
    *(
        column.set(placeholder(column))
        for column in (
            ClientRow.privilege,
            ClientRow.weeks,
            ClientRow.strikes,
            ClientRow.notices,
            ClientRow.cancelled,
            ClientRow.late_cancelled,
            ClientRow.moved,
            ClientRow.cancelled_by_therapist,
        )
    ),
    ClientRow.revision.add(1),
)
_UNCHANGED: Condition = ClientRow.revision == placeholder(ClientRow.revision)
_ACTIVE: Condition = ClientRow.privilege == Privilege.ACTIVE
_SUSPEND = ClientRow.suspended_by_strike.set(placeholder(ClientRow.suspended_by_strike))
_RECORD_ANY = PreparedUpdate(model=ClientRow, actions=_RECORD, when=_UNCHANGED)
_RECORD_ACTIVE = PreparedUpdate(model=ClientRow, actions=_RECORD, when=_UNCHANGED & _ACTIVE)
_SUSPEND_ANY = PreparedUpdate(model=ClientRow, actions=(*_RECORD, _SUSPEND), when=_UNCHANGED)
_SUSPEND_ACTIVE = PreparedUpdate(
    model=ClientRow, actions=(*_RECORD, _SUSPEND), when=_UNCHANGED & _ACTIVE
)


def free_slot(therapist_id: str, appointment: Appointment) -> BoundUpdate:
    """Set the slot's state to what it returns to. The database itself reads that value."""
    appointment_id = appointment.appointment_id
    return _FREE.bind(therapist_id, appointment.slot_id, appointment_id=appointment_id)


def end_appointment(therapist_id: str, before: Appointment, after: Appointment) -> BoundUpdate:
    """End a cancelled or moved appointment, if its status is as it was read.

    An act of the therapist has `told_at`.
    """
    moves = after.moved_to is not None
    own = _MOVE_AWAY if moves else _CANCEL
    for_client = _MOVE_FOR if moves else _CANCEL_FOR
    return (for_client if after.told_at else own).bind(
        owner_of(therapist_id, after.client_id),
        after.appointment_id,
        before=before.status,
        status=after.status,
        ended_at=after.ended_at,
        ended_by=after.ended_by,
        late=after.late,
        strike=after.strike,
        moved_to=after.moved_to,
        told_at=after.told_at,
        notify=after.notify,
    )


def update_client_after_ending(
    therapist_id: str, before: Client, after: Client, *, active: bool
) -> Write:
    """Write a client's counts, strikes and privilege after a session has ended.

    The row must be as it was read and, if `active` is true, the privilege must be active.
    """
    suspends = before.privilege is not after.privilege
    statement = _RECORD_ACTIVE if active else _RECORD_ANY
    if suspends:
        statement = _SUSPEND_ACTIVE if active else _SUSPEND_ANY
    return statement.bind(
        therapist_id,
        after.client_id,
        privilege=after.privilege,
        revision=before.revision,
        suspended_by_strike=after.suspended_by_strike,
        **record_columns(after),
    )
