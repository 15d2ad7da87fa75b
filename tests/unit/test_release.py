"""The release: the next one, missed ones, and how releases of many practices are spread."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.release import (
    due_release,
    last_release,
    missed_since,
    next_release,
    staggered_time,
    target_week,
    upcoming_release,
)
from openhour.rules.settings import ReleaseTime
from openhour.rules.weeks import WEEKDAYS, Week, instant_of
from tests.unit.builders import a_practice, at

ZONES = sorted(available_timezones() - {"localtime", "NZ-CHAT", "Pacific/Chatham"})
"""All but the Chatham Islands', where the clocks change at a quarter to."""
releases = st.builds(
    ReleaseTime,
    weekday=st.sampled_from(WEEKDAYS),
    time=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)


@pytest.mark.parametrize(
    ("release", "now", "due", "next_at"),
    [
        pytest.param("friday 18:00", "11-23 09:00", "11-20 18:00", "11-27 18:00", id="on Monday"),
        pytest.param("friday 18:00", "11-27 17:59", "11-20 18:00", "11-27 18:00", id="in a minute"),
        pytest.param("friday 18:00", "11-27 18:00", "11-27 18:00", "11-27 18:00", id="now"),
        pytest.param("friday 18:00", "11-27 19:14", "11-27 18:00", "11-27 18:00", id="on its way"),
        pytest.param("friday 18:00", "11-27 19:15", "11-27 18:00", "12-04 18:00", id="missed"),
        pytest.param("monday 00:00", "11-23 00:59", "11-23 00:00", "11-23 00:00", id="midnight"),
        pytest.param("sunday 23:30", "11-23 00:29", "11-22 23:30", "11-22 23:30", id="last week's"),
        pytest.param(
            "sunday 01:30", "10-31 12:00", "10-25 01:30", "11-01 01:30", id="first of two"
        ),
    ],
)
def test_a_release_is_due_until_it_has_run_and_coming_until_it_is_missed(
    release, now, due, next_at
):
    weekday, start = release.split()
    when = ReleaseTime(weekday=weekday, time=time.fromisoformat(start))
    practice = a_practice(release=when, released_through=Week(2026, 40))
    now, due, next_at = (at(f"2026-{text}") for text in (now, due, next_at))
    assert due_release(practice, now=now) == due
    assert upcoming_release(practice, now=now) == (next_at, target_week(due, practice.zone))


@pytest.mark.parametrize(
    ("released_at", "now", "due"),
    [
        pytest.param("11-27 18:00", "11-27 18:59", "11-27 18:00", id="no other for an hour"),
        pytest.param("11-27 17:59", "11-27 18:01", "11-27 18:00", id="nor after an early one"),
        pytest.param("11-28 09:00", "11-28 09:59", "11-27 18:00", id="nor after a late one"),
        pytest.param("11-25 09:00", "11-25 09:01", "11-27 18:00", id="early, the same again"),
        pytest.param("11-27 18:00", "11-27 19:00", "12-04 18:00", id="then the next"),
        pytest.param("11-25 09:00", "11-27 18:01", "12-04 18:00", id="the next, once it was early"),
    ],
)
def test_once_a_release_has_run_the_next_is_due(released_at, now, due):
    ran, now, due = (at(f"2026-{text}") for text in (released_at, now, due))
    practice = a_practice(released_through=Week(2026, 49), released_at=ran)
    assert due_release(practice, now=now) == due
    if now >= at("2026-11-27 18:00"):
        assert upcoming_release(practice, now=now) == (at("2026-12-04 18:00"), Week(2026, 50))


@given(
    releases,
    st.sampled_from(ZONES),
    st.integers(0, 10 * 366 * 24 * 60),
)
def test_now_lies_between_the_last_release_and_the_next(release, zone, minutes):
    zone, now = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    last, coming = (each(release, zone, now=now) for each in (last_release, next_release))
    assert last <= now < coming
    between = target_week(coming, zone).monday - target_week(last, zone).monday
    skipped = between == timedelta(days=14)  # by a clock that goes forward
    assert between == timedelta(days=7) or skipped


def minutes_late(release: ReleaseTime, therapist_id: str, within: int) -> int:
    runs = staggered_time(release, therapist_id, within_minutes=within)
    assert (runs.weekday, runs.time.hour) == (release.weekday, release.time.hour)
    return runs.time.minute - release.time.minute


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
    runs = instant_of(day, staggered_time(release, name, within_minutes=60).time, zone)
    if due is None:  # which no practice may ask for
        return
    assert runs is not None
    assert runs - due == timedelta(minutes=minutes_late(release, name, 60))
    assert target_week(runs, zone) == target_week(due, zone)


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


def test_without_a_spread_releases_run_on_time():
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


@pytest.mark.parametrize(
    ("released", "now", "since"),
    [
        pytest.param("2026-W48", "2026-11-27T17:59:00-05:00", None, id="before Friday evening"),
        pytest.param("2026-W48", "2026-11-27T19:14:00-05:00", None, id="still being tried"),
        pytest.param(
            "2026-W48", "2026-11-27T19:16:00-05:00", "2026-11-27T18:00:00-05:00", id="missed"
        ),
        pytest.param("2026-W49", "2026-11-27T20:01:00-05:00", None, id="done"),
        pytest.param("2026-W50", "2026-11-27T20:01:00-05:00", None, id="released early"),
        pytest.param(
            "2026-W44",
            "2026-10-31T12:00:00-04:00",
            "2026-10-30T18:00:00-04:00",
            id="before the clocks go back",
        ),
        pytest.param(
            "2026-W10",
            "2026-03-07T12:00:00-05:00",
            "2026-03-06T18:00:00-05:00",
            id="before the clocks go forward",
        ),
    ],
)
def test_a_release_is_missed_when_its_week_is_not_open_an_hour_and_a_quarter_on(
    released, now, since
):
    practice = a_practice(released_through=Week.parse(released))
    found = missed_since(practice, now=datetime.fromisoformat(now))
    assert found == (since and datetime.fromisoformat(since))


def test_a_release_at_night_belongs_to_the_week_of_its_local_date():
    night = ReleaseTime(weekday="sunday", time=time(23, 30))
    practice = a_practice(released_through=Week.parse("2026-W48"), release=night)
    monday = datetime.fromisoformat("2026-11-30T01:31:00-05:00")
    assert missed_since(practice, now=monday) == datetime.fromisoformat("2026-11-29T23:30:00-05:00")


@pytest.mark.parametrize(
    "practice",
    [
        pytest.param(a_practice(timezone=None), id="no zone, no schedule"),
        pytest.param(a_practice(released_through=None), id="not opened yet"),
        pytest.param(
            a_practice(removed_at=datetime.fromisoformat("2026-11-24T09:00:00-05:00")), id="removed"
        ),
    ],
)
def test_without_due_weeks_no_release_is_missed(practice):
    assert missed_since(practice, now=datetime.fromisoformat("2026-12-24T18:00:00-05:00")) is None
