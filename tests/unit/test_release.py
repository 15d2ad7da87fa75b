"""The release: the next one, missed ones, and how releases of many practices are spread."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.refusals import NotReady
from openhour.rules.release import (
    Overdue,
    as_released_through,
    clients_expected_in,
    due_after_change,
    early_release,
    last_due,
    next_due,
    overdue_since,
    release_of,
    staggered_time,
    target_week,
)
from openhour.rules.settings import ReleaseTime
from openhour.rules.weeks import WEEKDAYS, Week, instant_of
from tests.unit.builders import W49, a_client, a_practice, a_regular, at

ZONES = sorted(available_timezones() - {"localtime", "NZ-CHAT", "Pacific/Chatham"})
"""All but the Chatham Islands', where the clocks change at a quarter to."""


def a_time(text: str) -> ReleaseTime:
    """Return the release time written `friday 18:00`."""
    weekday, start = text.split()
    return ReleaseTime(weekday=weekday, time=time.fromisoformat(start))


releases = st.builds(
    ReleaseTime,
    weekday=st.sampled_from(WEEKDAYS),
    time=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)


@pytest.mark.parametrize(
    ("release", "released", "due"),
    [
        pytest.param("friday 18:00", "2026-W48", "2026-11-27 18:00", id="on Friday"),
        pytest.param("friday 18:00", "2026-W45", "2026-11-06 18:00", id="missed for weeks"),
        pytest.param(
            "friday 18:00", "2026-W49", "2026-12-04 18:00", id="the next, once it has run"
        ),
        pytest.param("monday 00:00", "2026-W48", "2026-11-23 00:00", id="at midnight"),
        pytest.param("sunday 23:30", "2026-W48", "2026-11-29 23:30", id="late on Sunday"),
        pytest.param("sunday 01:30", "2026-W44", "2026-11-01 01:30", id="the first of two"),
        pytest.param("friday 18:00", "2026-W53", "2027-01-01 18:00", id="in a new year"),
    ],
)
def test_the_next_release_opens_the_week_after_the_last_one(release, released, due):
    practice = a_practice(release=a_time(release), released_through=Week.parse(released))
    assert next_due(practice, now=at("2026-11-23 09:00")) == at(due)


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        pytest.param("friday 18:00", "friday 20:00", "2026-11-27 20:00", id="later"),
        pytest.param("friday 18:00", "friday 16:00", "2026-11-27 16:00", id="earlier, over now"),
        pytest.param("friday 18:00", "monday 09:00", "2026-11-23 09:00", id="to a past day"),
        pytest.param("friday 18:00", "sunday 23:59", "2026-11-29 23:59", id="to Sunday"),
        pytest.param("monday 09:00", "friday 18:00", "2026-11-27 18:00", id="later in the week"),
        pytest.param("friday 18:00", "friday 18:00", "2026-11-27 18:00", id="unchanged"),
    ],
)
def test_a_changed_time_opens_the_same_week(before, after, due):
    now = at("2026-11-27 17:00")
    old = a_practice(release=a_time(before), release_due=None)
    old = replace(old, release_due=next_due(old, now=now))
    new = replace(old, release=a_time(after))
    assert due_after_change(old, new, now=now) == at(due)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        pytest.param("America/Los_Angeles", "2026-11-27T18:00:00-08:00", id="to the west"),
        pytest.param("Europe/Berlin", "2026-11-27T18:00:00+01:00", id="to the east, past now"),
        pytest.param(None, None, id="none any more"),
    ],
)
def test_a_changed_zone_opens_the_same_week(zone, due):
    now = at("2026-11-27 17:00")
    old = a_practice(release_due=at("2026-11-27 18:00"))
    found = due_after_change(old, replace(old, timezone=zone), now=now)
    assert found == (due and datetime.fromisoformat(due))


@pytest.mark.parametrize("day", ["2026-11-27 17:59", "2026-11-27 18:00", "2026-11-28 09:00"])
def test_the_first_zone_takes_the_next_future_instant(day):
    practice = a_practice(timezone=None)
    due = due_after_change(practice, replace(practice, timezone="America/New_York"), now=at(day))
    friday = at("2026-11-27 18:00")
    assert due == (friday if at(day) < friday else at("2026-12-04 18:00"))


@given(
    st.lists(st.tuples(releases, st.integers(0, 7 * 24 * 60)), max_size=5),
    st.sampled_from(ZONES),
)
def test_however_often_the_time_changes_no_week_is_left_out_or_released_twice(changes, zone):
    """A due release runs at once. Then the next one opens the week after."""
    now, practice = datetime(2026, 3, 1, tzinfo=UTC), a_practice(timezone=None)
    released = []
    for release, minutes in changes:
        changed = replace(practice, timezone=zone, release=release)
        due = due_after_change(practice, changed, now=now)
        practice = replace(changed, release_due=due)
        now += timedelta(minutes=minutes)
        while (due := next_due(practice, now=now)) <= now:
            week = target_week(due, practice.zone)
            practice = as_released_through(practice, week, now=now)
            released.append(week)
    assert released == [released[0] + n for n in range(len(released))]


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
def test_releasing_early_twice_within_an_hour_is_one_release(released_at, now, due):
    ran, now, due = (at(f"2026-{text}") for text in (released_at, now, due))
    practice = a_practice(released_through=Week(2026, 49), released_at=ran)
    assert early_release(practice, now=now) == due


def test_without_hours_nothing_is_released_early():
    with pytest.raises(NotReady) as refused:
        early_release(a_practice(hours=()), now=at("2026-11-27 17:00"))
    assert refused.value.extra == {"missing": ["hours"]}


