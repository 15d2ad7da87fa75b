"""Hours: replaced as a whole, and published at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.appointments import Appointment
from openhour.rules.audit_log import AuditAction
from openhour.rules.conflicts import Conflict
from openhour.rules.hours import Entry, ordered_hours
from openhour.rules.planning import FullWeek
from openhour.rules.practice import Practice
from openhour.rules.refusals import Stale
from openhour.store.audit_log import audit_entry
from openhour.use_cases.names import names_in_result
from openhour.use_cases.planning import Intent, plan_or_preview, read_ended


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursResult:
    """The practice with its new hours, the conflicts with them, and the sessions that end.

    `full_weeks` are those in which a client then has more sessions than before, and more than one.
    `names` are the names of all clients concerned, by id.
    """

    practice: Practice
    conflicts: tuple[Conflict, ...]
    cancelled: tuple[Appointment, ...]
    full_weeks: tuple[FullWeek, ...]
    names: Mapping[str, str]


def set_hours(
    therapist_id: str,
    hours: tuple[Entry, ...],
    *,
    if_match: int | None,
    preview: bool,
    now: datetime,
) -> HoursResult:
    """Replace the hours and re-plan the published weeks.

    `if_match` is the version of the settings that the caller has read, if it matters.

    Raises:
        Invalid: The hours overlap.
        Stale: The settings have changed since they were read.
        Busy: No attempt succeeded.
    """
    ordered = ordered_hours(hours)

    def decide(practice: Practice) -> Intent:
        require_version(practice, if_match)
        entry = audit_entry(therapist_id, AuditAction.SET_HOURS, now=now)
        return Intent(
            practice=replace(practice, hours=ordered),
            writes=() if practice.hours == ordered else (entry,),
        )

    planned = plan_or_preview(therapist_id, decide, preview=preview, now=now)
    conflicts, full_weeks = planned.conflicts, planned.full_weeks
    cancelled = read_ended(planned, preview=preview)
    return HoursResult(
        practice=planned.calendar.practice,
        conflicts=conflicts,
        cancelled=cancelled,
        full_weeks=full_weeks,
        names=names_in_result(
            therapist_id, conflicts=conflicts, cancelled=cancelled, full_weeks=full_weeks
        ),
    )


def require_version(practice: Practice, if_match: int | None) -> None:
    """Require that the settings have not changed since the version that was read.

    Raises:
        Stale: They have.
    """
    if if_match is not None and if_match != practice.version:
        raise Stale
