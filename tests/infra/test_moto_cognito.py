"""moto's Cognito, patched: invitations, passwords, attributes and refresh tokens."""

import time
from types import SimpleNamespace

import boto3
import jwt
import pytest
from botocore.exceptions import ClientError

from infra.local.user_pools import CLIENTS

POOL, APP = CLIENTS.pool_id, CLIENTS.app_id
PASSWORD = "Openhour-demo-1"


@pytest.fixture
def cognito(aws):
    return boto3.client("cognito-idp")


@pytest.fixture
def invite(cognito):
    logins = []

    def invite(login="demo/ann@client.example", *, password=None):
        attributes = {
            "email": login.partition("/")[2],
            "custom:therapist_id": "demo",
            "custom:client_id": "ann",
        }
        cognito.admin_create_user(
            UserPoolId=POOL,
            Username=login,
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )
        logins.append(login)
        if password:
            cognito.admin_set_user_password(
                UserPoolId=POOL, Username=login, Password=password, Permanent=True
            )
        return login

    yield invite
    for login in logins:
        cognito.admin_delete_user(UserPoolId=POOL, Username=login)


def sign_in(cognito, login, password=PASSWORD):
    return cognito.initiate_auth(
        ClientId=APP,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": login, "PASSWORD": password},
    )


@pytest.mark.parametrize("token", ["IdToken", "AccessToken"])
def test_tokens_are_valid_for_as_long_as_the_template_says(translated, cognito, invite, token):
    client = translated.properties("ClientsAppClient")
    assert client["TokenValidityUnits"][token] == "minutes"
    signed_in = sign_in(cognito, invite(password=PASSWORD))["AuthenticationResult"]
    claims = jwt.decode(signed_in[token], options={"verify_signature": False})
    assert (
        claims["exp"] - claims["iat"] == signed_in["ExpiresIn"] == client[f"{token}Validity"] * 60
    )


def test_a_resent_invitation_replaces_only_the_temporary_password(aws, cognito, invite):
    login = invite()
    first = aws.outbox.mails[-1]
    before = cognito.admin_get_user(UserPoolId=POOL, Username=login)["UserAttributes"]
    cognito.admin_create_user(UserPoolId=POOL, Username=login, MessageAction="RESEND")
    again = aws.outbox.mails[-1]
    assert again.password != first.password
    with pytest.raises(ClientError, match="NotAuthorized"):
        sign_in(cognito, login, first.password)
    assert sign_in(cognito, login, again.password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert cognito.admin_get_user(UserPoolId=POOL, Username=login)["UserAttributes"] == before


def test_an_invitation_cannot_be_resent_after_the_first_sign_in(cognito, invite):
    login = invite(password=PASSWORD)
    with pytest.raises(ClientError, match="UnsupportedUserState"):
        cognito.admin_create_user(UserPoolId=POOL, Username=login, MessageAction="RESEND")


def test_a_user_name_has_at_most_128_characters(invite):
    assert invite("demo/" + "x" * 123)
    with pytest.raises(ClientError, match="too long"):
        invite("demo/" + "x" * 124)


def test_an_unknown_attribute_is_rejected(cognito, invite):
    unknown = [{"Name": "custom:shoe_size", "Value": "42"}]
    with pytest.raises(ClientError, match="schema"):
        cognito.admin_update_user_attributes(
            UserPoolId=POOL, Username=invite(), UserAttributes=unknown
        )
    with pytest.raises(ClientError, match="schema"):
        cognito.admin_create_user(UserPoolId=POOL, Username="demo/new", UserAttributes=unknown)


def test_a_users_client_id_is_immutable(cognito, invite):
    other = [{"Name": "custom:client_id", "Value": "bob"}]
    with pytest.raises(ClientError, match="can't be changed"):
        cognito.admin_update_user_attributes(
            UserPoolId=POOL, Username=invite(), UserAttributes=other
        )


@pytest.mark.parametrize("name", ["custom:therapist_id", "custom:client_id", "email"])
def test_users_cannot_write_their_identity_or_email(cognito, invite, name):
    login = invite(password=PASSWORD)
    access = sign_in(cognito, login)["AuthenticationResult"]["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorized"):
        cognito.update_user_attributes(
            AccessToken=access, UserAttributes=[{"Name": name, "Value": "another"}]
        )


@pytest.fixture
def refresh_token(cognito, invite):
    login = invite(password=PASSWORD)
    return sign_in(cognito, login)["AuthenticationResult"]["RefreshToken"]


def renew(cognito, token):
    answer = cognito.get_tokens_from_refresh_token(ClientId=APP, RefreshToken=token)
    return answer["AuthenticationResult"]


def test_a_refresh_token_is_valid_once_and_during_its_grace_period(
    cognito, refresh_token, monkeypatch
):
    start = time.monotonic()
    clock = SimpleNamespace(monotonic=lambda: start)
    monkeypatch.setattr("infra.local.moto.token_refresh.time", clock)
    renewed = renew(cognito, refresh_token)["RefreshToken"]
    clock.monotonic = lambda: start + 59
    assert renew(cognito, refresh_token)["IdToken"]
    clock.monotonic = lambda: start + 61
    with pytest.raises(ClientError, match="RefreshTokenReuse"):
        renew(cognito, refresh_token)
    assert renew(cognito, renewed)["RefreshToken"] not in {refresh_token, renewed}


def test_a_revoked_or_unknown_refresh_token_is_rejected(cognito, refresh_token):
    cognito.admin_user_global_sign_out(UserPoolId=POOL, Username="demo/ann@client.example")
    for token in (refresh_token, "made-up"):
        with pytest.raises(ClientError, match="NotAuthorized"):
            renew(cognito, token)


def test_the_flow_with_reusable_refresh_tokens_is_disabled(cognito):
    with pytest.raises(ClientError, match="not enabled"):
        cognito.initiate_auth(
            ClientId=APP,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": "any"},
        )


def test_sign_up_is_disabled(cognito):
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.sign_up(ClientId=APP, Username="t1/eve@example.org", Password="Eve-in-Eden-1")
