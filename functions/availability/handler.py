"""What a client can see: the open slots, themselves, their appointments."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.answers import Answer, tell
from openhour.api.appointments import answer_page
from openhour.api.bodies import Cursor, Date
from openhour.api.clients import show_me
from openhour.api.identity import signed_in_client
from openhour.api.openings import show_openings
from openhour.api.resolver import resolver
from openhour.rules.appointments import Party
from openhour.rules.refusals import SelfSchedulingOff, UnknownClient
from openhour.store import appointments, clients, openings
from openhour.store.practices import settings

app = resolver(Party.CLIENT)


@app.get("/me", responses=app.answers("Me", UnknownClient))
def me() -> Answer:
    """The signed-in client, with upcoming appointments."""
    therapist_id, client_id = signed_in_client(app)
    now = clock.now()
    return tell(
        show_me(
            clients.read_client(therapist_id, client_id),
            settings(therapist_id),
            appointments.upcoming(therapist_id, client_id, now=now),
            now=now,
        )
    )


@app.get("/slots", responses=app.answers("Openings", SelfSchedulingOff))
def slots(
    since: Annotated[Date | None, Query(alias="from")] = None,
    until: Annotated[Date | None, Query(alias="to")] = None,
) -> Answer:
    """The slots that may be booked now, between two of the therapist's dates, half open."""
    therapist_id, _ = signed_in_client(app)
    return tell(
        show_openings(openings.list_open(therapist_id, since=since, until=until, now=clock.now()))
    )


@app.get("/appointments", responses=app.answers("Appointments", UnknownClient))
def list_appointments(
    past: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query's flag
    cursor: Annotated[Cursor | None, Query()] = None,
) -> Answer:
    """The signed-in client's appointments: upcoming, or past ones by pages, newest first."""
    client = signed_in_client(app)
    clients.read_client(*client)  # a token may be good for an hour after a discharge
    return answer_page(client, past=past, cursor=cursor, now=clock.now())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
