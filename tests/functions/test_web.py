"""The pages as a browser gets them: caching, compression, protection, and what they reveal."""

from __future__ import annotations

import gzip
import json
import os

import pytest

from functions.web import built_files
from infra import openapi
from infra.bench import http
from infra.local.user_pools import CLIENTS, THERAPISTS
from tests.functions.http import ANYBODY
from tests.small_pages import SCRIPT

FILES = ("/assets/book.js", "/widget.js", "/openapi.json")
PAGES = ("/", "/book/t1")


def policy_of(reply):
    """Return the Content-Security-Policy, by directive."""
    directives = reply.headers["content-security-policy"].split("; ")
    return {name: values for name, _, values in (each.partition(" ") for each in directives)}


def test_the_clients_page_bears_the_practices_name_and_phone(practice):
    reply = ANYBODY("GET /book/t1")
    assert reply.status == 200
    assert "<title>Book a session: Dr. Ada</title>" in reply.text
    assert '<a href="tel:+15550100">+1 555 0100</a>' in reply.text
    assert "Booking online needs JavaScript." in reply.text


def test_a_name_is_text_and_never_markup(therapist):
    therapist("PATCH /practice", {"name": '<script>"$name" & co'})
    page = ANYBODY("GET /book/t1").text
    assert "<script>" not in page
    assert "&lt;script&gt;&quot;$name&quot; &amp; co" in page


@pytest.mark.parametrize("therapist_id", ["nobody", "t1.", "%22", "a" * 200])
def test_an_unknown_practice_is_a_friendly_page(practice, therapist_id):
    reply = ANYBODY(f"GET /book/{therapist_id}")
    assert (reply.status, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert reply.text == "<title>Nobody</title>"


def test_addresses_with_parameters_of_others_open_the_page(practice):
    assert ANYBODY("GET /book/t1?utm_source=mail&fbclid=1").status == 200


def test_only_the_practices_sites_may_embed_its_page(therapist):
    assert policy_of(ANYBODY("GET /book/t1"))["frame-ancestors"] == "'self'"
    therapist(
        "PATCH /practice", {"embed_origins": ["https://ada.example", "https://b.example:8443"]}
    )
    expected = "'self' https://ada.example https://b.example:8443"
    assert policy_of(ANYBODY("GET /book/t1"))["frame-ancestors"] == expected
    assert policy_of(ANYBODY("GET /book/t2"))["frame-ancestors"] == "'self'"
    for other in ("GET /", "GET /book/nobody"):
        assert policy_of(ANYBODY(other))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_run_only_our_scripts_and_reach_only_us_and_cognito(practice, path):
    policy = policy_of(ANYBODY(f"GET {path}"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {os.environ['COGNITO_URL'].rstrip('/')}"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_everything_says_how_browsers_must_treat_it(practice, path):
    headers = ANYBODY(f"GET {path}").headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "camera=()" in headers["permissions-policy"]
    loadable = "cross-origin" if path == "/widget.js" else "same-origin"
    assert headers["cross-origin-resource-policy"] == loadable


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "no-cache"),
        ("/book/t1", "no-cache"),
        ("/openapi.json", "no-cache"),
        ("/widget.js", "public, max-age=3600"),
        ("/assets/book.js", "public, max-age=31536000, immutable"),
    ],
)
def test_how_long_each_is_kept(practice, path, expected):
    assert ANYBODY(f"GET {path}").headers["cache-control"] == expected


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("identity", None, id="no compression"),
        pytest.param("gzip, deflate, br", "gzip", id="what there is"),
        pytest.param("GZIP;q=0.5", "gzip", id="in capitals, with a weight"),
        pytest.param("gzip;q=0, *;q=0", None, id="refused"),
        pytest.param("*", "gzip", id="anything"),
    ],
)
def test_a_file_comes_compressed_where_the_browser_accepts_it(accepted, encoding):
    reply = ANYBODY("GET /assets/book.js", accept_encoding=accepted)
    assert reply.headers.get("content-encoding") == encoding
    assert reply.headers["vary"] == "Accept-Encoding"
    content = reply.text.encode(errors="surrogateescape")
    assert (gzip.decompress(content) if encoding else content) == SCRIPT


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_what_a_browser_has_is_not_sent_again(practice, path):
    etag = ANYBODY(f"GET {path}").headers["etag"]
    for kept in (etag, f"W/{etag}", f'"another", {etag}'):
        _, reply = http.send(None, f"GET {path}", headers={"if-none-match": kept})
        assert (reply.status, reply.text, reply.headers["etag"]) == (304, "", etag)
    assert ANYBODY(f"GET {path}", if_none_match='"another"').status == 200


def test_each_encoding_of_a_file_has_an_etag_of_its_own():
    plain, packed = (
        ANYBODY("GET /widget.js", accept_encoding=each).headers["etag"] for each in ("", "gzip")
    )
    assert plain != packed


def test_a_page_whose_protection_changed_is_sent_again(therapist):
    etag = ANYBODY("GET /book/t1").headers["etag"]
    therapist("PATCH /practice", {"embed_origins": ["https://ada.example"]})
    assert ANYBODY("GET /book/t1", if_none_match=etag).status == 200


@pytest.mark.parametrize("name", ["nothing.js", "..", "manifest.json", "book.js.gzip"])
def test_only_what_the_build_made_is_an_asset(name):
    assert ANYBODY(f"GET /assets/{name}").refusal == "not-found"


def test_a_page_learns_where_to_sign_in():
    reply = ANYBODY("GET /config.json")
    assert reply.status == 200
    assert reply.body == {
        "region": "us-east-1",
        "cognito_url": os.environ["COGNITO_URL"],
        "clients": {"user_pool_id": CLIENTS.pool_id, "client_id": CLIENTS.app_id},
        "therapists": {"user_pool_id": THERAPISTS.pool_id, "client_id": THERAPISTS.app_id},
    }


@pytest.mark.parametrize("is_built", [True, False])
def test_the_document_is_served_also_without_the_pages(is_built, monkeypatch, tmp_path):
    if not is_built:
        monkeypatch.setattr(built_files, "BUILT", tmp_path)
    assert ANYBODY("GET /openapi.json").body == json.loads(openapi.DOCUMENT.read_text())


def test_the_console_alone_embeds_a_page_which_runs_no_script_and_has_styles_of_its_own(practice):
    assert policy_of(ANYBODY("GET /console"))["frame-src"] == "'self'"
    assert policy_of(ANYBODY("GET /book/t1"))["frame-src"] == "'none'"
    policy = policy_of(ANYBODY("GET /console/mail"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-same-origin",
    }
    for path in ("/", "/book/t1", "/console"):
        assert "unsafe-inline" not in str(policy_of(ANYBODY(f"GET {path}")))


@pytest.mark.parametrize("path", ["/", "/book/t1", "/console", "/widget.js", "/assets/book.js"])
def test_a_function_without_built_pages_says_so(practice, monkeypatch, tmp_path, path):
    monkeypatch.setattr(built_files, "BUILT", tmp_path)
    _, reply = http.send(None, f"GET {path}")
    assert (reply.status, reply.text) == (503, "The pages were not built.\n")
