"""Answers: what goes back where nothing was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response

JsonResponse = Response[str]
"""An HTTP answer whose body is JSON already."""


def json_response(body: Mapping[str, Any], *, status: int = 200, **headers: str) -> JsonResponse:
    """Answer with a JSON object. A header's name has `_` for `-`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return raw_json(to_json(body), status=status, headers=named)


def created(body: Mapping[str, Any], location: str) -> JsonResponse:
    """Answer that something is there now, and where."""
    return json_response(body, status=201, location=location)


def accepted(body: Mapping[str, Any]) -> JsonResponse:
    """Answer that it will be seen to."""
    return json_response(body, status=202)


def raw_json(
    json_text: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """Answer with what is JSON already."""
    return Response(
        status_code=status, content_type="application/json", body=json_text, headers=headers
    )


def to_json(body: Mapping[str, Any]) -> str:
    """Write compact JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
