"""The clients' logins follow the stream of the clients' table."""

from traceback import format_tb
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import login_sync

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Follow every record, and report those to be tried again."""
    processor = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return process_partial_response(event, _follow, processor, context)


def _follow(record: Any) -> None:
    """Make one client's login follow its row. Only ids and the kind of an error are logged: what
    Cognito says of a login may quote it."""
    change = _change_in(record.dynamodb)
    ids = {"therapist_id": change.therapist_id, "client_id": change.client_id}
    try:
        login_sync.sync(change)
    except login_sync.LoginNameConflict:
        logger.warning("the login name belongs to another user", extra=ids)
    except Exception as error:
        kind, where = type(error).__name__, format_tb(error.__traceback__)
        extra = {**ids, "error": kind, "where": where}
        logger.error("the login could not follow", extra=extra)  # noqa: TRY400 - no message
        raise


def _change_in(stream: StreamRecord) -> login_sync.ClientChange:
    return login_sync.ClientChange(**stream.keys, before=stream.old_image, after=stream.new_image)
