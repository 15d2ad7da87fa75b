"""The nearest openings, for a client whose slot is gone."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from openhour.api.openings import opening_view
from openhour.rules.refusals import Refusal, SlotTaken
from openhour.rules.weeks import start_of
from openhour.use_cases.openings import list_open

_MAX_ALTERNATIVES = 3
_SPAN = timedelta(weeks=2)


def slot_taken_with_alternatives(therapist_id: str, slot_id: str, *, now: datetime) -> SlotTaken:
    """Return the refusal of a taken slot, with the three nearest open ones within two weeks.

    It has none if they can't be read.
    """
    with suppress(Refusal):
        wanted = start_of(slot_id)
        openings = list_open(
            therapist_id,
            since=(wanted - _SPAN).date(),
            until=(wanted + _SPAN).date(),
            now=now,
        )
        by_distance = sorted(openings.slots, key=lambda slot: abs(slot.start - wanted))
        zone = openings.practice.zone
        return SlotTaken(
            nearest=[opening_view(slot, zone) for slot in by_distance[:_MAX_ALTERNATIVES]]
        )
    return SlotTaken(nearest=[])
