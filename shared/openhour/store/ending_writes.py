"""What cancelling and moving write: the slot freed, the appointment ended, the client's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.store.mapping import client_row, owner_of, record_columns
from openhour.store.models import AppointmentRow, ClientRow, RegularRow, SlotRow
from openhour.store.statements import BoundUpdate, PreparedUpdate, placeholder
from openhour.store.transactions import Update, Write

_ENDED = ("status", "ended_at", "ended_by", "late", "strike", "waived", "moved_to")
_FREE = PreparedUpdate(
    model=SlotRow,
    actions=(
        SlotRow.state.set(SlotRow.returns_to),
        SlotRow.client_id.remove(),
        SlotRow.appointment_id.remove(),
        SlotRow.regular_id.remove(),
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
_MOVE = AppointmentRow.moved_to.set(placeholder(AppointmentRow.moved_to))
_STANDS: Condition = AppointmentRow.status == placeholder(AppointmentRow.status, "before")
_CANCEL = PreparedUpdate(model=AppointmentRow, actions=_END, when=_STANDS)
_MOVE_AWAY = PreparedUpdate(model=AppointmentRow, actions=(*_END, _MOVE), when=_STANDS)
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
_RECORD_ANY = PreparedUpdate(model=ClientRow, actions=_RECORD, when=_UNCHANGED)
_RECORD_ACTIVE = PreparedUpdate(model=ClientRow, actions=_RECORD, when=_UNCHANGED & _ACTIVE)


def free_slot(therapist_id: str, appointment: Appointment) -> BoundUpdate:
    """Return the slot to what it returns to by now: the database itself reads that."""
    appointment_id = appointment.appointment_id
    return _FREE.bind(therapist_id, appointment.slot_id, appointment_id=appointment_id)


def end_appointment(therapist_id: str, before: Appointment, after: Appointment) -> BoundUpdate:
    """Write that an appointment was cancelled or moved, where it still stands as it was read."""
    return (_MOVE_AWAY if after.moved_to else _CANCEL).bind(
        owner_of(therapist_id, after.client_id),
        after.appointment_id,
        before=before.status,
        status=after.status,
        ended_at=after.ended_at,
        ended_by=after.ended_by,
        late=after.late,
        strike=after.strike,
        moved_to=after.moved_to,
    )


def update_client_after_ending(
    therapist_id: str, before: Client, after: Client, *, active: bool
) -> BoundUpdate:
    """Write a client's record once a session has ended, where nobody has written the row since it
    was read, and where the client still is active, if that matters."""
    statement = _RECORD_ACTIVE if active else _RECORD_ANY
    return statement.bind(
        therapist_id,
        after.client_id,
        privilege=after.privilege,
        revision=before.revision,
        **record_columns(after),
    )


def update_appointment(therapist_id: str, before: Appointment, after: Appointment) -> Update:
    """Write how an appointment ended, where it still stands as it was read."""
    return Update(
        row=AppointmentRow(owner_of(therapist_id, after.client_id), after.appointment_id),
        actions=list(_actions(AppointmentRow, {n: getattr(after, n) or None for n in _ENDED})),
        when=AppointmentRow.status == before.status,
    )


def update_client(therapist_id: str, before: Client, after: Client) -> Update:
    """Write what has changed of a client, where nobody has written the row since it was read."""
    old = client_row(therapist_id, before).attribute_values
    new = client_row(therapist_id, after).attribute_values
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return Update(
        row=ClientRow(therapist_id, before.client_id),
        actions=[
            *_actions(ClientRow, {name: new.get(name) for name in sorted(names)}),
            ClientRow.revision.add(1),
        ],
        when=ClientRow.revision == before.revision,
    )


def add_exception_of(practice: Practice, appointment: Appointment) -> Iterator[Write]:
    """Note on its regular that an occurrence was given up."""
    if appointment.regular_id:
        start = appointment.start
        yield add_exception(practice.therapist_id, appointment.regular_id, start, practice.zone)


def add_exception(therapist_id: str, regular_id: str, start: datetime, zone: ZoneInfo) -> Update:
    """Note on a regular that a person gave up the occurrence that starts then."""
    day = start.astimezone(zone).date().isoformat()
    return Update(
        row=RegularRow(therapist_id, regular_id),
        actions=[RegularRow.skips.add({day})],
        when=RegularRow.regular_id.exists(),
    )


def _actions(model: Any, columns: dict[str, Any]) -> Iterator[Action]:
    for name, value in columns.items():
        column = getattr(model, name)
        yield column.remove() if value is None else column.set(value)
