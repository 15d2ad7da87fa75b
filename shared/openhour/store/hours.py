"""Hours: set as a whole, published at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.conflicts import Conflict
from openhour.rules.hours import Entry, order_hours
from openhour.rules.practice import Practice
from openhour.rules.refusals import Stale
from openhour.rules.trail import Act
from openhour.store.planning import Intent, act, foresee, read_calendar
from openhour.store.trail import note


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSet:
    """The practice with its hours, and what stands in their way."""

    practice: Practice
    conflicts: tuple[Conflict, ...]


def set_hours(
    therapist_id: str,
    hours: tuple[Entry, ...],
    *,
    if_match: int | None,
    preview: bool,
    now: datetime,
) -> HoursSet:
    """Replace the hours and re-plan the published weeks. `if_match` is the version of the
    settings that was read. Raises Invalid for hours that overlap, Stale, Busy."""
    ordered = order_hours(hours)

    def decide(practice: Practice) -> Intent:
        refuse_stale(practice, if_match)
        noted = note(therapist_id, Act.SET_HOURS, now=now)
        return Intent(
            practice=replace(practice, hours=ordered),
            writes=() if practice.hours == ordered else (noted,),
        )

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        intended = decide(calendar.practice).practice
        planned = foresee(replace(calendar, practice=intended), now=now)
    else:
        planned = act(therapist_id, decide, now=now)
    return HoursSet(practice=planned.calendar.practice, conflicts=planned.conflicts)


def refuse_stale(practice: Practice, if_match: int | None) -> None:
    """Raise Stale where the settings have changed since the version that was read."""
    if if_match is not None and if_match != practice.version:
        raise Stale
