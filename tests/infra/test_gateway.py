"""The gateway: tokens, routes, events and responses."""

import base64
import functools
import json
import re
import socket
import struct
import time

import jwt
import pytest
import urllib3
from cryptography.hazmat.primitives.asymmetric import rsa
from moto.utilities.utils import load_resource

from infra.local import template
from infra.local.functions import Function
from infra.local.gateway import MAX_BODY
from infra.local.http_server import serving
from infra.local.options import HOST, bound_socket
from infra.local.server import make_gateway
from infra.local.user_pools import CLIENTS, THERAPISTS

UNAUTHORIZED = (401, {"message": "Unauthorized"})


@pytest.fixture(scope="module")
def api(translated, aws):
    """The template's API, with an echoing handler behind every route."""
    functions = {
        name: Function(name, "tests.infra.handlers.echo") for name in translated.handlers()
    }
    gateway = make_gateway(aws, translated, functions)
    with bound_socket(0) as reserved, serving(gateway, reserved):
        yield ApiClient(f"http://{HOST}:{reserved.getsockname()[1]}")


class ApiClient:
    def __init__(self, url):
        self.url = url
        self.pool = urllib3.PoolManager(retries=False)

    def request(self, method, path, *, token=None, headers=None, body=None):
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.pool.request(method, self.url + path, headers=headers, body=body)

    def post(self, body):
        return self.request("POST", "/appointments", token=a_token(), body=body)

    def event(self, method, path, **options):
        options.setdefault("token", a_token())
        answer = self.request(method, path, **options)
        assert answer.status == 200, answer.data
        return answer.json()


@functools.cache
def signing_key():
    """Moto's key. To read it takes long, since its parts are checked."""
    return jwt.PyJWK.from_dict(load_resource("cognitoidp/resources/jwks-private.json")).key


def a_token(*, key=None, algorithm="RS256", without=(), **claims):
    claims = {
        "iss": CLIENTS.issuer,
        "aud": CLIENTS.app_id,
        "exp": int(time.time()) + 600,
        "iat": int(time.time()),
        "token_use": "id",
        "custom:therapist_id": "demo",
        "email_verified": True,
    } | claims
    return jwt.encode(
        {name: value for name, value in claims.items() if name not in without},
        signing_key() if key is None else key,
        algorithm,
        headers={"kid": "dummy"},
    )


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(lambda: None, id="none"),
        pytest.param(lambda: "rubbish", id="not a token"),
        pytest.param(lambda: a_token(exp=int(time.time()) - 1), id="expired"),
        pytest.param(lambda: a_token(without=["exp"]), id="never expires"),
        pytest.param(lambda: a_token(nbf=int(time.time()) + 600), id="not valid yet"),
        pytest.param(lambda: a_token(key=a_key()), id="forged with another key"),
        pytest.param(lambda: a_token(key="s" * 32, algorithm="HS256"), id="forged with a secret"),
        pytest.param(lambda: a_token(key="", algorithm="none"), id="unsigned"),
        pytest.param(lambda: a_token(iss=CLIENTS.issuer + "2"), id="of another user pool"),
        pytest.param(lambda: a_token(aud="another"), id="for another app"),
        pytest.param(lambda: a_token(without=["aud"]), id="for no app"),
        pytest.param(lambda: tampered(a_token()), id="claims changed after signing"),
    ],
)
def test_an_invalid_token_is_rejected(api, token):
    answer = api.request("GET", "/me", token=token())
    assert (answer.status, answer.json()) == UNAUTHORIZED
    assert answer.headers["www-authenticate"] == "Bearer"


ROUTES = [route for route in template.load().routes() if route.authorizer]
OWN = {"ClientLogin": CLIENTS, "TherapistLogin": THERAPISTS}
FOREIGN = {"ClientLogin": THERAPISTS, "TherapistLogin": CLIENTS}


