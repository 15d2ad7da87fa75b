"""Settings: changed one by one, and the switch that lets clients book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from openhour.rules.practice import Practice
from openhour.rules.readiness import refuse_unready
from openhour.rules.refusals import Busy, ZoneInUse
from openhour.rules.settings import change_practice, replans
from openhour.rules.slots import SlotState
from openhour.rules.trail import Act, changed
from openhour.rules.weeks import slot_id_of
from openhour.store.faults import pause
from openhour.store.hours import refuse_stale
from openhour.store.planning import finish
from openhour.store.practices import read_practice, write_practice
from openhour.store.reading import select
from openhour.store.tables import SlotRow
from openhour.store.trail import note
from openhour.store.transactions import Refused

_ATTEMPTS = 20


def change_settings(
    therapist_id: str, changes: Mapping[str, Any], *, if_match: int | None, now: datetime
) -> Practice:
    """Change some settings; the calendar follows a new zone or horizon at once. Raises Stale,
    Invalid, ZoneInUse, Busy."""
    for attempt in range(_ATTEMPTS):
        before = read_practice(therapist_id)
        refuse_stale(before, if_match)
        today = now.astimezone(before.zone).date()
        after = change_practice(before, changes, today=today)
        if after.timezone != before.timezone:
            _refuse_zone_in_use(therapist_id, now=now)
        if after == before:
            return before
        plans = replans(before, after)
        noted = note(therapist_id, Act.CHANGE_SETTINGS, now=now, details=changed(before, after))
        try:
            written = write_practice(before, after, plans=plans, others=[noted])
        except Refused:
            pause(attempt)
        else:
            return finish(therapist_id, now=now).calendar.practice if plans else written
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
        refuse_stale(before, if_match)
        if enabled and not before.self_scheduling:
            planned = finish(therapist_id, now=now)
            before = planned.calendar.practice
            refuse_unready(before, planned.conflicts, regulars_entered=regulars_entered)
        if before.self_scheduling == enabled:
            return before
        after = replace(before, self_scheduling=enabled)
        noted = note(therapist_id, Act.SWITCH_ON if enabled else Act.SWITCH_OFF, now=now)
        try:
            return write_practice(before, after, plans=False, others=[noted])
        except Refused:
            pause(attempt)
    raise Busy


def _refuse_zone_in_use(therapist_id: str, *, now: datetime) -> None:
    future = SlotRow.slot_id > slot_id_of(now)
    booked = SlotRow.state == SlotState.BOOKED
    if select(SlotRow, therapist_id, future, booked):
        raise ZoneInUse
