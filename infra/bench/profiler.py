"""A sampling profiler that attributes CPU time to libraries."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

SECONDS = 4.0
"""CPU time for which a call is sampled."""
_INTERVAL = 0.001
"""Seconds of CPU time between samples; the kernel's tick may make it four times that."""
_OWNERS = {
    "/botocore/": "botocore",
    "/boto3/": "botocore",
    "/pynamodb/": "PynamoDB",
    "/aws_lambda_powertools/": "Powertools",
    "/pydantic": "pydantic",
    "/openhour/": "rules, store and api",
    "/functions/": "rules, store and api",
    "/infra/bench/": "the bench",
}
"""Library by a part of its path. Time in the standard library belongs to the caller."""


def shares_of(call: Callable[[], Any]) -> dict[str, float]:
    """Return each library's share of the CPU time of `call`, largest first."""
    samples: Counter[str] = Counter()

    def sample(_signal: int, frame: FrameType | None) -> None:
        samples[_owner(frame)] += 1

    previous = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    try:
        deadline = process_time() + SECONDS
        while process_time() < deadline:
            call()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    total = samples.total()
    return {owner: count / total for owner, count in samples.most_common()}


def _owner(frame: FrameType | None) -> str:
    while frame is not None:
        path = frame.f_code.co_filename
        for part, owner in _OWNERS.items():
            if part in path:
                return owner
        frame = frame.f_back
    return "the rest"
