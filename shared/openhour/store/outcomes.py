"""Outcomes: marking a session, or waiving its strike, with the client's record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, client_id_in
from openhour.rules.outcomes import Outcome, mark
from openhour.rules.refusals import Busy, UnknownAppointment
from openhour.rules.trail import Act
from openhour.store.cancellations import read_claim
from openhour.store.endings import change_appointment, change_row
from openhour.store.faults import pause
from openhour.store.practices import settings
from openhour.store.trail import note
from openhour.store.transactions import Refused, commit
from openhour.store.values import appointment_in

_ATTEMPTS = 20


def mark_outcome(
    therapist_id: str, appointment_id: str, outcome: Outcome, *, now: datetime
) -> Appointment:
    """Mark a session or waive its strike; again changes nothing. Raises UnknownAppointment,
    NotStarted, Invalid, Busy."""
    practice = settings(therapist_id)
    client_id = client_id_in(appointment_id)
    for attempt in range(_ATTEMPTS):
        if client_id is None:
            break
        row, client = read_claim(therapist_id, client_id, appointment_id)
        if row is None or client is None:
            break
        before = appointment_in(row)
        marking = mark(before, client, practice, outcome, now=now)
        if marking is None:
            return before
        after = replace(
            client,
            strikes=marking.reckoning.strikes,
            privilege=marking.reckoning.privilege,
            tally=marking.tally,
        )
        noted = note(
            therapist_id,
            Act.MARK_OUTCOME,
            now=now,
            client_id=client_id,
            thing=appointment_id,
            details=(outcome,),
        )
        try:
            commit(
                [
                    change_row(therapist_id, client, after),
                    change_appointment(therapist_id, before, marking.appointment),
                    noted,
                ]
            )
        except Refused:
            pause(attempt)
        else:
            return marking.appointment
    else:
        raise Busy
    raise UnknownAppointment
