"""Threads that repeat one task."""

import sys
import traceback
from collections.abc import Callable
from threading import Event, Thread


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
