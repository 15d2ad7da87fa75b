"""Stream records, handed to the stream functions with the template's names and permissions.

`listening` counts the calls of AWS clients, and makes calls fail.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ReadTimeoutError
from moto import mock_aws
from moto.scheduler.models import scheduler_backends

from infra.local import template
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP, TABLES
from infra.local.functions import Function
from infra.local.moto.cognito import patch_cognito
from infra.local.outbox import Outbox
from infra.local.permissions import Permissions
from infra.local.queues import create_mail_service
from infra.local.user_pools import create_user_pools
from openhour import clock, cognito, schedules
from openhour.store import practices
from tests.dynamodb_backends import Record, empty_tables, written
from tests.unit.builders import NOW
from tests.user_pools import all_users, replace_users


class Stream:
    """The records of one table since the last call."""

    def __init__(self, table: str) -> None:
        self._table = TABLES[table]
        self._read = 0

    def new(self) -> list[Record]:
        records = written(self._table)
        new, self._read = records[self._read :], len(records)
        return new


@contextmanager
def a_cloud() -> Iterator[None]:
    """Mock AWS with the mail queue and the user pools, whose keys take long to create."""
    with mock_aws():
        create_user_pools(template.load(), cognito.cognito_client())
        create_mail_service(template.load())
        yield


@contextmanager
def nothing_in_it() -> Iterator[Outbox]:
    """Empty the template's tables, schedules and users, and set the clock to Monday morning.

    Cognito's emails go to the outbox.
    """
    outbox = Outbox()
    patch_cognito(outbox)
    for users in all_users():
        users.clear()
    empty_tables()
    scheduler_backends[ACCOUNT][REGION].schedule_groups.pop(SCHEDULE_GROUP, None)
    schedules.scheduler_client().create_schedule_group(Name=SCHEDULE_GROUP)
    clock.set_now(NOW)
    yield outbox
    practices.invalidate()
    clock.reset()


def remember_logins(outbox: Outbox) -> Callable[[], None]:
    """Take a snapshot of the users and their emails, and return a function that restores it."""
    snapshot, mails = copy.deepcopy(all_users()), len(outbox.mails)

    def rewind() -> None:
        replace_users(copy.deepcopy(snapshot))
        del outbox.mails[mails:]

    return rewind


@functools.cache
def _function(name: str) -> Function:
    return Function(name, template.load().handlers()[name], Permissions(template.load(), name))


def hand_over(name: str, records: list[Record]) -> list[int]:
    """Invoke a stream function with one batch; return the indexes of the records that failed."""
    if not records:
        return []
    answer = _function(name).invoke({"Records": records})
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    return [numbers.index(each["itemIdentifier"]) for each in answer["batchItemFailures"]]


def of_clients(records: list[Record]) -> list[Record]:
    """Return the records of clients, without those of their login names."""
    return [r for r in records if r["dynamodb"]["Keys"]["client_id"]["S"].isalnum()]


class Calls:
    """Records calls by name; after `limit` they fail, or with `lost` their responses do."""

    def __init__(self, limit: int | None, *, lost: bool) -> None:
        self.names: list[str] = []
        self.refused = 0
        self._limit = limit
        self._lost = lost

    def before(self, model: Any, **_: Any) -> None:
        self.names.append(model.name)
        if not self._lost:
            self._refuse()

    def after(self, **_: Any) -> None:
        if self._lost:
            self._refuse()

    def _refuse(self) -> None:
        if self._limit is not None and len(self.names) > self._limit:
            self.refused += 1
            raise ReadTimeoutError(endpoint_url="https://aws.example")


@contextmanager
def listening(*clients: Any, limit: int | None = None, lost: bool = False) -> Iterator[Calls]:
    """Record the calls of AWS clients; after `limit` of them every call times out.

    With `lost`, calls that time out are carried out all the same.
    """
    calls = Calls(limit, lost=lost)
    hooks = [("before-call", calls.before), ("after-call", calls.after)]
    for client in clients:
        for event, hook in hooks:
            client.meta.events.register(event, hook)
    try:
        yield calls
    finally:
        for client in clients:
            for event, hook in hooks:
                client.meta.events.unregister(event, hook)
