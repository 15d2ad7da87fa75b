"""Authenticator apps in moto's Cognito, which has one secret for everybody and checks no code.

Codes are those of RFC 6238: six digits, thirty seconds, SHA-1.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    ExpiredCodeException,
    InvalidParameterException,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from infra.local.moto.credentials import credentials_of
from infra.local.moto.sessions import (
    AppClient,
    close_session,
    open_session,
    read_session,
    require,
    user_of_access_token,
)

SETUP, CHALLENGE = "MFA_SETUP", "SOFTWARE_TOKEN_MFA"
VERIFIED = "MFA_SETUP with a verified app"
"""What a session waits for once the new app is verified."""
_STEP_SECONDS = 30
_SECRET_BYTES = 32


def patch_software_token() -> None:
    """Check authenticator apps in moto's Cognito in this process. Idempotent."""
    CognitoIdpResponse.associate_software_token = _associate
    CognitoIdpResponse.verify_software_token = _verify
    CognitoIdpResponse.set_user_mfa_preference = _set_preference
    CognitoIdpResponse.admin_delete_software_token = _delete


def totp(secret: bytes, step: int) -> str:
    """Return the code of a time step (RFC 6238, section 4; RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**6:06}"


def current_step() -> int:
    """Return the time step of now."""
    return int(time.time()) // _STEP_SECONDS


def requires_app(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> bool:
    """Return whether the user signs in with the code of an app.

    Where the pool requires one, no preference turns it off, neither the user's nor an
    administrator's.
    """
    has_app = credentials_of(user).secret is not None
    return has_app and (pool.mfa_config == "ON" or bool(user.software_token_mfa_enabled))


def check_code(user: CognitoIdpUser, code: str) -> None:
    """Accept the code of this step or of a neighbour, once.

    Raises:
        CodeMismatchException: It is wrong.
        ExpiredCodeException: It, or a later one, has been accepted before.
    """
    credentials = credentials_of(user)
    step = _step_of(credentials.secret or b"", code)
    if step is None:
        raise CodeMismatchException("Invalid code received for user")
    if step <= credentials.last_step:
        raise ExpiredCodeException("Your software token has already been used once.")
    credentials.last_step = step


def _step_of(secret: bytes, code: str) -> int | None:
    now = current_step()
    steps = (
        step for step in (now, now - 1, now + 1) if hmac.compare_digest(totp(secret, step), code)
    )
    return next(steps, None)


def _associate(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app, user, session = _caller(request)
    secret = credentials_of(user).new_secret = secrets.token_bytes(_SECRET_BYTES)
    answer = {"SecretCode": base64.b32encode(secret).decode().rstrip("=")}
    if session:
        close_session(session)
        answer["Session"] = open_session(app, user, SETUP)
    return ActionResult(answer)


def _verify(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app, user, session = _caller(request)
    require(request, "UserCode", pattern="[0-9]{6}")
    credentials = credentials_of(user)
    if credentials.new_secret is None:
        text = "Software token has not been associated"
        raise JsonRESTError("SoftwareTokenMFANotFoundException", text)
    step = _step_of(credentials.new_secret, request["UserCode"])
    if step is None:
        raise JsonRESTError("EnableSoftwareTokenMFAException", "Code mismatch")
    credentials.secret, credentials.new_secret = credentials.new_secret, None
    credentials.last_step = step
    user.token_verified = True
    answer = {"Status": "SUCCESS"}
    if session:
        close_session(session)
        answer["Session"] = open_session(app, user, VERIFIED)
    return ActionResult(answer)


def _set_preference(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app, user = user_of_access_token(request["AccessToken"])
    settings: dict[str, Any] = request.get("SoftwareTokenMfaSettings") or {}
    if settings.get("Enabled") and credentials_of(user).secret is None:
        raise InvalidParameterException("User has not verified software token mfa")
    app.pool.backend.admin_set_user_mfa_preference(app.pool.id, user.username, settings, None)
    return EmptyResult()


def _delete(response: CognitoIdpResponse) -> ActionResult:
    """Remove the app and the user's preference for it."""
    request = json.loads(response.body)
    user = response.backend.admin_get_user(request["UserPoolId"], request["Username"])
    credentials_of(user).secret = credentials_of(user).new_secret = None
    user.token_verified = user.software_token_mfa_enabled = False
    user.preferred_mfa_setting = ""
    return EmptyResult()


def _caller(request: dict[str, Any]) -> tuple[AppClient, CognitoIdpUser, str | None]:
    """Return who adds an app: in a session that requires one, or with an access token."""
    if name := request.get("Session"):
        session = read_session(name, SETUP)
        return session.app, session.user, name
    app, user = user_of_access_token(request.get("AccessToken", ""))
    return app, user, None
