"""Intake: new clients may register only while the schedule is light."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from openhour.rules.clients import Client
from openhour.rules.erasure import is_anonymized
from openhour.rules.practice import Practice
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCounts:
    """How many registrations were confirmed this week, and how many asked for today."""

    confirmed: int = 0
    asked: int = 0


_COUNTED_STATES = (SlotState.BOOKED, SlotState.OPEN, SlotState.HELD)


def intake_window(practice: Practice, *, now: datetime) -> tuple[datetime, datetime]:
    """Return the span whose slots decide in mode `auto`: the next `intake_weeks` weeks."""
    return now, now + timedelta(weeks=practice.intake_weeks)


def booked_share(slots: Iterable[Slot], *, now: datetime) -> float:
    """Return booked / (booked + open + held) of the future slots, or 1.0 if there are none."""
    counted = [slot for slot in slots if slot.start > now and slot.state in _COUNTED_STATES]
    return sum(slot.booked for slot in counted) / len(counted) if counted else 1.0


def may_register(practice: Practice) -> bool:
    """Return whether new clients may register in some week.

    Nobody registers in a practice that names no crisis line.
    """
    is_open = practice.intake is not Intake.CLOSED and practice.intake_per_week > 0
    return practice.self_scheduling and bool(practice.crisis_line) and is_open


def is_accepting(
    practice: Practice, slots: Iterable[Slot], *, counts: IntakeCounts, now: datetime
) -> bool:
    """Return whether a new client may register, after as many have done so."""
    if not may_register(practice) or counts.confirmed >= practice.intake_per_week:
        return False
    if counts.asked >= practice.registrations_per_day:
        return False
    return practice.intake is Intake.OPEN or booked_share(slots, now=now) < practice.intake_below


def registered_in(clients: Iterable[Client], practice: Practice, week: Week) -> tuple[Client, ...]:
    """Return the clients who registered online in a week, oldest first, without erased ones."""
    came = [
        (each.created_at, each.client_id, each)
        for each in clients
        if each.registered_online and each.created_at and not is_anonymized(each)
    ]
    return tuple(client for at, _, client in sorted(came) if practice.week_of(at) == week)


def registrations_expire_at(week: Week) -> datetime:
    """Return when a week's count of registrations may be deleted.

    That is a week after the week has ended in the last time zone.
    """
    return datetime.combine((week + 2).monday, time.min, tzinfo=UTC)


def day_expires_at(day: date) -> datetime:
    """Return when a day's count of registrations may be deleted, two days after it has ended."""
    return datetime.combine(day + timedelta(days=3), time.min, tzinfo=UTC)
