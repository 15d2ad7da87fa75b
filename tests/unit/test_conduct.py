"""Conduct: the figures of a client's record."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Party, Status, appointment_id_of
from openhour.rules.clients import Tally
from openhour.rules.conduct import (
    MAX_NOTICES,
    MAX_RECENT,
    RecentOutcome,
    add_notice,
    conduct_of,
    recent_outcomes,
)
from openhour.rules.weeks import slot_id_of
from tests.unit.builders import NOW, a_client, an_appointment, hours


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


CLIENT, THERAPIST = Party.CLIENT, Party.THERAPIST


@pytest.mark.parametrize(
    ("status", "starts_in", "ended_by", "outcome"),
    [
        pytest.param(Status.BOOKED, -2, None, RecentOutcome.KEPT, id="kept, unmarked"),
        pytest.param(Status.BOOKED, -0.5, None, None, id="running"),
        pytest.param(Status.BOOKED, 2, None, None, id="to come"),
        pytest.param(Status.NO_SHOW, -0.5, None, RecentOutcome.NO_SHOW, id="missed, running"),
        pytest.param(Status.CANCELLED, -2, CLIENT, RecentOutcome.CANCELLED, id="cancelled"),
        pytest.param(
            Status.LATE_CANCELLED, -2, CLIENT, RecentOutcome.LATE_CANCELLED, id="cancelled late"
        ),
        pytest.param(Status.MOVED, -2, CLIENT, RecentOutcome.MOVED, id="moved"),
        pytest.param(Status.CANCELLED, 2, CLIENT, None, id="cancelled, to come"),
        pytest.param(Status.CANCELLED, -2, THERAPIST, None, id="by the therapist"),
        pytest.param(Status.MOVED, -2, THERAPIST, None, id="moved by the therapist"),
    ],
)
def test_what_became_of_a_recent_session(status, starts_in, ended_by, outcome):
    session = an_appointment(NOW + hours(starts_in), status=status, ended_by=ended_by)
    expected = {"ann": (outcome,)} if outcome else {}
    assert recent_outcomes([session], now=NOW) == expected


def test_the_latest_ten_sessions_of_each_client_are_recent_newest_last():
    def session(client_id, days, status=Status.BOOKED):
        start = NOW - hours(24 * days)
        name = appointment_id_of(slot_id_of(start), client_id, "b1")
        return an_appointment(start, appointment_id=name, client_id=client_id, status=status)

    missed = session("ann", 1, Status.NO_SHOW)
    sessions = [*(session("ann", days) for days in range(30, 1, -1)), session("bob", 2), missed]
    found = recent_outcomes(sessions, now=NOW)
    assert found["bob"] == (RecentOutcome.KEPT,)
    assert len(found["ann"]) == MAX_RECENT
    assert found["ann"][-2:] == (RecentOutcome.KEPT, RecentOutcome.NO_SHOW)
