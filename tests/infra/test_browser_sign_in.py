"""Signing in at the local Cognito as a browser does: plain HTTP requests without credentials."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
import jwt
import pytest
import requests

from infra.local.moto.software_token import totp
from infra.local.user_pools import CLIENTS, THERAPISTS
from openhour import clock
from tests.user_pools import moto_pool

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.type_defs import SoftwareTokenMfaSettingsTypeTypeDef

ORIGIN = "https://booking.example"
CHOSEN, LATER = "Chosen-by-ann-1", "Another-by-ann-2"
WRONG = ("NotAuthorizedException", "Incorrect username or password.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
EXPIRED_SESSION = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED_CODE = ("ExpiredCodeException", "Invalid code provided, please request a code again.")


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: Any

    @property
    def error(self) -> tuple[str, str]:
        assert self.status == 400, self.body
        return self.body["__type"], self.body["message"]

    @property
    def tokens(self) -> dict[str, Any]:
        tokens: dict[str, Any] = self.body["AuthenticationResult"]
        return tokens

    @property
    def challenge(self) -> str:
        return str(self.body["ChallengeName"])


class Browser:
    """Calls Cognito with one pool's app client."""

    def __init__(self, url: str, pool: Any) -> None:
        self.url, self.pool = url, pool

    def call(self, action: str, **parameters: Any) -> Answer:
        response = requests.post(
            self.url,
            data=json.dumps(parameters),
            headers={
                "origin": ORIGIN,
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": f"AWSCognitoIdentityProviderService.{action}",
            },
            timeout=20,
        )
        return Answer(response.status_code, response.json(), response.headers)

    def app_call(self, action: str, **parameters: Any) -> Answer:
        return self.call(action, ClientId=self.pool.app_id, **parameters)

    def sign_in(self, login: str, password: str) -> Answer:
        return self.app_call(
            "InitiateAuth",
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": login, "PASSWORD": password},
        )

    def respond(self, asked: Answer, login: str, **answers: str) -> Answer:
        return self.app_call(
            "RespondToAuthChallenge",
            ChallengeName=asked.challenge,
            Session=asked.body["Session"],
            ChallengeResponses={"USERNAME": login, **answers},
        )

    def confirm(self, login: str, code: str, password: str = LATER) -> Answer:
        return self.app_call(
            "ConfirmForgotPassword", Username=login, ConfirmationCode=code, Password=password
        )

    def refresh(self, token: str) -> Answer:
        return self.app_call("GetTokensFromRefreshToken", RefreshToken=token)


@pytest.fixture(params=[CLIENTS, THERAPISTS], ids=["clients", "therapists"])
def pool(request):
    return request.param


@pytest.fixture
def browser(aws, pool):
    return Browser(aws.cognito_url, pool)


@pytest.fixture
def invited(aws, pool):
    """A login whose first password has been mailed, and the mail."""
    login = "demo/ann@client.example"
    attributes = {
        "custom:therapist_id": "demo",
        "email": "ann@client.example",
        "email_verified": "true",
        **({"custom:client_id": "ann"} if pool is CLIENTS else {}),
    }
    cognito = boto3.client("cognito-idp")
    cognito.admin_create_user(
        UserPoolId=pool.pool_id,
        Username=login,
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )
    yield aws.outbox.mails[-1]
    cognito.admin_delete_user(UserPoolId=pool.pool_id, Username=login)


@pytest.fixture
def ann(invited, pool):
    """A login with a password of its own."""
    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=pool.pool_id, Username=invited.login, Password=CHOSEN, Permanent=True
    )
    return invited.login


@pytest.fixture
def required(pool, monkeypatch):
    """The pool requires an authenticator app."""
    monkeypatch.setattr(moto_pool(pool), "mfa_config", "ON")


@pytest.fixture
def at(monkeypatch):
    """Set what `time` says in some modules, in seconds."""

    def set_time(seconds):
        clocks = SimpleNamespace(time=lambda: seconds, monotonic=lambda: seconds)
        for name in ("sessions", "token_refresh", "software_token"):
            monkeypatch.setattr(f"infra.local.moto.{name}.time", clocks)

    return set_time


def administer(action, pool, login):
    getattr(boto3.client("cognito-idp"), action)(UserPoolId=pool.pool_id, Username=login)


# Cross-origin requests


