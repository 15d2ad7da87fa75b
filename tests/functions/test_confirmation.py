"""A registration is confirmed by the mailed link, and a client comes of it."""

import pytest

from infra.local.template import load
from openhour import clock
from openhour.rules.registrations import address_digest, link_token
from openhour.store.clients import find_client
from openhour.store.models import RegistrationRow
from openhour.tokens import new_secret
from openhour.use_cases.erasure import erase_client
from tests.functions.http import ANYBODY
from tests.functions.registering import ask, confirm, join
from tests.functions.slots import CLEO
from tests.registering import mailed_token
from tests.store.transport import intercepted

pytestmark = pytest.mark.usefixtures("integrity")
REGISTER = "POST /therapists/t1/registrations"
EMAIL = CLEO["email"]


@pytest.fixture
def token(practice):
    """The token of the link that Cleo was mailed."""
    ANYBODY(REGISTER, {**CLEO, "language": "es"})
    return mailed_token("t1", EMAIL, now=clock.now())


@pytest.fixture
def named(therapist):
    """The clients of a name."""

    def read(name="Cleo"):
        clients = therapist("GET /practice/clients").body["clients"]
        return [each["client_id"] for each in clients if each["name"] == name]

    return read


def test_whoever_confirms_becomes_a_client_who_gets_a_first_password(token, named, therapist):
    reply = confirm(token)
    assert (reply.status, reply.body) == (200, {"email": EMAIL})
    (client_id,) = named()
    client = find_client("t1", client_id)
    assert client
    assert (client.email, client.phone, client.login) == (EMAIL, CLEO["phone"], f"t1/{EMAIL}")
    assert (client.registered_online, client.new, client.language) == (True, True, "es")
    assert client.created_at == client.invited_at
    assert therapist("GET /practice/intake").body["count"] == 1


def test_a_repetition_gives_the_first_outcome(token, named, unchanged, later, therapist):
    confirm(token)
    later(days=2, hours=23)
    therapist("PATCH /practice", {"intake": "closed"})
    with unchanged():
        assert confirm(token).body == {"email": EMAIL}
    assert len(named()) == 1


def test_a_confirmed_registration_keeps_no_more_than_it_needs(token, named):
    confirm(token)
    row = RegistrationRow.get("t1", address_digest("t1", EMAIL))
    assert (row.name, row.phone, row.client_id) == (None, None, *named())


def test_a_link_is_good_for_72_hours(token, unchanged, later, named):
    later(hours=72)
    with unchanged():
        reply = confirm(token)
    assert (reply.status, reply.refusal) == (410, "registration-expired")
    assert reply.body["office_phone"] == "+1 555 0100"
    later(minutes=-1)
    assert confirm(token).status == 200
    assert len(named()) == 1


def others(token):
    digest = address_digest("t1", EMAIL)
    return {
        "empty": "",
        "no token": "x",
        "another secret": link_token(digest, new_secret()),
        "another address": link_token(address_digest("t1", "dan@example.org"), token[43:]),
        "no characters of a token": "é" * 86,
        "longer": f"{token}x",
    }


@pytest.mark.parametrize("name", others("x" * 86))
def test_no_other_token_confirms(token, unchanged, name):
    with unchanged():
        assert confirm(others(token)[name]).refusal == "registration-expired"


def test_a_token_is_good_in_its_own_practice_alone(token, therapist, unchanged):
    with unchanged():
        assert confirm(token, "t2").refusal == "registration-expired"


def test_a_newer_link_replaces_an_older_one(token, later):
    later(days=1)
    ANYBODY(REGISTER, CLEO)
    newer = mailed_token("t1", EMAIL, now=clock.now())
    assert confirm(token).refusal == "registration-expired"
    assert confirm(newer).status == 200


def test_both_links_of_a_mail_that_was_sent_twice_are_good(token, named):
    again = mailed_token("t1", EMAIL, now=clock.now())
    assert again != token
    assert [confirm(each).status for each in (token, again)] == [200, 200]
    assert len(named()) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("PATCH /practice", {"intake": "closed"}), id="closed"),
        pytest.param(("PATCH /practice", {"intake_per_week": 1}), id="fewer a week"),
        pytest.param(("PUT /practice/self-scheduling", {"enabled": False}), id="switched off"),
    ],
)
def test_intake_may_have_filled_up_meanwhile(token, therapist, unchanged, change):
    join({**CLEO, "name": "Dan", "email": "dan@example.org"})
    therapist(*change)
    with unchanged():
        reply = confirm(token)
    assert (reply.status, reply.refusal) == (403, "intake-full")
    assert reply.body["office_phone"] == "+1 555 0100"


def test_a_link_is_good_again_once_there_is_room(token, therapist):
    therapist("PATCH /practice", {"intake": "closed"})
    assert confirm(token).refusal == "intake-full"
    therapist("PATCH /practice", {"intake": "open"})
    assert confirm(token).status == 200


def test_a_full_schedule_does_not_take_back_what_was_offered(token, therapist):
    therapist("PATCH /practice", {"intake_below": 0})
    assert confirm(token).status == 200


def test_confirmed_registrations_per_week_are_limited(therapist, go_to):
    therapist("PATCH /practice", {"intake": "open", "intake_per_week": 1})
    assert join(CLEO).status == 200
    dan = {**CLEO, "email": "dan@example.org"}
    assert ask(dan).refusal == "not-accepting"
    go_to("2026-11-30T09:00:00-05:00")
    assert join(dan).status == 200


@pytest.mark.parametrize(
    ("entered", "login", "makes"),
    [
        pytest.param({"invite": True}, f"t1/{EMAIL}", 1, id="with a login"),
        pytest.param({"phone": CLEO["phone"]}, f"t1/{EMAIL}", 1, id="without one"),
    ],
)
def test_whoever_was_entered_meanwhile_is_no_second_client(
    token, therapist, named, entered, login, makes
):
    given = {"name": "Cleo", "email": EMAIL, **entered}
    client_id = therapist("POST /practice/clients", given).body["client_id"]
    assert confirm(token).body == {"email": EMAIL}
    assert len(named()) == makes
    known = find_client("t1", client_id)
    assert known
    assert known.login == login
    assert therapist("GET /practice/intake").body["count"] == 0


def test_whoever_was_suspended_meanwhile_is_asked_to_call(therapist, named, unchanged):
    therapist("PATCH /practice/clients/bobt1", {"phone": CLEO["phone"]})
    therapist("PATCH /practice/clients/bobt1", {"phone": "+1 212 555 0142"})
    ANYBODY(REGISTER, {**CLEO, "phone": "212 555 0142"})
    token = mailed_token("t1", EMAIL, now=clock.now())
    therapist("PUT /practice/clients/bobt1/privilege", {"state": "suspended"})
    with unchanged():
        assert confirm(token).refusal == "intake-full"
    assert named() == []


def test_confirming_reads_by_keys_alone(token):
    with intercepted() as transport:
        confirm(token)
    assert set(transport.operations) == {"GetItem", "BatchGetItem", "TransactWriteItems"}


def test_an_erased_client_leaves_no_registration(token, named):
    confirm(token)
    (client_id,) = named()
    erase_client("t1", client_id, now=clock.now())
    assert not [row for row in RegistrationRow.query("t1") if row.registration_key[0] != "#"]


def test_only_posting_confirms():
    """Mail scanners follow links."""
    routes = [each for each in load().routes() if each.path.endswith("/registrations/confirm")]
    assert [each.method for each in routes] == ["POST"]


def test_an_unknown_practice_is_said_to_be_unknown(practice):
    assert confirm("x", "t9").refusal == "unknown-therapist"
