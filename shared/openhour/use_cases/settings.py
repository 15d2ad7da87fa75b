"""Settings: changed one by one, and the switch that lets clients book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.practice import Practice
from openhour.rules.readiness import require_ready
from openhour.rules.refusals import ZoneInUse
from openhour.rules.release import due_after_change
from openhour.rules.setting_changes import requires_planning, with_changes
from openhour.rules.slots import SlotState
from openhour.store.audit_log import audit_entry
from openhour.store.practices import read_practice, write_practice
from openhour.store.slots import future_slots
from openhour.store.transactions import retry_on_conflict
from openhour.use_cases.hours import require_version
from openhour.use_cases.planning import carry_out_plan


def change_settings(
    therapist_id: str, changes: Mapping[str, Any], *, if_match: int | None, now: datetime
) -> Practice:
    """Change some settings, and re-plan at once after a new zone or horizon.

    `if_match` is the version of the settings that the caller has read, if it matters.

    Raises:
        Stale: The settings have changed since they were read.
        Invalid: A value is out of bounds, or values contradict each other.
        ZoneInUse: The zone would change while a future slot is booked.
        Busy: No attempt succeeded.
    """
    practice, planned = _commit_settings(therapist_id, changes, if_match=if_match, now=now)
    return carry_out_plan(therapist_id, now=now).calendar.practice if planned else practice


@retry_on_conflict()
def _commit_settings(
    therapist_id: str, changes: Mapping[str, Any], *, if_match: int | None, now: datetime
) -> tuple[Practice, bool]:
    """Write the settings. Return the practice, and whether it has to be planned."""
    before = read_practice(therapist_id)
    require_version(before, if_match)
    today = now.astimezone(before.zone).date()
    after = with_changes(before, changes, today=today)
    if after.timezone != before.timezone:
        _require_no_bookings(therapist_id, now=now)
    if after == before:
        return before, False
    changed = changed_fields(before, after)
    after = replace(after, release_due=due_after_change(before, after, now=now))
    plans = requires_planning(before, after)
    entry = audit_entry(
        therapist_id,
        AuditAction.CHANGE_SETTINGS,
        now=now,
        details=changed,
    )
    return write_practice(before, after, plans=plans, others=[entry]), plans


@retry_on_conflict()
def switch(
    therapist_id: str,
    *,
    enabled: bool,
    regulars_entered: bool,
    if_match: int | None = None,
    now: datetime,
) -> Practice:
    """Switch self-scheduling on, once the calendar is planned and ready, or off.

    Raises:
        Stale: The settings have changed since they were read.
        NotReady: Something is missing.
        Busy: No attempt succeeded.
    """
    before = read_practice(therapist_id)
    require_version(before, if_match)
    if enabled and not before.self_scheduling:
        planned = carry_out_plan(therapist_id, now=now)
        before = planned.calendar.practice
        require_ready(before, planned.conflicts, regulars_entered=regulars_entered)
    if before.self_scheduling == enabled:
        return before
    after = replace(before, self_scheduling=enabled)
    action = AuditAction.SWITCH_ON if enabled else AuditAction.SWITCH_OFF
    entry = audit_entry(therapist_id, action, now=now)
    return write_practice(before, after, plans=False, others=[entry])


def _require_no_bookings(therapist_id: str, *, now: datetime) -> None:
    if future_slots(therapist_id, now=now, state=SlotState.BOOKED):
        raise ZoneInUse
