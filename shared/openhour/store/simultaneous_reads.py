"""Reads that take place at the same time, so that they take one round trip together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")
_threads = ThreadPoolExecutor(32, "openhour-read")


def at_once(read: Callable[[], T], other: Callable[[], U]) -> tuple[T, U]:
    """Return what two reads return that take place at the same time.

    The first one runs in a thread of its own, restricted to the same tenant.

    Raises:
        Exception: What a read raises, the first one's first.
    """
    pending = _threads.submit(copy_context().run, read)
    try:
        second = other()
    finally:
        first = pending.result()
    return first, second
