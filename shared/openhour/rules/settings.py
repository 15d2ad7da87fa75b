"""Settings: what a therapist may set, and how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.release import require_existing_time

BOUNDS: Mapping[str, tuple[float, float]] = {
    "horizon_weeks": (1, 26),
    "booking_notice_hours": (0, 168),
    "cancellation_notice_hours": (0, 168),
    "grace_minutes": (0, 120),
    "max_per_week": (1, 7),
    "strike_limit": (1, 20),
    "strike_window_days": (7, 730),
    "intake_weeks": (1, 26),
    "intake_below": (0, 1),
    "intake_per_week": (0, 50),
}
"""The least and the most of each setting, both allowed."""
_NOT_ZONES = frozenset({"Factory", "localtime"})
"""What the time zone database, and some machines beside it, name without meaning any place."""
_PLANNED_FIELDS = ("hours", "timezone", "horizon_weeks", "released_through")


def with_changes(practice: Practice, changes: Mapping[str, Any], *, today: date) -> Practice:
    """The practice with some settings changed. Raises Invalid for one that is out of bounds, a
    zone that doesn't exist, an intake that looks past the horizon, a release at a time that the
    clock skips."""
    for name in changes.keys() & BOUNDS.keys():
        least, most = BOUNDS[name]
        if not least <= changes[name] <= most:
            raise Invalid.field(name, f"Must be {least:g} to {most:g}.")
    if "timezone" in changes and changes["timezone"] not in available_timezones() - _NOT_ZONES:
        raise Invalid.field("timezone", "No such time zone: give one like America/New_York.")
    changed = replace(practice, **changes)
    if "office_phone" in changes and changed.self_scheduling and not changed.office_phone:
        message = "Clients are told to call it: switch self-scheduling off first."
        raise Invalid.field("office_phone", message)
    looks_far = changed.intake_weeks > changed.horizon_weeks
    if looks_far and changes.keys() & {"intake_weeks", "horizon_weeks"}:
        raise Invalid.field("intake_weeks", "Must not exceed horizon_weeks.")
    if changed.timezone and changes.keys() & {"release", "timezone"}:
        require_existing_time(changed.release, ZoneInfo(changed.timezone), today=today)
    return changed


def requires_planning(before: Practice, after: Practice) -> bool:
    """Whether the change is a planning act: the calendar follows it."""
    return any(getattr(before, name) != getattr(after, name) for name in _PLANNED_FIELDS)
