"""Appointments: reading their rows, and writing how they ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from openhour.rules.appointments import Appointment, Status, client_id_in
from openhour.rules.clients import Client
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week, slot_id_of
from openhour.store.clients import column_actions
from openhour.store.mapping import (
    appointment_from_row,
    appointment_row,
    client_from_row,
    format_local_start,
    owner_of,
    slot_from_row,
)
from openhour.store.models import BY_THERAPIST, AppointmentRow, ClientRow, SlotRow
from openhour.store.queries import batch_get, get, get_referenced, query, query_index
from openhour.store.transactions import Put, Update

_ENDED = ("status", "ended_at", "ended_by", "late", "strike", "waived", "moved_to")


def booked_appointments(
    therapist_id: str, client_id: str, *, now: datetime
) -> tuple[Appointment, ...]:
    """Return the client's booked sessions that end after `now`, in order."""
    coming = coming_appointments(therapist_id, client_id, now=now)
    return tuple(each for each in coming if each.status is Status.BOOKED)


def coming_appointments(
    therapist_id: str, client_id: str, *, now: datetime
) -> tuple[Appointment, ...]:
    """Return the client's booked and cancelled sessions that end after `now`, in order.

    Those that moved are left out, since the new session is among them.
    """
    since = AppointmentRow.appointment_id >= slot_id_of(now - timedelta(minutes=MAX_MINUTES))
    shown = AppointmentRow.status.is_in(Status.BOOKED, Status.CANCELLED, Status.LATE_CANCELLED)
    rows = query(AppointmentRow, owner_of(therapist_id, client_id), since, shown)
    return tuple(a for a in map(appointment_from_row, rows) if a.end > now)


def find_appointment(therapist_id: str, client_id: str, appointment_id: str) -> Appointment | None:
    """Return an appointment, or None."""
    row = get(AppointmentRow, owner_of(therapist_id, client_id), appointment_id)
    return appointment_from_row(row) if row else None


def newest_appointments(
    therapist_id: str, client_id: str, *, before: str | None, limit: int
) -> tuple[Appointment, ...]:
    """Return a client's appointments, newest first, of ids below `before` if it is given."""
    within = AppointmentRow.appointment_id < before if before else None
    owner = owner_of(therapist_id, client_id)
    rows = query(AppointmentRow, owner, within, newest_first=True, limit=limit)
    return tuple(map(appointment_from_row, rows))


def all_appointments(therapist_id: str, client_id: str) -> tuple[Appointment, ...]:
    """Return all of a client's appointments, ended ones included, in order."""
    rows = query(AppointmentRow, owner_of(therapist_id, client_id))
    return tuple(map(appointment_from_row, rows))


def get_appointment(therapist_id: str, client_id: str, appointment_id: str) -> Appointment:
    """Return an appointment that another row refers to.

    Raises:
        Busy: It is not there any more, or DynamoDB can't answer.
    """
    owner = owner_of(therapist_id, client_id)
    return appointment_from_row(get_referenced(AppointmentRow, owner, appointment_id))


def get_appointments(
    therapist_id: str, holders: Iterable[tuple[str, str]]
) -> tuple[Appointment, ...]:
    """Return the appointments with these client and appointment ids, in order of time."""
    in_order = sorted(holders, key=lambda holder: holder[1])
    rows = batch_get(
        [(AppointmentRow, owner_of(therapist_id, client), name) for client, name in in_order]
    )
    return tuple(appointment_from_row(row) for row in rows if row)


def appointments_starting_between(
    therapist_id: str, first: datetime, last: datetime
) -> tuple[Appointment, ...]:
    """Return all clients' appointments that start between two instants, both included, in order.

    They come from an index, which lags behind by moments.
    """
    until = f"{slot_id_of(last)}~"  # Sorts after every id that begins with that slot.
    found = query_index(AppointmentRow, BY_THERAPIST, therapist_id, slot_id_of(first), until)
    return tuple(map(appointment_from_row, found))


def read_appointment_and_client(
    therapist_id: str, client_id: str, appointment_id: str
) -> tuple[Appointment | None, Week | None, Client | None]:
    """Return an appointment, the week of its slot, and its client, by one batch read.

    The id of another client's appointment finds no appointment.
    """
    found, week, client, _ = read_for_move(therapist_id, client_id, appointment_id, None)
    return found, week, client


def read_for_move(
    therapist_id: str, client_id: str, appointment_id: str, slot_id: str | None
) -> tuple[Appointment | None, Week | None, Client | None, Slot | None]:
    """Return an appointment, its week, its client and a slot, by one batch read."""
    own = client_id_in(appointment_id) == client_id
    row, client, *slots = batch_get(
        [
            (AppointmentRow, owner_of(therapist_id, client_id), appointment_id if own else "-"),
            (ClientRow, therapist_id, client_id),
            *([(SlotRow, therapist_id, slot_id)] if slot_id else []),
        ]
    )
    return (
        appointment_from_row(row) if row else None,
        Week.parse(row.week) if row else None,
        client_from_row(client) if client else None,
        slot_from_row(slots[0]) if slots and slots[0] else None,
    )


def read_slot_and_client(
    therapist_id: str, slot_id: str, client_id: str
) -> tuple[Slot | None, Client | None]:
    """Return a slot and a client, by one batch read."""
    slot, client = batch_get(
        [(SlotRow, therapist_id, slot_id), (ClientRow, therapist_id, client_id)]
    )
    return slot_from_row(slot) if slot else None, client_from_row(client) if client else None


def insert_appointment(therapist_id: str, appointment: Appointment, week: Week) -> Put:
    """Write a new appointment of `week`."""
    return Put(
        row=appointment_row(therapist_id, appointment, week),
        when=AppointmentRow.appointment_id.does_not_exist(),
    )


def confirm_appointment(
    therapist_id: str, appointment: Appointment, *, promised: datetime
) -> Update:
    """Write the wall-clock start of an appointment that is no regular's any more."""
    return Update(
        row=AppointmentRow(
            owner_of(therapist_id, appointment.client_id), appointment.appointment_id
        ),
        actions=[
            AppointmentRow.local_start.set(format_local_start(promised)),
            AppointmentRow.regular_id.remove(),
        ],
        when=AppointmentRow.status == Status.BOOKED,
    )


def update_appointment(therapist_id: str, before: Appointment, after: Appointment) -> Update:
    """Write how an appointment ended, if its status is as it was read."""
    columns = {name: getattr(after, name) or None for name in _ENDED}
    return Update(
        row=AppointmentRow(owner_of(therapist_id, after.client_id), after.appointment_id),
        actions=list(column_actions(AppointmentRow, columns)),
        when=AppointmentRow.status == before.status,
    )
