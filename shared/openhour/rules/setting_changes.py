"""Changes of settings: what must be true of them, and which have to be planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from openhour.rules.origins import require_origins
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.release import require_existing_time
from openhour.rules.settings import setting_specs
from openhour.rules.zones import is_zone

_PLANNED_FIELDS = ("hours", "timezone", "horizon_weeks", "released_through")
_NEEDED_WHILE_ON = {
    "office_phone": "Clients are told to call it",
    "crisis_line": "Clients rely on it",
}
"""The settings that can't be removed while self-scheduling is on, and why."""


def with_changes(practice: Practice, changes: Mapping[str, Any], *, today: date) -> Practice:
    """Return the practice with some settings changed.

    Raises:
        Invalid: A value is out of bounds, the zone does not exist, an origin is none or is named
            twice, the intake looks past the horizon, the clock skips the release time, or clients
            would miss the office phone or the crisis line.
    """
    for name in changes:
        _require_bounds(name, changes[name])
    if "timezone" in changes and not is_zone(changes["timezone"]):
        raise Invalid.field("timezone", "No such time zone: give one like America/New_York.")
    changed = replace(practice, **changes)
    if changed.self_scheduling:
        for name, message in _NEEDED_WHILE_ON.items():
            if name in changes and not getattr(changed, name):
                raise Invalid.field(name, f"{message}: switch self-scheduling off first.")
    looks_far = changed.intake_weeks > changed.horizon_weeks
    if looks_far and changes.keys() & {"intake_weeks", "horizon_weeks"}:
        raise Invalid.field("intake_weeks", "Must not exceed horizon_weeks.")
    if changed.timezone and changes.keys() & {"release", "timezone"}:
        require_existing_time(changed.release, changed.zone, today=today)
    return changed


def requires_planning(before: Practice, after: Practice) -> bool:
    """Return whether the change is a planning act, which the calendar has to follow."""
    return any(getattr(before, name) != getattr(after, name) for name in _PLANNED_FIELDS)


def _require_bounds(name: str, value: Any) -> None:
    spec = setting_specs().get(name)
    if spec is None:
        return
    if spec.max_length is not None and value and len(value) > spec.max_length:
        raise Invalid.field(name, f"Must have at most {spec.max_length} characters.")
    if spec.max_items is not None:
        require_origins(name, value, most=spec.max_items)
    if spec.minimum is None or spec.maximum is None or value is None:
        return
    if not spec.minimum <= value <= spec.maximum:
        raise Invalid.field(name, f"Must be {spec.minimum:g} to {spec.maximum:g}.")
