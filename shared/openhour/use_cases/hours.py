"""Hours: set as a whole, published at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.conflicts import Conflict
from openhour.rules.hours import Entry, ordered_hours
from openhour.rules.practice import Practice
from openhour.rules.refusals import Stale
from openhour.store.audit_log import audit_entry
from openhour.use_cases.planning import Intent, commit_and_plan, preview_plan, read_calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursResult:
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
) -> HoursResult:
    """Replace the hours and re-plan the published weeks. `if_match` is the version of the
    settings that was read. Raises Invalid for hours that overlap, Stale, Busy."""
    ordered = ordered_hours(hours)

    def decide(practice: Practice) -> Intent:
        require_version(practice, if_match)
        noted = audit_entry(therapist_id, AuditAction.SET_HOURS, now=now)
        return Intent(
            practice=replace(practice, hours=ordered),
            writes=() if practice.hours == ordered else (noted,),
        )

    if preview:
        calendar = read_calendar(therapist_id, now=now)
        intended = decide(calendar.practice).practice
        planned = preview_plan(replace(calendar, practice=intended), now=now)
    else:
        planned = commit_and_plan(therapist_id, decide, now=now)
    return HoursResult(practice=planned.calendar.practice, conflicts=planned.conflicts)


def require_version(practice: Practice, if_match: int | None) -> None:
    """Raise Stale where the settings have changed since the version that was read."""
    if if_match is not None and if_match != practice.version:
        raise Stale
