"""Cancelling: one batch read, one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.appointments import Appointment, Party, client_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import require_client, require_privilege
from openhour.rules.cancellation import (
    as_cancelled,
    cancel,
    client_after_cancellation,
    is_repeated_cancellation,
)
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownAppointment
from openhour.rules.weeks import Week
from openhour.store.audit_log import audit_entry
from openhour.store.ending_writes import (
    add_exception_of,
    end_appointment,
    free_slot,
    update_client_after_ending,
)
from openhour.store.mapping import appointment_from_row, client_from_row, owner_of
from openhour.store.models import AppointmentRow, ClientRow
from openhour.store.practices import cached_practice
from openhour.store.queries import Key, batch_get
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Put, commit

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationResult:
    """An appointment as a cancellation or a move leaves it, whether that was late, and the client
    with their strikes."""

    practice: Practice
    appointment: Appointment
    late: bool
    client: Client


def cancel_own(
    therapist_id: str, client_id: str, appointment_id: str, *, now: datetime
) -> CancellationResult:
    """The client cancels. Cancelling again gives the first outcome. Raises UnknownClient,
    PrivilegeSuspended, UnknownAppointment, AlreadyStarted, Busy."""
    return _cancel(
        therapist_id,
        client_id,
        appointment_id,
        by=Party.CLIENT,
        acting=Party.CLIENT,
        now=now,
    )


def cancel_for_client(
    therapist_id: str, appointment_id: str, *, by: Party, now: datetime
) -> CancellationResult:
    """The therapist cancels, in their own name or, `by` the client, in the client's, whose
    conduct it then is. Raises UnknownAppointment, AlreadyStarted, Busy."""
    client_id = client_id_in(appointment_id)
    if client_id is None:
        raise UnknownAppointment
    return _cancel(therapist_id, client_id, appointment_id, by=by, acting=Party.THERAPIST, now=now)


def _cancel(
    therapist_id: str,
    client_id: str,
    appointment_id: str,
    *,
    by: Party,
    acting: Party,
    now: datetime,
) -> CancellationResult:
    practice = cached_practice(therapist_id)
    for attempt in range(_ATTEMPTS):
        row, client = read_appointment_and_client(therapist_id, client_id, appointment_id)
        appointment = appointment_from_row(row) if row else None
        if acting is Party.CLIENT:
            require_client(client)
        if appointment and client and is_repeated_cancellation(appointment):
            return CancellationResult(
                practice=practice, appointment=appointment, late=appointment.late, client=client
            )
        if acting is Party.CLIENT:
            require_privilege(client)
        ending = cancel(appointment, practice, by=by, now=now)
        if row is None or client is None or appointment is None:
            raise UnknownAppointment
        ended = as_cancelled(appointment, ending, by=by, now=now)
        after = client_after_cancellation(
            client, ended, practice, week=Week.parse(row.week), now=now
        )
        theirs = acting is Party.CLIENT
        noted = [] if theirs else [_note(therapist_id, appointment, by=by, now=now)]
        try:
            commit(
                [
                    free_slot(therapist_id, appointment),
                    update_client_after_ending(therapist_id, client, after, active=theirs),
                    end_appointment(therapist_id, appointment, ended),
                    *add_exception_of(practice, appointment),
                    *noted,
                ]
            )
        except ConditionFailed:
            back_off(attempt)
        else:
            return CancellationResult(
                practice=practice, appointment=ended, late=ending.late, client=after
            )
    raise Busy


def _note(therapist_id: str, appointment: Appointment, *, by: Party, now: datetime) -> Put:
    """Keep what the therapist cancelled, and in whose name."""
    return audit_entry(
        therapist_id,
        AuditAction.CANCEL,
        now=now,
        client_id=appointment.client_id,
        target=appointment.appointment_id,
        details=(by,),
    )


def read_appointment_and_client(
    therapist_id: str, client_id: str, appointment_id: str
) -> tuple[AppointmentRow | None, Client | None]:
    """An appointment of the client's and the client, in one batch."""
    row, client = batch_get(appointment_and_client_keys(therapist_id, client_id, appointment_id))
    return row, client_from_row(client) if client else None


def appointment_and_client_keys(
    therapist_id: str, client_id: str, appointment_id: str
) -> tuple[Key, Key]:
    """The keys of an appointment and of its client; an id that names somebody else leads
    nowhere."""
    own = client_id_in(appointment_id) == client_id
    return (
        (AppointmentRow, owner_of(therapist_id, client_id), appointment_id if own else "-"),
        (ClientRow, therapist_id, client_id),
    )
