"""A login name is the therapist's id, a slash, and an address or what stands for it: 128 characters
at most, since Cognito takes no more. What would not fit is refused while it can still be mended."""

from __future__ import annotations

import pytest

from openhour.use_cases import clients
from openhour.use_cases.therapists import open_practice
from tests.functions.http import ANYBODY, a_therapist
from tests.unit.builders import NOW, a_practice

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
    open_practice(a_practice(therapist_id=LONG_ID, hours=()), now=NOW)
    return a_therapist(LONG_ID)


def test_an_invited_client_may_have_an_address_that_just_fits(therapist):
    added = therapist("POST /practice/clients", a_newcomer(ROOM, invite=True))
    assert added.status == 201
    login = clients.read_client("t1", added.body["client_id"]).login
    assert login == f"t1/{an_address(ROOM)}"


def test_an_invited_client_whose_address_does_not_fit_is_refused(therapist, everything):
    before = everything()
    reply = therapist("POST /practice/clients", a_newcomer(ROOM + 1, invite=True))
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", ["email"])
    assert "at most 125 characters" in reply.body["errors"][0]["message"]
    assert everything() == before


def test_a_login_stands_for_an_address_that_does_not_fit(therapist):
    cleo = a_newcomer(ROOM + 1, invite=True, login="cleo")
    assert therapist("POST /practice/clients", cleo).status == 201


def test_without_an_invitation_any_address_will_do_until_there_is_one(therapist, everything):
    added = therapist("POST /practice/clients", a_newcomer(ROOM + 1))
    assert added.status == 201
    before = everything()
    reply = therapist(f"POST /practice/clients/{added.body['client_id']}/invitation")
    assert (reply.status, reply.fields) == (422, ["email"])
    assert everything() == before


def test_a_client_with_a_login_may_change_to_an_address_that_would_not_fit(therapist):
    reply = therapist("PATCH /practice/clients/annt1", {"email": an_address(ROOM + 1)})
    assert reply.status == 200
    assert clients.read_client("t1", "annt1").login == "t1/ann@example.org"


@pytest.mark.parametrize(("length", "status"), [(63, 201), (64, 422)], ids=["fits", "too long"])
def test_a_login_must_fit_too(far_away, everything, length, status):
    before = everything()
    al = {"name": "Al", "email": "al@example.org", "invite": True, "login": "x" * length}
    reply = far_away("POST /practice/clients", al)
    assert reply.status == status
    assert (everything() == before) is (status == 422)
    assert status == 201 or reply.fields == ["login"]


def test_who_registers_under_an_address_that_just_fits_is_let_in(practice):
    assert ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM)).status == 202


def test_who_registers_under_an_address_that_does_not_fit_is_refused(practice, everything):
    before = everything()
    reply = ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM + 1))
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", ["email"])
    assert everything() == before


def test_a_long_address_tells_nobody_whether_it_is_known(therapist):
    known = a_newcomer(ROOM + 1, invite=True, login="cleo")
    assert therapist("POST /practice/clients", known).status == 201
    of_a_client = ANYBODY("POST /therapists/t1/registrations", a_newcomer(ROOM + 1))
    stranger = {**a_newcomer(ROOM + 1), "email": "x" + an_address(ROOM + 1)[1:]}
    of_nobody = ANYBODY("POST /therapists/t1/registrations", stranger)
    told = [{**reply.body, "request_id": None} for reply in (of_a_client, of_nobody)]
    assert of_a_client.status == 422
    assert told[0] == told[1]
