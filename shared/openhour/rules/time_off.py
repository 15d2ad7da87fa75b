"""Time off: when the therapist is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.slots import Slot, SlotState


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """A span of instants, half open. With `cancel_booked` everyone in it is cancelled and told
    `message`. Raises ValueError where it would end before it begins."""

    time_off_id: str
    begins: datetime
    ends: datetime
    made_at: datetime
    cancel_booked: bool = False
    message: str | None = None

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("must end after it begins")

    def covers(self, slot: Slot) -> bool:
        """Whether any part of the slot falls in it."""
        return slot.start < self.ends and self.begins < slot.end

    def blocks(self, slot: Slot) -> bool:
        """Whether it takes the slot off the calendar: a slot that the therapist has opened or held
        by hand since then is left as it was set. One blocked by hand stays off, or a regular
        would be put there."""
        set_since = slot.manual_state_at is not None and slot.manual_state_at > self.made_at
        return self.covers(slot) and not (set_since and slot.manual_state is not SlotState.BLOCKED)
