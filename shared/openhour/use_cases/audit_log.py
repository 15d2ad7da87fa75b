"""The audit log, as the therapist reads it: page by page, with names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from openhour.rules.audit_log import AuditEntry
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.store.audit_log import is_entry_id, newest_entries
from openhour.store.logins import names_of
from openhour.store.practices import cached_practice

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some entries, newest first, and the next page's cursor.

    `client_names` and `login_names` are the names of the clients and the logins in them, by id.
    """

    practice: Practice
    entries: tuple[AuditEntry, ...]
    client_names: Mapping[str, str]
    login_names: Mapping[str, str]
    next: str | None


def read_audit_page(
    therapist_id: str, *, since: datetime | date | None, cursor: str | None
) -> AuditPage:
    """Return a page of the entries from `since` on: an instant, or a local date's beginning.

    Raises:
        Invalid: The cursor is none of the audit log's.
        Busy: DynamoDB can't answer.
    """
    if cursor is not None and not is_entry_id(cursor):
        raise Invalid.field("cursor", "Not a cursor: use the one in `next`.")
    practice = cached_practice(therapist_id)
    found = newest_entries(
        therapist_id, since=_beginning(since, practice), before=cursor, limit=PAGE_SIZE + 1
    )
    entries = tuple(entry for _, entry in found[:PAGE_SIZE])
    clients, logins = names_of(
        therapist_id,
        client_ids=(each.client_id for each in entries if each.client_id),
        login_ids=(login_id for each in entries if (login_id := each.login_id)),
    )
    return AuditPage(
        practice=practice,
        entries=entries,
        client_names=clients,
        login_names=logins,
        next=found[PAGE_SIZE - 1][0] if len(found) > PAGE_SIZE else None,
    )


def _beginning(since: datetime | date | None, practice: Practice) -> datetime | None:
    if since is None or isinstance(since, datetime):
        return since
    return datetime.combine(since, time.min, tzinfo=practice.zone)
