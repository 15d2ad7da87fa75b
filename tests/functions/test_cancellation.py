from tests.functions.slots import TUESDAY, WEDNESDAY


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
