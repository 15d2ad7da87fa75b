"""The release: next week's held slots open to everyone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from openhour.rules.appointments import Appointment
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client
from openhour.rules.conduct import RECENT_SPAN
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.regulars import Regular
from openhour.rules.release import (
    as_released,
    as_released_through,
    clients_expected_in,
    early_release,
    last_kept_sessions,
    next_due,
    regular_in,
    slots_to_open,
    target_week,
)
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week, weeks_between
from openhour.store.appointments import appointments_starting_between
from openhour.store.audit_log import audit_entry
from openhour.store.practices import read_practice, write_practice
from openhour.store.regulars import all_regulars
from openhour.store.simultaneous_reads import at_once
from openhour.store.slots import find_slot, future_slots, slots_of_week, update_state
from openhour.store.transactions import ConditionFailed, retry_on_conflict, write
from openhour.use_cases.clients import list_clients, refresh_rows
from openhour.use_cases.planning import carry_out_plan

_AT_ONCE = 8
"""Slots that are opened in parallel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """The slots that a release opened and the weeks that it published."""

    week: Week
    opened: tuple[str, ...]
    published: tuple[Week, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSession:
    """A usual client without a session in the released week.

    `regular` is the one that falls on it, and `last_session` the last one that they kept lately.
    """

    client: Client
    regular: Regular | None
    last_session: Appointment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePreview:
    """What the next release will open, and the usual clients without a session in its week."""

    practice: Practice
    next_at: datetime
    due: bool
    week: Week
    slots_to_open: tuple[Slot, ...]
    without_session: tuple[WithoutSession, ...]


def preview_release(therapist_id: str, *, now: datetime) -> ReleasePreview:
    """Return what the next release will do.

    Raises:
        Invalid: The practice has no time zone.
    """
    practice = _require_zone(read_practice(therapist_id))
    next_at = next_due(practice, now=now)
    week = target_week(next_at, practice.zone)
    slots, without_session = at_once(
        partial(future_slots, therapist_id, now=now),
        partial(_without_session, practice, week, now=now),
    )
    return ReleasePreview(
        practice=practice,
        next_at=next_at,
        due=next_at <= now,
        week=week,
        slots_to_open=tuple(slots_to_open(slots, practice, week, now=now)),
        without_session=without_session,
    )


def release_early(therapist_id: str, *, now: datetime) -> ReleaseResult:
    """Open the week of the next release now. After a missed release, open the missed week only.

    Raises:
        Invalid: The practice has no time zone.
        NotReady: It has no hours.
        Busy: No attempt succeeded.
    """
    practice = _require_zone(read_practice(therapist_id))
    due = early_release(practice, now=now)
    return _release(therapist_id, due, early=True, now=now)


def release_week(therapist_id: str, *, scheduled_at: datetime, now: datetime) -> ReleaseResult:
    """Open the week after that of `scheduled_at`, and missed ones before it, then publish.

    A repeated run, a late run and two runs at once have the same result.

    Raises:
        UnknownTherapist: There is no such practice.
        Invalid: The practice has no time zone.
        Busy: No attempt succeeded.
    """
    return _release(therapist_id, scheduled_at, early=False, now=now)


def _release(
    therapist_id: str, scheduled_at: datetime, *, early: bool, now: datetime
) -> ReleaseResult:
    before, practice = _commit_release(therapist_id, scheduled_at, early=early, now=now)
    slots = [s for s in future_slots(therapist_id, now=now) if practice.is_released(s.week)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # Each thread gets the context, and with it the tenant that its requests may name.
        jobs = [pool.submit(copy_context().run, _open, practice, slot, now) for slot in slots]
        opened = [slot_id for job in jobs if (slot_id := job.result())]
    practice = carry_out_plan(therapist_id, now=now).calendar.practice
    refresh_rows(therapist_id, practice.week_of(now))
    return ReleaseResult(
        week=target_week(scheduled_at, practice.zone),
        opened=tuple(opened),
        published=_newly_published(before, practice),
    )


@retry_on_conflict()
def _commit_release(
    therapist_id: str, scheduled_at: datetime, *, early: bool, now: datetime
) -> tuple[Practice, Practice]:
    """Raise `released_through` to the target week. Return the practice before and after.

    An early release is a therapist's act and goes into the audit log. An unfinished plan is carried
    out first, since the release would open a slot that the plan gives to a regular or removes.
    """
    before = _require_zone(read_practice(therapist_id))
    if before.planned < before.plan:
        before = carry_out_plan(therapist_id, now=now).calendar.practice
    target = target_week(scheduled_at, before.zone)
    if before.is_released(target):
        return before, before
    after = as_released_through(before, target, now=now)
    entries = (
        [audit_entry(therapist_id, AuditAction.RELEASE, now=now, target=str(target))]
        if early
        else []
    )
    return before, write_practice(before, after, plans=True, others=entries)


def _open(practice: Practice, slot: Slot, now: datetime) -> str | None:
    """Open one slot, and return its id if it opened. Decide again if the row has changed."""
    current: Slot | None = slot

    @retry_on_conflict()
    def attempt() -> str | None:
        nonlocal current
        after = as_released(current, practice, now=now) if current else None
        if current is None or after is None:
            return None
        try:
            write(update_state(practice.therapist_id, current, after))
        except ConditionFailed:
            current = find_slot(practice.therapist_id, slot.slot_id)
            raise
        return slot.slot_id if after.state is SlotState.OPEN else None

    return attempt()


def _without_session(
    practice: Practice, week: Week, *, now: datetime
) -> tuple[WithoutSession, ...]:
    """Return the clients expected in the week who have no session in it, past ones included."""
    therapist_id = practice.therapist_id
    (regulars, slots), (clients, past) = at_once(
        lambda: (all_regulars(therapist_id), slots_of_week(practice, week)),
        lambda: at_once(
            partial(list_clients, therapist_id),
            partial(appointments_starting_between, therapist_id, now - RECENT_SPAN, now),
        ),
    )
    booked = {slot.client_id for slot in slots if slot.booked}
    last = last_kept_sessions(past, now=now)
    return tuple(
        WithoutSession(
            client=client,
            regular=regular_in(week, client, regulars),
            last_session=last.get(client.client_id),
        )
        for client in clients_expected_in(week, clients, regulars)
        if client.client_id not in booked
    )


def _newly_published(before: Practice, after: Practice) -> tuple[Week, ...]:
    if after.published_through is None or before.published_through is None:
        return ()
    return weeks_between(before.published_through + 1, after.published_through)


def _require_zone(practice: Practice) -> Practice:
    if practice.timezone is None:
        raise Invalid.field("timezone", "Set the time zone first.")
    return practice