def test_a_preflight_allows_what_the_page_sends(browser):
    answer = requests.options(
        browser.url,
        headers={
            "origin": ORIGIN,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type,x-amz-target",
        },
        timeout=20,
    )
    assert answer.ok
    assert answer.headers["access-control-allow-origin"] in {ORIGIN, "*"}
    assert "POST" in answer.headers["access-control-allow-methods"]
    allowed = {each.strip() for each in answer.headers["access-control-allow-headers"].split(",")}
    assert {"content-type", "x-amz-target"} <= allowed


def test_answers_and_errors_may_be_read_from_another_origin(browser, ann):
    for password in (CHOSEN, "wrong"):
        answer = browser.sign_in(ann, password)
        assert answer.headers["access-control-allow-origin"] in {ORIGIN, "*"}


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("InitiateAuth", {"ClientId": "unknown", "AuthFlow": "USER_PASSWORD_AUTH"}),
        (
            "RespondToAuthChallenge",
            {"ClientId": "unknown", "ChallengeName": "NEW_PASSWORD_REQUIRED"},
        ),
        ("ForgotPassword", {"ClientId": "unknown", "Username": "demo/ann"}),
        ("ConfirmForgotPassword", {"ClientId": "unknown", "Username": "demo/ann"}),
        ("GetTokensFromRefreshToken", {"ClientId": "unknown", "RefreshToken": "any"}),
        ("RevokeToken", {"ClientId": "unknown", "Token": "any"}),
        ("GlobalSignOut", {"AccessToken": "any"}),
        ("GetUser", {"AccessToken": "any"}),
        ("AssociateSoftwareToken", {"Session": "any"}),
        ("VerifySoftwareToken", {"Session": "any", "UserCode": "123456"}),
        ("SetUserMFAPreference", {"AccessToken": "any"}),
        ("ChangePassword", {"AccessToken": "any"}),
    ],
)
def test_every_error_names_its_type(browser, action, parameters):
    kind, message = browser.call(action, **parameters).error
    assert kind.endswith("Exception")
    assert isinstance(message, str)


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("InitiateAuth", {"AuthParameters": {"USERNAME": "", "PASSWORD": CHOSEN}}),
        ("InitiateAuth", {"AuthParameters": {"USERNAME": "demo/ann"}}),
        ("ForgotPassword", {"Username": ""}),
        ("ForgotPassword", {"Username": "demo/ann lee"}),
        (
            "ConfirmForgotPassword",
            {"Username": "demo/ann", "ConfirmationCode": "123 456", "Password": CHOSEN},
        ),
        ("ConfirmForgotPassword", {"Username": "demo/ann", "ConfirmationCode": "123456"}),
        ("GetTokensFromRefreshToken", {}),
        ("RevokeToken", {"Token": ""}),
    ],
)
def test_missing_and_malformed_parameters_are_refused(browser, action, parameters):
    flow = {"AuthFlow": "USER_PASSWORD_AUTH"} if action == "InitiateAuth" else {}
    assert browser.app_call(action, **flow, **parameters).error[0] == "InvalidParameterException"


# Passwords


def test_a_sign_in_answers_tokens_of_the_right_pool(browser, pool, ann):
    answer = browser.sign_in(ann, CHOSEN)
    assert answer.status == 200
    assert answer.tokens.keys() == {
        "AccessToken",
        "IdToken",
        "RefreshToken",
        "ExpiresIn",
        "TokenType",
    }
    claims = jwt.decode(answer.tokens["IdToken"], options={"verify_signature": False})
    assert (claims["iss"], claims["aud"], claims["token_use"]) == (pool.issuer, pool.app_id, "id")
    custom = {name: value for name, value in claims.items() if name.startswith("custom:")}
    identity = {"custom:therapist_id": "demo", "custom:client_id": "ann"}
    assert custom == identity if pool is CLIENTS else {"custom:therapist_id": "demo"}
    assert claims["email_verified"] is True
    assert "cognito:groups" not in claims
    assert claims["sub"]


def test_the_case_of_a_login_name_does_not_matter(browser, ann):
    claims = jwt.decode(
        browser.sign_in(ann.upper(), CHOSEN).tokens["IdToken"], options={"verify_signature": False}
    )
    assert claims["cognito:username"] == ann


def test_a_wrong_password_and_an_unknown_login_get_one_answer(browser, ann):
    assert browser.sign_in(ann, "wrong").error == WRONG
    assert browser.sign_in("demo/nobody", CHOSEN).error == WRONG


