"""Planning: commit what the therapist asks for, then bring the calendar in line with it.

Every write is conditional on the plan that it belongs to and on the row as it was read, so that
neither two planners nor a planner and a booking can overwrite each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.appointments import (
    Appointment,
    Party,
    client_id_in,
    slot_id_in,
    token_in,
)
from openhour.rules.cancellation import Ending, as_cancelled
from openhour.rules.conflicts import Conflict, find_conflicts, find_skipped_occurrences
from openhour.rules.desired_calendar import Calendar
from openhour.rules.planning import FullWeek, SlotChange, find_full_weeks, plan_weeks
from openhour.rules.practice import Practice
from openhour.rules.refusals import OutdatedZoneData
from openhour.rules.slots import Slot
from openhour.rules.time_off import notices_of
from openhour.rules.weeks import local_start, start_of
from openhour.rules.zones import is_outdated, newer_data
from openhour.store.appointments import get_appointments
from openhour.store.plan_writes import ended_by_person, writes_of, writes_only_slots
from openhour.store.practices import cache, check_plan, complete_plan, read_practice, write_practice
from openhour.store.regulars import add_exception, all_regulars
from openhour.store.slots import unfinished_slots
from openhour.store.time_off import all_time_off
from openhour.store.transactions import ConditionFailed, Write, commit, retry_on_conflict

_ATTEMPTS = 40
_SLOTS_PER_TRANSACTION = 25
"""Few enough that a booking made meanwhile seldom rejects a whole transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A calendar, the slots that it holds once planned, and the changes that this takes."""

    calendar: Calendar
    slots: tuple[Slot, ...]
    changes: tuple[SlotChange, ...]
    now: datetime

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that remain."""
        return find_conflicts(self.calendar, self.slots, now=self.now)

    @property
    def full_weeks(self) -> tuple[FullWeek, ...]:
        """The weeks in which a client has more sessions than before, and more than one."""
        return find_full_weeks(self.calendar.slots, self.slots)

    def find_slot(self, slot_id: str) -> Slot | None:
        """Return a slot, or None if the calendar has none there."""
        return next((slot for slot in self.slots if slot.slot_id == slot_id), None)

    def placed(self, regular_id: str) -> tuple[str, ...]:
        """Return the slots that a regular occupies."""
        return tuple(slot.slot_id for slot in self.slots if slot.regular_id == regular_id)

    def skipped(self, regular_id: str) -> tuple[str, ...]:
        """Return the slots of the occurrences that a regular leaves out."""
        skipped = find_skipped_occurrences(self.calendar, self.slots, now=self.now)
        return tuple(o.reported_as for o in skipped if o.regular.regular_id == regular_id)


