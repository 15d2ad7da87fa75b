"""Clients: who they are, what they have done, and whether they may book."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.answers import Answer, accept, create, tell
from openhour.api.appointments import OutcomeRequest, show_to_therapist
from openhour.api.bodies import AppointmentId, ClientId, Cursor
from openhour.api.clients import (
    ClientPatch,
    ClientRequest,
    PrivilegeRequest,
    show_client,
    show_client_with,
    show_discharged,
)
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.api.resolver import resolver
from openhour.rules.appointments import Party
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import (
    Invalid,
    KnownClient,
    NotStarted,
    UnknownAppointment,
    UnknownClient,
)
from openhour.store import appointments, clients, outcomes
from openhour.store.practices import settings
from openhour.store.records import list_records, read_record

app = resolver(Party.THERAPIST)


def _therapist() -> str:
    """The therapist who asks. Raises UnknownTherapist where the practice was removed, before
    anything is done: a token outlives it."""
    therapist_id = signed_in_therapist(app)
    settings(therapist_id)
    return therapist_id


@app.get("/practice/clients", responses=app.answers("Clients"))
def list_clients() -> Answer:
    """Every client, flagged ones first."""
    records = list_records(_therapist(), now=clock.now())
    return tell({"clients": list(map(show_client, records))})


@app.post("/practice/clients", responses=app.answers("Client", KnownClient, *BODY, status=201))
def add_client(request: ClientRequest) -> Answer:
    """Take a new client in, with a login where they are invited."""
    therapist_id, now = _therapist(), clock.now()
    client = clients.add_client(therapist_id, **request.model_dump(), now=now)
    record = read_record(therapist_id, client.client_id, now=now)
    return create(show_client(record), f"/practice/clients/{client.client_id}")


@app.get(
    "/practice/clients/<client_id>",
    responses=app.answers("ClientHistory", UnknownClient),
)
def read_client(client_id: ClientId, cursor: Annotated[Cursor | None, Query()] = None) -> Answer:
    """One client, with the whole history by pages, newest first."""
    therapist_id = _therapist()
    record = read_record(therapist_id, client_id, now=clock.now())
    page = appointments.history(therapist_id, client_id, cursor=cursor)
    return tell({**show_client_with(record, page.appointments), "next": page.next})


@app.patch(
    "/practice/clients/<client_id>",
    responses=app.answers("Client", UnknownClient, *BODY),
)
def change_client(client_id: ClientId, request: ClientPatch) -> Answer:
    """Change what is known of a client."""
    therapist_id, now = _therapist(), clock.now()
    clients.change_client(therapist_id, client_id, request.changes, now=now)
    return tell(show_client(read_record(therapist_id, client_id, now=now)))


@app.delete("/practice/clients/<client_id>", responses=app.answers("Client", UnknownClient))
def discharge(client_id: ClientId) -> Answer:
    """Discharge a client: future sessions are cancelled, the login is removed."""
    therapist_id, now = _therapist(), clock.now()
    client = clients.discharge(therapist_id, client_id, now=now)
    return tell(show_discharged(client, settings(therapist_id), now=now))


@app.post(
    "/practice/clients/<client_id>/invitation",
    responses=app.answers("Client", UnknownClient, KnownClient, Invalid, status=202),
)
def invite(client_id: ClientId) -> Answer:
    """Send a first password, or another."""
    therapist_id, now = _therapist(), clock.now()
    clients.invite(therapist_id, client_id, now=now)
    return accept(show_client(read_record(therapist_id, client_id, now=now)))


@app.put(
    "/practice/clients/<client_id>/privilege",
    responses=app.answers("ClientAndAppointments", UnknownClient, *BODY),
)
def set_privilege(client_id: ClientId, request: PrivilegeRequest) -> Answer:
    """Suspend or restore a client's privilege; answers with their future appointments."""
    therapist_id, now = _therapist(), clock.now()
    clients.set_privilege(therapist_id, client_id, request.wanted, reason=request.reason, now=now)
    record = read_record(therapist_id, client_id, now=now)
    return tell(show_client_with(record, appointments.upcoming(therapist_id, client_id, now=now)))


@app.put(
    "/practice/appointments/<appointment_id>/outcome",
    responses=app.answers("TherapistsAppointment", UnknownAppointment, NotStarted, *BODY),
)
def mark_outcome(appointment_id: AppointmentId, request: OutcomeRequest) -> Answer:
    """Say what a session came to, or waive its strike."""
    therapist_id = _therapist()
    marked = outcomes.mark_outcome(
        therapist_id, appointment_id, Outcome(request.outcome), now=clock.now()
    )
    return tell(show_to_therapist(marked, settings(therapist_id)))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