def test_a_login_of_the_other_pool_is_unknown(aws, pool, ann):
    other = THERAPISTS if pool is CLIENTS else CLIENTS
    assert Browser(aws.cognito_url, other).sign_in(ann, CHOSEN).error == WRONG


def test_a_disabled_login_can_neither_sign_in_nor_refresh(browser, pool, ann):
    token = browser.sign_in(ann, CHOSEN).tokens["RefreshToken"]
    administer("admin_disable_user", pool, ann)
    assert browser.sign_in(ann, CHOSEN).error == DISABLED
    assert browser.refresh(token).error == DISABLED
    administer("admin_enable_user", pool, ann)
    assert browser.sign_in(ann, CHOSEN).status == 200


def test_the_first_password_is_changed_at_the_first_sign_in(browser, invited):
    asked = browser.sign_in(invited.login, invited.password)
    assert asked.challenge == "NEW_PASSWORD_REQUIRED"
    assert asked.body["ChallengeParameters"]["requiredAttributes"] == "[]"
    assert browser.respond(asked, invited.login, NEW_PASSWORD=CHOSEN).tokens["IdToken"]
    assert browser.sign_in(invited.login, CHOSEN).tokens["IdToken"]
    assert browser.sign_in(invited.login, invited.password).error == WRONG


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Short-1", "Password not long enough"),
        ("all-lower-case-1", "Password must have uppercase characters"),
        ("ALL-UPPER-CASE-1", "Password must have lowercase characters"),
        ("Without-any-number", "Password must have numeric characters"),
    ],
)
def test_a_weak_password_is_refused_and_another_may_be_tried(browser, invited, password, reason):
    asked = browser.sign_in(invited.login, invited.password)
    kind, message = browser.respond(asked, invited.login, NEW_PASSWORD=password).error
    assert kind == "InvalidPasswordException"
    assert message == f"Password did not conform with policy: {reason}"
    assert browser.respond(asked, invited.login, NEW_PASSWORD=CHOSEN).status == 200


def test_therapists_need_longer_passwords(browser, pool, invited):
    asked = browser.sign_in(invited.login, invited.password)
    answer = browser.respond(asked, invited.login, NEW_PASSWORD="Twelve-or-13c")
    assert answer.status == (200 if pool is CLIENTS else 400)


def test_a_session_is_used_once_and_by_its_own_user(browser, invited):
    asked = browser.sign_in(invited.login, invited.password)
    assert browser.respond(asked, invited.login).error[0] == "InvalidParameterException"
    assert browser.respond(asked, "demo/nobody", NEW_PASSWORD=CHOSEN).status == 400
    assert browser.respond(asked, invited.login, NEW_PASSWORD=CHOSEN).status == 200
    assert browser.respond(asked, invited.login, NEW_PASSWORD=LATER).error == EXPIRED_SESSION


def test_a_session_expires_after_fifteen_minutes(browser, invited, at):
    at(1000)
    asked = browser.sign_in(invited.login, invited.password)
    at(1000 + 15 * 60 + 1)
    assert browser.respond(asked, invited.login, NEW_PASSWORD=CHOSEN).error == EXPIRED_SESSION


def test_a_first_password_expires_after_seven_days_of_the_practices_clock(browser, invited):
    clock.set_now(clock.now() + timedelta(days=7, minutes=-1))
    assert browser.sign_in(invited.login, invited.password).status == 200
    clock.set_now(clock.now() + timedelta(minutes=2))
    kind, message = browser.sign_in(invited.login, invited.password).error
    assert kind == "NotAuthorizedException"
    assert message == "Temporary password has expired and must be reset by an administrator."


def test_a_first_password_that_is_sent_again_is_valid_for_another_seven_days(
    browser, pool, invited, aws
):
    clock.set_now(clock.now() + timedelta(days=8))
    boto3.client("cognito-idp").admin_create_user(
        UserPoolId=pool.pool_id, Username=invited.login, MessageAction="RESEND"
    )
    assert browser.sign_in(invited.login, aws.outbox.mails[-1].password).status == 200
    assert browser.sign_in(invited.login, invited.password).error == WRONG


def test_a_password_is_changed_and_an_earlier_one_is_refused(browser, ann):
    token = browser.sign_in(ann, CHOSEN).tokens["AccessToken"]

    def change(previous, proposed):
        return browser.call(
            "ChangePassword",
            AccessToken=token,
            PreviousPassword=previous,
            ProposedPassword=proposed,
        )

    assert change("wrong", LATER).error == WRONG
    assert change(CHOSEN, LATER).status == 200
    assert change(LATER, CHOSEN).error[0] == "PasswordHistoryPolicyViolationException"
    assert browser.sign_in(ann, LATER).status == 200


