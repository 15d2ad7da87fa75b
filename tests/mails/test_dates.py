"""Dates and times, as the client's page writes them."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from functions.notifications.mails.dates import Dates
from tests.mails.examples import at

DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "zone", "day", "with_year", "morning", "evening", "rail"),
    [
        (
            *("en", "America/New_York", "Thursday, December 3", "Thursday, December 3, 2026"),
            *("9:05 am", "4:30 pm", "Thu Dec"),
        ),
        (
            *("en", "Pacific/Honolulu", "Thursday, December 3", "Thursday, December 3, 2026"),
            *("9:05 am", "4:30 pm", "Thu Dec"),
        ),
        (
            *("en", "Europe/London", "Thursday 3 December", "Thursday 3 December 2026"),
            *("9:05", "16:30", "Thu Dec"),
        ),
        (
            *("es", "US/Eastern", "jueves 3 de diciembre", "jueves 3 de diciembre de 2026"),
            *("9:05 a.m.", "4:30 p.m.", "jue dic"),
        ),
        (
            *("es", "Europe/Madrid", "jueves 3 de diciembre", "jueves 3 de diciembre de 2026"),
            *("9:05", "16:30", "jue dic"),
        ),
    ],
)
def test_habits_follow_the_zone(language, zone, day, with_year, morning, evening, rail):
    dates = Dates(language, ZoneInfo(zone))
    assert dates.write_date(DAY) == day
    assert dates.write_date_with_year(DAY) == with_year
    assert dates.write_time(time(9, 5)).replace("\u00a0", " ") == morning
    assert dates.write_time(time(16, 30)).replace("\u00a0", " ") == evening
    assert f"{dates.short_weekday(DAY)} {dates.short_month(DAY)}" == rail


@pytest.mark.parametrize(
    ("hour", "written"), [(0, "12:00 am"), (1, "1:00 am"), (12, "12:00 pm"), (23, "11:00 pm")]
)
def test_twelve_hours(hour, written):
    dates = Dates("en", ZoneInfo("America/New_York"))
    assert dates.write_time(time(hour)).replace("\u00a0", " ") == written


def test_a_time_never_breaks():
    for language in ("en", "es"):
        assert " " not in Dates(language, ZoneInfo("America/New_York")).write_time(time(9))


@pytest.mark.parametrize(
    ("zone", "english", "spanish"),
    [
        ("America/New_York", "Eastern Time", "hora oriental"),
        ("Europe/Madrid", "Central European Time", "hora de Europa central"),
        ("America/Phoenix", "Mountain Standard Time", "hora estándar de las Montañas Rocosas"),
        ("Asia/Kolkata", "India Standard Time", "hora estándar de la India"),
        ("Etc/UTC", "Coordinated Universal Time", "tiempo universal coordinado"),
    ],
)
def test_zones_have_the_names_that_people_use(zone, english, spanish):
    now = at("2026-12-01 15:40")
    assert Dates("en", ZoneInfo(zone)).zone_name(now) == english
    assert Dates("es", ZoneInfo(zone)).zone_name(now) == spanish


def test_a_moment_is_local():
    dates = Dates("en", ZoneInfo("Asia/Kolkata"))
    assert dates.write_moment(at("2026-12-03 21:30")) == "Friday 4 December, 3:00"
    assert dates.local(at("2026-12-03 21:30")).isoformat() == "2026-12-04T03:00:00+05:30"
