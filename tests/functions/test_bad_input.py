"""Invalid requests get a documented response and change nothing."""

from __future__ import annotations

import pytest

from infra.local.template import load
from openhour.api.validation import invalid_request
from tests.functions.http import ANYBODY, a_client, a_therapist
from tests.functions.slots import TUESDAY, WEDNESDAY
from tests.functions.test_identity import OPEN

CLEO = {"name": "Cleo", "email": "cleo@example.org", "phone": "555 0123"}
WITH_BODY = [
    ("ann", "POST /appointments"),
    ("ann", f"POST /appointments/{WEDNESDAY}-annt1-x/move"),
    ("therapist", "PATCH /practice"),
    ("therapist", "PUT /practice/hours"),
    ("therapist", "PUT /practice/self-scheduling"),
    ("therapist", "POST /practice/regulars"),
    ("therapist", "PUT /practice/regulars/r1"),
    ("therapist", "POST /practice/time-off"),
    ("therapist", "POST /practice/slots"),
    ("therapist", f"PUT /practice/slots/{TUESDAY}"),
    ("therapist", "POST /practice/appointments"),
    ("therapist", f"PUT /practice/appointments/{WEDNESDAY}-annt1-x/outcome"),
    ("therapist", "POST /practice/clients"),
    ("therapist", "PATCH /practice/clients/annt1"),
    ("therapist", "PUT /practice/clients/annt1/privilege"),
    ("anybody", "POST /therapists/t1/registrations"),
]
DEEP = "[" * 20_000 + "]" * 20_000
NOT_JSON = [
    pytest.param("", "body", id="nothing"),
    pytest.param("{", "body", id="a beginning"),
    pytest.param('{"slot_id": }', "body", id="malformed"),
    pytest.param("slot_id", "body", id="a word"),
    pytest.param("null", "body", id="null"),
    pytest.param('"text"', "body", id="a text"),
    pytest.param("[]", "body", id="a list"),
    pytest.param('[{"slot_id": "20261124T1500Z"}]', "body", id="a list of what is wanted"),
    pytest.param("1" * 5_000, "body", id="a number of 5,000 digits"),
    pytest.param(DEEP, "body", id="20,000 lists in one another"),
    pytest.param(b'{"slot_id": "\xff"}', "body", id="no UTF-8"),
    pytest.param('{"a": "' + "x" * 1_000_000 + '"}', "body", id="a megabyte"),
    pytest.param('{"colour": "red"}', "colour", id="a field nobody knows"),
]


@pytest.fixture
def askers(practice):
    return {"ann": a_client("t1", "annt1"), "therapist": a_therapist("t1"), "anybody": ANYBODY}


@pytest.mark.parametrize(("raw", "field"), NOT_JSON)
@pytest.mark.parametrize(("who", "what"), WITH_BODY, ids=[what for _, what in WITH_BODY])
def test_a_body_must_be_the_json_that_is_asked_for(askers, everything, who, what, raw, field):
    before = everything()
    reply = askers[who](what, raw=raw)
    assert (reply.status, reply.refusal) == (422, "invalid")
    assert field in reply.fields
    assert everything() == before


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/merge-patch+json",
        "text/json",
        "json",
    ],
)
@pytest.mark.parametrize(("who", "what"), WITH_BODY, ids=[what for _, what in WITH_BODY])
def test_a_body_must_say_that_it_is_json(askers, everything, who, what, content_type):
    before = everything()
    reply = askers[who](what, {"slot_id": TUESDAY}, content_type=content_type)
    assert (reply.status, reply.refusal) == (415, "unsupported-media-type")
    assert everything() == before


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json ;x"]
)
def test_json_may_be_named_in_several_ways(ann, content_type):
    reply = ann("POST /appointments", {"slot_id": TUESDAY}, content_type=content_type)
    assert reply.status == 201