# Forgotten passwords


def ask_for_code(browser, aws, login):
    answer = browser.app_call("ForgotPassword", Username=login)
    assert answer.status == 200, answer.body
    return aws.outbox.mails[-1]


def test_a_forgotten_password_is_replaced_with_the_mailed_code_once(browser, aws, ann):
    mail = ask_for_code(browser, aws, ann)
    assert (mail.to, mail.login, mail.password) == ("ann@client.example", ann, "")
    assert len(mail.code) == 6
    assert mail.code.isdecimal()
    assert mail.code in mail.text
    assert browser.confirm(ann, mail.code).body == {}
    assert browser.sign_in(ann, LATER).status == 200
    assert browser.sign_in(ann, CHOSEN).error == WRONG
    assert browser.confirm(ann, mail.code, "Third-by-ann-33").error == EXPIRED_CODE


def test_the_answer_shows_no_whole_address(browser, ann):
    details = browser.app_call("ForgotPassword", Username=ann).body["CodeDeliveryDetails"]
    assert details == {
        "AttributeName": "email",
        "DeliveryMedium": "EMAIL",
        "Destination": "a***@c***",
    }


def test_a_wrong_code_is_refused_and_the_right_one_still_accepted(browser, aws, ann):
    code = ask_for_code(browser, aws, ann).code
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert browser.confirm(ann, wrong).error == MISMATCH
    assert browser.confirm(ann, code).status == 200


def test_a_newer_code_replaces_the_older(browser, aws, ann):
    older = ask_for_code(browser, aws, ann).code
    newer = ask_for_code(browser, aws, ann).code
    if older != newer:
        assert browser.confirm(ann, older).error == MISMATCH
    assert browser.confirm(ann, newer).status == 200


def test_a_code_expires_after_an_hour_of_the_practices_clock(browser, aws, ann):
    code = ask_for_code(browser, aws, ann).code
    clock.set_now(clock.now() + timedelta(minutes=61))
    assert browser.confirm(ann, code).error == EXPIRED_CODE


def test_without_a_code_there_is_nothing_to_confirm(browser, ann):
    assert browser.confirm(ann, "123456").error == EXPIRED_CODE


def test_a_weak_password_leaves_the_code_valid(browser, aws, ann):
    code = ask_for_code(browser, aws, ann).code
    assert browser.confirm(ann, code, "weak").error[0] == "InvalidPasswordException"
    assert browser.confirm(ann, code, CHOSEN).error[0] == "PasswordHistoryPolicyViolationException"
    assert browser.confirm(ann, code).status == 200


def test_a_first_password_cannot_be_forgotten(browser, invited):
    error = browser.app_call("ForgotPassword", Username=invited.login).error
    assert error == (
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
    )


def test_an_unknown_or_disabled_login_gets_the_answer_of_a_known_one_and_no_mail(
    browser, pool, aws, ann
):
    administer("admin_disable_user", pool, ann)
    before = len(aws.outbox.mails)
    for login in (ann, "demo/bob@client.example"):
        answer = browser.app_call("ForgotPassword", Username=login)
        assert answer.status == 200
        assert answer.body["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
        assert browser.confirm(login, "123456").error == MISMATCH
    assert len(aws.outbox.mails) == before


# Refreshing and signing out


def test_a_refresh_token_is_replaced_and_the_old_one_ends_after_the_grace_period(browser, ann, at):
    at(1000)
    first = browser.sign_in(ann, CHOSEN).tokens["RefreshToken"]
    second = browser.refresh(first).tokens
    assert second.keys() == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}
    assert second["RefreshToken"] != first
    at(1060)
    assert browser.refresh(first).status == 200, "an answer that was lost may be asked for again"
    at(1061)
    assert browser.refresh(first).error[0] == "RefreshTokenReuseException"
    assert browser.refresh(second["RefreshToken"]).status == 200


def test_a_sign_in_ends_after_its_validity_however_often_it_was_refreshed(browser, pool, ann, at):
    at(1000)
    token = browser.sign_in(ann, CHOSEN).tokens["RefreshToken"]
    validity = 7 * 86400 if pool is CLIENTS else 12 * 3600
    at(1000 + validity - 1)
    token = browser.refresh(token).tokens["RefreshToken"]
    at(1000 + validity + 1)
    assert browser.refresh(token).error == ("NotAuthorizedException", "Refresh Token has expired")


