"""Dead letters, handed to their functions again."""

from __future__ import annotations

import json
from types import SimpleNamespace

import boto3
import pytest
from botocore.stub import Stubber

from functions.notifications.mailer import REPLAYED
from infra.cli.dead_letters import InvocationFailed, RecordsExpired, read_records, replay
from infra.local.environment import TABLES
from infra.seed import seed_client
from tests.cli.cli_runner import logins
from tests.functions.streams import Stream, _function

FRIDAY = {"therapist_id": "t1", "scheduled_at": "2026-11-27T23:00:00Z"}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:openhour-{}:live"


class Functions:
    """Functions by ARN: records their calls, and runs the stream functions, or fails."""

    def __init__(self):
        self.calls = []
        self.failing = False

    def invoke(self, arn, event):
        name = arn.removesuffix(":live").rpartition(":")[2].removeprefix("openhour-")
        self.calls.append((name, event))
        if self.failing:
            raise InvocationFailed
        if "Records" in event and name != "MailerFunction":
            _function(name).invoke(event)


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
    """The number of messages in the queues, hidden ones included."""
    sqs = boto3.client("sqs")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def left():
        queues = [
            sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
            for queue in stack.queues.values()
        ]
        return sum(int(value) for attributes in queues for value in attributes.values())

    return left


@pytest.fixture
def replay_all(stack, functions):
    """A function that replays everything, and returns the kind of each line."""

    def replay_all(*, dry_run=False):
        sqs, streams = boto3.client("sqs"), boto3.client("dynamodbstreams")
        lines = list(replay(sqs, streams, functions.invoke, stack, dry_run=dry_run))
        assert lines.pop().kind == "end"
        return [each.kind for each in lines]

    return replay_all


def a_failed_invocation(event):
    """The dead letter of an asynchronous invocation."""
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


def a_failed_batch(records):
    """The dead letter of a batch of the clients' stream, which says where its records are."""
    streams = boto3.client("dynamodbstreams")
    (stream,) = streams.list_streams(TableName=TABLES["ClientsTable"])["Streams"]
    described = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    return {
        "requestContext": {
            "functionArn": ARN.format("PrivilegesStreamFunction"),
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
def failed_records(stack):
    """The records of two clients who have no login yet."""
    stream = Stream("ClientsTable")
    stream.new()
    for client_id in ("cleo", "dan"):
        seed_client("t1", client_id, email=f"{client_id}@example.org")
    return stream.new()


def test_a_release_that_lambda_gave_up_runs_again(put, replay_all, functions, left):
    put("ReleaseDeadLetters", a_failed_invocation(FRIDAY))
    assert replay_all() == ["done"]
    assert functions.calls == [("ReleaseFunction", FRIDAY)]
    assert left() == 0


@pytest.mark.parametrize("instant", [FRIDAY["scheduled_at"], "<aws.scheduler.scheduled-time>"])
def test_a_release_that_its_schedule_could_not_start_runs(
    put, replay_all, functions, left, instant
):
    put(
        "ReleaseDeadLetters",
        {**FRIDAY, "scheduled_at": instant},
        TARGET_ARN=ARN.format("ReleaseFunction"),
        SCHEDULED_TIME=FRIDAY["scheduled_at"],
        ERROR_CODE="AWS.Scheduler.InternalServerError",
    )
    assert replay_all() == ["done"]
    assert functions.calls == [("ReleaseFunction", FRIDAY)]
    assert left() == 0


def test_failed_stream_records_create_their_logins(put, replay_all, left, failed_records):
    put("PrivilegesDeadLetters", a_failed_batch(failed_records))
    assert "t1/cleo@example.org" not in logins()
    assert replay_all() == ["done"]
    assert {"t1/cleo@example.org", "t1/dan@example.org"} <= set(logins())
    assert left() == 0


def test_only_the_records_that_failed_are_handed_over(put, replay_all, functions, failed_records):
    put("PrivilegesDeadLetters", a_failed_batch(failed_records[:1]))
    replay_all()
    ((_, event),) = functions.calls
    assert [r["dynamodb"]["SequenceNumber"] for r in event["Records"]] == [
        failed_records[0]["dynamodb"]["SequenceNumber"]
    ]


def test_a_message_that_fails_again_stays(put, replay_all, functions, left, failed_records):
    put("ReleaseDeadLetters", a_failed_invocation(FRIDAY))
    put("PrivilegesDeadLetters", a_failed_batch(failed_records))
    functions.failing = True
    assert replay_all() == ["failed", "failed"]
    assert left() == 2


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(([1, 2], [], [3, 4]), [1, 2, 3, 4], id="with an empty page between"),
        pytest.param(([], [1, 2, 3, 4, 5]), [1, 2, 3, 4], id="after an empty page, and more"),
        pytest.param(([1, 2], []), None, id="whose end is gone"),
    ],
)
def test_a_batch_is_complete_or_not_handed_over(pages, expected):
    def page(numbers, iterator):
        records = [{"dynamodb": {"SequenceNumber": str(number)}} for number in numbers]
        return {"Records": records, **({"NextShardIterator": iterator} if iterator else {})}

    batch = {"streamArn": "a", "shardId": "s", "startSequenceNumber": "1", "endSequenceNumber": "4"}
    streams = SimpleNamespace(
        get_shard_iterator=lambda **_: {"ShardIterator": 0},
        get_records=lambda ShardIterator: page(  # noqa: N803 - boto3's own
            pages[ShardIterator], (ShardIterator + 1) % len(pages)
        ),
    )
    if expected is None:
        with pytest.raises(RecordsExpired):
            read_records(streams, batch)
    else:
        numbers = [int(r["dynamodb"]["SequenceNumber"]) for r in read_records(streams, batch)]
        assert numbers == expected


