"""Removing a therapist: locked out first, and the rows deleted later, on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from infra.cli import logins
from infra.cli.audit_log import record
from infra.cli.output import CommandError, Line, counted, unknown_therapist
from infra.cli.snapshot import KEYS
from infra.cli.stack import variable_name
from infra.cli.table_reader import RateLimiter, TableReader
from openhour import clock, schedules
from openhour.cognito import CLIENTS, THERAPISTS
from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.store.mapping import owner_of
from openhour.store.practices import find_practice
from openhour.use_cases.erasure import erase_therapist
from openhour.use_cases.therapists import remove_therapist

TOKENS_OUTLIVE = timedelta(hours=1)
"""How long after a removal someone may still hold a valid token, and write."""
_UNITS_PER_SECOND = 1000.0
_REMAINING_COPIES = (
    "The audit log stays for as long as it is retained, the tables' backups for 35 days. Exports,"
    " copies of the tables and what an earlier stack has left are yours to delete."
)


def remove(*, therapist_id: str) -> Iterator[Line]:
    """Lock a therapist and all clients out.

    Every row is kept until `openhour therapists erase` deletes them.
    """
    if find_practice(therapist_id) is None:
        raise unknown_therapist(therapist_id)
    ids = {"therapist_id": therapist_id}
    practice = remove_therapist(therapist_id, now=clock.now())
    text = f"{therapist_id} is removed: nobody can sign in or book, and no release runs."
    yield Line("practice", text, {**ids, "removed_at": practice.removed_at})
    yield _delete_logins(therapist_id)
    schedules.remove(therapist_id)
    yield Line("schedule", "The release is no longer scheduled.", ids)
    text = f"Every row is kept. `openhour therapists erase {therapist_id}` deletes them."
    yield Line("rows", text, ids)


def erase(*, therapist_id: str, confirm: str | None, dry_run: bool) -> Iterator[Line]:
    """Delete every row of a removed therapist.

    Possible from one hour after the removal on, when no token is valid any more.
    """
    if confirm != therapist_id and not dry_run:
        text = (
            f"This cannot be undone. Nothing was erased: repeat it with --confirm {therapist_id}."
        )
        raise CommandError(text)
    _require_erasable(therapist_id, find_practice(therapist_id))
    if not dry_run:
        record(therapist_id, AuditAction.ERASE_PRACTICE)
        yield _delete_logins(therapist_id)
    rows = _count_rows(therapist_id) if dry_run else erase_therapist(therapist_id)
    for noun, count in rows:
        text = f"{count:>8} {noun.replace('_', ' ')}"
        facts = {"therapist_id": therapist_id, "table": noun, "rows": count, "dry_run": dry_run}
        yield Line("erased", text, facts)
    text = "Nothing was erased." if dry_run else f"Erased. {_REMAINING_COPIES}"
    yield Line("remaining-copies", text, {"therapist_id": therapist_id})


def _require_erasable(therapist_id: str, practice: Practice | None) -> None:
    if practice is None:
        return
    if practice.removed_at is None:
        command = f"openhour therapists remove {therapist_id}"
        raise CommandError(f"{therapist_id} is not removed. Nothing was erased: `{command}` first.")
    erasable_at = practice.removed_at + TOKENS_OUTLIVE
    if clock.now() < erasable_at:
        text = (
            "Tokens may still be valid. Nothing was erased: retry after"
            f" {erasable_at:%F %H:%M} UTC."
        )
        raise CommandError(text)


def _delete_logins(therapist_id: str) -> Line:
    """Delete the logins of the therapists and the clients."""
    users = [
        (pool, name)
        for pool in (THERAPISTS, CLIENTS)
        for name in pool.usernames_with_prefix(f"{therapist_id}/")
        if (user := pool.find(name)) and user.therapist_id == therapist_id
    ]
    for pool, name in users:
        logins.delete(pool, name)
    text = f"Deleted {counted(len(users), 'login')}." if users else "No login was left."
    return Line("logins", text, {"therapist_id": therapist_id, "removed": len(users)})


def _count_rows(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Yield the noun of each table, and how many rows of it the therapist has."""
    reader = TableReader(RateLimiter(_UNITS_PER_SECOND))
    clients = reader.owned_by("ClientsTable", therapist_id)
    owners = {"AppointmentsTable": [owner_of(therapist_id, c["client_id"]["S"]) for c in clients]}
    for table in KEYS:
        rows = (
            row
            for owner in owners.get(table, [therapist_id])
            for row in reader.owned_by(table, owner)
        )
        yield variable_name(table.removesuffix("Table")).lower(), sum(1 for _ in rows)
