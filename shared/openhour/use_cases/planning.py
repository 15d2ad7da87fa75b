"""Carrying out the plan: every write is conditional on the plan that it belongs to and on the row
as it was read, so that planners can cross neither each other nor a booking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.appointments import Status, slot_id_in, token_in
from openhour.rules.conflicts import Conflict, find_conflicts, find_skipped_occurrences
from openhour.rules.desired_calendar import Calendar
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.planning import SlotChange, plan_weeks
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy
from openhour.rules.slots import Slot
from openhour.rules.weeks import slot_id_of, start_of
from openhour.store.ending_writes import add_exception
from openhour.store.mapping import regular_from_row, slot_from_row, time_off_from_row
from openhour.store.models import AppointmentRow, PracticeRow, RegularRow, SlotRow, TimeOffRow
from openhour.store.plan_writes import writes_of, writes_only_slots
from openhour.store.practices import read_practice, write_practice
from openhour.store.queries import query
from openhour.store.retries import back_off
from openhour.store.transactions import Check, ConditionFailed, Update, Write, commit

_ATTEMPTS = 40
_BATCH = 25
"""Slots in one transaction: few enough that a booking beside it seldom refuses them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A calendar and the slots that it holds once planned, with the changes that took."""

    calendar: Calendar
    slots: tuple[Slot, ...]
    changes: tuple[SlotChange, ...]
    now: datetime

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the plan could not have."""
        return find_conflicts(self.calendar, self.slots, now=self.now)

    def placed(self, regular_id: str) -> tuple[str, ...]:
        """The slots in which that regular stands."""
        return tuple(slot.slot_id for slot in self.slots if slot.regular_id == regular_id)

    def skipped(self, regular_id: str) -> tuple[str, ...]:
        """The slots in which that regular is left out."""
        left_out = find_skipped_occurrences(self.calendar, self.slots, now=self.now)
        return tuple(o.reported_as for o in left_out if o.regular.regular_id == regular_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a planning act commits before anything is planned: the practice as it is to be, and
    other rows with it."""

    practice: Practice
    writes: tuple[Write, ...] = ()


def read_calendar(therapist_id: str, *, now: datetime) -> Calendar:
    """The calendar as it is. The practice comes first, since the plan that it names fences every
    write; the slots come before the regulars, so that an occurrence which was given up in
    between is seen as given up, or as still booked."""
    practice = read_practice(therapist_id)
    since = slot_id_of(now - timedelta(minutes=MAX_MINUTES))
    slots = tuple(map(slot_from_row, query(SlotRow, therapist_id, SlotRow.slot_id >= since)))
    return Calendar(
        practice=practice,
        slots=tuple(slot for slot in slots if slot.end > now),
        regulars=tuple(map(regular_from_row, query(RegularRow, therapist_id))),
        time_off=tuple(map(time_off_from_row, query(TimeOffRow, therapist_id))),
    )


def read_slots(therapist_id: str, begins: datetime, ends: datetime) -> tuple[Slot, ...]:
    """The slots that share any time with the span."""
    within = SlotRow.slot_id.between(
        slot_id_of(begins - timedelta(minutes=MAX_MINUTES)), slot_id_of(ends)
    )
    near = map(slot_from_row, query(SlotRow, therapist_id, within))
    return tuple(slot for slot in near if slot.start < ends and begins < slot.end)


def preview_plan(calendar: Calendar, *, now: datetime) -> PlanResult:
    """What planning that calendar comes to. Nothing is written."""
    plan = plan_weeks(calendar, now=now)
    return PlanResult(calendar=calendar, slots=plan.slots, changes=plan.changes, now=now)


def commit_and_plan(
    therapist_id: str, decide: Callable[[Practice], Intent], *, now: datetime
) -> PlanResult:
    """Commit the intent that `decide` makes of the practice, raising its plan, then carry the
    plan out. What is cut short the stream or the next act completes. Raises Busy, and what
    `decide` raises."""
    for attempt in range(_ATTEMPTS):
        practice = read_practice(therapist_id)
        intent = decide(practice)
        try:
            write_practice(practice, intent.practice, plans=True, others=intent.writes)
        except ConditionFailed:
            back_off(attempt)
        else:
            return carry_out_plan(therapist_id, now=now)
    raise Busy


def carry_out_plan(therapist_id: str, *, now: datetime) -> PlanResult:
    """Bring the published weeks in line with what the therapist has asked for so far. Where a row
    or the plan has changed since it was read, start again. Raises Busy."""
    done: list[SlotChange] = []
    for attempt in range(_ATTEMPTS):
        planned = preview_plan(read_calendar(therapist_id, now=now), now=now)
        practice = planned.calendar.practice
        try:
            if planned.changes and practice.planned == practice.plan:
                practice = write_practice(practice, practice, plans=True)
            for changes in _batches(planned.changes):
                _write(practice, changes, now=now)
                done += changes
            practice = _complete(practice, now=now)
        except ConditionFailed as refused:
            _record_exception(practice, refused)
            back_off(attempt)
        else:
            calendar = replace(planned.calendar, practice=practice)
            return PlanResult(calendar=calendar, slots=planned.slots, changes=tuple(done), now=now)
    raise Busy


def _batches(changes: Sequence[SlotChange]) -> Iterator[list[SlotChange]]:
    """The changes in their order, as many in one transaction as may share one: a transaction
    writes no row twice."""
    batch: list[SlotChange] = []
    named: set[str] = set()
    for change in changes:
        names = {slot.slot_id for slot in change.rows}
        alone = not writes_only_slots(change) or bool(batch and not writes_only_slots(batch[-1]))
        if batch and (alone or names & named or len(names | named) > _BATCH):
            yield batch
            batch, named = [], set()
        batch.append(change)
        named |= names
    if batch:
        yield batch


def _write(practice: Practice, changes: Sequence[SlotChange], *, now: datetime) -> None:
    writes = (
        write
        for change in changes
        for write in writes_of(practice.therapist_id, change, zone=practice.zone, now=now)
    )
    fence = Check(model=PracticeRow, owner=practice.therapist_id, when=_unplanned(practice))
    commit([fence, *writes])


def _record_exception(practice: Practice, refused: ConditionFailed) -> None:
    """Where the plan would place an occurrence that a person has ended, and its regular does not
    know, note it there: else no plan could be carried out until that day has passed. Whoever ended
    it noted the day by the zone of some seconds ago."""
    ended = refused.old_rows.get(AppointmentRow)
    if ended is None or ended.status == Status.BOOKED or ended.by_plan:
        return
    name = ended.appointment_id
    start = start_of(slot_id_in(name))
    with suppress(ConditionFailed):  # it was no regular's
        commit([add_exception(practice.therapist_id, token_in(name), start, practice.zone)])


def _complete(practice: Practice, *, now: datetime) -> Practice:
    """Note on the practice that its plan has been carried out; nothing is written under it from
    then on."""
    through = practice.publishes_through(now) if practice.timezone else None
    if practice.planned == practice.plan and practice.published_through == through:
        return practice
    actions: list[Action] = [
        PracticeRow.planned.set(practice.plan),
        PracticeRow.discharging.remove(),
        PracticeRow.sick_days.remove(),
    ]
    if through:
        actions.append(PracticeRow.published_through.set(str(through)))
    row = PracticeRow(practice.therapist_id)
    commit([Update(row=row, actions=actions, when=_unplanned(practice))])
    return replace(
        practice,
        planned=practice.plan,
        published_through=through,
        discharging=frozenset(),
        sick_days=frozenset(),
    )


def _unplanned(practice: Practice) -> Condition:
    """The fence: the plan is the one that was read, and nobody has completed it since."""
    plan: Condition = PracticeRow.plan == practice.plan
    fence: Condition = plan & (PracticeRow.planned == practice.planned)
    return fence
