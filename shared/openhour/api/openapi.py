"""The OpenAPI document's description of a route's responses: their shape and every refusal."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from openhour.api.identity import Role
from openhour.rules.refusals import (
    Busy,
    Forbidden,
    Invalid,
    Refusal,
    UnknownTherapist,
    UnsupportedMediaType,
)

BODY_REFUSALS: tuple[type[Refusal], ...] = (UnsupportedMediaType,)
"""The refusals of a route with a body, besides `Invalid`."""
_SIGNED_IN = (Forbidden, UnknownTherapist)
_DESCRIPTIONS = {200: "Done.", 201: "Created.", 202: "Accepted."}
_HEADERS = {201: "Location", 401: "WWW-Authenticate", 503: "Retry-After"}
"""The header that every response of a status has."""
_SECURITY_HEADERS = (
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
)
_FILE_HEADERS = ("Cache-Control", "ETag", "Vary", *_SECURITY_HEADERS)
_PAGE_HEADERS = ("Cache-Control", "Content-Security-Policy", "ETag", *_SECURITY_HEADERS)
_HTML = {"text/html": {"schema": {"type": "string"}}}
_PROBLEM_JSON = "application/problem+json"
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_GATEWAY = {401: "The token is missing, expired or not ours.", 429: "Too many requests."}


def responses_for(
    role: Role | None,
    shape: str,
    *refusals: type[Refusal],
    status: int = 200,
    or_status: int | None = None,
    etag: bool = False,
    or_unchanged: bool = False,
) -> dict[int, Any]:
    """Describe the responses of a route.

    `shape` names the schema of the body, which is sent with `status` and, if given, `or_status`,
    and with an ETag if `etag` says so. `or_unchanged` adds 304 for a caller who has the body
    already. `refusals` are those besides the refusals of every route.
    """
    body = {**_json(shape), **(_named("ETag") if etag else {})}
    done = {status: body, **({or_status: body} if or_status else {})}
    always = (Busy, Invalid, *(_SIGNED_IN if role else ()))
    gateway = dict(_GATEWAY) if role else {429: _GATEWAY[429]}
    unchanged = {304: {"description": "It has not changed.", "content": {}, **_named("ETag")}}
    described = {
        **(unchanged if or_unchanged else {}),
        **{code: {"description": _DESCRIPTIONS[code], **answer} for code, answer in done.items()},
        **{
            code: {"description": said, **_json("GatewayMessage")} for code, said in gateway.items()
        },
        **_problems((*refusals, *always)),
        500: {"description": "Our mistake.", "content": {_PROBLEM_JSON: {"schema": _PROBLEM}}},
    }
    for code in _HEADERS.keys() & described.keys():
        described[code] |= _named(_HEADERS[code])
    return described


def file_responses(*content_types: str, shape: str = "") -> dict[int, Any]:
    """Describe the responses of a route that serves a file: text, or JSON of a `shape`."""
    content = _json(shape)["content"] if shape else _text(*content_types)
    headers = _named(*_FILE_HEADERS)
    return {
        200: {"description": "The file itself.", "content": content, **headers},
        304: {"description": "The file has not changed.", "content": {}, **headers},
        404: {
            "description": "There is no such file.",
            "content": {_PROBLEM_JSON: {"schema": _PROBLEM}},
        },
        429: {"description": _GATEWAY[429], **_json("GatewayMessage")},
    }


def page_responses(*, refuses: bool = False) -> dict[int, Any]:
    """Describe the responses of a route that serves a page; `refuses` adds pages that refuse."""
    headers = _named(*_PAGE_HEADERS)
    refusals = {
        404: {"description": "No practice has this address.", "content": _HTML, **headers},
        503: {
            "description": "The page that asks to try again.",
            "content": _HTML,
            **_named(*_PAGE_HEADERS, "Retry-After"),
        },
    }
    return {
        200: {"description": "The page itself.", "content": _HTML, **headers},
        304: {"description": "The page has not changed.", "content": {}, **headers},
        **(refusals if refuses else {}),
        429: {"description": _GATEWAY[429], **_json("GatewayMessage")},
    }


def _text(*content_types: str) -> dict[str, Any]:
    return {each: {"schema": {"type": "string"}} for each in content_types}


def _named(*names: str) -> dict[str, Any]:
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}


def _problems(refusals: tuple[type[Refusal], ...]) -> dict[int, Any]:
    """Describe refusals by status, each with its types of problem."""
    names: dict[int, list[str]] = defaultdict(list)
    for refusal in refusals:
        names[refusal.status].append(refusal.name)
    return {status: _problem(sorted(set(found))) for status, found in names.items()}


def _problem(names: list[str]) -> dict[str, Any]:
    types = {"enum": [f"/problems/{name}" for name in names]}
    schema = {"allOf": [_PROBLEM, {"properties": {"type": types}}]}
    return {
        "description": ", ".join(names),
        "content": {_PROBLEM_JSON: {"schema": schema}},
    }


def _json(shape: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{shape}"}
    return {"content": {"application/json": {"schema": schema}}}
