"""The trail: an entry for every act of a therapist or an operator, in the transaction that does it.

Entries are only ever added. Whoever writes them may neither read nor change any, and since an
entry's id has a tail that can't be guessed, none can be written over either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from pynamodb.exceptions import PynamoDBException

from openhour.rules.audit_log import AuditAction, AuditEntry
from openhour.store.models import AuditRow
from openhour.store.retries import busy_if_transient
from openhour.store.transactions import Put

RETENTION = timedelta(days=int(os.environ.get("AUDIT_RETENTION_DAYS", "2557")))
"""How long an entry is kept. Seven years, unless the deployment says otherwise, are what the
American Psychological Association's Record Keeping Guidelines (2007, guideline 7) name for adults'
records where no law does; states' rules differ."""
ALL_THERAPISTS = "*"
"""In place of a therapist's id, for what an operator does to all of them."""
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_INSTANT = "%Y%m%dT%H%M%S.%fZ"
_acting: ContextVar[tuple[str, str | None]] = ContextVar("acting")


@contextmanager
def acting_as(actor: str, *, request_id: str | None = None) -> Iterator[None]:
    """Have what is done within be the act of `actor`: `therapist:` and the id of their login, or
    `operator:` and a name."""
    token = _acting.set((actor, request_id))
    try:
        yield
    finally:
        _acting.reset(token)


def audit_entry(
    therapist_id: str,
    act: AuditAction,
    *,
    now: datetime,
    client_id: str | None = None,
    target: str | None = None,
    details: tuple[str, ...] = (),
) -> Put:
    """The write that keeps an act, to be committed with the act itself. Raises LookupError where
    nobody is `acting`, so that no act goes unrecorded."""
    actor, request_id = _acting.get()
    entry = AuditEntry(
        at=now,
        actor=actor,
        act=act,
        client_id=client_id,
        target=target,
        details=details,
        request_id=request_id,
    )
    return Put(row=_row(therapist_id, entry), when=AuditRow.entry_id.does_not_exist())


def read_audit_log(
    therapist_id: str, *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[AuditEntry]:
    """The entries from `since` until before `until`, oldest first, read page by page as they are
    asked for. Raises Busy."""
    within = AuditRow.entry_id.between(_key(since or _FIRST), _key(until or _LAST))
    try:
        yield from map(_entry, AuditRow.query(therapist_id, within, consistent_read=True))
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def _row(therapist_id: str, entry: AuditEntry) -> AuditRow:
    return AuditRow(
        therapist_id,
        f"{_key(entry.at)}-{uuid4().hex[:16]}",
        actor=entry.actor,
        act=entry.act,
        client_id=entry.client_id,
        target=entry.target,
        details=set(entry.details) or None,
        request_id=entry.request_id or None,
        expires_at=entry.at + RETENTION,
    )


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        at=datetime.strptime(row.entry_id.partition("-")[0], _INSTANT).replace(tzinfo=UTC),
        actor=row.actor,
        act=AuditAction(row.act),
        client_id=row.client_id,
        target=row.target,
        details=tuple(sorted(row.details or ())),
        request_id=row.request_id,
    )


def _key(instant: datetime) -> str:
    """The beginning of the ids of that instant's entries, which sort by time."""
    return instant.astimezone(UTC).strftime(_INSTANT)
