"""Practices: settings read from a short-lived cache, and written under a fence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pynamodb.expressions.update import Action

from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownTherapist
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import practice_from_row, settings_columns
from openhour.store.models import PracticeRow
from openhour.store.queries import get
from openhour.store.transactions import Put, Update, Write, commit

CACHE_SECONDS = 10
"""How long a change of settings may take to reach every function."""
_cache: dict[str, tuple[float, Practice]] = {}


def cached_practice(therapist_id: str) -> Practice:
    """The practice as it was at most ten seconds ago. Raises UnknownTherapist, Busy."""
    cached = _cache.get(therapist_id)
    if cached and time.monotonic() - cached[0] < CACHE_SECONDS:
        return cached[1]
    return read_practice(therapist_id)


def read_practice(therapist_id: str) -> Practice:
    """The practice as it is. Raises UnknownTherapist, also for one that was removed, and Busy."""
    row = get(PracticeRow, therapist_id)
    practice = practice_from_row(row) if row else None
    if practice is None or practice.removed_at:
        invalidate(therapist_id)
        raise UnknownTherapist
    return cache(practice)


def cache(practice: Practice) -> Practice:
    """Keep a practice in the cache, unless a newer one is there."""
    cached = _cache.get(practice.therapist_id)
    if cached is None or cached[1].version <= practice.version:
        _cache[practice.therapist_id] = (time.monotonic(), practice)
    return practice


def invalidate(therapist_id: str | None = None) -> None:
    """Empty the cache of one practice, or of all."""
    if therapist_id is None:
        _cache.clear()
    else:
        _cache.pop(therapist_id, None)


def open_practice(practice: Practice, *, now: datetime) -> Practice:
    """Write a new practice, released through the current week. Its hours are published by the
    planning that follows. Raises Refused where the therapist has one already."""
    new = replace(
        practice,
        released_through=practice.released_through or practice.week_of(now),
        plan=practice.plan + 1,
    )
    row = PracticeRow(
        new.therapist_id,
        version=new.version,
        plan=new.plan,
        planned=new.planned,
        released_through=str(new.released_through),
        **settings_columns(new),
    )
    opened = audit_entry(new.therapist_id, AuditAction.OPEN_PRACTICE, now=now)
    commit([Put(row=row, when=PracticeRow.therapist_id.does_not_exist()), opened])
    return cache(new)


def write_practice(
    before: Practice, after: Practice, *, plans: bool, others: Sequence[Write] = ()
) -> Practice:
    """Replace the practice that was read by another, and write other rows with it; `plans` raises
    the plan counter. Raises Refused where the practice or another row has changed since."""
    changed = settings_columns(before) != settings_columns(after) or (
        before.released_through != after.released_through
    )
    after = replace(after, version=before.version + changed, plan=before.plan + plans)
    unchanged = (PracticeRow.version == before.version) & (PracticeRow.plan == before.plan)
    row = PracticeRow(before.therapist_id)
    commit([Update(row=row, actions=_actions(before, after), when=unchanged), *others])
    return cache(after)


def _actions(before: Practice, after: Practice) -> list[Action]:
    old, new = settings_columns(before), settings_columns(after)
    actions: list[Action] = [
        PracticeRow.version.set(after.version),
        PracticeRow.plan.set(after.plan),
    ]
    old["removed_at"], new["removed_at"] = before.removed_at, after.removed_at
    for name in (name for name in new if new[name] != old[name]):
        column = getattr(PracticeRow, name)
        actions.append(column.remove() if new[name] is None else column.set(new[name]))
    if after.released_through != before.released_through:
        actions.append(PracticeRow.released_through.set(str(after.released_through)))
    if after.released_at and after.released_at != before.released_at:
        actions.append(PracticeRow.released_at.set(after.released_at))
    if after.discharging - before.discharging:
        actions.append(PracticeRow.discharging.add(set(after.discharging)))
    if after.sick_days - before.sick_days:
        actions.append(PracticeRow.sick_days.add(set(after.sick_days)))
    return actions
