"""Weeks, slot ids, and the conversion between the therapist's clock and UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SLOT_ID = "%Y%m%dT%H%MZ"
_IS_SLOT_ID = re.compile(r"[1-9]\d{7}T([01]\d|2[0-3])[0-5]\dZ", re.ASCII)
"""What `_SLOT_ID` writes, with years of four digits."""
_KEPT = 4096
"""Slot ids whose starts are remembered: every list of slots and of appointments reads them."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week in the therapist's zone, written `2026-W48`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week of a date."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Return the week written like `2026-W48`.

        Raises:
            ValueError: The text is no week. Week 53 of a short year is none, nor are weeks of the
                first and last year of `datetime`, which no time zone shows in full.
        """
        year, mark, number = text[:4], text[4:6], text[6:]
        if mark != "-W" or len(number) != 2 or not _is_number(year + number):
            raise ValueError(f"not a week: {text!r}")
        if not MINYEAR < int(year) < MAXYEAR:
            raise ValueError(f"no such week: {text!r}")
        return cls(int(year), int(number))

    @property
    def monday(self) -> date:
        """The week's first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def day(self, weekday: str) -> date:
        """Return the date of `weekday` in this week."""
        return self.monday + timedelta(days=WEEKDAYS.index(weekday))

    def __add__(self, weeks: int) -> Week:
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"


def weeks_between(first: Week, last: Week) -> tuple[Week, ...]:
    """Return every week from `first` through `last`."""
    return tuple(first + n for n in range((last.monday - first.monday).days // 7 + 1))


def week_of(instant: datetime, zone: ZoneInfo) -> Week:
    """Return the week of an instant on the therapist's calendar."""
    return Week.of(instant.astimezone(zone).date())


def slot_id_of(start: datetime) -> str:
    """Return the slot id of a start: UTC, basic ISO 8601, to the minute."""
    return start.astimezone(UTC).strftime(_SLOT_ID)


@lru_cache(_KEPT)
def start_of(slot_id: str) -> datetime:
    """Return the start that a slot id names.

    Raises:
        ValueError: It names none, or one that not every time zone can show.
    """
    start = datetime.fromisoformat(slot_id) if _IS_SLOT_ID.fullmatch(slot_id) else None
    if start is None or start.year == MAXYEAR:
        raise ValueError(f"not a slot id: {slot_id!r}")
    return start


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a wall-clock time, in UTC.

    It is the first one where the clock shows the time twice, and None where the clock skips it.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    instant = local.astimezone(UTC)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    return instant if shown == local.replace(tzinfo=None) else None


def local_start(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the therapist's clock shows at an instant, without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def skipped_slot_id(day: date, at: time, zone: ZoneInfo) -> str:
    """Return the id under which a skipped start is reported.

    It is the same time by the clock before the change (PEP 495, fold=0).
    """
    return slot_id_of(datetime.combine(day, at, tzinfo=zone))


def parse_time(text: str) -> time:
    """Return the time written like `17:30`.

    Raises:
        ValueError: The text is no time of day.
    """
    if len(text) != 5 or text[2] != ":" or not _is_number(text[:2] + text[3:]):
        raise ValueError(f"not a time of day: {text!r}")
    return time(int(text[:2]), int(text[3:]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
