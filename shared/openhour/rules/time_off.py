"""Time off: when the therapist is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.slots import Slot, SlotState


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """A half-open span of instants.

    With `cancel_booked` every session in it is cancelled, and its client is told `message`, unless
    `notify` is false.

    Raises:
        ValueError: It would end before it begins.
    """

    time_off_id: str
    begins: datetime
    ends: datetime
    made_at: datetime
    cancel_booked: bool = False
    message: str | None = None
    notify: bool = True

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("must end after it begins")

    def covers(self, slot: Slot) -> bool:
        """Return whether any part of the slot falls into it."""
        return slot.start < self.ends and self.begins < slot.end

    def blocks(self, slot: Slot) -> bool:
        """Return whether it takes the slot off the calendar.

        A slot that the therapist opened or held by hand afterwards stays. One blocked by hand
        stays blocked, or a regular would be placed there.
        """
        set_since = slot.manual_state_at is not None and slot.manual_state_at > self.made_at
        return self.covers(slot) and not (set_since and slot.manual_state is not SlotState.BLOCKED)
