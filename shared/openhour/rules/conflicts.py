"""Conflicts: what the plan wants and a booking prevents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from openhour.rules.desired_calendar import (
    Calendar,
    DesiredCalendar,
    desired_calendar,
    is_deliberate,
    is_displaced,
    is_set_by_hand,
)
from openhour.rules.hours import find_entry
from openhour.rules.occurrences import Occurrence, occurrences, skipped_starts
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot
from openhour.rules.timeline import Timeline
from openhour.rules.weeks import start_of


class Reason(StrEnum):
    """Why the plan can't be carried out at a slot."""

    BOOKED = "booked"
    """A regular's occurrence waits for a slot that another client has booked."""
    NO_HOURS = "no-hours"
    """A booking, or a regular's occurrence, where the hours have no slot."""
    OVERLAP = "overlap"
    """A slot of the hours would overlap a slot that stays."""
    TIME_OFF = "time-off"
    """A booking in time off."""
    CLOCK_CHANGE = "clock-change"
    """A start that the clock skips, or a session that it shows at another time than promised."""
    NO_NOTICE = "no-notice"
    """A regular's slot that became free too late for the client to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One conflict.

    `slot_id` is the wanted or the existing slot, and `minutes` its length, None where neither the
    calendar nor the hours have one. `client_id` and `appointment_id` are the booking that prevents
    the plan, and `regular_id` is the regular that waits or whose occurrence it is. Without a
    booking `client_id` is that regular's. `waiting_client_id` is the client of a regular that waits
    or can't be placed.
    """

    slot_id: str
    reason: Reason
    client_id: str | None = None
    appointment_id: str | None = None
    regular_id: str | None = None
    waiting_client_id: str | None = None
    minutes: int | None = None

    @property
    def start(self) -> datetime:
        """The slot's start, in UTC."""
        return start_of(self.slot_id)

    @property
    def end(self) -> datetime | None:
        """The slot's end, in UTC, or None if its length is unknown."""
        return None if self.minutes is None else self.start + timedelta(minutes=self.minutes)

    @property
    def booked_client_id(self) -> str | None:
        """The client whose booking prevents the plan, or None."""
        return self.client_id if self.appointment_id else None


def find_conflicts(
    calendar: Calendar, slots: Iterable[Slot], *, now: datetime
) -> tuple[Conflict, ...]:
    """Return the conflicts that remain once the plan has made the calendar hold `slots`."""
    desired = desired_calendar(calendar, now=now)
    timeline = Timeline(slots)
    slots_by_id = {slot.slot_id: slot for slot in timeline}
    future = [slot for slot in timeline if slot.start > now]
    found = [conflict for slot in future for conflict in _conflicts_at(desired, slot)]
    found += _crowded_out(desired, timeline, slots_by_id)
    found += _unplaced(calendar, desired, slots_by_id, now=now)
    reported = {conflict.slot_id for conflict in found if conflict.reason is Reason.CLOCK_CHANGE}
    skipped = skipped_starts(calendar.practice, now=now)
    found += [_skipped_start(slot_id) for slot_id in skipped if slot_id not in reported]
    return tuple(sorted(found, key=lambda c: (c.slot_id, c.reason, c.client_id or "")))


def find_skipped_occurrences(
    calendar: Calendar, slots: Iterable[Slot], *, now: datetime
) -> tuple[Occurrence, ...]:
    """Return the occurrences that are left out.

    A person gave them up, the clock skips them, or they fall into time off.
    """
    desired = desired_calendar(calendar, now=now)
    off = {slot.slot_id for slot in slots if desired.is_off(slot) and slot.regular_id is None}
    return tuple(
        occurrence
        for occurrence in occurrences(calendar.practice, calendar.regulars, now=now)
        if occurrence.is_exception or occurrence.slot_id is None or occurrence.slot_id in off
    )


def _conflicts_at(desired: DesiredCalendar, slot: Slot) -> Iterator[Conflict]:
    """Yield the conflicts of a slot that stays."""
    if not slot.booked:
        if desired.lacks_notice(slot):
            regular = desired.regulars_by_slot[slot.slot_id]
            conflict = _waits_for(_conflict_at(slot, Reason.NO_NOTICE), regular)
            yield replace(conflict, client_id=regular.client_id)
        return
    if not desired.is_confirmed_off(slot):
        yield _conflict_at(slot, Reason.TIME_OFF)
    if is_displaced(slot, desired.practice):
        yield _conflict_at(slot, Reason.CLOCK_CHANGE)
    elif desired.is_unwanted(slot):
        yield _conflict_at(slot, Reason.NO_HOURS)
    waiting = desired.waiting(slot)
    if waiting:
        yield _waits_for(_conflict_at(slot, Reason.BOOKED), waiting)


def _crowded_out(
    desired: DesiredCalendar, timeline: Timeline, slots_by_id: dict[str, Slot]
) -> Iterator[Conflict]:
    """Yield the slots of the hours that had no room, or not at their length."""
    for slot_id, wanted in desired.wanted.items():
        slot = slots_by_id.get(slot_id)
        if slot is not None and (is_set_by_hand(slot) or not slot.regular_id):
            continue
        overlapping = [each for each in timeline.overlapping(wanted) if not is_deliberate(each)]
        if overlapping and (slot is None or slot.minutes != wanted.minutes):
            regular = desired.regulars_by_slot.get(slot_id)
            first = next((each for each in overlapping if each.booked), overlapping[0])
            conflict = replace(
                _conflict_at(first, Reason.OVERLAP),
                slot_id=slot_id,
                minutes=wanted.minutes,
                regular_id=None,
            )
            yield _waits_for(conflict, regular) if regular else conflict


def _unplaced(
    calendar: Calendar, desired: DesiredCalendar, slots_by_id: dict[str, Slot], *, now: datetime
) -> Iterator[Conflict]:
    """Yield the occurrences for which the calendar has no slot."""
    for occurrence in occurrences(calendar.practice, calendar.regulars, now=now):
        regular = occurrence.regular
        slot_id = occurrence.slot_id
        stands = slot_id in slots_by_id and slots_by_id[slot_id].regular_id == regular.regular_id
        if slot_id is None:
            reason = Reason.CLOCK_CHANGE
        elif not occurrence.is_exception and slot_id not in desired.wanted and not stands:
            reason = Reason.NO_HOURS
        else:
            continue
        entry = find_entry(calendar.practice.hours, regular.weekday, regular.start)
        conflict = Conflict(
            slot_id=occurrence.reported_as,
            reason=reason,
            client_id=regular.client_id,
            minutes=entry.minutes if entry else None,
        )
        yield _waits_for(conflict, regular)


def _conflict_at(slot: Slot, reason: Reason) -> Conflict:
    return Conflict(
        slot_id=slot.slot_id,
        reason=reason,
        client_id=slot.client_id,
        appointment_id=slot.appointment_id,
        regular_id=slot.regular_id,
        minutes=slot.minutes,
    )


def _waits_for(conflict: Conflict, regular: Regular) -> Conflict:
    """Return the conflict of a regular that waits."""
    return replace(conflict, regular_id=regular.regular_id, waiting_client_id=regular.client_id)


def _skipped_start(slot_id: str) -> Conflict:
    return Conflict(slot_id=slot_id, reason=Reason.CLOCK_CHANGE)