@pytest.mark.parametrize(
    ("slot_id", "status"),
    [
        pytest.param("20261124T1507Z", 404, id="off the grid"),
        pytest.param("20251124T1500Z", 404, id="a year ago"),
        pytest.param("20991124T1500Z", 404, id="far ahead"),
        pytest.param("2026-11-24T15:00Z", 422, id="in another form"),
        pytest.param("20261124T1000-0500", 422, id="with another offset"),
        pytest.param("20261124T150000Z", 422, id="with seconds"),
        pytest.param("20261131T1500Z", 422, id="on no day"),
        pytest.param("20261124T2500Z", 422, id="at no time"),
        pytest.param("99991231T2359Z", 422, id="at the end of time"),
        pytest.param("00010101T0000Z", 422, id="at its beginning"),
        pytest.param("\u0662\u0660\u0662\u06661124T1500Z", 422, id="in other digits"),
        pytest.param("", 422, id="empty"),
        pytest.param(" 20261124T1500Z", 422, id="with a space"),
        pytest.param("20261124T1500Z\n", 422, id="with a line's end"),
        pytest.param("x" * 5_000, 422, id="long"),
        pytest.param("\ud800", 422, id="half a character"),
        pytest.param(20261124, 422, id="a number"),
        pytest.param(None, 422, id="null"),
        pytest.param(["20261124T1500Z"], 422, id="a list"),
        pytest.param({"$ne": ""}, 422, id="an object"),
    ],
)
@pytest.mark.parametrize("act", ["book", "move", "book for a client"])
def test_a_slot_that_can_not_be_is_not_booked(askers, everything, act, slot_id, status):
    ann, therapist = askers["ann"], askers["therapist"]
    booked = ann("POST /appointments", {"slot_id": WEDNESDAY}).body["appointment_id"]
    before = everything()
    call = {
        "book": lambda: ann("POST /appointments", {"slot_id": slot_id}),
        "move": lambda: ann(f"POST /appointments/{booked}/move", {"slot_id": slot_id}),
        "book for a client": lambda: therapist(
            "POST /practice/appointments", {"client_id": "annt1", "slot_id": slot_id}
        ),
    }[act]
    reply = call()
    assert (reply.status, reply.refusal) == (
        status,
        {404: "unknown-slot", 422: "invalid"}[status],
    )
    assert everything() == before


STRANGE = [
    "x",
    "..",
    "-",
    "--",
    "#login#t1",
    "#intake#2026-W48",
    "annt1#",
    "null",
    "%00",
    "a b",
    "é",
    '"',
    "🙂",
    "x" * 3_000,
    f"{TUESDAY}-annt1-" + "x" * 3_000,
    f"{TUESDAY}-" + "x" * 3_000 + "-y",
    f"{TUESDAY}-annt1",
    f"{TUESDAY}-annt1-b-c",
    "99991231T2359Z-annt1-x",
    "20261131T1500Z-annt1-x",
]
IN_PATHS = [
    ("ann", "DELETE /appointments/{}", None, "unknown-appointment"),
    ("ann", "POST /appointments/{}/move", {"slot_id": TUESDAY}, "unknown-appointment"),
    ("therapist", "DELETE /practice/appointments/{}", None, "unknown-appointment"),
    (
        "therapist",
        "PUT /practice/appointments/{}/outcome",
        {"outcome": "kept"},
        "unknown-appointment",
    ),
    ("therapist", "PUT /practice/slots/{}", {"state": "open"}, "unknown-slot"),
    ("therapist", "GET /practice/clients/{}", None, "unknown-client"),
    ("therapist", "PATCH /practice/clients/{}", {"usual": True}, "unknown-client"),
    ("therapist", "DELETE /practice/clients/{}", None, "unknown-client"),
    ("therapist", "POST /practice/clients/{}/invitation", None, "unknown-client"),
    ("therapist", "PUT /practice/clients/{}/privilege", {"state": "active"}, "unknown-client"),
    ("therapist", "DELETE /practice/regulars/{}", None, "unknown-regular"),
    ("therapist", "DELETE /practice/time-off/{}", None, "unknown-time-off"),
    ("anybody", "GET /therapists/{}", None, "unknown-therapist"),
    ("anybody", "POST /therapists/{}/registrations", CLEO, "unknown-therapist"),
]


