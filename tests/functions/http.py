"""HTTP requests to the functions, each response validated against the OpenAPI document."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from infra import openapi
from infra.bench import http
from infra.bench.http import Response, find_route
from infra.local.template import Route

__all__ = ["ANYBODY", "Caller", "Reply", "a_client", "a_therapist", "find_route", "validate"]


@dataclass(frozen=True)
class Reply(Response):
    @property
    def refusal(self) -> str:
        """The refusal's name; empty for a success or a page."""
        is_problem = self.headers.get("content-type") == "application/problem+json"
        kind = self.body.get("type", "") if is_problem else ""
        return kind.removeprefix("/problems/")

    @property
    def fields(self) -> list[str]:
        """The names of the invalid fields."""
        return [error["field"] for error in self.body["errors"]]


@dataclass(frozen=True)
class Caller:
    """A caller whose token has `claims`, or who has no token."""

    claims: dict[str, Any] | None = None

    def __call__(
        self,
        request_line: str,
        body: Any = None,
        *,
        raw: str | bytes | None = None,
        **headers: str,
    ) -> Reply:
        """Send `GET /slots?to=2026-11-25`, with a JSON body or with `raw` in its place."""
        request_line, _, query = request_line.partition("?")
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        route, response = http.send(
            self.claims, request_line, body, query=query, raw=raw, headers=sent
        )
        reply = Reply(response.status, response.headers, response.text)
        validate(route, reply)
        return reply

    def book(self, slot_id: str) -> str:
        """Book a slot as a client; return the appointment's id."""
        appointment_id: str = self("POST /appointments", {"slot_id": slot_id}).body[
            "appointment_id"
        ]
        return appointment_id


def a_client(therapist_id: str, client_id: str, **claims: Any) -> Caller:
    return Caller({**http.client_claims(therapist_id, client_id), **claims})


def a_therapist(therapist_id: str, **claims: Any) -> Caller:
    return Caller({**http.therapist_claims(therapist_id), **claims})


ANYBODY = Caller()


@functools.cache
def _document() -> dict[str, Any]:
    return openapi.make_document()


UNCHANGED = 304
_BESIDE_FUNCTIONS = {"content-type", "content-encoding", "apigw-requestid"}
"""Media type and encoding, which belong to the body, and what API Gateway adds to a response."""


@functools.cache
def _validator(path: str, method: str, status: int, kind: str) -> Draft202012Validator:
    content = _response(path, method, status)["content"]
    schema = {**content[kind]["schema"], "components": _document()["components"]}
    return Draft202012Validator(schema)


def _response(path: str, method: str, status: int) -> dict[str, Any]:
    operation = _document()["paths"][path][method.lower()]
    response: dict[str, Any] = operation["responses"][str(status)]
    return response


def validate(route: Route, reply: Reply) -> None:
    """Fail where the OpenAPI document does not describe the response's body and headers."""
    if reply.status == UNCHANGED:
        assert reply.text == ""
    else:
        kind = reply.headers["content-type"]
        is_json = kind.endswith("json")
        body = reply.body if is_json else reply.text
        _validator(route.path, route.method, reply.status, kind.partition(";")[0]).validate(body)
    documented = {
        name.lower() for name in _response(route.path, route.method, reply.status)["headers"]
    }
    assert reply.headers.keys() - _BESIDE_FUNCTIONS == documented - _BESIDE_FUNCTIONS