def _unchanged(calendar: Calendar) -> Calendar:
    return calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a planning act commits before anything is planned.

    `writes` are rows beside the practice's. `preview` makes the same change to a calendar that
    was read, for a preview.
    """

    practice: Practice
    writes: tuple[Write, ...] = ()
    preview: Callable[[Calendar], Calendar] = _unchanged


def read_calendar(therapist_id: str, *, now: datetime) -> Calendar:
    """Read everything that decides a plan.

    The practice is read first, since its plan fences every write. Slots are read before regulars:
    an occurrence that is given up in between is then seen as given up or as still booked.

    Raises:
        UnknownTherapist: There is no such practice.
        OutdatedZoneData: The calendar follows newer rules of its zone than this process has.
        Busy: DynamoDB can't answer.
    """
    practice = read_practice(therapist_id)
    if is_outdated(practice.zone_data, practice.zone):
        raise OutdatedZoneData
    return Calendar(
        practice=practice,
        slots=unfinished_slots(therapist_id, now=now),
        regulars=all_regulars(therapist_id),
        time_off=all_time_off(therapist_id),
    )


def preview_plan(calendar: Calendar, *, now: datetime) -> PlanResult:
    """Return what planning the calendar would do. Nothing is written."""
    plan = plan_weeks(calendar, now=now)
    return PlanResult(calendar=calendar, slots=plan.slots, changes=plan.changes, now=now)


def plan_or_preview(
    therapist_id: str,
    decide: Callable[[Practice], Intent],
    *,
    preview: bool,
    now: datetime,
) -> PlanResult:
    """Commit and plan what `decide` intends or, with `preview`, return what that would do.

    Raises:
        Refusal: As `decide` raises.
        Busy: No attempt succeeded.
    """
    if not preview:
        return commit_and_plan(therapist_id, decide, now=now)
    calendar = read_calendar(therapist_id, now=now)
    intent = decide(calendar.practice)
    changed = intent.preview(replace(calendar, practice=intent.practice))
    return preview_plan(changed, now=now)


def commit_and_plan(
    therapist_id: str, decide: Callable[[Practice], Intent], *, now: datetime
) -> PlanResult:
    """Commit what `decide` intends, raising the plan counter, then carry out the plan.

    The stream function or the next planning act completes a plan that was interrupted.

    Raises:
        Refusal: As `decide` raises.
        Busy: No attempt succeeded.
    """

    @retry_on_conflict(_ATTEMPTS)
    def commit_intent() -> None:
        practice = read_practice(therapist_id)
        intent = decide(practice)
        write_practice(practice, intent.practice, plans=True, others=intent.writes)

    commit_intent()
    return carry_out_plan(therapist_id, now=now)


def carry_out_plan(therapist_id: str, *, now: datetime) -> PlanResult:
    """Bring the published weeks in line with all that the therapist has asked for.

    Raises:
        Busy: No attempt succeeded.
    """
    written: list[SlotChange] = []

    @retry_on_conflict(_ATTEMPTS)
    def attempt() -> PlanResult:
        planned = preview_plan(read_calendar(therapist_id, now=now), now=now)
        practice = planned.calendar.practice
        try:
            if planned.changes and practice.planned == practice.plan:
                practice = write_practice(practice, practice, plans=True)
            for changes in _batches(planned.changes):
                _write(practice, changes, now=now)
                written.extend(changes)
            practice = _complete(replace(planned.calendar, practice=practice), now=now)
        except ConditionFailed as failed:
            _record_exception(practice, failed)
            raise
        calendar = replace(planned.calendar, practice=practice)
        return replace(planned, calendar=calendar, changes=tuple(written))

    return attempt()


def read_ended(planned: PlanResult, *, preview: bool) -> tuple[Appointment, ...]:
    """Return the sessions that the plan ended, or would end, and that no other replaces.

    Raises:
        Busy: DynamoDB can't answer.
    """
    ended = (change.ends for change in planned.changes if not change.replaced)
    holders = {(slot.client_id or "", slot.appointment_id or "") for slot in ended if slot}
    found = get_appointments(planned.calendar.practice.therapist_id, holders)
    if not preview:
        return tuple(found)
    ending = Ending(late=False, strike=False)
    return tuple(as_cancelled(each, ending, by=Party.THERAPIST, now=planned.now) for each in found)


def _batches(changes: Sequence[SlotChange]) -> Iterator[list[SlotChange]]:
    """Yield the changes in order, as many in one batch as may share a transaction.

    A transaction writes no row twice.
    """
    batch: list[SlotChange] = []
    slot_ids: set[str] = set()
    for change in changes:
        own = {slot.slot_id for slot in change.rows}
        alone = not writes_only_slots(change) or bool(batch and not writes_only_slots(batch[-1]))
        full = len(own | slot_ids) > _SLOTS_PER_TRANSACTION
        if batch and (alone or own & slot_ids or full):
            yield batch
            batch, slot_ids = [], set()
        batch.append(change)
        slot_ids |= own
    if batch:
        yield batch


def _write(practice: Practice, changes: Sequence[SlotChange], *, now: datetime) -> None:
    writes = (write for change in changes for write in writes_of(practice, change, now=now))
    commit([check_plan(practice), *writes])


def _record_exception(practice: Practice, failed: ConditionFailed) -> None:
    """Record on its regular an occurrence that a person ended, if the regular lacks it.

    The person's function recorded another day, by a zone that has changed since. Without this, no
    plan could be carried out until that day has passed.
    """
    appointment_id = ended_by_person(failed)
    if appointment_id is None:
        return
    day = local_start(start_of(slot_id_in(appointment_id)), practice.zone).date()
    regular_id, client_id = token_in(appointment_id), client_id_in(appointment_id) or ""
    with suppress(ConditionFailed):  # It was not a regular's.
        commit([add_exception(practice.therapist_id, regular_id, client_id, day)])


def _complete(calendar: Calendar, *, now: datetime) -> Practice:
    """Record on the practice that its plan has been carried out, unless that is recorded."""
    before = calendar.practice
    through = before.publishes_through(now) if before.timezone else None
    data = newer_data(before.zone_data, before.zone, now=now) if before.timezone else None
    after = replace(
        before,
        planned=before.plan,
        published_through=through,
        zone_data=data,
        notices=notices_of(calendar.time_off, now=now),
        discharging=frozenset(),
        sick_days=frozenset(),
    )
    if after != before:
        commit([complete_plan(before, after)])
        cache(after)
    return after
