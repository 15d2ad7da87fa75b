"""Appointments, booked and cancelled by the therapist."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.routes import app
from openhour import clock
from openhour.api.answers import Answer
from openhour.api.appointments import (
    BookingForClientRequest,
    answer_booked_by_therapist,
    answer_ended_by_therapist,
)
from openhour.api.bodies import AppointmentId
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.rules.appointments import Party
from openhour.rules.refusals import (
    AlreadyStarted,
    SlotTaken,
    UnknownAppointment,
    UnknownClient,
    UnknownSlot,
)
from openhour.store import bookings, cancellations

By = Annotated[Party, Query(description="In whose name.")]


@app.post(
    "/practice/appointments",
    responses=app.answers(
        "TherapistsAppointment",
        UnknownClient,
        UnknownSlot,
        AlreadyStarted,
        SlotTaken,
        *BODY,
        status=201,
        or_status=200,
    ),
)
def book_for_client(request: BookingForClientRequest) -> Answer:
    """Book a client into a slot."""
    return answer_booked_by_therapist(
        bookings.book_for_client(
            signed_in_therapist(app), request.client_id, request.slot_id, now=clock.now()
        )
    )


@app.delete(
    "/practice/appointments/<appointment_id>",
    responses=app.answers("TherapistsEnded", UnknownAppointment, AlreadyStarted),
)
def cancel(appointment_id: AppointmentId, by: By = Party.THERAPIST) -> Answer:
    """Cancel an appointment, in the therapist's own name or the client's."""
    now = clock.now()
    return answer_ended_by_therapist(
        cancellations.cancel_for_client(signed_in_therapist(app), appointment_id, by=by, now=now),
        now=now,
    )
