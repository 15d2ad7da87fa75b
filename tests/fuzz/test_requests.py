"""Malformed HTTP API events are refused as documented, and never take partial effect."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.bench import http
from infra.local import template
from infra.local.events import Request, http_event
from infra.local.template import Route
from openhour import clock
from tests.functions.http import Reply, a_client, a_therapist, find_route, validate
from tests.fuzz.mutations import ODD, mutated
from tests.fuzz.server import HERE, THERE, Server, rows_of
from tests.fuzz.settings import EXAMPLES, fuzz_settings
from tests.store.invariants import find_faults, read_tables

Event = dict[str, Any]
Call = tuple[str, str, dict[str, Any] | None]

REGULAR = {"client_id": "bob", "weekday": "thursday", "start": "17:30", "first": "2026-11-23"}
OFF = {"from": "2026-12-03T00:00:00-05:00", "to": "2026-12-04T00:00:00-05:00"}
HOURS = {"hours": [{"weekday": "friday", "start": "10:00", "minutes": 50, "prime": True}]}
EXTRA = {"start": "2026-11-29T10:00:00-05:00", "minutes": 50, "prime": False}
ZOE = {"name": "Zoe", "email": "zoe@example.org", "phone": "555 0123"}
SETTINGS = {
    "name": "Dr. Eve",
    "intake_below": 0.5,
    "release": {"weekday": "monday", "time": "09:00"},
}
VALID: tuple[Call, ...] = (
    ("nobody", "GET /", None),
    ("nobody", "GET /assets/book.js", None),
    ("nobody", "GET /book/here", None),
    ("nobody", "GET /console", None),
    ("nobody", "GET /console/mail", None),
    ("nobody", "GET /widget.js", None),
    ("nobody", "GET /config.json", None),
    ("nobody", "GET /openapi.json", None),
    ("nobody", "GET /therapists/here", None),
    ("nobody", "POST /therapists/here/registrations", ZOE),
    ("nobody", "POST /therapists/here/registrations/confirm", {"token": "{token}"}),
    ("nobody", "POST /therapists/here/invitations", {"email": "ann@example.org"}),
    ("nobody", "POST /unsubscribe/{token}", None),
    ("client", "GET /me", None),
    ("client", "GET /slots?from=2026-11-26&to=2026-12-05", None),
    ("client", "GET /appointments?past=true", None),
    ("client", "GET /appointments/{appointment_id}", None),
    ("client", "POST /appointments", {"slot_id": "{slot_id}"}),
    ("client", "POST /appointments/{appointment_id}/move", {"slot_id": "{slot_id}"}),
    ("client", "DELETE /appointments/{appointment_id}", None),
    (
        "client",
        "PUT /me/regular-request",
        {"appointment_id": "{appointment_id}", "every_weeks": 2},
    ),
    ("client", "DELETE /me/regular-request", None),
    ("client", "PATCH /me", {"language": "es", "mail": "changes", "calendar_entries": True}),
    ("therapist", "GET /practice", None),
    ("therapist", "PATCH /practice", SETTINGS),
    ("therapist", "PUT /practice/hours?preview=false", HOURS),
    ("therapist", "PUT /practice/self-scheduling", {"enabled": False, "regulars_entered": True}),
    ("therapist", "GET /practice/regulars", None),
    ("therapist", "POST /practice/regulars", REGULAR),
    ("therapist", "PUT /practice/regulars/{regular_id}", REGULAR),
    ("therapist", "DELETE /practice/regulars/{regular_id}?preview=true", None),
    ("therapist", "GET /practice/regulars/{regular_id}", None),
    ("therapist", "GET /practice/time-off", None),
    ("therapist", "GET /practice/time-off/{time_off_id}", None),
    ("therapist", "POST /practice/time-off", {**OFF, "cancel_booked": True, "message": "Ill."}),
    ("therapist", "DELETE /practice/time-off/{time_off_id}", None),
    ("therapist", "GET /practice/contacts", None),
    ("therapist", "GET /practice/logins", None),
    (
        "therapist",
        "POST /practice/logins",
        {"name": "Zoe", "email": "zoe@example.org", "role": "office"},
    ),
    ("therapist", "DELETE /practice/logins/{login_id}", None),
    ("therapist", "GET /practice/audit-log?since=2026-11-23", None),
    ("therapist", "GET /practice/conflicts", None),
    ("therapist", "GET /practice/calendar?week=2026-W48", None),
    ("therapist", "POST /practice/slots", EXTRA),
    ("therapist", "GET /practice/slots/{slot_id}", None),
    ("therapist", "PUT /practice/slots/{slot_id}", {"state": "held"}),
    ("therapist", "DELETE /practice/slots/{slot_id}", None),
    ("therapist", "GET /practice/intake", None),
    ("therapist", "GET /practice/mail-previews/booked?language=es", None),
    ("therapist", "GET /practice/release", None),
    ("therapist", "POST /practice/release", None),
    ("therapist", "POST /practice/appointments", {"client_id": "bob", "slot_id": "{slot_id}"}),
    ("therapist", "GET /practice/appointments/{appointment_id}", None),
    ("therapist", "PUT /practice/appointments/{appointment_id}/confirmation", None),
    (
        "therapist",
        "POST /practice/appointments/{appointment_id}/move",
        {"slot_id": "{slot_id}", "by": "client"},
    ),
    ("therapist", "DELETE /practice/appointments/{appointment_id}?by=client", None),
    ("therapist", "PUT /practice/appointments/{missed}/outcome", {"outcome": "waived"}),
    ("therapist", "GET /practice/registrations", None),
    ("therapist", "DELETE /practice/registrations/{registration_id}", None),
    ("therapist", "GET /practice/clients?discharged=true", None),
    ("therapist", "POST /practice/clients", {**ZOE, "login": "zoe", "invite": True}),
    ("therapist", "GET /practice/clients/ann", None),
    ("therapist", "GET /practice/clients/ann/slots?from=2026-11-26&to=2026-12-05", None),
    ("therapist", "GET /practice/clients/ann/booking-check?slot_id={slot_id}", None),
    ("therapist", "PATCH /practice/clients/ann", {"usual": True, "max_per_week": None}),
    ("therapist", "DELETE /practice/clients/cleo", None),
    ("therapist", "POST /practice/clients/ann/invitation", None),
    ("therapist", "POST /practice/clients/ann/welcome", None),
    ("therapist", "DELETE /practice/clients/ann/regular-request", None),
    ("therapist", "DELETE /practice/clients/eve/mail-stop", None),
    ("therapist", "PUT /practice/clients/bob/privilege", {"state": "suspended", "reason": "x"}),
)
CLAIMS = {
    "nobody": None,
    "client": a_client(HERE, "ann").claims,
    "therapist": a_therapist(HERE).claims,
}
NAMES = st.sampled_from(
    ("content-type", "authorization", "if-match", "content-length", "x-forwarded-for", "Host")
)


def fill(server: Server, call: Call) -> tuple[Route, Event]:
    """The event of a valid call, with ids of what is there."""
    who, what, body = call
    text = json.dumps([what, body])
    for name, value in server.examples.items():
        text = text.replace(f"{{{name}}}", value)
    what, body = json.loads(text)
    method, target = what.split(" ")
    path, _, query = target.partition("?")
    route, parameters = find_route(method, path)
    request = Request(
        method=method,
        path=path,
        query=query,
        headers={"content-type": "application/json"} if body is not None else {},
        body=json.dumps(body).encode() if body is not None else b"",
    )
    return route, http_event(request, route, parameters, CLAIMS[who])


@st.composite
def sent(draw: st.DrawFn, event: Event) -> Event:
    """What a caller may make of a request, with whatever token the gateway lets through."""
    event = copy.deepcopy(event)
    body = json.loads(event.get("body", "{}"))
    parts = ("body", "header", "query", "path", "claims")
    for part in draw(st.lists(st.sampled_from(parts), min_size=1, max_size=2)):
        _PARTS[part](draw, event, body)
    return event


def _body(draw: st.DrawFn, event: Event, body: Any) -> None:
    kind = draw(st.sampled_from(("mutated", "mutated", "mutated", "odd", "text", "bytes", "flag")))
    if kind == "mutated":
        event["body"] = json.dumps(draw(mutated(body)))
    elif kind == "odd":
        event["body"] = json.dumps(draw(ODD))
    elif kind == "text":
        event["body"] = draw(st.text(max_size=50))
    elif kind == "bytes":
        event["body"] = base64.b64encode(draw(st.binary(max_size=50))).decode()
        event["isBase64Encoded"] = True
    else:
        event["isBase64Encoded"] = not event["isBase64Encoded"]


def _header(draw: st.DrawFn, event: Event, _: Any) -> None:
    event["headers"][draw(NAMES | st.text(min_size=1, max_size=20))] = draw(
        st.text(max_size=50) | st.sampled_from(("*", '"1"', f'"{"9" * 5_000}"', "application/json"))
    )


def _query(draw: st.DrawFn, event: Event, _: Any) -> None:
    names = st.sampled_from(("from", "to", "past", "cursor", "week", "preview", "by"))
    query = event.setdefault("queryStringParameters", {})
    query[draw(names | st.text(max_size=8))] = draw(st.text(max_size=30))
    event["rawQueryString"] = urlencode(query, errors="replace")


def _path(draw: st.DrawFn, event: Event, _: Any) -> None:
    parameters = event.get("pathParameters", {})
    for name, value in parameters.items():
        other = draw(st.text(min_size=1, max_size=40).filter(lambda text: "/" not in text) | IDS)
        event["rawPath"] = event["rawPath"].replace(value, other)
        event["requestContext"]["http"]["path"] = event["rawPath"]
        parameters[name] = other


IDS = st.sampled_from(
    ("ann", "there", "..", "%2F", "\x00", "#login#here/ann@example.org", "x" * 3_000)
)


def _claims(draw: st.DrawFn, event: Event, _: Any) -> None:
    authorizer = event["requestContext"].get("authorizer")
    if authorizer:
        claims = draw(st.sampled_from([c for c in CLAIMS.values() if c]))
        authorizer["jwt"]["claims"] = draw(mutated(claims, most=2) | st.just(claims))


_PARTS = {"body": _body, "header": _header, "query": _query, "path": _path, "claims": _claims}


def invoke(server: Server, route: Route, event: Event) -> Reply:
    answer = server.local.functions[route.function].invoke(event)
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    return Reply(answer["statusCode"], headers, http.text_of(answer))


def hold(server: Server, before: Any, *, changed: bool, event: Event) -> None:
    """What a request may have done: nothing where it was refused, nothing to neighbours, and
    nothing that must not be."""
    after = server.rows()
    if before == after:
        return
    assert changed, "a refused request changed something"
    assert find_faults(read_tables(after), now=clock.now()) == []
    if THERE not in json.dumps(event):
        assert rows_of(THERE, before) == rows_of(THERE, after)
    server.rewind()


@pytest.mark.parametrize("call", VALID, ids=[what for _, what, _ in VALID])
def test_the_unchanged_requests_are_valid(server: Server, call: Call) -> None:
    route, event = fill(server, call)
    reply = invoke(server, route, event)
    assert reply.status < 300
    validate(route, reply)


def test_every_route_is_among_them(server: Server) -> None:
    assert {fill(server, call)[0].key for call in VALID} == {
        route.key for route in template.load().routes()
    }


@fuzz_settings(15 * EXAMPLES)
@given(data=st.data())
def test_permitted_requests_get_documented_responses(server: Server, data: st.DataObject) -> None:
    route, valid = fill(server, data.draw(st.sampled_from(VALID)))
    event = data.draw(sent(valid))
    before = server.rows()
    reply = invoke(server, route, event)
    if reply.refusal != "not-found":
        validate(route, reply)
    assert reply.status < 500
    hold(server, before, changed=reply.status < 300 and route.method != "GET", event=event)


@fuzz_settings(15 * EXAMPLES)
@given(data=st.data())
def test_malformed_events_change_nothing(server: Server, data: st.DataObject) -> None:
    route, valid = fill(server, data.draw(st.sampled_from(VALID)))
    event = data.draw(mutated(valid))
    before = server.rows()
    try:
        status = invoke(server, route, event).status
    except Exception:  # noqa: BLE001 - whatever is raised, the gateway answers 500
        status = 500
    hold(server, before, changed=status < 300, event=event)
