"""Therapists, as the operator sees them: who there is, those who were removed included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import PynamoDBException

from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownTherapist
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import practice_from_row
from openhour.store.models import PracticeRow
from openhour.store.practices import invalidate, write_practice
from openhour.store.queries import get
from openhour.store.retries import back_off, busy_if_transient
from openhour.store.transactions import ConditionFailed
from openhour.use_cases.planning import carry_out_plan

_ATTEMPTS = 20


def list_therapists() -> Iterator[Practice]:
    """Every practice, in no order, as it is read. Raises Busy."""
    try:
        yield from map(practice_from_row, PracticeRow.scan())
    except PynamoDBException as error:
        raise busy_if_transient(error) from error


def find_therapist(therapist_id: str) -> Practice | None:
    """The practice, removed or not; None where there is none. Raises Busy."""
    row = get(PracticeRow, therapist_id)
    return practice_from_row(row) if row else None


def read_therapist(therapist_id: str) -> Practice:
    """The practice, removed or not. Raises UnknownTherapist, Busy."""
    practice = find_therapist(therapist_id)
    if practice is None:
        raise UnknownTherapist
    return practice


def remove_therapist(therapist_id: str, *, now: datetime) -> Practice:
    """Switch self-scheduling off and let nobody find the practice any more: its functions, its
    planners and its schedule learn that there is no such therapist. Its rows stay. Again changes
    nothing. Raises UnknownTherapist, Busy."""

    def removed(practice: Practice) -> Practice:
        since = practice.removed_at or now
        return replace(practice, self_scheduling=False, removed_at=since)

    return _change(therapist_id, removed, AuditAction.REMOVE_PRACTICE, now=now)


def reopen_therapist(therapist_id: str, *, now: datetime) -> Practice:
    """Let a removed practice be found again, with self-scheduling off, and plan what has come
    due meanwhile. Again changes nothing. Raises UnknownTherapist, Busy."""

    def found_again(practice: Practice) -> Practice:
        return replace(practice, removed_at=None)

    back = _change(therapist_id, found_again, AuditAction.REOPEN_PRACTICE, now=now)
    return (
        carry_out_plan(therapist_id, now=now).calendar.practice
        if back.planned < back.plan
        else back
    )


def _change(
    therapist_id: str, change: Callable[[Practice], Practice], act: AuditAction, *, now: datetime
) -> Practice:
    """A planning act, so that whoever is planning starts again, and sees it."""
    for attempt in range(_ATTEMPTS):
        before = read_therapist(therapist_id)
        after = change(before)
        if after == before:
            return before
        try:
            noted = audit_entry(therapist_id, act, now=now)
            written = write_practice(before, after, plans=True, others=[noted])
        except ConditionFailed:
            back_off(attempt)
        else:
            invalidate(therapist_id)
            return written
    raise Busy
