"""Intake: new clients get in only while the schedule is light."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from openhour.rules.practice import Intake, Practice
from openhour.rules.refusals import NotAccepting
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week

_COUNTED_STATES = (SlotState.BOOKED, SlotState.OPEN, SlotState.HELD)


def intake_window(practice: Practice, *, now: datetime) -> tuple[datetime, datetime]:
    """The span whose slots decide under `auto`: the next `intake_weeks` weeks."""
    return now, now + timedelta(weeks=practice.intake_weeks)


def booked_share(slots: Iterable[Slot], *, now: datetime) -> float:
    """How full the future slots are: booked / (booked + open + held); full where there are none."""
    counted = [slot for slot in slots if slot.start > now and slot.state in _COUNTED_STATES]
    return sum(slot.booked for slot in counted) / len(counted) if counted else 1.0


def is_accepting(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> bool:
    """Whether a new client may register now, `registered` having done so this week."""
    if not practice.self_scheduling or registered >= practice.intake_per_week:
        return False
    if practice.intake is Intake.AUTO:
        return booked_share(slots, now=now) < practice.intake_below
    return practice.intake is Intake.OPEN


def require_accepting(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> None:
    """Raise NotAccepting unless a new client may register now."""
    if not is_accepting(practice, slots, registered=registered, now=now):
        raise NotAccepting


def expires_at(week: Week) -> datetime:
    """When the count of a week's registrations is of no more use: a week after the last zone has
    left it."""
    return datetime.combine((week + 2).monday, time.min, tzinfo=UTC)
