"""Where the time goes: whose code runs, looked at some hundreds of times a second."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

SECONDS = 4.0
_EVERY = 0.001
"""Seconds of the processor's time; the kernel's tick may make it four times that."""
_OWNERS = {
    "/botocore/": "botocore",
    "/boto3/": "botocore",
    "/pynamodb/": "PynamoDB",
    "/aws_lambda_powertools/": "Powertools",
    "/pydantic": "pydantic",
    "/openhour/": "rules, store and api",
    "/functions/": "rules, store and api",
    "/tests/bench/": "the bench",
}


def shares_of(call: Callable[[], Any]) -> dict[str, float]:
    """The share of each library in the time of a call, the largest first. What the standard
    library does is its caller's."""
    seen: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        seen[_owner(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        until = process_time() + SECONDS
        while process_time() < until:
            call()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    whole = seen.total()
    return {name: times / whole for name, times in seen.most_common()}


def _owner(frame: FrameType | None) -> str:
    while frame is not None:
        path = frame.f_code.co_filename
        for part, owner in _OWNERS.items():
            if part in path:
                return owner
        frame = frame.f_back
    return "the rest"
