"""Friday's release, as each therapist's schedule invokes it."""

import pytest
from pydantic import ValidationError

from functions.release.handler import lambda_handler
from openhour.rules.refusals import Invalid, UnknownTherapist
from tests.functions.slots import NEXT_TUESDAY_EVENING

FRIDAY = {"therapist_id": "t1", "scheduled_at": "2026-11-27T23:00:00Z"}
OPENED = {"week": "2026-W49", "opened": [NEXT_TUESDAY_EVENING], "published": ["2026-W50"]}


def _release(event):
    return lambda_handler(event, None)


def test_held_slots_open_for_everyone(ann, go_to):
    go_to("2026-11-27T18:00:00-05:00")
    assert _release(FRIDAY) == OPENED
    assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).status == 201


def test_a_repeat_changes_nothing(practice, go_to, unchanged):
    go_to("2026-11-27T18:00:00-05:00")
    _release(FRIDAY)
    with unchanged():
        assert _release(FRIDAY) == {"week": "2026-W49", "opened": [], "published": []}


def test_a_missed_friday_heals_on_the_next(practice, go_to):
    go_to("2026-12-04T18:00:00-05:00")
    late = _release({**FRIDAY, "scheduled_at": "2026-12-04T23:00:00Z"})
    assert late["week"] == "2026-W50"


def test_a_late_run_opens_the_week_that_it_was_for(ann, go_to):
    go_to("2026-11-28T09:00:00-05:00")
    assert _release(FRIDAY)["opened"] == [NEXT_TUESDAY_EVENING]


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({}, id="empty"),
        pytest.param({"therapist_id": "t1"}, id="for no time"),
        pytest.param({"scheduled_at": FRIDAY["scheduled_at"]}, id="for nobody"),
        pytest.param({**FRIDAY, "scheduled_at": "2026-11-27T23:00:00"}, id="without an offset"),
        pytest.param({**FRIDAY, "scheduled_at": "<aws.scheduler.scheduled-time>"}, id="a blank"),
        pytest.param({**FRIDAY, "scheduled_at": 1795820400}, id="a number"),
        pytest.param({**FRIDAY, "therapist_id": 1}, id="a number for a therapist"),
        pytest.param({**FRIDAY, "force": True}, id="with more than is known"),
    ],
)
def test_malformed_events_go_to_the_dead_letter_queue(practice, unchanged, event):
    with unchanged(), pytest.raises(ValidationError):
        _release(event)


def test_a_release_waits_for_its_time(practice, unchanged, go_to):
    go_to("2026-11-27T17:54:00-05:00")
    with unchanged(), pytest.raises(Invalid):
        _release(FRIDAY)


def test_a_clock_that_is_a_little_slow_keeps_nobody_waiting(practice, go_to):
    go_to("2026-11-27T17:59:00-05:00")
    assert _release(FRIDAY) == OPENED


def test_a_release_in_the_far_future_opens_and_publishes_nothing(practice, unchanged):
    with unchanged(), pytest.raises(Invalid):
        _release({**FRIDAY, "scheduled_at": "2999-12-27T23:00:00Z"})


@pytest.mark.parametrize("therapist_id", ["t9", "#", ""])
def test_a_therapist_who_is_not_there_is_left_for_the_dead_letters(practice, go_to, therapist_id):
    go_to("2026-11-27T18:00:00-05:00")
    with pytest.raises(UnknownTherapist):
        _release({**FRIDAY, "therapist_id": therapist_id})
