"""Moving: both slots change, or nothing does, with one reason."""

from dataclasses import replace

import pytest

from openhour.rules.appointments import Party, Status, appointment_id_of
from openhour.rules.cancellation import Ending
from openhour.rules.clients import Privilege, Tally
from openhour.rules.move import (
    as_moved,
    client_after_move,
    decide_move,
    decide_move_by_therapist,
    is_repeated_move,
    is_same_slot,
    session_after_move,
)
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    SelfSchedulingOff,
    SlotTaken,
    TooSoon,
    UnknownAppointment,
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
    an_appointment,
    days_ago,
    hours,
    minutes_ago,
)

SUSPENDED = a_client(privilege=Privilege.SUSPENDED)
OFF = a_practice(self_scheduling=False)
HERS = an_appointment(NOW + hours(30))
STARTED = an_appointment(NOW)
BUSY = a_client(weeks={"2026-W48": 1, "2026-W49": 1})


def in_hours(n: float, state: SlotState = OPEN, week=W48) -> Slot:
    return a_slot(slot_id=slot_id_of(NOW + hours(n)), state=state, week=week)


NEXT_WEEK = in_hours(180, week=W49)


@pytest.mark.parametrize(
    ("client", "practice", "appointment", "target", "refusal"),
    [
        pytest.param(None, OFF, None, None, UnknownClient, id="a stranger"),
        pytest.param(SUSPENDED, OFF, None, None, PrivilegeSuspended, id="suspended"),
        pytest.param(BUSY, OFF, None, None, UnknownAppointment, id="no such appointment"),
        pytest.param(
            BUSY, OFF, replace(HERS, status=Status.CANCELLED), None, UnknownAppointment, id="gone"
        ),
        pytest.param(
            BUSY, OFF, replace(HERS, status=Status.MOVED), None, UnknownAppointment, id="moved"
        ),
        pytest.param(BUSY, OFF, STARTED, None, SelfSchedulingOff, id="switched off"),
        pytest.param(BUSY, a_practice(), STARTED, None, UnknownSlot, id="no such slot"),
        pytest.param(BUSY, a_practice(), STARTED, in_hours(1), AlreadyStarted, id="begun"),
        pytest.param(BUSY, a_practice(), HERS, in_hours(-1), AlreadyStarted, id="to the past"),
        pytest.param(BUSY, a_practice(), HERS, in_hours(1, BOOKED), TooSoon, id="too soon"),
        pytest.param(BUSY, a_practice(), HERS, in_hours(20, BOOKED), SlotTaken, id="taken"),
        pytest.param(BUSY, a_practice(), HERS, in_hours(20, HELD), SlotTaken, id="held"),
        pytest.param(BUSY, a_practice(), HERS, in_hours(20, BLOCKED), SlotTaken, id="blocked"),
        pytest.param(BUSY, a_practice(), HERS, NEXT_WEEK, WeeklyLimit, id="into a full week"),
    ],
)
def test_the_first_reason_is_given(client, practice, appointment, target, refusal):
    with pytest.raises(refusal):
        decide_move(
            practice, client=client, appointment=appointment, week=W48, target=target, now=NOW
        )


@pytest.mark.parametrize(
    ("client", "target"),
    [
        pytest.param(BUSY, in_hours(20), id="within a full week"),
        pytest.param(a_client(weeks={"2026-W48": 5}), in_hours(20), id="within a fuller one"),
        pytest.param(a_client(weeks={"2026-W48": 1}), NEXT_WEEK, id="into an empty week"),
        pytest.param(replace(BUSY, max_per_week=2), NEXT_WEEK, id="where two are allowed"),
    ],
)
def test_a_session_moves_to_an_open_slot(client, target):
    outcome = decide_move(
        a_practice(), client=client, appointment=HERS, week=W48, target=target, now=NOW
    )
    assert outcome == (HERS, target, Ending(late=False, strike=False))


@pytest.mark.parametrize(
    ("notice", "made", "counts", "ending"),
    [
        pytest.param(24, days_ago(9), True, Ending(late=False, strike=False), id="in time"),
        pytest.param(23, days_ago(9), False, Ending(late=True, strike=False), id="late"),
        pytest.param(23, days_ago(9), True, Ending(late=True, strike=True), id="late, and counts"),
        pytest.param(
            23, minutes_ago(5), True, Ending(late=False, strike=False), id="within the grace"
        ),
    ],
)
def test_a_late_move_is_a_strike_only_where_the_practice_says_so(notice, made, counts, ending):
    appointment = an_appointment(NOW + hours(notice), made_at=made)
    practice = a_practice(late_move_is_strike=counts)
    *_, found = decide_move(
        practice, client=BUSY, appointment=appointment, week=W48, target=in_hours(40), now=NOW
    )
    assert found == ending


def test_a_move_to_ones_own_slot_changes_nothing():
    assert is_same_slot(HERS, HERS.slot_id)
    assert not is_same_slot(HERS, in_hours(20).slot_id)
    assert not is_same_slot(replace(HERS, status=Status.CANCELLED), HERS.slot_id)
    assert not is_same_slot(None, HERS.slot_id)


