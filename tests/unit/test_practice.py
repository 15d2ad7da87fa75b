"""The practice: its published weeks, and which of them are released."""

from datetime import UTC, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.practice import Practice
from openhour.rules.settings import ReleaseTime
from openhour.rules.weeks import Week
from tests.unit.builders import NOW, W48, W49, W50, a_practice, at, utc


@pytest.mark.parametrize(
    ("released", "published", "horizon", "through"),
    [
        pytest.param(W48, None, 6, W48 + 6, id="the horizon past this week"),
        pytest.param(None, None, 6, W48 + 6, id="before anything was released"),
        pytest.param(W49, None, 6, W48 + 7, id="the horizon past the released week"),
        pytest.param(W48 + -2, W48 + 4, 6, W48 + 6, id="missed Fridays hold nothing back"),
        pytest.param(W48, W48 + 6, 1, W48 + 6, id="a smaller horizon unpublishes nothing"),
        pytest.param(W48, W48 + 1, 26, W48 + 26, id="half a year, over the new year"),
        pytest.param(W48 + 3, W48 + 4, 2, W48 + 5, id="released three weeks early"),
    ],
)
def test_weeks_are_published_through_the_horizon(released, published, horizon, through):
    practice = a_practice(
        released_through=released, published_through=published, horizon_weeks=horizon
    )
    assert practice.publishes_through(NOW) == through


@given(
    st.integers(0, 60),
    st.integers(1, 26),
    st.none() | st.integers(-30, 30),
    st.none() | st.integers(-30, 40),
)
def test_published_weeks_never_shrink_and_cover_the_horizon(days, horizon, released, published):
    practice = a_practice(
        horizon_weeks=horizon,
        released_through=None if released is None else W48 + released,
        published_through=None if published is None else W48 + published,
    )
    now = NOW + timedelta(days=days)
    through = practice.publishes_through(now)
    assert through >= practice.week_of(now) + horizon
    assert through >= (practice.published_through or through)
    assert through >= (practice.released_through or W48 + -30) + horizon
    assert through <= practice.publishes_through(now + timedelta(days=7))


@pytest.mark.parametrize(
    ("week", "released"),
    [
        pytest.param(W48, True, id="this week"),
        pytest.param(W49, True, id="the week released on Friday"),
        pytest.param(W50, False, id="the week after"),
        pytest.param(Week(2027, 1), False, id="next year's first"),
        pytest.param(Week(2025, 53 - 1), True, id="last year's"),
    ],
)
def test_weeks_are_released_up_to_the_last_release(week, released):
    assert a_practice(released_through=W49).is_released(week) is released


def test_nothing_is_released_before_the_first_week_is_known():
    assert a_practice(released_through=None).is_released(W48) is False


@pytest.mark.parametrize(
    ("timezone", "now", "week"),
    [
        pytest.param("America/New_York", "2026-11-30 03:00", W48, id="Sunday night"),
        pytest.param("Asia/Kolkata", "2026-11-30 03:00", W49, id="the same instant, Monday there"),
        pytest.param(None, "2026-11-30 03:00", W49, id="by UTC until there is a zone"),
    ],
)
def test_the_current_week_is_the_therapists(timezone, now, week):
    assert a_practice(timezone=timezone).week_of(utc(now)) == week


def test_settings_begin_as_the_design_says():
    practice = Practice(therapist_id="t1")
    assert practice.self_scheduling is False
    assert (practice.horizon_weeks, practice.max_per_week) == (6, 1)
    assert practice.booking_notice == timedelta(hours=12)
    assert practice.cancellation_notice == timedelta(hours=24)
    assert practice.grace == timedelta(minutes=15)
    assert (practice.strike_limit, practice.strike_window_days) == (3, 90)
    assert (practice.on_strike_limit, practice.late_move_is_strike) == ("flag", False)
    assert (practice.release.weekday, practice.release.time) == ("friday", time(18))
    assert (practice.intake, practice.intake_weeks) == ("auto", 2)
    assert (practice.intake_below, practice.intake_per_week) == (0.6, 2)


def test_a_release_needs_a_weekday():
    with pytest.raises(ValueError, match="weekday"):
        ReleaseTime(weekday="someday")


@pytest.mark.parametrize(
    ("through", "plan", "planned"),
    [
        pytest.param(W49, 3, True, id="published, and nothing left to do"),
        pytest.param(W48, 3, False, id="not published yet"),
        pytest.param(None, 3, False, id="nothing published"),
        pytest.param(W49, 4, False, id="a planning act still to be carried out"),
    ],
)
def test_a_week_is_planned_once_the_last_act_was_carried_out(through, plan, planned):
    practice = a_practice(published_through=through, plan=plan, planned=3)
    assert practice.is_planned(W49) is planned


def test_the_current_week_turns_at_local_midnight():
    midnight = at("2026-11-30 00:00").astimezone(UTC)
    assert a_practice().week_of(midnight) == W49
    assert a_practice().week_of(midnight - timedelta(minutes=1)) == W48
