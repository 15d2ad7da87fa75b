"""Events, in the form in which an HTTP API hands requests to functions (payload 2.0)."""

import base64
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from infra.local.environment import ACCOUNT
from infra.local.template import Route

_TEXTS = ("text/", "application/json", "application/javascript", "application/xml")
"""Kinds of body that are handed over as text; others go in base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request: `path` decoded, `headers` by lower-case name, repeats joined by commas."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    source: str = "127.0.0.1"
    protocol: str = "HTTP/1.1"


def http_event(
    request: Request, route: Route, parameters: dict[str, str], claims: dict[str, str] | None
) -> dict[str, Any]:
    """Make the event that hands `request` to the function of `route`."""
    headers = dict(request.headers)
    cookies = headers.pop("cookie", "")
    text, encoded = _body(request)
    optional = {
        "cookies": [each.strip() for each in cookies.split(";") if each.strip()],
        "queryStringParameters": _joined(request.query),
        "pathParameters": parameters,
        "body": text,
    }
    return {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": _context(request, route, claims),
        "isBase64Encoded": encoded,
        **{name: value for name, value in optional.items() if value},
    }


def _context(request: Request, route: Route, claims: dict[str, str] | None) -> dict[str, Any]:
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
        "requestId": base64.b64encode(secrets.token_bytes(11)).decode(),
        "routeKey": route.key,
        "stage": "$default",
        "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now * 1000),
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    return context


def _joined(query: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters


def _body(request: Request) -> tuple[str, bool]:
    """Tell the body, and whether it is in base64."""
    kind = request.headers.get("content-type", "text/plain").strip().lower()
    if kind.startswith(_TEXTS):
        try:
            return request.body.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode(), bool(request.body)
