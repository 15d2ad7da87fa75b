"""The public routes: a therapist's page, registration, and what a page needs to begin."""

from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.answers import Answer, accept, pass_on, tell
from openhour.api.bodies import TherapistId
from openhour.api.clients import RECEIVED, RegistrationRequest
from openhour.api.document import BODY
from openhour.api.publications import show_config, show_therapist
from openhour.api.resolver import resolver
from openhour.rules.refusals import NotAccepting, UnknownTherapist
from openhour.store import practices, registrations

app = resolver(None)

DOCUMENT = Path(__file__).with_name("openapi.json")


@app.get("/therapists/<therapist_id>", responses=app.answers("Therapist", UnknownTherapist))
def read_therapist(therapist_id: TherapistId) -> Answer:
    """What anybody may know of a practice."""
    practice = practices.settings(therapist_id)
    accepting = registrations.is_accepting_clients(therapist_id, now=clock.now())
    return tell(show_therapist(practice, accepting=accepting))


@app.post(
    "/therapists/<therapist_id>/registrations",
    responses=app.answers("Received", UnknownTherapist, NotAccepting, *BODY, status=202),
)
def register(therapist_id: TherapistId, request: RegistrationRequest) -> Answer:
    """Ask to become a client. The answer is the same whether or not the address is known."""
    registrations.register(therapist_id, **request.model_dump(), now=clock.now())
    return accept(RECEIVED)


@app.get("/config.json", responses=app.answers("Config"))
def read_config() -> Answer:
    """Where to sign in."""
    return tell(show_config())


@app.get("/openapi.json", responses=app.answers("Document"))
def read_document() -> Answer:
    """The OpenAPI document of the whole interface."""
    return pass_on(DOCUMENT.read_text())


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
