"""The sweep: every minute it hands over what has become due."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.deployment_check import CHECK, CHECKED
from openhour.store.due import read_cursors
from openhour.use_cases.sweeps import sweep

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any] | None:
    """Sweep. The check of a deployment is answered without handing anything over.

    Raises:
        Busy: DynamoDB can't answer.
        QueueUnavailable: Some intents are not on the queue.
    """
    if event == CHECK:
        read_cursors()
        return CHECKED
    sweep(now=clock.now())
    return None
