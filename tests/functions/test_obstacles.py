"""A therapist is told who and what is in the way; a client never is."""

import pytest

from tests.functions.slots import NEXT_TUESDAY, TUESDAY, WEDNESDAY, WEDNESDAYS
from tests.store.transport import intercepted, unreachable

ANN = {"client_id": "annt1", "name": "Ann"}
BOB = {"client_id": "bobt1", "name": "Bob"}
MEMBERS = ("client", "slot", "regular_id")
BOOKED_WEDNESDAY = {
    "slot_id": WEDNESDAY,
    "start": "2026-11-25T10:00:00-05:00",
    "end": "2026-11-25T10:50:00-05:00",
    "state": "booked",
}


def obstacle(reply):
    return {name: reply.body[name] for name in MEMBERS if name in reply.body}


@pytest.fixture
def booked_by_bob(bob):
    return bob.book(WEDNESDAY)


@pytest.mark.usefixtures("booked_by_bob")
class TestATakenSlot:
    @pytest.mark.parametrize(
        ("request_line", "body"),
        [
            ("POST /practice/appointments", {"client_id": "annt1", "slot_id": WEDNESDAY}),
            (f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"}),
            (f"DELETE /practice/slots/{WEDNESDAY}", None),
        ],
    )
    def test_is_named_with_its_client(self, therapist, request_line, body):
        reply = therapist(request_line, body)
        assert reply.refusal == "slot-taken"
        assert obstacle(reply) == {"client": BOB, "slot": BOOKED_WEDNESDAY}

    def test_is_named_when_a_session_moves_there(self, therapist, ann):
        own = ann.book(TUESDAY)
        reply = therapist(f"POST /practice/appointments/{own}/move", {"slot_id": WEDNESDAY})
        assert obstacle(reply) == {"client": BOB, "slot": BOOKED_WEDNESDAY}

    def test_is_a_mere_refusal_to_a_client(self, ann):
        reply = ann("POST /appointments", {"slot_id": WEDNESDAY})
        assert (reply.refusal, obstacle(reply)) == ("slot-taken", {})

    def test_is_named_with_the_regular_that_has_it(self, therapist):
        wanted = {**WEDNESDAYS, "first": "2026-11-30"}
        regular_id = therapist("POST /practice/regulars", wanted).body["regular_id"]
        reply = therapist("PUT /practice/slots/20261202T1500Z", {"state": "held"})
        assert obstacle(reply)["regular_id"] == regular_id
        assert obstacle(reply)["client"] == ANN

    def test_is_a_refusal_without_names_where_the_client_can_not_be_read(self, therapist):
        with intercepted() as transport:
            transport.fail(unreachable, lambda request: request.operation == "BatchGetItem")
            reply = therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
        assert reply.refusal == "slot-taken"
        assert obstacle(reply) == {"slot": BOOKED_WEDNESDAY}


def test_two_regulars_that_would_meet_are_told_apart(therapist):
    regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
    reply = therapist("POST /practice/regulars", {**WEDNESDAYS, "client_id": "bobt1"})
    assert (reply.refusal, reply.body["week"]) == ("regular-conflict", "2026-W48")
    assert obstacle(reply) == {"client": ANN, "regular_id": regular_id}


def test_an_overlapped_slot_is_named(therapist):
    extra = {"start": "2026-11-24T10:30:00-05:00", "minutes": 50}
    reply = therapist("POST /practice/slots", extra)
    assert reply.refusal == "overlap"
    assert (reply.body["slot"]["slot_id"], reply.body["slot"]["state"]) == (TUESDAY, "open")
    assert "client" not in reply.body


def test_an_overlapped_session_is_named_with_its_client(therapist, ann):
    ann.book(NEXT_TUESDAY)
    extra = {"start": "2026-12-01T10:30:00-05:00", "minutes": 50}
    assert obstacle(therapist("POST /practice/slots", extra))["client"] == ANN


def test_the_owner_of_a_login_name_is_named(therapist):
    anna = {"name": "Anna", "email": "ann@example.org", "invite": True}
    reply = therapist("POST /practice/clients", anna)
    assert (reply.refusal, obstacle(reply)) == ("known-client", {"client": ANN})


def test_the_owner_of_a_login_name_is_named_when_somebody_is_invited(therapist):
    added = therapist("POST /practice/clients", {"name": "Anna", "email": "ann@example.org"}).body
    reply = therapist(f"POST /practice/clients/{added['client_id']}/invitation")
    assert (reply.refusal, obstacle(reply)) == ("known-client", {"client": ANN})
