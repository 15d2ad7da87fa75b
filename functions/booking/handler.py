"""What a client asks for: a session, another time, a regular, and how they are told."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import BookingRequest, booking_response, ending_response
from openhour.api.asked_regulars import AskedRegularRequest, asked_regular_response
from openhour.api.identity import Role
from openhour.api.me import PreferencesPatch, preferences_view
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import AppointmentId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.refusals import (
    AlreadyRegular,
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
from openhour.use_cases import asked_regulars, bookings, me, moves

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


@app.put(
    "/me/regular-request",
    responses=app.responses(
        "AskedRegularResult",
        PrivilegeSuspended,
        UnknownClient,
        UnknownAppointment,
        SelfSchedulingOff,
        AlreadyStarted,
        AlreadyRegular,
        *BODY_REFUSALS,
    ),
)
def request_regular(request: AskedRegularRequest) -> JsonResponse:
    """Ask the therapist, for the signed-in client, that a session repeat.

    It takes the place of what the client asked for before, and ends with its session, or once a
    regular of the client's is entered on that weekday at that time.
    """
    client, now = app.signed_in_client(), clock.now()
    return asked_regular_response(asked_regulars.ask(*client, **request.model_dump(), now=now))


@app.delete(
    "/me/regular-request",
    responses=app.responses("AskedRegularResult", PrivilegeSuspended, UnknownClient),
)
def withdraw_regular_request() -> JsonResponse:
    """Withdraw what the signed-in client asks for, or dismiss that it was declined."""
    return asked_regular_response(asked_regulars.withdraw(*app.signed_in_client()))


@app.patch("/me", responses=app.responses("Preferences", UnknownClient, *BODY_REFUSALS))
def change_preferences(request: PreferencesPatch) -> JsonResponse:
    """Change the signed-in client's language, mail or calendar entries.

    A suspended client may do so, too.
    """
    changed = me.change_preferences(*app.signed_in_client(), request.changes)
    return json_response(preferences_view(changed))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
