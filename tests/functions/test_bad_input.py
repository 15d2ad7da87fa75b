"""Invalid requests get a documented response and change nothing.

The values of a table are sent one after another, since none of them may change anything.
"""

from __future__ import annotations

from typing import Any

import pytest

from infra import openapi
from infra.local.template import load
from openhour.api.validation import invalid_request
from tests.functions.slots import (
    CLEO,
    FRIDAY,
    TUESDAY,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAY_AT_11,
    WEDNESDAYS,
)
from tests.functions.test_identity import OPEN

_OPERATIONS = openapi.make_document()["paths"]
each_with_body = pytest.mark.parametrize(
    "route",
    [
        route
        for route in load().routes()
        if "requestBody" in _OPERATIONS[route.path][route.method.lower()]
    ],
    ids=lambda route: route.key,
)


@pytest.fixture
def call(callers):
    """Call a route as somebody who may, with the names of its parameters for their values."""

    def call(route, query="", body=None, **sent):
        who = "anybody" if route.public else "ann" if route.path in OPEN else "therapist"
        what = route.key.replace("{slot_id}", TUESDAY).replace("{", "").replace("}", "")
        return callers[who](what + query, body, **sent)

    return call


@each_with_body
def test_a_body_must_be_the_json_that_is_asked_for(call, unchanged, route):
    named: dict[str | bytes, str] = {
        "": "body",
        "{": "body",
        '{"slot_id": }': "body",
        "slot_id": "body",
        "null": "body",
        '"text"': "body",
        "[]": "body",
        '[{"slot_id": "20261124T1500Z"}]': "body",
        "1" * 5_000: "body",
        "[" * 20_000 + "]" * 20_000: "body",
        b'{"slot_id": "\xff"}': "body",
        '{"a": "' + "x" * 1_000_000 + '"}': "body",
        '{"colour": "red"}': "colour",
    }
    with unchanged():
        for raw, field in named.items():
            reply = call(route, raw=raw)
            assert (reply.status, reply.refusal) == (422, "invalid"), raw[:40]
            assert field in reply.fields, raw[:40]


@each_with_body
def test_a_body_must_say_that_it_is_json(call, unchanged, route):
    others = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/merge-patch+json",
        "text/json",
        "json",
    ]
    with unchanged():
        for content_type in others:
            reply = call(route, body={"slot_id": TUESDAY}, content_type=content_type)
            found = (reply.status, reply.refusal)
            assert found == (415, "unsupported-media-type"), content_type


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json ;x"]
)
def test_json_may_be_named_in_several_ways(ann, content_type):
    reply = ann("POST /appointments", {"slot_id": TUESDAY}, content_type=content_type)
    assert reply.status == 201


NOT_THE_CALENDARS = {
    "off the grid": "20261124T1507Z",
    "a year ago": "20251124T1500Z",
    "far ahead": "20991124T1500Z",
}
NOT_SLOT_IDS = {
    "in another form": "2026-11-24T15:00Z",
    "with another offset": "20261124T1000-0500",
    "with seconds": "20261124T150000Z",
    "on no day": "20261131T1500Z",
    "at no time": "20261124T2500Z",
    "at the end of time": "99991231T2359Z",
    "at its beginning": "00010101T0000Z",
    "in other digits": "\u0662\u0660\u0662\u06661124T1500Z",
    "empty": "",
    "with a space": " 20261124T1500Z",
    "with a line's end": "20261124T1500Z\n",
    "long": "x" * 5_000,
    "half a character": "\ud800",
    "a number": 20261124,
    "null": None,
    "a list": ["20261124T1500Z"],
    "an object": {"$ne": ""},
}


