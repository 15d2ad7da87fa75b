"""Asking: when a client may ask that a session repeat, and what the therapist has to answer."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.appointments import Appointment, Status
from openhour.rules.asked_regulars import AskedRegular, AskedState, is_met_by, standing
from openhour.rules.booking import require_client, require_privilege, require_self_scheduling
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import (
    AlreadyRegular,
    AlreadyStarted,
    UnknownAppointment,
    UnknownRegularRequest,
)
from openhour.rules.weeks import local_start


def is_repeated_request(
    client: Client, appointment: Appointment | None, every_weeks: int, *, now: datetime
) -> bool:
    """Return whether the client asks for the same, and the therapist has not answered."""
    asked = standing_request(client, appointment, now=now)
    waits = asked is not None and asked.state is AskedState.ASKED
    return waits and asked is not None and asked.every_weeks == every_weeks


def standing_request(
    client: Client, appointment: Appointment | None, *, now: datetime
) -> AskedRegular | None:
    """Return what the client asks for of this appointment, None for nothing."""
    ahead = appointment and appointment.status is Status.BOOKED and appointment.end > now
    return standing(client.asked_regular, [appointment] if appointment and ahead else [])


def request_regular(
    practice: Practice,
    client: Client | None,
    appointment: Appointment | None,
    *,
    every_weeks: int,
    now: datetime,
) -> AskedRegular:
    """Return the request that a session repeat. It takes the place of any other of the client's.

    Asking books nothing, so neither the weekly limit nor the booking notice applies. A session
    repeats already if it is a regular's, or is about to become one's.

    Raises:
        UnknownClient, PrivilegeSuspended, UnknownAppointment, SelfSchedulingOff, AlreadyStarted,
        AlreadyRegular: The first reason to refuse, in this order.
    """
    require_privilege(client)
    if appointment is None or not appointment.live:
        raise UnknownAppointment
    require_self_scheduling(practice)
    if appointment.has_begun(now=now):
        raise AlreadyStarted
    asked = AskedRegular(
        appointment_id=appointment.appointment_id,
        every_weeks=every_weeks,
        local_start=appointment.local_start or local_start(appointment.start, practice.zone),
        asked_at=now,
    )
    regulars = require_client(client).regulars or ()
    if appointment.regular_id is not None or any(is_met_by(asked, each) for each in regulars):
        raise AlreadyRegular
    return asked


def require_request(
    client: Client, appointment: Appointment | None, *, now: datetime
) -> AskedRegular:
    """Return what the client asks for, declined or not.

    Raises:
        UnknownRegularRequest: They ask for nothing, or its session has ended or repeats by now.
    """
    asked = standing_request(client, appointment, now=now)
    if asked is None:
        raise UnknownRegularRequest
    return asked
