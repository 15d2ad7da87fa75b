"""Rows of earlier versions are read and updated like current ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import boto3
import pytest

from openhour.rules.intake import registrations_expire_at
from openhour.rules.refusals import IntakeFull
from openhour.rules.weeks import week_of
from openhour.store.migration import migrate
from openhour.store.models import (
    MODELS,
    AuditRow,
    ClientRow,
    ContactRow,
    EntryRow,
    IntakeRow,
    LoginRow,
    PracticeLoginRow,
    RegistrationRow,
    ReturningRow,
)
from openhour.store.queries import batch_get, get, query
from openhour.store.row_versions import Item, Upgrade, add_expiry, upgrade
from openhour.store.tables import Row
from openhour.store.transactions import ConditionFailed, Update, commit
from openhour.use_cases import clients
from tests.dynamodb_backends import Rows, empty_tables, remember, rows
from tests.store import use_case_calls
from tests.store.invariants import find_faults, read_tables
from tests.store.old_rows import put_first_rows
from tests.store.seed import THERAPIST, seed
from tests.unit.builders import NOW, at

LATER_KINDS: set[type[Row]] = {ContactRow, EntryRow, PracticeLoginRow, ReturningRow}
"""Kinds that the first version did not have."""
EVERY_KIND: tuple[type[Row], ...] = (*MODELS, AuditRow)


@pytest.fixture(scope="module")
def first(_tables) -> Callable[[], None]:
    """Return a function that restores the first version's rows."""
    put_first_rows()
    return remember()


@pytest.fixture(scope="module")
def migrated(first) -> Callable[[], None]:
    """Return a function that restores the same rows, migrated."""
    first()
    _migrate()
    return remember()


def kind_of(table: str, key: tuple[str, ...]) -> type[Row]:
    """What kind of row has that key."""
    kinds = [kind for kind in EVERY_KIND if kind.Meta.table_name == table]
    marked = (kind for kind in kinds if kind.key_prefix and key[-1].startswith(kind.key_prefix))
    return next(marked, kinds[0])


def every_row() -> Iterator[tuple[type[Row], Item]]:
    """Every row but registrations, which expire within days."""
    for table, stored in rows().items():
        if table == RegistrationRow.table.name:
            continue
        for key, row in stored.items():
            yield kind_of(table, key), row


def add(letter: str) -> Upgrade:
    """A step that lengthens the name."""
    return lambda item: {**item, "name": {"S": item.get("name", {"S": ""})["S"] + letter}}


@pytest.mark.parametrize(
    ("schema", "becomes"),
    [
        pytest.param(None, ("abc", "4"), id="the first version"),
        pytest.param(1, ("abc", "4"), id="the first version, by its number"),
        pytest.param(3, ("c", "4"), id="the previous version"),
        pytest.param(4, ("", "4"), id="the current version"),
        pytest.param(5, ("", "5"), id="a later version"),
    ],
)
def test_a_row_is_upgraded_by_the_steps_after_its_version(schema, becomes):
    old = {"name": {"S": ""}, **({"schema": {"N": str(schema)}} if schema else {})}
    new = upgrade(old, (add("a"), add("b"), add("c")))
    assert (new["name"]["S"], new["schema"]["N"]) == becomes


def test_a_step_only_adds(first):
    """Old code that still runs, or runs again, reads what it read before."""
    first()
    stored = list(every_row())
    assert {kind for kind, _ in stored} == set(MODELS) - LATER_KINDS
    for kind, old in stored:
        assert upgrade(old, kind.upgrades).items() >= old.items()


def test_every_row_has_its_version_and_the_columns_of_the_first_version(first):
    first()
    asked: dict[type[Row], set[tuple[str, str]]] = {}
    for kind, row in every_row():
        columns = {(name, next(iter(value))) for name, value in row.items()}
        asked[kind] = asked.get(kind, columns) & columns
    empty_tables()
    seed()
    use_case_calls.register()()
    use_case_calls.suspend()()
    use_case_calls.return_as_another()()
    use_case_calls.take_time_off()()
    stored = list(every_row())
    assert {kind for kind, _ in stored} == {*MODELS, AuditRow}
    for kind, row in stored:
        columns = {(name, next(iter(value))) for name, value in row.items()}
        assert columns >= asked.get(kind, set())
        assert row["schema"] == {"N": str(len(kind.upgrades) + 1)}


