"""Appointments, booked, moved and cancelled by the therapist."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.app import Notify, app
from openhour import clock
from openhour.api.appointments import (
    BookingForClientRequest,
    MoveForClientRequest,
    booking_response_for_therapist,
    ending_response_for_therapist,
    therapist_appointment_view,
)
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import AppointmentId, Instant
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.appointments import Party
from openhour.rules.refusals import (
    AlreadyStarted,
    Invalid,
    SlotTaken,
    UnknownAppointment,
    UnknownClient,
    UnknownSlot,
)
from openhour.store import practices
from openhour.use_cases import appointments, bookings, cancellations, confirmations, moves

ToldAt = Annotated[
    Instant | None, Query(description="When the client said so, if that was before now.")
]
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
            app.signed_in_therapist(),
            request.client_id,
            request.slot_id,
            notify=request.notify,
            now=clock.now(),
        )
    )


@app.get(
    "/practice/appointments/<appointment_id>",
    responses=app.responses("TherapistsAppointment", UnknownAppointment),
)
def read_client_appointment(appointment_id: AppointmentId) -> JsonResponse:
    """Return an appointment, ended or not."""
    therapist_id = app.signed_in_therapist()
    found = appointments.read_appointment(therapist_id, appointment_id)
    practice = practices.cached_practice(therapist_id)
    return json_response(therapist_appointment_view(found, practice))


@app.post(
    "/practice/appointments/<appointment_id>/move",
    responses=app.responses(
        "TherapistsEnded",
        UnknownAppointment,
        UnknownClient,
        UnknownSlot,
        AlreadyStarted,
        SlotTaken,
        *BODY_REFUSALS,
    ),
)
def move_for_client(appointment_id: AppointmentId, request: MoveForClientRequest) -> JsonResponse:
    """Move an appointment to another slot, in the therapist's own name or the client's."""
    now = clock.now()
    moved = moves.move_for_client(
        app.signed_in_therapist(),
        appointment_id,
        request.slot_id,
        by=request.party,
        told_at=request.told_at,
        notify=request.notify,
        now=now,
    )
    return ending_response_for_therapist(moved, now=now)


@app.put(
    "/practice/appointments/<appointment_id>/confirmation",
    responses=app.responses("TherapistsAppointment", UnknownAppointment, AlreadyStarted),
)
def confirm_appointment(appointment_id: AppointmentId) -> JsonResponse:
    """Keep a session that the plan is against: in time off, or after a change of the clocks."""
    therapist_id = app.signed_in_therapist()
    confirmed = confirmations.confirm(therapist_id, appointment_id, now=clock.now())
    practice = practices.cached_practice(therapist_id)
    return json_response(therapist_appointment_view(confirmed, practice))


@app.delete(
    "/practice/appointments/<appointment_id>",
    responses=app.responses("TherapistsEnded", UnknownAppointment, AlreadyStarted, Invalid),
)
def cancel_for_client(
    appointment_id: AppointmentId,
    by: By = Party.THERAPIST,
    told_at: ToldAt = None,
    *,
    notify: Notify = True,
) -> JsonResponse:
    """Cancel an appointment, in the therapist's own name or the client's."""
    now = clock.now()
    return ending_response_for_therapist(
        cancellations.cancel_for_client(
            app.signed_in_therapist(),
            appointment_id,
            by=by,
            told_at=told_at,
            notify=notify,
            now=now,
        ),
        now=now,
    )
