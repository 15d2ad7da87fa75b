"""Stream functions: the handling of a batch of DynamoDB stream records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from traceback import format_tb
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

_LOGGED_KEYS = ("therapist_id", "client_id", "login_id")


def handle_records(
    event: dict[str, Any],
    context: LambdaContext,
    handle: Callable[[StreamRecord], None],
    logger: Logger,
) -> Any:
    """Call `handle` for each record, and report the records for which it raised an error.

    An error is logged with its type and traceback, but without its message, which may contain
    personal data. Lambda retries from the first reported record on.
    """

    def handle_and_log(record: Any) -> None:
        try:
            handle(record.dynamodb)
        except Exception as error:
            extra = {
                **ids_of(record.dynamodb.keys),
                "error": type(error).__name__,
                "where": format_tb(error.__traceback__),
            }
            logger.error("the stream record could not be handled", extra=extra)  # noqa: TRY400 - no message
            raise

    processor = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return process_partial_response(event, handle_and_log, processor, context)


def ids_of(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ids among a row's keys that logs may contain."""
    return {name: keys[name] for name in _LOGGED_KEYS if name in keys}