def token_of(pool, **claims):
    return a_token(**{"iss": pool.issuer, "aud": pool.app_id, **claims})


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_accepts_the_tokens_of_its_own_pool_alone(api, route):
    own, foreign = OWN[route.authorizer], FOREIGN[route.authorizer]
    path = re.sub(r"[{}]", "", route.path)
    assert api.request(route.method, path, token=token_of(own)).status == 200
    forged = {
        "of the other pool": token_of(foreign),
        "of the other pool's issuer": token_of(own, iss=foreign.issuer),
        "for the other pool's app": token_of(own, aud=foreign.app_id),
        "of an unknown issuer": token_of(own, iss="https://example.org/us-east-1_clients"),
        "an access token of the other pool": a_token(
            without=["aud"], iss=foreign.issuer, client_id=foreign.app_id, token_use="access"
        ),
        "an access token for the other pool's app": a_token(
            without=["aud"], iss=own.issuer, client_id=foreign.app_id, token_use="access"
        ),
        "signed with another key": token_of(own, key=a_key()),
    }
    answers = {name: api.request(route.method, path, token=token) for name, token in forged.items()}
    assert {name: (a.status, a.json()) for name, a in answers.items()} == dict.fromkeys(
        forged, UNAUTHORIZED
    )


def test_claims_are_passed_as_text(api):
    event = api.event("GET", "/me", token=a_token(roles=["clients", "others"]))
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    assert claims["roles"] == "[clients others]"
    assert claims["custom:therapist_id"] == "demo"
    assert claims["email_verified"] == "true"
    assert claims["exp"].isdecimal()


def test_an_access_token_of_the_same_app_is_accepted_as_in_aws(api):
    token = a_token(without=["aud"], client_id=CLIENTS.app_id, token_use="access")
    event = api.event("GET", "/me", token=token)
    assert event["requestContext"]["authorizer"]["jwt"]["claims"]["token_use"] == "access"


def test_public_routes_require_no_token_and_pass_no_claims(api):
    event = api.event("GET", "/therapists/demo", token=None)
    assert "authorizer" not in event["requestContext"]
    assert event["pathParameters"] == {"therapist_id": "demo"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("GET", "/nowhere", id="no such path"),
        pytest.param("DELETE", "/me", id="no such method"),
        pytest.param("GET", "/me/", id="a slash too many"),
        pytest.param("DELETE", "/appointments/", id="an empty parameter"),
        pytest.param("PUT", "/me/and/more", id="several segments"),
    ],
)
@pytest.mark.parametrize("token", [lambda: None, lambda: "rubbish", a_token])
def test_an_unknown_route_is_passed_to_the_catch_all_whatever_the_token(api, method, path, token):
    event = api.event(method, path, token=token())
    assert event["routeKey"] == f"{method} /{{proxy+}}"
    assert event["rawPath"] == path
    assert event["pathParameters"] == {"proxy": path[1:]}
    assert "authorizer" not in event["requestContext"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("POST", "/", id="a greedy variable is never empty"),
        pytest.param("HEAD", "/slots", id="head is a method of its own"),
        pytest.param("TRACE", "/slots", id="a method without routes"),
    ],
)
def test_the_gateway_itself_does_not_find_what_no_route_catches(api, method, path):
    for token in (None, a_token()):
        answer = api.request(method, path, token=token)
        assert answer.status == 404
        assert answer.data in {b"", b'{"message":"Not Found"}'}


def test_every_response_names_its_request(api):
    event = api.request("GET", "/me", token=a_token())
    assert event.headers["apigw-requestid"] == event.json()["requestContext"]["requestId"]
    refused = [api.request("GET", path).headers["apigw-requestid"] for path in ("/me", "/")]
    assert len(set(refused)) == 2


def test_the_query_is_passed_raw_and_with_repeated_parameters_joined(api):
    event = api.event("GET", "/slots?from=2026-11-24&tag=a&tag=b&empty=&note=a%20b")
    assert event["rawPath"] == "/slots"
    assert event["rawQueryString"] == "from=2026-11-24&tag=a&tag=b&empty=&note=a%20b"
    assert event["queryStringParameters"] == {
        "from": "2026-11-24",
        "tag": "a,b",
        "empty": "",
        "note": "a b",
    }


def test_the_path_is_passed_decoded(api):
    event = api.event("DELETE", "/appointments/a%23b%20c")
    assert event["rawPath"] == "/appointments/a#b c"
    assert event["pathParameters"] == {"appointment_id": "a#b c"}


