"""Readiness: what must be true before clients may book."""

from __future__ import annotations

from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.practice import Practice
from openhour.rules.refusals import NotReady


def missing_requirements(
    practice: Practice, conflicts: tuple[Conflict, ...], *, regulars_entered: bool
) -> list[str]:
    """What keeps self-scheduling from being switched on, in the order to see to it. A start that
    the clock skips is reported as a conflict, and so is a slot that another, free one leaves no
    room for; but there is nobody with whom to settle it, so it keeps nothing from going on."""
    unsettled = any(_concerns_a_client(conflict) for conflict in conflicts)
    checks = {
        "hours": bool(practice.hours),
        "timezone": practice.timezone is not None,
        "office_phone": bool(practice.office_phone),
        "regulars_entered": regulars_entered,
        "conflicts": not unsettled,
    }
    return [name for name, there in checks.items() if not there]


def _concerns_a_client(conflict: Conflict) -> bool:
    return conflict.reason is not Reason.CLOCK_CHANGE and bool(
        conflict.client_id or conflict.regular_id
    )


def require_ready(
    practice: Practice, conflicts: tuple[Conflict, ...], *, regulars_entered: bool
) -> None:
    """Raise NotReady, with what is missing, unless clients may be let in."""
    missing = missing_requirements(practice, conflicts, regulars_entered=regulars_entered)
    if missing:
        raise NotReady(missing=missing)
