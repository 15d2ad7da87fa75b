"""Cancelling, by the client."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.answers import Answer
from openhour.api.appointments import answer_ended
from openhour.api.bodies import AppointmentId
from openhour.api.identity import signed_in_client
from openhour.api.resolver import resolver
from openhour.rules.appointments import Party
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    UnknownAppointment,
    UnknownClient,
)
from openhour.store import cancellations

app = resolver(Party.CLIENT)


@app.delete(
    "/appointments/<appointment_id>",
    responses=app.answers(
        "Ended", PrivilegeSuspended, UnknownClient, UnknownAppointment, AlreadyStarted
    ),
)
def cancel(appointment_id: AppointmentId) -> Answer:
    """Cancel the signed-in client's appointment."""
    now = clock.now()
    return answer_ended(
        cancellations.cancel_own(*signed_in_client(app), appointment_id, now=now), now=now
    )


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