@pytest.mark.parametrize(
    ("who", "what", "body"),
    [
        pytest.param("ann", "POST /appointments", {}, id="book"),
        pytest.param("ann", "POST /appointments/{booked}/move", {}, id="move"),
        pytest.param(
            "therapist", "POST /practice/appointments", {"client_id": "annt1"}, id="for a client"
        ),
    ],
)
def test_a_slot_that_can_not_be_is_not_booked(callers, unchanged, who, what, body):
    what = what.format(booked=callers["ann"].book(WEDNESDAY))
    with unchanged():
        for name, slot_id in (NOT_THE_CALENDARS | NOT_SLOT_IDS).items():
            reply = callers[who](what, {**body, "slot_id": slot_id})
            unknown = name in NOT_THE_CALENDARS
            expected = (404, "unknown-slot") if unknown else (422, "invalid")
            assert (reply.status, reply.refusal) == expected, name


IN_PATHS: dict[str, list[tuple[str, str, Any]]] = {
    "unknown-appointment": [
        ("ann", "DELETE /appointments/{}", None),
        ("ann", "POST /appointments/{}/move", {"slot_id": WEDNESDAY_AT_11}),
        ("therapist", "DELETE /practice/appointments/{}", None),
        ("therapist", "PUT /practice/appointments/{}/outcome", {"outcome": "kept"}),
    ],
    "unknown-slot": [("therapist", "PUT /practice/slots/{}", {"state": "open"})],
    "unknown-client": [
        ("therapist", "GET /practice/clients/{}", None),
        ("therapist", "GET /practice/clients/{}/slots", None),
        ("therapist", f"GET /practice/clients/{{}}/booking-check?slot_id={WEDNESDAY}", None),
        ("therapist", "PATCH /practice/clients/{}", {"usual": True}),
        ("therapist", "DELETE /practice/clients/{}", None),
        ("therapist", "POST /practice/clients/{}/invitation", None),
        ("therapist", "POST /practice/clients/{}/welcome", None),
        ("therapist", "PUT /practice/clients/{}/privilege", {"state": "active"}),
        ("therapist", "DELETE /practice/clients/{}/regular-request", None),
        ("therapist", "DELETE /practice/clients/{}/mail-stop", None),
    ],
    "unknown-regular": [
        ("therapist", "PUT /practice/regulars/{}", WEDNESDAYS),
        ("therapist", "DELETE /practice/regulars/{}", None),
    ],
    "unknown-time-off": [("therapist", "DELETE /practice/time-off/{}", None)],
    "unknown-registration": [("therapist", "DELETE /practice/registrations/{}", None)],
    "unknown-login": [("therapist", "DELETE /practice/logins/{}", None)],
    "unknown-therapist": [
        ("anybody", "GET /therapists/{}", None),
        ("anybody", "POST /therapists/{}/registrations", CLEO),
        ("anybody", "POST /therapists/{}/registrations/confirm", {"token": "x"}),
        ("anybody", "POST /therapists/{}/invitations", {"email": "ann@example.org"}),
    ],
}
"""By refusal of an unknown id: the calls that have one in their path."""
each_path = pytest.mark.parametrize(
    ("who", "what", "body", "refusal"),
    [
        pytest.param(*call, refusal, id=call[1])
        for refusal, calls in IN_PATHS.items()
        for call in calls
    ],
)


@each_path
def test_malformed_ids_are_unknown(callers, unchanged, who, what, body, refusal):
    strange = [
        *("x", "..", "-", "--", "#login#t1", "#intake#2026-W48", "annt1#", "null", "%00", "a b"),
        *("é", '"', "🙂", "x" * 3_000, f"{TUESDAY}-annt1-" + "x" * 3_000),
        *(f"{TUESDAY}-" + "x" * 3_000 + "-y", f"{TUESDAY}-annt1", f"{TUESDAY}-annt1-b-c"),
        *("99991231T2359Z-annt1-x", "20261131T1500Z-annt1-x"),
    ]
    with unchanged():
        for text in strange:
            reply = callers[who](what.format(text), body)
            assert (reply.status, reply.refusal) == (404, refusal), text[:40]


