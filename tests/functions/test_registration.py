import json
from dataclasses import replace

import pytest

from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.template import load
from openhour import clock
from openhour.store import practices
from tests.functions.http import ANYBODY
from tests.functions.slots import CLEO

pytestmark = pytest.mark.usefixtures("integrity")


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


def test_a_new_client_registers_while_the_schedule_is_light(practice, therapist):
    reply = ANYBODY("POST /therapists/t1/registrations", CLEO)
    assert (reply.status, reply.body) == (202, {"message": "Thank you. We will be in touch."})
    names = [each["name"] for each in therapist("GET /practice/clients").body["clients"]]
    assert "Cleo" in names


def test_registration_does_not_reveal_who_is_a_client(practice, therapist):
    known = ANYBODY("POST /therapists/t1/registrations", {**CLEO, "email": "Ann@example.org"})
    new = ANYBODY("POST /therapists/t1/registrations", CLEO)
    assert (known.status, known.text, known.headers) == (new.status, new.text, new.headers)
    assert len(therapist("GET /practice/clients").body["clients"]) == 3


@pytest.mark.parametrize(
    "they",
    [
        pytest.param({"name": "Al", "email": "al@example.org"}, id="has no login"),
        pytest.param(
            {"name": "Al", "email": "al@example.org", "login": "al", "invite": True},
            id="has a login of another name",
        ),
        pytest.param(
            {"name": "Al", "email": "old@example.org", "invite": True}, id="had another address"
        ),
    ],
)
def test_a_client_gets_no_second_login(therapist, they):
    client_id = therapist("POST /practice/clients", they).body["client_id"]
    therapist(f"PATCH /practice/clients/{client_id}", {"email": "al@example.org"})
    therapist(f"PUT /practice/clients/{client_id}/privilege", {"state": "suspended"})
    before = therapist("GET /practice/clients").body
    again = {**CLEO, "name": "Al", "email": "AL@example.org"}
    known = ANYBODY("POST /therapists/t1/registrations", again)
    assert therapist("GET /practice/clients").body == before
    new = ANYBODY("POST /therapists/t1/registrations", CLEO)
    assert (known.status, known.text, known.headers) == (new.status, new.text, new.headers)


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
        reply = ANYBODY("POST /therapists/t1/registrations", CLEO)
    assert (reply.status, reply.refusal) == (403, "not-accepting")
    assert reply.body["office_phone"] == "+1 555 0100"
    assert "New clients: please call us: +1 555 0100." in reply.body["detail"]
    assert ANYBODY("GET /therapists/t1").body["accepting_new_clients"] is False


def test_registrations_per_week_are_limited(therapist):
    therapist("PATCH /practice", {"intake": "open", "intake_per_week": 1})
    assert ANYBODY("POST /therapists/t1/registrations", CLEO).status == 202
    dan = {**CLEO, "email": "dan@example.org"}
    assert ANYBODY("POST /therapists/t1/registrations", dan).refusal == "not-accepting"
    clock.set_now(clock.now().replace(day=30))
    assert ANYBODY("POST /therapists/t1/registrations", dan).status == 202


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
    refused = ANYBODY("POST /therapists/t1/registrations", CLEO)
    assert (refused.status, refused.refusal) == (403, "not-accepting")
