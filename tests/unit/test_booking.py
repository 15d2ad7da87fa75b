"""Booking: who may book which slot, and the reason of each refusal."""

from dataclasses import replace
from datetime import timedelta

import pytest

from openhour.rules.booking import CONDITION_HELD, require_bookable, require_bookable_by_therapist
from openhour.rules.clients import Privilege
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    SelfSchedulingOff,
    SlotTaken,
    TooSoon,
    UnknownClient,
    UnknownSlot,
    WeeklyLimit,
)
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import slot_id_of
from tests.unit.builders import (
    BLOCKED,
    BOOKED,
    HELD,
    NOW,
    OPEN,
    W48,
    W49,
    a_client,
    a_practice,
    a_slot,
    hours,
)

SUSPENDED = a_client(privilege=Privilege.SUSPENDED)
DISCHARGED = a_client(privilege=Privilege.ENDED)
BUSY = a_client(weeks={"2026-W48": 1})
OFF = a_practice(self_scheduling=False)


def in_hours(n: float, state: SlotState = OPEN) -> Slot:
    return a_slot(slot_id=slot_id_of(NOW + hours(n)), state=state)


@pytest.mark.parametrize(
    ("client", "practice", "slot", "refusal"),
    [
        pytest.param(None, OFF, None, UnknownClient, id="a stranger"),
        pytest.param(DISCHARGED, OFF, None, UnknownClient, id="discharged"),
        pytest.param(SUSPENDED, OFF, None, PrivilegeSuspended, id="suspended, before all else"),
        pytest.param(SUSPENDED, a_practice(), in_hours(20), PrivilegeSuspended, id="suspended"),
        pytest.param(BUSY, OFF, None, SelfSchedulingOff, id="switched off, before the slot"),
        pytest.param(a_client(), OFF, in_hours(20), SelfSchedulingOff, id="switched off"),
        pytest.param(BUSY, a_practice(), None, UnknownSlot, id="no such slot, before the limit"),
        pytest.param(BUSY, a_practice(), in_hours(-1, BOOKED), AlreadyStarted, id="in the past"),
        pytest.param(BUSY, a_practice(), in_hours(0, BOOKED), AlreadyStarted, id="starting now"),
        pytest.param(BUSY, a_practice(), in_hours(1, BOOKED), TooSoon, id="too soon, and taken"),
        pytest.param(BUSY, a_practice(), in_hours(20, BOOKED), SlotTaken, id="taken, at the limit"),
        pytest.param(a_client(), a_practice(), in_hours(20, HELD), SlotTaken, id="held"),
        pytest.param(a_client(), a_practice(), in_hours(20, BLOCKED), SlotTaken, id="blocked"),
        pytest.param(BUSY, a_practice(), in_hours(20), WeeklyLimit, id="at the weekly limit"),
    ],
)
def test_the_first_reason_is_given(client, practice, slot, refusal):
    with pytest.raises(refusal):
        require_bookable(practice, client=client, slot=slot, week=W48, now=NOW)


def test_an_open_slot_far_enough_away_is_the_clients():
    require_bookable(a_practice(), client=a_client(), slot=in_hours(20), week=W48, now=NOW)


@pytest.mark.parametrize(
    ("notice", "slot", "refusal"),
    [
        pytest.param(12, in_hours(12), None, id="exactly at the notice"),
        pytest.param(12, in_hours(11.99), TooSoon, id="a moment later"),
        pytest.param(168, in_hours(168), None, id="a week ahead"),
        pytest.param(168, in_hours(167), TooSoon, id="less than a week ahead"),
        pytest.param(0, in_hours(1), None, id="no notice wanted"),
        pytest.param(0, in_hours(0), AlreadyStarted, id="no notice wanted, but begun"),
    ],
)
def test_a_slot_must_be_booked_in_time(notice, slot, refusal):
    practice = a_practice(booking_notice_hours=notice)

    def book() -> None:
        require_bookable(practice, client=a_client(), slot=slot, week=W48, now=NOW)

    if refusal is None:
        book()
    else:
        with pytest.raises(refusal):
            book()


