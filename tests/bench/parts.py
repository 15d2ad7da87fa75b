"""The parts of the bench, each of which imports what it measures in a process of its own, so that
none weighs on another."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import infra.local  # noqa: F401 - the environment, before the store is imported
from tests.bench.figures import Figure

T = TypeVar("T")


def measure(part: Callable[[], T]) -> T:
    """Measure a part, such as those below. Raises what it raises."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_say_nothing) as pool:
        return pool.submit(part).result()


def cold() -> list[Figure]:
    """Cold starts."""
    from tests.bench import cold  # noqa: PLC0415

    return cold.measure()


def warm() -> list[Figure]:
    """The work of a warm function."""
    from tests.bench import warm  # noqa: PLC0415

    return warm.measure()


def engine() -> list[Figure]:
    """Round trips, units and the crowd. Raises NoEngine."""
    from openhour.store.audit_log import acting_as  # noqa: PLC0415
    from tests.bench import counted, crowd, engine  # noqa: PLC0415

    with engine.metered_engine() as meter, acting_as("operator:bench"):
        return [*counted.measure(meter), *crowd.measure()]


def _say_nothing() -> None:
    """Let the functions' logs and metrics go nowhere: only the table is told."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
