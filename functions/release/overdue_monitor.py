"""The hourly monitor: it runs the releases that their schedules missed, and counts those.

It also runs a release that a change of settings has passed over.
"""

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
from openhour.deployment_check import CHECK, CHECKED, NOBODY
from openhour.rules.release import Overdue
from openhour.schedules import find_overdue, last_modified
from openhour.store.practices import all_practices

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

logger = Logger(service="openhour")


@cache
def lambda_client() -> "LambdaClient":
    """Return the Lambda client, created on first use."""
    return boto3.client("lambda")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any] | None:
    """Count the missed releases, log their therapists, and run every overdue one.

    A count of zero is recorded too, so that an alarm notices if the monitor stops. The check of a
    deployment is answered without counting or running any.

    Raises:
        ClientError: DynamoDB, Scheduler or Lambda failed.

    """
    if event == CHECK:
        next(all_practices(), None)
        last_modified(NOBODY)
        return CHECKED
    _run_overdue()
    return None


def _run_overdue() -> None:
    all_overdue = list(_find_overdue(clock.now()))
    count_overdue(sum(overdue.missed for _, overdue in all_overdue))
    for therapist_id, overdue in all_overdue:
        if overdue.missed:
            logger.error("a release didn't run", extra={"therapist_id": therapist_id})
        event = {"therapist_id": therapist_id, "scheduled_at": overdue.due.isoformat()}
        lambda_client().invoke(
            FunctionName=os.environ["RELEASE_FUNCTION_ARN"],
            InvocationType="Event",
            Payload=json.dumps(event),
        )


def _find_overdue(now: datetime) -> Iterator[tuple[str, Overdue]]:
    for practice in all_practices():
        overdue = find_overdue(practice, now=now)
        if overdue is not None:
            yield practice.therapist_id, overdue
