"""Clients: who they are, what they have done, and whether they may book."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import OutcomeRequest, therapist_appointment_view
from openhour.api.booking_checks import booking_check_view, client_openings_view
from openhour.api.clients import (
    ClientPatch,
    ClientRequest,
    PrivilegeRequest,
    client_view,
    client_with_appointments_view,
    listed_client_view,
    registration_view,
)
from openhour.api.identity import Role
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.openings import Since, Until
from openhour.api.request_fields import (
    AppointmentId,
    ClientId,
    Cursor,
    RegistrationId,
    WantedSlot,
)
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, accepted, created, json_response
from openhour.mail_sender import sends_mail
from openhour.rules.clients import DischargeReason
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import (
    BeforeMailFrom,
    ClientSuspended,
    Invalid,
    KnownClient,
    MailNotStopped,
    MailStopped,
    MailUnwanted,
    NoAddress,
    NoSender,
    NotInvited,
    NotStarted,
    UnknownAppointment,
    UnknownClient,
    UnknownRegistration,
    UnknownRegularRequest,
)
from openhour.store.practices import cached_practice
from openhour.use_cases import (
    appointments,
    asked_regulars,
    booking_checks,
    clients,
    intake,
    mail_stops,
    openings,
    outcomes,
    welcomes,
)
from openhour.use_cases.client_records import list_records, record_of, record_with_upcoming

app = resolver(Role.THERAPIST)
NOT_WELCOMED = (
    *(ClientSuspended, NoSender, NoAddress, NotInvited),
    *(MailStopped, MailUnwanted, BeforeMailFrom),
)

Notify = Annotated[bool, Query(description="Whether the client is told.")]
Discharged = Annotated[bool, Query(description="The discharged clients instead.")]
Reason = Annotated[DischargeReason, Query(description="Why. The client never sees it.")]


@app.get("/practice/clients", responses=app.responses("Clients"))
def list_clients(*, discharged: Discharged = False) -> JsonResponse:
    """List every client, flagged ones first."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    records = list_records(therapist_id, discharged=discharged, now=now)
    return json_response({"clients": list(map(listed_client_view, records))})


@app.post(
    "/practice/clients",
    responses=app.responses("Client", KnownClient, *BODY_REFUSALS, status=201, or_status=200),
)
def add_client(request: ClientRequest) -> JsonResponse:
    """Add a client, with a login if they are invited. One who was added before is returned."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    added = clients.add_client(therapist_id, **request.model_dump(), now=now)
    view = client_view(record_of(therapist_id, added.client, now=now))
    path = f"/practice/clients/{added.client.client_id}"
    return created(view, path) if added.new else json_response(view)


@app.get(
    "/practice/clients/<client_id>",
    responses=app.responses("ClientHistory", UnknownClient),
)
def read_client(
    client_id: ClientId, cursor: Annotated[Cursor | None, Query()] = None
) -> JsonResponse:
    """Return one client, with the whole history by pages, newest first."""
    therapist_id = app.signed_in_therapist()
    client = clients.read_client(therapist_id, client_id)
    record = record_of(therapist_id, client, now=clock.now())
    page = appointments.history(therapist_id, client_id, cursor=cursor)
    return json_response(
        {**client_with_appointments_view(record, page.appointments), "next": page.next}
    )


@app.get(
    "/practice/clients/<client_id>/slots",
    responses=app.responses("ClientOpenings", UnknownClient),
)
def list_client_slots(
    client_id: ClientId, since: Since = None, until: Until = None
) -> JsonResponse:
    """Return what a client sees of the open slots, or why they see none."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    listed, refusals = openings.list_as_client_sees(
        therapist_id, client_id, since=since, until=until, now=now
    )
    return json_response(client_openings_view(listed, refusals, now=now))


@app.get(
    "/practice/clients/<client_id>/booking-check",
    responses=app.responses("BookingCheck", UnknownClient),
)
def check_booking(client_id: ClientId, slot_id: Annotated[WantedSlot, Query()]) -> JsonResponse:
    """Return every reason for which a client could not book a slot now."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    check = booking_checks.check_booking(therapist_id, client_id, slot_id, now=now)
    return json_response(booking_check_view(check, now=now))


@app.patch(
    "/practice/clients/<client_id>",
    responses=app.responses("Client", UnknownClient, *BODY_REFUSALS),
)
def change_client(client_id: ClientId, request: ClientPatch) -> JsonResponse:
    """Change a client's name, address, phone or limits, or what they want by mail.

    The office changes what they want by mail, and nothing else.
    """
    if not request.concerns_mail_alone:
        app.require_therapist()
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = clients.change_client(therapist_id, client_id, request.changes, now=now)
    return json_response(client_view(record_of(therapist_id, client, now=now)))


@app.delete("/practice/clients/<client_id>", responses=app.responses("Client", UnknownClient))
def discharge_client(
    client_id: ClientId, *, reason: Reason | None = None, notify: Notify = False
) -> JsonResponse:
    """Discharge a client: cancel future sessions and remove the login."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = clients.discharge(therapist_id, client_id, reason=reason, notify=notify, now=now)
    return json_response(client_view(record_of(therapist_id, client, now=now)))


