"""What the regulars claim of the published weeks, worked out from the rows alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from infra.operate.rows import Row, Rows, end_of, instant, occurs_on, start_of


class Claims:
    """The slots, of those that have not started, that one therapist's regulars claim."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        """Take the rows of a practice that has published something."""
        self._rows, self._now = rows, now

    @cached_property
    def days(self) -> list[date]:
        """Every day from today through the last published week."""
        today = self._now.astimezone(self._rows.zone).date()
        through = self._rows.practice["published_through"]
        last = date.fromisocalendar(int(through[:4]), int(through[6:]), 7)
        return [today + timedelta(n) for n in range((last - today).days + 1)]

    @cached_property
    def claims(self) -> dict[str, Row]:
        """The regular that wants each slot, unless a person gave that occurrence up."""
        return {
            slot_id: regular
            for regular in self._rows.regulars.values()
            for day in self.days
            if occurs_on(regular, day) and day.isoformat() not in regular.get("skips", ())
            if (slot_id := self.slot_id(day, regular["start"]))
        }

    def slot_id(self, day: date, clock: str) -> str | None:
        """The first instant, from now on, at which the therapist's clock shows that time; None
        where it never does."""
        shown = datetime.combine(day, time.fromisoformat(clock))
        for offset in sorted({self._offset(shown, fold) for fold in (0, 1)}, reverse=True):
            start = (shown - offset).replace(tzinfo=UTC)
            if start.astimezone(self._rows.zone).replace(tzinfo=None) == shown:
                return f"{start:%Y%m%dT%H%MZ}" if start > self._now else None
        return None

    def _offset(self, shown: datetime, fold: int) -> timedelta:
        return shown.replace(fold=fold, tzinfo=self._rows.zone).utcoffset() or timedelta(0)

    def is_off(self, slot: Row) -> bool:
        """Whether time off takes the slot, which no hand has opened or held since."""
        return any(
            instant(span["begins"]) < end_of(slot) and start_of(slot) < instant(span["ends"])
            for span in self._rows.time_off.values()
            if slot.get("manual_state", "blocked") == "blocked"
            or (
                "manual_state_at" in slot
                and instant(slot["manual_state_at"]) <= instant(span["made_at"])
            )
        )

    def waiting(self, slot: Row) -> Row | None:
        """The regular that claims the slot and doesn't have it."""
        claim = self.claims.get(slot["slot_id"])
        stands = claim and slot.get("regular_id") == claim["regular_id"]
        return None if stands or self.is_off(slot) else claim
