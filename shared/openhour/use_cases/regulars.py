"""Regulars: entered, changed and ended by the therapist, and placed by the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.appointments import Appointment
from openhour.rules.asked_regulars import unsettled
from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.booking import require_client
from openhour.rules.clients import Client
from openhour.rules.conflicts import Conflict
from openhour.rules.desired_calendar import Calendar
from openhour.rules.occurrences import has_hours
from openhour.rules.planning import FullWeek
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, UnknownRegular
from openhour.rules.regulars import (
    Regular,
    by_weekday,
    copies_for,
    require_no_collision,
    require_room_for_regular,
)
from openhour.store import regulars as rows
from openhour.store.audit_log import audit_entry
from openhour.store.clients import find_client, update_client
from openhour.store.practices import cached_practice
from openhour.store.transactions import Put, Write
from openhour.tokens import new_token
from openhour.use_cases.names import names_in_result
from openhour.use_cases.planning import Intent, PlanResult, plan_or_preview, read_ended


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularResult:
    """A regular, the slots that it occupies, those that it leaves out, and its conflicts.

    `cancelled` are the sessions that end, and `full_weeks` the weeks in which a client then has
    more sessions than before, and more than one. `names` are the names of all clients concerned,
    by id.
    """

    regular: Regular
    placed: tuple[str, ...]
    skipped: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    cancelled: tuple[Appointment, ...]
    full_weeks: tuple[FullWeek, ...]
    names: Mapping[str, str]


def list_regulars(therapist_id: str, *, now: datetime) -> tuple[Regular, ...]:
    """Return the regulars that go on today or later, by weekday, start and client.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    today = now.astimezone(cached_practice(therapist_id).zone).date()
    lasting = (each for each in rows.all_regulars(therapist_id) if each.lasts(today))
    return tuple(sorted(lasting, key=by_weekday))


def read_regular(therapist_id: str, regular_id: str) -> Regular:
    """Return a regular, ended or not.

    Raises:
        UnknownRegular: There is no such regular.
        Busy: DynamoDB can't answer.
    """
    regular = rows.find_regular(therapist_id, regular_id)
    if regular is None:
        raise UnknownRegular
    return regular


def add_regular(
    therapist_id: str, wanted: Regular, *, preview: bool, now: datetime
) -> RegularResult:
    """Enter a regular and place it.

    Raises:
        UnknownClient: There is no such client.
        Invalid: The regular has no occurrence, the hours have no such slot, or the client has too
            many regulars.
        RegularConflict: Another regular has the slot in one of its weeks.
        Busy: No attempt succeeded.
    """
    regular = replace(wanted, regular_id=f"r{new_token()}", entered_at=now)
    return _set(therapist_id, lambda _: regular, regular.regular_id, preview=preview, now=now)


def change_regular(
    therapist_id: str, wanted: Regular, *, preview: bool, now: datetime
) -> RegularResult:
    """Change a regular. Occurrences that a person gave up stay given up for the same client.

    Raises:
        UnknownRegular: There is no such regular, or it has ended.
        Refusal: As `add_regular` raises.
    """

    def changed(before: Regular | None) -> Regular:
        if before is None or before.ended:
            raise UnknownRegular
        after = replace(
            wanted,
            exceptions=before.exceptions,
            entered_at=before.entered_at,
            sequence=before.sequence,
        )
        if after == before:
            return before
        return replace(after, entered_at=now, sequence=before.sequence + 1)

    return _set(therapist_id, changed, wanted.regular_id, preview=preview, now=now)


def end_regular(
    therapist_id: str, regular_id: str, *, preview: bool, now: datetime, notify: bool = True
) -> RegularResult:
    """End a regular and free its future occurrences. Repeating it changes nothing.

    Raises:
        UnknownRegular: There is no such regular.
        Busy: No attempt succeeded.
    """

    def ended(before: Regular | None) -> Regular:
        if before is None:
            raise UnknownRegular
        if before.ended:
            return before
        return replace(before, ended=True, ended_at=now, notify=notify)

    return _set(therapist_id, ended, regular_id, preview=preview, now=now)


