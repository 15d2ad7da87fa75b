"""The slots that regulars should have in the published weeks, derived from a snapshot alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from infra.cli.snapshot import (
    Row,
    Snapshot,
    end_of,
    instant,
    is_exception,
    occurs_on,
    start_of,
)


def blocks(span: Row, slot: Row) -> bool:
    """Return whether the time off covers the slot, unless it was set by hand afterwards."""
    if not (instant(span["begins"]) < end_of(slot) and start_of(slot) < instant(span["ends"])):
        return False
    set_at = slot.get("manual_state_at")
    blocked = slot.get("manual_state", "blocked") == "blocked"
    return blocked or (set_at is not None and instant(set_at) <= instant(span["made_at"]))


class ExpectedOccurrences:
    """The future slots that one therapist's regulars should have."""

    def __init__(self, rows: Snapshot, now: datetime) -> None:
        """Take the snapshot of a practice that has published something."""
        self._rows, self._now = rows, now

    @cached_property
    def days(self) -> list[date]:
        """Every local date from today through the last published week."""
        today = self._now.astimezone(self._rows.zone).date()
        through = self._rows.practice["published_through"]
        last = date.fromisocalendar(int(through[:4]), int(through[6:]), 7)
        return [today + timedelta(n) for n in range((last - today).days + 1)]

    @cached_property
    def by_slot_id(self) -> dict[str, Row]:
        """The regular of each expected slot; skipped occurrences are left out."""
        return {
            slot_id: regular
            for regular in self._rows.regulars.values()
            for day in self.days
            if occurs_on(regular, day) and not is_exception(regular, day)
            if (slot_id := self.slot_id(day, regular["start"]))
        }

    def slot_id(self, day: date, local_time: str) -> str | None:
        """Return the id of the first instant with that local time.

        None if it is in the past, or if the clock skips that time.
        """
        local = datetime.combine(day, time.fromisoformat(local_time))
        for offset in sorted({self._offset(local, fold) for fold in (0, 1)}, reverse=True):
            start = (local - offset).replace(tzinfo=UTC)
            if start.astimezone(self._rows.zone).replace(tzinfo=None) == local:
                return f"{start:%Y%m%dT%H%MZ}" if start > self._now else None
        return None

    def _offset(self, local: datetime, fold: int) -> timedelta:
        return local.replace(fold=fold, tzinfo=self._rows.zone).utcoffset() or timedelta(0)

    def is_off(self, slot: Row) -> bool:
        """Return whether time off covers the slot, unless it was set by hand afterwards."""
        return any(blocks(span, slot) for span in self._rows.time_off.values())

    def waiting(self, slot: Row) -> Row | None:
        """Return the regular that should have the slot and does not have it."""
        regular = self.by_slot_id.get(slot["slot_id"])
        placed = regular and slot.get("regular_id") == regular["regular_id"]
        return None if placed or self.is_off(slot) else regular
