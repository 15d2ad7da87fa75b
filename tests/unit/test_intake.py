"""Intake: new clients may register while the practice has room."""

from datetime import timedelta

import pytest

from openhour.rules.intake import IntakeCounts, booked_share, intake_window, is_accepting
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot, SlotState
from tests.unit.builders import BLOCKED, BOOKED, HELD, NOW, OPEN, a_practice, a_slot


def a_week(**counts: int) -> list[Slot]:
    """So many slots of each state, one a day from tomorrow."""
    states = [SlotState(name) for name, count in counts.items() for _ in range(count)]
    return [a_slot(f"2026-12-{n + 1:02} 17:30", state=state) for n, state in enumerate(states)]


@pytest.mark.parametrize(
    ("slots", "full"),
    [
        pytest.param([], 1.0, id="no slots: full"),
        pytest.param(a_week(blocked=3), 1.0, id="all blocked: full"),
        pytest.param(a_week(open=5), 0.0, id="all open"),
        pytest.param(a_week(booked=3, open=1, held=1), 0.6, id="held ones count as room"),
        pytest.param(a_week(booked=3, open=2, blocked=20), 0.6, id="blocked ones do not count"),
        pytest.param(a_week(booked=4), 1.0, id="all booked"),
    ],
)
def test_the_load_is_what_is_booked_of_what_there_is(slots, full):
    assert booked_share(slots, now=NOW) == pytest.approx(full)


def test_slots_that_have_started_do_not_count():
    past = [a_slot("2026-11-23 08:30", state=BOOKED), a_slot("2026-11-23 09:00", state=BOOKED)]
    assert booked_share([*past, *a_week(open=1)], now=NOW) == 0


def test_the_load_is_over_the_weeks_that_the_therapist_chose():
    assert intake_window(a_practice(intake_weeks=3), now=NOW) == (NOW, NOW + timedelta(days=21))


LIGHT, FULL = a_week(booked=1, open=4), a_week(booked=3, open=2)


@pytest.mark.parametrize(
    ("settings", "slots", "registered", "accepting"),
    [
        pytest.param({}, LIGHT, 0, True, id="light"),
        pytest.param({}, FULL, 0, False, id="at the threshold"),
        pytest.param({}, [], 0, False, id="no slots at all"),
        pytest.param({}, LIGHT, 1, True, id="the second of the week"),
        pytest.param({}, LIGHT, 2, False, id="two this week already"),
        pytest.param({"intake_below": 0.61}, FULL, 0, True, id="a higher threshold"),
        pytest.param({"intake_below": 0}, a_week(open=9), 0, False, id="never"),
        pytest.param({"intake_below": 1}, a_week(booked=9), 0, False, id="full is full"),
        pytest.param({"intake": Intake.OPEN}, FULL, 0, True, id="open though full"),
        pytest.param({"intake": Intake.OPEN}, [], 0, True, id="open without a slot"),
        pytest.param({"intake": Intake.OPEN}, LIGHT, 2, False, id="open, but two already"),
        pytest.param({"intake": Intake.CLOSED}, LIGHT, 0, False, id="closed though light"),
        pytest.param({"intake_per_week": 0}, LIGHT, 0, False, id="none a week"),
        pytest.param({"self_scheduling": False}, LIGHT, 0, False, id="switched off"),
        pytest.param({"crisis_line": None}, LIGHT, 0, False, id="no crisis line"),
        pytest.param(
            {"crisis_line": None, "intake": Intake.OPEN}, [], 0, False, id="open, no crisis line"
        ),
        pytest.param(
            {"self_scheduling": False, "intake": Intake.OPEN}, LIGHT, 0, False, id="open, but off"
        ),
    ],
)
def test_new_clients_register_while_the_schedule_is_light(settings, slots, registered, accepting):
    practice = a_practice(**settings)
    counts = IntakeCounts(confirmed=registered)
    assert is_accepting(practice, slots, counts=counts, now=NOW) is accepting


@pytest.mark.parametrize(("asked", "accepting"), [(19, True), (20, False), (21, False)])
def test_no_more_are_mailed_a_link_in_one_day_than_the_settings_allow(asked, accepting):
    practice, counts = a_practice(registrations_per_day=20), IntakeCounts(asked=asked)
    assert is_accepting(practice, LIGHT, counts=counts, now=NOW) is accepting


@pytest.mark.parametrize(("state", "counts"), [(OPEN, 0), (HELD, 0), (BOOKED, 1), (BLOCKED, 1)])
def test_one_slot_alone(state, counts):
    assert booked_share([a_slot(state=state)], now=NOW) == counts
