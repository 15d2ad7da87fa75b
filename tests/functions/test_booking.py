import pytest

TUESDAY, WEDNESDAY, WEDNESDAY_AT_11 = "20261124T1500Z", "20261125T1500Z", "20261125T1600Z"


def test_a_client_books_an_open_slot(ann):
    reply = ann("POST /appointments", {"slot_id": TUESDAY})
    assert reply.status == 201
    appointment = reply.body
    assert reply.headers["location"] == f"/appointments/{appointment.pop('appointment_id')}"
    assert appointment == {
        "slot_id": TUESDAY,
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:50:00-05:00",
        "status": "booked",
        "regular": False,
        "cancel_free_until": "2026-11-23T10:00:00-05:00",
    }
