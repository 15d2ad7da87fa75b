"""Tokens, checked as the HTTP API's JWT authorizer checks them."""

from typing import Any

import jwt


class Unauthorized(Exception):
    """The request bears no token that opens the route."""


class Authorizer:
    """Checks tokens of one issuer, made for one audience."""

    def __init__(self, *, issuer: str, audience: str, keys: str) -> None:
        """Take the issuer's name, the app client's id, and the address of the signing keys."""
        self._issuer = issuer
        self._audience = audience
        self._keys = jwt.PyJWKClient(keys, cache_keys=True)

    def claims(self, authorization: str | None) -> dict[str, str]:
        """Tell the claims of the token in an `Authorization` header, each as text.

        Raises Unauthorized unless signature, issuer, audience and times all hold.
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
        except jwt.PyJWTError as problem:
            raise Unauthorized(str(problem)) from problem
        # Cognito names the audience `aud` in ID tokens and `client_id` in access tokens.
        if claims.get("aud", claims.get("client_id")) != self._audience:
            raise Unauthorized("the token was made for another audience")
        return {name: _as_text(value) for name, value in claims.items()}


def _as_text(value: Any) -> str:
    """Write a claim the way API Gateway hands it over: lists in brackets, without commas."""
    if isinstance(value, list):
        return f"[{' '.join(map(str, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
