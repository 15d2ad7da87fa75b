"""Outcomes: what the therapist records about a session afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from openhour.rules.appointments import Appointment, Status
from openhour.rules.clients import Client, Tally
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, NotStarted, UnknownAppointment
from openhour.rules.strikes import StrikeUpdate, add_strike, drop_strike


class Outcome(StrEnum):
    """The outcome of a session, or the waiving of its strike."""

    KEPT = "kept"
    NO_SHOW = "no_show"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChange:
    """The marked appointment, and the client's strikes, privilege and tally with it."""

    appointment: Appointment
    strike_update: StrikeUpdate
    tally: Tally


def outcome_of(appointment: Appointment, *, now: datetime) -> Outcome | None:
    """Return the outcome of a live session: missed if it is marked so, kept once it is over."""
    if appointment.status is Status.NO_SHOW:
        return Outcome.NO_SHOW
    return Outcome.KEPT if appointment.end <= now else None


def mark(
    appointment: Appointment,
    client: Client,
    practice: Practice,
    outcome: Outcome,
    *,
    now: datetime,
) -> OutcomeChange | None:
    """Mark a session or waive its strike. Return None if it is marked so already.

    A missed session is a strike dated by the marking. A waived late cancellation becomes
    `cancelled`, anything else keeps its status. A strike that goes lifts the automatic suspension
    that it caused.

    Raises:
        NotStarted: The session has not started.
        UnknownAppointment: The session was moved.
        Invalid: The session was cancelled, or there is no strike to waive.
    """
    if outcome is Outcome.WAIVED:
        return _waive(appointment, client, practice)
    if appointment.status is Status.MOVED:
        raise UnknownAppointment
    if not appointment.live:
        message = "This session was cancelled, so it was neither kept nor missed."
        raise Invalid.field("outcome", message)
    if appointment.start > now:
        raise NotStarted
    missed = outcome is Outcome.NO_SHOW
    if missed == (appointment.status is Status.NO_SHOW):
        return None
    if missed:
        return _mark_no_show(appointment, client, practice, now=now)
    return OutcomeChange(
        appointment=replace(appointment, status=Status.BOOKED, strike=False, waived=False),
        strike_update=drop_strike(client, practice, appointment.appointment_id),
        tally=replace(client.tally, no_shows=client.tally.no_shows - 1),
    )


def _mark_no_show(
    appointment: Appointment, client: Client, practice: Practice, *, now: datetime
) -> OutcomeChange:
    return OutcomeChange(
        appointment=replace(appointment, status=Status.NO_SHOW, strike=True),
        strike_update=add_strike(client, practice, appointment.appointment_id, now=now),
        tally=replace(client.tally, no_shows=client.tally.no_shows + 1),
    )


def _waive(appointment: Appointment, client: Client, practice: Practice) -> OutcomeChange | None:
    if appointment.waived:
        return None
    if not appointment.strike:
        raise Invalid.field("outcome", "There is no late change or missed session to waive.")
    was_late = appointment.status is Status.LATE_CANCELLED
    tally = client.tally
    return OutcomeChange(
        appointment=replace(
            appointment,
            status=Status.CANCELLED if was_late else appointment.status,
            strike=False,
            waived=True,
        ),
        strike_update=drop_strike(client, practice, appointment.appointment_id),
        tally=replace(
            tally,
            cancelled=tally.cancelled + was_late,
            late_cancelled=tally.late_cancelled - was_late,
        ),
    )
