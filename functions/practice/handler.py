"""The therapist's console. Each module beside this one adds its routes."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.practice import (  # noqa: F401 - importing them adds their routes
    appointments,
    audit_log,
    calendar,
    contacts,
    intake,
    logins,
    regulars,
    settings,
    time_off,
)
from functions.practice.app import app


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