def _set(
    therapist_id: str,
    change: Callable[[Regular | None], Regular],
    regular_id: str,
    *,
    preview: bool,
    now: datetime,
) -> RegularResult:
    def decide(practice: Practice) -> Intent:
        regulars = rows.all_regulars(therapist_id)
        before = next((r for r in regulars if r.regular_id == regular_id), None)
        after = change(before)
        holders = _holders(therapist_id, before, after)
        if not after.ended:
            _require_possible(practice, after, regulars, holders[after.client_id])
        entries = () if before == after else (_audit_entry(therapist_id, before, after, now=now),)
        return Intent(
            practice=practice,
            writes=(
                _write(therapist_id, after),
                *_copy_to_clients(therapist_id, after, regulars, holders),
                *entries,
            ),
            preview=lambda calendar: _with_regular(calendar, after),
        )

    planned = plan_or_preview(therapist_id, decide, preview=preview, now=now)
    return _result(planned, regular_id, read_ended(planned, preview=preview))


def _holders(
    therapist_id: str, before: Regular | None, after: Regular
) -> Mapping[str, Client | None]:
    """Return the client whose regular it is, and the one whose it was before, by id."""
    client_ids = {after.client_id, before.client_id if before else after.client_id}
    return {client_id: find_client(therapist_id, client_id) for client_id in sorted(client_ids)}


def _require_possible(
    practice: Practice, regular: Regular, regulars: tuple[Regular, ...], client: Client | None
) -> None:
    require_client(client)
    if not regular.lasts(regular.anchor):
        raise Invalid.field("until", "There is no such weekday between the first day and the last.")
    if not has_hours(practice, regular):
        raise Invalid.field("start", "The hours have no slot on that weekday at that time.")
    require_room_for_regular(regular, regulars)
    require_no_collision(regular, regulars)


def _audit_entry(
    therapist_id: str, before: Regular | None, after: Regular, *, now: datetime
) -> Put:
    details: tuple[str, ...] = ()
    if before is None:
        action = AuditAction.ADD_REGULAR
    elif after.ended:
        action = AuditAction.END_REGULAR
    else:
        action = AuditAction.CHANGE_REGULAR
        same = replace(after, entered_at=before.entered_at, sequence=before.sequence)
        details = changed_fields(before, same)
    return audit_entry(
        therapist_id,
        action,
        now=now,
        client_id=after.client_id,
        target=after.regular_id,
        details=details,
    )


def _write(therapist_id: str, regular: Regular) -> Write:
    if regular.ended:
        return rows.end_regular(therapist_id, regular)
    return rows.write_regular(therapist_id, regular)


def _copy_to_clients(
    therapist_id: str,
    regular: Regular,
    regulars: tuple[Regular, ...],
    holders: Mapping[str, Client | None],
) -> Iterator[Write]:
    """Copy to the holders' rows which regulars are theirs now.

    Each row must be as it was read, so that nobody is discharged meanwhile. What a client asked for
    is settled where the regular is on that weekday at that time.
    """
    changed = (*(each for each in regulars if each.regular_id != regular.regular_id), regular)
    for client_id, client in holders.items():
        if client is None:
            continue
        after = replace(client, regulars=copies_for(client_id, changed))
        if client_id == regular.client_id and not regular.ended:
            after = replace(after, asked_regular=unsettled(after.asked_regular, regular))
        yield update_client(therapist_id, client, after)


def _with_regular(calendar: Calendar, regular: Regular) -> Calendar:
    others = (r for r in calendar.regulars if r.regular_id != regular.regular_id)
    return replace(calendar, regulars=(*others, regular))


def _result(
    planned: PlanResult, regular_id: str, cancelled: tuple[Appointment, ...]
) -> RegularResult:
    regulars, full_weeks = planned.calendar.regulars, planned.full_weeks
    regular = next(r for r in regulars if r.regular_id == regular_id)
    conflicts = tuple(c for c in planned.conflicts if c.regular_id == regular_id)
    return RegularResult(
        regular=regular,
        placed=planned.placed(regular_id),
        skipped=planned.skipped(regular_id),
        conflicts=conflicts,
        cancelled=cancelled,
        full_weeks=full_weeks,
        names=names_in_result(
            planned.calendar.practice.therapist_id,
            conflicts=conflicts,
            cancelled=cancelled,
            full_weeks=full_weeks,
            client_ids=[regular.client_id],
        ),
    )
