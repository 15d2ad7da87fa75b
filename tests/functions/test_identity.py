"""The token alone decides a caller's permissions."""

import pytest

from infra.local import template
from infra.local.user_pools import CLIENTS, THERAPISTS
from openhour.api.identity import Principal, Role, principal_from_claims
from openhour.rules.refusals import Forbidden
from tests.functions.http import Caller, a_therapist

CLAIMS = {
    "iss": CLIENTS.issuer,
    "aud": CLIENTS.app_id,
    "token_use": "id",
    "custom:therapist_id": "t1",
    "custom:client_id": "annt1",
}
ROUTES = [(route.method, route.path) for route in template.load().routes() if not route.public]
OPEN = {
    "/me",
    "/me/regular-request",
    "/slots",
    "/appointments",
    "/appointments/{appointment_id}",
    "/appointments/{appointment_id}/move",
}
"""What clients may ask for; all the rest is the therapist's."""


def _event(claims):
    return {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}


def test_a_clients_token_names_the_therapist_and_the_client():
    assert principal_from_claims(_event(CLAIMS), Role.CLIENT) == Principal(
        role=Role.CLIENT, therapist_id="t1", client_id="annt1", login_id="", request_id=""
    )


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"token_use": "access"}, id="an access token"),
        pytest.param({"token_use": None}, id="a token that says not what it is for"),
        pytest.param({"iss": THERAPISTS.issuer}, id="of the other pool"),
        pytest.param({"iss": CLIENTS.issuer + "2"}, id="of a pool much like it"),
        pytest.param({"iss": None}, id="of no pool"),
        pytest.param({"aud": THERAPISTS.app_id}, id="for the other pool's app client"),
        pytest.param({"aud": None}, id="for no app client"),
        pytest.param({"aud": None, "client_id": CLIENTS.app_id}, id="as access tokens name it"),
        pytest.param(
            {"iss": THERAPISTS.issuer, "aud": THERAPISTS.app_id}, id="a therapist's, whole"
        ),
        pytest.param(
            {"iss": THERAPISTS.issuer, "aud": THERAPISTS.app_id, "cognito:groups": "[clients]"},
            id="a therapist's that claims a group",
        ),
        pytest.param({"custom:therapist_id": None}, id="of no therapist"),
        pytest.param({"custom:client_id": None}, id="of no client"),
        pytest.param({"custom:client_id": ""}, id="of an empty client"),
        pytest.param({"custom:client_id": "#login#t1/ann"}, id="of a row that is no client"),
        pytest.param({"custom:therapist_id": "t1#annt1"}, id="of two ids in one"),
        pytest.param({"custom:client_id": ["annt1"]}, id="of a list"),
    ],
)
def test_a_token_of_another_kind_is_nobodys(wrong):
    with pytest.raises(Forbidden):
        principal_from_claims(_event({**CLAIMS, **wrong}), Role.CLIENT)


@pytest.mark.parametrize(
    "context",
    [{}, {"authorizer": None}, {"authorizer": {}}, {"authorizer": {"jwt": None}}],
    ids=str,
)
def test_requests_without_a_token_are_anonymous(context):
    with pytest.raises(Forbidden):
        principal_from_claims({"requestContext": context}, Role.CLIENT)


def test_a_therapists_token_names_the_practice_and_the_login():
    claims = {
        "iss": THERAPISTS.issuer,
        "aud": THERAPISTS.app_id,
        "token_use": "id",
        "sub": "3f1c-77",
        "cognito:username": "t1/ada@example.org",
        "custom:therapist_id": "t1",
        "custom:login_id": "4be1a7c09d52",
    }
    assert principal_from_claims(_event(claims), Role.THERAPIST) == Principal(
        role=Role.THERAPIST, therapist_id="t1", client_id="", login_id="4be1a7c09d52", request_id=""
    )


@pytest.mark.parametrize(
    "login_id", [None, "", ["login-of-t1"], "login-of-t2", "t1/ada@example.org"], ids=str
)
def test_a_token_without_a_login_of_the_practice_does_nothing(practice, unchanged, login_id):
    stranger = a_therapist("t1", **{"custom:login_id": login_id})
    with unchanged():
        reply = stranger("PATCH /practice", {"max_per_week": 2})
    assert (reply.status, reply.refusal) == (403, "forbidden")


FOREIGN = {
    "of the other pool": lambda _, other: {"iss": other.issuer, "aud": other.audience},
    "of the other pool's issuer": lambda _, other: {"iss": other.issuer},
    "for the other pool's app": lambda _, other: {"aud": other.audience},
    "of an unknown issuer": lambda own, _: {"iss": f"{own.issuer}2"},
    "an access token": lambda own, _: {
        "token_use": "access",
        "client_id": own.audience,
        "aud": None,
    },
}
"""How a token past the gateway may be wrong, from the route's role and the other one."""


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"), [pytest.param(*each, id=" ".join(each)) for each in ROUTES]
)
@pytest.mark.parametrize("body", [None, {}], ids=["without a body", "with an empty body"])
def test_a_foreign_token_is_rejected_before_any_read(
    practice, unchanged, method, path, body, foreign
):
    roles = (Role.CLIENT, Role.THERAPIST) if path in OPEN else (Role.THERAPIST, Role.CLIENT)
    claims = {
        **CLAIMS,
        "custom:login_id": "login-of-t1",
        "iss": roles[0].issuer,
        "aud": roles[0].audience,
    }
    with unchanged():
        asker = Caller({**claims, **foreign(*roles)})
        reply = asker(f"{method} {path.replace('{', '').replace('}', '')}", body)
    assert (reply.status, reply.refusal) == (403, "forbidden")


@pytest.mark.parametrize(
    ("method", "path"), [pytest.param(*each, id=" ".join(each)) for each in ROUTES]
)
def test_anonymous_requests_are_rejected(practice, method, path):
    reply = Caller()(f"{method} {path.replace('{', '').replace('}', '')}")
    assert (reply.status, reply.refusal) == (403, "forbidden")
