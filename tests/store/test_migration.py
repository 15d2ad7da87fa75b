"""The migration rewrites old rows during normal use, interrupted or repeated, without losses."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import boto3
import pytest

from openhour.rules.refusals import Busy, Invalid, Refusal
from openhour.store import migration
from openhour.store.audit_log import ALL_THERAPISTS, read_audit_log
from openhour.store.migration import Progress, migrate
from openhour.store.models import ClientRow, SlotRow
from openhour.store.row_versions import Item
from openhour.use_cases import bookings, cancellations
from tests.dynamodb_backends import Rows, remember, rows
from tests.store import transport as faults
from tests.store import use_case_calls
from tests.store.invariants import find_faults, read_tables
from tests.store.old_rows import put_first_rows
from tests.store.seed import NEXT_THURSDAY, NEXT_TUESDAY, THERAPIST
from tests.store.transport import Crash, Request, Transport, intercepted
from tests.store.use_case_calls import Act
from tests.unit.builders import NOW

UPGRADED = ("openhour-appointments", "openhour-clients", "openhour-regulars")
"""The tables with rows that have changed since the first version."""
CLIENTS, AUDIT = "openhour-clients", "openhour-audit"
THIS_WEEK = "#intake#2026-W48"
WEEKS = [f"#intake#2026-W{number}" for number in range(36, 48)]


@pytest.fixture(scope="module")
def first(_tables) -> Callable[[], None]:
    """A practice of the first version, and another with counts of a quarter."""
    put_first_rows()
    dynamodb = boto3.client("dynamodb")
    for week in WEEKS:
        key = {"therapist_id": {"S": "t2"}, "client_id": {"S": week}}
        dynamodb.put_item(TableName=CLIENTS, Item={**key, "registered": {"N": "3"}})
    return remember()


@pytest.fixture(autouse=True)
def _first_rows(first, monkeypatch):
    monkeypatch.setattr(migration, "_PAGE", 5)
    monkeypatch.setattr("time.sleep", lambda _: None)
    first()


@pytest.fixture
def done(first) -> Rows:
    """The rows after the migration."""
    migrate_all()
    stored = rows_except_audit_log()
    first()
    return stored


@pytest.fixture
def transport() -> Iterator[Transport]:
    with intercepted() as transport:
        yield transport


def pages(cursor: str | None = None) -> Iterator[Progress]:
    return migrate(cursor=cursor, rows_per_second=1e6, now=NOW)


def migrate_all(cursor: str | None = None) -> list[Progress]:
    return list(pages(cursor))


def counts() -> dict[tuple[str, ...], Item]:
    return {key: row for key, row in rows()[CLIENTS].items() if "registered" in row}


def old_rows(stored: Rows) -> list[Item]:
    """Return the rows of models that have changed since the first version."""
    changed = (row for table in UPGRADED for row in stored[table].values())
    return [row for row in changed if "privilege" not in row and not _is_login(row)]


def _is_login(row: Item) -> bool:
    client_id: str = row.get("client_id", {"S": ""})["S"]
    return client_id.startswith("#login#")


def rows_except_audit_log() -> Rows:
    return {name: stored for name, stored in rows().items() if name != AUDIT}


def is_rewrite(request: Request) -> bool:
    return request.operation == "UpdateItem"


def test_every_old_row_is_rewritten_and_nothing_else():
    before = rows_except_audit_log()
    seen = migrate_all()
    assert len(counts()) == len(WEEKS) + 2
    for row in counts().values():
        assert row["schema"] == {"N": "2"}
        assert row["expires_at"]
    new = {"expires_at", "schema", "therapist_id", "exceptions"}
    after = {
        table: {
            key: {n: v for n, v in row.items() if n not in new or n in before[table][key]}
            for key, row in stored.items()
        }
        for table, stored in rows_except_audit_log().items()
    }
    assert after == before
    assert sum(page.upgraded for page in seen) == len(old_rows(before))
    assert sum(page.read for page in seen) == sum(len(before[table]) for table in UPGRADED)
    assert [page.cursor for page in seen].index(None) == len(seen) - 1 > 3
    for key, row in rows()["openhour-appointments"].items():
        assert row["therapist_id"]["S"] == key[0].partition("#")[0]


def test_second_migration_changes_nothing(transport):
    migrate_all()
    before = rows_except_audit_log()
    transport.clear()
    assert sum(page.upgraded for page in migrate_all()) == 0
    assert not list(filter(is_rewrite, transport.requests))
    assert rows_except_audit_log() == before


def test_the_audit_log_names_who_started_it():
    migrate_all()
    (entry,) = read_audit_log(ALL_THERAPISTS)
    assert (entry.actor, entry.act, entry.at) == ("therapist:ada", "migrate", NOW)


def test_no_cursor_contains_an_email_address():
    cursors = [urlsafe_b64decode(page.cursor).decode() for page in pages() if page.cursor]
    assert any("#login#" in cursor for cursor in cursors)
    assert not [cursor for cursor in cursors if "@" in cursor]


@pytest.mark.parametrize("after", [False, True], ids=["before a write", "after a write"])
@pytest.mark.parametrize("since", [0, 4, 9, 16, 20])
def test_an_interrupted_migration_continues_at_its_cursor(transport, first, done, since, after):
    def crash(_: Request, serve: faults.Serve) -> Any:
        if after:
            serve()
        raise Crash

    transport.fail(crash, is_rewrite, since=since)
    cursors: list[str | None] = [None]
    with pytest.raises(Crash):
        cursors.extend(page.cursor for page in pages())
    transport.fault_for = None
    transport.clear()
    migrate_all(cursors[-1])
    assert rows_except_audit_log() == done
    rewritten = len(list(filter(is_rewrite, transport.requests)))
    first()
    assert rewritten == len(old_rows(rows())) - since - after


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.throttled, id="throttled"),
        pytest.param(faults.row_conflict, id="a conflict with a transaction"),
        pytest.param(faults.response_lost, id="a lost response"),
    ],
)
def test_a_brief_fault_is_retried(transport, done, fault):
    transport.fail(fault, is_rewrite, since=2, times=3)
    migrate_all()
    assert rows_except_audit_log() == done


def test_persistent_fault_ends_in_busy(transport):
    transport.fail(faults.throttled, is_rewrite)
    with pytest.raises(Busy):
        migrate_all()


@pytest.mark.parametrize("cursor", ["", "x", "WyJvcGVuaG91ci1hdWRpdCIsIG51bGxd", "e30="])
def test_an_invalid_cursor_is_refused(cursor):
    before = rows()
    with pytest.raises(Invalid):
        migrate_all(cursor)
    assert rows() == before


def test_the_migration_keeps_to_its_rate(monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)
    seen = list(migrate(cursor=None, rows_per_second=2, now=NOW))
    assert waits == [page.read / 2 for page in seen[:-1]]


def _meanwhile(transport: Transport, act: Act, client_id: str = THIS_WEEK) -> None:
    """Run `act` between the reading and the rewriting of a row, by default this week's count."""
    key = {"therapist_id": {"S": THERAPIST}, "client_id": {"S": client_id}}
    transport.run_before(lambda each: is_rewrite(each) and each.body["Key"] == key, act)