@pytest.mark.parametrize(
    ("client", "limit", "week", "full"),
    [
        pytest.param(a_client(), 1, W48, False, id="the first of the week"),
        pytest.param(BUSY, 1, W48, True, id="the second, where one is allowed"),
        pytest.param(BUSY, 1, W49, False, id="the first of another week"),
        pytest.param(BUSY, 2, W48, False, id="the second, where two are allowed"),
        pytest.param(replace(BUSY, max_per_week=2), 1, W48, False, id="a client allowed more"),
        pytest.param(replace(BUSY, max_per_week=1), 7, W48, True, id="a client allowed fewer"),
        pytest.param(a_client(weeks={"2026-W48": 3}), 1, W48, True, id="regulars count too"),
    ],
)
def test_a_client_may_have_so_many_sessions_a_week(client, limit, week, full):
    practice = a_practice(max_per_week=limit)
    if full:
        with pytest.raises(WeeklyLimit):
            require_bookable(practice, client=client, slot=in_hours(20), week=week, now=NOW)
    else:
        require_bookable(practice, client=client, slot=in_hours(20), week=week, now=NOW)


@pytest.mark.parametrize(
    ("client", "slot", "refusal"),
    [
        pytest.param(
            CONDITION_HELD, in_hours(20, BOOKED), SlotTaken, id="only the slot stood in the way"
        ),
        pytest.param(CONDITION_HELD, None, UnknownSlot, id="only the slot was missing"),
        pytest.param(BUSY, CONDITION_HELD, WeeklyLimit, id="only the week was full"),
        pytest.param(SUSPENDED, CONDITION_HELD, PrivilegeSuspended, id="only the privilege"),
    ],
)
def test_a_row_against_which_nothing_was_found_gives_no_reason(client, slot, refusal):
    with pytest.raises(refusal):
        require_bookable(a_practice(), client=client, slot=slot, week=W48, now=NOW)


def test_rows_that_are_fine_are_not_refused():
    require_bookable(a_practice(), client=CONDITION_HELD, slot=CONDITION_HELD, week=W48, now=NOW)


@pytest.mark.parametrize("state", [OPEN, HELD, BLOCKED])
@pytest.mark.parametrize(
    "client", [a_client(), SUSPENDED, BUSY], ids=["active", "suspended", "busy"]
)
@pytest.mark.parametrize("starts_in", [20, 1, -0.5], ids=["tomorrow", "too soon", "under way"])
def test_the_therapist_books_anyone_into_any_free_slot(client, state, starts_in):
    slot = in_hours(starts_in, state)
    assert require_bookable_by_therapist(client, slot, now=NOW) == (client, slot)


@pytest.mark.parametrize(
    ("client", "slot", "refusal"),
    [
        pytest.param(None, None, UnknownClient, id="a stranger"),
        pytest.param(DISCHARGED, in_hours(20), UnknownClient, id="discharged"),
        pytest.param(a_client(), None, UnknownSlot, id="no such slot"),
        pytest.param(a_client(), in_hours(-1, BOOKED), AlreadyStarted, id="over"),
        pytest.param(a_client(), in_hours(20, BOOKED), SlotTaken, id="taken"),
    ],
)
def test_even_the_therapist_can_not(client, slot, refusal):
    with pytest.raises(refusal):
        require_bookable_by_therapist(client, slot, now=NOW)


def test_a_session_may_be_booked_for_somebody_who_is_there_until_its_last_minute():
    slot = in_hours(0)
    require_bookable_by_therapist(a_client(), slot, now=slot.end - timedelta(seconds=1))
    with pytest.raises(AlreadyStarted):
        require_bookable_by_therapist(a_client(), slot, now=slot.end)
