"""Two practices in a stack, with its queues, and functions that are only names."""

from __future__ import annotations

import io
import json
import zipfile

import boto3
import pytest

from infra.local.environment import TABLES
from infra.recovery.stack import Stack
from tests.operate.conftest import cloud, outbox, settled, two_practices

__all__ = ["cloud", "outbox", "settled", "two_practices"]

QUEUES = ("ReleaseDeadLetters", "PrivilegesDeadLetters", "PracticeDeadLetters")
FUNCTIONS = ("BookingFunction", "PracticeFollower", "PrivilegesFollower", "ReleaseFunction")


@pytest.fixture
def stack(two_practices):
    sqs = boto3.client("sqs")
    queues = {name: sqs.create_queue(QueueName=f"openhour-{name}")["QueueUrl"] for name in QUEUES}
    yield Stack(
        tables=dict(TABLES),
        queues=queues,
        functions={name: f"openhour-{name}" for name in FUNCTIONS},
    )
    for queue in queues.values():
        sqs.delete_queue(QueueUrl=queue)


@pytest.fixture
def functions(stack):
    """Lambda, with functions of the stack's names in it."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = boto3.client("iam").create_role(
        RoleName="openhour", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("handler.py", "")
    client = boto3.client("lambda")
    for name in stack.functions.values():
        client.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=role,
            Handler="handler.lambda_handler",
            Code={"ZipFile": code.getvalue()},
        )
    yield client
    for name in stack.functions.values():
        client.delete_function(FunctionName=name)
    boto3.client("iam").delete_role(RoleName="openhour")
