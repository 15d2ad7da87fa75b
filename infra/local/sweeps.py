"""The rule that sweeps what is due every minute, by the practice's clock.

The practice's clock moves through years at once. So minutes with nothing due are passed over: the
cursors are moved up to the first minute with something due.
"""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock

from openhour.store.due import SHARDS, advance_cursor, minute_of
from openhour.store.models import DueRow

_MINUTE = timedelta(minutes=1)
_FORMAT = "%Y-%m-%dT%H:%MZ"


class MinuteSweep:
    """Invokes the sweep when something has become due since the last minute."""

    def __init__(self, invoke: Callable[[], object], now: Callable[[], datetime]) -> None:
        self._invoke = invoke
        self._now = now
        self._lock = Lock()
        self._swept_through = minute_of(now()) - _MINUTE

    def run_due(self) -> bool:
        """Sweep if anything is due. Return True: an error is printed and tried again later."""
        with self._lock:
            last = minute_of(self._now())
            while first := self._first_due(last):
                self._pass_over(first - _MINUTE)
                try:
                    self._invoke()
                except Exception:  # noqa: BLE001 - the next minute may succeed
                    traceback.print_exc(file=sys.stderr)
                    return True
                self._swept_through = first
        return True

    def next_due(self, until: datetime) -> datetime | None:
        """Return the first minute until then in which something is due, or None."""
        with self._lock:
            return self._first_due(until)

    @contextmanager
    def restarting(self) -> Iterator[None]:
        """Sweep nothing meanwhile, and begin anew afterwards."""
        with self._lock:
            yield
            self._swept_through = minute_of(self._now()) - _MINUTE

    def _first_due(self, until: datetime) -> datetime | None:
        minutes = (
            datetime.strptime(row.bucket.partition("#")[0], _FORMAT).replace(tzinfo=UTC)
            for row in DueRow.scan(DueRow.intent.exists())
        )
        waiting = (each for each in minutes if self._swept_through < each <= until)
        return min(waiting, default=None)

    def _pass_over(self, minute: datetime) -> None:
        for shard in range(SHARDS):
            advance_cursor(shard, minute)
