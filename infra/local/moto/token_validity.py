"""Validity of ID and access tokens in moto's Cognito, which gives every token an hour."""

from datetime import timedelta
from typing import Any

from moto.cognitoidp.models import CognitoIdpUserPool

_CREATE_JWT = CognitoIdpUserPool.create_jwt
_SETTINGS = {"id": "IdToken", "access": "AccessToken"}


def patch_token_validity() -> None:
    """Make tokens valid for as long as their app client says. Idempotent."""
    CognitoIdpUserPool.create_jwt = _create_jwt


def _create_jwt(
    pool: CognitoIdpUserPool,
    client_id: str,
    username: str,
    token_use: str,
    *,
    extra_data: dict[str, Any] | None = None,
) -> tuple[str, int]:
    config, name = pool.clients[client_id].extended_config, _SETTINGS[token_use]
    validity = timedelta(**{config["TokenValidityUnits"][name]: config[f"{name}Validity"]})
    seconds = int(validity.total_seconds())
    result: tuple[str, int] = _CREATE_JWT(
        pool, client_id, username, token_use, seconds, extra_data=extra_data
    )
    return result