DAYS = ["2026-02-30", "tomorrow", "2026-11-24T10:00", "0001-01-01", "9999-12-31", "1795500000"]
PARAMETERS = [
    ("ann", "GET /slots?", "from", DAYS),
    ("ann", "GET /slots?", "to", [*DAYS, "2026-W48-2", "", "2026-11-24&to=2026-11-25"]),
    ("ann", "GET /appointments?", "past", ["perhaps"]),
    ("ann", "GET /appointments?past=true&", "cursor", ["x", f"{TUESDAY}-bobt1-x", "x" * 999]),
    ("therapist", "GET /practice/clients/annt1?", "cursor", ["x"]),
    ("therapist", "GET /practice/audit-log?", "since", DAYS),
    ("therapist", "GET /practice/audit-log?", "cursor", ["x", f"{TUESDAY}-annt1-x"]),
    ("therapist", "GET /practice/calendar?", "week", ["2026-48", "2025-W53", "9999-W52"]),
    ("therapist", f"DELETE /practice/appointments/{TUESDAY}-annt1-x?", "by", ["nobody"]),
    ("therapist", "DELETE /practice/regulars/r1?", "preview", ["maybe"]),
]


@pytest.mark.parametrize(
    ("who", "what", "field", "values"), PARAMETERS, ids=[what + f for _, what, f, _ in PARAMETERS]
)
def test_a_parameter_that_can_not_be_is_named(callers, unchanged, who, what, field, values):
    with unchanged():
        for value in values:
            reply = callers[who](f"{what}{field}={value}")
            assert (reply.status, reply.fields) == (422, [field]), value


