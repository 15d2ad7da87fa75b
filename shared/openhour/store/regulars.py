"""Regulars: reading and writing their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openhour.rules.appointments import Appointment
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.store.mapping import format_exception, regular_from_row, regular_row
from openhour.store.models import RegularRow
from openhour.store.queries import get, query
from openhour.store.transactions import Update, Write

_COLUMNS = (
    "client_id",
    "weekday",
    "start",
    "every_weeks",
    "first",
    "entered_at",
    "ended",
    "notify",
    "sequence",
)


def all_regulars(therapist_id: str) -> tuple[Regular, ...]:
    """Return every regular, ended ones included."""
    return tuple(map(regular_from_row, query(RegularRow, therapist_id)))


def find_regular(therapist_id: str, regular_id: str) -> Regular | None:
    """Return a regular, ended or not, or None."""
    row = get(RegularRow, therapist_id, regular_id)
    return regular_from_row(row) if row else None


def write_regular(therapist_id: str, regular: Regular) -> Update:
    """Write a regular that is new or has not ended.

    Exceptions are only added to, since clients add to them at any time.
    """
    row = regular_row(therapist_id, regular)
    actions = [getattr(RegularRow, name).set(getattr(row, name)) for name in _COLUMNS]
    until = RegularRow.until
    actions.append(until.set(row.until) if row.until else until.remove())
    if row.exceptions:
        actions.append(RegularRow.exceptions.add(row.exceptions))
    actions.append(RegularRow.schema.set(RegularRow.current_version()))
    return Update(
        row=RegularRow(therapist_id, regular.regular_id),
        actions=actions,
        when=(RegularRow.ended == False) | RegularRow.regular_id.does_not_exist(),  # noqa: E712 - an expression
    )


def end_regular(therapist_id: str, regular: Regular) -> Update:
    """End a regular."""
    return Update(
        row=RegularRow(therapist_id, regular.regular_id),
        actions=[
            RegularRow.ended.set(value=True),
            *([RegularRow.ended_at.set(regular.ended_at)] if regular.ended_at else []),
            RegularRow.notify.set(regular.notify),
        ],
        when=RegularRow.regular_id.exists(),
    )


def end_regulars_of(therapist_id: str, client_id: str) -> list[Write]:
    """End every regular of a client."""
    active = (regular for regular in all_regulars(therapist_id) if not regular.ended)
    return [end_regular(therapist_id, each) for each in active if each.client_id == client_id]


def add_exception(therapist_id: str, regular_id: str, client_id: str, day: date) -> Update:
    """Record on a regular that the client's occurrence on that day was cancelled or moved."""
    return Update(
        row=RegularRow(therapist_id, regular_id),
        actions=[RegularRow.exceptions.add({format_exception(client_id, day)})],
        when=RegularRow.regular_id.exists(),
    )


def add_exception_of(practice: Practice, appointment: Appointment) -> Iterator[Write]:
    """Record on an appointment's regular, if it has one, that this occurrence was given up."""
    if appointment.regular_id:
        client_id, day = appointment.client_id, appointment.promised_day(practice.zone)
        yield add_exception(practice.therapist_id, appointment.regular_id, client_id, day)
