import pytest

from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

NEXT_WEDNESDAY_AT_11 = "20261202T1600Z"
THIS_WEEK = [TUESDAY, TUESDAY_EVENING, WEDNESDAY, WEDNESDAY_AT_11]
NEXT_WEEK = [NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_WEDNESDAY_AT_11]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", THIS_WEEK + NEXT_WEEK, id="all that is published, but what is held"),
        pytest.param("from=2026-11-25", [*THIS_WEEK[2:], *NEXT_WEEK], id="from a date"),
        pytest.param("to=2026-11-25", THIS_WEEK[:2], id="to a date, which is not included"),
        pytest.param("from=2026-11-24&to=2026-11-25", THIS_WEEK[:2], id="one day"),
        pytest.param("from=2026-11-25&to=2026-11-25", [], id="no day at all"),
        pytest.param("from=2026-11-27&to=2026-11-25", [], id="the wrong way round"),
        pytest.param("from=2999-12-31", [], id="far ahead"),
        pytest.param("to=1970-01-01", [], id="long ago"),
    ],
)
def test_a_client_sees_the_open_slots(ann, query, expected):
    reply = ann(f"GET /slots?{query}")
    assert reply.status == 200
    assert reply.body["timezone"] == "America/New_York"
    assert [slot["slot_id"] for slot in reply.body["slots"]] == expected


def test_a_slot_is_told_on_the_therapists_clock(ann):
    assert ann("GET /slots").body["slots"][0] == {
        "slot_id": TUESDAY,
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:50:00-05:00",
    }


def test_a_slot_too_near_to_book_is_not_shown(ann, go_to):
    go_to("2026-11-24T09:01:00-05:00")
    assert ann("GET /slots").body["slots"][0]["slot_id"] == TUESDAY_EVENING


def test_a_client_sees_what_they_have(ann):
    appointment = ann("POST /appointments", {"slot_id": WEDNESDAY}).body
    reply = ann("GET /me")
    assert reply.status == 200
    assert reply.body == {
        "client_id": "annt1",
        "name": "Ann",
        "privilege": "active",
        "strikes": {"count": 0, "limit": 3, "window_days": 90},
        "appointments": [appointment],
        "office_phone": "+1 555 0100",
        "notices": [],
    }
    assert ann("GET /appointments").body == {"appointments": [appointment], "next": None}
    assert ann("GET /appointments?past=true").body == {"appointments": [], "next": None}


def test_past_sessions_are_listed_as_past(ann, go_to):
    appointment_id = ann.book(TUESDAY)
    go_to("2026-11-24T12:00:00-05:00")
    assert ann("GET /appointments").body["appointments"] == []
    (past,) = ann("GET /appointments?past=true").body["appointments"]
    assert (past["appointment_id"], past["status"]) == (appointment_id, "booked")


def test_a_client_never_sees_why_they_were_suspended(ann, therapist):
    suspension = {"state": "suspended", "reason": "never shows up"}
    therapist("PUT /practice/clients/annt1/privilege", suspension)
    reply = ann("GET /me")
    assert reply.body["privilege"] == "suspended"
    assert "never shows up" not in reply.text
