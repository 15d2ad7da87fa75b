"""HTTP requests to the functions of this process, by the template's own routes."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.local import template
from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.template import Route
from openhour.api.identity import Role


@dataclass(frozen=True)
class Response:
    """A function's response."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        """The body, parsed."""
        return json.loads(self.text)


def client_claims(therapist_id: str, client_id: str) -> dict[str, str]:
    """Return the claims of a client's ID token that the functions read."""
    return {
        "iss": Role.CLIENT.issuer,
        "aud": Role.CLIENT.audience,
        "token_use": "id",
        "custom:therapist_id": therapist_id,
        "custom:client_id": client_id,
    }


def therapist_claims(therapist_id: str) -> dict[str, str]:
    """Return the claims of a therapist's ID token that the functions read."""
    return {
        "iss": Role.THERAPIST.issuer,
        "aud": Role.THERAPIST.audience,
        "token_use": "id",
        "custom:therapist_id": therapist_id,
        "custom:login_id": f"login-of-{therapist_id}",
    }


def send(
    claims: Mapping[str, Any] | None,
    request_line: str,
    body: Any = None,
    *,
    query: str = "",
    raw: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[Route, Response]:
    """Send a request such as `POST /appointments` to its function.

    `body` is sent as JSON, or `raw` in its place. Without claims the request carries no token.
    """
    method, path = request_line.split(" ", 1)
    sent = dict(headers or {})
    if body is not None or raw is not None:
        sent.setdefault("content-type", "application/json")
    content = json.dumps(body) if body is not None else raw or b""
    request = Request(
        method=method,
        path=path,
        query=query,
        headers={name: value for name, value in sent.items() if value},
        body=content.encode() if isinstance(content, str) else content,
    )
    route, parameters = find_route(method, path)
    event = http_event(request, route, parameters, dict(claims) if claims is not None else None)
    answer = _function(route.function).invoke(event)
    response_headers = {name.lower(): value for name, value in answer["headers"].items()}
    return route, Response(answer["statusCode"], response_headers, text_of(answer))


def text_of(answer: Mapping[str, Any]) -> str:
    """Return a response's body as text, in which bytes that are no UTF-8 can be found again."""
    body = answer.get("body") or ""
    if not answer.get("isBase64Encoded"):
        return str(body)
    return base64.b64decode(body).decode(errors="surrogateescape")


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the route and the parameters of a path; the most literal route wins."""
    matches = []
    for route in template.load().routes():
        pattern, parts = route.path.split("/"), path.split("/")
        pairs = list(zip(pattern, parts, strict=False))
        fits = len(pattern) == len(parts) and all(p == v or p[:1] == "{" for p, v in pairs)
        if route.method == method and fits:
            matches.append((route, {p.strip("{}"): v for p, v in pairs if p[:1] == "{"}))
    return min(matches, key=lambda match: len(match[1]))


@functools.cache
def _function(name: str) -> Function:
    return Function(name, template.load().handlers()[name])
