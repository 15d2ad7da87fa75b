"""The release: next week's held slots open to everyone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, Invalid
from openhour.rules.release import (
    as_released,
    due_release,
    slots_to_open,
    target_week,
    upcoming_release,
)
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week, slot_id_of, weeks_between
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import slot_from_row
from openhour.store.models import SlotRow
from openhour.store.practices import read_practice, write_practice
from openhour.store.queries import get, query
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Update, write
from openhour.use_cases.clients import drop_past_weeks, list_clients
from openhour.use_cases.planning import carry_out_plan
from openhour.use_cases.regulars import list_regulars

_ATTEMPTS = 20
_AT_ONCE = 8
"""Slots that are opened in parallel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """What a release did: the slots that it opened and the weeks that it published."""

    week: Week
    opened: tuple[str, ...]
    published: tuple[Week, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePreview:
    """What the next release will do, and the usual clients who have no session in its week."""

    practice: Practice
    next_at: datetime
    week: Week
    slots_to_open: tuple[Slot, ...]
    without_session: tuple[Client, ...]


def preview_release(therapist_id: str, *, now: datetime) -> ReleasePreview:
    """The coming release. Raises Invalid while the practice has no zone."""
    practice = _in_a_zone(read_practice(therapist_id))
    next_at, week = upcoming_release(practice, now=now)
    slots = _slots_from(therapist_id, now)
    return ReleasePreview(
        practice=practice,
        next_at=next_at,
        week=week,
        slots_to_open=tuple(slots_to_open(slots, practice, week, now=now)),
        without_session=_without_session(therapist_id, slots, week),
    )


def release_early(therapist_id: str, *, now: datetime) -> ReleaseResult:
    """Open now the week that is due next: of a week that was missed that one alone."""
    practice = _in_a_zone(read_practice(therapist_id))
    due = due_release(practice, now=now)
    return _release(therapist_id, due, early=True, now=now)


def release_week(therapist_id: str, *, scheduled_at: datetime, now: datetime) -> ReleaseResult:
    """Open the week after the one of `scheduled_at`, and any before it that was missed, then
    publish through the horizon past it. A repeat, a late run or two at once end the same.
    Raises UnknownTherapist, Invalid, Busy."""
    return _release(therapist_id, scheduled_at, early=False, now=now)


def _release(
    therapist_id: str, scheduled_at: datetime, *, early: bool, now: datetime
) -> ReleaseResult:
    before, practice = _raise_release(therapist_id, scheduled_at, early=early, now=now)
    slots = [slot for slot in _slots_from(therapist_id, now) if practice.is_released(slot.week)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        opened = [name for name in pool.map(lambda s: _open(practice, s, now), slots) if name]
    practice = carry_out_plan(therapist_id, now=now).calendar.practice
    drop_past_weeks(therapist_id, practice.week_of(now))
    return ReleaseResult(
        week=target_week(scheduled_at, practice.zone),
        opened=tuple(opened),
        published=_newly_published(before, practice),
    )


def _raise_release(
    therapist_id: str, scheduled_at: datetime, *, early: bool, now: datetime
) -> tuple[Practice, Practice]:
    """Commit the intent: `released_through` rises to the target, and never falls. An early one is
    somebody's act; the schedule's is nobody's. An unfinished plan is carried out first: a slot
    that it gives to a regular, or takes off, would be opened."""
    for attempt in range(_ATTEMPTS):
        before = _in_a_zone(read_practice(therapist_id))
        if before.planned < before.plan:
            before = carry_out_plan(therapist_id, now=now).calendar.practice
        target = target_week(scheduled_at, before.zone)
        if before.is_released(target):
            return before, before
        after = replace(before, released_through=target, released_at=now)
        noted = (
            [audit_entry(therapist_id, AuditAction.RELEASE, now=now, target=str(target))]
            if early
            else []
        )
        try:
            return before, write_practice(before, after, plans=True, others=noted)
        except ConditionFailed:
            back_off(attempt)
    raise Busy


def _open(practice: Practice, slot: Slot, now: datetime) -> str | None:
    """Open one slot, decided again where somebody was quicker; its id where it opened."""
    for attempt in range(_ATTEMPTS):
        after = as_released(slot, practice, now=now)
        if after is None:
            return None
        try:
            write(_opening(practice.therapist_id, slot, after))
        except ConditionFailed:
            back_off(attempt)
        else:
            return slot.slot_id if after.state is SlotState.OPEN else None
        row = get(SlotRow, practice.therapist_id, slot.slot_id)
        if row is None:
            return None
        slot = slot_from_row(row)
    raise Busy


def _opening(therapist_id: str, before: Slot, after: Slot) -> Update:
    return Update(
        row=SlotRow(therapist_id, before.slot_id),
        actions=[
            SlotRow.state.set(after.state),
            SlotRow.returns_to.set(after.returns_to),
            SlotRow.revision.add(1),
        ],
        when=SlotRow.revision == before.revision,
    )


def _slots_from(therapist_id: str, now: datetime) -> list[Slot]:
    rows = query(SlotRow, therapist_id, SlotRow.slot_id > slot_id_of(now))
    return [slot_from_row(row) for row in rows]


def _without_session(therapist_id: str, slots: Sequence[Slot], week: Week) -> tuple[Client, ...]:
    regulars = {r.client_id for r in list_regulars(therapist_id) if r.lasts(week.monday)}
    booked = {slot.client_id for slot in slots if slot.week == week and slot.booked}
    return tuple(
        client
        for client in list_clients(therapist_id)
        if client.client_id not in booked
        and (client.usual or client.client_id in regulars)
        and client.privilege is not Privilege.ENDED
    )


def _newly_published(before: Practice, after: Practice) -> tuple[Week, ...]:
    if after.published_through is None or before.published_through is None:
        return ()
    return weeks_between(before.published_through + 1, after.published_through)


def _in_a_zone(practice: Practice) -> Practice:
    if practice.timezone is None:
        raise Invalid.field("timezone", "Set the time zone first.")
    return practice
