"""AWS in this process: moto, with the template's tables, user pool and schedule group in it."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.server import ThreadedMotoServer

from infra.local.atomic import make_atomic
from infra.local.cognito import be_strict, create_user_pool
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP
from infra.local.outbox import Outbox
from infra.local.tables import create_tables
from infra.local.template import Template

_ENDPOINTS = ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_DYNAMODB_STREAMS")


class NoDynamoDB(Exception):
    """Nothing answers where a running DynamoDB was promised."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where Cognito answers over HTTP, what it has mailed, and whose DynamoDB is in use."""

    cognito_url: str
    outbox: Outbox
    endpoint: str | None

    def stream_length(self, table: str) -> object:
        """Tell what changes whenever the stream of `table` grows."""
        if self.endpoint:
            return object()  # a DynamoDB elsewhere has to be asked every time
        return len(dynamodb_backends[ACCOUNT][REGION].tables[table].stream_shard.items)


@contextmanager
def standing(template: Template, endpoint: str | None = None) -> Iterator[Cloud]:
    """Set AWS up in this process, with `endpoint` in place of moto's DynamoDB, then take it down.

    Raises NoDynamoDB where nothing answers at `endpoint`.
    """
    for name in _ENDPOINTS:
        os.environ.pop(name, None)
        if endpoint:
            os.environ[name] = endpoint
    make_atomic()
    outbox = Outbox()
    be_strict(outbox)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it tells every request otherwise
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    with mock_aws():
        server.start()
        try:
            host, port = server.get_host_and_port()
            os.environ["COGNITO_URL"] = url = f"http://{host}:{port}/"
            _furnish(template, endpoint)
            yield Cloud(cognito_url=url, outbox=outbox, endpoint=endpoint)
        finally:
            server.stop()


def _furnish(template: Template, endpoint: str | None) -> None:
    try:
        create_tables(template, boto3.client("dynamodb"))
    except EndpointConnectionError:
        raise NoDynamoDB(endpoint) from None
    create_user_pool(template, boto3.client("cognito-idp"))
    boto3.client("scheduler").create_schedule_group(Name=SCHEDULE_GROUP)
