"""Trigger of the clients' user pool: it records a first sign-in, and never prevents one."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

_SECONDS = 3
"""Cognito waits for a trigger for five, then refuses the sign-in (Amazon Cognito Developer Guide,
"Customizing user pool workflows with Lambda triggers")."""
logger = Logger(service="openhour")
_threads = ThreadPoolExecutor(4, "openhour-sign-in")


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Record the client's first sign-in, and return the event, as Cognito expects.

    What can't be recorded in time is left to the next sign-in.
    """
    try:
        _threads.submit(copy_context().run, _record, event).result(timeout=_SECONDS)
    except Exception as error:  # noqa: BLE001 - nothing may prevent a sign-in
        # The error's message may quote what was sent.
        logger.warning("a first sign-in was not recorded", extra={"error": type(error).__name__})
    return event


def _record(event: dict[str, Any]) -> None:
    # Imported here, so that not even an error of an import prevents a sign-in.
    from openhour import clock  # noqa: PLC0415
    from openhour.use_cases.sign_ins import record_first_sign_in  # noqa: PLC0415

    attributes = event["request"]["userAttributes"]
    record_first_sign_in(
        attributes["custom:therapist_id"], attributes["custom:client_id"], now=clock.now()
    )
