"""Tokens, verified as the HTTP API's JWT authorizer verifies them."""

from typing import Any

import jwt


class InvalidToken(Exception):
    """The request has no valid token."""


class Authorizer:
    """Verifies the tokens of one issuer for one audience."""

    def __init__(self, *, issuer: str, audience: str, keys: str) -> None:
        """Take the issuer's name, the app client's id, and the URL of the signing keys."""
        self._issuer = issuer
        self._audience = audience
        self._keys = jwt.PyJWKClient(keys, cache_keys=True)

    def claims(self, authorization: str | None) -> dict[str, str]:
        """Return the claims of the token in an `Authorization` header, each as text.

        Raises:
            InvalidToken: Signature, issuer, audience or validity period is wrong.
        """
        token = (authorization or "").removeprefix("Bearer ").strip()
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                issuer=self._issuer,
                options={"require": ["exp", "iss"], "verify_aud": False},
            )
        except jwt.PyJWTError as error:
            raise InvalidToken(str(error)) from error
        # Cognito names the audience `aud` in ID tokens and `client_id` in access tokens.
        if claims.get("aud", claims.get("client_id")) != self._audience:
            raise InvalidToken("the token is for another audience")
        return {name: _as_text(value) for name, value in claims.items()}


def _as_text(value: Any) -> str:
    """Write a claim as API Gateway does: a list in brackets, without commas."""
    if isinstance(value, list):
        return f"[{' '.join(map(str, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
