"""Outcomes: kept, missed, waived, and their effects on the record."""

from dataclasses import replace

import pytest

from openhour.rules.appointments import Status
from openhour.rules.clients import Privilege, Strike, Tally
from openhour.rules.outcomes import Outcome, OutcomeChange, mark
from openhour.rules.refusals import Invalid, NotStarted, UnknownAppointment
from openhour.rules.settings import OnStrikeLimit
from tests.unit.builders import NOW, a_client, a_practice, an_appointment, days_ago, hours, strikes

KEPT, NO_SHOW, WAIVED = Outcome.KEPT, Outcome.NO_SHOW, Outcome.WAIVED
YESTERDAY = an_appointment(days_ago(1))
MISSED = replace(YESTERDAY, status=Status.NO_SHOW, strike=True)
LATE = replace(YESTERDAY, status=Status.LATE_CANCELLED, late=True, strike=True)
MOVED_LATE = replace(YESTERDAY, status=Status.MOVED, late=True, strike=True)
STRUCK = a_client(
    strikes=(Strike(appointment_id=YESTERDAY.appointment_id, at=days_ago(1)),),
    tally=Tally(booked=5, no_shows=1, late_cancelled=1),
)


def marked(appointment, client, outcome, **settings) -> OutcomeChange:
    marking = mark(appointment, client, a_practice(**settings), outcome, now=NOW)
    assert marking is not None
    return marking


def test_a_missed_session_is_a_strike_dated_by_the_marking():
    marking = marked(YESTERDAY, a_client(tally=Tally(booked=5)), NO_SHOW)
    assert (marking.appointment.status, marking.appointment.strike) == (Status.NO_SHOW, True)
    assert marking.appointment.live
    assert [strike.at for strike in marking.strike_update.strikes] == [NOW]
    assert marking.tally == Tally(booked=5, no_shows=1)


def test_the_last_missed_session_suspends():
    client = a_client(strikes=strikes(days_ago(2), days_ago(3)))
    marking = marked(YESTERDAY, client, NO_SHOW, on_strike_limit=OnStrikeLimit.SUSPEND)
    assert marking.strike_update.privilege is Privilege.SUSPENDED


def test_a_session_was_kept_after_all():
    marking = marked(MISSED, STRUCK, KEPT)
    assert (marking.appointment.status, marking.appointment.strike) == (Status.BOOKED, False)
    assert marking.strike_update.strikes == ()
    assert marking.tally == Tally(booked=5, no_shows=0, late_cancelled=1)


@pytest.mark.parametrize(
    ("appointment", "status", "tally"),
    [
        pytest.param(
            LATE, Status.CANCELLED, Tally(booked=5, no_shows=1, cancelled=1), id="late cancellation"
        ),
        pytest.param(MISSED, Status.NO_SHOW, STRUCK.tally, id="missed session"),
        pytest.param(MOVED_LATE, Status.MOVED, STRUCK.tally, id="late move"),
    ],
)
def test_a_waived_strike_does_not_count(appointment, status, tally):
    marking = marked(appointment, STRUCK, WAIVED)
    assert (marking.appointment.status, marking.appointment.waived) == (status, True)
    assert marking.appointment.strike is False
    assert marking.appointment.late is appointment.late
    assert (marking.strike_update.strikes, marking.tally) == ((), tally)


def test_a_waived_strike_does_not_undo_a_suspension():
    suspended = replace(STRUCK, privilege=Privilege.SUSPENDED)
    assert marked(LATE, suspended, WAIVED).strike_update.privilege is Privilege.SUSPENDED
    assert marked(MISSED, suspended, KEPT).strike_update.privilege is Privilege.SUSPENDED


@pytest.mark.parametrize(
    ("appointment", "outcome"),
    [
        pytest.param(YESTERDAY, KEPT, id="kept, as unmarked ones are"),
        pytest.param(MISSED, NO_SHOW, id="missed twice"),
        pytest.param(replace(MISSED, strike=False, waived=True), NO_SHOW, id="missed, and waived"),
        pytest.param(replace(MISSED, strike=False, waived=True), WAIVED, id="waived twice"),
        pytest.param(
            replace(LATE, status=Status.CANCELLED, strike=False, waived=True),
            WAIVED,
            id="a late cancellation waived twice",
        ),
    ],
)
def test_marking_again_changes_nothing(appointment, outcome):
    assert mark(appointment, STRUCK, a_practice(), outcome, now=NOW) is None


@pytest.mark.parametrize(
    ("appointment", "outcome", "refusal"),
    [
        pytest.param(an_appointment(NOW + hours(1)), KEPT, NotStarted, id="kept before it began"),
        pytest.param(an_appointment(NOW + hours(1)), NO_SHOW, NotStarted, id="missed before"),
        pytest.param(an_appointment(NOW + hours(1)), WAIVED, Invalid, id="waived before"),
        pytest.param(YESTERDAY, WAIVED, Invalid, id="nothing to waive"),
        pytest.param(LATE, KEPT, Invalid, id="a cancelled one, kept"),
        pytest.param(LATE, NO_SHOW, Invalid, id="a cancelled one, missed"),
        pytest.param(MOVED_LATE, NO_SHOW, UnknownAppointment, id="a moved one, missed"),
        pytest.param(
            replace(YESTERDAY, status=Status.CANCELLED), WAIVED, Invalid, id="cancelled in time"
        ),
    ],
)
def test_outcomes_that_are_refused(appointment, outcome, refusal):
    with pytest.raises(refusal):
        mark(appointment, STRUCK, a_practice(), outcome, now=NOW)


def test_an_outcome_may_be_given_as_soon_as_the_session_begins():
    assert marked(an_appointment(NOW), a_client(), NO_SHOW).appointment.status is Status.NO_SHOW


def test_missed_kept_and_missed_again_is_one_strike():
    practice = a_practice()
    appointment, client = YESTERDAY, a_client(tally=Tally(booked=1))
    for outcome in (NO_SHOW, KEPT, NO_SHOW, NO_SHOW):
        marking = mark(appointment, client, practice, outcome, now=NOW)
        if marking:
            appointment = marking.appointment
            client = replace(client, strikes=marking.strike_update.strikes, tally=marking.tally)
    assert (len(client.strikes), client.tally) == (1, Tally(booked=1, no_shows=1))
