"""The watch over releases: counts, every hour, those that should have run and didn't."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.journal import count_overdue
from openhour.schedules import is_overdue
from openhour.store.therapists import list_therapists

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> None:
    """Name every therapist whose release is overdue, and count them: none, too, is counted, so
    that a watch that sleeps is noticed. Raises what the tables or Scheduler answer when they
    can't."""
    now = clock.now()
    overdue = [each.therapist_id for each in list_therapists() if is_overdue(each, now=now)]
    for therapist_id in overdue:
        logger.error("a release didn't run", extra={"therapist_id": therapist_id})
    count_overdue(len(overdue))
