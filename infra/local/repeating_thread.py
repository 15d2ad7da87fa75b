"""Threads that repeat one task."""

import sys
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread


def once_every(
    span: timedelta, task: Callable[[], object], now: Callable[[], datetime]
) -> Callable[[], None]:
    """Return a task to be repeated often, which runs `task` when `span` has passed by a clock."""
    last = now()

    def run() -> None:
        nonlocal last
        if now() - last >= span:
            last = now()
            task()

    return run


class RepeatingThread:
    """Repeats a task at an interval until closed. An error is printed, and the task repeated."""

    def __init__(self, task: Callable[[], object], seconds: float, *, name: str) -> None:
        self._task = task
        self._seconds = seconds
        self._closing = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait for a task that is running."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._seconds):
            try:
                self._task()
            except Exception:  # noqa: BLE001 - the next one may succeed
                if not self._closing.is_set():
                    traceback.print_exc(file=sys.stderr)
