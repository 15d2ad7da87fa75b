from datetime import datetime

import pytest

from openhour import clock
from openhour.store.models import ClientRow
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

NEXT_WEDNESDAY_AT_11 = "20261202T1600Z"
WEDNESDAYS = {
    "client_id": "annt1",
    "weekday": "wednesday",
    "start": "10:00",
    "every_weeks": 1,
    "first": "2026-11-25",
    "until": None,
}
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
        "now": reply.body["now"],
        "client_id": "annt1",
        "name": "Ann",
        "privilege": "active",
        "language": None,
        "mail": "all",
        "calendar_entries": False,
        "strikes": {"count": 0, "limit": 3, "window_days": 90},
        "late_changes": {
            "count": 0,
            "limit": 3,
            "window_days": 90,
            "limit_suspends": False,
            "moves_count": False,
        },
        "max_per_week": 1,
        "appointments": [appointment],
        "ended": [],
        "regulars": [],
        "regular_request": None,
        "therapist_id": "t1",
        "practice_name": "Dr. Ada",
        "practice_language": "en",
        "timezone": "America/New_York",
        "office_phone": "+1 555 0100",
        "phone_note": None,
        "crisis_line": "In a crisis, call or text 988.",
        "place": None,
        "place_in_mail": False,
        "change_policy": None,
        "privacy_url": None,
        "self_scheduling": True,
        "booking_notice_hours": 1,
        "cancellation_notice_hours": 24,
        "grace_minutes": 15,
        "release_weekday": "friday",
        "release_time": "18:00",
        "notices": [],
        "mail_stopped": None,
    }
    assert ann("GET /appointments").body == {"appointments": [appointment], "next": None}
    assert ann("GET /appointments?past=true").body == {"appointments": [], "next": None}


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("name", "practice_name", "Dr. Eve"),
        ("language", "practice_language", "es"),
        ("office_phone", "office_phone", "+1 555 0123"),
        ("phone_note", "phone_note", "We call back by noon."),
        ("crisis_line", "crisis_line", "Call 988."),
        ("place", "place", "12 Elm Street"),
        ("change_policy", "change_policy", "24 hours."),
        ("privacy_url", "privacy_url", "https://ada.example/privacy"),
        ("booking_notice_hours", "booking_notice_hours", 5),
        ("cancellation_notice_hours", "cancellation_notice_hours", 48),
        ("grace_minutes", "grace_minutes", 0),
        ("max_per_week", "max_per_week", 2),
    ],
)
def test_a_client_is_told_the_practices_settings(ann, therapist, setting, field, value):
    therapist("PATCH /practice", {setting: value})
    assert ann("GET /me").body[field] == value


def test_a_client_is_told_when_new_times_come(ann, therapist):
    therapist("PATCH /practice", {"release": {"weekday": "thursday", "time": "09:15"}})
    body = ann("GET /me").body
    assert (body["release_weekday"], body["release_time"]) == ("thursday", "09:15")


def test_a_client_is_told_their_own_weekly_limit(ann, therapist):
    therapist("PATCH /practice/clients/annt1", {"max_per_week": 3})
    assert ann("GET /me").body["max_per_week"] == 3


def test_a_client_is_told_what_late_changes_lead_to(ann, therapist, go_to):
    therapist("PATCH /practice", {"on_strike_limit": "suspend", "late_move_is_strike": True})
    appointment_id = ann.book(WEDNESDAY)
    go_to("2026-11-24T12:00:00-05:00")
    ann(f"DELETE /appointments/{appointment_id}")
    late = ann("GET /me").body["late_changes"]
    assert (late["count"], late["limit_suspends"], late["moves_count"]) == (1, True, True)


def test_the_clock_of_the_page_is_the_practices(ann, therapist, go_to):
    told = datetime.fromisoformat("2026-11-24T09:30:00-05:00")
    go_to(told.isoformat())
    for caller, path in ((ann, "/me"), (ann, "/slots"), (therapist, "/practice")):
        now = caller(f"GET {path}").body["now"]
        assert now.endswith("-05:00")
        assert told <= datetime.fromisoformat(now) <= clock.now()


