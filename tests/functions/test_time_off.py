"""Time off: taken twice, told to clients, with notes, and whom to call about it."""

from datetime import timedelta

import pytest

from openhour.rules.time_off import time_off_id_of
from tests.functions.slots import NEXT_TUESDAY, TUESDAY, TUESDAY_EVENING, TUESDAY_OFF, WEDNESDAY
from tests.unit.builders import NOW, time_off

SICK = {**TUESDAY_OFF, "cancel_booked": True, "message": "I am ill today."}
BOTH_TUESDAYS = {**SICK, "to": "2026-12-02T00:00:00-05:00"}
AWAY = "Away until Wednesday"


def _calls(reply):
    return [(each["client_id"], each["phone"], each["why"]) for each in reply.body["call"]]


class TestRepeats:
    @pytest.mark.parametrize("body", [TUESDAY_OFF, SICK], ids=["a day off", "a sick day"])
    def test_the_same_time_off_is_taken_once(self, therapist, ann, body, later, unchanged):
        ann.book(TUESDAY)
        first = therapist("POST /practice/time-off", body)
        later(hours=3)
        with unchanged():
            again = therapist("POST /practice/time-off", body)
        assert (again.status, again.body) == (201, first.body)
        assert len(therapist("GET /practice/time-off").body["time_off"]) == 1

    def test_time_off_that_was_given_back_can_be_taken_again(self, therapist):
        for _ in range(2):
            taken = therapist("POST /practice/time-off", TUESDAY_OFF)
            assert taken.status == 201
            slots = therapist("GET /practice/calendar?week=2026-W48").body["slots"]
            assert slots[0]["state"] == "blocked"
            therapist(f"DELETE /practice/time-off/{taken.body['time_off_id']}")
            assert therapist("GET /practice/time-off").body == {"time_off": []}

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param({"to": "2026-11-25T00:00:01-05:00"}, id="another end"),
            pytest.param({"cancel_booked": True}, id="a sick day"),
            pytest.param({"message": "Ill"}, id="another message"),
            pytest.param({"notice": AWAY}, id="another notice"),
            pytest.param({"note": "Dentist"}, id="another note"),
        ],
    )
    def test_other_time_off_is_taken_besides(self, therapist, other):
        therapist("POST /practice/time-off", TUESDAY_OFF)
        assert therapist("POST /practice/time-off", {**TUESDAY_OFF, **other}).status == 201
        assert len(therapist("GET /practice/time-off").body["time_off"]) == 2

    def test_the_same_instants_with_another_offset_are_the_same(self, therapist):
        first = therapist("POST /practice/time-off", TUESDAY_OFF)
        in_utc = {"from": "2026-11-24T05:00:00Z", "to": "2026-11-25T05:00:00+00:00"}
        assert therapist("POST /practice/time-off", in_utc).body == first.body

    def test_the_id_depends_on_the_request_alone(self):
        asked = time_off("2026-11-24 00:00", "2026-11-25 00:00")
        later = time_off("2026-11-24 00:00", "2026-11-25 00:00", time_off_id="x", made_at=NOW)
        assert time_off_id_of(asked) == time_off_id_of(later)
        longer = time_off("2026-11-24 00:00", "2026-11-25 00:01")
        assert longer.ends - asked.ends == timedelta(minutes=1)
        assert time_off_id_of(asked) != time_off_id_of(longer)


