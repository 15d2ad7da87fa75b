"""Planning: the changes that bring the calendar in line with what the therapist wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.desired_calendar import (
    Calendar,
    DesiredCalendar,
    cancelling_time_off,
    desired_calendar,
    displaced_occurrences,
    has_lapsed,
    is_cancelled_by_discharge,
    reconcile,
)
from openhour.rules.slots import Slot, SlotState, first_revision
from openhour.rules.timeline import Timeline
from openhour.rules.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChange:
    """The change of one row from `before` to `after`, with the rows that it replaces.

    `before` is None for a new row, `after` for a deleted one. `cancelled_by_therapist` tells an
    appointment that a person ended from one that ended with its regular, and `time_off_id` names
    the sick day for which it was, with its `message` and `notify`. `replaced` marks one whose
    regular has a session in the same week instead.
    """

    before: Slot | None
    after: Slot | None
    replaces: tuple[Slot, ...] = ()
    cancelled_by_therapist: bool = False
    time_off_id: str | None = None
    message: str | None = None
    notify: bool = True
    replaced: bool = False

    @property
    def rows(self) -> tuple[Slot, ...]:
        """The rows that the change writes. The changed row may be among them before and after."""
        changed = (slot for slot in (self.before, self.after) if slot)
        return (*changed, *self.replaces)

    @property
    def ends(self) -> Slot | None:
        """The row before the change, if its appointment ends."""
        return self.before if self.before and self.before.booked and not self._same else None

    @property
    def places(self) -> Slot | None:
        """The row after the change, if an occurrence is placed on it."""
        return self.after if self.after and self.after.booked and not self._same else None

    @property
    def keeps(self) -> Slot | None:
        """The row after the change, if its appointment stays but is adopted or changes length."""
        if self.before is None or self.after is None or not (self.after.booked and self._same):
            return None
        before, after = self.before, self.after
        same = (before.regular_id, before.minutes) == (after.regular_id, after.minutes)
        return None if same else after

    @property
    def is_in_place(self) -> bool:
        """Whether the row stays and keeps its length."""
        before, after = self.before, self.after
        return before is not None and after is not None and before.minutes == after.minutes

    @property
    def _same(self) -> bool:
        before = self.before.appointment_id if self.before else None
        return self.after is not None and self.after.appointment_id == before


@dataclass(frozen=True, slots=True, kw_only=True)
class FullWeek:
    """A week in which a client has several sessions."""

    client_id: str
    week: Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes in order, and the slots that the calendar then holds."""

    changes: tuple[SlotChange, ...]
    slots: tuple[Slot, ...]


def plan_weeks(calendar: Calendar, *, now: datetime) -> Plan:
    """Return the plan that brings the published weeks in line.

    Slots that have started are never planned. A calendar that is in line gives no changes.
    """
    desired = desired_calendar(calendar, now=now)
    plan = _plan_once(desired, calendar.slots, now=now)
    changes = plan.changes
    while plan.changes:
        # Where a displaced session ended, its regular may have its time of that day.
        displaced = displaced_occurrences(plan.slots, calendar.practice)
        desired = replace(desired, displaced=displaced)
        plan = _plan_once(desired, plan.slots, now=now)
        changes += plan.changes
    return Plan(changes=_with_replaced(changes, plan.slots), slots=plan.slots)


def _with_replaced(changes: Iterable[SlotChange], slots: Iterable[Slot]) -> tuple[SlotChange, ...]:
    """Mark the sessions that the plan ends and whose regulars have another one in that week."""
    kept = {(slot.regular_id, slot.week) for slot in slots if slot.regular_id}

    def is_replaced(change: SlotChange) -> bool:
        ended = change.ends
        if ended is None or change.cancelled_by_therapist:
            return False
        return (ended.regular_id, ended.week) in kept

    return tuple(replace(each, replaced=is_replaced(each)) for each in changes)