def test_a_client_sees_which_coming_sessions_have_ended(ann, therapist, go_to):
    own, other = ann.book(WEDNESDAY), ann.book(NEXT_WEDNESDAY)
    ann(f"DELETE /appointments/{own}")
    span = {"from": "2026-12-02T00:00:00-05:00", "to": "2026-12-03T00:00:00-05:00"}
    ill = {**span, "cancel_booked": True, "message": "I am ill.", "note": "Dentist"}
    therapist("POST /practice/time-off", ill)
    reply = ann("GET /me")
    assert reply.body["appointments"] == []
    assert [
        (each["appointment_id"], each["status"], each["ended_by"], each["message"])
        for each in reply.body["ended"]
    ] == [(own, "cancelled", "client", None), (other, "cancelled", "therapist", "I am ill.")]
    assert "Dentist" not in reply.text
    go_to("2026-11-25T10:50:00-05:00")
    assert [each["appointment_id"] for each in ann("GET /me").body["ended"]] == [other]


def test_a_moved_session_is_not_among_the_ended(ann):
    moved = ann.book(WEDNESDAY)
    ann(f"POST /appointments/{moved}/move", {"slot_id": WEDNESDAY_AT_11})
    body = ann("GET /me").body
    assert [each["slot_id"] for each in body["appointments"]] == [WEDNESDAY_AT_11]
    assert body["ended"] == []


@pytest.mark.usefixtures("integrity")
class TestRegulars:
    """A client sees the regulars that are theirs, as soon as the therapist has entered them."""

    def _regulars(self, caller):
        return [
            (r["weekday"], r["start"], r["every_weeks"], r["first"], r["until"])
            for r in caller("GET /me").body["regulars"]
        ]

    def _enter(self, therapist, **but):
        return therapist("POST /practice/regulars", {**WEDNESDAYS, **but}).body["regular_id"]

    def test_entered_ones_are_seen(self, ann, bob, therapist):
        self._enter(therapist, until="2027-06-30")
        self._enter(therapist, weekday="tuesday", every_weeks=2)
        assert self._regulars(ann) == [
            ("tuesday", "10:00", 2, "2026-11-25", None),
            ("wednesday", "10:00", 1, "2026-11-25", "2027-06-30"),
        ]
        assert self._regulars(bob) == []

    def test_a_preview_is_not_seen(self, ann, therapist):
        therapist("POST /practice/regulars?preview=true", WEDNESDAYS)
        assert self._regulars(ann) == []

    def test_a_changed_one_is_seen_as_changed(self, ann, therapist):
        regular_id = self._enter(therapist)
        changed = {**WEDNESDAYS, "start": "11:00", "every_weeks": 4}
        therapist(f"PUT /practice/regulars/{regular_id}", changed)
        assert self._regulars(ann) == [("wednesday", "11:00", 4, "2026-11-25", None)]

    def test_one_handed_to_another_client_is_seen_by_them_alone(self, ann, bob, therapist):
        regular_id = self._enter(therapist)
        therapist(f"PUT /practice/regulars/{regular_id}", {**WEDNESDAYS, "client_id": "bobt1"})
        assert self._regulars(ann) == []
        assert self._regulars(bob) == [("wednesday", "10:00", 1, "2026-11-25", None)]

    def test_one_that_ended_is_not_seen(self, ann, therapist):
        therapist(f"DELETE /practice/regulars/{self._enter(therapist)}")
        assert self._regulars(ann) == []

    def test_one_is_seen_until_its_last_day(self, ann, therapist, go_to):
        self._enter(therapist, until="2026-12-02")
        go_to("2026-12-02T23:59:00-05:00")
        assert len(self._regulars(ann)) == 1
        go_to("2026-12-03T00:00:00-05:00")
        assert self._regulars(ann) == []

    def test_a_row_from_before_the_copies_is_completed_by_the_regulars(self, ann, therapist):
        self._enter(therapist)
        ClientRow.get("t1", "annt1").update(actions=[ClientRow.regulars.remove()])
        assert self._regulars(ann) == [("wednesday", "10:00", 1, "2026-11-25", None)]

    @pytest.mark.parametrize(
        "stored",
        [None, [["r1", "tuesday", "10:00", 1, "2026-11-24", None]]],
        ids=["missing", "outdated"],
    )
    def test_a_release_copies_regulars_anew(self, therapist, stored):
        self._enter(therapist)
        row = ClientRow.get("t1", "annt1")
        row.update(
            actions=[ClientRow.regulars.set(stored) if stored else ClientRow.regulars.remove()]
        )
        therapist("POST /practice/release")
        (copy,) = ClientRow.get("t1", "annt1").regulars
        assert copy[1:] == ["wednesday", "10:00", 1, "2026-11-25", None]


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
