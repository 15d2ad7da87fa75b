"""Readiness: what must be true before clients may book."""

from __future__ import annotations

from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.practice import Practice
from openhour.rules.refusals import NotReady


def missing_requirements(
    practice: Practice, conflicts: tuple[Conflict, ...], *, regulars_entered: bool
) -> list[str]:
    """Return what keeps self-scheduling from being switched on, in the order in which to fix it.

    Conflicts that nobody can settle don't count: a start that the clock skips, a regular's slot
    that became free without notice, and a free slot that leaves no room for another.
    """
    unsettled = any(_can_be_settled(conflict) for conflict in conflicts)
    checks = {
        "hours": bool(practice.hours),
        "timezone": practice.timezone is not None,
        "office_phone": bool(practice.office_phone),
        "crisis_line": bool(practice.crisis_line),
        "regulars_entered": regulars_entered,
        "conflicts": not unsettled,
    }
    return [name for name, there in checks.items() if not there]


def _can_be_settled(conflict: Conflict) -> bool:
    if conflict.reason is Reason.CLOCK_CHANGE:
        return conflict.appointment_id is not None
    named = conflict.client_id or conflict.regular_id
    return conflict.reason is not Reason.NO_NOTICE and named is not None


def require_ready(
    practice: Practice, conflicts: tuple[Conflict, ...], *, regulars_entered: bool
) -> None:
    """Require that clients may book.

    Raises:
        NotReady: With what is `missing`.
    """
    missing = missing_requirements(practice, conflicts, regulars_entered=regulars_entered)
    if missing:
        raise NotReady(missing=missing)