def find_full_weeks(before: Iterable[Slot], after: Iterable[Slot]) -> tuple[FullWeek, ...]:
    """Return the weeks in which a client has more sessions than before, and more than one."""
    had, has = _sessions(before), _sessions(after)
    full = [key for key, count in has.items() if count > max(1, had[key])]
    return tuple(FullWeek(client_id=client_id, week=week) for client_id, week in sorted(full))


def _sessions(slots: Iterable[Slot]) -> Counter[tuple[str, Week]]:
    return Counter((slot.client_id, slot.week) for slot in slots if slot.booked and slot.client_id)


def _plan_once(desired: DesiredCalendar, slots: tuple[Slot, ...], *, now: datetime) -> Plan:
    existing = [_change(desired, slot, now=now) for slot in slots]
    absent = desired.wanted.keys() - {slot.slot_id for slot in slots}
    new = [SlotChange(before=None, after=reconcile(desired, desired.wanted[i])) for i in absent]
    return _with_revisions(desired, _fit_without_overlap([*existing, *new]))


def _change(desired: DesiredCalendar, slot: Slot, *, now: datetime) -> SlotChange:
    """Return the change of one row.

    Where an appointment ends and its row disappears or changes length, the row is blocked first.
    The next pass finds it free and does the rest.
    """
    if slot.start <= now:
        return SlotChange(before=slot, after=slot)
    sick_day = cancelling_time_off(desired, slot)
    cancelled_by_therapist = bool(sick_day) or is_cancelled_by_discharge(desired, slot)
    if not (cancelled_by_therapist or has_lapsed(desired, slot)):
        return SlotChange(before=slot, after=reconcile(desired, slot))
    free = slot.when_freed()
    after = reconcile(desired, free)
    if after is None or after.minutes != slot.minutes:
        after = replace(free, state=SlotState.BLOCKED, returns_to=SlotState.BLOCKED)
    return SlotChange(
        before=slot,
        after=after,
        cancelled_by_therapist=cancelled_by_therapist,
        time_off_id=sick_day.time_off_id if sick_day else None,
        message=sick_day.message if sick_day else None,
        notify=sick_day.notify if sick_day else True,
    )


def _fit_without_overlap(changes: Iterable[SlotChange]) -> tuple[list[SlotChange], Timeline]:
    """Find room, in order of time, for rows that are new or change length.

    An existing row wins over a new one. A row and the rows that it replaces change together.
    Return the changes and the slots that the calendar then holds.
    """
    staying, leaving = Timeline(), Timeline()
    changed: list[SlotChange] = []
    moves: list[tuple[Slot, SlotChange]] = []
    for change in changes:
        if change.after is not None and change.is_in_place:
            staying.put(change.after)
            changed.append(change)
            continue
        if change.before is not None:
            (staying if change.keeps else leaving).put(change.before)
        if change.after is not None:
            moves.append((change.after, change))
    replaced_ids: set[str] = set()
    for after, change in sorted(moves, key=lambda move: move[0].start):
        if not staying.overlapping(after):
            replaced = tuple(s for s in leaving.overlapping(after) if s.slot_id not in replaced_ids)
            replaced_ids |= {slot.slot_id for slot in (*replaced, after)}
            staying.put(after)
            changed.append(replace(change, replaces=replaced))
        elif change.before is not None and change.keeps:
            kept = replace(after, minutes=change.before.minutes, returns_to=SlotState.BLOCKED)
            staying.put(kept)
            changed.append(replace(change, after=kept))
    removed = [
        SlotChange(before=slot, after=None) for slot in leaving if slot.slot_id not in replaced_ids
    ]
    return [*changed, *removed], staying


def _with_revisions(desired: DesiredCalendar, fitted: tuple[list[SlotChange], Timeline]) -> Plan:
    """Drop changes without effect, and number the revision of each changed row."""
    changes, staying = fitted
    first = first_revision(desired.practice.plan)
    effective = []
    for change in changes:
        if change.after is not None and change.after != change.before:
            revision = change.before.revision + 1 if change.before else first
            after = replace(change.after, revision=revision)
            staying.put(after)
            effective.append(replace(change, after=after))
        elif change.after is None:
            effective.append(change)
    return Plan(changes=tuple(effective), slots=tuple(staying))
