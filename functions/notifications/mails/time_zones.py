"""Time zones in calendar entries: a zone's rule of today, as RFC 5545 writes it.

The rule is the last line of the zone's file (RFC 9636), a POSIX TZ string such as
`EST5EDT,M3.2.0,M11.1.0`. One STANDARD and one DAYLIGHT part are all that every calendar reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import TypeVar
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_OFFSET = r"([-+]?\d+(?::\d+)*)"
_CHANGE = r"M(\d+)\.(\d)\.(\d)(?:/([-+]?\d+(?::\d+)*))?"
_FIXED = re.compile(_NAME + _OFFSET)
_RULED = re.compile(f"{_NAME}{_OFFSET}{_NAME}{_OFFSET}?,{_CHANGE},{_CHANGE}")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST = 5
"""The week of a month that stands for the last one."""
_DAYS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_FIRST_YEAR = 1970
_COMPARED = timedelta(days=800)
_MINUTE = timedelta(minutes=1)
_Part = TypeVar("_Part", TimezoneStandard, TimezoneDaylight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """When the clocks change every year: a weekday of a range of days, at a local time.

    `weekday` is 0 for Sunday.
    """

    month: int
    days: tuple[int, ...]
    weekday: int
    at: timedelta

    def in_year(self, year: int) -> datetime:
        """Return the local time of a year's change, as the clock shows it before."""
        dates = (date(year, self.month, day) for day in self.days)
        (found,) = [day for day in dates if day.isoweekday() % 7 == self.weekday]
        return datetime.combine(found, time()) + self.at

    @property
    def rule(self) -> dict[str, object]:
        """The recurrence rule."""
        yearly: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": self.month}
        week = (self.days[0] + 6) // 7
        if self.days[-1] == _DAYS[self.month]:
            return {**yearly, "BYDAY": f"-1{_WEEKDAYS[self.weekday]}"}
        if self.days[0] % 7 == 1:
            return {**yearly, "BYDAY": f"{week}{_WEEKDAYS[self.weekday]}"}
        return {**yearly, "BYDAY": _WEEKDAYS[self.weekday], "BYMONTHDAY": list(self.days)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Standard or daylight saving time, and the change with which it begins."""

    name: str
    offset: timedelta
    change: Change | None = None


def vtimezone(zone: ZoneInfo, *, around: datetime) -> Timezone | None:
    """Return the declaration of a zone.

    It is None where the rule is not what the zone's clocks show in the two years after `around`,
    such as in Morocco, whose clocks follow Ramadan.
    """
    periods = _periods(zone.key)
    if not periods or not _holds(zone, periods, around):
        return None
    declared = Timezone()
    declared.add("TZID", zone.key)
    low, high = min(periods, key=_offset), max(periods, key=_offset)
    declared.add_component(_part(TimezoneStandard(), low, before=high))
    if low != high:
        declared.add_component(_part(TimezoneDaylight(), high, before=low))
    return declared


def _part(part: _Part, period: Period, *, before: Period) -> _Part:
    first = datetime.combine(date(_FIRST_YEAR, 1, 1), time())
    if period.change:
        first = period.change.in_year(_FIRST_YEAR)
        part.add("RRULE", period.change.rule)
    part.add("DTSTART", first)
    part.add("TZOFFSETFROM", before.offset)
    part.add("TZOFFSETTO", period.offset)
    part.add("TZNAME", period.name)
    return part


@lru_cache(maxsize=64)
def _periods(key: str) -> tuple[Period, ...]:
    """Return a zone's one or two periods, or none where its file has no rule of this form."""
    rule = _footer(key)
    fixed, ruled = _FIXED.fullmatch(rule), _RULED.fullmatch(rule)
    if fixed:
        name, offset = fixed.groups()
        return (Period(name=name.strip("<>"), offset=-_duration(offset)),)
    if ruled is None:
        return ()
    name, offset, summer_name, summer_offset, *changes = ruled.groups()
    usual = -_duration(offset)
    summer = -_duration(summer_offset) if summer_offset else usual + timedelta(hours=1)
    return (
        Period(name=name.strip("<>"), offset=usual, change=_change(*changes[4:])),
        Period(name=summer_name.strip("<>"), offset=summer, change=_change(*changes[:4])),
    )


def _footer(key: str) -> str:
    file = resources.files("tzdata.zoneinfo").joinpath(*key.split("/"))
    return file.read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")


def _change(month: str, week: str, weekday: str, at: str | None) -> Change:
    """Return the change of `M10.5.0/3`: in October, the last Sunday, at 3.

    Times outside the day, such as 26:00 or -1:00, fall on another day.
    """
    number, length = int(week), _DAYS[int(month)]
    first = length - 6 if number == _LAST else 7 * number - 6
    after_midnight = _duration(at or "2")
    shift = after_midnight // timedelta(days=1)
    days = tuple(range(first + shift, first + shift + 7))
    if not 1 <= days[0] <= days[-1] <= length:
        # Midnight after the month's last weekday, as in Egypt: the second before it.
        shift, days = 0, tuple(range(first, first + 7))
        after_midnight = timedelta(hours=24, seconds=-1)
    return Change(
        month=int(month),
        days=days,
        weekday=(int(weekday) + shift) % 7,
        at=after_midnight - timedelta(days=shift),
    )


def _duration(text: str) -> timedelta:
    """Return the duration of `5`, `-3:30` or `+26`."""
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _holds(zone: ZoneInfo, periods: tuple[Period, ...], around: datetime) -> bool:
    """Return whether the zone's clocks follow its rule in the two years after `around`."""
    days = range(0, _COMPARED.days, 5)
    shown = {(around + timedelta(days=day)).astimezone(zone).utcoffset() for day in days}
    if shown != {period.offset for period in periods}:
        return False
    changes = [(period, before) for period, before in zip(periods, periods[::-1], strict=True)]
    return all(
        _changes(zone, period.change.in_year(around.year + n), before.offset, period.offset)
        for period, before in changes
        if period.change
        for n in range(3)
        if period.change.in_year(around.year + n) > around.replace(tzinfo=None)
    )


def _changes(zone: ZoneInfo, local: datetime, before: timedelta, after: timedelta) -> bool:
    """Return whether a zone's offset changes at a local time; a second more or less is the same."""
    instant = local.replace(tzinfo=UTC) - before
    return (instant - _MINUTE).astimezone(zone).utcoffset() == before and (
        instant + _MINUTE
    ).astimezone(zone).utcoffset() == after


def _offset(period: Period) -> timedelta:
    return period.offset
