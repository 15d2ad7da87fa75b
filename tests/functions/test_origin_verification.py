"""Origin verification: with a distribution, public routes reject requests that bypass it."""

from __future__ import annotations

import pytest

from infra.bench import http
from infra.local import template
from tests.functions.slots import CLEO

KEY = "shown-by-cloudfront-alone"
PUBLIC = {
    "GET /": None,
    "GET /assets/{name}": None,
    "GET /book/{therapist_id}": None,
    "GET /config.json": None,
    "GET /console": None,
    "GET /console/mail": None,
    "GET /openapi.json": None,
    "GET /therapists/{therapist_id}": None,
    "GET /widget.js": None,
    "POST /therapists/{therapist_id}/registrations": CLEO,
    "POST /therapists/{therapist_id}/registrations/confirm": {"token": "x" * 86},
    "POST /therapists/{therapist_id}/invitations": {"email": "ann@example.org"},
    "POST /unsubscribe/{token}": None,
}


@pytest.fixture
def verification(monkeypatch):
    monkeypatch.setenv("ORIGIN_VERIFY_KEY", KEY)


def request(key, **headers):
    """Return the status and type of a public route's response to a request with these headers."""
    what = (
        key.replace("{therapist_id}", "t1").replace("{name}", "book.js").replace("{token}", "t1.x")
    )
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    _, response = http.send(None, what, PUBLIC[key], headers=names)
    is_problem = response.headers["content-type"] == "application/problem+json"
    return response.status, response.body["type"] if is_problem else None


def test_the_cases_cover_all_public_routes():
    assert set(PUBLIC) == {route.key for route in template.load().routes() if route.public}


@pytest.mark.parametrize("key", PUBLIC)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no key"),
        pytest.param({"x_origin_verify": "guessed"}, id="another key"),
        pytest.param({"x_origin_verify": KEY[:-1]}, id="most of the key"),
        pytest.param({"x_origin_verify": KEY + "é"}, id="more than the key"),
    ],
)
def test_a_public_route_rejects_a_request_without_the_key(
    practice, unchanged, verification, key, headers
):
    with unchanged():
        assert request(key, **headers) == (404, "/problems/not-found")


@pytest.mark.parametrize("key", PUBLIC)
def test_a_public_route_accepts_a_request_with_the_key(practice, verification, key):
    assert request(key, x_origin_verify=KEY)[0] in {200, 202, 410}


@pytest.mark.parametrize("key", PUBLIC)
def test_public_routes_are_open_without_a_distribution(practice, key):
    assert request(key)[0] in {200, 202, 410}


def test_authenticated_routes_require_no_key(ann, verification):
    assert ann("GET /me").status == 200
