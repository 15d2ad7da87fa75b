"""The rule that invokes the overdue monitor every hour, by the practice's clock."""

import sys
import traceback
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from openhour.schedules import find_overdue
from openhour.store.practices import all_practices

_HOUR = timedelta(hours=1)


class HourlyMonitor:
    """Invokes the overdue monitor when an hour has passed since the last time."""

    def __init__(self, invoke: Callable[[], object], now: Callable[[], datetime]) -> None:
        self._invoke = invoke
        self._now = now
        self._last = now()
        self._lock = Lock()

    def run_due(self) -> bool:
        """Invoke the monitor if it is due. Return True: an error is printed and not retried."""
        with self._lock:
            now = self._now()
            if now - self._last >= _HOUR:
                self._last = now
                try:
                    self._invoke()
                except Exception:  # noqa: BLE001 - the next hour may succeed
                    traceback.print_exc(file=sys.stderr)
        return True

    def next_due(self, until: datetime) -> datetime | None:
        """Return the first hour until then at which the monitor has a release to run, or None.

        Only runs that find one change anything. A release that is overdue stays so until it has
        run, so the last hour tells whether there is one, and bisection finds the first.
        """
        with self._lock:
            last = self._last
        hours = range(1, max(0, (until - last) // _HOUR) + 1)
        first = bisect_left(hours, 1, key=lambda hour: _is_any_overdue(last + hour * _HOUR))
        return last + hours[first] * _HOUR if first < len(hours) else None

    @contextmanager
    def restarting(self) -> Iterator[None]:
        """Invoke nothing meanwhile, and begin a new hour afterwards."""
        with self._lock:
            yield
            self._last = self._now()


def _is_any_overdue(now: datetime) -> bool:
    return any(find_overdue(practice, now=now) for practice in all_practices())