@pytest.mark.parametrize("which", ["first", "renewed"])
def test_revoking_a_refresh_token_ends_the_whole_sign_in_and_no_other(browser, ann, which):
    tokens, other = (browser.sign_in(ann, CHOSEN).tokens for _ in range(2))
    renewed = browser.refresh(tokens["RefreshToken"]).tokens
    revoked = (tokens if which == "first" else renewed)["RefreshToken"]
    assert browser.app_call("RevokeToken", Token=revoked).body == {}
    for each in (tokens, renewed):
        assert browser.refresh(each["RefreshToken"]).error[1] == "Refresh Token has been revoked"
        assert browser.call("GetUser", AccessToken=each["AccessToken"]).status == 400
    assert browser.refresh(other["RefreshToken"]).status == 200
    assert browser.app_call("RevokeToken", Token=revoked).status == 200, "again, it changes nothing"


def test_only_refresh_tokens_are_revoked(browser, ann):
    token = browser.sign_in(ann, CHOSEN).tokens["AccessToken"]
    assert browser.app_call("RevokeToken", Token=token).error[0] == "UnsupportedTokenTypeException"


def test_a_global_sign_out_ends_every_sign_in(browser, ann):
    tokens, other = (browser.sign_in(ann, CHOSEN).tokens for _ in range(2))
    assert browser.call("GlobalSignOut", AccessToken=tokens["AccessToken"]).body == {}
    for each in (tokens, other):
        assert browser.refresh(each["RefreshToken"]).error[0] == "NotAuthorizedException"


def test_an_administrators_sign_out_ends_every_sign_in(browser, pool, ann):
    token = browser.sign_in(ann, CHOSEN).tokens["RefreshToken"]
    administer("admin_user_global_sign_out", pool, ann)
    assert browser.refresh(token).error[0] == "NotAuthorizedException"


def test_a_refresh_token_is_no_other_apps(aws, pool, browser, ann):
    token = browser.sign_in(ann, CHOSEN).tokens["RefreshToken"]
    other = Browser(aws.cognito_url, THERAPISTS if pool is CLIENTS else CLIENTS)
    assert other.refresh(token).error == ("NotAuthorizedException", "Invalid Refresh Token")


