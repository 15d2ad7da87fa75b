"""The release: which comes next, and how those of many practices keep out of each other's way."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.practice import ReleaseTime
from openhour.rules.release import coming_release, due_release, spread, target_of
from openhour.rules.weeks import WEEKDAYS, Week, instant_of
from tests.unit.builders import a_practice, at

ZONES = sorted(available_timezones() - {"localtime", "NZ-CHAT", "Pacific/Chatham"})
"""All but the Chatham Islands', where the clocks change at a quarter to."""


@pytest.mark.parametrize(
    ("release", "now", "next_at"),
    [
        pytest.param("friday 18:00", "2026-11-23 09:00", "2026-11-27 18:00", id="on Friday"),
        pytest.param("friday 18:00", "2026-11-27 17:59", "2026-11-27 18:00", id="in a minute"),
        pytest.param("friday 18:00", "2026-11-27 18:00", "2026-11-27 18:00", id="now"),
        pytest.param("friday 18:00", "2026-11-27 18:59", "2026-11-27 18:00", id="on its way"),
        pytest.param("friday 18:00", "2026-11-27 19:00", "2026-12-04 18:00", id="an hour ago"),
        pytest.param("friday 18:00", "2027-03-13 12:00", "2027-03-19 18:00", id="spring"),
        pytest.param("friday 18:00", "2026-10-31 12:00", "2026-11-06 18:00", id="autumn"),
        pytest.param("sunday 01:30", "2026-10-31 12:00", "2026-11-01 01:30", id="the first of two"),
        pytest.param("monday 00:00", "2026-11-23 00:59", "2026-11-23 00:00", id="past midnight"),
        pytest.param("monday 00:00", "2026-11-23 01:00", "2026-11-30 00:00", id="in a week"),
        pytest.param("sunday 23:30", "2026-11-23 00:29", "2026-11-22 23:30", id="last week's"),
    ],
)
def test_a_release_is_coming_until_an_hour_after_its_time(release, now, next_at):
    weekday, start = release.split()
    due = ReleaseTime(weekday=weekday, time=time.fromisoformat(start))
    practice = a_practice(release=due, released_through=Week(2026, 40))
    assert coming_release(practice, now=at(now)) == at(next_at)
    assert due_release(practice, now=at(now)) == at(next_at)


def test_once_a_release_has_run_the_next_week_s_is_coming():
    practice = a_practice(released_through=Week(2026, 49))
    a_minute_later = at("2026-11-27 18:01")
    assert coming_release(practice, now=a_minute_later) == at("2026-12-04 18:00")
    assert due_release(practice, now=a_minute_later) == at("2026-11-27 18:00")


def minutes_late(release: ReleaseTime, therapist_id: str, within: int) -> int:
    runs = spread(release, therapist_id, within_minutes=within)
    assert (runs.weekday, runs.time.hour) == (release.weekday, release.time.hour)
    return runs.time.minute - release.time.minute


releases = st.builds(
    ReleaseTime,
    weekday=st.sampled_from(WEEKDAYS),
    time=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)


@given(releases, st.text(min_size=1, max_size=64), st.integers(0, 60))
def test_a_release_is_never_run_before_its_time_and_hardly_after_it(release, name, within):
    assert 0 <= minutes_late(release, name, within) <= max(0, within - 1)


@given(
    releases,
    st.text(min_size=1, max_size=64),
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2036, 12, 31)),
)
def test_no_midnight_and_no_change_of_the_clocks_lies_between(release, name, zone, near):
    zone = ZoneInfo(zone)
    day = near + timedelta(days=(WEEKDAYS.index(release.weekday) - near.weekday()) % 7)
    due = instant_of(day, release.time, zone)
    runs = instant_of(day, spread(release, name, within_minutes=60).time, zone)
    if due is None:  # which no practice may ask for
        return
    assert runs is not None
    assert runs - due == timedelta(minutes=minutes_late(release, name, 60))
    assert target_of(runs, zone) == target_of(due, zone)


@pytest.mark.parametrize("within", [5, 15, 60])
def test_many_practices_are_spread_evenly(within):
    practices = 600 * within
    late = Counter(minutes_late(ReleaseTime(), f"t{n}", within) for n in range(practices))
    assert sorted(late) == list(range(within))
    # 600 to a minute; chance alone strays by more than five times its deviation in no lifetime.
    assert max(abs(times - 600) for times in late.values()) < 5 * 600**0.5


def test_each_practice_keeps_its_minute():
    late = [minutes_late(ReleaseTime(weekday=day), "dr-ada", 15) for day in WEEKDAYS]
    assert len(set(late)) == 1


def test_without_a_spread_it_is_run_at_its_time():
    assert all(minutes_late(ReleaseTime(), f"t{n}", 0) == 0 for n in range(100))


@pytest.mark.parametrize(
    ("start", "most"),
    [
        pytest.param("17:45", 14, id="a quarter to"),
        pytest.param("23:58", 1, id="close to midnight"),
        pytest.param("01:59", 0, id="close to the hour that spring skips"),
    ],
)
def test_a_release_late_in_its_hour_has_less_room(start, most):
    release = ReleaseTime(weekday="sunday", time=time.fromisoformat(start))
    assert max(minutes_late(release, f"t{n}", 60) for n in range(500)) == most
