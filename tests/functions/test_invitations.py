"""Anybody may ask for a client's first password again, and learns nothing by it."""

import pytest

from openhour.store import practices
from openhour.store.models import ClientRow
from tests.functions.http import ANYBODY
from tests.store.transport import intercepted

pytestmark = pytest.mark.usefixtures("integrity")

ROUTE = "POST /therapists/t1/invitations"
SAID = {
    "message": "If you have not signed in here before, another first password is on its way to you."
}


def _ask(name="ann@example.org"):
    return ANYBODY(ROUTE, {"email": name})


def _recorded():
    return ClientRow.get("t1", "annt1").resend_asked_at


def _suspend(therapist):
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})


def _discharge(therapist):
    therapist("DELETE /practice/clients/annt1")


def _ask_before(_):
    _ask()


def _nothing(_):
    pass


CASES = [
    pytest.param("ann@example.org", _nothing, True, id="a client"),
    pytest.param("ANN@Example.org", _nothing, True, id="in capitals"),
    pytest.param(" ann@example.org ", _nothing, True, id="with spaces around it"),
    pytest.param("eve@example.org", _nothing, False, id="a stranger"),
    pytest.param("ann+2@example.org", _nothing, False, id="an address with a tag"),
    pytest.param("annt1", _nothing, False, id="a client's id"),
    pytest.param("ann@example.org", _ask_before, False, id="a client who has just asked"),
    pytest.param("ann@example.org", _suspend, False, id="a suspended client"),
    pytest.param("ann@example.org", _discharge, False, id="a discharged client"),
]


@pytest.mark.parametrize(("name", "arrange", "records"), CASES)
def test_everybody_gets_the_same_answer(therapist, name, arrange, records):
    arrange(therapist)
    before = _recorded()
    reply = _ask(name)
    assert (reply.status, reply.body) == (202, SAID)
    assert (_recorded() != before) is records


@pytest.mark.parametrize(("name", "arrange", "records"), CASES)
def test_everybody_costs_the_same_requests(therapist, name, arrange, records):
    arrange(therapist)
    practices.read_practice("t1")  # a warm function has it cached
    with intercepted() as transport:
        _ask(name)
    assert transport.operations == ["GetItem", "GetItem", "UpdateItem"]


def test_only_the_request_is_recorded(practice):
    before = ClientRow.get("t1", "annt1").serialize()
    _ask()
    after = ClientRow.get("t1", "annt1").serialize()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"resend_asked_at", "revision"}
    assert len(_recorded()) == 1


def test_a_stranger_leaves_no_trace(practice, unchanged):
    with unchanged():
        _ask("eve@example.org")


def test_once_an_hour_and_three_times_a_day(practice, later):
    recorded = []
    for _ in range(5):
        _ask()
        recorded.append(len(_recorded()))
        later(minutes=59)
        _ask()
        assert len(_recorded()) == recorded[-1]
        later(minutes=1)
    assert recorded == [1, 2, 3, 3, 3]
    latest = _recorded()[-1]
    later(hours=20)
    _ask()
    assert _recorded()[-1] > latest


def test_a_client_with_a_login_of_their_own_asks_by_it(therapist):
    pair = {"name": "Al", "email": "ann@example.org", "login": "al", "invite": True}
    al = therapist("POST /practice/clients", pair).body["client_id"]
    _ask("al")
    assert ClientRow.get("t1", al).resend_asked_at
    assert _recorded() is None


def test_a_request_concerns_one_practice(practice):
    _ask()
    assert ClientRow.get("t2", "annt2").resend_asked_at is None


def test_an_unknown_practice_is_said_to_be_unknown(practice):
    reply = ANYBODY("POST /therapists/t9/invitations", {"email": "ann@example.org"})
    assert (reply.status, reply.refusal) == (404, "unknown-therapist")


@pytest.mark.parametrize("setting", [{"intake": "closed"}], ids=["intake closed"])
def test_intake_does_not_matter(therapist, setting):
    therapist("PATCH /practice", setting)
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    _ask()
    assert _recorded()