@pytest.mark.parametrize(
    ("who", "what", "body", "refusal"), IN_PATHS, ids=[what for _, what, _, _ in IN_PATHS]
)
@pytest.mark.parametrize("strange", STRANGE, ids=lambda text: repr(text[:30]))
def test_malformed_ids_are_unknown(askers, everything, who, what, body, refusal, strange):
    before = everything()
    reply = askers[who](what.format(strange), body)
    assert (reply.status, reply.refusal) == (404, refusal)
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "what", "query", "field"),
    [
        pytest.param("ann", "GET /slots", "from=2026-02-30", "from", id="a day that isn't"),
        pytest.param("ann", "GET /slots", "from=tomorrow", "from", id="a word for a day"),
        pytest.param("ann", "GET /slots", "to=2026-11-24T10:00", "to", id="a time for a day"),
        pytest.param("ann", "GET /slots", "to=0001-01-01", "to", id="the first day of all"),
        pytest.param("ann", "GET /slots", "to=9999-12-31", "to", id="the last day of all"),
        pytest.param("ann", "GET /slots", "to=1795500000", "to", id="a number for a day"),
        pytest.param("ann", "GET /slots", "to=2026-W48-2", "to", id="a day of a week"),
        pytest.param("ann", "GET /slots", "to=", "to", id="no day"),
        pytest.param("ann", "GET /slots", "to=2026-11-24&to=2026-11-25", "to", id="two days"),
        pytest.param("ann", "GET /appointments", "past=perhaps", "past", id="perhaps past"),
        pytest.param("ann", "GET /appointments", "past=true&cursor=x", "cursor", id="no cursor"),
        pytest.param(
            "ann",
            "GET /appointments",
            f"past=true&cursor={TUESDAY}-bobt1-x",
            "cursor",
            id="somebody else's cursor",
        ),
        pytest.param(
            "ann", "GET /appointments", "past=true&cursor=" + "x" * 999, "cursor", id="a long one"
        ),
        pytest.param("therapist", "GET /practice/clients/annt1", "cursor=x", "cursor", id="ditto"),
        pytest.param("therapist", "GET /practice/calendar", "week=2026-48", "week", id="no week"),
        pytest.param(
            "therapist", "GET /practice/calendar", "week=2025-W53", "week", id="week 53 of a short"
        ),
        pytest.param(
            "therapist", "GET /practice/calendar", "week=9999-W52", "week", id="the last week"
        ),
        pytest.param(
            "therapist",
            f"DELETE /practice/appointments/{TUESDAY}-annt1-x",
            "by=nobody",
            "by",
            id="by nobody",
        ),
        pytest.param(
            "therapist", "DELETE /practice/regulars/r1", "preview=maybe", "preview", id="maybe"
        ),
    ],
)
def test_a_parameter_that_can_not_be_is_named(askers, everything, who, what, query, field):
    before = everything()
    reply = askers[who](what, query=query)
    assert (reply.status, reply.fields) == (422, [field])
    assert everything() == before


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        pytest.param("PATCH /practice", {"timezone": "Mars/Olympus"}, "timezone", id="no zone"),
        pytest.param("PATCH /practice", {"timezone": ""}, "timezone", id="an empty zone"),
        pytest.param("PATCH /practice", {"timezone": "../etc/passwd"}, "timezone", id="a path"),
        pytest.param("PATCH /practice", {"timezone": "Factory"}, "timezone", id="no place's zone"),
        pytest.param("PATCH /practice", {"timezone": "localtime"}, "timezone", id="a machine's"),
        pytest.param("PATCH /practice", {"timezone": None}, "timezone", id="a zone of null"),
        pytest.param("PATCH /practice", {"office_phone": "ring"}, "office_phone", id="no phone"),
        pytest.param("PATCH /practice", {"name": " "}, "name", id="a blank name"),
        pytest.param("PATCH /practice", {"name": "a\nb"}, "name", id="a name of two lines"),
        pytest.param("PATCH /practice", {"name": "x" * 101}, "name", id="a long name"),
        pytest.param("PATCH /practice", {"horizon_weeks": 0}, "horizon_weeks", id="no horizon"),
        pytest.param("PATCH /practice", {"horizon_weeks": 27}, "horizon_weeks", id="too far"),
        pytest.param("PATCH /practice", {"horizon_weeks": 10**400}, "horizon_weeks", id="vast"),
        pytest.param("PATCH /practice", {"horizon_weeks": "6"}, "horizon_weeks", id="text"),
        pytest.param("PATCH /practice", {"horizon_weeks": 6.5}, "horizon_weeks", id="a fraction"),
        pytest.param(
            "PATCH /practice", {"booking_notice_hours": 169}, "booking_notice_hours", id="169 hours"
        ),
        pytest.param(
            "PATCH /practice", {"grace_minutes": -1}, "grace_minutes", id="less than none"
        ),
        pytest.param("PATCH /practice", {"max_per_week": 8}, "max_per_week", id="8 a week"),
        pytest.param("PATCH /practice", {"strike_limit": 0}, "strike_limit", id="no strike at all"),
        pytest.param(
            "PATCH /practice", {"strike_window_days": 6}, "strike_window_days", id="6 days"
        ),
        pytest.param(
            "PATCH /practice", {"on_strike_limit": "forgive"}, "on_strike_limit", id="forgive"
        ),
        pytest.param("PATCH /practice", {"late_move_is_strike": 1}, "late_move_is_strike", id="1"),
        pytest.param("PATCH /practice", {"intake": "never"}, "intake", id="never"),
        pytest.param("PATCH /practice", {"intake_weeks": 2}, "intake_weeks", id="past the horizon"),
        pytest.param("PATCH /practice", {"intake_below": 1.1}, "intake_below", id="over full"),
        pytest.param("PATCH /practice", {"intake_below": True}, "intake_below", id="true"),
        pytest.param("PATCH /practice", {"intake_per_week": 51}, "intake_per_week", id="51"),
        pytest.param(
            "PATCH /practice", {"release": {"weekday": "friday"}}, "release.time", id="no time"
        ),
        pytest.param(
            "PATCH /practice",
            {"release": {"weekday": "friday", "time": "25:00"}},
            "release.time",
            id="25:00",
        ),
        pytest.param(
            "PATCH /practice",
            {"release": {"weekday": "sunday", "time": "02:30"}},
            "release",
            id="skipped in spring",
        ),
        pytest.param(
            "PATCH /practice", {"self_scheduling": True}, "self_scheduling", id="the switch"
        ),
        pytest.param("PATCH /practice", {"therapist_id": "t2"}, "therapist_id", id="another id"),
        pytest.param("PATCH /practice", {"hours": []}, "hours", id="the hours"),
        pytest.param(
            "PUT /practice/self-scheduling", {"enabled": "true"}, "enabled", id="text for on"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "al"}, "email", id="no address"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "a@b@c.d"}, "email", id="two @"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "a b@c.d"}, "email", id="a space"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "é@b.c"}, "email", id="an accent"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "a..b@c.d"}, "email", id="two dots"
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "email": "a@-b.c"}, "email", id="a bad domain"
        ),
        pytest.param(
            "POST /practice/clients",
            {"name": "Al", "email": "a" * 65 + "@b.c"},
            "email",
            id="a long name",
        ),
        pytest.param(
            "POST /practice/clients",
            {"name": "Al", "email": "a" * 300 + "@b.c"},
            "email",
            id="a long one",
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "phone": "call me"}, "phone", id="no number"
        ),
        pytest.param(
            "POST /practice/clients",
            {"name": "Al", "login": "a/b", "invite": True},
            "login",
            id="a / in it",
        ),
        pytest.param(
            "POST /practice/clients",
            {"name": "Al", "login": "é", "invite": True},
            "login",
            id="an accent in it",
        ),
        pytest.param(
            "POST /practice/clients", {"name": "Al", "invite": True}, "email", id="invited nowhere"
        ),
        pytest.param("POST /practice/clients", {"name": ["Al"]}, "name", id="a list of names"),
        pytest.param("PATCH /practice/clients/annt1", {"name": None}, "name", id="no name"),
        pytest.param("PATCH /practice/clients/annt1", {"usual": None}, "usual", id="usual or not"),
        pytest.param(
            "PATCH /practice/clients/annt1", {"max_per_week": 0}, "max_per_week", id="never"
        ),
        pytest.param(
            "PATCH /practice/clients/annt1", {"email": None}, "email", id="a login's address"
        ),
        pytest.param(
            "PATCH /practice/clients/annt1", {"privilege": "active"}, "privilege", id="privilege"
        ),
        pytest.param(
            "PUT /practice/clients/annt1/privilege", {"state": "ended"}, "state", id="ended"
        ),
        pytest.param(
            "PUT /practice/clients/annt1/privilege",
            {"state": "suspended", "reason": "x" * 501},
            "reason",
            id="a long reason",
        ),
        pytest.param(
            "POST /practice/appointments",
            {"client_id": 1, "slot_id": TUESDAY},
            "client_id",
            id="a number for a client",
        ),
    ],
)
def test_a_field_that_can_not_be_is_named(therapist, everything, what, body, field):
    before = everything()
    reply = therapist(what, body)
    assert (reply.status, reply.fields) == (422, [field])
    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"email": None}, "email", id="no address"),
        pytest.param({"phone": "12"}, "phone", id="hardly a phone"),
        pytest.param({"login": "cleo"}, "login", id="a login of their choice"),
    ],
)
def test_a_registration_that_can_not_be_is_refused(practice, everything, wrong, field):
    before = everything()
    reply = ANYBODY("POST /therapists/t1/registrations", {**CLEO, **wrong})
    assert (reply.status, reply.fields) == (422, [field])
    assert everything() == before


