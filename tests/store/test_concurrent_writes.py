"""Concurrent actions that no single condition decides, and interrupted ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

import pytest

from openhour.rules.slots import SlotState
from openhour.store import practices
from openhour.store.models import ClientRow, PracticeRow, RegularRow, SlotRow
from openhour.use_cases import (
    calendars,
    cancellations,
    clients,
    erasure,
    planning,
    releases,
    settings,
    therapists,
    time_off,
)
from tests.dynamodb_backends import empty_tables, written
from tests.store import use_case_calls
from tests.store.calendar_oracle import find_planning_errors
from tests.store.concurrent_writes import interrupted
from tests.store.invariants import find_faults, read_tables
from tests.store.seed import (
    FRIDAY,
    HOURS,
    NEXT_THURSDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    THURSDAY,
    regular_of,
    seed,
)
from tests.store.transport import Crash
from tests.unit.builders import NOW, an_entry


@pytest.fixture(autouse=True)
def _consistent_practice(_tables, monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    empty_tables()
    seed()
    yield
    tables = read_tables()
    assert find_faults(tables, now=NOW) == []
    assert find_planning_errors(tables, now=NOW, caught_up=True) == []


def lose_power(*_: object, **__: object) -> None:
    raise Crash


def test_a_day_given_up_by_an_old_zone_is_noted_by_the_plan():
    """A function that has read the zone some seconds ago takes Tuesday evening for Wednesday."""
    for ready in (use_case_calls.cancel, use_case_calls.end_regular):
        ready()()
    use_case_calls.set_hours(*HOURS, an_entry("tuesday 21:30"))()
    seen_before = practices.read_practice(THERAPIST)
    use_case_calls.change_settings(timezone="America/Los_Angeles")()
    use_case_calls.enter_regular("dan", "tuesday 21:30")()
    first = min(slot.slot_id for slot in SlotRow.query(THERAPIST) if slot.client_id == "dan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cancellations, "cached_practice", lambda _: seen_before)
        use_case_calls.cancel("dan", first)()
    planning.carry_out_plan(THERAPIST, now=NOW)
    assert "2026-11-24#dan" in (RegularRow.get(THERAPIST, regular_of("dan")).exceptions or ())
    assert SlotRow.get(THERAPIST, first).state == "open"


def test_the_same_time_off_taken_twice_at_once_is_taken_once():
    take = use_case_calls.take_time_off(cancel_booked=True)
    first = []
    with interrupted(practices, lambda: first.append(take())):
        second = take()
    assert first == [second]
    assert [each.appointment_id for each in second.cancelled]
    assert len(time_off.list_time_off(THERAPIST)) == 1


def test_a_client_erased_while_the_therapist_is_gone_is_discharged_with_the_return():
    therapists.remove_therapist(THERAPIST, now=NOW)
    erasure.erase_client(THERAPIST, "bea", now=NOW)
    assert all(regular.ended for regular in RegularRow.query(THERAPIST))
    therapists.reopen_therapist(THERAPIST, now=NOW)
    for slot_id in (THURSDAY, NEXT_THURSDAY):
        assert SlotRow.get(THERAPIST, slot_id).state == "open"
    releases.release_week(THERAPIST, scheduled_at=use_case_calls.FRIDAY_EVENING, now=NOW)


def test_two_concurrent_invitations_of_one_client_report_no_other_client():
    invite = partial(clients.invite, THERAPIST, "cyd", now=NOW)
    with interrupted(clients, invite):
        assert invite().login == "t1/cyd@example.com"


def test_a_release_does_not_mind_a_client_discharged_meanwhile(monkeypatch):
    ClientRow(THERAPIST, "cyd").update(actions=[ClientRow.weeks.set({"2026-W47": 1})])
    listed = clients.list_clients

    def list_then_discharge(therapist_id):
        listing = listed(therapist_id)
        use_case_calls.discharge("cyd")()
        return listing

    monkeypatch.setattr(clients, "list_clients", list_then_discharge)
    releases.release_week(THERAPIST, scheduled_at=use_case_calls.FRIDAY_EVENING, now=NOW)
    assert PracticeRow.get(THERAPIST).released_through == "2026-W49"


@pytest.fixture
def cyds_regular_is_not_yet_placed(monkeypatch):
    """Cyd's Wednesdays, prime time, have been entered; the power failed before they were placed."""
    with monkeypatch.context() as patch:
        patch.setattr(planning, "carry_out_plan", lose_power)
        with pytest.raises(Crash):
            use_case_calls.enter_regular("cyd", "wednesday 17:30")()


def states_of(slot_id):
    """Every state that the slot has been in."""
    records = written("openhour-slots")
    images = (record["dynamodb"].get("NewImage", {}) for record in records)
    return [each["state"]["S"] for each in images if each.get("slot_id") == {"S": slot_id}]


@pytest.mark.usefixtures("cyds_regular_is_not_yet_placed")
@pytest.mark.parametrize("release", [use_case_calls.release, use_case_calls.release_early])
def test_a_release_opens_no_slot_that_a_regular_is_about_to_have(release):
    assert SlotRow.get(THERAPIST, NEXT_WEDNESDAY).state == "held"
    release()()
    assert SlotRow.get(THERAPIST, NEXT_WEDNESDAY).client_id == "cyd"
    assert "open" not in states_of(NEXT_WEDNESDAY)


@pytest.mark.usefixtures("cyds_regular_is_not_yet_placed")
def test_clients_may_book_only_once_every_regular_is_placed():
    switch = partial(settings.switch, THERAPIST, regulars_entered=True, now=NOW)
    switch(enabled=False)
    assert switch(enabled=True).self_scheduling
    assert SlotRow.get(THERAPIST, NEXT_WEDNESDAY).client_id == "cyd"


def test_two_acts_that_change_one_slot_twice_are_planned_together(monkeypatch):
    """Tuesday's 17:00 waits for 17:55, Cyd's, to go, so that it can grow."""
    for ready in (use_case_calls.cancel, use_case_calls.end_regular):
        ready()()
    use_case_calls.set_hours(an_entry("tuesday 17:00"), an_entry("tuesday 17:55"))()
    use_case_calls.enter_regular("cyd", "tuesday 17:55")()
    with monkeypatch.context() as patch:
        patch.setattr(planning, "carry_out_plan", lose_power)
        with pytest.raises(Crash):
            use_case_calls.set_hours(an_entry("tuesday 17:00", 60))()
    use_case_calls.end_regular("cyd")()
    assert {slot.minutes for slot in SlotRow.query(THERAPIST) if not slot.extra} == {60}


def test_a_slot_that_another_act_removes_is_answered_as_it_was_set(monkeypatch):
    """An extra opening, just unblocked, is removed before the plan has looked at it."""
    use_case_calls.set_slot(FRIDAY, SlotState.BLOCKED)()
    carry_out = planning.carry_out_plan

    def remove_first(*args, **kwargs):
        monkeypatch.setattr(planning, "carry_out_plan", carry_out)
        calendars.return_to_plan(THERAPIST, FRIDAY, now=NOW)
        return carry_out(*args, **kwargs)

    monkeypatch.setattr(planning, "carry_out_plan", remove_first)
    slot = use_case_calls.set_slot(FRIDAY, SlotState.OPEN)()
    assert (slot.slot_id, slot.manual_state) == (FRIDAY, "open")
    assert FRIDAY not in {slot.slot_id for slot in SlotRow.query(THERAPIST)}
