"""Invariants over all therapists' rows, checked by the operator's integrity check.

Invariants of an action, rather than of a moment, compare `Tables` before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from infra.cli import invariants, snapshot
from infra.local.environment import TABLES
from tests import dynamodb_backends

_read = TypeDeserializer().deserialize
_CHOSEN = ("extra", "manual_state", "manual_state_at", "confirmed_at")
"""What the therapist has chosen for one slot."""
_KEYS = {**snapshot.KEYS, "AuditTable": ("therapist_id", "entry_id")}


@dataclass(frozen=True)
class Tables:
    """Every row of every table, as DynamoDB returns it, by table and key."""

    raw: Mapping[str, Mapping[str, Any]]

    @cached_property
    def therapists(self) -> dict[str, Rows]:
        """The rows of each therapist."""
        return {
            row["therapist_id"]: Rows(row, self) for row in self.rows_of("PracticesTable", None)
        }

    def rows_of(self, table: str, owner: str | None) -> list[dict[str, Any]]:
        """Return the rows whose partition key is `owner`, or all, sorted by key."""
        keys = (k for k in self.raw[table] if owner is None or k.split("|")[0] == owner)
        return [{n: _read(v) for n, v in self.raw[table][key].items()} for key in sorted(keys)]

    def of(self, therapist_id: str) -> Mapping[str, Mapping[str, Any]]:
        """Return the raw rows of one therapist, for comparison."""
        return {
            table: {k: row for k, row in items.items() if re.split("[|#]", k)[0] == therapist_id}
            for table, items in self.raw.items()
        }


@dataclass(frozen=True)
class Rows(snapshot.Snapshot):
    """One therapist's rows, and everybody's tables."""

    tables: Tables

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """The therapist's audit log."""
        return self.tables.rows_of("AuditTable", self.therapist_id)

    @cached_property
    def asked(self) -> Any:
        """What the therapist has requested so far, according to the rows."""
        practice = {n: v for n, v in self.practice.items() if n not in ("plan", "planned")}
        for passing in (
            *("published_through", "discharging", "sick_days"),
            *("zone_data", "notices"),
        ):
            practice.pop(passing, None)
        regulars = [
            {name: value for name, value in regular.items() if name != "exceptions"}
            for regular in self.regulars.values()
        ]
        own = ("privilege", "name", "usual", "max_per_week", "login", "invited_at")
        clients = [[client.get(name) for name in own] for client in self.clients.values()]
        by_hand = {
            slot_id: chosen
            for slot_id, slot in self.slots.items()
            if any(chosen := tuple(slot.get(name) for name in _CHOSEN))
        }
        return practice, regulars, sorted(self.time_off), clients, by_hand


def read_tables(stored: dynamodb_backends.Rows | None = None) -> Tables:
    """Read all tables, or wrap rows that were read before."""
    stored = stored or dynamodb_backends.rows()
    return Tables(
        {name: {"|".join(key): row for key, row in stored[TABLES[name]].items()} for name in _KEYS}
    )


def find_faults(tables: Tables, *, now: datetime) -> list[str]:
    """Return every violation in any calendar; the invariants hold during planning too."""
    return [
        f"{therapist_id}: {fault.text}"
        for therapist_id, theirs in tables.therapists.items()
        for fault in invariants.find_violations(theirs, now=now)
    ]