def test_registrations_during_the_migration_are_counted(transport):
    _meanwhile(transport, use_case_calls.register())
    migrate_all()
    assert counts()[(THERAPIST, THIS_WEEK)]["registered"] == {"N": "2"}


def test_registrations_by_the_first_version_during_the_migration_are_counted(transport):
    """It writes no version number; the row is rewritten as it is then."""

    def count() -> None:
        boto3.client("dynamodb").update_item(
            TableName=CLIENTS,
            Key={"therapist_id": {"S": THERAPIST}, "client_id": {"S": THIS_WEEK}},
            UpdateExpression="ADD registered :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    _meanwhile(transport, count)
    migrate_all()
    row = counts()[(THERAPIST, THIS_WEEK)]
    assert (row["registered"], row["schema"]) == ({"N": "2"}, {"N": "2"})


def test_a_row_deleted_meanwhile_is_not_restored(transport):
    key = {"therapist_id": {"S": THERAPIST}, "client_id": {"S": THIS_WEEK}}
    _meanwhile(transport, lambda: boto3.client("dynamodb").delete_item(TableName=CLIENTS, Key=key))
    migrate_all()
    assert (THERAPIST, THIS_WEEK) not in counts()


def test_migrated_row_is_computed_from_its_current_image(transport, monkeypatch):
    """A step that reads what bookings write."""
    monkeypatch.setattr(ClientRow, "upgrades", (lambda item: {**item, "ever": item["booked"]},))
    _meanwhile(transport, use_case_calls.book("cyd"), "cyd")
    migrate_all()
    assert transport.fault_for is None
    row = rows()[CLIENTS][(THERAPIST, "cyd")]
    assert row["ever"] == row["booked"] == {"N": "1"}


def test_concurrent_registrations_are_counted():
    use_case_calls.change_settings(intake_per_week=50, registrations_per_day=50)()

    def register(number: int) -> bool:
        with suppress(Busy):
            use_case_calls.register(f"new{number}")()
            return True
        return False

    with ThreadPoolExecutor(9) as pool:
        migrating = pool.submit(migrate_all)
        done = sum(pool.map(register, range(16)))
        migrating.result()
    row = counts()[(THERAPIST, THIS_WEEK)]
    assert int(row["registered"]["N"]) == 1 + done > 1
    assert {each["schema"]["N"] for each in counts().values()} == {"2"}


def mark(item: Item) -> Item:
    """A change that some version makes to every row."""
    return {**item, "marked": {"S": "here"}}


def test_clients_and_slots_are_rewritten_during_bookings(monkeypatch):
    monkeypatch.setattr(ClientRow, "upgrades", (mark,))
    monkeypatch.setattr(SlotRow, "upgrades", (mark,))
    use_case_calls.change_settings(max_per_week=7)()
    use_case_calls.restore("fay")()

    def come_and_go(client_id: str) -> None:
        for _ in range(4):
            for slot_id in (NEXT_TUESDAY, NEXT_THURSDAY):
                with suppress(Refusal):
                    made = bookings.book(THERAPIST, client_id, slot_id, now=NOW)
                    name = made.appointment.appointment_id
                    cancellations.cancel_own(THERAPIST, client_id, name, now=NOW)

    with ThreadPoolExecutor(5) as pool:
        migrating = pool.submit(migrate_all)
        for _ in pool.map(come_and_go, ("ann", "bea", "cyd", "fay")):
            pass
        migrating.result()
    assert find_faults(read_tables(), now=NOW) == []
    slots = rows()["openhour-slots"].values()
    clients = (row for row in rows()[CLIENTS].values() if "privilege" in row)
    marked = {(row["marked"]["S"], row["schema"]["N"]) for row in (*slots, *clients)}
    assert marked == {("here", "2")}


def test_planning_succeeds_although_its_rows_are_rewritten_meanwhile(transport, monkeypatch):
    monkeypatch.setattr(SlotRow, "upgrades", (mark,))

    transport.run_before(
        lambda each: each.operation == "TransactWriteItems" and "openhour-slots" in each.tables,
        migrate_all,
    )
    use_case_calls.set_other_hours()()
    assert list(filter(is_rewrite, transport.requests))
    sent = [each for each in transport.requests if each.operation == "TransactWriteItems"]
    assert [each for each in sent if each.response is None] == []
    assert find_faults(read_tables(), now=NOW) == []
