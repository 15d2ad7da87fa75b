"""What anybody may know of a practice, and registering up to the mailed link."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.template import load
from openhour import clock
from openhour.rules.mails import MailKind
from openhour.rules.registrations import address_digest
from openhour.store import practices
from openhour.store.models import RegistrationRow
from openhour.store.registrations import find_registration
from tests.functions.http import ANYBODY
from tests.functions.slots import CLEO
from tests.registering import mailed
from tests.store.transport import intercepted

pytestmark = pytest.mark.usefixtures("integrity")
REGISTER = "POST /therapists/t1/registrations"
SAID = {"message": "Thank you. Please look at your mail, and confirm within 72 hours."}
ANNS = {**CLEO, "name": "Ann", "email": "Ann@example.org"}


def stored(email=CLEO["email"]):
    return find_registration("t1", address_digest("t1", email))


def test_anybody_may_read_about_a_practice(practice):
    reply = ANYBODY("GET /therapists/t1")
    assert (reply.status, reply.body) == (
        200,
        {
            "name": "Dr. Ada",
            "timezone": "America/New_York",
            "office_phone": "+1 555 0100",
            "phone_note": None,
            "crisis_line": "In a crisis, call or text 988.",
            "privacy_url": None,
            "language": "en",
            "self_scheduling": True,
            "accepting_new_clients": True,
            "booking_notice_hours": 1,
            "cancellation_notice_hours": 24,
        },
    )


def test_registering_makes_no_client(practice, therapist):
    before = therapist("GET /practice/clients").body
    reply = ANYBODY(REGISTER, {**CLEO, "language": "es"})
    assert (reply.status, reply.body) == (202, SAID)
    assert therapist("GET /practice/clients").body == before
    kept = stored()
    assert (kept.email, kept.name, kept.phone) == (CLEO["email"], CLEO["name"], CLEO["phone"])
    assert kept.language == "es"
    row = RegistrationRow.get("t1", kept.digest)
    assert row.expires_at == (kept.asked_at + timedelta(hours=72)).replace(microsecond=0)


@pytest.mark.parametrize("email", ["Ann@example.org", "bob@example.org", CLEO["email"]])
def test_registration_does_not_reveal_who_is_a_client(therapist, email):
    therapist("PUT /practice/clients/bobt1/privilege", {"state": "suspended"})
    practices.read_practice("t1")
    with intercepted() as transport:
        reply = ANYBODY(REGISTER, {**CLEO, "email": email})
    assert (reply.status, reply.body) == (202, SAID)
    assert transport.operations == ["BatchGetItem", "Query", "TransactWriteItems"]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"intake": "closed"}, id="intake is closed"),
        pytest.param({"intake": "open", "intake_per_week": 0}, id="enough for this week"),
        pytest.param({"intake_below": 0}, id="the schedule is too full"),
    ],
)
def test_new_clients_are_told_to_call_when_intake_is_closed(therapist, unchanged, settings):
    therapist("PATCH /practice", settings)
    with unchanged():
        reply = ANYBODY(REGISTER, CLEO)
    assert (reply.status, reply.refusal) == (403, "not-accepting")
    assert reply.body["office_phone"] == "+1 555 0100"
    assert "New clients: please call us: +1 555 0100." in reply.body["detail"]
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is False


def test_invented_registrations_do_not_close_intake(therapist):
    therapist("PATCH /practice", {"intake": "open", "intake_per_week": 1})
    for number in range(5):
        invented = {**CLEO, "email": f"nobody{number}@example.org"}
        assert ANYBODY(REGISTER, invented).status == 202
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is True
    assert therapist("GET /practice/intake").body["accepting"] is True
    assert ANYBODY(REGISTER, CLEO).status == 202


def test_registrations_per_day_are_limited(therapist, unchanged, later):
    therapist("PATCH /practice", {"registrations_per_day": 2})
    dan, eve = ({**CLEO, "email": f"{name}@example.org"} for name in ("dan", "eve"))
    assert [ANYBODY(REGISTER, each).status for each in (CLEO, dan)] == [202, 202]
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is False
    with unchanged():
        assert ANYBODY(REGISTER, eve).refusal == "not-accepting"
        assert ANYBODY(REGISTER, {**CLEO, "name": "Another"}).refusal == "not-accepting"
        assert ANYBODY(REGISTER, CLEO).status == 202, "the answer to what was accepted"
    later(days=1)
    assert ANYBODY(REGISTER, eve).status == 202


def test_a_day_is_the_practices(therapist, go_to):
    therapist("PATCH /practice", {"registrations_per_day": 1})
    go_to("2026-11-23T23:59:00-05:00")
    assert ANYBODY(REGISTER, CLEO).status == 202
    go_to("2026-11-24T00:00:00-05:00")
    assert ANYBODY(REGISTER, {**CLEO, "email": "dan@example.org"}).status == 202


def test_without_a_sender_nobody_registers(practice, unchanged, monkeypatch):
    monkeypatch.setenv("SENDS_MAIL", "")
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is False
    with unchanged():
        assert ANYBODY(REGISTER, CLEO).refusal == "not-accepting"


@pytest.mark.parametrize("email", ["cleo+2@example.org", "CLEO@example.org"])
def test_an_address_registers_once_a_day(practice, unchanged, later, email):
    ANYBODY(REGISTER, {**CLEO, "email": "cleo@example.org"})
    later(hours=23)
    again = {"name": "Another", "email": email, "phone": "+1 555 0100"}
    with unchanged():
        assert ANYBODY(REGISTER, again).status == 202
    later(hours=1)
    assert ANYBODY(REGISTER, again).status == 202
    assert stored("cleo@example.org").name == "Another"


@pytest.mark.parametrize(
    ("email", "phone", "kind", "returning"),
    [
        pytest.param(CLEO["email"], "5", MailKind.CONFIRM_REGISTRATION, [], id="somebody new"),
        pytest.param("ann@example.org", "5", MailKind.ALREADY_KNOWN, [], id="a client"),
        pytest.param("ANN@example.org", "5", MailKind.ALREADY_KNOWN, [], id="in capitals"),
        pytest.param(
            "ann+2@example.org",
            "5",
            MailKind.CONFIRM_REGISTRATION,
            [],
            id="another tag of a client",
        ),
        pytest.param("bob@example.org", "5", MailKind.PLEASE_CALL, ["Cleo"], id="a suspended one"),
        pytest.param("bob+2@example.org", "5", MailKind.PLEASE_CALL, ["Cleo"], id="with a tag"),
        pytest.param("imre@example.org", "5", MailKind.CONFIRM_REGISTRATION, [], id="imported"),
        pytest.param("pair@example.org", "5", MailKind.PLEASE_CALL, [], id="two imported ones"),
        pytest.param(
            "new@example.org", "(212) 555-0142", MailKind.PLEASE_CALL, ["Cleo"], id="by phone"
        ),
    ],
)
def test_the_mail_depends_on_what_the_address_is(therapist, email, phone, kind, returning):
    therapist("PATCH /practice/clients/bobt1", {"phone": "+1 212 555 0142"})
    therapist("PUT /practice/clients/bobt1/privilege", {"state": "suspended"})
    for name, address in (("Imre", "imre"), ("Pia", "pair"), ("Pio", "pair")):
        entered = {"name": name, "email": f"{address}@example.org"}
        assert therapist("POST /practice/clients", entered).status == 201
    before = therapist("GET /practice/clients").body
    given = {**CLEO, "email": email, "phone": f"555 000{phone}" if len(phone) == 1 else phone}
    assert ANYBODY(REGISTER, given).body == SAID
    for _ in range(2):  # a stream repeats its records
        facts = mailed("t1", email, now=clock.now())
        assert facts
        assert (facts.kind, facts.recipient.address) == (kind, email)
        assert bool(facts.token) is (kind is MailKind.CONFIRM_REGISTRATION)
        listed = therapist("GET /practice/registrations").body["registrations"]
        assert [each["name"] for each in listed] == returning
    assert therapist("GET /practice/clients").body == before


def test_only_the_hash_of_a_token_is_stored(practice):
    ANYBODY(REGISTER, CLEO)
    facts = mailed("t1", CLEO["email"], now=clock.now())
    row = RegistrationRow.get("t1", stored().digest).serialize()
    assert facts
    assert facts.token
    assert facts.token not in str(row)
    assert facts.token[43:] not in str(row)


def test_a_catch_all_route_finds_nothing_even_at_the_path_of_a_public_route(practice):
    function = Function("RegistrationFunction", load().handlers()["RegistrationFunction"])
    for route in load().catch_all_routes():
        request = Request(method=route.method, path="/therapists/t1")
        reply = function.invoke(http_event(request, route, {"proxy": "therapists/t1"}, None))
        problem = json.loads(reply["body"])
        assert (reply["statusCode"], problem["type"]) == (404, "/problems/not-found")
        assert problem["request_id"] == request.request_id
        assert set(problem) == {"type", "title", "status", "detail", "request_id"}


def test_nobody_registers_where_no_crisis_line_is_named(practice):
    before = practices.read_practice("t1")
    practices.write_practice(before, replace(before, crisis_line=None), plans=False)
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is False
    refused = ANYBODY(REGISTER, CLEO)
    assert (refused.status, refused.refusal) == (403, "not-accepting")