def test_moving_again_to_the_same_slot_is_a_repeat():
    target = in_hours(20).slot_id
    gone = replace(HERS, status=Status.MOVED, moved_to=appointment_id_of(target, "ann", "b2"))
    assert is_repeated_move(gone, target)
    assert not is_repeated_move(gone, in_hours(21).slot_id)
    assert not is_repeated_move(gone, HERS.slot_id)
    assert not is_repeated_move(HERS, target)
    assert not is_repeated_move(None, target)


@pytest.mark.parametrize(
    ("to", "weeks"),
    [
        pytest.param(W48, {"2026-W48": 2, "2026-W49": 1}, id="within the week"),
        pytest.param(W49, {"2026-W48": 1, "2026-W49": 2}, id="into the next"),
    ],
)
@pytest.mark.parametrize("strike", [True, False], ids=["a strike", "no strike"])
def test_a_move_is_in_the_record(to, weeks, strike):
    client = a_client(weeks={"2026-W48": 2, "2026-W49": 1}, tally=Tally(booked=3))
    to_id = appointment_id_of(NEXT_WEEK.slot_id, "ann", "b2")
    new = replace(HERS, appointment_id=to_id)
    gone = as_moved(HERS, Ending(late=True, strike=strike), to=new, now=NOW)
    assert (gone.status, gone.moved_to, gone.live) == (Status.MOVED, to_id, False)
    assert (gone.late, gone.strike, gone.ended_by) == (True, strike, Party.CLIENT)
    after = client_after_move(client, gone, a_practice(), week=W48, to_week=to, now=NOW)
    assert after.weeks == weeks
    assert after.tally == Tally(booked=3, moved=1)
    assert after.notices == (30 * 60,)
    assert len(after.strikes) == strike


@pytest.mark.parametrize(
    ("notice", "by_therapist", "late", "free_until"),
    [
        pytest.param(180, False, False, 156, id="a day before the new session"),
        pytest.param(20, False, False, -4, id="the client chose one inside the notice"),
        pytest.param(20, True, False, 20, id="the therapist did: until its start"),
        pytest.param(180, True, False, 156, id="by the therapist, outside the notice"),
        pytest.param(180, False, True, 0, id="moved late: the instant of the move"),
        pytest.param(20, True, True, 0, id="moved late, on the phone"),
    ],
)
def test_what_the_client_is_promised_after_a_move(notice, by_therapist, late, free_until):
    new = session_after_move(
        HERS,
        in_hours(notice),
        Ending(late=late, strike=False),
        a_practice(),
        token="m1",
        moved_at=NOW,
        by_therapist=by_therapist,
    )
    assert new.cancel_free_until(a_practice()) == NOW + hours(free_until)
    assert new.made_at == HERS.made_at


@pytest.mark.parametrize(
    ("old", "new", "struck"),
    [
        pytest.param(False, True, True, id="a strike now"),
        pytest.param(True, False, True, id="a strike at the move before"),
        pytest.param(False, False, False, id="none"),
    ],
)
def test_the_new_session_remembers_the_strike_of_a_move(old, new, struck):
    session = session_after_move(
        replace(HERS, move_strike=old),
        NEXT_WEEK,
        Ending(late=True, strike=new),
        a_practice(),
        token="m1",
        moved_at=NOW,
        by_therapist=False,
    )
    assert session.move_strike is struck


@pytest.mark.parametrize("state", [OPEN, HELD, BLOCKED])
@pytest.mark.parametrize(
    ("client", "practice"),
    [
        pytest.param(SUSPENDED, a_practice(), id="suspended"),
        pytest.param(BUSY, a_practice(), id="at the weekly limit"),
        pytest.param(a_client(), OFF, id="self-scheduling is off"),
    ],
)
def test_the_therapist_moves_into_any_slot_that_nobody_has(state, client, practice):
    _, slot, ending = decide_move_by_therapist(
        practice,
        client=client,
        appointment=HERS,
        target=in_hours(0.5, state),
        by=Party.THERAPIST,
        told_at=None,
        now=NOW,
    )
    assert (slot.state, ending) == (state, Ending(late=False, strike=False))


@pytest.mark.parametrize(
    ("client", "appointment", "target", "refusal"),
    [
        pytest.param(a_client(), None, NEXT_WEEK, UnknownAppointment, id="no such session"),
        pytest.param(a_client(), STARTED, None, UnknownSlot, id="no such slot"),
        pytest.param(a_client(), STARTED, NEXT_WEEK, AlreadyStarted, id="it has begun"),
        pytest.param(None, HERS, NEXT_WEEK, UnknownClient, id="no such client"),
        pytest.param(a_client(), HERS, in_hours(-1), AlreadyStarted, id="the slot is over"),
        pytest.param(a_client(), HERS, in_hours(40, BOOKED), SlotTaken, id="somebody has it"),
    ],
)
def test_moves_that_not_even_the_therapist_makes(client, appointment, target, refusal):
    with pytest.raises(refusal):
        decide_move_by_therapist(
            a_practice(),
            client=client,
            appointment=appointment,
            target=target,
            by=Party.CLIENT,
            told_at=None,
            now=NOW,
        )
