"""Dead letters: what failed for good, handed to its function once more. A message goes when its
function has done the work; what fails again stays, and so does what nobody understands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.operate.told import FAULT, Told
from infra.recovery.stack import Stack

_INSTANT = "<aws.scheduler.scheduled-time>"
_HIDDEN_SECONDS = 900
"""How long a message that was taken stays out of sight: as long as a function may run."""
_MOST_PAGES = 1000
"""Of a shard, between the first record of a batch and its last."""
_GONE = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})

Invoke = Callable[[str, Mapping[str, Any]], Any]
"""Runs a function, by its name or ARN, with an event; its answer. Raises Failed."""


class Failed(Exception):
    """The function failed again."""


class Forgotten(Exception):
    """The stream no longer has the records: they were written more than a day ago."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message stands for: the function, and the event that it failed with."""

    function: str
    event: Mapping[str, Any]


def replay(sqs: Any, streams: Any, invoke: Invoke, stack: Stack) -> Iterator[Told]:
    """Hand over every message that waits in a queue of the stack."""
    for name, queue in sorted(stack.queues.items()):
        for message in _messages(sqs, queue):
            told = _hand_over(streams, invoke, name, message)
            if not told.code:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            yield told
    yield Told("end", "No other message is in sight.", {})


def _messages(sqs: Any, queue: str) -> Iterator[Mapping[str, Any]]:
    while True:
        received = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            VisibilityTimeout=_HIDDEN_SECONDS,
        ).get("Messages")
        if not received:
            return
        yield from received


def _hand_over(streams: Any, invoke: Invoke, queue: str, message: Mapping[str, Any]) -> Told:
    facts = {"queue": queue, "message": message["MessageId"]}
    try:
        letter = read_letter(streams, message)
        answer = invoke(letter.function, letter.event)
    except Forgotten:
        text = "the stream has forgotten what it was about: see `follow`"
        return Told("forgotten", f"{queue}: {text}.", facts, FAULT)
    except Failed:
        return Told("failed", f"{queue}: it failed again, and stays.", facts, FAULT)
    except (KeyError, ValueError):
        return Told("unknown", f"{queue}: nobody understands it; it stays.", facts, FAULT)
    if isinstance(answer, dict) and answer.get("batchItemFailures"):
        return Told("failed", f"{queue}: it failed again, and stays.", facts, FAULT)
    return Told("done", f"{queue}: done.", facts)


def read_letter(streams: Any, message: Mapping[str, Any]) -> Letter:
    """Read what a message stands for: a batch of a stream, an invocation, or a schedule's call.
    Raises Forgotten, and KeyError or ValueError for what is none of them."""
    body = json.loads(message["Body"])
    if "DDBStreamBatchInfo" in body:
        records = read_records(streams, body["DDBStreamBatchInfo"])
        return Letter(body["requestContext"]["functionArn"], {"Records": records})
    if "requestPayload" in body:
        return Letter(body["requestContext"]["functionArn"], body["requestPayload"])
    attributes = message["MessageAttributes"]
    event = {name: body[name] for name in ("therapist_id", "scheduled_at")}
    if event["scheduled_at"] == _INSTANT:
        event["scheduled_at"] = attributes["SCHEDULED_TIME"]["StringValue"]
    return Letter(attributes["TARGET_ARN"]["StringValue"], event)


def read_records(streams: Any, batch: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read a batch's records again, as Lambda handed them over; what a filter had left out is with
    them. Raises Forgotten."""
    try:
        place = streams.get_shard_iterator(
            StreamArn=batch["streamArn"],
            ShardId=batch["shardId"],
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=batch["startSequenceNumber"],
        )["ShardIterator"]
        read = list(_up_to(streams, place, int(batch["endSequenceNumber"])))
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            raise Forgotten from error
        raise
    records = [{**record, "eventSourceARN": batch["streamArn"]} for record in read]
    plain: list[dict[str, Any]] = json.loads(json.dumps(records, default=lambda at: at.timestamp()))
    return plain


def _up_to(streams: Any, place: str | None, last: int) -> Iterator[dict[str, Any]]:
    """The records from a place in a shard up to that number. Pages may be empty on the way
    (DynamoDB Streams API Reference, GetRecords). Raises Forgotten where it is not reached: what was
    read by then is not the whole."""
    for _ in range(_MOST_PAGES):
        page = streams.get_records(ShardIterator=place)
        for record in page["Records"]:
            number = int(record["dynamodb"]["SequenceNumber"])
            if number <= last:
                yield record
            if number >= last:
                return
        place = page.get("NextShardIterator")
        if place is None:
            break
    raise Forgotten
