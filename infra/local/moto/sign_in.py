"""Signing in to moto's Cognito with a password, the first password's change, and the app's code."""

import json
from collections.abc import Callable
from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUser, UserStatus
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from infra.local.moto import software_token
from infra.local.moto.credentials import choose_password, require_unexpired
from infra.local.moto.sessions import (
    AppClient,
    Session,
    app_client,
    close_session,
    open_session,
    read_session,
    require,
    user_of_access_token,
)
from infra.local.moto.token_refresh import new_tokens
from infra.local.moto.triggers import report_sign_in

_NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the name of a challenge
_WRONG = "Incorrect username or password."

Answers = dict[str, str]


def patch_sign_in() -> None:
    """Sign in as Cognito does, in this process. Idempotent."""
    CognitoIdpResponse.initiate_auth = _initiate_auth
    CognitoIdpResponse.respond_to_auth_challenge = _respond
    CognitoIdpResponse.change_password = _change_password


def _initiate_auth(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app, flow = app_client(request["ClientId"]), request["AuthFlow"]
    if f"ALLOW_{flow}" not in app.config["ExplicitAuthFlows"]:
        raise InvalidParameterException(f"{flow} flow not enabled for this client")
    user = _authenticate(app, request["AuthParameters"])
    if user.status is UserStatus.FORCE_CHANGE_PASSWORD:
        require_unexpired(app.pool, user)
        return _challenge(
            app,
            user,
            _NEW_PASSWORD,
            userAttributes=json.dumps(_readable(app, user)),
            requiredAttributes="[]",
        )
    return _after_password(app, user)


def _authenticate(app: AppClient, parameters: Answers) -> CognitoIdpUser:
    require(parameters, "USERNAME", "PASSWORD")
    user = app.find(parameters["USERNAME"])
    if user is None:
        raise NotAuthorizedError(_WRONG)
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    if user.password != parameters["PASSWORD"]:
        raise NotAuthorizedError(_WRONG)
    if user.status is UserStatus.RESET_REQUIRED:
        text = "Password reset required for the user"
        raise JsonRESTError("PasswordResetRequiredException", text)
    return user


def _respond(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    name, handle = request["ChallengeName"], _HANDLERS.get(request["ChallengeName"])
    if handle is None:
        raise InvalidParameterException(f"{name} is not supported.")
    waits_for = software_token.VERIFIED if name == software_token.SETUP else name
    session = read_session(request.get("Session"), waits_for)
    answers = request["ChallengeResponses"]
    require(answers, "USERNAME", *_REQUIRED[name])
    app, user = session.app, session.app.find(answers["USERNAME"])
    if app.client_id != request["ClientId"] or user is not session.user:
        raise NotAuthorizedError("Invalid session for the user.")
    result = handle(session, answers)
    close_session(request["Session"])
    return result


def _choose_first_password(session: Session, answers: Answers) -> ActionResult:
    require_unexpired(session.app.pool, session.user)
    choose_password(session.app.pool, session.user, answers["NEW_PASSWORD"])
    return _after_password(session.app, session.user)


def _check_code(session: Session, answers: Answers) -> ActionResult:
    software_token.check_code(session.user, answers["SOFTWARE_TOKEN_MFA_CODE"])
    return _tokens(session.app, session.user)


def _finish_setup(session: Session, _: Answers) -> ActionResult:
    session.user.software_token_mfa_enabled = True
    session.user.preferred_mfa_setting = software_token.CHALLENGE
    return _tokens(session.app, session.user)


_HANDLERS: dict[str, Callable[[Session, Answers], ActionResult]] = {
    _NEW_PASSWORD: _choose_first_password,
    software_token.CHALLENGE: _check_code,
    software_token.SETUP: _finish_setup,
}


_REQUIRED = {
    _NEW_PASSWORD: ("NEW_PASSWORD",),
    software_token.CHALLENGE: ("SOFTWARE_TOKEN_MFA_CODE",),
    software_token.SETUP: (),
}
"""What is answered to each challenge beside the user's name."""


def _after_password(app: AppClient, user: CognitoIdpUser) -> ActionResult:
    """Ask for an app's code where one is needed; otherwise the user is signed in."""
    if software_token.requires_app(app.pool, user):
        return _challenge(app, user, software_token.CHALLENGE)
    if app.pool.mfa_config == "ON":
        kinds = json.dumps([software_token.CHALLENGE])
        return _challenge(app, user, software_token.SETUP, MFAS_CAN_SETUP=kinds)
    return _tokens(app, user)


def _challenge(app: AppClient, user: CognitoIdpUser, name: str, **parameters: str) -> ActionResult:
    return ActionResult(
        {
            "ChallengeName": name,
            "ChallengeParameters": {"USER_ID_FOR_SRP": user.username, **parameters},
            "Session": open_session(app, user, name),
        }
    )


def _tokens(app: AppClient, user: CognitoIdpUser) -> ActionResult:
    report_sign_in(app, user)
    return ActionResult({"ChallengeParameters": {}, "AuthenticationResult": new_tokens(app, user)})


def _readable(app: AppClient, user: CognitoIdpUser) -> dict[str, Any]:
    names = app.config["ReadAttributes"]
    return {name: value for name, value in user.attribute_lookup.items() if name in names}


def _change_password(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app, user = user_of_access_token(request["AccessToken"])
    require(request, "PreviousPassword", "ProposedPassword")
    if user.password != request["PreviousPassword"]:
        raise NotAuthorizedError(_WRONG)
    choose_password(app.pool, user, request["ProposedPassword"])
    return EmptyResult()
