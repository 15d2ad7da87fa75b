"""The watch over releases: every hour it counts those that should have run and didn't, and has them
run."""

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
from openhour.use_cases.therapists import list_therapists

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

logger = Logger(service="openhour")


@cache
def invoker() -> "LambdaClient":
    """The client of Lambda, made when first needed."""
    return boto3.client("lambda")


@logger.inject_lambda_context
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> None:
    """Name every therapist whose release is overdue, have it run, and count them: none, too, is
    counted, so that a watch that sleeps is noticed. Raises what the tables, Scheduler or Lambda
    answer when they can't."""
    overdue = list(_find_overdue(clock.now()))
    count_overdue(len(overdue))
    for therapist_id, since in overdue:
        logger.error("a release didn't run", extra={"therapist_id": therapist_id})
        event = {"therapist_id": therapist_id, "scheduled_at": since.isoformat()}
        invoker().invoke(
            FunctionName=os.environ["RELEASE_FUNCTION_ARN"],
            InvocationType="Event",
            Payload=json.dumps(event),
        )


def _find_overdue(now: datetime) -> Iterator[tuple[str, datetime]]:
    for practice in list_therapists():
        since = overdue_since(practice, now=now)
        if since is not None:
            yield practice.therapist_id, since
