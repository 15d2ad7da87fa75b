"""Intake: new clients get in only while the schedule is light."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from openhour.rules.practice import Intake, Practice
from openhour.rules.refusals import NotAccepting
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week

_COUNTED = (SlotState.BOOKED, SlotState.OPEN, SlotState.HELD)


def looks_ahead(practice: Practice, *, now: datetime) -> tuple[datetime, datetime]:
    """The span whose slots decide under `auto`: the next `intake_weeks` weeks."""
    return now, now + timedelta(weeks=practice.intake_weeks)


def load(slots: Iterable[Slot], *, now: datetime) -> float:
    """How full the future slots are: booked / (booked + open + held); full where there are none."""
    counted = [slot for slot in slots if slot.start > now and slot.state in _COUNTED]
    return sum(slot.booked for slot in counted) / len(counted) if counted else 1.0


def is_accepting(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> bool:
    """Whether a new client may register now, `registered` having done so this week."""
    if not practice.self_scheduling or registered >= practice.intake_per_week:
        return False
    if practice.intake is Intake.AUTO:
        return load(slots, now=now) < practice.intake_below
    return practice.intake is Intake.OPEN


def refuse_registration(
    practice: Practice, slots: Iterable[Slot], *, registered: int, now: datetime
) -> None:
    """Raise NotAccepting unless a new client may register now."""
    if not is_accepting(practice, slots, registered=registered, now=now):
        raise NotAccepting


def forgotten_at(week: Week) -> datetime:
    """When the count of a week's registrations is of no more use: a week after the last zone has
    left it."""
    return datetime.combine((week + 2).monday, time.min, tzinfo=UTC)
