"""Openings: the slots that may be booked, or will be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from openhour.api.times import Time, show_time
from openhour.rules.slots import Opening, Slot

if TYPE_CHECKING:
    from openhour.store.openings import Openings


class OpeningView(TypedDict):
    """A slot that is open, or will be."""

    slot_id: str
    start: Time
    end: Time


class OpeningsView(TypedDict):
    """The slots that a client may book now, and the zone in which they are told."""

    timezone: str | None
    slots: list[OpeningView]


def show_opening(slot: Slot | Opening, zone: ZoneInfo) -> OpeningView:
    """A slot, as whoever may book it sees it."""
    return {
        "slot_id": slot.slot_id,
        "start": show_time(slot.start, zone),
        "end": show_time(slot.end, zone),
    }


def show_openings(openings: Openings) -> OpeningsView:
    """The slots that a client may book now."""
    practice = openings.practice
    zone = practice.zone
    return {
        "timezone": practice.timezone,
        "slots": [show_opening(slot, zone) for slot in openings.slots],
    }
