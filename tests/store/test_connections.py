"""The connection sends requests where boto3 would, and reads answers as it does."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.exceptions import ClientError

from openhour.store.connections import _Connection

ENVIRONMENTS = {
    "a region": {},
    "another region": {"AWS_REGION": "eu-central-1"},
    "another partition": {"AWS_REGION": "us-gov-west-1"},
    "validated cryptography": {"AWS_USE_FIPS_ENDPOINT": "true"},
    "both kinds of address": {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "an endpoint of one's own": {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:8001"},
}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_requests_go_to_the_endpoint_that_boto3_would_choose(environment, monkeypatch):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    plain = boto3.Session(region_name=environment.get("AWS_REGION", "us-east-1"))
    assert _address_of(_Connection().client) == _address_of(plain.client("dynamodb"))


ITEM = {
    "text": {"S": "é"},
    "number": {"N": "1.5"},
    "set": {"SS": ["a", "b"]},
    "map": {"M": {"weeks": {"L": [{"BOOL": True}, {"NULL": True}, {"M": {}}]}}},
}
REASON = {"Code": "ConditionalCheckFailed", "Message": "no", "Item": ITEM}
ANSWERS = {
    "a row": (200, {"Item": ITEM}),
    "no row": (200, {}),
    "a cancelled transaction": (
        400,
        {
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": "cancelled",
            "CancellationReasons": [REASON, {"Code": "None"}],
        },
    ),
    "a condition that failed": (400, {"__type": "x#ConditionalCheckFailedException", "Item": ITEM}),
}


@pytest.mark.parametrize(("status", "body"), ANSWERS.values(), ids=ANSWERS)
def test_answers_are_parsed_as_boto3_does(status, body):
    content = json.dumps(body).encode()
    ours, plain = (
        _answer_of(client, status, content)
        for client in (_Connection().client, boto3.client("dynamodb"))
    )
    assert ours == plain


def _answer_of(client, status, content):
    """Return what a request returns, or the error that it raises."""
    client.meta.events.register_first("before-send.dynamodb", partial(_answer, status, content))
    try:
        answer = client.get_item(TableName="t", Key={"a": {"S": "b"}})
    except ClientError as error:
        answer = error.response
    metadata = answer.pop("ResponseMetadata")
    answer.pop("__type", None)  # boto3 leaves it out, since the error's code says the same
    return answer, metadata["HTTPStatusCode"]


def _answer(status, content, request, **_):
    headers: Any = HeadersDict()
    response = AWSResponse(request.url, status, headers, None)
    response._content = content  # type: ignore[attr-defined]  # botocore's stubs lack it
    return response


def _address_of(client):
    """Where the client sends a request, and the scope for which it signs it."""
    sent = []

    def answer(request, **given):
        sent.append(request)
        return _answer(200, b"{}", request, **given)

    client.meta.events.register_first("before-send.dynamodb", answer)
    client.get_item(TableName="t", Key={"a": {"S": "b"}})
    (request,) = sent
    return request.url, request.headers["Authorization"].split(b"/")[2:4]
