"""Series: a regular as one recurring event of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from openhour.rules.mails import RegularFacts
from openhour.rules.weeks import instant_of

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Series:
    """A regular's occurrences: on the wall clock of a zone that the entry declares, else in UTC."""

    regular: RegularFacts
    zone: ZoneInfo
    is_declared: bool

    @cached_property
    def first(self) -> date:
        """The date of the first occurrence."""
        first = self.regular.first
        return first + timedelta(days=(self.regular.weekday - first.weekday()) % 7)

    def has(self, day: date) -> bool:
        """Return whether a date has an occurrence, skipped or not."""
        regular = self.regular
        weeks, rest = divmod((day - self.first).days, 7)
        is_inside = day >= self.first and (regular.until is None or day <= regular.until)
        return is_inside and rest == 0 and weeks % regular.every_weeks == 0

    def days(self, last: date) -> Iterator[date]:
        """Yield the dates of the occurrences up to `last`, without those that are skipped."""
        day = self.first
        while day <= last:
            if self.has(day) and day not in self.regular.skipped:
                yield day
            day += timedelta(weeks=self.regular.every_weeks)

    def id_of(self, day: date) -> datetime:
        """Return the start by which the recurrence rule knows a date's occurrence."""
        if self.is_declared:
            return datetime.combine(day, self.regular.start, tzinfo=self.zone)
        return self._first_start + (day - self.first)

    def start_of(self, day: date) -> datetime | None:
        """Return the instant at which a date's session starts; None where the clock skips it."""
        return instant_of(day, self.regular.start, self.zone)

    def rule(self, *, until: datetime | None) -> dict[str, object]:
        """Return the recurrence rule, which ends with `until` if the regular does not before."""
        regular = self.regular
        weekday = self.id_of(self.first).weekday()
        rule = {"FREQ": "WEEKLY", "INTERVAL": regular.every_weeks, "BYDAY": _WEEKDAYS[weekday]}
        ends = [until] if until else []
        if regular.until:
            ends.append(datetime.combine(regular.until, time(23, 59, 59), tzinfo=self.zone))
        return {**rule, "UNTIL": min(ends).astimezone(UTC)} if ends else rule

    @cached_property
    def _first_start(self) -> datetime:
        return datetime.combine(self.first, self.regular.start, tzinfo=self.zone).astimezone(UTC)
