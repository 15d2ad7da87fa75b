"""Dead letters, handed to their functions once more."""

from __future__ import annotations

import json
from types import SimpleNamespace

import boto3
import pytest
from botocore.stub import Stubber

from infra.local.environment import TABLES
from infra.recovery.dead_letters import Failed, Forgotten, read_records, replay
from openhour.use_cases import clients
from tests.functions.records import Stream, _function
from tests.operate.desk import logins
from tests.unit.builders import NOW

FRIDAY = {"therapist_id": "t1", "scheduled_at": "2026-11-27T23:00:00Z"}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:openhour-{}:live"


class Functions:
    """Functions by their ARNs: what was asked of each; the followers at work, or failing."""

    def __init__(self):
        self.asked = []
        self.failing = False

    def invoke(self, arn, event):
        name = arn.split(":")[6].removeprefix("openhour-")
        self.asked.append((name, event))
        if self.failing:
            raise Failed
        return _function(name).invoke(event) if "Records" in event else {"opened": []}


@pytest.fixture
def functions():
    return Functions()


@pytest.fixture
def put(stack):
    sqs = boto3.client("sqs")

    def put(queue, body, **attributes):
        sqs.send_message(
            QueueUrl=stack.queues[queue],
            MessageBody=body if isinstance(body, str) else json.dumps(body),
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value}
                for name, value in attributes.items()
            },
        )

    return put


@pytest.fixture
def left(stack):
    """How many messages are in the queues, hidden ones too."""
    sqs = boto3.client("sqs")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def left():
        found = [
            sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
            for queue in stack.queues.values()
        ]
        return sum(int(value) for attributes in found for value in attributes.values())

    return left


@pytest.fixture
def again(stack, functions):
    """Replay everything: what is told of each message."""

    def again():
        sqs, streams = boto3.client("sqs"), boto3.client("dynamodbstreams")
        told = list(replay(sqs, streams, functions.invoke, stack))
        assert told.pop().what == "end"
        return [each.what for each in told]

    return again


def a_failed_invocation(event):
    """What Lambda puts aside of an invocation that nobody waited for."""
    return {
        "version": "1.0",
        "requestContext": {
            "functionArn": ARN.format("ReleaseFunction"),
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 3,
        },
        "requestPayload": event,
        "responseContext": {"statusCode": 200, "functionError": "Unhandled"},
    }


def a_failed_batch(function, table, records):
    """What Lambda puts aside of a stream's records: where they are."""
    streams = boto3.client("dynamodbstreams")
    (stream,) = streams.list_streams(TableName=TABLES[table])["Streams"]
    described = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    return {
        "requestContext": {
            "functionArn": ARN.format(function),
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 51,
        },
        "version": "1.0",
        "DDBStreamBatchInfo": {
            "shardId": described["Shards"][0]["ShardId"],
            "startSequenceNumber": numbers[0],
            "endSequenceNumber": numbers[-1],
            "batchSize": len(numbers),
            "streamArn": stream["StreamArn"],
        },
    }


@pytest.fixture
def unfollowed(stack):
    """The records of two clients who were added while no login could be made."""
    stream = Stream("ClientsTable")
    stream.new()
    for client_id in ("cleo", "dan"):
        clients.add_client(
            "t1",
            client_id=client_id,
            name=client_id.title(),
            email=f"{client_id}@example.org",
            phone=None,
            login=None,
            invite=True,
            now=NOW,
        )
    return stream.new()


def test_a_release_that_lambda_gave_up_runs_again(put, again, functions, left):
    put("ReleaseDeadLetters", a_failed_invocation(FRIDAY))
    assert again() == ["done"]
    assert functions.asked == [("ReleaseFunction", FRIDAY)]
    assert left() == 0


@pytest.mark.parametrize("instant", [FRIDAY["scheduled_at"], "<aws.scheduler.scheduled-time>"])
def test_a_release_that_its_schedule_could_not_ask_for_runs(put, again, functions, left, instant):
    put(
        "ReleaseDeadLetters",
        {**FRIDAY, "scheduled_at": instant},
        TARGET_ARN=ARN.format("ReleaseFunction"),
        SCHEDULED_TIME=FRIDAY["scheduled_at"],
        ERROR_CODE="AWS.Scheduler.InternalServerError",
    )
    assert again() == ["done"]
    assert functions.asked == [("ReleaseFunction", FRIDAY)]
    assert left() == 0