@pytest.mark.parametrize("error", ["TrimmedDataAccessException", "ResourceNotFoundException"])
def test_a_message_whose_records_have_expired_stays(
    put, stack, functions, left, failed_records, error
):
    put("PrivilegesDeadLetters", a_failed_batch(failed_records))
    streams = boto3.client("dynamodbstreams")
    with Stubber(streams) as stub:
        stub.add_client_error("get_shard_iterator", error)
        lines = list(replay(boto3.client("sqs"), streams, functions.invoke, stack, dry_run=False))
    assert [each.kind for each in lines] == ["expired", "end"]
    assert functions.calls == []
    assert left() == 1


def test_a_mail_is_handed_to_the_mailer_as_the_operators_wish(put, replay_all, functions, left):
    intent = {"therapist_id": "t1", "kind": "booked", "subject": "a1", "client_id": "ann"}
    put("NotificationsDeadLetters", intent)
    assert replay_all() == ["done"]
    ((name, event),) = functions.calls
    assert name == "MailerFunction"
    (record,) = event["Records"]
    assert json.loads(record["body"]) == intent
    assert REPLAYED in record["messageAttributes"]
    assert left() == 0


def test_mail_that_waits_is_left_alone(put, replay_all, functions, left):
    put("MailQueue", {"therapist_id": "t1", "kind": "booked"})
    assert replay_all() == []
    assert left() == 1


@pytest.mark.parametrize("body", ["no JSON", "{}", '{"therapist_id": "t1"}', "[]"])
def test_an_unknown_message_stays(put, replay_all, functions, left, body):
    put("ReleaseDeadLetters", body)
    assert replay_all() == ["unknown"]
    assert functions.calls == []
    assert left() == 1


def test_a_dry_run_invokes_nothing_and_hides_nothing(put, replay_all, functions, left):
    put("ReleaseDeadLetters", a_failed_invocation(FRIDAY))
    put("ReleaseDeadLetters", "no JSON")
    assert sorted(replay_all(dry_run=True)) == ["ready", "unknown"]
    assert functions.calls == []
    assert left() == 2
    assert sorted(replay_all()) == ["done", "unknown"]
