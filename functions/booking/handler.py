"""Booking and moving, by the client."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.answers import Answer
from openhour.api.appointments import BookingRequest, answer_booked, answer_ended
from openhour.api.bodies import AppointmentId
from openhour.api.document import BODY
from openhour.api.identity import signed_in_client
from openhour.api.nearest import name_nearest
from openhour.api.resolver import resolver
from openhour.rules.appointments import Party
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
from openhour.store import bookings, moves

app = resolver(Party.CLIENT)

REFUSALS: tuple[type[Refusal], ...] = (
    PrivilegeSuspended,
    SelfSchedulingOff,
    UnknownSlot,
    UnknownClient,
    AlreadyStarted,
    TooSoon,
    SlotTaken,
    WeeklyLimit,
    *BODY,
)


@app.post(
    "/appointments",
    responses=app.answers("Appointment", *REFUSALS, status=201, or_status=200),
)
def book(request: BookingRequest) -> Answer:
    """Book the slot for the signed-in client."""
    return answer_booked(bookings.book(*signed_in_client(app), request.slot_id, now=clock.now()))


@app.post(
    "/appointments/<appointment_id>/move",
    responses=app.answers("Ended", *REFUSALS, UnknownAppointment),
)
def move(appointment_id: AppointmentId, request: BookingRequest) -> Answer:
    """Move the signed-in client's appointment to another slot."""
    now = clock.now()
    return answer_ended(
        moves.move(*signed_in_client(app), appointment_id, request.slot_id, now=now), now=now
    )


@app.exception_handler(SlotTaken)
def point_elsewhere(_: SlotTaken) -> Answer:
    """Say what else is open near the slot that is gone."""
    wanted = app.current_event.json_body["slot_id"]
    return app.refuse(name_nearest(signed_in_client(app), wanted, now=clock.now()))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
