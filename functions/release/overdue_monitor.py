"""The hourly monitor: it finds releases that should have run, counts them, and runs them."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.observability import count_overdue
from openhour.schedules import overdue_since
from openhour.store.practices import all_practices

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

logger = Logger(service="openhour")


@cache
def lambda_client() -> "LambdaClient":
    """Return the Lambda client, created on first use."""
    return boto3.client("lambda")


@logger.inject_lambda_context
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> None:
    """Count the overdue releases, log their therapists, and invoke the release function for each.

    A count of zero is recorded too, so that an alarm notices if the monitor stops.

    Raises:
        ClientError: DynamoDB, Scheduler or Lambda failed.

    """
    overdue = list(_find_overdue(clock.now()))
    count_overdue(len(overdue))
    for therapist_id, since in overdue:
        logger.error("a release didn't run", extra={"therapist_id": therapist_id})
        event = {"therapist_id": therapist_id, "scheduled_at": since.isoformat()}
        lambda_client().invoke(
            FunctionName=os.environ["RELEASE_FUNCTION_ARN"],
            InvocationType="Event",
            Payload=json.dumps(event),
        )


def _find_overdue(now: datetime) -> Iterator[tuple[str, datetime]]:
    for practice in all_practices():
        since = overdue_since(practice, now=now)
        if since is not None:
            yield practice.therapist_id, since
