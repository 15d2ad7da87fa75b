"""Public routes that read no client: what anybody may know of a practice, and registering."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.public import therapist_view
from openhour.api.registrations import RECEIVED, RegistrationRequest
from openhour.api.request_fields import TherapistId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, accepted, json_response
from openhour.rules.refusals import NotAccepting, UnknownTherapist
from openhour.store import practices
from openhour.use_cases import intake, registrations

app = resolver(None)


@app.get("/therapists/<therapist_id>", responses=app.responses("Therapist", UnknownTherapist))
def read_therapist(therapist_id: TherapistId) -> JsonResponse:
    """Return the public view of a practice."""
    practice = practices.cached_practice(therapist_id)
    accepting = intake.is_accepting_clients(therapist_id, now=clock.now())
    return json_response(therapist_view(practice, accepting=accepting))


@app.post(
    "/therapists/<therapist_id>/registrations",
    responses=app.responses("Received", UnknownTherapist, NotAccepting, *BODY_REFUSALS, status=202),
)
def register(therapist_id: TherapistId, request: RegistrationRequest) -> JsonResponse:
    """Ask to become a client. The address is mailed a link to confirm it, at most once a day.

    The answer is the same whether or not the address is known.
    """
    registrations.register(therapist_id, **request.given, now=clock.now())
    return accepted(RECEIVED)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
