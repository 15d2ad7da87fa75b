"""Public routes that concern clients by their keys alone.

They confirm a registration, send a first password again, and end reminders.
"""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.registrations import (
    RESENT,
    UNSUBSCRIBED,
    ConfirmationRequest,
    InvitationRequest,
    confirmed_view,
)
from openhour.api.request_fields import TherapistId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, accepted, json_response
from openhour.rules.refusals import IntakeFull, RegistrationExpired, UnknownTherapist
from openhour.use_cases import invitations, registrations, unsubscribing

app = resolver(None)


@app.post(
    "/therapists/<therapist_id>/registrations/confirm",
    responses=app.responses(
        "Confirmed", UnknownTherapist, IntakeFull, RegistrationExpired, *BODY_REFUSALS
    ),
)
def confirm_registration(therapist_id: TherapistId, request: ConfirmationRequest) -> JsonResponse:
    """Confirm a registration with the token of the mailed link. A first password is mailed.

    A repetition gives the first outcome.
    """
    email = registrations.confirm(therapist_id, request.token, now=clock.now())
    return json_response(confirmed_view(email))


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


@app.post("/unsubscribe/<token>", responses=app.responses("Received", status=202))
def end_reminders(token: str) -> JsonResponse:
    """Have a client get no more reminders, by the token of a mailed link.

    Mail programs send it with the form `List-Unsubscribe=One-Click` (RFC 8058), and no body is
    read. The answer is the same for every token.
    """
    unsubscribing.unsubscribe(token, now=clock.now())
    return accepted(UNSUBSCRIBED)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
