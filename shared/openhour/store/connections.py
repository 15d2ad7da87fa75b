"""The connection to DynamoDB: one client for all tables and transactions."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from botocore.config import Config
from pynamodb.attributes import NumberAttribute
from pynamodb.connection import Connection, TableConnection
from pynamodb.models import Model

from openhour.store.row_versions import Upgrade, stamp, upgrade

if TYPE_CHECKING:
    from botocore.session import Session

REGION = os.environ.get("AWS_REGION", os.environ.get("AWS_DEFAULT_REGION", "us-east-1"))
CONNECT_SECONDS = 1
READ_SECONDS = 4
_RETRIES = 2
"""Bounds of one attempt, so that three of them end well before the gateway's 29 seconds."""
_CALLS_AT_ONCE = 50
_AGENT = Config(user_agent="openhour")
"""Who calls, as CloudTrail notes it. botocore spells out its own name twice for every call, which
is a tenth of the work of a transaction."""


class _Connection(Connection):
    """PynamoDB's connection, with the session's settings."""

    @property
    def session(self) -> Session:
        """The session of this thread."""
        session = super().session
        session.set_default_client_config(_AGENT)
        return session


connection = _Connection(
    region=REGION,
    connect_timeout_seconds=CONNECT_SECONDS,
    read_timeout_seconds=READ_SECONDS,
    max_retry_attempts=_RETRIES,
    max_pool_connections=_CALLS_AT_ONCE,
)


class Row(Model):
    """A row of some table, whose keys are texts. PynamoDB makes a client for each table, with
    connections of its own to open; here all share one.

    `upgrades` have changed its form since the first version, and `schema` numbers the form in which
    it was written (see `upgrades`). Rows of several kinds in one table differ by the `mark` with
    which the range key begins.
    """

    upgrades: ClassVar[tuple[Upgrade, ...]] = ()
    key_prefix: ClassVar[str] = ""

    schema = NumberAttribute(null=True)

    @classmethod
    def current_version(cls) -> int:
        """The number of today's form."""
        return len(cls.upgrades) + 1

    @classmethod
    def from_raw_data(cls, data: Any) -> Self:
        """The row that DynamoDB gave, in today's form whenever it was written."""
        return super().from_raw_data(dict(upgrade(data, cls.upgrades)) if cls.upgrades else data)

    def serialize(self, null_check: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - PynamoDB's signature
        """The row as it is put, with the number of its form."""
        return stamp(super().serialize(null_check), self.upgrades)

    @classmethod
    @cache
    def key_names(cls) -> tuple[str, ...]:
        """The names of the hash key and of the range key, where there is one."""
        columns = cls.get_attributes().items()
        hashed = tuple(name for name, column in columns if column.is_hash_key)
        return hashed + tuple(name for name, column in columns if column.is_range_key)

    @classmethod
    def key_of(cls, owner: str, name: str | None = None) -> dict[str, dict[str, str]]:
        """The key of a row, as DynamoDB reads it."""
        keys = (owner,) if name is None else (owner, name)
        return {key: {"S": text} for key, text in zip(cls.key_names(), keys, strict=True)}

    @property
    def key(self) -> dict[str, dict[str, str]]:
        """The key, as DynamoDB reads it."""
        return self.key_of(*(self.attribute_values[name] for name in self.key_names()))

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        if table.connection is not connection:
            with suppress(ValueError):  # two kinds of row in one table have the same keys
                connection.add_meta_table(table.get_meta_table())
            table.connection = connection
        return table


if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    # A function that starts has a whole processor, and half of one later.
    connection.client  # noqa: B018 - asking for it makes it
    # What there is by now stays: the first collection need not look through it in some request.
    gc.freeze()