def test_headers_are_in_lower_case_and_cookies_are_separate(api):
    event = api.event("GET", "/me", headers={"If-Match": "3", "Cookie": "a=1; b=2"})
    assert event["headers"]["if-match"] == "3"
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]


def test_the_event_contains_route_method_time_and_request_id(api):
    event = api.event("GET", "/me")
    context = event["requestContext"]
    assert event["version"] == "2.0"
    assert event["routeKey"] == context["routeKey"] == "GET /me"
    assert context["http"]["method"] == "GET"
    assert context["stage"] == "$default"
    assert abs(context["timeEpoch"] / 1000 - time.time()) < 60
    assert context["requestId"] != api.event("GET", "/me")["requestContext"]["requestId"]


@pytest.mark.parametrize(
    ("kind", "body", "passed", "encoded"),
    [
        pytest.param("application/json", b'{"a":"\xc3\xa9"}', '{"a":"é"}', False, id="json"),
        pytest.param("text/plain", b"hello", "hello", False, id="text"),
        pytest.param("application/pdf", b"%PDF", "JVBERg==", True, id="binary"),
        pytest.param("application/json", b"\xff", "/w==", True, id="json that is no text"),
    ],
)
def test_a_body_is_passed_as_text_or_base64(api, kind, body, passed, encoded):
    event = api.event("POST", "/appointments", headers={"Content-Type": kind}, body=body)
    assert (event["body"], event["isBase64Encoded"]) == (passed, encoded)


def test_a_chunked_body_is_passed_whole(api):
    event = api.event("POST", "/appointments", body=iter([b"one ", b"", b"two"]))
    assert event["body"] == "one two"


def test_a_body_of_more_than_ten_megabytes_is_rejected(api):
    answer = api.post(b" " * (MAX_BODY + 1))
    assert (answer.status, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_an_error_of_a_function_becomes_status_500(api, capfd):
    answer = api.post(b"break")
    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert "broken on request" in capfd.readouterr().err


def test_a_functions_status_headers_cookies_and_bytes_are_sent_unchanged(api):
    given = {
        "statusCode": 201,
        "headers": {"Location": "/appointments/1", "X-Count": 3},
        "cookies": ["a=1", "b=2"],
        "body": base64.b64encode(b"\x00\x01").decode(),
        "isBase64Encoded": True,
    }
    answer = api.post(json.dumps({"answer": given}))
    assert answer.status == 201
    assert answer.headers["location"] == "/appointments/1"
    assert answer.headers["x-count"] == "3"
    assert answer.headers.getlist("set-cookie") == ["a=1", "b=2"]
    assert answer.data == b"\x00\x01"


def test_a_result_without_a_status_is_the_body(api):
    answer = api.post('{"answer": {"done": true}}')
    assert (answer.status, answer.json()) == (200, {"done": True})


def test_preflight_requests_are_answered(api):
    headers = {"Origin": "https://therapist.example", "Access-Control-Request-Method": "POST"}
    answer = api.request("OPTIONS", "/appointments", headers=headers)
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"].split(",")
    assert "authorization" in answer.headers["access-control-allow-headers"].split(",")


def test_responses_and_errors_allow_other_origins(api):
    headers = {"Origin": "https://therapist.example"}
    for token in (a_token(), None):
        answer = api.request("GET", "/me", token=token, headers=headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "etag" in answer.headers["access-control-expose-headers"].split(",")


def test_the_outbox_is_html_for_browsers_and_json_otherwise(api):
    assert api.request("GET", "/outbox").json() == {"mails": []}
    page = api.request("GET", "/outbox", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")


def a_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def tampered(token):
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["custom:therapist_id"] = "another"
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{body}.{signature}"


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET /sl", id="half a line"),
        pytest.param(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", id="a whole request"),
        pytest.param(
            b"POST /appointments HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
            id="half a body",
        ),
    ],
)
def test_a_client_that_hangs_up_leaves_no_traceback(api, capfd, sent):
    url = urllib3.util.parse_url(api.url)
    for _ in range(5):
        connection = socket.create_connection((url.host, url.port))
        connection.sendall(sent)
        # Without lingering, closing resets the connection.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert api.request("GET", "/openapi.json", token=a_token()).status == 200
    time.sleep(0.3)  # the other threads may still be at work
    assert "Traceback" not in "".join(capfd.readouterr())
