"""A slot: one bookable time on one date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from openhour.rules.weeks import Week, local_start, start_of

_KEPT = 4096
"""Openings that are remembered, since clients of one practice list the same ones again."""
_MAX_WRITES_PER_PLAN = 1_000_000
"""No slot is written as often under one plan."""


class SlotState(StrEnum):
    """The state of a slot. Prime slots are held until their week is released."""

    OPEN = "open"
    HELD = "held"
    BOOKED = "booked"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One row of the calendar, `minutes` long.

    `returns_to` is the state after its booking ends, and equals `state` on a free slot.
    `manual_state` is the state that the therapist set by hand at `manual_state_at`, and `note` what
    they wrote about it for themselves. `extra` marks
    an opening outside the hours. `local_start` is the wall-clock start that was published, or
    promised to the client who has the slot. `waiting_since` is when the plan first found a regular
    kept from the slot, and `confirmed_at` when the therapist last chose to have its booking there.
    `revision` counts the writes of the row, from `first_revision` on.
    """

    slot_id: str
    week: Week
    minutes: int
    state: SlotState
    returns_to: SlotState
    prime: bool = False
    extra: bool = False
    manual_state: SlotState | None = None
    manual_state_at: datetime | None = None
    note: str | None = None
    client_id: str | None = None
    appointment_id: str | None = None
    regular_id: str | None = None
    local_start: datetime | None = None
    waiting_since: datetime | None = None
    confirmed_at: datetime | None = None
    revision: int = 0

    @property
    def start(self) -> datetime:
        """The start, in UTC."""
        return start_of(self.slot_id)

    @property
    def end(self) -> datetime:
        """The end, in UTC."""
        return self.start + timedelta(minutes=self.minutes)

    def promised_start(self, zone: ZoneInfo) -> datetime:
        """Return the wall-clock start that was published, by the present rules if none is known."""
        return self.local_start or local_start(self.start, zone)

    @property
    def booked(self) -> bool:
        """Whether a client has the slot."""
        return self.state is SlotState.BOOKED

    def overlaps(self, other: Slot) -> bool:
        """Return whether two slots share any time."""
        return self.start < other.end and other.start < self.end

    def when_freed(self) -> Slot:
        """Return the slot after its booking has ended."""
        return replace(
            self,
            state=self.returns_to,
            client_id=None,
            appointment_id=None,
            regular_id=None,
            confirmed_at=None,
        )


def first_revision(plan: int) -> int:
    """Return the revision of a row that is added under a plan.

    It is higher than any revision of an earlier row of the same slot, so that the two differ.
    """
    return plan * _MAX_WRITES_PER_PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a client sees of a bookable slot: its id, start and end, in UTC."""

    slot_id: str
    start: datetime
    end: datetime

    @classmethod
    @lru_cache(_KEPT)
    def of(cls, slot_id: str, minutes: int) -> Opening:
        """Return the opening of a slot that is `minutes` long."""
        start = start_of(slot_id)
        return cls(slot_id=slot_id, start=start, end=start + timedelta(minutes=minutes))
