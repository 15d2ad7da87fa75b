"""Calls: requests as the gateway hands them to the functions, by the template's own routes.

Every reply is held to the OpenAPI document, so that each of these tests tests that too.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from infra import openapi
from infra.local import template
from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.template import Route


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def refusal(self) -> str:
        """The refusal's name; empty where nothing was refused."""
        kind = self.body.get("type", "") if self.status >= 400 else ""
        return kind.removeprefix("/problems/")

    @property
    def fields(self) -> list[str]:
        """The fields that are wrong."""
        return [error["field"] for error in self.body["errors"]]


@dataclass(frozen=True)
class Caller:
    """Somebody with a token that says `claims`, or with none."""

    claims: dict[str, Any] | None = None

    def __call__(
        self,
        what: str,
        body: Any = None,
        *,
        query: str = "",
        raw: str | bytes | None = None,
        **headers: str,
    ) -> Reply:
        """Ask for `POST /appointments`, with JSON, or with `raw` in its place."""
        method, path = what.split(" ", 1)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
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
        event = http_event(request, route, parameters, self.claims)
        answer = _function(route).invoke(event)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        reply = Reply(answer["statusCode"], headers, answer["body"])
        hold_to_document(route, reply)
        return reply


def a_client(therapist_id: str, client_id: str, **but: Any) -> Caller:
    claims = {
        "token_use": "id",
        "cognito:groups": "[clients]",
        "custom:therapist_id": therapist_id,
        "custom:client_id": client_id,
    }
    return Caller({**claims, **but})


def a_therapist(therapist_id: str, **but: Any) -> Caller:
    claims = {
        "token_use": "id",
        "cognito:groups": "[therapists]",
        "sub": f"login-of-{therapist_id}",
        "custom:therapist_id": therapist_id,
    }
    return Caller({**claims, **but})


ANYBODY = Caller()


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """The route and the parameters of a path; the most literal route wins."""
    found = []
    for route in template.load().routes():
        wanted, given = route.path.split("/"), path.split("/")
        pairs = list(zip(wanted, given, strict=False))
        fits = len(wanted) == len(given) and all(w == g or w[:1] == "{" for w, g in pairs)
        if route.method == method and fits:
            found.append((route, {w.strip("{}"): g for w, g in pairs if w[:1] == "{"}))
    return min(found, key=lambda each: len(each[1]))


@functools.cache
def _function_named(name: str) -> Function:
    return Function(name, template.load().handlers()[name])


def _function(route: Route) -> Function:
    return _function_named(route.function)


@functools.cache
def _document() -> dict[str, Any]:
    return openapi.make_document()


@functools.cache
def _validator(path: str, method: str, status: int, kind: str) -> Draft202012Validator:
    operation = _document()["paths"][path][method.lower()]
    content = operation["responses"][str(status)]["content"]
    schema = {**content[kind]["schema"], "components": _document()["components"]}
    return Draft202012Validator(schema)


def hold_to_document(route: Route, reply: Reply) -> None:
    """Fail where the document doesn't know such an answer."""
    kind = reply.headers["content-type"]
    _validator(route.path, route.method, reply.status, kind).validate(reply.body)
