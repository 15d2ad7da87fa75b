"""Appointments: what a client has ahead, and what has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.expressions.condition import Condition

from openhour.rules.appointments import Appointment, Status, client_id_in
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.refusals import Invalid
from openhour.rules.weeks import slot_id_of
from openhour.store.mapping import appointment_from_row, owner_of
from openhour.store.models import AppointmentRow
from openhour.store.queries import query

PAGE = 50
"""Appointments on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some appointments, newest first, and the cursor of those that follow."""

    appointments: tuple[Appointment, ...]
    next: str | None


def upcoming(therapist_id: str, client_id: str, *, now: datetime) -> tuple[Appointment, ...]:
    """The client's booked sessions that have not ended, in their order."""
    since = AppointmentRow.appointment_id >= slot_id_of(now - timedelta(minutes=MAX_MINUTES))
    booked = AppointmentRow.status == Status.BOOKED
    rows = query(AppointmentRow, owner_of(therapist_id, client_id), since, booked)
    return tuple(a for a in map(appointment_from_row, rows) if a.end > now)


def past(therapist_id: str, client_id: str, *, cursor: str | None, now: datetime) -> Page:
    """A page of what has been, however it ended. Raises Invalid for a cursor that is none."""
    before = _checked(cursor, client_id) or slot_id_of(now)
    page = _page(therapist_id, client_id, AppointmentRow.appointment_id < before)
    over = tuple(a for a in page.appointments if a.end <= now or not a.live)
    return Page(appointments=over, next=page.next)


def history(therapist_id: str, client_id: str, *, cursor: str | None) -> Page:
    """A page of all that the client ever had, what is ahead included. Raises Invalid for a cursor
    that is none."""
    before = _checked(cursor, client_id)
    within = AppointmentRow.appointment_id < before if before else None
    return _page(therapist_id, client_id, within)


def _page(therapist_id: str, client_id: str, within: Condition | None) -> Page:
    owner = owner_of(therapist_id, client_id)
    rows = query(AppointmentRow, owner, within, newest_first=True, limit=PAGE + 1)
    shown = tuple(map(appointment_from_row, rows[:PAGE]))
    more = len(rows) > PAGE
    return Page(appointments=shown, next=shown[-1].appointment_id if more else None)


def _checked(cursor: str | None, client_id: str) -> str | None:
    if cursor is not None and client_id_in(cursor) != client_id:
        raise Invalid.field("cursor", "Not a cursor: use the one in `next`.")
    return cursor