def test_logins_that_could_not_follow_do(put, again, left, unfollowed):
    put("PrivilegesDeadLetters", a_failed_batch("PrivilegesFollower", "ClientsTable", unfollowed))
    assert "t1/cleo@example.org" not in logins()
    assert again() == ["done"]
    assert {"t1/cleo@example.org", "t1/dan@example.org"} <= set(logins())
    assert left() == 0


def test_only_the_records_that_failed_are_handed_over(put, again, functions, unfollowed):
    put(
        "PrivilegesDeadLetters",
        a_failed_batch("PrivilegesFollower", "ClientsTable", unfollowed[:1]),
    )
    again()
    ((_, event),) = functions.asked
    assert [r["dynamodb"]["SequenceNumber"] for r in event["Records"]] == [
        unfollowed[0]["dynamodb"]["SequenceNumber"]
    ]


def test_what_fails_again_stays(put, again, functions, left, unfollowed):
    put("ReleaseDeadLetters", a_failed_invocation(FRIDAY))
    put("PrivilegesDeadLetters", a_failed_batch("PrivilegesFollower", "ClientsTable", unfollowed))
    functions.failing = True
    assert again() == ["failed", "failed"]
    assert left() == 2


def test_a_record_that_is_reported_again_stays(put, again, functions, left, unfollowed):
    functions.invoke = lambda *_: {"batchItemFailures": [{"itemIdentifier": "1"}]}
    put("PrivilegesDeadLetters", a_failed_batch("PrivilegesFollower", "ClientsTable", unfollowed))
    assert again() == ["failed"]
    assert left() == 1


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        pytest.param(([1, 2], [], [3, 4]), [1, 2, 3, 4], id="with an empty page between"),
        pytest.param(([], [1, 2, 3, 4, 5]), [1, 2, 3, 4], id="after an empty page, and more"),
        pytest.param(([1, 2], []), None, id="whose end is gone"),
    ],
)
def test_a_batch_is_handed_over_whole_or_not_at_all(pages, found):
    def page(numbers, following):
        records = [{"dynamodb": {"SequenceNumber": str(number)}} for number in numbers]
        return {"Records": records, **({"NextShardIterator": following} if following else {})}

    batch = {"streamArn": "a", "shardId": "s", "startSequenceNumber": "1", "endSequenceNumber": "4"}
    streams = SimpleNamespace(
        get_shard_iterator=lambda **_: {"ShardIterator": 0},
        get_records=lambda ShardIterator: page(  # noqa: N803 - boto3's own
            pages[ShardIterator], (ShardIterator + 1) % len(pages)
        ),
    )
    if found is None:
        with pytest.raises(Forgotten):
            read_records(streams, batch)
    else:
        numbers = [int(r["dynamodb"]["SequenceNumber"]) for r in read_records(streams, batch)]
        assert numbers == found


@pytest.mark.parametrize("error", ["TrimmedDataAccessException", "ResourceNotFoundException"])
def test_what_the_stream_has_forgotten_is_said_and_stays(
    put, stack, functions, left, unfollowed, error
):
    put("PrivilegesDeadLetters", a_failed_batch("PrivilegesFollower", "ClientsTable", unfollowed))
    streams = boto3.client("dynamodbstreams")
    with Stubber(streams) as stub:
        stub.add_client_error("get_shard_iterator", error)
        told = list(replay(boto3.client("sqs"), streams, functions.invoke, stack))
    assert [each.what for each in told] == ["forgotten", "end"]
    assert functions.asked == []
    assert left() == 1


@pytest.mark.parametrize("body", ["no JSON", "{}", '{"therapist_id": "t1"}', "[]"])
def test_what_nobody_understands_stays(put, again, functions, left, body):
    put("ReleaseDeadLetters", body)
    assert again() == ["unknown"]
    assert functions.asked == []
    assert left() == 1
