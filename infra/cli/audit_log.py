"""The audit log: reading it, and recording the operator's own acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from infra.cli.output import Line, listed, unknown_therapist
from openhour import clock
from openhour.rules.audit_log import AuditAction, AuditEntry
from openhour.store.audit_log import audit_entry, read_audit_log
from openhour.store.practices import find_practice
from openhour.store.transactions import commit


def record(therapist_id: str, act: AuditAction, *, target: str | None = None) -> None:
    """Record an act that writes to no table, before it is carried out. Raises Busy."""
    commit([audit_entry(therapist_id, act, now=clock.now(), target=target)])


def print_audit_log(
    *, therapist_id: str, since: datetime | None, until: datetime | None
) -> Iterator[Line]:
    """Print who did what in a practice, and when.

    The audit log of an erased practice is kept.
    """
    if find_practice(therapist_id) is None and not any(read_audit_log(therapist_id)):
        raise unknown_therapist(therapist_id)
    entries = read_audit_log(therapist_id, since=since, until=until)
    lines = (Line("act", _text(entry), _facts(entry)) for entry in entries)
    yield from listed(lines, "There are no entries in this time.")


def _facts(entry: AuditEntry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "act": entry.act.value,
        "client_id": entry.client_id,
        "target": entry.target,
        "details": list(entry.details),
        "request_id": entry.request_id,
    }


def _text(entry: AuditEntry) -> str:
    words = " ".join(filter(None, (entry.client_id, entry.target, *entry.details)))
    return f"{entry.at:%F %T}Z {entry.actor:<28} {entry.act.value:<16} {words}".rstrip()
