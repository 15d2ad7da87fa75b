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
from openhour.rules.refusals import UnknownAppointment
from openhour.store.appointments import read_appointment_and_client
from openhour.store.audit_log import audit_entry
from openhour.store.ending_writes import end_appointment, free_slot, update_client_after_ending
from openhour.store.practices import cached_practice
from openhour.store.regulars import add_exception_of
from openhour.store.transactions import Put, commit, retry_on_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationResult:
    """An appointment after a cancellation or a move, whether that was late, and its client."""

    practice: Practice
    appointment: Appointment
    late: bool
    client: Client


def cancel_own(
    therapist_id: str, client_id: str, appointment_id: str, *, now: datetime
) -> CancellationResult:
    """Cancel a client's own appointment. Repeating it returns the first outcome.

    Raises:
        UnknownClient: There is no such client.
        PrivilegeSuspended: The client may not self-schedule.
        UnknownAppointment: The client has no such appointment.
        AlreadyStarted: The session has started.
        Busy: No attempt succeeded.
    """
    return _cancel(therapist_id, client_id, appointment_id, by=Party.CLIENT, own=True, now=now)


def cancel_for_client(
    therapist_id: str,
    appointment_id: str,
    *,
    by: Party,
    now: datetime,
    told_at: datetime | None = None,
    notify: bool = True,
) -> CancellationResult:
    """Cancel an appointment, for the therapist, in their own name or the client's.

    In the client's name it counts as the client's cancellation, with the notice that they gave at
    `told_at`. `notify` is kept with the appointment.

    Raises:
        Invalid: `told_at` is not between the booking and now, or not in the client's name.
        UnknownAppointment: There is no such appointment.
        AlreadyStarted: The session has started.
        Busy: No attempt succeeded.
    """
    client_id = client_id_in(appointment_id)
    if client_id is None:
        raise UnknownAppointment
    return _cancel(
        therapist_id,
        client_id,
        appointment_id,
        by=by,
        own=False,
        now=now,
        told_at=told_at,
        notify=notify,
    )


@retry_on_conflict()
def _cancel(
    therapist_id: str,
    client_id: str,
    appointment_id: str,
    *,
    by: Party,
    own: bool,
    now: datetime,
    told_at: datetime | None = None,
    notify: bool = True,
) -> CancellationResult:
    """Cancel in the name of `by`. `own` means that the client asks, not the therapist."""
    practice = cached_practice(therapist_id)
    appointment, week, client = read_appointment_and_client(therapist_id, client_id, appointment_id)
    if own:
        require_client(client)
    if appointment and client and is_repeated_cancellation(appointment):
        return CancellationResult(
            practice=practice, appointment=appointment, late=appointment.late, client=client
        )
    if own:
        require_privilege(client)
    ending = cancel(appointment, practice, by=by, now=now, told_at=told_at)
    if week is None or client is None or appointment is None:
        raise UnknownAppointment
    told = None if own else told_at or now
    cancelled = as_cancelled(appointment, ending, by=by, now=now, told_at=told, notify=notify)
    after = client_after_cancellation(client, cancelled, practice, week=week, now=now)
    commit(
        [
            free_slot(therapist_id, appointment),
            update_client_after_ending(therapist_id, client, after, active=own),
            end_appointment(therapist_id, appointment, cancelled),
            *add_exception_of(practice, appointment),
            *([] if own else [_audit_entry(therapist_id, appointment, by=by, now=now)]),
        ]
    )
    return CancellationResult(
        practice=practice, appointment=cancelled, late=ending.late, client=after
    )


def _audit_entry(therapist_id: str, appointment: Appointment, *, by: Party, now: datetime) -> Put:
    return audit_entry(
        therapist_id,
        AuditAction.CANCEL,
        now=now,
        client_id=appointment.client_id,
        target=appointment.appointment_id,
        details=(by,),
    )
