"""The audit log: an entry for every act of a therapist or an operator, written with the act itself.

Functions add and read entries, and can change none. An entry's id ends in a random part, so that
none can be overwritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from pynamodb.exceptions import PynamoDBException

from openhour.rules.audit_log import AuditAction, AuditEntry
from openhour.store.models import AuditRow
from openhour.store.queries import query
from openhour.store.retries import busy_if_transient
from openhour.store.transactions import Put
from openhour.tokens import new_token

ALL_THERAPISTS = "*"
"""Stands for a therapist's id where an operator acts on all practices."""


def retention() -> timedelta:
    """Return how long an entry is kept.

    Seven years unless the deployment sets another time. Seven years is what the American
    Psychological Association's Record Keeping Guidelines (2007, guideline 7) recommend for adults'
    records where no law applies. States' rules differ.
    """
    return timedelta(days=int(os.environ.get("AUDIT_RETENTION_DAYS", "2557")))


_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_INSTANT = "%Y%m%dT%H%M%S.%fZ"
_ENTRY_ID = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[0-9a-f]{16}")
_acting: ContextVar[tuple[str, str | None]] = ContextVar("acting")


def act_as(actor: str, *, request_id: str | None = None) -> None:
    """Record acts as those of `actor` for the rest of the current context. See `acting_as`."""
    _acting.set((actor, request_id))


@contextmanager
def acting_as(actor: str, *, request_id: str | None = None) -> Iterator[None]:
    """Record what is done within the context as acts of `actor`.

    `actor` is the role and the id of a login, or `operator:` and a name.
    """
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
    """Return the write of an entry, to be committed with the act that it records.

    Raises:
        LookupError: No actor is set, so that the act would go unrecorded.
    """
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
    """Yield the entries from `since` until before `until`, oldest first, read page by page.

    Raises:
        Busy: DynamoDB can't answer.
    """
    within = AuditRow.entry_id.between(_key(since or _FIRST), _key(until or _LAST))
    try:
        yield from map(_entry, AuditRow.query(therapist_id, within, consistent_read=True))
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def newest_entries(
    therapist_id: str, *, since: datetime | None, before: str | None, limit: int
) -> list[tuple[str, AuditEntry]]:
    """Return the newest entries from `since` on with their ids, before the one with that id.

    Raises:
        Busy: DynamoDB can't answer.
    """
    first, last = _key(since or _FIRST), before or _key(_LAST)
    if first > last:
        return []
    within = AuditRow.entry_id.between(first, last)  # DynamoDB's BETWEEN includes both.
    rows = query(AuditRow, therapist_id, within, newest_first=True, limit=limit + 1)
    found = [(row.entry_id, _entry(row)) for row in rows if row.entry_id != before]
    return found[:limit]


def is_entry_id(text: str) -> bool:
    """Return whether the text has the form of an entry's id."""
    return _ENTRY_ID.fullmatch(text) is not None


def _row(therapist_id: str, entry: AuditEntry) -> AuditRow:
    return AuditRow(
        therapist_id,
        f"{_key(entry.at)}-{new_token(16)}",
        actor=entry.actor,
        act=entry.act,
        client_id=entry.client_id,
        target=entry.target,
        details=set(entry.details) or None,
        request_id=entry.request_id or None,
        expires_at=entry.at + retention(),
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
    """Return the beginning of the ids of an instant's entries. Ids sort by time."""
    return instant.astimezone(UTC).strftime(_INSTANT)
