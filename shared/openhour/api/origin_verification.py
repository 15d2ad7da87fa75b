"""The front door: where a deployment has one, with a firewall, nobody comes around it to the public
routes. All others are open to those alone who have signed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

_HEADER = "x-front-door"


def is_from_distribution(event: Mapping[str, Any]) -> bool:
    """Whether the request came by the door, which shows its key with every one; where there is no
    door, all have."""
    key = os.environ.get("FRONT_DOOR_KEY", "")
    shown = (event.get("headers") or {}).get(_HEADER, "")
    return not key or compare_digest(shown.encode(), key.encode())
