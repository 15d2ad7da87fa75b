"""Measurements in processes of their own, so that none affects another."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from infra.local.environment import enter_local_environment


def in_own_process(module: str) -> Any:
    """Call `measure()` of the named module in a fresh process and return its result.

    Whatever `measure` raises is raised here.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_silence_output) as pool:
        return pool.submit(_measure, module).result()


def _measure(module: str) -> Any:
    enter_local_environment()
    return importlib.import_module(module).measure()


def _silence_output() -> None:
    """Discard the functions' logs and metrics, so that only the report is printed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
