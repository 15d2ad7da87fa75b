"""Responses to requests that were not refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response

JsonResponse = Response[str]
"""An HTTP response whose body is JSON text."""


def json_response(body: Mapping[str, Any], *, status: int = 200, **headers: str) -> JsonResponse:
    """Return a JSON object. A header's name is written with `_` for `-`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return raw_json(to_json(body), status=status, headers=named)


def created(body: Mapping[str, Any], location: str) -> JsonResponse:
    """Return that something was created, and where."""
    return json_response(body, status=201, location=location)


def created_or_preview(body: Mapping[str, Any], location: str, *, preview: bool) -> JsonResponse:
    """Return that something was created, and where, or what it would be."""
    return json_response(body) if preview else created(body, location)


def accepted(body: Mapping[str, Any]) -> JsonResponse:
    """Return that a request will be carried out."""
    return json_response(body, status=202)


def raw_json(
    json_text: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """Return JSON text."""
    return Response(
        status_code=status, content_type="application/json", body=json_text, headers=headers
    )


def to_json(body: Mapping[str, Any]) -> str:
    """Return compact JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
