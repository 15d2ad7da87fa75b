"""The front door: whoever comes around it finds no public route, and everybody else finds all."""

from __future__ import annotations

import json

import pytest

from infra.local import template
from infra.local.events import Request, http_event
from infra.local.functions import Function

KEY = "shown-by-cloudfront-alone"
CLEO = {"name": "Cleo", "email": "cleo@example.org", "phone": "+1 555 0123"}
PUBLIC = {
    "GET /config.json": None,
    "GET /openapi.json": None,
    "GET /therapists/{therapist_id}": None,
    "POST /therapists/{therapist_id}/registrations": CLEO,
}


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setenv("FRONT_DOOR_KEY", KEY)


def ask(key, **headers):
    """What a route answers to a request with these headers: its status and text."""
    translated = template.load()
    (route,) = (route for route in translated.routes() if route.key == key)
    body = PUBLIC.get(key)
    if body:
        headers["content-type"] = "application/json"
    request = Request(
        method=route.method,
        path=route.path.replace("{therapist_id}", "t1"),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=json.dumps(body).encode() if body else b"",
    )
    event = http_event(request, route, {"therapist_id": "t1"}, None)
    handler = translated.handlers()[route.function]
    answer = Function(route.function, handler).invoke(event)
    return answer["statusCode"], answer["body"]


def test_these_are_all_the_public_routes():
    assert set(PUBLIC) == {route.key for route in template.load().routes() if route.public}


@pytest.mark.parametrize("key", PUBLIC)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no key"),
        pytest.param({"x_front_door": "guessed"}, id="another key"),
        pytest.param({"x_front_door": KEY[:-1]}, id="most of the key"),
        pytest.param({"x_front_door": KEY + "é"}, id="more than the key"),
    ],
)
def test_around_the_door_there_is_nothing(practice, everything, door, key, headers):
    before = everything()
    assert ask(key, **headers) == (404, '{"message":"Not Found"}')
    assert everything() == before


@pytest.mark.parametrize("key", PUBLIC)
def test_through_the_door_everything_is_there(practice, door, key):
    assert ask(key, x_front_door=KEY)[0] in {200, 202}


@pytest.mark.parametrize("key", PUBLIC)
def test_without_a_door_all_may_come(practice, key):
    assert ask(key)[0] in {200, 202}


def test_the_signed_in_need_no_door(ann, door):
    assert ann("GET /me").status == 200
