"""Origin verification: public routes may be reachable only through CloudFront and its firewall."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

_HEADER = "x-origin-verify"


def is_from_distribution(event: Mapping[str, Any]) -> bool:
    """Return whether the request came through the distribution, which adds a key.

    Without a distribution, every request passes.
    """
    key = os.environ.get("ORIGIN_VERIFY_KEY", "")
    sent = (event.get("headers") or {}).get(_HEADER, "")
    return not key or compare_digest(sent.encode(), key.encode())
