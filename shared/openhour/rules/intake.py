"""Intake: new clients may register only while the schedule is light."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from openhour.rules.practice import Practice
from openhour.rules.refusals import NotAccepting
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week

_COUNTED_STATES = (SlotState.BOOKED, SlotState.OPEN, SlotState.HELD)


def intake_window(practice: Practice, *, now: datetime) -> tuple[datetime, datetime]:
    """Return the span whose slots decide in mode `auto`: the next `intake_weeks` weeks."""
    return now, now + timedelta(weeks=practice.intake_weeks)


def booked_share(slots: Iterable[Slot], *, now: datetime) -> float:
    """Return booked / (booked + open + held) of the future slots, or 1.0 if there are none."""
    counted = [slot for slot in slots if slot.start > now and slot.state in _COUNTED_STATES]
    return sum(slot.booked for slot in counted) / len(counted) if counted else 1.0


def is_accepting(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> bool:
    """Return whether a new client may register, after `registered` have done so this week.

    Nobody registers in a practice that names no crisis line.
    """
    can_register = practice.self_scheduling and practice.crisis_line
    if not can_register or registered >= practice.intake_per_week:
        return False
    if practice.intake is Intake.AUTO:
        return booked_share(slots, now=now) < practice.intake_below
    return practice.intake is Intake.OPEN


def require_accepting(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> None:
    """Require that a new client may register now.

    Raises:
        NotAccepting: They may not.
    """
    if not is_accepting(practice, slots, registered=registered, now=now):
        raise NotAccepting


def registrations_expire_at(week: Week) -> datetime:
    """Return when a week's count of registrations may be deleted.

    That is a week after the week has ended in the last time zone.
    """
    return datetime.combine((week + 2).monday, time.min, tzinfo=UTC)
