"""Login names: the therapist's id, a slash, and an address or a substitute.

Cognito allows 128 characters. What would not fit is refused before it is stored.
"""

from __future__ import annotations

import pytest

from infra.seed import seed_practice
from openhour.use_cases import clients
from tests.functions.http import ANYBODY, a_therapist
from tests.unit.builders import a_practice

ROOM = 128 - len("t1/")
LONG_ID = "t" * 64


def an_address(length: int) -> str:
    """An address of so many characters: mail would be delivered to it."""
    domain = ".".join("b" * 60 for _ in range(4))
    return f"{'a' * 30}@{domain}"[: length - 4] + ".com"


def a_newcomer(length: int, **but: object) -> dict[str, object]:
    return {"name": "Cleo", "email": an_address(length), "phone": "555 0123", **but}


@pytest.fixture
def far_away(practice):
    """A therapist whose id takes half of every login name."""
    seed_practice(a_practice(therapist_id=LONG_ID))
    return a_therapist(LONG_ID)


def test_an_invited_client_may_have_an_address_that_just_fits(therapist, unchanged):
    added = therapist("POST /practice/clients", a_newcomer(ROOM, invite=True))
    assert added.status == 201
    login = clients.read_client("t1", added.body["client_id"]).login
    assert login == f"t1/{an_address(ROOM)}"
    with unchanged():
        reply = therapist("POST /practice/clients", a_newcomer(ROOM + 1, invite=True))
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", ["email"])
    assert "at most 125 characters" in reply.body["errors"][0]["message"]


def test_a_login_stands_for_an_address_that_does_not_fit(therapist):
    cleo = a_newcomer(ROOM + 1, invite=True, login="cleo")
    assert therapist("POST /practice/clients", cleo).status == 201


def test_clients_without_an_invitation_may_have_any_address(therapist, unchanged):
    added = therapist("POST /practice/clients", a_newcomer(ROOM + 1))
    assert added.status == 201
    with unchanged():
        reply = therapist(f"POST /practice/clients/{added.body['client_id']}/invitation")
    assert (reply.status, reply.fields) == (422, ["email"])


def test_a_client_with_a_login_may_change_to_an_address_that_would_not_fit(therapist):
    reply = therapist("PATCH /practice/clients/annt1", {"email": an_address(ROOM + 1)})
    assert reply.status == 200
    assert clients.read_client("t1", "annt1").login == "t1/ann@example.org"


def test_a_login_must_fit_too(far_away, unchanged):
    al = {"name": "Al", "email": "al@example.org", "invite": True}
    with unchanged():
        refused = far_away("POST /practice/clients", {**al, "login": "x" * 64})
    assert (refused.status, refused.fields) == (422, ["login"])
    assert far_away("POST /practice/clients", {**al, "login": "x" * 63}).status == 201


def test_a_new_client_registers_with_an_address_that_just_fits(unchanged):
    with unchanged():
        refused = ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM + 1))
    assert (refused.status, refused.refusal, refused.fields) == (422, "invalid", ["email"])
    assert ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM)).status == 202


def test_a_long_address_tells_nobody_whether_it_is_known(therapist):
    known = a_newcomer(ROOM + 1, invite=True, login="cleo")
    assert therapist("POST /practice/clients", known).status == 201
    of_a_client = ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM + 1))
    stranger = {**a_newcomer(ROOM + 1), "email": "x" + an_address(ROOM + 1)[1:]}
    of_nobody = ANYBODY("POST /therapists/t1/registrations", stranger)
    bodies = [{**reply.body, "request_id": None} for reply in (of_a_client, of_nobody)]
    assert of_a_client.status == 422
    assert bodies[0] == bodies[1]
