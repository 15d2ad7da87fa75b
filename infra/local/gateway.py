"""API Gateway's HTTP API on one machine: the template's routes, its authorizer and its CORS."""

import base64
import json
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.template import Route, Template
from infra.local.tokens import Authorizer, Unauthorized

MAX_BODY = 10 * 1024 * 1024
"""Bytes; what is longer is refused with 413."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: bytes = b""

    @classmethod
    def message(cls, status: int, message: str, **headers: str) -> "Answer":
        """Make one of the gateway's own answers."""
        return cls(
            status=status,
            headers={"content-type": "application/json", **headers},
            body=json.dumps({"message": message}, separators=(",", ":")).encode(),
        )


BAD_REQUEST = Answer.message(400, "Bad Request")
NOT_FOUND = Answer.message(404, "Not Found")
UNAUTHORIZED = Answer.message(401, "Unauthorized", **{"www-authenticate": "Bearer"})
TOO_LARGE = Answer.message(413, "Request Entity Too Large")
FAILED = Answer.message(500, "Internal Server Error")


class Gateway:
    """Takes requests to functions by the template's routes."""

    def __init__(
        self,
        template: Template,
        functions: Mapping[str, Function],
        authorizer: Authorizer,
        pages: Mapping[str, Callable[[Request], Answer]],
    ) -> None:
        """Take `pages` too: what this machine shows besides the API, by path."""
        self._routes = template.routes()
        self._cors = template.cors()
        self._functions = functions
        self._authorizer = authorizer
        self._pages = pages

    def answer(self, request: Request) -> Answer:
        """Answer `request`, with what the template allows to other origins."""
        if request.method == "OPTIONS":
            return self._allowed(request, Answer(status=204), preflight=True)
        page = self._pages.get(request.path) if request.method == "GET" else None
        answer = page(request) if page else self._routed(request)
        return self._allowed(request, answer)

    def _routed(self, request: Request) -> Answer:
        found = self._find(request)
        if found is None:
            return NOT_FOUND
        route, parameters = found
        try:
            claims = (
                None
                if route.public
                else self._authorizer.claims(request.headers.get("authorization"))
            )
        except Unauthorized:
            return UNAUTHORIZED
        event = http_event(request, route, parameters, claims)
        try:
            return _answer_of(self._functions[route.function].invoke(event))
        except Exception:  # noqa: BLE001 - whatever a function raises is API Gateway's 500
            traceback.print_exc(file=sys.stderr)
            return FAILED

    def _find(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        """Find the route, and the parameters in its path; the most literal route wins."""
        found = [
            (route, parameters)
            for route in self._routes
            if route.method == request.method
            and (parameters := _match(route.path, request.path)) is not None
        ]
        return min(found, key=lambda each: len(each[1]), default=None)

    def _allowed(self, request: Request, answer: Answer, *, preflight: bool = False) -> Answer:
        if "origin" not in request.headers:
            return answer
        cors = self._cors
        headers = {
            "access-control-allow-origin": ",".join(cors["allowOrigins"]),
            "access-control-expose-headers": ",".join(cors["exposeHeaders"]),
        }
        if preflight:
            headers |= {
                "access-control-allow-methods": ",".join(cors["allowMethods"]),
                "access-control-allow-headers": ",".join(cors["allowHeaders"]),
                "access-control-max-age": str(cors["maxAge"]),
            }
        return Answer(
            status=answer.status,
            headers={**answer.headers, **headers},
            cookies=answer.cookies,
            body=answer.body,
        )


def _match(pattern: str, path: str) -> dict[str, str] | None:
    """Match a path with a route's, segment by segment; None where they differ."""
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    parameters = {}
    for want, have in zip(wanted, given, strict=True):
        if want.startswith("{") and have:
            parameters[want.strip("{}")] = have
        elif want != have:
            return None
    return parameters


def _answer_of(response: Any) -> Answer:
    """Read what a function returned. One without a status is the body itself, as in AWS."""
    if not isinstance(response, dict) or "statusCode" not in response:
        return Answer(
            status=200,
            headers={"content-type": "application/json"},
            body=json.dumps(response).encode(),
        )
    body = response.get("body") or ""
    # Python's header names are as the function wrote them; HTTP's have no case.
    headers = {name.lower(): str(value) for name, value in (response.get("headers") or {}).items()}
    return Answer(
        status=int(response["statusCode"]),
        headers={"content-type": "text/plain;charset=UTF-8", **headers},
        cookies=tuple(response.get("cookies") or ()),
        body=base64.b64decode(body) if response.get("isBase64Encoded") else body.encode(),
    )
