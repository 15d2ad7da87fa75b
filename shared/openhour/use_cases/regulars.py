"""Regulars: entered, changed and ended by the therapist, and placed by the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.clients import Privilege
from openhour.rules.conflicts import Conflict
from openhour.rules.desired_calendar import Calendar
from openhour.rules.occurrences import has_hours
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, UnknownClient, UnknownRegular
from openhour.rules.regulars import Regular, require_no_collision, require_room_for_regular
from openhour.store.audit_log import audit_entry
from openhour.store.mapping import regular_from_row, regular_row
from openhour.store.models import ClientRow, RegularRow
from openhour.store.queries import get, query
from openhour.store.transactions import Check, Update, Write
from openhour.use_cases.planning import (
    Intent,
    PlanResult,
    commit_and_plan,
    preview_plan,
    read_calendar,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularResult:
    """A regular, the slots in which it stands and is left out, and what stands in its way."""

    regular: Regular
    placed: tuple[str, ...]
    skipped: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def list_regulars(therapist_id: str) -> tuple[Regular, ...]:
    """The regulars that have not ended."""
    every = map(regular_from_row, query(RegularRow, therapist_id))
    return tuple(regular for regular in every if not regular.ended)


def add_regular(therapist_id: str, wish: Regular, *, preview: bool, now: datetime) -> RegularResult:
    """Enter a regular and place it. Raises UnknownClient, Invalid where it never comes, the hours
    have no such slot or the client too many regulars, RegularConflict, Busy."""
    regular = replace(wish, regular_id=f"r{uuid4().hex[:12]}")
    return _set(therapist_id, lambda _: regular, regular.regular_id, preview=preview, now=now)


def change_regular(
    therapist_id: str, wish: Regular, *, preview: bool, now: datetime
) -> RegularResult:
    """Change a regular; the occurrences that a person gave up stay so. Raises UnknownRegular and
    what `add_regular` raises."""

    def changed(before: Regular | None) -> Regular:
        if before is None or before.ended:
            raise UnknownRegular
        return replace(wish, skips=before.skips)

    return _set(therapist_id, changed, wish.regular_id, preview=preview, now=now)


def end_regular(
    therapist_id: str, regular_id: str, *, preview: bool, now: datetime
) -> RegularResult:
    """End a regular and free its future occurrences. Ending it twice changes nothing. Raises
    UnknownRegular, Busy."""

    def ended(before: Regular | None) -> Regular:
        if before is None:
            raise UnknownRegular
        return replace(before, ended=True)

    return _set(therapist_id, ended, regular_id, preview=preview, now=now)


def end_regulars_of(therapist_id: str, client_id: str) -> list[Write]:
    """The writes that end every regular of a client's. Raises Busy."""
    theirs = (r for r in list_regulars(therapist_id) if r.client_id == client_id)
    return [_end(therapist_id, regular) for regular in theirs]


def _end(therapist_id: str, regular: Regular) -> Update:
    """The write that ends a regular."""
    return Update(
        row=RegularRow(therapist_id, regular.regular_id),
        actions=[RegularRow.ended.set(value=True)],
        when=RegularRow.regular_id.exists(),
    )


def _set(
    therapist_id: str,
    change: Callable[[Regular | None], Regular],
    regular_id: str,
    *,
    preview: bool,
    now: datetime,
) -> RegularResult:
    def decide(practice: Practice) -> Intent:
        before, regular = _decide(therapist_id, change, regular_id, practice)
        noted = _note(therapist_id, before, regular, now=now)
        return Intent(practice=practice, writes=(*_writes(therapist_id, regular), *noted))

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        _, regular = _decide(therapist_id, change, regular_id, calendar.practice)
        planned = preview_plan(_with(calendar, regular), now=now)
    else:
        planned = commit_and_plan(therapist_id, decide, now=now)
    return _answer(planned, regular_id)


def _decide(
    therapist_id: str,
    change: Callable[[Regular | None], Regular],
    regular_id: str,
    practice: Practice,
) -> tuple[Regular | None, Regular]:
    """The regular as it was, None for a new one, and as it is to be."""
    regulars = tuple(map(regular_from_row, query(RegularRow, therapist_id)))
    before = next((r for r in regulars if r.regular_id == regular_id), None)
    regular = change(before)
    if regular.ended:
        return before, regular
    client = get(ClientRow, therapist_id, regular.client_id)
    if client is None or client.privilege == Privilege.ENDED:
        raise UnknownClient
    if not regular.lasts(regular.anchor):
        raise Invalid.field("until", "There is no such weekday until then.")
    if not has_hours(practice, regular):
        raise Invalid.field("start", "The hours have no slot on that weekday at that time.")
    require_room_for_regular(regular, regulars)
    require_no_collision(regular, regulars)
    return before, regular


def _note(
    therapist_id: str, before: Regular | None, after: Regular, *, now: datetime
) -> Iterator[Write]:
    """Keep what was done to a regular, where anything was."""
    if before == after:
        return
    details: tuple[str, ...] = ()
    if before is None:
        done = AuditAction.ADD_REGULAR
    elif after.ended:
        done = AuditAction.END_REGULAR
    else:
        done, details = AuditAction.CHANGE_REGULAR, changed_fields(before, after)
    yield audit_entry(
        therapist_id,
        done,
        now=now,
        client_id=after.client_id,
        target=after.regular_id,
        details=details,
    )


def _writes(therapist_id: str, regular: Regular) -> tuple[Write, ...]:
    """A regular's whole row, but for the dates given up, which clients add to at any time."""
    row = regular_row(therapist_id, regular)
    columns = ("client_id", "weekday", "start", "every_weeks", "first", "ended")
    actions = [getattr(RegularRow, name).set(getattr(row, name)) for name in columns]
    until = RegularRow.until
    actions.append(until.set(row.until) if row.until else until.remove())
    actions.append(RegularRow.schema.set(RegularRow.current_version()))
    put = Update(
        row=RegularRow(therapist_id, regular.regular_id),
        actions=actions,
        when=(RegularRow.ended == False) | RegularRow.regular_id.does_not_exist(),  # noqa: E712
    )
    if regular.ended:
        return (_end(therapist_id, regular),)
    staying = Check(
        model=ClientRow,
        owner=therapist_id,
        name=regular.client_id,
        when=ClientRow.privilege != Privilege.ENDED,
    )
    return (put, staying)


def _with(calendar: Calendar, regular: Regular) -> Calendar:
    others = (r for r in calendar.regulars if r.regular_id != regular.regular_id)
    return replace(calendar, regulars=(*others, regular))


def _answer(planned: PlanResult, regular_id: str) -> RegularResult:
    regulars = planned.calendar.regulars
    conflicts = (c for c in planned.conflicts if c.regular_id == regular_id)
    return RegularResult(
        regular=next(r for r in regulars if r.regular_id == regular_id),
        placed=planned.placed(regular_id),
        skipped=planned.skipped(regular_id),
        conflicts=tuple(conflicts),
    )
