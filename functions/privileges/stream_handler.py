"""Stream handler of the clients' table: it updates the client's login in Cognito."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import login_sync
from openhour.streams import handle_records, ids_of

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Handle a batch of records, and report those to be retried."""
    return handle_records(event, context, _sync_login, logger)


def _sync_login(record: StreamRecord) -> None:
    keys = record.keys
    try:
        login_sync.sync(
            login_sync.ClientChange(**keys, before=record.old_image, after=record.new_image)
        )
    except login_sync.LoginNameConflict:
        logger.warning("the login name belongs to another user", extra=ids_of(keys))
