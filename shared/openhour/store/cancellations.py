"""Cancelling: one batch read, one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.appointments import Appointment, Party, client_id_in
from openhour.rules.booking import refuse_privilege, refuse_unknown
from openhour.rules.cancelling import (
    after_cancelling,
    cancel,
    cancelled,
    is_repeated_cancellation,
)
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownAppointment
from openhour.rules.trail import Act
from openhour.rules.weeks import Week
from openhour.store.endings import end_appointment, free_slot, record_ending, skip_given_up
from openhour.store.faults import pause
from openhour.store.practices import settings
from openhour.store.reading import Key, fetch_all
from openhour.store.tables import AppointmentRow, ClientRow
from openhour.store.trail import note
from openhour.store.transactions import Put, Refused, commit
from openhour.store.values import appointment_in, client_in, owner_of

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An appointment as a cancellation or a move leaves it, whether that was late, and the client
    with their strikes."""

    practice: Practice
    appointment: Appointment
    late: bool
    client: Client


def cancel_own(therapist_id: str, client_id: str, appointment_id: str, *, now: datetime) -> Ended:
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


def cancel_for_client(therapist_id: str, appointment_id: str, *, by: Party, now: datetime) -> Ended:
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
) -> Ended:
    practice = settings(therapist_id)
    for attempt in range(_ATTEMPTS):
        row, client = read_claim(therapist_id, client_id, appointment_id)
        appointment = appointment_in(row) if row else None
        if acting is Party.CLIENT:
            refuse_unknown(client)
        if appointment and client and is_repeated_cancellation(appointment):
            return Ended(
                practice=practice, appointment=appointment, late=appointment.late, client=client
            )
        if acting is Party.CLIENT:
            refuse_privilege(client)
        ending = cancel(appointment, practice, by=by, now=now)
        if row is None or client is None or appointment is None:
            raise UnknownAppointment
        ended = cancelled(appointment, ending, by=by, now=now)
        after = after_cancelling(client, ended, practice, week=Week.parse(row.week), now=now)
        theirs = acting is Party.CLIENT
        noted = [] if theirs else [_note(therapist_id, appointment, by=by, now=now)]
        try:
            commit(
                [
                    free_slot(therapist_id, appointment),
                    record_ending(therapist_id, client, after, active=theirs),
                    end_appointment(therapist_id, appointment, ended),
                    *skip_given_up(practice, appointment),
                    *noted,
                ]
            )
        except Refused:
            pause(attempt)
        else:
            return Ended(practice=practice, appointment=ended, late=ending.late, client=after)
    raise Busy


def _note(therapist_id: str, appointment: Appointment, *, by: Party, now: datetime) -> Put:
    """Keep what the therapist cancelled, and in whose name."""
    return note(
        therapist_id,
        Act.CANCEL,
        now=now,
        client_id=appointment.client_id,
        thing=appointment.appointment_id,
        details=(by,),
    )


def read_claim(
    therapist_id: str, client_id: str, appointment_id: str
) -> tuple[AppointmentRow | None, Client | None]:
    """An appointment of the client's and the client, in one batch."""
    row, client = fetch_all(claim_keys(therapist_id, client_id, appointment_id))
    return row, client_in(client) if client else None


def claim_keys(therapist_id: str, client_id: str, appointment_id: str) -> tuple[Key, Key]:
    """The keys of an appointment and of its client; an id that names somebody else leads
    nowhere."""
    own = client_id_in(appointment_id) == client_id
    return (
        (AppointmentRow, owner_of(therapist_id, client_id), appointment_id if own else "-"),
        (ClientRow, therapist_id, client_id),
    )
