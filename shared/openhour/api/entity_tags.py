"""Entity tags: responses that need not be sent again while nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from aws_lambda_powertools.event_handler import Response

from openhour.api.responses import JsonResponse, json_response, to_json

_DIGITS = 16


def matches(etag: str, if_none_match: str) -> bool:
    """Return whether an `If-None-Match` header names the entity tag, by weak comparison."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags


def response_unless_known(
    body: Mapping[str, Any], if_none_match: str | None, *, now: str
) -> JsonResponse:
    """Return a JSON object and `now`, or 304 if the caller has the same object already.

    The tag is weak: objects that differ in `now` alone are the same to it.
    """
    etag = f'W/"{sha256(to_json(body).encode()).hexdigest()[:_DIGITS]}"'
    if matches(etag, if_none_match or ""):
        return Response(status_code=304, headers={"ETag": etag})
    return json_response({**body, "now": now}, etag=etag)
