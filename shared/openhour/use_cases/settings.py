"""Settings: changed one by one, and the switch that lets clients book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.practice import Practice
from openhour.rules.readiness import require_ready
from openhour.rules.refusals import Busy, ZoneInUse
from openhour.rules.settings import requires_planning, with_changes
from openhour.rules.slots import SlotState
from openhour.rules.weeks import slot_id_of
from openhour.store.audit_log import audit_entry
from openhour.store.models import SlotRow
from openhour.store.practices import read_practice, write_practice
from openhour.store.queries import query
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed
from openhour.use_cases.hours import require_version
from openhour.use_cases.planning import carry_out_plan

_ATTEMPTS = 20


def change_settings(
    therapist_id: str, changes: Mapping[str, Any], *, if_match: int | None, now: datetime
) -> Practice:
    """Change some settings; the calendar follows a new zone or horizon at once. Raises Stale,
    Invalid, ZoneInUse, Busy."""
    for attempt in range(_ATTEMPTS):
        before = read_practice(therapist_id)
        require_version(before, if_match)
        today = now.astimezone(before.zone).date()
        after = with_changes(before, changes, today=today)
        if after.timezone != before.timezone:
            _refuse_zone_in_use(therapist_id, now=now)
        if after == before:
            return before
        plans = requires_planning(before, after)
        noted = audit_entry(
            therapist_id,
            AuditAction.CHANGE_SETTINGS,
            now=now,
            details=changed_fields(before, after),
        )
        try:
            written = write_practice(before, after, plans=plans, others=[noted])
        except ConditionFailed:
            back_off(attempt)
        else:
            return carry_out_plan(therapist_id, now=now).calendar.practice if plans else written
    raise Busy


def switch(
    therapist_id: str,
    *,
    enabled: bool,
    regulars_entered: bool,
    if_match: int | None = None,
    now: datetime,
) -> Practice:
    """Let clients book, once what was asked for so far is on the calendar, or no longer. Raises
    Stale, NotReady where something is missing, Busy."""
    for attempt in range(_ATTEMPTS):
        before = read_practice(therapist_id)
        require_version(before, if_match)
        if enabled and not before.self_scheduling:
            planned = carry_out_plan(therapist_id, now=now)
            before = planned.calendar.practice
            require_ready(before, planned.conflicts, regulars_entered=regulars_entered)
        if before.self_scheduling == enabled:
            return before
        after = replace(before, self_scheduling=enabled)
        noted = audit_entry(
            therapist_id, AuditAction.SWITCH_ON if enabled else AuditAction.SWITCH_OFF, now=now
        )
        try:
            return write_practice(before, after, plans=False, others=[noted])
        except ConditionFailed:
            back_off(attempt)
    raise Busy


def _refuse_zone_in_use(therapist_id: str, *, now: datetime) -> None:
    future = SlotRow.slot_id > slot_id_of(now)
    booked = SlotRow.state == SlotState.BOOKED
    if query(SlotRow, therapist_id, future, booked):
        raise ZoneInUse
