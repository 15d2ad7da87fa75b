"""Refresh token rotation in moto's Cognito.

A refresh token is valid once, and again within the grace period of the template's app client, so
that a client can repeat a request whose response was lost. Only the app client's own authentication
flows are allowed.
"""

import json
import time
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

_INITIATE_AUTH = CognitoIdpBackend.initiate_auth
_first_used: dict[str, float] = {}
"""When each refresh token was first used, in seconds of the monotonic clock."""


def patch_token_refresh() -> None:
    """Rotate refresh tokens in moto's Cognito in this process. Idempotent."""
    CognitoIdpBackend.initiate_auth = _initiate_auth
    CognitoIdpResponse.get_tokens_from_refresh_token = _get_tokens_from_refresh_token


def _initiate_auth(
    backend: CognitoIdpBackend, client_id: str, auth_flow: str, parameters: dict[str, str]
) -> Any:
    _, config = _pool_and_config(backend, client_id)
    if f"ALLOW_{auth_flow}" not in config["ExplicitAuthFlows"]:
        raise InvalidParameterException(f"{auth_flow} flow not enabled for this client")
    return _INITIATE_AUTH(backend, client_id, auth_flow, parameters)


def _get_tokens_from_refresh_token(response: CognitoIdpResponse) -> ActionResult:
    request = json.loads(response.body)
    pool, config = _pool_and_config(cognitoidp_backends[ACCOUNT][REGION], request["ClientId"])
    token = request["RefreshToken"]
    grace_seconds = config["RefreshTokenRotation"]["RetryGracePeriodSeconds"]
    first_used = _first_used.setdefault(token, time.monotonic())
    if not pool.refresh_tokens.get(token) or time.monotonic() > first_used + grace_seconds:
        raise NotAuthorizedError("Refresh Token has been revoked")
    client_id, username, _ = pool.refresh_tokens[token]
    access_token, id_token, seconds = pool.create_tokens_from_refresh_token(token)
    refresh_token, _ = pool.create_refresh_token(client_id, username)
    return ActionResult(
        {
            "AuthenticationResult": {
                "AccessToken": access_token,
                "IdToken": id_token,
                "RefreshToken": refresh_token,
                "ExpiresIn": seconds,
                "TokenType": "Bearer",
            }
        }
    )


def _pool_and_config(
    backend: CognitoIdpBackend, client_id: str
) -> tuple[CognitoIdpUserPool, dict[str, Any]]:
    """Find the user pool of an app client, and the client's configuration."""
    for pool in backend.user_pools.values():
        if client_id in pool.clients:
            return pool, pool.clients[client_id].extended_config
    raise ResourceNotFoundError(client_id)
