"""Identity: who is signed in, from the token that the gateway has checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from openhour.rules.appointments import Party
from openhour.rules.audit_log import is_safe_token
from openhour.rules.refusals import Forbidden

if TYPE_CHECKING:
    from openhour.api.resolver import Resolver

_GROUPS = {Party.CLIENT: "clients", Party.THERAPIST: "therapists"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,127}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9+/=_-]{1,128}")
"""Base64, where the gateway makes it, with its padding."""


class SignedIn(NamedTuple):
    """Who is signed in: a client of a therapist, or, with no client id, the therapist."""

    therapist_id: str
    client_id: str = ""


def signed_in_client(app: Resolver) -> SignedIn:
    """The client who asks, as therapist id and client id. Raises Forbidden for anyone else."""
    return _signed_in(app, Party.CLIENT)


def signed_in_therapist(app: Resolver) -> str:
    """The id of the therapist who asks. Raises Forbidden for anyone else."""
    return _signed_in(app, Party.THERAPIST).therapist_id


def principal_from_claims(event: Mapping[str, Any], party: Party) -> SignedIn:
    """Read a `party`'s ids from an HTTP API's event. Raises Forbidden where its token is of
    another group, is none that tells who somebody is, or lacks an id."""
    claims = read_claims(event)
    if claims.get("token_use") != "id" or _GROUPS[party] not in _groups_in(claims):
        raise Forbidden
    ids = ["custom:therapist_id", "custom:client_id"][: 1 + (party is Party.CLIENT)]
    found = [claims.get(name) for name in ids]
    if not all(isinstance(each, str) and is_id(each) for each in found):
        raise Forbidden
    return SignedIn(*map(str, found))


def audit_actor(event: Mapping[str, Any]) -> str:
    """Who acts, as the trail names them: the therapist by the id of their login, whose name holds
    an address. Raises Forbidden where the token has no such id."""
    login = read_claims(event).get("sub")
    if not (isinstance(login, str) and is_safe_token(login)):
        raise Forbidden
    return f"therapist:{login}"


def read_claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the checked token says; nothing where there is none."""
    authorizer = event["requestContext"].get("authorizer") or {}
    claims: Mapping[str, Any] = (authorizer.get("jwt") or {}).get("claims") or {}
    return claims


def read_request_id(event: Mapping[str, Any]) -> str:
    """The id that the gateway gave to the request; empty where it gave none."""
    found = event["requestContext"].get("requestId")
    return found if isinstance(found, str) and _REQUEST_ID.fullmatch(found) else ""


def is_id(text: str) -> bool:
    """Whether the text can be an id at all."""
    return _ID.fullmatch(text) is not None


def _groups_in(claims: Mapping[str, Any]) -> list[str]:
    """The groups; API Gateway hands them over as the text `[clients others]`."""
    groups = claims.get("cognito:groups")
    if isinstance(groups, str):
        return groups.strip("[]").replace(",", " ").split()
    return groups if isinstance(groups, list) else []


def _signed_in(app: Resolver, party: Party) -> SignedIn:
    identity = app.context.get("signed_in")
    if app.party is not party or not isinstance(identity, SignedIn):
        raise Forbidden
    return identity
