"""An empty AWS, two practices, and a stack.

It is Monday 23 November 2026, 9:00 in New York.
"""

from __future__ import annotations

import json

import boto3
import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.cli.stack import Stack
from infra.local.environment import ACCOUNT, REGION, TABLES, VARIABLES
from tests.cli.cli_runner import stream_consumer
from tests.cli.practices import fill_practice, save_state
from tests.functions.streams import a_cloud, nothing_in_it

QUEUES = (
    "ReleaseDeadLetters",
    "PrivilegesDeadLetters",
    "PracticeDeadLetters",
    "NotificationsDeadLetters",
    "MailQueue",
)
FUNCTIONS = (
    "BookingFunction",
    "MailerFunction",
    "PracticeStreamFunction",
    "PrivilegesStreamFunction",
    "ReleaseFunction",
)


@pytest.fixture(scope="package")
def cloud():
    with a_cloud():
        yield


@pytest.fixture(autouse=True)
def outbox(cloud):
    with nothing_in_it() as outbox:
        yield outbox


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr("infra.cli.check._PAUSE_SECONDS", 0)
    monkeypatch.setattr("openhour.store.retries._MAX_SECONDS", 0)


@pytest.fixture
def consume_streams():
    """Let logins and schedules follow everything written since the last call."""
    return stream_consumer()


@pytest.fixture(scope="package")
def restore_two_practices(cloud):
    """A function that restores two practices; one's id begins with the other's."""
    with nothing_in_it():
        consume = stream_consumer()
        for therapist_id in ("t1", "t10"):
            fill_practice(therapist_id)
        consume()
        return save_state()


@pytest.fixture
def two_practices(outbox, restore_two_practices):
    restore_two_practices()


@pytest.fixture
def stack(two_practices):
    sqs = boto3.client("sqs")
    queues = {name: sqs.create_queue(QueueName=f"openhour-{name}")["QueueUrl"] for name in QUEUES}
    yield Stack(
        tables=dict(TABLES),
        queues=queues,
        functions={name: f"openhour-{name}" for name in FUNCTIONS},
        environment=VARIABLES,
    )
    for queue in queues.values():
        sqs.delete_queue(QueueUrl=queue)


@pytest.fixture
def dynamodb(two_practices):
    """DynamoDB, from which tables that a test adds are removed again."""
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    before = set(tables)
    yield boto3.client("dynamodb")
    for name in tables.keys() - before:
        del tables[name]


@pytest.fixture
def functions(stack):
    """Lambda with the stack's functions, which have no code."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = boto3.client("iam").create_role(
        RoleName="openhour", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    client = boto3.client("lambda")
    for name in stack.functions.values():
        client.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=role,
            Handler="handler.lambda_handler",
            Code={"ZipFile": b"no code"},
            Environment={"Variables": VARIABLES},
        )
    yield client
    for name in stack.functions.values():
        client.delete_function(FunctionName=name)
    boto3.client("iam").delete_role(RoleName="openhour")
