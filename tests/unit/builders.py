"""Builders of values with defaults: a test names only the attributes that it is about.

`NOW` is Monday 23 November 2026, 09:00 in New York, in ISO week 2026-W48.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from infra.seed import NEW_YORK, NOW, W48, W49, W50, a_practice, an_entry, at, days_ago
from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.clients import Client, Strike
from openhour.rules.desired_calendar import Calendar
from openhour.rules.planning import SlotChange
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import slot_id_of, week_of

__all__ = ["NEW_YORK", "NOW", "W48", "W49", "W50", "a_practice", "an_entry", "at", "days_ago"]

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SYDNEY = ZoneInfo("Australia/Sydney")
KOLKATA = ZoneInfo("Asia/Kolkata")
ZONES = (NEW_YORK, BERLIN, LORD_HOWE, SYDNEY, KOLKATA)

OPEN, HELD, BOOKED, BLOCKED = SlotState.OPEN, SlotState.HELD, SlotState.BOOKED, SlotState.BLOCKED


def utc(text: str) -> datetime:
    """An instant written `2026-11-24 22:30` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def minutes_ago(n: float) -> datetime:
    return NOW - timedelta(minutes=n)


def a_slot(when: str = "2026-11-23 17:30", *, zone: ZoneInfo = NEW_YORK, **but: Any) -> Slot:
    """An open slot of 50 minutes that returns to what it is."""
    start = at(when, zone)
    state = but.get("state", OPEN)
    slot = Slot(
        slot_id=slot_id_of(start),
        week=week_of(start, zone),
        minutes=50,
        state=state,
        returns_to=OPEN if state is BOOKED else state,
    )
    return replace(slot, **but)


def a_booking(
    when: str = "2026-11-23 17:30",
    client_id: str = "ann",
    *,
    token: str = "b1",
    zone: ZoneInfo = NEW_YORK,
    **but: Any,
) -> Slot:
    """A slot that a client has booked, or in which a regular of theirs stands (`regular_id`)."""
    slot = a_slot(when, zone=zone, state=BOOKED, client_id=client_id)
    token = but.get("regular_id") or token
    return replace(slot, appointment_id=appointment_id_of(slot.slot_id, client_id, token), **but)


def a_regular(
    regular_id: str = "r1", client_id: str = "ann", when: str = "monday 17:30", **but: Any
) -> Regular:
    """A weekly regular since September."""
    weekday, start = when.split()
    regular = Regular(
        regular_id=regular_id,
        client_id=client_id,
        weekday=weekday,
        start=time.fromisoformat(start),
        first=date(2026, 9, 1),
    )
    return replace(regular, **but)


def time_off(since: str, until: str, **but: Any) -> TimeOff:
    """Time off in New York, taken a minute ago."""
    span = TimeOff(
        time_off_id="off1", begins=at(since), ends=at(until), made_at=NOW - timedelta(minutes=1)
    )
    return replace(span, **but)


def an_appointment(start: datetime | None = None, **but: Any) -> Appointment:
    """Ann's session at `start`, booked nine days ago."""
    slot_id = slot_id_of(start or at("2026-11-24 17:30"))
    appointment = Appointment(
        appointment_id=appointment_id_of(slot_id, "ann", "b1"),
        client_id="ann",
        minutes=50,
        made_at=days_ago(9),
    )
    return replace(appointment, **but)


def a_client(**but: Any) -> Client:
    """Ann, an active client with no session."""
    return replace(Client(client_id="ann", name="Ann"), **but)


def strikes(*instants: datetime) -> tuple[Strike, ...]:
    """A strike at each instant."""
    return tuple(Strike(appointment_id=f"a{n}", at=when) for n, when in enumerate(instants))


def a_calendar(*slots: Slot, **but: Any) -> Calendar:
    """A calendar with those rows, of `a_practice()` with no regulars and no time off."""
    return replace(Calendar(practice=a_practice(), slots=slots), **but)


def on(when: str, slots: Iterable[Slot], zone: ZoneInfo = NEW_YORK) -> Slot:
    """The one slot that starts then."""
    (found,) = (slot for slot in slots if slot.start == at(when, zone))
    return found


def starts(slots: Iterable[Slot], zone: ZoneInfo = NEW_YORK) -> list[str]:
    """The local starts of the slots, `2026-11-23 17:30`, in their order."""
    return [f"{slot.start.astimezone(zone):%Y-%m-%d %H:%M}" for slot in slots]


def carry_out(slots: Iterable[Slot], changes: Iterable[SlotChange]) -> tuple[Slot, ...]:
    """The rows once the changes have been written, each only over the row that it was made for."""
    rows = {slot.slot_id: slot for slot in slots}
    for change in changes:
        for gone in (*change.replaces, change.before):
            if gone is not None:
                assert rows.pop(gone.slot_id) == gone
        if change.after is not None:
            assert change.after.slot_id not in rows
            rows[change.after.slot_id] = change.after
    return tuple(rows[slot_id] for slot_id in sorted(rows))
