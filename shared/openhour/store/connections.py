"""The connection to DynamoDB: one client for all tables and transactions."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.parsers import JSONParser, ResponseParser, ResponseParserFactory
from pynamodb.connection import Connection, TableConnection

from openhour.store.tenancy import reject_other_tenants

if TYPE_CHECKING:
    from botocore.session import Session

CONNECT_SECONDS = 1
READ_SECONDS = 4
_RETRIES = 2
"""Limits of one attempt. Three attempts end well before the gateway's limit of 29 seconds."""
_MAX_CONNECTIONS = 50
_USER_AGENT = Config(user_agent="openhour")
"""The caller that CloudTrail records. botocore assembles its own user agent twice for every call,
which takes a tenth of the time of a transaction."""


class _Connection(Connection):
    """PynamoDB's connection with the project's settings.

    The region binds when the client is first created, so that the environment may be set after
    this module is imported.
    """

    @property
    def session(self) -> Session:
        """The botocore session of this thread. Its clients reject keys of other tenants."""
        session = super().session
        session.set_default_client_config(_USER_AGENT)
        session.set_config_variable("region", region())
        session.register(
            "provide-client-params.dynamodb.*", reject_other_tenants, unique_id="tenancy"
        )
        session.register("creating-client-class.dynamodb", _keep_endpoint, unique_id="endpoint")
        session.register_component("response_parser_factory", _PlainParsers())
        return session


class _PlainParser(JSONParser):
    """Returns DynamoDB's responses as they are in JSON.

    botocore would visit each value of each row, to decode binary ones, of which there are none.
    That takes a quarter of the time of a client's page.
    """

    def _parse_shape(self, _shape: Any, node: Any) -> Any:
        return node


class _PlainParsers(ResponseParserFactory):
    def create_parser(self, _protocol_name: str) -> ResponseParser:
        """Return the parser of a client. The session's only client is DynamoDB's."""
        return _PlainParser()


def _keep_endpoint(**class_parts: Any) -> None:
    """Have every request sent to the endpoint that the client had when it was created.

    botocore would work out the endpoint anew from the parameters of each call, which takes a tenth
    of the time of a booking and yields another one only for clients with endpoints by account.
    """
    class_parts["class_attributes"]["_resolve_endpoint_ruleset"] = lambda client, *_, **__: (
        client.meta.endpoint_url,
        {},
        {},
    )


def region() -> str:
    """Return the AWS region that the environment names."""
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"


connection = _Connection(
    connect_timeout_seconds=CONNECT_SECONDS,
    read_timeout_seconds=READ_SECONDS,
    max_retry_attempts=_RETRIES,
    max_pool_connections=_MAX_CONNECTIONS,
)


def share(table: TableConnection) -> TableConnection:
    """Make a table's connection use the shared one. PynamoDB would create a client per table."""
    if table.connection is not connection:
        with suppress(ValueError):  # Two models of one table have the same keys.
            connection.add_meta_table(table.get_meta_table())
        table.connection = connection
    return table


if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    # Lambda gives a starting function a whole processor, and a fraction of one afterwards.
    connection.client  # noqa: B018 - reading the property creates the client
    # Objects created so far stay: keep the first garbage collection from scanning them.
    gc.freeze()
