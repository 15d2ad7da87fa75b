"""The operator's desk: the command given as on the command line, and what it told; calls cut off
at any point; everything that is there afterwards."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from moto.cognitoidp.models import cognitoidp_backends
from moto.dynamodb.models import dynamodb_backends
from moto.scheduler.models import scheduler_backends

from infra.local.cognito import USER_POOL_ID
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP, TABLES
from infra.operate.arguments import read_arguments
from infra.operate.command import finish, perform
from openhour import cognito, schedules
from openhour.store import practices, retries
from openhour.store.connections import connection
from tests.functions.records import Stream, hand_over, listening


@dataclass(frozen=True)
class Outcome:
    """The exit code, what was told, and what was complained of."""

    code: int
    told: list[dict[str, Any]]
    complaint: str

    def of(self, what: str) -> dict[str, Any]:
        """The one thing that was told about this."""
        (found,) = (each for each in self.told if each["what"] == what)
        return found


def operate(*arguments: str) -> Outcome:
    """Give the command, in a place that has been entered."""
    given = read_arguments([*arguments, "--local", "--json"])
    out, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaint):
        code = finish(perform(given, "jo"), as_json=True)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    return Outcome(code, told, complaint.getvalue())


def say(*arguments: str) -> str:
    """What the command writes for people."""
    given = read_arguments([*arguments, "--local"])
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        finish(perform(given, "jo"), as_json=False)
    return out.getvalue()


def cut_short_anywhere(prepare: Callable[[], Any], *arguments: str, lost: bool) -> int:
    """Give the command with AWS failing from its first call on, then from the second, and so on
    until it comes through, each time anew and once more undisturbed; how often it was cut short.
    With `lost`, the call that fails was carried out all the same. The end is always the same."""
    prepare()
    undisturbed = operate(*arguments)
    assert undisturbed.code == 0, undisturbed
    expected = everything()
    limit = 0
    while True:
        prepare()
        with _impatient(), listening(*_clients(), limit=limit, lost=lost) as calls:
            code = operate(*arguments).code
        assert code == (75 if calls.refused else 0)
        practices.invalidate()
        assert operate(*arguments).code == 0
        assert everything() == expected
        if not calls.refused:
            return limit
        limit += 1


def _clients() -> tuple[Any, ...]:
    return connection.client, cognito.cognito_client(), schedules.scheduler_client()


@contextlib.contextmanager
def _impatient() -> Iterator[None]:
    """Try again at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retries, "_MAX_SECONDS", 0)
        yield


def following() -> Callable[[], None]:
    """What has logins and schedules follow all that was written since, or since the last time."""
    followed = {
        "PracticeFollower": Stream("PracticesTable"),
        "PrivilegesFollower": Stream("ClientsTable"),
    }

    def follow() -> None:
        for function, stream in followed.items():
            assert hand_over(function, stream.new()) == []

    return follow


def everything() -> dict[str, Any]:
    """Every row, login and schedule, but for the moment in which it was made or changed; and what
    has been done, however often."""
    timeless = {
        table: [{n: v for n, v in row.items() if not n.endswith("_at")} for row in items]
        for table, items in rows().items()
    }
    done = {(entry["therapist_id"]["S"], entry["act"]["S"]) for entry in entries()}
    return {"rows": timeless, "logins": logins(), "schedules": scheduled(), "done": done}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the trail's, as DynamoDB has it."""
    return {table: _scan(table) for table in TABLES if table != "AuditTable"}


def entries() -> list[dict[str, Any]]:
    """Every entry of the trail, as DynamoDB has it."""
    return _scan("AuditTable")


def _scan(table: str) -> list[dict[str, Any]]:
    """From moto itself: a scan takes long."""
    items = dynamodb_backends[ACCOUNT][REGION].tables[TABLES[table]].all_items()
    written = json.dumps([item.attrs for item in items], default=lambda value: value.to_json())
    return sorted(json.loads(written), key=repr)


def rows_of(therapist_id: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of one therapist."""
    return {
        table: [row for row in items if _tenant(row) == therapist_id]
        for table, items in rows().items()
    }


def _tenant(row: dict[str, Any]) -> str:
    key: str = (row.get("therapist_id") or row["owner"])["S"]
    return key.partition("#")[0]


def logins() -> dict[str, tuple[bool, list[str], dict[str, str]]]:
    """Every login: whether it is enabled, its groups and its attributes."""
    users = cognitoidp_backends[ACCOUNT][REGION].user_pools[USER_POOL_ID].users
    return {
        user.username: (
            user.enabled,
            sorted(group.group_name for group in user.groups),
            {name: value for name, value in user.attribute_lookup.items() if name != "sub"},
        )
        for user in users.values()
    }


def scheduled() -> list[str]:
    """The therapists who have a schedule."""
    return sorted(scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP].schedules)
