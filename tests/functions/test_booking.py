"""Clients book, move and cancel."""

import pytest

from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)


def test_a_client_books_an_open_slot(ann):
    reply = ann("POST /appointments", {"slot_id": TUESDAY})
    assert reply.status == 201
    appointment = reply.body
    appointment_id = appointment.pop("appointment_id")
    assert reply.headers["location"] == f"/appointments/{appointment_id}"
    assert appointment == {
        "slot_id": TUESDAY,
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:50:00-05:00",
        "status": "booked",
        "regular": False,
        "cancel_free_until": "2026-11-23T10:00:00-05:00",
        "ended_by": None,
        "message": None,
        "uid": appointment_id,
        "sequence": 0,
    }


def test_booking_the_slot_one_has_tells_what_one_has(ann, unchanged):
    first = ann("POST /appointments", {"slot_id": TUESDAY})
    with unchanged():
        again = ann("POST /appointments", {"slot_id": TUESDAY})
    assert (again.status, again.body) == (200, first.body)


def test_a_client_whose_slot_is_gone_is_asked_to_choose_another(ann, bob):
    ann("POST /appointments", {"slot_id": WEDNESDAY})
    reply = bob("POST /appointments", {"slot_id": WEDNESDAY})
    assert (reply.status, reply.refusal) == (409, "slot-taken")
    assert reply.body["detail"] == "This time is gone. Please choose another."


def test_a_client_moves_to_another_slot(ann):
    old = ann("POST /appointments", {"slot_id": WEDNESDAY}).body
    reply = ann(f"POST /appointments/{old['appointment_id']}/move", {"slot_id": WEDNESDAY_AT_11})
    assert reply.status == 200
    assert reply.body["appointment"]["slot_id"] == WEDNESDAY_AT_11
    assert reply.body["late"] is False
    assert reply.body["strikes"] == {"count": 0, "limit": 3, "window_days": 90}
    upcoming = ann("GET /appointments").body["appointments"]
    assert [each["slot_id"] for each in upcoming] == [WEDNESDAY_AT_11]


def test_moving_twice_to_the_same_slot_is_moving_once(ann, unchanged):
    old = ann.book(WEDNESDAY)
    first = ann(f"POST /appointments/{old}/move", {"slot_id": WEDNESDAY_AT_11})
    with unchanged():
        again = ann(f"POST /appointments/{old}/move", {"slot_id": WEDNESDAY_AT_11})
    assert (again.status, again.body) == (first.status, first.body)


def test_moving_to_ones_own_slot_changes_nothing(ann, unchanged):
    old = ann("POST /appointments", {"slot_id": WEDNESDAY}).body
    with unchanged():
        reply = ann(f"POST /appointments/{old['appointment_id']}/move", {"slot_id": WEDNESDAY})
    assert (reply.status, reply.body["appointment"]) == (200, old)


@pytest.mark.parametrize("is_strike", [True, False])
def test_a_late_move_is_a_strike_only_where_the_therapist_says_so(ann, therapist, later, is_strike):
    therapist("PATCH /practice", {"late_move_is_strike": is_strike})
    old = ann.book(TUESDAY)
    later(hours=3)
    moved = ann(f"POST /appointments/{old}/move", {"slot_id": WEDNESDAY}).body
    assert (moved["late"], moved["strikes"]["count"]) == (True, is_strike)


@pytest.mark.parametrize(
    ("slot_id", "refusal"),
    [
        pytest.param(TUESDAY_EVENING, "weekly-limit", id="into a week that is full"),
        pytest.param(NEXT_WEDNESDAY, "slot-taken", id="onto somebody else's slot"),
    ],
)
def test_a_move_that_is_refused_leaves_the_client_where_they_were(
    ann, bob, unchanged, slot_id, refusal
):
    ann("POST /appointments", {"slot_id": TUESDAY})
    bob("POST /appointments", {"slot_id": NEXT_WEDNESDAY})
    old = ann.book(NEXT_TUESDAY)
    with unchanged():
        assert ann(f"POST /appointments/{old}/move", {"slot_id": slot_id}).refusal == refusal


def test_a_moved_appointment_is_known_no_more(ann):
    old = ann.book(WEDNESDAY)
    ann(f"POST /appointments/{old}/move", {"slot_id": WEDNESDAY_AT_11})
    reply = ann(f"POST /appointments/{old}/move", {"slot_id": TUESDAY})
    assert (reply.status, reply.refusal) == (404, "unknown-appointment")


def test_a_client_cancels_with_a_day_to_spare(ann):
    appointment_id = ann.book(WEDNESDAY)
    reply = ann(f"DELETE /appointments/{appointment_id}")
    assert reply.status == 200
    assert reply.body["late"] is False
    assert reply.body["strikes"] == {"count": 0, "limit": 3, "window_days": 90}
    assert reply.body["appointment"]["status"] == "cancelled"
    assert reply.body["appointment"]["cancel_free_until"] is None


def test_a_late_cancellation_is_a_strike(ann, later):
    appointment_id = ann.book(TUESDAY)
    later(hours=3)
    reply = ann(f"DELETE /appointments/{appointment_id}")
    assert (reply.body["late"], reply.body["strikes"]["count"]) == (True, 1)
    assert reply.body["appointment"]["status"] == "late_cancelled"


def test_a_slip_of_the_finger_is_undone_for_free(ann, later):
    later(hours=10)
    appointment_id = ann.book(TUESDAY)
    later(minutes=14)
    reply = ann(f"DELETE /appointments/{appointment_id}")
    assert (reply.body["late"], reply.body["strikes"]["count"]) == (False, 0)


def test_cancelling_twice_is_cancelling_once(ann, later, unchanged):
    appointment_id = ann.book(TUESDAY)
    later(hours=3)
    first = ann(f"DELETE /appointments/{appointment_id}")
    with unchanged():
        again = ann(f"DELETE /appointments/{appointment_id}")
    assert (again.status, again.body) == (first.status, first.body)


def test_a_client_cancels_while_booking_is_switched_off(ann, therapist):
    appointment_id = ann.book(WEDNESDAY)
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert ann(f"DELETE /appointments/{appointment_id}").status == 200


def test_a_cancelled_slot_is_there_for_somebody_else(ann, bob):
    ann(f"DELETE /appointments/{ann.book(WEDNESDAY)}")
    assert bob("POST /appointments", {"slot_id": WEDNESDAY}).status == 201


def test_a_cancelled_appointment_can_not_be_moved(ann):
    appointment_id = ann.book(WEDNESDAY)
    ann(f"DELETE /appointments/{appointment_id}")
    reply = ann(f"POST /appointments/{appointment_id}/move", {"slot_id": TUESDAY})
    assert (reply.status, reply.refusal) == (404, "unknown-appointment")
