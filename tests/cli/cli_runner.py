"""Run `openhour` in this process, fail its AWS calls at any point, and read everything it left."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner
from moto.dynamodb.models import dynamodb_backends
from moto.scheduler.models import scheduler_backends

from infra.cli.commands import openhour
from infra.cli.execution import execute
from infra.cli.stack import Stack
from infra.cli.targets import Target
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP, TABLES
from infra.local.user_pools import POOLS, LocalPool
from openhour import cognito, schedules
from openhour.store import practices
from openhour.store.connections import connection
from tests.functions.streams import Stream, hand_over, listening
from tests.user_pools import users_of


@dataclass(frozen=True)
class Result:
    """The exit code, the lines of output, and the text on standard error."""

    exit_code: int
    lines: list[dict[str, Any]]
    error: str

    def line(self, kind: str) -> dict[str, Any]:
        (line,) = self.of_kind(kind)
        return line

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [each for each in self.lines if each["kind"] == kind]

    @property
    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.lines]


def run(*arguments: str, stack: Stack | None = None, typed: str | None = None) -> Result:
    """Run a verb with `--json`, as the operator jo, on the local target or on `stack`.

    `typed` answers a question. Without it nobody answers.
    """
    done = _invoke(*arguments, "--json", stack=stack, typed=typed)
    return Result(done.exit_code, list(map(json.loads, done.stdout.splitlines())), done.stderr)


def refused(*arguments: str, typed: str | None = None) -> str:
    """Run a verb that fails and changes nothing, and return what it reports."""
    before = everything_stored()
    result = run(*arguments, typed=typed)
    assert (result.exit_code, result.lines) == (1, [])
    assert everything_stored() == before
    return result.error


def run_text(*arguments: str) -> str:
    return str(_invoke(*arguments).stdout)


def _invoke(*arguments: str, stack: Stack | None = None, typed: str | None = None) -> Any:
    target = ("--stack", "openhour") if stack else ("--local",)
    entered = functools.partial(execute, target=Target("jo", stack))
    return CliRunner().invoke(
        openhour, [*arguments, *target], obj=entered, input=typed, catch_exceptions=False
    )


def interrupt_anywhere(prepare: Callable[[], Any], *arguments: str, lost: bool) -> int:
    """Run the verb with AWS failing from the first call on, then from the second, and so on.

    Each time the same command runs once more, undisturbed, and the final state is always the same.
    With `lost`, AWS carries out the failing call. Returns how often the verb was interrupted.
    """
    prepare()
    undisturbed = run(*arguments)
    assert undisturbed.exit_code == 0, undisturbed
    expected = read_state()
    aws = connection.client, cognito.cognito_client(), schedules.scheduler_client()
    limit = 0
    while True:
        prepare()
        with listening(*aws, limit=limit, lost=lost) as calls:
            exit_code = run(*arguments).exit_code
        assert exit_code == (75 if calls.refused else 0)
        practices.invalidate()
        assert run(*arguments).exit_code == 0
        assert read_state() == expected
        if not calls.refused:
            return limit
        limit += 1


def stream_consumer() -> Callable[[], None]:
    """A function that hands over what was written since its last call, or since now."""
    streams = (
        ("PracticeStreamFunction", Stream("PracticesTable")),
        ("PrivilegesStreamFunction", Stream("ClientsTable")),
        ("PrivilegesStreamFunction", Stream("LoginsTable")),
    )

    def consume() -> None:
        for function, stream in streams:
            assert hand_over(function, stream.new()) == []

    return consume


def read_state() -> dict[str, Any]:
    """Every row without its timestamps, every login and schedule, and the set of recorded acts."""
    timeless = {
        table: [
            {n: v for n, v in row.items() if not n.endswith(("_at", "_since"))} for row in items
        ]
        for table, items in rows().items()
    }
    acts = {(entry["therapist_id"]["S"], entry["act"]["S"]) for entry in entries()}
    every_login = [logins(pool) for pool in POOLS]
    return {"rows": timeless, "logins": every_login, "schedules": scheduled(), "acts": acts}


def rows(therapist_id: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Every raw row of every table whose rows are kept, or those of one therapist."""
    return {
        table: [row for row in _scan(table) if therapist_id in (None, _owner(row))]
        for table in TABLES
        if table not in ("AuditTable", "MessagesTable", "DueTable", "RegistrationsTable")
    }


def everything_stored() -> list[Any]:
    """Every raw row of every table, every login and every schedule."""
    return [rows(), entries(), *map(logins, POOLS), scheduled()]


def entries() -> list[dict[str, Any]]:
    return _scan("AuditTable")


def _scan(table: str) -> list[dict[str, Any]]:
    """Read from moto itself, since a scan takes long."""
    items = dynamodb_backends[ACCOUNT][REGION].tables[TABLES[table]].all_items()
    written = json.dumps([item.attrs for item in items], default=lambda value: value.to_json())
    return sorted(json.loads(written), key=repr)


def _owner(row: dict[str, Any]) -> str:
    key: str = (row.get("therapist_id") or row["owner"])["S"]
    return key.partition("#")[0]


def logins(*pools: LocalPool) -> dict[str, tuple[bool, dict[str, str]]]:
    """Every login of some pools, or of both: whether it is enabled, and its attributes."""
    return {
        user.username: (
            user.enabled,
            {name: value for name, value in user.attribute_lookup.items() if name != "sub"},
        )
        for pool in pools or POOLS
        for user in users_of(pool).values()
    }


def scheduled() -> list[str]:
    return sorted(scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP].schedules)