@app.post(
    "/practice/clients/<client_id>/invitation",
    responses=app.responses("Client", UnknownClient, KnownClient, Invalid, status=202),
)
def invite_client(client_id: ClientId) -> JsonResponse:
    """Send a first password, or another."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = clients.invite(therapist_id, client_id, now=now)
    return accepted(client_view(record_of(therapist_id, client, now=now)))


@app.post(
    "/practice/clients/<client_id>/welcome",
    responses=app.responses("Client", UnknownClient, *NOT_WELCOMED, status=202),
)
def welcome_client(client_id: ClientId) -> JsonResponse:
    """Mail a client how to book, and what is booked for them."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = welcomes.welcome(therapist_id, client_id, sends_mail=sends_mail(), now=now)
    return accepted(client_view(record_of(therapist_id, client, now=now)))


@app.delete(
    "/practice/clients/<client_id>/mail-stop",
    responses=app.responses("Client", UnknownClient, MailNotStopped),
)
def resume_mail(client_id: ClientId) -> JsonResponse:
    """Mail a client again whose mail had come back or was unwanted."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = mail_stops.resume_mail(therapist_id, client_id, now=now)
    return json_response(client_view(record_of(therapist_id, client, now=now)))


@app.delete(
    "/practice/clients/<client_id>/regular-request",
    responses=app.responses("Client", UnknownClient, UnknownRegularRequest),
)
def decline_regular_request(client_id: ClientId) -> JsonResponse:
    """Decline that a client's session repeats. Entering the regular settles the request, too."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    client = asked_regulars.decline(therapist_id, client_id, now=now)
    return json_response(client_view(record_of(therapist_id, client, now=now)))


@app.put(
    "/practice/clients/<client_id>/privilege",
    responses=app.responses("PrivilegeChange", UnknownClient, *BODY_REFUSALS),
)
def set_privilege(client_id: ClientId, request: PrivilegeRequest) -> JsonResponse:
    """Suspend or restore a client, and return their future appointments.

    Restoring resets the strikes: those before it count no longer.
    """
    therapist_id, now = app.signed_in_therapist(), clock.now()
    change = clients.set_privilege(
        therapist_id,
        client_id,
        request.wanted,
        reason=request.reason,
        notify=request.notify,
        now=now,
    )
    view = client_with_appointments_view(
        *record_with_upcoming(therapist_id, change.client, now=now)
    )
    return json_response({**view, "strikes_reset": change.strikes_reset})


@app.get("/practice/registrations", responses=app.responses("Registrations"))
def list_registrations() -> JsonResponse:
    """List the registrations of suspended and discharged clients, who can't register again."""
    therapist_id = app.signed_in_therapist()
    practice = cached_practice(therapist_id)
    listed = intake.list_returning(therapist_id)
    return json_response(
        {"registrations": [registration_view(each, client, practice) for each, client in listed]}
    )


@app.delete(
    "/practice/registrations/<registration_id>",
    responses=app.responses("Registrations", UnknownRegistration),
)
def dismiss_registration(registration_id: RegistrationId) -> JsonResponse:
    """Delete a returning registration from the list, and return those that are left."""
    intake.dismiss(app.signed_in_therapist(), registration_id, now=clock.now())
    return list_registrations()


@app.put(
    "/practice/appointments/<appointment_id>/outcome",
    responses=app.responses(
        "TherapistsAppointment", UnknownAppointment, NotStarted, *BODY_REFUSALS
    ),
)
def mark_outcome(appointment_id: AppointmentId, request: OutcomeRequest) -> JsonResponse:
    """Mark a session's outcome, or waive its strike."""
    therapist_id = app.signed_in_therapist()
    marked = outcomes.mark_outcome(
        therapist_id, appointment_id, Outcome(request.outcome), now=clock.now()
    )
    return json_response(therapist_appointment_view(marked, cached_practice(therapist_id)))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