# Authenticator apps


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    """The six last digits of the vectors in appendix B, for SHA-1."""
    assert totp(b"12345678901234567890", seconds // 30) == code


def code_of(secret_code, seconds):
    secret = base64.b32decode(secret_code + "=" * (-len(secret_code) % 8))
    return totp(secret, seconds // 30)


def add_app(browser, seconds, **caller):
    """Add an app; return its secret and the answer to its first code."""
    associated = browser.call("AssociateSoftwareToken", **caller)
    secret = associated.body["SecretCode"]
    if "Session" in caller:
        caller = {"Session": associated.body["Session"]}
    return secret, browser.call("VerifySoftwareToken", **caller, UserCode=code_of(secret, seconds))


def test_where_an_app_is_required_it_is_added_after_the_first_password(
    browser, invited, required, at
):
    at(3000)
    asked = browser.sign_in(invited.login, invited.password)
    setup = browser.respond(asked, invited.login, NEW_PASSWORD=CHOSEN)
    assert setup.challenge == "MFA_SETUP"
    assert json.loads(setup.body["ChallengeParameters"]["MFAS_CAN_SETUP"]) == ["SOFTWARE_TOKEN_MFA"]
    assert browser.respond(setup, invited.login).error == EXPIRED_SESSION, "no app is verified yet"
    secret, verified = add_app(browser, 3000, Session=setup.body["Session"])
    assert verified.body["Status"] == "SUCCESS"
    done = Answer(200, {"ChallengeName": "MFA_SETUP", **verified.body}, {})
    assert browser.respond(done, invited.login).tokens["IdToken"]
    at(3030)
    asked = browser.sign_in(invited.login, CHOSEN)
    assert asked.challenge == "SOFTWARE_TOKEN_MFA"
    code = code_of(secret, 3030)
    assert browser.respond(asked, invited.login, SOFTWARE_TOKEN_MFA_CODE=code).tokens["IdToken"]


@pytest.fixture
def secret(browser, ann, at):
    """The secret of the app that Ann has added and prefers."""
    at(3000)
    token = browser.sign_in(ann, CHOSEN).tokens["AccessToken"]
    secret, verified = add_app(browser, 3000, AccessToken=token)
    assert verified.body["Status"] == "SUCCESS"
    preference = {"Enabled": True, "PreferredMfa": True}
    chosen = browser.call(
        "SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=preference
    )
    assert chosen.body == {}
    return secret


def test_a_code_is_asked_for_and_accepted_once(browser, ann, secret, at):
    at(3060)
    asked, again = browser.sign_in(ann, CHOSEN), browser.sign_in(ann, CHOSEN)
    assert asked.challenge == "SOFTWARE_TOKEN_MFA"
    code = code_of(secret, 3060)
    assert browser.respond(asked, ann, SOFTWARE_TOKEN_MFA_CODE=code).tokens["IdToken"]
    assert browser.respond(again, ann, SOFTWARE_TOKEN_MFA_CODE=code).error == (
        "ExpiredCodeException",
        "Your software token has already been used once.",
    )


@pytest.mark.parametrize(
    ("late", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_code_may_be_half_a_minute_off(browser, ann, secret, at, late, accepted):
    at(6000)
    asked = browser.sign_in(ann, CHOSEN)
    answer = browser.respond(asked, ann, SOFTWARE_TOKEN_MFA_CODE=code_of(secret, 6000 + late))
    assert (answer.status == 200) is accepted


def test_a_wrong_code_is_refused_and_another_may_be_tried(browser, ann, secret, at):
    at(3060)
    asked = browser.sign_in(ann, CHOSEN)
    code = code_of(secret, 3060)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert browser.respond(asked, ann, SOFTWARE_TOKEN_MFA_CODE=wrong).error == (
        "CodeMismatchException",
        "Invalid code received for user",
    )
    assert browser.respond(asked, ann, SOFTWARE_TOKEN_MFA_CODE=code).status == 200


def test_an_app_is_not_added_with_a_wrong_code(browser, ann, at):
    at(3000)
    token = browser.sign_in(ann, CHOSEN).tokens["AccessToken"]
    secret = browser.call("AssociateSoftwareToken", AccessToken=token).body["SecretCode"]
    spaced = browser.call("VerifySoftwareToken", AccessToken=token, UserCode="123 456")
    assert spaced.error[0] == "InvalidParameterException"
    wrong = f"{(int(code_of(secret, 3000)) + 1) % 10**6:06}"
    verified = browser.call("VerifySoftwareToken", AccessToken=token, UserCode=wrong)
    assert verified.error == ("EnableSoftwareTokenMFAException", "Code mismatch")
    enabled = browser.call(
        "SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True}
    )
    assert enabled.error[0] == "InvalidParameterException"
    assert browser.sign_in(ann, CHOSEN).tokens["IdToken"]


@pytest.mark.parametrize("by", ["the user", "an administrator"])
def test_an_app_may_be_turned_off_unless_it_is_required(
    browser, pool, ann, secret, at, monkeypatch, by
):
    at(3060)
    asked = browser.sign_in(ann, CHOSEN)
    code = code_of(secret, 3060)
    token = browser.respond(asked, ann, SOFTWARE_TOKEN_MFA_CODE=code).tokens["AccessToken"]
    off: SoftwareTokenMfaSettingsTypeTypeDef = {"Enabled": False, "PreferredMfa": False}
    if by == "the user":
        browser.call("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=off)
    else:
        boto3.client("cognito-idp").admin_set_user_mfa_preference(
            UserPoolId=pool.pool_id, Username=ann, SoftwareTokenMfaSettings=off
        )
    assert browser.sign_in(ann, CHOSEN).tokens["IdToken"]
    monkeypatch.setattr(moto_pool(pool), "mfa_config", "ON")
    assert browser.sign_in(ann, CHOSEN).challenge == "SOFTWARE_TOKEN_MFA"


def test_an_administrator_removes_an_app_even_where_one_is_required(
    browser, pool, ann, secret, required
):
    administer("admin_delete_software_token", pool, ann)
    assert browser.sign_in(ann, CHOSEN).challenge == "MFA_SETUP"
    found = boto3.client("cognito-idp").admin_get_user(UserPoolId=pool.pool_id, Username=ann)
    assert found["UserMFASettingList"] == []


def test_a_replaced_password_does_not_replace_the_app(browser, aws, ann, secret, at):
    at(3060)
    assert browser.confirm(ann, ask_for_code(browser, aws, ann).code).status == 200
    assert browser.sign_in(ann, LATER).challenge == "SOFTWARE_TOKEN_MFA"
