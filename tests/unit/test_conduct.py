"""Conduct: the figures of a client's record."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.clients import Tally
from openhour.rules.conduct import MAX_NOTICES, add_notice, conduct_of
from tests.unit.builders import a_client, hours


@pytest.mark.parametrize(
    ("tally", "upcoming", "kept"),
    [
        pytest.param(Tally(), 0, 0, id="nothing yet"),
        pytest.param(Tally(booked=10), 2, 8, id="two to come"),
        pytest.param(Tally(booked=10, cancelled=2, late_cancelled=1), 0, 7, id="some cancelled"),
        pytest.param(Tally(booked=10, no_shows=3), 0, 7, id="some missed"),
        pytest.param(Tally(booked=10, cancelled_by_therapist=4), 1, 5, id="some called off"),
        pytest.param(Tally(booked=1, moved=1), 0, 1, id="one moved, and then kept"),
        pytest.param(Tally(booked=1, moved=3), 1, 0, id="one moved three times, still to come"),
        pytest.param(Tally(booked=1), 2, 0, id="never fewer than none"),
    ],
)
def test_a_session_whose_time_has_passed_unmarked_counts_as_kept(tally, upcoming, kept):
    conduct = conduct_of(a_client(tally=tally), upcoming=upcoming)
    assert conduct.kept == kept
    assert (conduct.booked, conduct.moved, conduct.no_shows) == (
        tally.booked - tally.cancelled_by_therapist,
        tally.moved,
        tally.no_shows,
    )
    assert (conduct.cancelled, conduct.late_cancelled) == (tally.cancelled, tally.late_cancelled)


@pytest.mark.parametrize(
    ("minutes", "median"),
    [
        pytest.param((), None, id="nothing given up"),
        pytest.param((90,), 1.5, id="one"),
        pytest.param((60, 6000, 120), 2.0, id="the middle one"),
        pytest.param((60, 120), 1.5, id="between two"),
        pytest.param((7,), 0.1, id="to a tenth of an hour"),
    ],
)
def test_the_median_notice_is_in_hours(minutes, median):
    assert conduct_of(a_client(notices=minutes), upcoming=0).median_notice_hours == median


@given(st.lists(st.integers(0, 10_000), max_size=MAX_NOTICES + 10))
def test_only_the_latest_notices_are_kept(given_):
    notices: tuple[int, ...] = ()
    for minutes in given_:
        notices = add_notice(notices, timedelta(minutes=minutes, seconds=59))
    assert notices == tuple(given_[-MAX_NOTICES:])


def test_a_notice_is_whole_minutes():
    assert add_notice((), hours(1.5)) == (90,)
