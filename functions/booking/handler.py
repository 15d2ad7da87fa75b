"""Booking and moving, by a client."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import BookingRequest, booking_response, ending_response
from openhour.api.identity import Role
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import AppointmentId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    Refusal,
    SelfSchedulingOff,
    SlotTaken,
    TooSoon,
    UnknownAppointment,
    UnknownClient,
    UnknownSlot,
    WeeklyLimit,
)
from openhour.use_cases import bookings, moves

app = resolver(Role.CLIENT)

REFUSALS: tuple[type[Refusal], ...] = (
    PrivilegeSuspended,
    SelfSchedulingOff,
    UnknownSlot,
    UnknownClient,
    AlreadyStarted,
    TooSoon,
    SlotTaken,
    WeeklyLimit,
    *BODY_REFUSALS,
)


@app.post(
    "/appointments",
    responses=app.responses("Appointment", *REFUSALS, status=201, or_status=200),
)
def book_appointment(request: BookingRequest) -> JsonResponse:
    """Book the slot for the signed-in client."""
    return booking_response(
        bookings.book(*app.signed_in_client(), request.slot_id, now=clock.now())
    )


@app.post(
    "/appointments/<appointment_id>/move",
    responses=app.responses("Ended", *REFUSALS, UnknownAppointment),
)
def move_appointment(appointment_id: AppointmentId, request: BookingRequest) -> JsonResponse:
    """Move the signed-in client's appointment to another slot."""
    now = clock.now()
    return ending_response(
        moves.move(*app.signed_in_client(), appointment_id, request.slot_id, now=now), now=now
    )


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
