"""Appointments: what a client has ahead, and the history, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.appointments import Appointment, Status, client_id_in
from openhour.rules.refusals import Invalid, UnknownAppointment
from openhour.rules.weeks import slot_id_of
from openhour.store.appointments import (
    booked_appointments,
    find_appointment,
    newest_appointments,
)

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some appointments, newest first, and the cursor of the next page."""

    appointments: tuple[Appointment, ...]
    next: str | None


def upcoming(therapist_id: str, client_id: str, *, now: datetime) -> tuple[Appointment, ...]:
    """Return the client's booked sessions that have not ended, in order."""
    return booked_appointments(therapist_id, client_id, now=now)


def read_appointment(
    therapist_id: str, appointment_id: str, *, client_id: str | None = None
) -> Appointment:
    """Return an appointment, ended or not; with `client_id` only one of that client's.

    Raises:
        UnknownAppointment: There is no such appointment.
        Busy: DynamoDB can't answer.
    """
    owner = client_id_in(appointment_id)
    if owner is None or client_id not in (None, owner):
        raise UnknownAppointment
    found = find_appointment(therapist_id, owner, appointment_id)
    if found is None:
        raise UnknownAppointment
    return found


def past(therapist_id: str, client_id: str, *, cursor: str | None, now: datetime) -> Page:
    """Return a page of past appointments, however they ended.

    Raises:
        Invalid: The cursor is not one of this client's.
    """
    page = _page(therapist_id, client_id, _checked(cursor, client_id) or slot_id_of(now))
    over = tuple(a for a in page.appointments if a.end <= now or a.status is not Status.BOOKED)
    return Page(appointments=over, next=page.next)


def history(therapist_id: str, client_id: str, *, cursor: str | None) -> Page:
    """Return a page of all the client's appointments, future ones included.

    Raises:
        Invalid: The cursor is not one of this client's.
    """
    return _page(therapist_id, client_id, _checked(cursor, client_id))


def _page(therapist_id: str, client_id: str, before: str | None) -> Page:
    found = newest_appointments(therapist_id, client_id, before=before, limit=PAGE_SIZE + 1)
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return Page(appointments=page, next=page[-1].appointment_id if more else None)


def _checked(cursor: str | None, client_id: str) -> str | None:
    if cursor is not None and client_id_in(cursor) != client_id:
        raise Invalid.field("cursor", "Not a cursor: use the one in `next`.")
    return cursor
