"""Cancelling, by a client."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.appointments import ending_response
from openhour.api.identity import Role
from openhour.api.request_fields import AppointmentId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    UnknownAppointment,
    UnknownClient,
)
from openhour.use_cases import cancellations

app = resolver(Role.CLIENT)


@app.delete(
    "/appointments/<appointment_id>",
    responses=app.responses(
        "Ended", PrivilegeSuspended, UnknownClient, UnknownAppointment, AlreadyStarted
    ),
)
def cancel_appointment(appointment_id: AppointmentId) -> JsonResponse:
    """Cancel the signed-in client's appointment."""
    now = clock.now()
    return ending_response(
        cancellations.cancel_own(*app.signed_in_client(), appointment_id, now=now), now=now
    )


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
