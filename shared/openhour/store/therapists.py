"""Therapists, as the operator sees them: who there is, those who were removed included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import PynamoDBException

from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownTherapist
from openhour.rules.trail import Act
from openhour.store.faults import busy_or, pause
from openhour.store.planning import finish
from openhour.store.practices import forget, write_practice
from openhour.store.reading import fetch
from openhour.store.tables import PracticeRow
from openhour.store.trail import note
from openhour.store.transactions import Refused
from openhour.store.values import practice_in

_ATTEMPTS = 20


def list_therapists() -> Iterator[Practice]:
    """Every practice, in no order, as it is read. Raises Busy."""
    try:
        yield from map(practice_in, PracticeRow.scan())
    except PynamoDBException as error:
        raise busy_or(error) from error


def find_therapist(therapist_id: str) -> Practice | None:
    """The practice, removed or not; None where there is none. Raises Busy."""
    row = fetch(PracticeRow, therapist_id)
    return practice_in(row) if row else None


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

    return _change(therapist_id, removed, Act.REMOVE_PRACTICE, now=now)


def bring_back(therapist_id: str, *, now: datetime) -> Practice:
    """Let a removed practice be found again, with self-scheduling off, and plan what has come
    due meanwhile. Again changes nothing. Raises UnknownTherapist, Busy."""

    def found_again(practice: Practice) -> Practice:
        return replace(practice, removed_at=None)

    back = _change(therapist_id, found_again, Act.REOPEN_PRACTICE, now=now)
    return finish(therapist_id, now=now).calendar.practice if back.planned < back.plan else back


def _change(
    therapist_id: str, change: Callable[[Practice], Practice], act: Act, *, now: datetime
) -> Practice:
    """A planning act, so that whoever is planning starts again, and sees it."""
    for attempt in range(_ATTEMPTS):
        before = read_therapist(therapist_id)
        after = change(before)
        if after == before:
            return before
        try:
            noted = note(therapist_id, act, now=now)
            written = write_practice(before, after, plans=True, others=[noted])
        except Refused:
            pause(attempt)
        else:
            forget(therapist_id)
            return written
    raise Busy
