"""Appointments, booked and cancelled by the therapist."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.app import app
from openhour import clock
from openhour.api.appointments import (
    BookingForClientRequest,
    booking_response_for_therapist,
    ending_response_for_therapist,
    therapist_appointment_view,
)
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import AppointmentId
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.appointments import Party
from openhour.rules.refusals import (
    AlreadyStarted,
    SlotTaken,
    UnknownAppointment,
    UnknownClient,
    UnknownSlot,
)
from openhour.store import practices
from openhour.use_cases import bookings, cancellations, confirmations

By = Annotated[Party, Query(description="In whose name.")]


@app.post(
    "/practice/appointments",
    responses=app.responses(
        "TherapistsAppointment",
        UnknownClient,
        UnknownSlot,
        AlreadyStarted,
        SlotTaken,
        *BODY_REFUSALS,
        status=201,
        or_status=200,
    ),
)
def book_for_client(request: BookingForClientRequest) -> JsonResponse:
    """Book a client into a slot."""
    return booking_response_for_therapist(
        bookings.book_for_client(
            app.signed_in_therapist(), request.client_id, request.slot_id, now=clock.now()
        )
    )


@app.put(
    "/practice/appointments/<appointment_id>/confirmation",
    responses=app.responses("TherapistsAppointment", UnknownAppointment, AlreadyStarted),
)
def confirm(appointment_id: AppointmentId) -> JsonResponse:
    """Keep a session that the plan is against: in time off, or after a change of the clocks."""
    therapist_id = app.signed_in_therapist()
    confirmed = confirmations.confirm(therapist_id, appointment_id, now=clock.now())
    practice = practices.cached_practice(therapist_id)
    return json_response(therapist_appointment_view(confirmed, practice))


@app.delete(
    "/practice/appointments/<appointment_id>",
    responses=app.responses("TherapistsEnded", UnknownAppointment, AlreadyStarted),
)
def cancel(appointment_id: AppointmentId, by: By = Party.THERAPIST) -> JsonResponse:
    """Cancel an appointment, in the therapist's own name or the client's."""
    now = clock.now()
    return ending_response_for_therapist(
        cancellations.cancel_for_client(app.signed_in_therapist(), appointment_id, by=by, now=now),
        now=now,
    )
