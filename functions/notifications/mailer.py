"""The mailer: it sends what the mail queue brings, each message once."""

import json
from traceback import format_tb
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.notifications.mails.composing import compose
from openhour import clock
from openhour.api.observability import count_mail, count_paused_mail
from openhour.deployment_check import CHECK, CHECKED, NOBODY
from openhour.ses import MailNotSent
from openhour.store.practices import find_practice
from openhour.use_cases.deliveries import deliver

logger = Logger(service="openhour")

REPLAYED = "replayed"
"""The attribute of a message that the operator hands over again."""


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Handle a batch of messages, and report those to be retried.

    The check of a deployment is answered without sending anything.
    """
    if event == CHECK:
        find_practice(NOBODY)
        return CHECKED
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(event, _handle, processor, context)


def _handle(record: SQSRecord) -> None:
    values = json.loads(record.body)
    again = REPLAYED in (record.raw_event.get("messageAttributes") or {})
    try:
        outcome = deliver(values, compose, now=clock.now(), again=again)
    except MailNotSent as error:
        logger.warning(
            "the mail service does not send", extra={**_ids(values), "reason": error.reason}
        )
        count_paused_mail(error.reason)
        raise
    except Exception as error:
        where = format_tb(error.__traceback__)
        extra = {**_ids(values), "error": type(error).__name__, "where": where}
        logger.error("the mail could not be sent", extra=extra)  # noqa: TRY400 - no message
        raise
    count_mail(outcome)


def _ids(values: dict[str, Any]) -> dict[str, str]:
    return {name: values[name] for name in ("therapist_id", "client_id") if name in values}