@pytest.mark.parametrize(
    "start", ["2026-11-26T10:00-05:00", "2026-11-26 10:00:00-05:00", "20261126T100000Z"]
)
def test_an_instant_is_written_in_one_way(therapist, everything, start):
    before = everything()
    reply = therapist("POST /practice/slots", {"start": start, "minutes": 50})
    assert (reply.status, reply.fields) == (422, ["start"])
    assert everything() == before


def test_a_whole_number_may_be_written_with_a_point(therapist):
    reply = therapist("PATCH /practice", raw='{"grace_minutes": 20.0}')
    assert (reply.status, reply.body["grace_minutes"]) == (200, 20)


@pytest.mark.parametrize(
    "route",
    [pytest.param(route, id=route.key) for route in load().routes()],
)
def test_a_parameter_that_no_route_knows_is_refused(ann, therapist, everything, route):
    """A day off with `Preview=true` would be taken, and a client with `preview=true` discharged."""
    before = everything()
    asker = ann if route.path in OPEN else therapist
    what = route.key.replace("{", "").replace("}", "")
    reply = (ANYBODY if route.public else asker)(what, query="Preview=true")
    assert (reply.status, reply.fields) == (422, ["Preview"])
    assert everything() == before


def test_responses_do_not_echo_the_request(ann):
    reply = ann("POST /appointments", {"slot_id": "secret-word", "also": "secret-word"})
    assert "secret-word" not in reply.text


def test_errors_are_described_in_plain_words(therapist):
    wrong = {
        "horizon_weeks": 0,
        "intake": "never",
        "name": 1,
        "late_move_is_strike": "no",
        "release": {},
    }
    errors = therapist("PATCH /practice", wrong).body["errors"]
    assert {error["field"]: error["message"] for error in errors} == {
        "name": "Must be text.",
        "horizon_weeks": "Must be 1 or more.",
        "intake": "Must be one of auto, open or closed.",
        "late_move_is_strike": "Must be true or false.",
        "release.weekday": "Required.",
        "release.time": "Required.",
    }


def test_a_thousand_errors_are_not_all_told(ann):
    reply = ann("POST /appointments", {f"field{n}": n for n in range(1_000)})
    assert len(reply.body["errors"]) == 50


def test_a_field_of_a_long_name_is_named_in_short():
    refusal = invalid_request([{"loc": ("body", "x" * 1_000), "type": "extra_forbidden"}])
    assert refusal.extra["errors"][0]["field"] == "x" * 100
