"""Practices: settings read through a short-lived cache, and written under the plan fence."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.practice import Practice
from openhour.rules.refusals import OutdatedZoneData, UnknownTherapist
from openhour.rules.zones import is_outdated
from openhour.store.clients import column_actions
from openhour.store.mapping import (
    logins_column,
    notices_column,
    practice_from_row,
    settings_columns,
)
from openhour.store.models import PracticeRow
from openhour.store.queries import get
from openhour.store.retries import busy_if_transient
from openhour.store.transactions import Check, Put, Update, Write, commit

CACHE_SECONDS = 10
"""The time within which a change of settings reaches every function."""
_MAX_CACHED = 1_000
_INSTANTS = ("removed_at", "released_at", "release_due")
_cache: dict[str, tuple[float, Practice]] = {}


def cached_practice(therapist_id: str) -> Practice:
    """Return the practice as it was at most ten seconds ago.

    Raises:
        UnknownTherapist: There is no such practice, or it was removed.
        Busy: DynamoDB can't answer.
    """
    cached = _cache.get(therapist_id)
    if cached and time.monotonic() - cached[0] < CACHE_SECONDS:
        return cached[1]
    return read_practice(therapist_id)


def read_practice(therapist_id: str) -> Practice:
    """Return the practice as it is.

    Raises:
        UnknownTherapist: There is no such practice, or it was removed.
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(therapist_id)
    if practice is None or practice.removed_at:
        invalidate(therapist_id)
        raise UnknownTherapist
    return cache(practice)


def find_practice(therapist_id: str) -> Practice | None:
    """Return the practice as it is, removed or not, or None.

    Raises:
        Busy: DynamoDB can't answer.
    """
    row = get(PracticeRow, therapist_id)
    return practice_from_row(row) if row else None


def all_practices() -> Iterator[Practice]:
    """Yield every practice, removed ones included, in no particular order.

    Raises:
        Busy: DynamoDB can't answer.
    """
    try:
        yield from map(practice_from_row, PracticeRow.scan())
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def cache(practice: Practice) -> Practice:
    """Cache a practice unless a newer version is cached, and return it."""
    cached = _cache.get(practice.therapist_id)
    if cached is None or cached[1].version <= practice.version:
        invalidate(practice.therapist_id)
        while len(_cache) >= _MAX_CACHED:
            invalidate(next(iter(_cache)))
        _cache[practice.therapist_id] = (time.monotonic(), practice)
    return practice


def invalidate(therapist_id: str | None = None) -> None:
    """Drop one practice from the cache, or all of them."""
    if therapist_id is None:
        _cache.clear()
    else:
        _cache.pop(therapist_id, None)


def insert_practice(practice: Practice, *, others: Sequence[Write]) -> Practice:
    """Write a new practice together with other rows.

    Raises:
        ConditionFailed: The therapist has a practice already.
        Busy: No attempt succeeded.
    """
    row = PracticeRow(
        practice.therapist_id,
        version=practice.version,
        plan=practice.plan,
        planned=practice.planned,
        released_through=str(practice.released_through),
        release_due=practice.release_due,
        logins=logins_column(practice),
        **settings_columns(practice),
    )
    commit([Put(row=row, when=PracticeRow.therapist_id.does_not_exist()), *others])
    return cache(practice)


def write_practice(
    before: Practice, after: Practice, *, plans: bool, others: Sequence[Write] = ()
) -> Practice:
    """Write a changed practice together with other rows. `plans` raises the plan counter.

    Raises:
        OutdatedZoneData: The calendar follows newer rules of its zone than this process has.
        ConditionFailed: The practice or another row has changed since it was read.
        Busy: No attempt succeeded.
    """
    if plans and is_outdated(before.zone_data, after.zone):
        raise OutdatedZoneData
    changed = settings_columns(before) != settings_columns(after) or (
        (before.released_through, before.logins) != (after.released_through, after.logins)
    )
    after = replace(after, version=before.version + changed, plan=before.plan + plans)
    unchanged = (PracticeRow.version == before.version) & (PracticeRow.plan == before.plan)
    row = PracticeRow(before.therapist_id)
    commit([Update(row=row, actions=_actions(before, after), when=unchanged), *others])
    return cache(after)


def check_plan(practice: Practice) -> Check:
    """Require that the plan is the one that was read, and has not been completed since."""
    return Check(model=PracticeRow, owner=practice.therapist_id, when=_plan_is_current(practice))


def complete_plan(before: Practice, after: Practice) -> Update:
    """Record that the practice's plan has been carried out. Nothing more is written under it."""
    columns = {
        "planned": after.planned,
        "discharging": None,
        "sick_days": None,
        "published_through": after.published_through and str(after.published_through),
        "zone_data": after.zone_data and str(after.zone_data),
        "notices": notices_column(after.notices),
    }
    row = PracticeRow(before.therapist_id)
    actions = list(column_actions(PracticeRow, columns))
    return Update(row=row, actions=actions, when=_plan_is_current(before))


def _plan_is_current(practice: Practice) -> Condition:
    plan: Condition = PracticeRow.plan == practice.plan
    current: Condition = plan & (PracticeRow.planned == practice.planned)
    return current


def _actions(before: Practice, after: Practice) -> list[Action]:
    old, new = settings_columns(before), settings_columns(after)
    actions: list[Action] = [
        PracticeRow.version.set(after.version),
        PracticeRow.plan.set(after.plan),
    ]
    for name in _INSTANTS:
        old[name], new[name] = getattr(before, name), getattr(after, name)
    old["logins"], new["logins"] = logins_column(before), logins_column(after)
    for name in (name for name in new if new[name] != old[name]):
        column = getattr(PracticeRow, name)
        actions.append(column.remove() if new[name] is None else column.set(new[name]))
    if after.released_through != before.released_through:
        actions.append(PracticeRow.released_through.set(str(after.released_through)))
    if after.discharging - before.discharging:
        actions.append(PracticeRow.discharging.add(set(after.discharging)))
    if after.sick_days - before.sick_days:
        actions.append(PracticeRow.sick_days.add(set(after.sick_days)))
    return actions
