"""Planning: what publishing and re-planning have to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.agenda import (
    Agenda,
    Calendar,
    draw_agenda,
    has_lapsed,
    is_called_off,
    settle,
)
from openhour.rules.slots import Slot, SlotState, first_revision
from openhour.rules.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row from `before` to `after` (None: not there), together with the rows it replaces.
    `called_off` tells an appointment that a person ended from one that ended with its regular."""

    before: Slot | None
    after: Slot | None
    replaces: tuple[Slot, ...] = ()
    called_off: bool = False

    @property
    def rows(self) -> tuple[Slot, ...]:
        """The rows that it writes; the one that changes may be there as before and as after."""
        changed = (slot for slot in (self.before, self.after) if slot)
        return (*changed, *self.replaces)

    @property
    def ends(self) -> Slot | None:
        """The row as it was, where its appointment ends."""
        return self.before if self.before and self.before.booked and not self._same else None

    @property
    def places(self) -> Slot | None:
        """The row as it will be, where an occurrence is placed on it."""
        return self.after if self.after and self.after.booked and not self._same else None

    @property
    def keeps(self) -> Slot | None:
        """The row as it will be, where its appointment stays, but is adopted or changes length."""
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
class Plan:
    """What has to change, in order, and what the calendar then holds."""

    changes: tuple[Change, ...]
    slots: tuple[Slot, ...]


def plan_weeks(calendar: Calendar, *, now: datetime) -> Plan:
    """The plan that brings the published weeks in line, with all that follows from it. Slots that
    have started are never planned. A calendar that is in line gives no changes."""
    agenda = draw_agenda(calendar, now=now)
    plan = _pass(agenda, calendar.slots, now=now)
    changes = plan.changes
    while plan.changes:
        plan = _pass(agenda, plan.slots, now=now)
        changes += plan.changes
    return Plan(changes=changes, slots=plan.slots)


def _pass(agenda: Agenda, slots: tuple[Slot, ...], *, now: datetime) -> Plan:
    there = [_change(agenda, slot, now=now) for slot in slots]
    absent = agenda.wanted.keys() - {slot.slot_id for slot in slots}
    new = [Change(before=None, after=settle(agenda, agenda.wanted[i])) for i in absent]
    return _numbered(agenda, _fit([*there, *new]))


def _change(agenda: Agenda, slot: Slot, *, now: datetime) -> Change:
    """What becomes of one row. Where an appointment ends and its row goes or changes length, the
    row is blocked first: the next pass, which finds it free, does the rest."""
    if slot.start <= now:
        return Change(before=slot, after=slot)
    called_off = is_called_off(agenda, slot)
    if not (called_off or has_lapsed(agenda, slot)):
        return Change(before=slot, after=settle(agenda, slot))
    free = slot.returned()
    after = settle(agenda, free)
    if after is None or after.minutes != slot.minutes:
        after = replace(free, state=SlotState.BLOCKED, returns_to=SlotState.BLOCKED)
    return Change(before=slot, after=after, called_off=called_off)


def _fit(changes: Iterable[Change]) -> tuple[list[Change], Timeline]:
    """Find a place, in the order of time, for the rows that are new or change their length: the
    one that is there wins. A row and what replaces it change together. What becomes of each row,
    and what is there then."""
    stays, goes = Timeline(), Timeline()
    done: list[Change] = []
    moves: list[tuple[Slot, Change]] = []
    for change in changes:
        if change.after is not None and change.is_in_place:
            stays.put(change.after)
            done.append(change)
            continue
        if change.before is not None:
            (stays if change.keeps else goes).put(change.before)
        if change.after is not None:
            moves.append((change.after, change))
    gone: set[str] = set()
    for after, change in sorted(moves, key=lambda move: move[0].start):
        if not stays.overlapping(after):
            replaced = tuple(s for s in goes.overlapping(after) if s.slot_id not in gone)
            gone |= {slot.slot_id for slot in (*replaced, after)}
            stays.put(after)
            done.append(replace(change, replaces=replaced))
        elif change.before is not None and change.keeps:
            kept = replace(after, minutes=change.before.minutes, returns_to=SlotState.BLOCKED)
            stays.put(kept)
            done.append(replace(change, after=kept))
    removed = [Change(before=slot, after=None) for slot in goes if slot.slot_id not in gone]
    return [*done, *removed], stays


def _numbered(agenda: Agenda, fitted: tuple[list[Change], Timeline]) -> Plan:
    """The plan without what stays as it is; each row that changes counts one more revision."""
    changes, stays = fitted
    first = first_revision(agenda.practice.plan)
    written = []
    for change in changes:
        if change.after is not None and change.after != change.before:
            revision = change.before.revision + 1 if change.before else first
            after = replace(change.after, revision=revision)
            stays.put(after)
            written.append(replace(change, after=after))
        elif change.after is None:
            written.append(change)
    return Plan(changes=tuple(written), slots=tuple(stays))
