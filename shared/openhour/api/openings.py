"""Openings: the dates between which slots are listed, and the views of those slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler.openapi.params import Query
from typing_extensions import TypedDict

from openhour.api.request_fields import Date
from openhour.api.times import Time, format_time
from openhour.rules.slots import Opening, Slot

if TYPE_CHECKING:
    from datetime import datetime

    from openhour.use_cases.openings import Openings

Since = Annotated[
    Date | None, Query(alias="from", description="The first local date. Left out: today.")
]
Until = Annotated[
    Date | None, Query(alias="to", description="The local date before which to stop.")
]
"""The local dates between which slots are listed, half open."""


class OpeningView(TypedDict):
    """A slot that is open, or will be."""

    slot_id: str
    start: Time
    end: Time


class OpeningsView(TypedDict):
    """The slots that a client may book now, and the time zone of their times."""

    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""
    timezone: str | None
    slots: list[OpeningView]
    """The slots that the client may book, in order of time."""


def opening_view(slot: Slot | Opening, zone: ZoneInfo) -> OpeningView:
    """Return a client's view of a slot."""
    return {
        "slot_id": slot.slot_id,
        "start": format_time(slot.start, zone),
        "end": format_time(slot.end, zone),
    }


def openings_view(openings: Openings, *, now: datetime) -> OpeningsView:
    """Return the view of the slots that a client may book now."""
    practice = openings.practice
    zone = practice.zone
    return {
        "now": format_time(now, zone),
        "timezone": practice.timezone,
        "slots": [opening_view(slot, zone) for slot in openings.slots],
    }
