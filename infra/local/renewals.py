"""Sign-ins renewed in moto's Cognito, as the template's app client has it: a refresh token is good
once, but for a while in which a lost answer may be asked for again. No flow but the allowed one."""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.cognitoidp.exceptions import (
    InvalidParameterException,
    NotAuthorizedError,
    ResourceNotFoundError,
)
from moto.cognitoidp.models import CognitoIdpBackend, CognitoIdpUserPool, cognitoidp_backends
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from infra.local.environment import ACCOUNT, REGION

_INITIATE = CognitoIdpBackend.initiate_auth
_spent: dict[str, float] = {}
"""When a refresh token was first used, by the process's clock."""


def rotate_refresh_tokens() -> None:
    """Have moto's Cognito renew sign-ins so, in this process, from now on."""
    CognitoIdpBackend.initiate_auth = _allowed(_INITIATE)
    CognitoIdpResponse.get_tokens_from_refresh_token = _get_tokens_from_refresh_token


def _allowed(initiate: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    @wraps(initiate)
    def call(
        backend: CognitoIdpBackend, client_id: str, auth_flow: str, parameters: dict[str, str]
    ) -> dict[str, Any]:
        _, config = _client(backend, client_id)
        if f"ALLOW_{auth_flow}" not in config["ExplicitAuthFlows"]:
            raise InvalidParameterException(f"{auth_flow} flow not enabled for this client")
        return initiate(backend, client_id, auth_flow, parameters)

    return call


def _get_tokens_from_refresh_token(response: CognitoIdpResponse) -> ActionResult:
    asked = json.loads(response.body)
    pool, config = _client(cognitoidp_backends[ACCOUNT][REGION], asked["ClientId"])
    token = asked["RefreshToken"]
    grace = config["RefreshTokenRotation"]["RetryGracePeriodSeconds"]
    first = _spent.setdefault(token, time.monotonic())
    if not pool.refresh_tokens.get(token) or time.monotonic() > first + grace:
        raise NotAuthorizedError("Refresh Token has been revoked")
    client_id, username, _ = pool.refresh_tokens[token]
    access, identity, seconds = pool.create_tokens_from_refresh_token(token)
    renewed, _ = pool.create_refresh_token(client_id, username)
    return ActionResult(
        {
            "AuthenticationResult": {
                "AccessToken": access,
                "IdToken": identity,
                "RefreshToken": renewed,
                "ExpiresIn": seconds,
                "TokenType": "Bearer",
            }
        }
    )


def _client(backend: CognitoIdpBackend, client_id: str) -> tuple[CognitoIdpUserPool, Any]:
    """The pool in which an app client is, and the client's settings."""
    for pool in backend.user_pools.values():
        if client_id in pool.clients:
            return pool, pool.clients[client_id].extended_config
    raise ResourceNotFoundError(client_id)
