"""Cancelling: when it is late, when it is a strike, and what the record keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Party, Status, free_until, free_until_unasked
from openhour.rules.cancellation import (
    Ending,
    as_cancelled,
    cancel,
    client_after_cancellation,
    is_repeated_cancellation,
)
from openhour.rules.clients import Privilege, Tally
from openhour.rules.refusals import AlreadyStarted, Invalid, UnknownAppointment
from openhour.rules.settings import OnStrikeLimit
from tests.unit.builders import (
    NOW,
    W48,
    a_client,
    a_practice,
    an_appointment,
    days_ago,
    hours,
    minutes_ago,
    strikes,
)

CLIENT, THERAPIST = Party.CLIENT, Party.THERAPIST
EARLY, LATE = Ending(late=False, strike=False), Ending(late=True, strike=True)


@pytest.mark.parametrize(
    ("notice", "made", "by", "ending"),
    [
        pytest.param(hours(25), days_ago(9), CLIENT, EARLY, id="a day ahead"),
        pytest.param(hours(24), days_ago(9), CLIENT, EARLY, id="with exactly the notice"),
        pytest.param(hours(23.99), days_ago(9), CLIENT, LATE, id="a moment too late"),
        pytest.param(hours(23), days_ago(9), CLIENT, LATE, id="inside the notice"),
        pytest.param(hours(23), minutes_ago(10), CLIENT, EARLY, id="a slip of the finger, undone"),
        pytest.param(hours(23), minutes_ago(15), CLIENT, EARLY, id="at the end of the grace"),
        pytest.param(hours(23), minutes_ago(15.1), CLIENT, LATE, id="after the grace"),
        pytest.param(hours(1), days_ago(9), THERAPIST, EARLY, id="the therapist is ill"),
        pytest.param(hours(0.1), days_ago(9), CLIENT, LATE, id="at the door"),
    ],
)
def test_a_late_cancellation_counts_against_the_client(notice, made, by, ending):
    appointment = an_appointment(NOW + notice, made_at=made)
    assert cancel(appointment, a_practice(), by=by, now=NOW) == ending


@pytest.mark.parametrize(
    ("settings", "notice", "late"),
    [
        pytest.param({"cancellation_notice_hours": 48}, 47, True, id="two days wanted"),
        pytest.param({"cancellation_notice_hours": 0}, 0.1, False, id="no notice wanted"),
        pytest.param({"grace_minutes": 0}, 23, True, id="no grace given"),
    ],
)
def test_the_practice_sets_the_notice_and_the_grace(settings, notice, late):
    appointment = an_appointment(NOW + hours(notice), made_at=minutes_ago(1))
    practice = a_practice(**({"grace_minutes": 0} | settings))
    assert appointment.is_late(practice, now=NOW) is late


@pytest.mark.parametrize("switch", [True, False], ids=["on", "off"])
def test_clients_may_cancel_while_self_scheduling_is_off(switch):
    practice = a_practice(self_scheduling=switch)
    assert cancel(an_appointment(NOW + hours(30)), practice, by=CLIENT, now=NOW) == EARLY


@pytest.mark.parametrize(
    ("appointment", "refusal"),
    [
        pytest.param(None, UnknownAppointment, id="not there"),
        pytest.param(an_appointment(status=Status.MOVED), UnknownAppointment, id="moved away"),
        pytest.param(
            an_appointment(days_ago(1), status=Status.MOVED), UnknownAppointment, id="moved, past"
        ),
        pytest.param(an_appointment(NOW), AlreadyStarted, id="starting now"),
        pytest.param(an_appointment(days_ago(1)), AlreadyStarted, id="kept yesterday"),
        pytest.param(
            an_appointment(days_ago(1), status=Status.NO_SHOW), AlreadyStarted, id="missed"
        ),
    ],
)
@pytest.mark.parametrize("by", [CLIENT, THERAPIST])
def test_cancellations_that_are_refused(appointment, refusal, by):
    with pytest.raises(refusal):
        cancel(appointment, a_practice(), by=by, now=NOW)


@pytest.mark.parametrize(
    ("status", "repeated"),
    [
        (Status.CANCELLED, True),
        (Status.LATE_CANCELLED, True),
        (Status.BOOKED, False),
        (Status.MOVED, False),
        (Status.NO_SHOW, False),
    ],
)
def test_cancelling_what_is_cancelled_is_a_repeat(status, repeated):
    assert is_repeated_cancellation(an_appointment(status=status)) is repeated
    assert is_repeated_cancellation(None) is False


@given(
    notice=st.integers(0, 168),
    grace=st.integers(0, 120),
    made=st.integers(0, 60 * 24 * 10),
    left=st.integers(1, 60 * 24 * 10),
)
def test_the_client_is_told_until_when_cancelling_is_free(notice, grace, made, left):
    practice = a_practice(cancellation_notice_hours=notice, grace_minutes=grace)
    appointment = an_appointment(NOW + timedelta(minutes=left), made_at=minutes_ago(made))
    free = appointment.cancel_free_until(practice) >= NOW
    assert cancel(appointment, practice, by=CLIENT, now=NOW).late is not free
    assert appointment.is_late(practice, now=NOW) is not free
    assert appointment.cancel_free_until(practice) <= appointment.start


@given(
    promised=st.integers(0, 168),
    now_set=st.integers(0, 168),
    left=st.integers(1, 60 * 24 * 10),
)
def test_new_settings_never_make_a_promise_stricter(promised, now_set, left):
    made_at = days_ago(9)
    appointment = an_appointment(NOW + timedelta(minutes=left), made_at=made_at)
    told = free_until(appointment.start, made_at, a_practice(cancellation_notice_hours=promised))
    kept = replace(appointment, promised_free_until=told)
    practice = a_practice(cancellation_notice_hours=now_set)
    assert kept.cancel_free_until(practice) == max(told, appointment.cancel_free_until(practice))
    assert kept.is_late(practice, now=NOW) is (kept.cancel_free_until(practice) < NOW)


@pytest.mark.parametrize(
    ("notice", "free"),
    [
        pytest.param(25, 1, id="made before the notice"),
        pytest.param(24, 0.25, id="made as the notice begins: the grace is left"),
        pytest.param(23, 23, id="made inside the notice"),
        pytest.param(0.5, 0.5, id="made half an hour before"),
    ],
)
def test_a_session_that_nobody_asked_for_inside_the_notice_is_free_until_its_start(notice, free):
    start = NOW + hours(notice)
    assert free_until_unasked(start, a_practice(), now=NOW) == NOW + hours(free)


MOVED_LATE = {"moved_late_at": minutes_ago(1), "made_at": days_ago(9)}


@pytest.mark.parametrize(
    ("notice", "move_strike", "strike"),
    [
        pytest.param(24 * 28, False, True, id="the move was no strike"),
        pytest.param(24 * 28, True, False, id="the move was the strike"),
        pytest.param(
            23, True, True, id="the move was a strike, and so is the new session's notice"
        ),
        pytest.param(23, False, True, id="inside its own notice"),
    ],
)
def test_cancelling_after_a_late_move_is_late(notice, move_strike, strike):
    appointment = an_appointment(NOW + hours(notice), move_strike=move_strike, **MOVED_LATE)
    assert cancel(appointment, a_practice(), by=CLIENT, now=NOW) == Ending(late=True, strike=strike)
    assert appointment.cancel_free_until(a_practice()) == minutes_ago(1)


@pytest.mark.parametrize(
    ("told", "by", "late"),
    [
        pytest.param(None, CLIENT, True, id="told now"),
        pytest.param(hours(2), CLIENT, False, id="told in time"),
        pytest.param(hours(0.5), CLIENT, True, id="told too late as well"),
    ],
)
def test_notice_runs_from_when_the_client_told_the_therapist(told, by, late):
    appointment = an_appointment(NOW + hours(23), made_at=days_ago(9))
    told_at = NOW - told if told else None
    assert cancel(appointment, a_practice(), by=by, now=NOW, told_at=told_at).late is late


@pytest.mark.parametrize(
    ("told_at", "by"),
    [
        pytest.param(NOW + hours(0.1), CLIENT, id="in the future"),
        pytest.param(days_ago(10), CLIENT, id="before the booking"),
        pytest.param(NOW, THERAPIST, id="in the therapist's own name"),
    ],
)
def test_instants_at_which_nobody_can_have_told(told_at, by):
    appointment = an_appointment(NOW + hours(23), made_at=days_ago(9))
    with pytest.raises(Invalid):
        cancel(appointment, a_practice(), by=by, now=NOW, told_at=told_at)


@pytest.mark.parametrize(
    ("ending", "by", "status"),
    [
        pytest.param(EARLY, CLIENT, Status.CANCELLED, id="early"),
        pytest.param(LATE, CLIENT, Status.LATE_CANCELLED, id="late"),
        pytest.param(EARLY, THERAPIST, Status.CANCELLED, id="by the therapist"),
    ],
)
def test_a_cancelled_appointment_says_how_it_ended(ending, by, status):
    before = an_appointment(NOW + hours(5))
    ended = as_cancelled(before, ending, by=by, now=NOW)
    assert (ended.status, ended.live) == (status, False)
    assert (ended.ended_at, ended.ended_by, ended.notice) == (NOW, by, hours(5))
    assert (ended.late, ended.strike, ended.waived) == (ending.late, ending.strike, False)
    assert ended.appointment_id == before.appointment_id


@pytest.mark.parametrize(
    ("ending", "by", "tally", "struck", "notices"),
    [
        pytest.param(EARLY, CLIENT, Tally(booked=3, cancelled=1), 0, (300,), id="early"),
        pytest.param(LATE, CLIENT, Tally(booked=3, late_cancelled=1), 1, (300,), id="late"),
        pytest.param(
            EARLY, THERAPIST, Tally(booked=3, cancelled_by_therapist=1), 0, (), id="not their doing"
        ),
    ],
)
def test_the_record_keeps_what_the_client_did(ending, by, tally, struck, notices):
    client = a_client(weeks={"2026-W48": 2, "2026-W49": 1}, tally=Tally(booked=3))
    ended = as_cancelled(an_appointment(NOW + hours(5)), ending, by=by, now=NOW)
    after = client_after_cancellation(client, ended, a_practice(), week=W48, now=NOW)
    assert after.weeks == {"2026-W48": 1, "2026-W49": 1}
    assert (after.tally, len(after.strikes), after.notices) == (tally, struck, notices)


def test_weeks_that_are_empty_or_past_are_dropped():
    client = a_client(weeks={"2026-W47": 1, "2026-W48": 1})
    ended = as_cancelled(an_appointment(NOW + hours(30)), EARLY, by=CLIENT, now=NOW)
    assert client_after_cancellation(client, ended, a_practice(), week=W48, now=NOW).weeks == {}


@pytest.mark.parametrize(
    ("on_limit", "before", "privilege"),
    [
        pytest.param("suspend", 2, Privilege.SUSPENDED, id="the third strike"),
        pytest.param("suspend", 1, Privilege.ACTIVE, id="the second strike"),
        pytest.param("flag", 2, Privilege.ACTIVE, id="the third, only flagged"),
    ],
)
def test_the_last_late_cancellation_suspends_in_the_same_act(on_limit, before, privilege):
    practice = a_practice(on_strike_limit=OnStrikeLimit(on_limit))
    client = a_client(strikes=strikes(*[days_ago(n + 1) for n in range(before)]))
    ended = as_cancelled(an_appointment(NOW + hours(5)), LATE, by=CLIENT, now=NOW)
    assert (
        client_after_cancellation(client, ended, practice, week=W48, now=NOW).privilege is privilege
    )
