"""The watch over releases: counts, every hour, those that should have run and didn't."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock, schedules
from openhour.api.journal import count_overdue
from openhour.rules.practice import Practice
from openhour.rules.release import missed_since
from openhour.store.therapists import list_therapists

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> None:
    """Name every therapist whose release is overdue, and count them: none, too, is counted, so
    that a watch that sleeps is noticed. Raises what the tables or Scheduler answer when they
    can't."""
    overdue = [each.therapist_id for each in list_therapists() if _is_overdue(each)]
    for therapist_id in overdue:
        logger.error("a release didn't run", extra={"therapist_id": therapist_id})
    count_overdue(len(overdue))


def _is_overdue(practice: Practice) -> bool:
    """Whether a release was missed that was scheduled: not before the practice opened, nor by a
    time that was set only later."""
    since = missed_since(practice, now=clock.now())
    if since is None:
        return False
    scheduled = schedules.find_change(practice.therapist_id)
    return scheduled is None or scheduled <= since
