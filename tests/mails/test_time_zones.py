"""The declaration of a zone, as another library reads it: the same offsets as the zone's own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical

from functions.notifications.mails.time_zones import vtimezone
from openhour.rules.zones import is_zone

NOW = datetime(2026, 12, 1, 15, 40, tzinfo=UTC)
YEARS = range(2027, 2036)
ZONES = sorted(name for name in available_timezones() if is_zone(name))


@cache
def read_offsets(declaration: str, instants: tuple[datetime, ...]) -> list[timedelta | None]:
    """The offsets that dateutil reads from a declaration."""
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{declaration}END:VCALENDAR\r\n"
    zone = tzical(StringIO(calendar)).get()
    assert zone is not None
    return [at.astimezone(zone).utcoffset() for at in instants]


def own_offsets(zone: ZoneInfo) -> dict[datetime, timedelta | None]:
    """A zone's offsets in the middle of each month, and in the hours around each change."""
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    hours = {start + timedelta(days=n) for n in range(15, 365 * len(YEARS), 30)}
    days = [start + timedelta(days=n) for n in range(365 * len(YEARS))]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    for day, before, after in zip(days, offsets, offsets[1:], strict=False):
        if before != after:
            hours |= {day + timedelta(hours=n) for n in range(26) if near(day, n, zone)}
    return {at: at.astimezone(zone).utcoffset() for at in sorted(hours)}


def near(day: datetime, hour: int, zone: ZoneInfo) -> bool:
    """Whether the offset changes within an hour of an hour."""
    at, one = day + timedelta(hours=hour), timedelta(hours=1)
    return (at - one).astimezone(zone).utcoffset() != (at + one).astimezone(zone).utcoffset()


@pytest.mark.parametrize("letter", sorted({name[:4] for name in ZONES}))
def test_every_zone_is_declared_with_its_own_offsets(letter):
    for name in (name for name in ZONES if name.startswith(letter)):
        zone = ZoneInfo(name)
        declared = vtimezone(zone, around=NOW)
        if declared is None:
            continue
        text = declared.to_ical().decode()
        assert f"\r\nTZID:{name}\r\n" in text
        own = own_offsets(zone)
        read = read_offsets(text.replace(f"TZID:{name}", "TZID:A"), tuple(own))
        assert read == list(own.values()), name


def test_a_declaration_has_one_part_for_each_period():
    days = [datetime(2027, month, 1, tzinfo=UTC) for month in (1, 7)]
    for name in ZONES:
        declared = vtimezone(ZoneInfo(name), around=NOW)
        if declared is None:
            continue
        text = declared.to_ical().decode()
        periods = len({day.astimezone(ZoneInfo(name)).utcoffset() for day in days})
        assert text.count("BEGIN:STANDARD") == 1, name
        assert text.count("BEGIN:DAYLIGHT") == periods - 1, name
        assert text.count("RRULE:FREQ=YEARLY;") == (2 if periods == 2 else 0), name
        assert not re.search("RDATE|UNTIL", text), name


def test_nearly_every_zone_is_declared():
    undeclared = {name for name in ZONES if vtimezone(ZoneInfo(name), around=NOW) is None}
    assert len(undeclared) <= 6


def test_daylight_saving_time_is_the_later_clock_even_in_dublin():
    declared = vtimezone(ZoneInfo("Europe/Dublin"), around=NOW)
    assert declared
    text = declared.to_ical().decode()
    daylight = text[text.index("BEGIN:DAYLIGHT") :]
    assert "TZOFFSETTO:+0100" in daylight
    assert "BYDAY=-1SU;BYMONTH=3" in daylight


def test_clocks_that_follow_ramadan_are_not_declared():
    assert vtimezone(ZoneInfo("Africa/Casablanca"), around=datetime(2023, 1, 1, tzinfo=UTC)) is None


def test_a_rule_that_did_not_hold_then_is_not_declared():
    until_2022 = datetime(2021, 6, 1, tzinfo=UTC)
    assert vtimezone(ZoneInfo("America/Mexico_City"), around=until_2022) is None
    assert vtimezone(ZoneInfo("America/Mexico_City"), around=NOW) is not None
