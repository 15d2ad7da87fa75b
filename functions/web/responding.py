"""Responses with built files: caching, compression and security headers."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from html import escape
from string import Template

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from functions.web.built_files import BuiltFile, built_files
from functions.web.security import SECURITY_HEADERS
from openhour.api.entity_tags import matches

REVALIDATED = "no-cache"
"""Kept by browsers, and used only after the server has confirmed it."""


PageResponse = Response[bytes]
"""An HTTP response whose body is a file's content."""


class _FileResponse(Response[bytes]):
    # Powertools would write the bytes of a JSON file as JSON once more.
    def is_json(self) -> bool:
        """Return False: a file of JSON is text already."""
        return False


def file_response(
    file: BuiltFile | None,
    request: Mapping[str, str],
    cache_control: str,
    headers: Mapping[str, str] | None = None,
) -> PageResponse:
    """Return a built file in the best form that the request's headers accept.

    Raises:
        NotFoundError: There is no such file.
    """
    if file is None:
        raise NotFoundError
    encoding = file.encoding_for(request.get("accept-encoding", ""))
    etag = file.etag_for(encoding)
    named = {
        **SECURITY_HEADERS,
        "Cache-Control": cache_control,
        "ETag": etag,
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if matches(etag, request.get("if-none-match", "")):
        return _FileResponse(status_code=304, headers=named)
    if encoding:
        named["Content-Encoding"] = encoding
    return _FileResponse(
        status_code=200,
        content_type=file.content_type,
        body=file.content(encoding),
        headers=named,
    )


def page_response(
    name: str,
    request: Mapping[str, str],
    policy: str,
    *,
    words: Mapping[str, str] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> PageResponse:
    """Return an HTML page under a Content-Security-Policy, with `words` in its placeholders.

    Raises:
        NotBuilt: There is no page at all.
    """
    file = built_files()[name]
    escaped = {placeholder: escape(word) for placeholder, word in (words or {}).items()}
    body = Template(file.content().decode()).substitute(escaped)
    # The policy counts: a browser that keeps a page keeps its headers.
    etag = f'"{sha256((policy + body).encode()).hexdigest()[:16]}"'
    named = {
        **SECURITY_HEADERS,
        "Cache-Control": REVALIDATED,
        "Content-Security-Policy": policy,
        "ETag": etag,
        **(headers or {}),
    }
    if status == 200 and matches(etag, request.get("if-none-match", "")):
        return _FileResponse(status_code=304, headers=named)
    return _FileResponse(
        status_code=status, content_type=file.content_type, body=body.encode(), headers=named
    )