def refused() -> Any:
    usual = ClientRow.usual.set(value=True)
    never = ClientRow.revision == -1
    with pytest.raises(ConditionFailed) as told:
        commit([Update(row=ClientRow(THERAPIST, "ann"), actions=[usual], when=never)])
    return told.value.old_rows[ClientRow]


READERS: dict[str, Callable[[], Any]] = {
    "alone": lambda: get(ClientRow, THERAPIST, "ann"),
    "with others": lambda: batch_get([(ClientRow, THERAPIST, "ann")])[0],
    "in a range": lambda: query(ClientRow, THERAPIST, ClientRow.client_id == "ann")[0],
    "in a refusal": refused,
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_an_old_row_is_upgraded_wherever_it_is_read(first, monkeypatch, read):
    first()
    monkeypatch.setattr(ClientRow, "upgrades", (add("!"), add("?")))
    assert read().name == "Ann!?"


def test_nothing_is_wrong_with_the_first_rows(first):
    first()
    assert find_faults(read_tables(), now=NOW) == []


@pytest.mark.parametrize("ready", use_case_calls.ALL.values(), ids=use_case_calls.ALL)
def test_an_action_has_the_same_outcome_before_and_after_the_migration(
    first, migrated, monkeypatch, ready
):
    redraw = use_case_calls.repeatable_ids(monkeypatch)
    ends: list[Rows] = []
    for begin, end in ((first, _migrate), (migrated, lambda: None)):
        begin()
        redraw()
        ready()()
        end()
        assert find_faults(read_tables(), now=NOW) == []
        ends.append(_with_sorted_sets(rows()))
        del ends[-1]["openhour-audit"]
    assert ends[0] == ends[1]


def _with_sorted_sets(stored: Rows) -> Rows:
    """DynamoDB returns the members of a set in any order."""
    for table in stored.values():
        for row in table.values():
            for value in row.values():
                value.get("SS", []).sort()
    return stored


def _migrate() -> None:
    for _ in migrate(cursor=None, rows_per_second=1e6, now=NOW):
        pass


# The first change: counts of registrations end with their week.


def test_a_count_expires_when_no_zone_is_in_its_week_any_more():
    for zone in map(ZoneInfo, ("Pacific/Kiritimati", "America/New_York", "Etc/GMT+12")):
        sunday = at("2026-11-29 23:59", zone)
        gone = registrations_expire_at(week_of(sunday, zone))
        assert timedelta(days=6) < gone - sunday < timedelta(days=8, hours=1)


def test_a_count_is_written_with_its_expiry(first):
    first()
    boto3.client("dynamodb").delete_item(
        TableName=IntakeRow.Meta.table_name,
        Key={"therapist_id": {"S": THERAPIST}, "client_id": {"S": "#intake#2026-W48"}},
    )
    use_case_calls.register()()
    count = get(IntakeRow, THERAPIST, "#intake#2026-W48")
    assert count
    assert (count.registered, count.expires_at) == (
        1,
        registrations_expire_at(week_of(NOW, ZoneInfo("UTC"))),
    )


def test_an_old_count_still_counts(first):
    """Hal has registered this week, and two may."""
    first()
    use_case_calls.register()()
    with pytest.raises(IntakeFull):
        use_case_calls.register("io")()
    (count,) = (row for kind, row in every_row() if row.get("registered") == {"N": "2"})
    assert count.keys() >= {"expires_at", "schema"}


def test_no_client_and_no_login_expires(migrated):
    """The table's rows with `expires_at` are deleted when it has come."""
    migrated()
    clients.invite(THERAPIST, "ann", now=NOW)
    ending = {kind for kind, row in every_row() if "expires_at" in row}
    assert ending == {IntakeRow, AuditRow}
    for kind in (ClientRow, LoginRow):
        assert "expires_at" not in kind.get_attributes()


def test_an_old_count_expires_like_a_new_one():
    key = {"therapist_id": {"S": "t1"}, "client_id": {"S": "#intake#2026-W53"}}
    ends = int(add_expiry(key)["expires_at"]["N"])
    assert (
        ends
        == registrations_expire_at(week_of(at("2027-01-02 12:00"), ZoneInfo("UTC"))).timestamp()
    )