EXTRA = {"start": "2026-11-26T10:00:00-05:00", "minutes": 50}
REFUSED_VALUES: dict[str, tuple[Any, dict[str, list[Any]]]] = {
    "PATCH /practice": (
        {},
        {
            "timezone": ["Mars/Olympus", "", "../etc/passwd", "Factory", "localtime", None],
            "office_phone": ["ring"],
            "name": [" ", "a\nb", "x" * 101],
            "horizon_weeks": [0, 27, 10**400, "6", 6.5],
            "booking_notice_hours": [169],
            "grace_minutes": [-1],
            "max_per_week": [8],
            "strike_limit": [0],
            "strike_window_days": [6],
            "on_strike_limit": ["forgive"],
            "late_move_is_strike": [1],
            "intake": ["never"],
            "intake_weeks": [2],  # more than the horizon
            "intake_below": [1.1, True],
            "intake_per_week": [51],
            "release": [{"weekday": "sunday", "time": "02:30"}],  # skipped in spring
            "phone_note": ["x" * 121, "a\nb", " "],
            "change_policy": ["x" * 301, "\x00"],
            "privacy_url": [
                *("http://a.example", "https://localhost", "https://a.example/a b", "a.example"),
                *("javascript:alert(1)", "https://me@a.example", 'https://a.example/"', " "),
            ],
            "crisis_line": ["x" * 201, None, ""],  # while self-scheduling is on
            "place": ["x" * 201, "a\nb", " "],
            "language": ["de", "EN", "", None],
            "embed_origins": [
                *(None, "https://a.example", ["https://a.example", "https://a.example"]),
                [f"https://{n}.example" for n in "abcdef"],
            ],
            "mail_from": ["2026-02-30", "tomorrow", ""],
            "quiet_hours": [{"from": "08:00", "to": "08:00"}, "night"],
            "sender_name": ["x" * 101, "a\nb"],
            "therapist_mails": [None, "friday", ["friday"] * 9],
            "self_scheduling": [True],
            "therapist_id": ["t2"],
            "hours": [[]],
        },
    ),
    "PUT /practice/hours": ({}, {"hours": [[FRIDAY] * 101]}),
    "PUT /practice/self-scheduling": ({}, {"enabled": ["true"]}),
    "POST /practice/regulars": (
        WEDNESDAYS,
        {
            "start": ["10:05"],  # where the hours have no slot
            "every_weeks": [0, 5],
            "first": ["2026-02-30", "20261124", None],
            "until": ["2026-11-22", "soon"],
            "regular_id": ["r1"],
        },
    ),
    "POST /practice/time-off": (
        TUESDAY_OFF,
        {
            "to": [TUESDAY_OFF["from"], "2026-11-23T00:00:00-05:00"],
            "from": ["2026-11-24T00:00:00", "2026-11-31T00:00:00-05:00", 1795500000],
            "message": [""],
            "cancel_booked": [1],
        },
    ),
    "POST /practice/slots": (
        EXTRA,
        {
            "start": [
                "2026-11-26T10:00:30-05:00",
                "2026-11-26T10:00:00",
                "2027-11-26T10:00:00-05:00",  # not published
                "2026-11-26T10:00-05:00",
                "2026-11-26 10:00:00-05:00",
                "20261126T100000Z",
            ],
            "minutes": [481],
            "prime": [None],
        },
    ),
    f"PUT /practice/slots/{TUESDAY}": ({}, {"state": ["booked", "free", "", None, 1]}),
    "POST /practice/clients": (
        {"name": "Al", "email": "al@example.org", "invite": True},
        {
            "name": [["Al"]],
            "email": [
                *(None, "al", "a@b@c.d", "a b@c.d", "é@b.c", "a..b@c.d", "a@-b.c"),
                *("a" * 65 + "@b.c", "a" * 300 + "@b.c"),
            ],
            "phone": ["call me"],
            "login": ["a/b", "é"],
        },
    ),
    "PATCH /practice/clients/annt1": (
        {},
        {
            "name": [None],
            "usual": [None],
            "max_per_week": [0],
            "email": [None],  # of a client with a login
            "language": ["fr", "", 1],
            "mail": ["some", None, True],
            "calendar_entries": ["yes", None, 1],
            "mail_stopped": [None],
            "privilege": ["active"],
        },
    ),
    "PUT /practice/clients/annt1/privilege": (
        {"state": "suspended"},
        {"state": ["ended"], "reason": ["x" * 501]},
    ),
    "POST /practice/appointments": ({"slot_id": TUESDAY}, {"client_id": [1]}),
    "POST /therapists/t1/registrations": (
        CLEO,
        {"name": [""], "email": [None], "phone": ["12"], "login": ["cleo"], "language": ["fr"]},
    ),
    "POST /therapists/t1/registrations/confirm": (
        {"token": "x"},
        {"token": [None, 1, "x" * 201], "email": ["ann@example.org"]},
    ),
    "POST /therapists/t1/invitations": (
        {"email": "ann@example.org"},
        {
            "email": [
                *(None, "", " ", "a b", "a/b", "é@b.c", "#login#t1", 1, ["ann@example.org"]),
                *("x" * 126, "x" * 255, "a\nb"),
            ],
            "client_id": ["annt1"],
        },
    ),
    "PUT /me/regular-request": (
        {"appointment_id": f"{WEDNESDAY}-annt1-x", "every_weeks": 1},
        {
            "appointment_id": [None, 1, ["x"]],
            "every_weeks": [None, 0, 5, -1, 1.5, "1", True, 10**400],
            "state": ["declined"],
        },
    ),
    "PATCH /me": (
        {},
        {
            "language": ["de", "EN", "", 1, ["en"]],
            "mail": ["some", "", None, True],
            "calendar_entries": [None, "yes", 1],
            "name": ["Eve"],
            "privilege": ["active"],
        },
    ),
}
"""By request: a valid body, and the values that each of its fields refuses."""


def _caller_of(what):
    if "/therapists/" in what:
        return "anybody"
    return "ann" if " /me" in what else "therapist"


