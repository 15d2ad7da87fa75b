"""Suspended and discharged clients who register again, and imported ones who register first."""

from __future__ import annotations

import pytest

from openhour.store.clients import find_client
from openhour.store.models import ContactRow
from openhour.use_cases.erasure import erase_client
from tests.dynamodb_backends import rows
from tests.functions.registering import ask, join
from tests.unit.builders import NOW

DORA = {"name": "Dora", "email": "dora@example.org", "phone": "+1 (212) 555-0142", "invite": True}
SUSPEND = {"state": "suspended"}
ACTIVE = {"state": "active"}


@pytest.fixture
def dora(therapist):
    """The id of an active client with an address and a phone, in a practice that is accepting."""
    therapist(
        "PATCH /practice", {"intake": "open", "intake_per_week": 50, "registrations_per_day": 50}
    )
    return therapist("POST /practice/clients", DORA).body["client_id"]


@pytest.fixture
def names(therapist):
    """The names of the clients and of the returning registrations."""

    def read():
        clients = therapist("GET /practice/clients").body["clients"]
        listed = therapist("GET /practice/registrations").body["registrations"]
        return [c["name"] for c in clients], [each["name"] for each in listed]

    return read


def suspend(therapist, client_id):
    therapist(f"PUT /practice/clients/{client_id}/privilege", SUSPEND)


def discharge(therapist, client_id):
    therapist(f"DELETE /practice/clients/{client_id}?reason=moved_on")


def register(**given):
    person = {"name": "Dee", "email": "dee@example.org", "phone": "555 0199 000", **given}
    return ask(person)


def become(**given):
    """Register, and follow the link if one is mailed."""
    person = {"name": "Dee", "email": "dee@example.org", "phone": "555 0199 000", **given}
    return join(person)


each_end = pytest.mark.parametrize("end", [suspend, discharge], ids=["suspended", "discharged"])
RECOGNIZED = {
    "the same address": {"email": "dora@example.org"},
    "in capitals": {"email": "DORA@Example.org"},
    "with a tag": {"email": "dora+x@example.org"},
    "the same phone": {"phone": "+1 212 555 0142"},
    "without the country": {"phone": "2125550142"},
    "in another country's form": {"phone": "001-212-555-0142"},
}
NOT_RECOGNIZED = {
    "another domain": {"email": "dora@example.com"},
    "another phone": {"phone": "+1 212 555 0143"},
    "a phone too short to tell": {"phone": "555-0142"},
}


@each_end
@pytest.mark.parametrize("given", RECOGNIZED.values(), ids=RECOGNIZED)
def test_a_client_who_may_not_book_makes_no_second_client(therapist, names, dora, end, given):
    end(therapist, dora)
    before, _ = names()
    assert register(**given).status == 202
    assert names() == (before, ["Dee"])


def test_the_address_in_a_login_name_is_recognized(therapist, names, dora):
    suspend(therapist, dora)
    therapist(f"PATCH /practice/clients/{dora}", {"email": "new@example.org"})
    register(email=DORA["email"])
    assert names()[1] == ["Dee"]


@each_end
@pytest.mark.parametrize("given", NOT_RECOGNIZED.values(), ids=NOT_RECOGNIZED)
def test_somebody_else_becomes_a_client(therapist, names, dora, end, given):
    end(therapist, dora)
    assert become(**given).status == 200
    clients, listed = names()
    assert "Dee" in clients
    assert listed == []


def test_the_answer_is_the_same_for_everybody(therapist, dora):
    suspend(therapist, dora)
    replies = [register(email="dora+a@example.org"), register(), register(email="ann@example.org")]
    assert len({(each.status, each.text, str(each.headers)) for each in replies}) == 1


def test_the_therapist_sees_who_wanted_to_return(therapist, dora):
    discharge(therapist, dora)
    register(phone=DORA["phone"])
    (listed,) = therapist("GET /practice/registrations").body["registrations"]
    assert listed.pop("registration_id")
    assert listed.pop("at").startswith("2026-11-23T09:0")
    assert listed == {
        "name": "Dee",
        "email": "dee@example.org",
        "phone": DORA["phone"],
        "client_id": dora,
        "client_name": "Dora",
        "privilege": "ended",
        "discharge_reason": "moved_on",
    }


def test_a_registration_is_deleted_once(therapist, names, dora):
    suspend(therapist, dora)
    register(email=DORA["email"])
    (listed,) = therapist("GET /practice/registrations").body["registrations"]
    path = f"DELETE /practice/registrations/{listed['registration_id']}"
    assert therapist(path).body == {"registrations": []}
    assert therapist(path).refusal == "unknown-registration"


def test_a_restored_client_is_an_ordinary_one(therapist, names, dora):
    suspend(therapist, dora)
    therapist(f"PUT /practice/clients/{dora}/privilege", ACTIVE)
    become(phone=DORA["phone"])
    clients, listed = names()
    assert "Dee" in clients
    assert listed == []


def test_a_changed_address_is_the_one_that_is_compared(therapist, names, dora):
    suspend(therapist, dora)
    therapist(f"PATCH /practice/clients/{dora}", {"email": "new@example.org", "phone": None})
    register(email="new+1@example.org")
    assert names()[1] == ["Dee"]
    become(name="Dan", email="dan@example.org", phone=DORA["phone"])
    assert "Dan" in names()[0]


def test_a_client_suspended_by_their_own_act_is_recognized(therapist, names, ann, later):
    therapist("PATCH /practice", {"strike_limit": 1, "on_strike_limit": "suspend"})
    appointment_id = ann.book("20261124T1500Z")
    later(hours=3)
    ann(f"DELETE /appointments/{appointment_id}")
    register(email="ann+again@example.org")
    assert names()[1] == ["Dee"]


def test_an_erased_client_is_recognized_no_more(therapist, names, dora):
    discharge(therapist, dora)
    register(email=DORA["email"])
    erase_client("t1", dora, now=NOW)
    assert names()[1] == []
    assert not [key for key in rows()[ContactRow.table.name] if dora in key[1] and "#" in key[1]]
    become(email=DORA["email"])
    assert "Dee" in names()[0]


IMPORTED = {"name": "Imre", "email": "Imre@example.org"}
NO_INVITATION = {
    "another tag": {"email": "imre+x@example.org"},
    "the phone alone": {"phone": "+1 212 555 0142"},
}


def _login_of(client_id):
    client = find_client("t1", client_id)
    assert client
    return client.login


def test_an_imported_client_who_registers_is_invited_at_the_stored_address(therapist, names):
    client_id = therapist("POST /practice/clients", IMPORTED).body["client_id"]
    before = names()
    assert register(email="imre@EXAMPLE.org").status == 202
    assert _login_of(client_id) is None
    assert become(email="imre@EXAMPLE.org").status == 200
    assert names() == before
    assert _login_of(client_id) == "t1/imre@example.org"
    client = therapist(f"GET /practice/clients/{client_id}").body
    assert client["email"] == IMPORTED["email"]


@pytest.mark.parametrize("given", NO_INVITATION.values(), ids=NO_INVITATION)
def test_nothing_but_the_address_invites(therapist, dora, given):
    imported = {**IMPORTED, "phone": "+1 212 555 0142"}
    client_id = therapist("POST /practice/clients", imported).body["client_id"]
    assert become(**given).status == 200
    assert _login_of(client_id) is None
