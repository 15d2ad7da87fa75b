"""What a client can see: open slots, themselves, their appointments."""

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import appointment_view, appointments_response
from openhour.api.identity import Role
from openhour.api.me import me_view
from openhour.api.openings import Since, Until, openings_view
from openhour.api.request_fields import AppointmentId, Cursor
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.refusals import (
    PrivilegeSuspended,
    SelfSchedulingOff,
    UnknownAppointment,
    UnknownClient,
)
from openhour.store.practices import cached_practice
from openhour.store.simultaneous_reads import at_once
from openhour.use_cases import appointments, clients, openings
from openhour.use_cases.me import read_own_page

app = resolver(Role.CLIENT)


@app.get("/me", responses=app.responses("Me", UnknownClient))
def read_me() -> JsonResponse:
    """Return the signed-in client, with upcoming appointments and what clients are told now.

    Nothing else is needed for the first view but `GET /slots`, which may be asked at the same time.
    """
    now = clock.now()
    return json_response(me_view(read_own_page(*app.signed_in_client(), now=now), now=now))


@app.get(
    "/slots",
    responses=app.responses("Openings", UnknownClient, PrivilegeSuspended, SelfSchedulingOff),
)
def list_slots(since: Since = None, until: Until = None) -> JsonResponse:
    """Return the slots that may be booked now, between two local dates, half open."""
    client, now = app.signed_in_client(), clock.now()
    listed = openings.list_open_for(*client, since=since, until=until, now=now)
    return json_response(openings_view(listed, now=now))


@app.get("/appointments", responses=app.responses("Appointments", UnknownClient))
def list_appointments(
    past: Annotated[bool, Query(description="Past appointments instead of coming ones.")] = False,  # noqa: FBT002 - a query's flag
    cursor: Annotated[Cursor | None, Query()] = None,
) -> JsonResponse:
    """Return the signed-in client's appointments: coming, or past ones by pages, newest first.

    Among the coming ones are those that were cancelled.
    """
    client, now = app.signed_in_client(), clock.now()
    # A token is valid for up to half an hour after a discharge.
    _, response = at_once(
        partial(clients.read_client, *client),
        partial(appointments_response, *client, past=past, cursor=cursor, now=now),
    )
    return response


@app.get(
    "/appointments/<appointment_id>",
    responses=app.responses("Appointment", UnknownClient, UnknownAppointment),
)
def read_appointment(appointment_id: AppointmentId) -> JsonResponse:
    """Return one of the signed-in client's appointments, ended or not."""
    therapist_id, client_id = app.signed_in_client()
    _, found = at_once(
        partial(clients.read_client, therapist_id, client_id),
        partial(appointments.read_appointment, therapist_id, appointment_id, client_id=client_id),
    )
    return json_response(appointment_view(found, cached_practice(therapist_id)))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
