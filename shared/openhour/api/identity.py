"""Identity: who makes a request, from the token that the gateway has checked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openhour.rules.refusals import Forbidden

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,127}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9+/=_-]{1,128}")
"""The gateway's request ids are Base64, with padding."""


class Role(StrEnum):
    """Whom a function serves. Each role has a user pool of its own."""

    CLIENT = "client"
    THERAPIST = "therapist"

    @property
    def issuer(self) -> str:
        """The `iss` of the role's tokens. A pool's id begins with its region."""
        pool_id = os.environ[f"{self.upper()}S_USER_POOL_ID"]
        return f"https://cognito-idp.{pool_id.partition('_')[0]}.amazonaws.com/{pool_id}"

    @property
    def audience(self) -> str:
        """The `aud` of the role's ID tokens."""
        return os.environ[f"{self.upper()}S_APP_CLIENT_ID"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who makes a request.

    `client_id` is empty for a login of the practice, and `login_id` for a client. `request_id` is
    the gateway's id of the request, empty where it gave none.
    """

    role: Role
    therapist_id: str
    client_id: str
    login_id: str
    request_id: str


def principal_from_claims(event: Mapping[str, Any], role: Role) -> Principal:
    """Read the principal of an HTTP API's event for a function that serves `role`.

    Raises:
        Forbidden: The token is not an ID token, is of another pool or app client, or lacks an id.
    """
    claims = read_claims(event)
    expected = {"token_use": "id", "iss": role.issuer, "aud": role.audience}
    if any(claims.get(name) != value for name, value in expected.items()):
        raise Forbidden
    own = "client_id" if role is Role.CLIENT else "login_id"
    ids = {name: claims.get(f"custom:{name}") for name in ("therapist_id", own)}
    if not all(isinstance(each, str) and is_id(each) for each in ids.values()):
        raise Forbidden
    return Principal(
        role=role,
        therapist_id=str(ids["therapist_id"]),
        client_id=str(ids.get("client_id", "")),
        login_id=str(ids.get("login_id", "")),
        request_id=read_request_id(event),
    )


def read_claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the claims of the checked token, empty if there is none."""
    authorizer = event["requestContext"].get("authorizer") or {}
    claims: Mapping[str, Any] = (authorizer.get("jwt") or {}).get("claims") or {}
    return claims


def read_request_id(event: Mapping[str, Any]) -> str:
    """Return the gateway's id of the request, empty if it gave none."""
    request_id = event["requestContext"].get("requestId")
    valid = isinstance(request_id, str) and _REQUEST_ID.fullmatch(request_id)
    return str(request_id) if valid else ""


def is_id(text: str) -> bool:
    """Return whether the text has the form of an id."""
    return _ID.fullmatch(text) is not None