class TestNoticesAndNotes:
    @pytest.mark.parametrize(
        ("instant", "seen"),
        [
            pytest.param("2026-11-23T23:59:59-05:00", False, id="before it begins"),
            pytest.param("2026-11-24T00:00:00-05:00", True, id="when it begins"),
            pytest.param("2026-11-24T23:59:59-05:00", True, id="before it ends"),
            pytest.param("2026-11-25T00:00:00-05:00", False, id="when it has ended"),
        ],
    )
    def test_clients_see_the_notice_while_it_lasts(self, therapist, ann, go_to, instant, seen):
        therapist("POST /practice/time-off", {**TUESDAY_OFF, "notice": AWAY, "note": "Dentist"})
        go_to(instant)
        reply = ann("GET /me")
        expected = [{**TUESDAY_OFF, "notice": AWAY}] if seen else []
        assert reply.body["notices"] == expected
        assert "Dentist" not in reply.text

    def test_time_off_without_a_notice_is_not_told(self, therapist, ann, go_to):
        therapist("POST /practice/time-off", {**TUESDAY_OFF, "message": "Ill", "note": "Dentist"})
        go_to("2026-11-24T12:00:00-05:00")
        assert ann("GET /me").body["notices"] == []

    def test_the_therapist_reads_note_and_notice(self, therapist):
        told = {"notice": AWAY, "note": "Dentist"}
        taken = therapist("POST /practice/time-off", {**TUESDAY_OFF, **told}).body
        (listed,) = therapist("GET /practice/time-off").body["time_off"]
        assert told.items() <= taken.items()
        assert told.items() <= listed.items()

    def test_a_slot_keeps_its_note_until_it_is_removed(self, therapist, ann):
        slot = f"PUT /practice/slots/{TUESDAY}"
        assert therapist(slot, {"state": "held"}).body["note"] is None
        noted = therapist(slot, {"state": "blocked", "note": "Supervision"})
        assert noted.body["note"] == "Supervision"
        assert therapist(slot, {"state": "open"}).body["note"] == "Supervision"
        therapist("POST /practice/time-off", TUESDAY_OFF)
        week = therapist("GET /practice/calendar?week=2026-W48").body
        assert week["slots"][0]["note"] == "Supervision"
        assert "Supervision" not in ann("GET /slots").text
        assert therapist(slot, {"state": "held", "note": None}).body["note"] is None

    def test_the_note_goes_when_the_slot_returns_to_the_plan(self, therapist):
        therapist(f"PUT /practice/slots/{TUESDAY}", {"state": "blocked", "note": "Supervision"})
        assert therapist(f"DELETE /practice/slots/{TUESDAY}").body["note"] is None

    def test_an_extra_opening_has_a_note(self, therapist):
        extra = {"start": "2026-11-26T10:00:00-05:00", "minutes": 50, "note": "For Ann"}
        slot_id = therapist("POST /practice/slots", extra).body["slot_id"]
        assert therapist(f"GET /practice/slots/{slot_id}").body["note"] == "For Ann"

    def test_a_booked_slot_keeps_its_note_through_the_booking(self, therapist, ann):
        therapist(f"PUT /practice/slots/{TUESDAY}", {"state": "open", "note": "Bring the form"})
        appointment_id = ann.book(TUESDAY)
        assert "Bring the form" not in ann("GET /appointments").text
        ann(f"DELETE /appointments/{appointment_id}")
        assert therapist(f"GET /practice/slots/{TUESDAY}").body["note"] == "Bring the form"


class TestCalls:
    @pytest.fixture(autouse=True)
    def mailed(self, therapist):
        """Clients are mailed."""
        therapist("PATCH /practice", {"mail_from": "2026-11-01"})

    def test_those_whom_mail_will_not_reach_in_time_are_listed_soonest_first(
        self, therapist, ann, bob, go_to, unchanged
    ):
        new = {"name": "Cleo", "phone": "+1 212 555 0107"}
        cleo = therapist("POST /practice/clients", new).body["client_id"]
        wanted = {"client_id": cleo, "slot_id": NEXT_TUESDAY}
        therapist("POST /practice/appointments", wanted)
        bob.book(TUESDAY_EVENING)
        ann.book(TUESDAY)
        go_to("2026-11-23T17:00:00-05:00")
        with unchanged():
            preview = therapist("POST /practice/time-off?preview=true", BOTH_TUESDAYS)
        reply = therapist("POST /practice/time-off", BOTH_TUESDAYS)
        assert _calls(reply) == [
            ("annt1", None, "soon"),
            (cleo, "+1 212 555 0107", "no_address"),
        ]
        assert reply.body["call"][0] == {
            "client_id": "annt1",
            "name": "Ann",
            "phone": None,
            "start": "2026-11-24T10:00:00-05:00",
            "why": "soon",
        }
        assert preview.body["call"] == reply.body["call"]

    @pytest.mark.parametrize(
        ("instant", "why"),
        [
            pytest.param("2026-11-23T09:59:00-05:00", [], id="more than 24 hours before"),
            pytest.param("2026-11-23T10:00:01-05:00", ["soon"], id="less than 24 hours before"),
        ],
    )
    def test_a_session_is_soon_within_24_hours(self, therapist, ann, go_to, instant, why):
        ann.book(TUESDAY)
        go_to(instant)
        reply = therapist("POST /practice/time-off", SICK)
        assert [each["why"] for each in reply.body["call"]] == why

    def test_everybody_is_called_while_clients_are_not_mailed(self, therapist, ann):
        therapist("PATCH /practice", {"mail_from": None})
        ann.book(TUESDAY)
        reply = therapist("POST /practice/time-off", SICK)
        assert [each["why"] for each in reply.body["call"]] == ["not_mailed"]

    def test_nobody_is_called_whose_session_stands(self, therapist, ann):
        ann.book(WEDNESDAY)
        off = {**TUESDAY_OFF, "to": "2026-11-26T00:00:00-05:00"}
        assert therapist("POST /practice/time-off", off).body["call"] == []
