"""Therapists, as the operator sees them: opened, found, removed and reopened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.release import next_release
from openhour.store.audit_log import audit_entry
from openhour.store.practices import (
    find_practice,
    insert_practice,
    invalidate,
    write_practice,
)
from openhour.store.transactions import retry_on_conflict
from openhour.use_cases.planning import carry_out_plan


def read_therapist(therapist_id: str) -> Practice:
    """Return the practice, removed or not.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(therapist_id)
    if practice is None:
        raise UnknownTherapist
    return practice


def open_practice(practice: Practice, *, now: datetime) -> Practice:
    """Write a new practice, released through the current week.

    The planning that follows publishes its hours.

    Raises:
        ConditionFailed: The therapist has a practice already.
        Busy: No attempt succeeded.
    """
    due = next_release(practice.release, practice.zone, now=now) if practice.timezone else None
    new = replace(
        practice,
        released_through=practice.released_through or practice.week_of(now),
        release_due=practice.release_due or due,
        plan=practice.plan + 1,
    )
    entry = audit_entry(new.therapist_id, AuditAction.OPEN_PRACTICE, now=now)
    return insert_practice(new, others=[entry])


def remove_therapist(therapist_id: str, *, now: datetime) -> Practice:
    """Switch self-scheduling off and hide the practice from everyone but the operator.

    Its rows stay. Repeating it changes nothing.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: No attempt succeeded.
    """

    def removed(practice: Practice) -> Practice:
        since = practice.removed_at or now
        return replace(practice, self_scheduling=False, removed_at=since)

    return _change(therapist_id, removed, AuditAction.REMOVE_PRACTICE, now=now)


def reopen_therapist(therapist_id: str, *, now: datetime) -> Practice:
    """Show a removed practice again, with self-scheduling off, and plan what is due by now.

    Repeating it changes nothing.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: No attempt succeeded.
    """

    def reopened(practice: Practice) -> Practice:
        return replace(practice, removed_at=None)

    practice = _change(therapist_id, reopened, AuditAction.REOPEN_PRACTICE, now=now)
    if practice.planned < practice.plan:
        return carry_out_plan(therapist_id, now=now).calendar.practice
    return practice


@retry_on_conflict()
def _change(
    therapist_id: str,
    change: Callable[[Practice], Practice],
    action: AuditAction,
    *,
    now: datetime,
) -> Practice:
    """Change the practice as a planning act, so that a planner under way starts again."""
    before = read_therapist(therapist_id)
    after = change(before)
    if after == before:
        return before
    entry = audit_entry(therapist_id, action, now=now)
    practice = write_practice(before, after, plans=True, others=[entry])
    invalidate(therapist_id)
    return practice
