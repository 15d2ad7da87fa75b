"""The therapist reads clients' names beside their ids, at the price of one batch read."""

import pytest

from openhour.rules.weeks import start_of
from tests.dynamodb_backends import rows
from tests.functions.slots import (
    FRIDAY,
    NEXT_WEDNESDAY,
    TUESDAY,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAY_AT_11,
    WEDNESDAYS,
)
from tests.store.transport import intercepted

pytestmark = pytest.mark.usefixtures("integrity")

ANN = {"client_id": "annt1", "name": "Ann"}
BOB = {"client_id": "bobt1", "name": "Bob"}
FORTNIGHTLY = {**WEDNESDAYS, "every_weeks": 2}


def _clients_read(transport):
    """The batches that read clients, each as the ids in it."""
    return [
        [key["client_id"]["S"] for key in wanted["Keys"]]
        for request in transport.requests
        if request.operation == "BatchGetItem"
        for table, wanted in request.body["RequestItems"].items()
        if "clients" in table.lower()
    ]


class TestLists:
    def test_regulars_are_named(self, therapist):
        for client in ("annt1", "bobt1"):
            for weekday in ("tuesday", "wednesday"):
                wanted = {**FORTNIGHTLY, "client_id": client, "weekday": weekday}
                if client == "bobt1":
                    wanted["first"] = "2026-11-30"
                assert therapist("POST /practice/regulars", wanted).status == 201
        with intercepted() as transport:
            listed = therapist("GET /practice/regulars").body["regulars"]
        assert [(each["weekday"], each["client"]) for each in listed] == [
            ("tuesday", ANN),
            ("tuesday", BOB),
            ("wednesday", ANN),
            ("wednesday", BOB),
        ]
        assert _clients_read(transport) == [["annt1", "bobt1"]]
        one = therapist(f"GET /practice/regulars/{listed[1]['regular_id']}").body
        assert one == listed[1]

    def test_a_regular_of_somebody_who_was_discharged_is_named_too(self, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        therapist("DELETE /practice/clients/annt1")
        assert therapist(f"GET /practice/regulars/{regular_id}").body["client"] == ANN

    def test_conflicts_name_who_is_there_and_who_waits_in_order_of_time(self, therapist, bob, ann):
        bob.book(NEXT_WEDNESDAY)
        ann.book(TUESDAY)
        therapist("POST /practice/regulars", WEDNESDAYS)
        therapist("POST /practice/time-off", TUESDAY_OFF)
        with intercepted() as transport:
            listed = therapist("GET /practice/conflicts").body["conflicts"]
        assert [(e["reason"], e["start"], e["client"], e["waiting"]) for e in listed] == [
            ("time-off", "2026-11-24T10:00:00-05:00", ANN, None),
            ("booked", "2026-12-02T10:00:00-05:00", BOB, ANN),
        ]
        assert _clients_read(transport) == [["annt1", "bobt1"]]

    def test_without_conflicts_no_client_is_read(self, therapist):
        with intercepted() as transport:
            assert therapist("GET /practice/conflicts").body == {"conflicts": []}
        assert _clients_read(transport) == []

    def test_a_regular_outside_the_hours_waits_without_a_known_end(self, therapist):
        therapist("POST /practice/regulars", WEDNESDAYS)
        therapist("PUT /practice/hours", {"hours": [FRIDAY]})
        unplaced = [
            each
            for each in therapist("GET /practice/conflicts").body["conflicts"]
            if each["appointment_id"] is None
        ]
        # Placed sessions stay where they are. What is not placed yet has no slot.
        assert all((each["client"], each["waiting"]) == (None, ANN) for each in unplaced)
        assert all(each["end"] is None for each in unplaced)

    def test_a_start_that_the_clock_skips_is_reported_with_the_length_of_the_hours(
        self, therapist, go_to
    ):
        sunday = {"weekday": "sunday", "start": "02:30", "minutes": 50, "prime": False}
        therapist("PUT /practice/hours", {"hours": [sunday]})
        go_to("2027-03-08T09:00:00-05:00")
        weekly = {**WEDNESDAYS, "weekday": "sunday", "start": "02:30"}
        (conflict,) = therapist("POST /practice/regulars", weekly).body["conflicts"]
        assert start_of(conflict["slot_id"]).isoformat()[:16] == "2027-03-14T07:30"
        assert (conflict["start"], conflict["end"]) == (
            "2027-03-14T03:30:00-04:00",
            "2027-03-14T04:20:00-04:00",
        )
        assert (conflict["client"], conflict["waiting"]) == (None, ANN)


class TestResults:
    """What a planning act and its preview say of clients."""

    @pytest.mark.parametrize("query", ["", "?preview=true"], ids=["act", "preview"])
    def test_of_hours(self, therapist, ann, query):
        therapist("POST /practice/regulars", {**WEDNESDAYS, "client_id": "bobt1"})
        ann.book(TUESDAY)
        wednesday = {"weekday": "wednesday", "start": "11:00", "minutes": 50, "prime": False}
        reply = therapist(f"PUT /practice/hours{query}", {"hours": [wednesday]}).body
        named = {(each["client"] or each["waiting"])["name"] for each in reply["conflicts"]}
        assert named == {"Ann", "Bob"}

    @pytest.mark.parametrize("query", ["", "?preview=true"], ids=["act", "preview"])
    def test_of_a_regular_that_is_handed_on(self, therapist, query):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        to_bob = {**WEDNESDAYS, "client_id": "bobt1"}
        reply = therapist(f"PUT /practice/regulars/{regular_id}{query}", to_bob).body
        assert (reply["client"], reply["placed"]) == (BOB, [WEDNESDAY, NEXT_WEDNESDAY])

    @pytest.mark.parametrize("query", ["", "?preview=true"], ids=["act", "preview"])
    def test_of_a_regular_that_ends(self, therapist, query):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        reply = therapist(f"DELETE /practice/regulars/{regular_id}{query}").body
        assert reply["client"] == ANN
        assert [each["client"] for each in reply["cancelled"]] == [ANN, ANN]

    @pytest.mark.parametrize("query", ["", "?preview=true"], ids=["act", "preview"])
    def test_of_a_sick_day(self, therapist, ann, query):
        ann.book(TUESDAY)
        sick = {**TUESDAY_OFF, "cancel_booked": True}
        reply = therapist(f"POST /practice/time-off{query}", sick).body
        assert [each["client"] for each in reply["cancelled"]] == [ANN]

    def test_of_time_off_taken_twice_and_given_back(self, therapist, ann):
        ann.book(TUESDAY)
        sick = {**TUESDAY_OFF, "cancel_booked": True}
        first = therapist("POST /practice/time-off", sick).body
        assert therapist("POST /practice/time-off", sick).body == first
        back = therapist(f"DELETE /practice/time-off/{first['time_off_id']}").body
        assert [each["client"] for each in back["cancelled"]] == [ANN]

    def test_of_a_week_that_would_be_full(self, therapist, ann):
        ann.book(WEDNESDAY)
        at_11 = {**WEDNESDAYS, "start": "11:00"}
        before = rows()
        reply = therapist("POST /practice/regulars?preview=true", at_11).body
        assert rows() == before
        assert WEDNESDAY_AT_11 in reply["placed"]
        assert [(each["client"], each["week"]) for each in reply["full_weeks"]] == [
            (ANN, "2026-W48")
        ]
