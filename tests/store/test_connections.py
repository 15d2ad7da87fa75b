"""The connection sends requests where boto3 would."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HeadersDict

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


def _address_of(client):
    """Where the client sends a request, and the scope for which it signs it."""
    sent = []

    def answer(request, **_):
        sent.append(request)
        headers: Any = HeadersDict()
        response = AWSResponse(request.url, 200, headers, None)
        response._content = b"{}"  # type: ignore[attr-defined]  # botocore's stubs lack it
        return response

    client.meta.events.register_first("before-send.dynamodb", answer)
    client.get_item(TableName="t", Key={"a": {"S": "b"}})
    (request,) = sent
    return request.url, request.headers["Authorization"].split(b"/")[2:4]
