"""Occurrences: the slots of the hours and the regulars' appointments in published weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openhour.rules.hours import find_entry
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import (
    Week,
    instant_of,
    local_start,
    skipped_slot_id,
    slot_id_of,
    weeks_between,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One appointment that a regular wants on `day`.

    `slot_id` is None where the clock skips the start. `reported_as` is the id that reports use.
    """

    regular: Regular
    day: date
    slot_id: str | None
    reported_as: str

    @property
    def is_exception(self) -> bool:
        """Whether a person cancelled or moved it."""
        return self.regular.is_exception(self.day)


def published_weeks(practice: Practice, *, now: datetime) -> tuple[Week, ...]:
    """Return the weeks that should be on the calendar."""
    if practice.timezone is None:
        return ()
    return weeks_between(practice.week_of(now), practice.publishes_through(now))


def slots_of_hours(practice: Practice, *, now: datetime) -> dict[str, Slot]:
    """Return the future slots of the hours by slot id, open or held as releases decide."""
    slots = {}
    for week in published_weeks(practice, now=now):
        for entry in practice.hours:
            start = instant_of(week.day(entry.weekday), entry.start, practice.zone)
            if start is not None and start > now:
                held = entry.prime and not practice.is_released(week)
                state = SlotState.HELD if held else SlotState.OPEN
                slots[slot_id_of(start)] = Slot(
                    slot_id=slot_id_of(start),
                    week=week,
                    minutes=entry.minutes,
                    state=state,
                    returns_to=state,
                    prime=entry.prime,
                    local_start=local_start(start, practice.zone),
                )
    return slots


def skipped_starts(practice: Practice, *, now: datetime) -> list[str]:
    """Return the ids under which starts of the hours that the clock skips are reported."""
    days = (
        (week.day(entry.weekday), entry.start)
        for week in published_weeks(practice, now=now)
        for entry in practice.hours
    )
    return [
        named
        for day, start in days
        if instant_of(day, start, practice.zone) is None
        and (named := skipped_slot_id(day, start, practice.zone)) > slot_id_of(now)
    ]


def occurrences(
    practice: Practice, regulars: tuple[Regular, ...], *, now: datetime
) -> Iterator[Occurrence]:
    """Yield the future occurrences of the regulars in the published weeks."""
    weeks = published_weeks(practice, now=now)
    for regular in regulars:
        for day in regular.dates(weeks):
            start = instant_of(day, regular.start, practice.zone)
            named = skipped_slot_id(day, regular.start, practice.zone)
            if named > slot_id_of(now):
                slot_id = None if start is None else slot_id_of(start)
                yield Occurrence(regular=regular, day=day, slot_id=slot_id, reported_as=named)


def is_occurrence(slot: Slot, regular: Regular, practice: Practice) -> bool:
    """Return whether the regular, as it now is, wants the booked slot for its client.

    What counts is the local time that was promised, also where the zone's rules have changed since.
    """
    local = slot.promised_start(practice.zone)
    return (
        slot.client_id == regular.client_id
        and local.time() == regular.start
        and regular.occurs_on(local.date())
    )


def has_hours(practice: Practice, regular: Regular) -> bool:
    """Return whether the regular falls on an entry of the hours."""
    return find_entry(practice.hours, regular.weekday, regular.start) is not None
