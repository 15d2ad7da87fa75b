"""A timeline on which no two slots overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import datetime

from openhour.rules.slots import Slot


class Timeline:
    """Slots in the order of their starts."""

    def __init__(self, slots: Iterable[Slot] = ()) -> None:
        self._slots = {slot.start: slot for slot in slots}
        self._starts: list[datetime] = sorted(self._slots)

    def __iter__(self) -> Iterator[Slot]:
        return (self._slots[start] for start in self._starts)

    def put(self, slot: Slot) -> None:
        """Add a slot, replacing one with the same start."""
        if slot.start not in self._slots:
            insort(self._starts, slot.start)
        self._slots[slot.start] = slot

    def overlapping(self, slot: Slot) -> list[Slot]:
        """Return the other slots that share time with `slot`."""
        first = max(0, bisect_left(self._starts, slot.start) - 1)
        last = bisect_left(self._starts, slot.end)
        near = (self._slots[start] for start in self._starts[first:last])
        return [other for other in near if other.overlaps(slot) and other.start != slot.start]
