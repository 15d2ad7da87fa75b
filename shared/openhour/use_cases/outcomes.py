"""Outcomes: marking a session, or waiving its strike, with the client's record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, client_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.outcomes import Outcome, mark
from openhour.rules.refusals import Busy, UnknownAppointment
from openhour.store.audit_log import audit_entry
from openhour.store.ending_writes import update_appointment, update_client
from openhour.store.mapping import appointment_from_row
from openhour.store.practices import cached_practice
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, commit
from openhour.use_cases.cancellations import read_appointment_and_client

_ATTEMPTS = 20


def mark_outcome(
    therapist_id: str, appointment_id: str, outcome: Outcome, *, now: datetime
) -> Appointment:
    """Mark a session or waive its strike; again changes nothing. Raises UnknownAppointment,
    NotStarted, Invalid, Busy."""
    practice = cached_practice(therapist_id)
    client_id = client_id_in(appointment_id)
    for attempt in range(_ATTEMPTS):
        if client_id is None:
            break
        row, client = read_appointment_and_client(therapist_id, client_id, appointment_id)
        if row is None or client is None:
            break
        before = appointment_from_row(row)
        marking = mark(before, client, practice, outcome, now=now)
        if marking is None:
            return before
        after = replace(
            client,
            strikes=marking.strike_update.strikes,
            privilege=marking.strike_update.privilege,
            tally=marking.tally,
        )
        noted = audit_entry(
            therapist_id,
            AuditAction.MARK_OUTCOME,
            now=now,
            client_id=client_id,
            target=appointment_id,
            details=(outcome,),
        )
        try:
            commit(
                [
                    update_client(therapist_id, client, after),
                    update_appointment(therapist_id, before, marking.appointment),
                    noted,
                ]
            )
        except ConditionFailed:
            back_off(attempt)
        else:
            return marking.appointment
    else:
        raise Busy
    raise UnknownAppointment
