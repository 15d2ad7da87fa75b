"""AWS in this process: moto with the template's tables, user pools and schedule group."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws
from moto.cognitoidp.models import cognitoidp_backends
from moto.dynamodb.models import dynamodb_backends
from moto.server import ThreadedMotoServer

from infra.local.environment import (
    ACCOUNT,
    REGION,
    SCHEDULE_GROUP,
    VARIABLES,
    enter_local_environment,
)
from infra.local.moto.cognito import patch_cognito
from infra.local.moto.dynamodb import delete_rows, patch_dynamodb
from infra.local.moto.scheduler import delete_schedules, patch_scheduler
from infra.local.moto.ses import patch_ses
from infra.local.moto.sessions import close_sessions
from infra.local.outbox import Outbox
from infra.local.queues import create_mail_service
from infra.local.tables import create_tables
from infra.local.template import Template
from infra.local.user_pools import create_user_pools

_ENDPOINTS = ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_DYNAMODB_STREAMS")


class DynamoDBUnavailable(Exception):
    """No DynamoDB answers at the given endpoint."""


@dataclass(frozen=True, slots=True)
class LocalAws:
    """The address of Cognito, its outgoing mail, and the endpoint of a DynamoDB outside moto."""

    cognito_url: str
    outbox: Outbox
    endpoint: str | None
    template: Template

    def delete_everything(self) -> None:
        """Delete all rows, stream records, logins, schedules and mail, but nothing at `endpoint`.

        The logins' tokens are unknown to Cognito from then on.
        """
        if not self.endpoint:
            delete_rows()
        delete_schedules()
        cognitoidp_backends[ACCOUNT][REGION].user_pools.clear()
        close_sessions()
        create_user_pools(self.template, boto3.client("cognito-idp"))
        self.outbox.mails.clear()

    def stream_version(self, table: str) -> object:
        """Return a value that changes whenever the stream of `table` grows."""
        if self.endpoint:
            return object()  # unknown without a request, so always a new value
        return len(dynamodb_backends[ACCOUNT][REGION].tables[table].stream_shard.items)


@contextmanager
def local_aws(template: Template, endpoint: str | None = None) -> Iterator[LocalAws]:
    """Start AWS in this process, with `endpoint` in place of moto's DynamoDB, and stop it on exit.

    Raises:
        DynamoDBUnavailable: Nothing answers at `endpoint`.
    """
    enter_local_environment()
    for name in _ENDPOINTS:
        os.environ.pop(name, None)
        if endpoint:
            os.environ[name] = endpoint
    patch_dynamodb()
    outbox = Outbox()
    patch_cognito(outbox)
    patch_scheduler()
    patch_ses(outbox)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it logs each request at INFO
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    with mock_aws():
        server.start()
        try:
            host, port = server.get_host_and_port()
            os.environ["COGNITO_URL"] = url = f"http://{host}:{port}/"
            _create_resources(template, endpoint)
            yield LocalAws(url, outbox, endpoint, template)
        finally:
            server.stop()
            os.environ["COGNITO_URL"] = VARIABLES["COGNITO_URL"]


def _create_resources(template: Template, endpoint: str | None) -> None:
    try:
        create_tables(template, boto3.client("dynamodb"))
    except EndpointConnectionError:
        raise DynamoDBUnavailable(endpoint) from None
    create_user_pools(template, boto3.client("cognito-idp"))
    boto3.client("scheduler").create_schedule_group(Name=SCHEDULE_GROUP)
    create_mail_service(template)
