"""Origins: the sites that may embed a practice's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openhour.rules.refusals import Invalid

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_PORT = (
    r"(?!443$)([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
    r"|655[0-2][0-9]|6553[0-5])"
)
ORIGIN = rf"https://({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?(:{_PORT})?"
"""An https origin as browsers write it: a host with a domain in lower case, without the default
port (RFC 6454, 6.2), so that it can be compared letter by letter."""
MAX_ORIGIN_LENGTH = 267
"""The scheme, a host of 253 characters (RFC 1035, 2.3.4, as text), and a port."""
_ORIGIN = re.compile(ORIGIN)


def is_origin(text: str) -> bool:
    """Return whether the text is an https origin, without path, user or wildcard."""
    return len(text) <= MAX_ORIGIN_LENGTH and _ORIGIN.fullmatch(text) is not None


def require_origins(field: str, texts: Sequence[str], *, most: int) -> None:
    """Require https origins, each named once, at most so many.

    Raises:
        Invalid: There are more, one is no such origin, or one is named twice.
    """
    if len(texts) > most:
        raise Invalid.field(field, f"Must have at most {most} origins.")
    if not all(map(is_origin, texts)):
        raise Invalid.field(field, "Must be origins like https://www.example.com.")
    if len(set(texts)) < len(texts):
        raise Invalid.field(field, "Must name each origin once.")
