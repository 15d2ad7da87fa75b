"""What the lists of clients and of discharged clients say of logins and of how clients came."""

import pytest

from openhour.store.models import ClientRow
from tests.functions.http import a_client
from tests.functions.registering import join
from tests.functions.slots import CLEO, NEXT_TUESDAY, TUESDAY, WEDNESDAY
from tests.store.transport import intercepted
from tests.unit.builders import NOW

MONDAY = "2026-11-23T09:00:00-05:00"
SUSPENDED = {"state": "suspended", "reason": None}


@pytest.fixture
def listed(therapist):
    """The listed clients by name; with `discharged` the others."""

    def read(query=""):
        clients = therapist(f"GET /practice/clients{query}").body["clients"]
        return {each["name"]: each for each in clients}

    return read


def _signed_in(client_id):
    row = ClientRow("t1", client_id)
    row.update(actions=[ClientRow.signed_in_at.set(NOW)])


class TestTheLogin:
    def test_of_a_client_who_was_never_invited_is_none(self, therapist):
        client = therapist("POST /practice/clients", {"name": "Al"}).body
        assert (client["login"], client["invited_at"]) == ("none", None)

    def test_waits_for_the_first_sign_in(self, listed):
        assert listed()["Ann"]["login"] == "invited"
        _signed_in("annt1")
        assert (listed()["Ann"]["login"], listed()["Ann"]["signed_in"]) == ("active", MONDAY)
        assert (listed()["Bob"]["login"], listed()["Bob"]["signed_in"]) == ("invited", None)

    def test_is_disabled_while_the_client_is_suspended(self, therapist, listed):
        _signed_in("annt1")
        therapist("PUT /practice/clients/annt1/privilege", SUSPENDED)
        assert listed()["Ann"]["login"] == "disabled"
        therapist("PATCH /practice", {"suspended_can_sign_in": True})
        assert listed()["Ann"]["login"] == "active"


class TestHowTheyCame:
    def test_a_client_who_registered_online_stays_one_who_did(self, listed, therapist, go_to):
        join(CLEO)
        cleo = listed()["Cleo"]
        assert (cleo["registered_online"], cleo["created_at"]) == (True, MONDAY)
        book = {"client_id": cleo["client_id"], "slot_id": TUESDAY}
        therapist("POST /practice/appointments", book)
        go_to("2026-11-24T12:00:00-05:00")
        path = f"/practice/clients/{cleo['client_id']}/booking-check?slot_id={WEDNESDAY}"
        reasons = therapist(f"GET {path}").body["reasons"]
        assert [each["name"] for each in reasons] == ["weekly-limit"], "a session was kept"
        assert listed()["Cleo"]["registered_online"] is True

    def test_a_row_of_an_earlier_version_tells_it_until_a_session_is_kept(
        self, listed, therapist, go_to
    ):
        join(CLEO)
        row = ClientRow("t1", listed()["Cleo"]["client_id"])
        row.update(actions=[ClientRow.registered_online.remove(), ClientRow.created_at.remove()])
        cleo = listed()["Cleo"]
        assert (cleo["registered_online"], cleo["created_at"]) == (True, None)
        book = {"client_id": cleo["client_id"], "slot_id": TUESDAY}
        therapist("POST /practice/appointments", book)
        go_to("2026-11-24T12:00:00-05:00")
        a_client("t1", cleo["client_id"]).book(NEXT_TUESDAY)
        stored = ClientRow.get("t1", cleo["client_id"]).attribute_values
        assert "new" not in stored
        assert stored["registered_online"] is True

    def test_a_client_who_was_entered_did_not_register(self, listed):
        assert listed()["Ann"]["registered_online"] is False


class TestDischargedClients:
    def test_are_a_list_of_their_own(self, therapist, listed, later):
        later(hours=1)
        therapist("DELETE /practice/clients/annt1?reason=moved_on")
        assert list(listed()) == ["Bob"]
        (ann,) = listed("?discharged=true").values()
        assert (ann["name"], ann["privilege"], ann["discharge_reason"]) == (
            "Ann",
            "ended",
            "moved_on",
        )
        assert ann["discharged_at"] == "2026-11-23T10:00:00-05:00"
        assert (ann["login"], ann["next_appointment"]) == ("none", None)

    def test_are_none_at_first(self, listed):
        assert listed("?discharged=true") == {}
        assert list(listed("?discharged=false")) == ["Ann", "Bob"]


class TestRecentOutcomes:
    def test_are_read_for_all_clients_at_once(self, therapist, listed, ann, bob, go_to):
        booked = ann.book(TUESDAY)
        late = bob.book(WEDNESDAY)
        go_to("2026-11-24T20:00:00-05:00")
        therapist(f"PUT /practice/appointments/{booked}/outcome", {"outcome": "no_show"})
        bob(f"DELETE /appointments/{late}")
        go_to("2026-11-25T12:00:00-05:00")
        with intercepted() as transport:
            clients = listed()
        assert {name: each["recent"] for name, each in clients.items()} == {
            "Ann": ["no_show"],
            "Bob": ["late_cancelled"],
        }
        queries = [each.body.get("IndexName") for each in transport.requests]
        assert queries.count("by-therapist") == 1
        assert len(queries) <= 6

    def test_are_none_at_first(self, listed):
        assert listed()["Ann"]["recent"] == []
