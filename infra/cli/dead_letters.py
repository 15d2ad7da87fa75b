"""Dead letters: failed events, handed to their functions again.

A message is deleted once its function has succeeded. It stays if the function fails again, and if
the message cannot be understood.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.cli.output import FAILED, Line
from infra.cli.stack import Stack
from openhour.use_cases.announcements import REQUESTS

_SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
"""EventBridge Scheduler's placeholder for the instant of a run."""
_HIDDEN_SECONDS = 900
"""How long a received message stays hidden: as long as a function may run."""
_MAX_PAGES = 1000
"""Pages of a shard between the first record of a batch and its last."""
_EXPIRED = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})

_DEAD_LETTERS = "DeadLetters"
"""The stack's other queue is that of mail."""
_MAILER, _ALIAS = "MailerFunction", "live"
_REPLAYED = "replayed"

Invoke = Callable[[str, Mapping[str, Any]], Any]
"""Invoke a function, by name or ARN, with an event. Raises InvocationFailed if it fails."""


class InvocationFailed(Exception):
    """The function failed again."""


class RecordsExpired(Exception):
    """The stream no longer has the records: they are more than a day old."""


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """A function and the event with which it failed."""

    function: str
    event: Mapping[str, Any]


def replay(
    sqs: Any, streams: Any, invoke: Invoke, stack: Stack, *, dry_run: bool
) -> Iterator[Line]:
    """Hand over every message in the stack's dead-letter queues.

    With `dry_run` only say what each one is.
    """
    mailer = f"{stack.functions.get(_MAILER, _MAILER)}:{_ALIAS}"
    queues = {name: url for name, url in stack.queues.items() if _DEAD_LETTERS in name}
    for name, queue in sorted(queues.items()):
        received = _receive(sqs, queue)
        for message in list(received) if dry_run else received:
            failed = functools.partial(read_failed_event, streams, message, mailer)
            line = _hand_over(failed, None if dry_run else invoke, name, message)
            handle = {"QueueUrl": queue, "ReceiptHandle": message["ReceiptHandle"]}
            if dry_run:
                sqs.change_message_visibility(**handle, VisibilityTimeout=0)
            elif not line.exit_code:
                sqs.delete_message(**handle)
            yield line
    yield Line("end", "No further message is visible.", {})


def _receive(sqs: Any, queue: str) -> Iterator[Mapping[str, Any]]:
    while True:
        messages = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            VisibilityTimeout=_HIDDEN_SECONDS,
        ).get("Messages")
        if not messages:
            return
        yield from messages


def _hand_over(
    read: Callable[[], FailedEvent], invoke: Invoke | None, queue: str, message: Mapping[str, Any]
) -> Line:
    facts = {"queue": queue, "message": message["MessageId"]}
    try:
        failed = read()
        if invoke is None:
            text = f"{queue}: {failed.function} would be invoked."
            return Line("ready", text, {**facts, "function": failed.function})
        invoke(failed.function, failed.event)
    except RecordsExpired:
        text = f"{queue}: the stream's records have expired. Run `openhour resync` instead."
        return Line("expired", text, facts, FAILED)
    except InvocationFailed:
        return Line(
            "failed", f"{queue}: the function failed again. The message stays.", facts, FAILED
        )
    except (KeyError, ValueError):
        return Line("unknown", f"{queue}: the message has no known form. It stays.", facts, FAILED)
    return Line("done", f"{queue}: the function has handled one event.", facts)


def read_failed_event(streams: Any, message: Mapping[str, Any], mailer: str) -> FailedEvent:
    """Read the event of a stream's batch, of an invocation, of a mail, or of a schedule's run.

    Raises:
        RecordsExpired: the stream no longer has the batch.
        KeyError, ValueError: the message is none of these.
    """
    body = json.loads(message["Body"])
    if "DDBStreamBatchInfo" in body:
        records = read_records(streams, body["DDBStreamBatchInfo"])
        return FailedEvent(body["requestContext"]["functionArn"], {"Records": records})
    if "requestPayload" in body:
        return FailedEvent(body["requestContext"]["functionArn"], body["requestPayload"])
    if any(name in body for name in ("kind", *REQUESTS)):
        return FailedEvent(mailer, {"Records": [_as_mail_record(message)]})
    attributes = message["MessageAttributes"]
    event = {name: body[name] for name in ("therapist_id", "scheduled_at")}
    if event["scheduled_at"] == _SCHEDULED_TIME:
        event["scheduled_at"] = attributes["SCHEDULED_TIME"]["StringValue"]
    return FailedEvent(attributes["TARGET_ARN"]["StringValue"], event)


def _as_mail_record(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message of the mail queue in Lambda's form, marked as handed over again.

    The mailer then sends it although it was tried twice, and may have been sent.
    """
    marked = {_REPLAYED: {"dataType": "String", "stringValue": "true"}}
    return {
        "messageId": message["MessageId"],
        "body": message["Body"],
        "messageAttributes": marked,
        "eventSource": "aws:sqs",
    }


def read_records(streams: Any, batch: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read a batch's records again, in Lambda's form.

    Records that the event source's filter left out are among them. Raises RecordsExpired.
    """
    try:
        iterator = streams.get_shard_iterator(
            StreamArn=batch["streamArn"],
            ShardId=batch["shardId"],
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=batch["startSequenceNumber"],
        )["ShardIterator"]
        records = list(_read_through(streams, iterator, int(batch["endSequenceNumber"])))
    except ClientError as error:
        if error.response["Error"]["Code"] in _EXPIRED:
            raise RecordsExpired from error
        raise
    events = [{**record, "eventSourceARN": batch["streamArn"]} for record in records]
    plain: list[dict[str, Any]] = json.loads(json.dumps(events, default=lambda at: at.timestamp()))
    return plain


def _read_through(streams: Any, iterator: str | None, last: int) -> Iterator[dict[str, Any]]:
    """Yield the records up to sequence number `last`.

    Pages may be empty on the way (DynamoDB Streams API Reference, GetRecords). Raises
    RecordsExpired if `last` is not reached, since the batch would be incomplete.
    """
    for _ in range(_MAX_PAGES):
        page = streams.get_records(ShardIterator=iterator)
        for record in page["Records"]:
            number = int(record["dynamodb"]["SequenceNumber"])
            if number <= last:
                yield record
            if number >= last:
                return
        iterator = page.get("NextShardIterator")
        if iterator is None:
            break
    raise RecordsExpired
