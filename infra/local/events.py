"""HTTP API events, in payload format version 2.0."""

import base64
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from infra.local.environment import ACCOUNT
from infra.local.template import Route

_TEXT_TYPES = ("text/", "application/json", "application/javascript", "application/xml")
"""Content types whose body is passed as text; others are encoded in base64."""


def _request_id() -> str:
    return base64.b64encode(secrets.token_bytes(11)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request: `path` decoded, `headers` in lower case, repeated ones joined by commas."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    source: str = "127.0.0.1"
    protocol: str = "HTTP/1.1"
    request_id: str = field(default_factory=_request_id)


def http_event(
    request: Request, route: Route, parameters: dict[str, str], claims: dict[str, str] | None
) -> dict[str, Any]:
    """Make the event with which API Gateway invokes the function of `route`."""
    headers = dict(request.headers)
    cookies = headers.pop("cookie", "")
    body, is_base64 = _encode_body(request)
    optional = {
        "cookies": [each.strip() for each in cookies.split(";") if each.strip()],
        "queryStringParameters": _query_parameters(request.query),
        "pathParameters": parameters,
        "body": body,
    }
    return {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": _request_context(request, route, claims),
        "isBase64Encoded": is_base64,
        **{name: value for name, value in optional.items() if value},
    }


def _request_context(
    request: Request, route: Route, claims: dict[str, str] | None
) -> dict[str, Any]:
    now = time.time()
    domain = request.headers.get("host", "localhost")
    context = {
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": domain,
        "domainPrefix": domain.split(".")[0],
        "http": {
            "method": request.method,
            "path": request.path,
            "protocol": request.protocol,
            "sourceIp": request.source,
            "userAgent": request.headers.get("user-agent", ""),
        },
        "requestId": request.request_id,
        "routeKey": route.key,
        "stage": "$default",
        "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now * 1000),
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    return context


def _query_parameters(query: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters


def _encode_body(request: Request) -> tuple[str, bool]:
    """Return the body, and whether it is in base64."""
    content_type = request.headers.get("content-type", "text/plain").strip().lower()
    if content_type.startswith(_TEXT_TYPES):
        try:
            return request.body.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode(), bool(request.body)
