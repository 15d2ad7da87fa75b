"""Stream handler of the clients' and the logins' tables.

It updates the logins in Cognito, and announces what has changed for a client.
"""

import json
import os
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock, login_sync, practice_login_sync
from openhour.api.observability import count_mails_too_old
from openhour.cognito import MailNotSent
from openhour.rules.mail_intents import intents_of_client
from openhour.rules.reachability import was_resumed
from openhour.store.stream_images import changed_client
from openhour.streams import handle_records, ids_of
from openhour.use_cases.announcements import announce, ask_to_mail_again

logger = Logger(service="openhour")

_SET_ASIDE = "SetAside"
"""Marks a record that was put with the dead letters before."""


@cache
def sqs_client() -> Any:
    """Return the SQS client, created on first use."""
    return boto3.client("sqs")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Handle a batch of records, and report those to be retried."""

    def handle(record: StreamRecord) -> None:
        if "client_id" in record.keys:
            _announce(record)
        try:
            _sync_login(record)
        except MailNotSent:
            if record.raw_event.get(_SET_ASIDE):  # It is replayed. As a failure, its letter stays.
                raise
            _set_aside(record, function=context.invoked_function_arn)

    return handle_records(event, context, handle, logger)


def _announce(record: StreamRecord) -> None:
    before, after = changed_client(record.raw_event)
    now = clock.now()
    intents = intents_of_client(before, after, seen_at=now)
    count_mails_too_old(announce(record.keys["therapist_id"], intents, now=now))
    if was_resumed(before, after):
        ask_to_mail_again(**record.keys)


def _sync_login(record: StreamRecord) -> None:
    keys = record.keys
    if "login_id" in keys:
        practice_login_sync.sync(**keys, former_name=record.old_image.get("username"))
        return
    try:
        login_sync.sync(
            login_sync.ClientChange(**keys, before=record.old_image, after=record.new_image)
        )
    except login_sync.LoginNameConflict:
        logger.warning("the login name belongs to another user", extra=ids_of(keys))


def _set_aside(record: StreamRecord, *, function: str) -> None:
    """Put the record with the dead letters at once, in the form of a failed invocation.

    Until a mail can be sent, retries would only hold up the other records of the shard. The letter
    names the client or the login, and contains no personal data.
    """
    logger.error("the first password can't be mailed", extra=ids_of(record.keys))
    image = {"invited_at": {"S": record.new_image.get("invited_at", "")}}
    change = {
        "Keys": record.raw_event["Keys"],
        "NewImage": image,
        "SequenceNumber": record.sequence_number,
        _SET_ASIDE: True,
    }
    letter = {
        "requestContext": {"functionArn": function},
        "requestPayload": {"Records": [{"eventName": "INSERT", "dynamodb": change}]},
    }
    sqs_client().send_message(
        QueueUrl=os.environ["PRIVILEGES_DEAD_LETTERS_URL"], MessageBody=json.dumps(letter)
    )
