"""The public routes: what anybody may know of a practice, and registration."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.clients import (
    RECEIVED,
    RESENT,
    InvitationRequest,
    RegistrationRequest,
)
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.public import therapist_view
from openhour.api.request_fields import TherapistId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, accepted, json_response
from openhour.rules.refusals import NotAccepting, UnknownTherapist
from openhour.store import practices
from openhour.use_cases import invitations, registrations

app = resolver(None)


@app.get("/therapists/<therapist_id>", responses=app.responses("Therapist", UnknownTherapist))
def read_therapist(therapist_id: TherapistId) -> JsonResponse:
    """Return the public view of a practice."""
    practice = practices.cached_practice(therapist_id)
    accepting = registrations.is_accepting_clients(therapist_id, now=clock.now())
    return json_response(therapist_view(practice, accepting=accepting))


@app.post(
    "/therapists/<therapist_id>/registrations",
    responses=app.responses("Received", UnknownTherapist, NotAccepting, *BODY_REFUSALS, status=202),
)
def register(therapist_id: TherapistId, request: RegistrationRequest) -> JsonResponse:
    """Register a new client. The answer is the same whether or not the address is known."""
    registrations.register(therapist_id, **request.model_dump(), now=clock.now())
    return accepted(RECEIVED)


@app.post(
    "/therapists/<therapist_id>/invitations",
    responses=app.responses("Received", UnknownTherapist, *BODY_REFUSALS, status=202),
)
def resend_invitation(therapist_id: TherapistId, request: InvitationRequest) -> JsonResponse:
    """Send a first password again to a client who has not used it.

    The answer is the same whether or not there is such a client. One client is mailed at most once
    an hour and three times a day.
    """
    invitations.ask_for_invitation(therapist_id, email=request.email, now=clock.now())
    return accepted(RESENT)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
