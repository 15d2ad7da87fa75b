"""Why a client can't book, and what they see of the open slots, as the therapist reads it."""

import pytest

from tests.dynamodb_backends import rows
from tests.functions.registering import join
from tests.functions.slots import (
    NEXT_TUESDAY_EVENING,
    NOWHERE,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

ANN = {"client_id": "annt1", "name": "Ann"}
SUSPEND = ("PUT /practice/clients/annt1/privilege", {"state": "suspended", "reason": "x"})
SWITCH_OFF = ("PUT /practice/self-scheduling", {"enabled": False})


@pytest.fixture
def check(therapist):
    """The names of the reasons against Ann's booking of a slot, each with its detail."""

    def read(slot_id):
        path = f"GET /practice/clients/annt1/booking-check?slot_id={slot_id}"
        before = rows()
        reply = therapist(path)
        assert (reply.status, rows() == before) == (200, True)
        assert reply.body["client"] == ANN
        return {each["name"]: each["detail"] for each in reply.body["reasons"]}

    return read


class TestTheReasons:
    def test_are_none_where_the_booking_succeeds(self, check, ann):
        assert check(TUESDAY) == {}
        ann.book(TUESDAY)
        assert check(TUESDAY) == {}, "and where the client has the slot"

    def test_are_all_there_in_order(self, check, therapist, ann, bob, go_to):
        bob.book(TUESDAY)
        ann.book(WEDNESDAY)
        therapist(*SWITCH_OFF)
        therapist(*SUSPEND)
        go_to("2026-11-24T09:30:00-05:00")
        assert list(check(TUESDAY)) == [
            *("privilege-suspended", "self-scheduling-off", "too-soon", "slot-taken"),
            "weekly-limit",
        ]
        assert ann("POST /appointments", {"slot_id": TUESDAY}).refusal == "privilege-suspended"

    def test_name_the_client_who_has_the_slot(self, check, bob, therapist):
        bob.book(TUESDAY)
        assert check(TUESDAY) == {"slot-taken": "Bob has a session there."}
        path = f"GET /practice/clients/annt1/booking-check?slot_id={TUESDAY}"
        slot = therapist(path).body["slot"]
        assert (slot["slot_id"], slot["client"]["name"]) == (TUESDAY, "Bob")

    def test_tell_what_a_slot_is_that_nobody_has(self, check, therapist):
        week = "It is held until its week is released."
        assert check(NEXT_TUESDAY_EVENING) == {"slot-taken": week}
        therapist(f"PUT /practice/slots/{TUESDAY_EVENING}", {"state": "held"})
        assert check(TUESDAY_EVENING) == {"slot-taken": "You hold it."}
        therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
        assert check(WEDNESDAY) == {"slot-taken": "It is blocked."}

    def test_count_the_sessions_of_the_week(self, check, ann):
        ann.book(WEDNESDAY)
        detail = "This client has 1 session in week 2026-W48, and can book 1."
        assert check(TUESDAY) == {"weekly-limit": detail}

    def test_tell_the_booking_notice(self, check, go_to):
        go_to("2026-11-24T09:30:00-05:00")
        detail = "It starts too soon: clients can book until 1 hour before."
        assert check(TUESDAY) == {"too-soon": detail}

    def test_tell_that_there_is_no_such_slot(self, check, therapist):
        assert list(check(NOWHERE)) == ["unknown-slot"]
        path = f"GET /practice/clients/annt1/booking-check?slot_id={NOWHERE}"
        assert therapist(path).body["slot"] is None

    def test_tell_that_it_has_started(self, check, go_to):
        go_to("2026-11-24T10:00:00-05:00")
        assert list(check(TUESDAY)) == ["already-started"]

    def test_tell_that_a_new_client_has_a_first_session_ahead(self, therapist):
        zoe = {"name": "Zoe", "email": "zoe@example.org", "phone": "555 0123"}
        assert join(zoe).status == 200
        clients = therapist("GET /practice/clients").body["clients"]
        (client_id,) = (each["client_id"] for each in clients if each["name"] == "Zoe")
        booked = {"client_id": client_id, "slot_id": WEDNESDAY}
        assert therapist("POST /practice/appointments", booked).status == 201
        path = f"GET /practice/clients/{client_id}/booking-check?slot_id={WEDNESDAY_AT_11}"
        reasons = [each["name"] for each in therapist(path).body["reasons"]]
        assert reasons == ["first-session-ahead", "weekly-limit"]

    @pytest.mark.parametrize("slot_id", ["x", "", "20261399T9999Z"])
    def test_are_not_given_for_a_malformed_slot_id(self, therapist, slot_id):
        reply = therapist(f"GET /practice/clients/annt1/booking-check?slot_id={slot_id}")
        assert (reply.refusal, reply.fields) == ("invalid", ["slot_id"])

    def test_are_not_given_of_a_discharged_client(self, therapist):
        therapist("DELETE /practice/clients/annt1")
        path = f"GET /practice/clients/annt1/booking-check?slot_id={TUESDAY}"
        assert therapist(path).refusal == "unknown-client"


class TestWhatAClientSees:
    PATH = "GET /practice/clients/annt1/slots"

    def test_is_what_they_are_answered(self, therapist, ann, bob):
        bob.book(TUESDAY)
        query = "?from=2026-11-24&to=2026-12-01"
        reply = therapist(f"{self.PATH}{query}")
        assert reply.body == {**ann(f"GET /slots{query}").body, "reasons": []}
        assert [each["slot_id"] for each in reply.body["slots"]] == [
            *(TUESDAY_EVENING, WEDNESDAY, WEDNESDAY_AT_11)
        ]

    def test_is_nothing_while_they_are_suspended_or_booking_is_off(self, therapist, ann):
        therapist(*SUSPEND)
        body = therapist(self.PATH).body
        assert body["slots"] == []
        assert [each["name"] for each in body["reasons"]] == ["privilege-suspended"]
        therapist(*SWITCH_OFF)
        body = therapist(self.PATH).body
        names = ["privilege-suspended", "self-scheduling-off"]
        assert [each["name"] for each in body["reasons"]] == names
        assert ann("GET /slots").refusal == "privilege-suspended"

    def test_is_not_told_of_a_discharged_client(self, therapist):
        therapist("DELETE /practice/clients/annt1")
        assert therapist(self.PATH).refusal == "unknown-client"