@given(releases, st.sampled_from(ZONES), st.integers(0, 10 * 366 * 24 * 60))
def test_the_last_due_instant_has_passed_and_the_one_after_has_not(release, zone, minutes):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    practice = a_practice(timezone=zone, release=release, released_through=None)
    due = last_due(practice, now=now)
    assert due <= now < release_of(target_week(due, practice.zone) + 1, release, practice.zone)


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
    ("released", "now", "missed"),
    [
        pytest.param("2026-W48", "2026-11-27 17:59", None, id="before Friday evening"),
        pytest.param("2026-W48", "2026-11-27 19:14", None, id="still being tried"),
        pytest.param("2026-W48", "2026-11-27 19:16", "2026-11-27 18:00", id="missed"),
        pytest.param("2026-W49", "2026-11-27 20:01", None, id="done"),
        pytest.param("2026-W50", "2026-11-27 20:01", None, id="released early"),
        pytest.param("2026-W44", "2026-10-31 12:00", "2026-10-30 18:00", id="before winter time"),
        pytest.param("2026-W10", "2026-03-07 12:00", "2026-03-06 18:00", id="before summer time"),
    ],
)
def test_a_release_is_missed_when_its_week_is_not_open_an_hour_and_a_quarter_on(
    released, now, missed
):
    practice = a_practice(released_through=Week.parse(released))
    found = overdue_since(practice, scheduled_at=None, now=at(now))
    assert found == (missed and Overdue(due=at(missed), missed=True))


@pytest.mark.parametrize(
    ("scheduled_at", "now", "found"),
    [
        pytest.param("17:00", "17:01", False, id="it has not come"),
        pytest.param("17:00", "18:30", False, id="its schedule was set before it"),
        pytest.param("18:10", "18:11", True, id="its schedule was set after it"),
        pytest.param("18:10", "19:24", True, id="for an hour and a quarter"),
        pytest.param("18:10", "19:26", "missed", id="and was not run then either"),
    ],
)
def test_a_release_that_a_new_schedule_passes_over_runs_at_once(scheduled_at, now, found):
    practice = a_practice(release_due=at("2026-11-27 18:00"))
    overdue = overdue_since(
        practice, scheduled_at=at(f"2026-11-27 {scheduled_at}"), now=at(f"2026-11-27 {now}")
    )
    missed = found == "missed"
    assert overdue == (Overdue(due=at("2026-11-27 18:00"), missed=missed) if found else None)


def test_one_run_makes_up_for_all_that_was_missed():
    practice = a_practice(released_through=Week.parse("2026-W40"))
    overdue = overdue_since(practice, scheduled_at=None, now=at("2026-11-28 09:00"))
    assert overdue == Overdue(due=at("2026-11-27 18:00"), missed=True)


def test_a_release_at_night_belongs_to_the_week_of_its_local_date():
    practice = a_practice(release=a_time("sunday 23:30"))
    overdue = overdue_since(practice, scheduled_at=None, now=at("2026-11-30 01:31"))
    assert overdue == Overdue(due=at("2026-11-29 23:30"), missed=True)


@pytest.mark.parametrize(
    "practice",
    [
        pytest.param(a_practice(timezone=None), id="no zone, no schedule"),
        pytest.param(a_practice(released_through=None), id="not opened yet"),
        pytest.param(a_practice(removed_at=at("2026-11-24 09:00")), id="removed"),
    ],
)
def test_without_due_weeks_no_release_is_missed(practice):
    assert overdue_since(practice, scheduled_at=None, now=at("2026-12-24 18:00")) is None


@pytest.mark.parametrize(
    ("usual", "regular", "expected"),
    [
        pytest.param(True, None, True, id="marked as usual"),
        pytest.param(False, None, False, id="neither usual nor a regular"),
        pytest.param(False, {}, True, id="a weekly regular"),
        pytest.param(False, {"first": date(2026, 11, 17)}, True, id="fortnightly, that week"),
        pytest.param(False, {"first": date(2026, 11, 24)}, False, id="fortnightly, off week"),
        pytest.param(True, {"first": date(2026, 11, 24)}, True, id="off week, marked as usual"),
        pytest.param(False, {"first": date(2026, 12, 8)}, False, id="starts the week after"),
        pytest.param(False, {"first": date(2026, 12, 1)}, True, id="starts that day"),
        pytest.param(False, {"first": date(2026, 12, 2)}, False, id="starts the day after"),
        pytest.param(False, {"until": date(2026, 12, 1)}, True, id="ends that day"),
        pytest.param(False, {"until": date(2026, 11, 30)}, False, id="ends the day before"),
        pytest.param(False, {"ended": True}, False, id="was ended"),
        pytest.param(
            False,
            {"exceptions": frozenset({("ann", date(2026, 12, 1))})},
            True,
            id="gave the occurrence up",
        ),
        pytest.param(False, {"client_id": "bea"}, False, id="another client's regular"),
    ],
)
def test_usual_clients_are_expected_in_the_weeks_of_their_regulars(usual, regular, expected):
    """The week is that of Tuesday 1 December. A regular that names its first is fortnightly."""
    rhythm = 2 if regular and "first" in regular else 1
    regulars = (
        () if regular is None else (a_regular(when="tuesday 17:30", every_weeks=rhythm, **regular),)
    )
    found = clients_expected_in(W49, [a_client(usual=usual)], regulars)
    assert [client.client_id for client in found] == ["ann"] * expected
