"""Conflicts: what the plan wants and a booking stands in the way of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from openhour.rules.agenda import Agenda, Calendar, by_hand, draw_agenda
from openhour.rules.occurrences import Occurrence, occurrences, skipped_starts
from openhour.rules.slots import Slot
from openhour.rules.timeline import Timeline


class Reason(StrEnum):
    """Why the plan can't have its way."""

    BOOKED = "booked"
    """A regular's occurrence waits behind another's booking."""
    NO_HOURS = "no-hours"
    """A booking, or a regular's occurrence, where the hours have no slot."""
    OVERLAP = "overlap"
    """A slot of the hours that would overlap one that stays."""
    TIME_OFF = "time-off"
    """A booking in time off."""
    CLOCK_CHANGE = "clock-change"
    """A start that the clock skips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One of them: the slot that is wanted or stands, the booking in the way if there is one,
    and the regular that waits or whose occurrence it is."""

    slot_id: str
    reason: Reason
    client_id: str | None = None
    appointment_id: str | None = None
    regular_id: str | None = None


def find_conflicts(
    calendar: Calendar, slots: Iterable[Slot], *, now: datetime
) -> tuple[Conflict, ...]:
    """The conflicts that remain once the plan has made the calendar hold `slots`."""
    agenda = draw_agenda(calendar, now=now)
    line = Timeline(slots)
    there = {slot.slot_id: slot for slot in line}
    future = [slot for slot in line if slot.start > now]
    found = [conflict for slot in future for conflict in _about(agenda, slot)]
    found += _crowded_out(agenda, line, there)
    found += _unplaced(calendar, agenda, there, now=now)
    told = {conflict.slot_id for conflict in found if conflict.reason is Reason.CLOCK_CHANGE}
    skipped = skipped_starts(calendar.practice, now=now)
    found += [_skipped(named) for named in skipped if named not in told]
    return tuple(sorted(found, key=lambda c: (c.slot_id, c.reason, c.client_id or "")))


def find_skipped(
    calendar: Calendar, slots: Iterable[Slot], *, now: datetime
) -> tuple[Occurrence, ...]:
    """The occurrences that are left out: a person ended them, the clock skips them, or they fall
    in time off."""
    agenda = draw_agenda(calendar, now=now)
    off = {slot.slot_id for slot in slots if agenda.is_off(slot) and slot.regular_id is None}
    return tuple(
        occurrence
        for occurrence in occurrences(calendar.practice, calendar.regulars, now=now)
        if occurrence.given_up or occurrence.slot_id is None or occurrence.slot_id in off
    )


def _about(agenda: Agenda, slot: Slot) -> Iterator[Conflict]:
    """What is wrong with a booked slot that stays."""
    if not slot.booked:
        return
    if agenda.is_off(slot):
        yield _over(slot, Reason.TIME_OFF)
    if agenda.is_stray(slot):
        yield _over(slot, Reason.NO_HOURS)
    waiting = agenda.waiting(slot)
    if waiting:
        yield replace(_over(slot, Reason.BOOKED), regular_id=waiting.regular_id)


def _crowded_out(agenda: Agenda, line: Timeline, there: dict[str, Slot]) -> Iterator[Conflict]:
    """The slots of the hours that found no place, or not at their length."""
    for slot_id, wanted in agenda.wanted.items():
        slot = there.get(slot_id)
        if slot is not None and (by_hand(slot) or not slot.regular_id):
            continue
        in_the_way = line.overlapping(wanted)
        if in_the_way and (slot is None or slot.minutes != wanted.minutes):
            claim = agenda.claims.get(slot_id)
            regular_id = claim.regular_id if claim else None
            first = next((each for each in in_the_way if each.booked), in_the_way[0])
            conflict = _over(first, Reason.OVERLAP)
            yield replace(conflict, slot_id=slot_id, regular_id=regular_id)


def _unplaced(
    calendar: Calendar, agenda: Agenda, there: dict[str, Slot], *, now: datetime
) -> Iterator[Conflict]:
    """The occurrences for which the calendar has no slot."""
    for occurrence in occurrences(calendar.practice, calendar.regulars, now=now):
        regular = occurrence.regular
        slot_id = occurrence.slot_id
        stands = slot_id in there and there[slot_id].regular_id == regular.regular_id
        if slot_id is None:
            reason = Reason.CLOCK_CHANGE
        elif not occurrence.given_up and slot_id not in agenda.wanted and not stands:
            reason = Reason.NO_HOURS
        else:
            continue
        yield Conflict(
            slot_id=occurrence.named,
            reason=reason,
            client_id=regular.client_id,
            regular_id=regular.regular_id,
        )


def _over(slot: Slot, reason: Reason) -> Conflict:
    return Conflict(
        slot_id=slot.slot_id,
        reason=reason,
        client_id=slot.client_id,
        appointment_id=slot.appointment_id,
        regular_id=slot.regular_id,
    )


def _skipped(named: str) -> Conflict:
    return Conflict(slot_id=named, reason=Reason.CLOCK_CHANGE)
