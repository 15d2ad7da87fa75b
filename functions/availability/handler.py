"""What a client can see: open slots, themselves, their appointments."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import appointment_view, appointments_response
from openhour.api.clients import me_view
from openhour.api.identity import Role
from openhour.api.openings import openings_view
from openhour.api.request_fields import AppointmentId, Cursor, Date
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.refusals import (
    PrivilegeSuspended,
    SelfSchedulingOff,
    UnknownAppointment,
    UnknownClient,
)
from openhour.store.practices import cached_practice
from openhour.use_cases import appointments, clients, openings, time_off

app = resolver(Role.CLIENT)


@app.get("/me", responses=app.responses("Me", UnknownClient))
def me() -> JsonResponse:
    """Return the signed-in client, with upcoming appointments and what clients are told now."""
    therapist_id, client_id = app.signed_in_client()
    now = clock.now()
    return json_response(
        me_view(
            clients.read_client(therapist_id, client_id),
            cached_practice(therapist_id),
            appointments.upcoming(therapist_id, client_id, now=now),
            time_off.list_notices(therapist_id, now=now),
            now=now,
        )
    )


@app.get(
    "/slots",
    responses=app.responses("Openings", UnknownClient, PrivilegeSuspended, SelfSchedulingOff),
)
def slots(
    since: Annotated[Date | None, Query(alias="from")] = None,
    until: Annotated[Date | None, Query(alias="to")] = None,
) -> JsonResponse:
    """Return the slots that may be booked now, between two local dates, half open."""
    return json_response(
        openings_view(
            openings.list_open_for(
                *app.signed_in_client(), since=since, until=until, now=clock.now()
            )
        )
    )


@app.get("/appointments", responses=app.responses("Appointments", UnknownClient))
def list_appointments(
    past: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query's flag
    cursor: Annotated[Cursor | None, Query()] = None,
) -> JsonResponse:
    """Return the signed-in client's appointments: coming, or past ones by pages, newest first.

    Among the coming ones are those that were cancelled.
    """
    client = app.signed_in_client()
    clients.read_client(*client)  # A token is valid for up to an hour after a discharge.
    return appointments_response(*client, past=past, cursor=cursor, now=clock.now())


@app.get(
    "/appointments/<appointment_id>",
    responses=app.responses("Appointment", UnknownClient, UnknownAppointment),
)
def read_appointment(appointment_id: AppointmentId) -> JsonResponse:
    """Return one of the signed-in client's appointments, ended or not."""
    therapist_id, client_id = app.signed_in_client()
    clients.read_client(therapist_id, client_id)
    found = appointments.read_appointment(therapist_id, appointment_id, client_id=client_id)
    return json_response(appointment_view(found, cached_practice(therapist_id)))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
