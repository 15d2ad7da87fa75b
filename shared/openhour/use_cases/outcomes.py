"""Outcomes: mark a session, or waive its strike, together with the client's row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, client_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.outcomes import Outcome, mark
from openhour.rules.refusals import UnknownAppointment
from openhour.store.appointments import read_appointment_and_client, update_appointment
from openhour.store.audit_log import audit_entry
from openhour.store.clients import update_client
from openhour.store.practices import cached_practice
from openhour.store.transactions import commit, retry_on_conflict


@retry_on_conflict()
def mark_outcome(
    therapist_id: str, appointment_id: str, outcome: Outcome, *, now: datetime
) -> Appointment:
    """Mark a session or waive its strike. Repeating it changes nothing.

    Raises:
        UnknownAppointment: There is no such appointment, or it was moved.
        NotStarted: The session has not started.
        Invalid: The session was cancelled, or there is no strike to waive.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    client_id = client_id_in(appointment_id)
    if client_id is None:
        raise UnknownAppointment
    before, _, client = read_appointment_and_client(therapist_id, client_id, appointment_id)
    if before is None or client is None:
        raise UnknownAppointment
    change = mark(before, client, practice, outcome, now=now)
    if change is None:
        return before
    after = change.strike_update.apply(replace(client, tally=change.tally))
    commit(
        [
            update_client(therapist_id, client, after),
            update_appointment(therapist_id, before, change.appointment),
            audit_entry(
                therapist_id,
                AuditAction.MARK_OUTCOME,
                now=now,
                client_id=client_id,
                target=appointment_id,
                details=(outcome,),
            ),
        ]
    )
    return change.appointment
