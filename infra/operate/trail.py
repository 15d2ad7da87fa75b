"""The trail: what was done to a practice, read; and the operator's own acts, kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from infra.operate.told import Told
from openhour import clock
from openhour.rules.audit_log import AuditAction, AuditEntry
from openhour.store.audit_log import audit_entry, read_audit_log
from openhour.store.transactions import commit


def keep(
    therapist_id: str, act: AuditAction, *, client_id: str | None = None, target: str | None = None
) -> None:
    """Keep an act that is not done in the tables, before it is done. Raises Busy."""
    commit([audit_entry(therapist_id, act, now=clock.now(), client_id=client_id, target=target)])


def trail(*, therapist_id: str, since: datetime | None, until: datetime | None) -> Iterator[Told]:
    """Tell each act of a therapist or an operator, oldest first."""
    for entry in read_audit_log(therapist_id, since=since, until=until):
        yield Told("act", _written(entry), facts_of(entry))


def facts_of(entry: AuditEntry) -> dict[str, object]:
    """An entry, as JSON has it."""
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "act": entry.act.value,
        "client_id": entry.client_id,
        "target": entry.target,
        "details": list(entry.details),
        "request_id": entry.request_id,
    }


def _written(entry: AuditEntry) -> str:
    said = (entry.client_id, entry.target, *entry.details)
    words = " ".join(word for word in said if word)
    return f"{entry.at:%F %T}Z {entry.actor:<28} {entry.act.value:<16} {words}".rstrip()
