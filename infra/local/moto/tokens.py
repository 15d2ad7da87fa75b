"""ID and access tokens of moto's Cognito.

moto gives every token an hour, and ID tokens attributes that the app client may not read.
"""

from datetime import timedelta
from typing import Any

from moto.cognitoidp.models import CognitoIdpUserPool

_CREATE_JWT = CognitoIdpUserPool.create_jwt
_SETTINGS = {"id": "IdToken", "access": "AccessToken"}


def patch_tokens() -> None:
    """Make tokens as their app client says. Idempotent."""
    CognitoIdpUserPool.create_jwt = _create_jwt
    CognitoIdpUserPool.create_id_token = _create_id_token


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


def _create_id_token(
    pool: CognitoIdpUserPool, client_id: str, username: str, origin_jti: str
) -> tuple[str, int]:
    claims = pool.get_user_extra_data_by_client_id(client_id, username)
    if "email_verified" in claims:
        claims["email_verified"] = claims["email_verified"] == "true"
    claims["origin_jti"] = origin_jti
    token, seconds = pool.create_jwt(client_id, username, "id", extra_data=claims)
    pool.id_tokens[token] = (client_id, username)
    return token, seconds