@pytest.mark.parametrize(
    ("what", "field"),
    [(what, field) for what, (_, fields) in REFUSED_VALUES.items() for field in fields],
)
def test_a_field_that_can_not_be_is_named(callers, unchanged, what, field):
    body, values = REFUSED_VALUES[what]
    caller = callers[_caller_of(what)]
    with unchanged():
        for value in values[field]:
            reply = caller(what, {**body, field: value})
            assert (reply.status, reply.fields) == (422, [field]), value


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"start": "10:30"}, "hours", id="overlapping another"),
        pytest.param({"start": "23:30", "minutes": 31}, "hours.1", id="past midnight"),
        pytest.param({"start": "24:00"}, "hours.1.start", id="at no time"),
        pytest.param({"start": "9:00"}, "hours.1.start", id="not quite a time"),
        pytest.param({"start": 900}, "hours.1.start", id="a number for a time"),
        pytest.param({"minutes": 4}, "hours.1.minutes", id="too short"),
        pytest.param({"minutes": 481, "start": "00:00"}, "hours.1.minutes", id="too long"),
        pytest.param({"minutes": 50.5}, "hours.1.minutes", id="half a minute"),
        pytest.param({"minutes": "50"}, "hours.1.minutes", id="text for a number"),
        pytest.param({"minutes": True}, "hours.1.minutes", id="true for a number"),
        pytest.param({"weekday": "Friday"}, "hours.1.weekday", id="in capitals"),
        pytest.param({"weekday": "funday"}, "hours.1.weekday", id="on no weekday"),
        pytest.param({"prime": "yes"}, "hours.1.prime", id="text for true"),
        pytest.param({"colour": "red"}, "hours.1.colour", id="a field nobody knows"),
    ],
)
def test_an_entry_of_the_hours_that_can_not_be_is_named(therapist, unchanged, wrong, field):
    with unchanged():
        reply = therapist("PUT /practice/hours", {"hours": [FRIDAY, {**FRIDAY, **wrong}]})
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", [field])


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("PATCH /practice", {"release": {"weekday": "friday"}}, "release.time"),
        ("PATCH /practice", {"release": {"weekday": "friday", "time": "25:00"}}, "release.time"),
        (
            "POST /practice/regulars",
            {**WEDNESDAYS, "first": "2026-11-26", "until": "2026-12-01"},
            "until",
        ),
        (
            "POST /practice/time-off",
            {"from": "2026-11-01T00:00:00-05:00", "to": "2026-11-02T00:00:00-05:00"},
            "to",
        ),
        ("POST /practice/clients", {"name": "Al", "email": "al"}, "email"),
        ("POST /practice/clients", {"name": "Al", "login": "al"}, "login"),
    ],
    ids=[
        "a release at no time",
        "a release at 25:00",
        "a regular that never comes",
        "time off in the past",
        "an address of a client without a login",
        "a login without an invitation",
    ],
)
def test_a_body_that_can_not_be_is_refused_for_one_field(therapist, unchanged, what, body, field):
    with unchanged():
        reply = therapist(what, body)
    assert (reply.status, reply.fields) == (422, [field])


def test_a_whole_number_may_be_written_with_a_point(therapist):
    reply = therapist("PATCH /practice", raw='{"grace_minutes": 20.0}')
    assert (reply.status, reply.body["grace_minutes"]) == (200, 20)


@pytest.mark.parametrize(
    "route",
    # Whoever links to a page may add parameters of their own.
    [route for route in load().routes() if route.function != "WebFunction"],
    ids=lambda route: route.key,
)
def test_a_parameter_that_no_route_knows_is_refused(call, unchanged, route):
    """A day off with `Preview=true` would be taken, and a client with `preview=true` discharged."""
    with unchanged():
        reply = call(route, "?Preview=true")
    assert (reply.status, reply.fields) == (422, ["Preview"])


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


def test_at_most_fifty_errors_are_listed(ann):
    reply = ann("POST /appointments", {f"field{n}": n for n in range(1_000)})
    assert len(reply.body["errors"]) == 50


def test_a_long_field_name_is_cut_short():
    refusal = invalid_request([{"loc": ("body", "x" * 1_000), "type": "extra_forbidden"}])
    assert refusal.extra["errors"][0]["field"] == "x" * 100
