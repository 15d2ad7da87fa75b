"""A lock that many hold together, or one alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class ReadersWriterLock:
    """Shared by requests; held exclusively by what must find none of them running.

    Whoever waits for it exclusively comes before those who ask to share it afterwards.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._shares = 0
        self._exclusive = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the lock together with others, once nobody holds or awaits it exclusively."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exclusive)
            self._shares += 1
        try:
            yield
        finally:
            with self._changed:
                self._shares -= 1
                self._changed.notify_all()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the lock alone, once those who hold it have released it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exclusive)
            self._exclusive = True
            self._changed.wait_for(lambda: not self._shares)
        try:
            yield
        finally:
            with self._changed:
                self._exclusive = False
                self._changed.notify_all()
