"""Refresh tokens in moto's Cognito: rotation, expiry and revocation.

A refresh token is valid once, and again within the grace period of the template's app client, so
that a client can repeat a request whose response was lost. A new refresh token expires when the
first one would have. What belongs to one sign-in has one `origin_jti`.
"""

import json
import time
from datetime import timedelta
from typing import Any

import jwt
from moto.cognitoidp.exceptions import NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from infra.local.moto.sessions import AppClient, app_client, require

_signed_in: dict[str, float] = {}
"""When each sign-in was, in seconds of the monotonic clock, by `origin_jti`."""
_first_used: dict[str, float] = {}
"""When each refresh token was first used."""


def patch_token_refresh() -> None:
    """Rotate and revoke refresh tokens in moto's Cognito in this process. Idempotent."""
    CognitoIdpResponse.get_tokens_from_refresh_token = _get_tokens_from_refresh_token
    CognitoIdpResponse.revoke_token = _revoke_token


def new_tokens(app: AppClient, user: CognitoIdpUser) -> dict[str, Any]:
    """Return the tokens of a new sign-in."""
    refresh_token, origin = app.pool.create_refresh_token(app.client_id, user.username)
    _signed_in[origin] = time.monotonic()
    return _tokens(app.pool, refresh_token)


def _tokens(pool: CognitoIdpUserPool, refresh_token: str) -> dict[str, Any]:
    access_token, id_token, seconds = pool.create_tokens_from_refresh_token(refresh_token)
    return {
        "AccessToken": access_token,
        "IdToken": id_token,
        "RefreshToken": refresh_token,
        "ExpiresIn": seconds,
        "TokenType": "Bearer",
    }


def _get_tokens_from_refresh_token(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    app = app_client(request["ClientId"])
    require(request, "RefreshToken")
    token = request["RefreshToken"]
    origin = _require_valid(app, token)
    _, username, _ = app.pool.refresh_tokens[token]
    renewed, _ = app.pool.create_refresh_token(app.client_id, username)
    app.pool.refresh_tokens[renewed] = (app.client_id, username, origin)
    return ActionResult({"AuthenticationResult": _tokens(app.pool, renewed)})


def _require_valid(app: AppClient, token: str) -> str:
    """Check a refresh token and return its `origin_jti`.

    Raises:
        NotAuthorizedError: It is unknown, expired or revoked, or its user is disabled or deleted.
        JsonRESTError: It was used before the grace period.
    """
    known = app.pool.refresh_tokens.get(token)
    if known is None:
        revoked = token in app.pool.refresh_tokens
        raise NotAuthorizedError(
            "Refresh Token has been revoked" if revoked else "Invalid Refresh Token"
        )
    _, username, origin = known
    user, now = app.find(username), time.monotonic()
    if user is None or not user.enabled:
        raise NotAuthorizedError("User is disabled." if user else "Invalid Refresh Token")
    if now > _signed_in[origin] + _validity(app).total_seconds():
        raise NotAuthorizedError("Refresh Token has expired")
    grace_seconds = app.config["RefreshTokenRotation"]["RetryGracePeriodSeconds"]
    if now > _first_used.setdefault(token, now) + grace_seconds:
        raise JsonRESTError("RefreshTokenReuseException", "Refresh token has been invalidated")
    return str(origin)


def _validity(app: AppClient) -> timedelta:
    unit = app.config["TokenValidityUnits"]["RefreshToken"]
    return timedelta(**{unit: app.config["RefreshTokenValidity"]})


def _revoke_token(response: CognitoIdpResponse) -> ActionResult:
    """Revoke all tokens of the sign-in that a refresh token belongs to."""
    request = json.loads(response.body)
    pool = app_client(request["ClientId"]).pool
    require(request, "Token")
    if request["Token"] in pool.access_tokens or request["Token"] in pool.id_tokens:
        raise JsonRESTError("UnsupportedTokenTypeException", "Only refresh tokens can be revoked")
    if known := pool.refresh_tokens.get(request["Token"]):
        _revoke(pool, origin=known[2])
    return EmptyResult()


def _revoke(pool: CognitoIdpUserPool, *, origin: str) -> None:
    for token, known in list(pool.refresh_tokens.items()):
        if known and known[2] == origin:
            pool.refresh_tokens[token] = None
    for token in list(pool.access_tokens):
        claims = jwt.decode(token, options={"verify_signature": False})
        if claims["origin_jti"] == origin:
            pool.access_tokens.pop(token, None)
