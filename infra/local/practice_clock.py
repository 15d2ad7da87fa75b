"""Moving the practice's clock: forward through everything that is due, or back to the start."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from typing import Protocol

from infra.local.aws import LocalAws
from infra.local.event_sources import StreamPoller
from infra.local.gateway import Gateway
from infra.local.options import YEARS
from openhour import clock
from openhour.store.practices import invalidate

MAX_AHEAD = timedelta(days=2 * 366)
"""How far the clock moves at once. Each week in between is released."""
_RETRY_SECONDS = 0.1


class PastInstant(Exception):
    """The clock has passed this instant, and only moves forward."""


class FarInstant(Exception):
    """The instant lies further ahead than the clock moves at once."""


class RowsOutside(Exception):
    """The rows are in a DynamoDB outside the local run, which does not delete them."""


class DueSource(Protocol):
    """Something that is due at instants of the practice's clock, such as schedules."""

    def next_due(self, until: datetime) -> datetime | None:
        """Return the first instant until then at which something is due, or None."""

    def run_due(self) -> bool:
        """Run what is due. Return whether nothing is left to be retried."""

    def restarting(self) -> AbstractContextManager[None]:
        """Run nothing meanwhile, and begin anew afterwards."""


class PracticeClock:
    """Moves the practice's clock, while the gateway handles no request."""

    def __init__(
        self,
        aws: LocalAws,
        gateway: Gateway,
        stream_poller: StreamPoller,
        sources: Sequence[DueSource],
        *,
        start: datetime | None,
        seed: Callable[[], None],
    ) -> None:
        """Take where the clock starts, None for the present. `sources` run in their order."""
        self._aws = aws
        self._gateway = gateway
        self._stream_poller = stream_poller
        self._sources = sources
        self.start = start
        self._seed = seed

    @property
    def can_start_over(self) -> bool:
        """Whether all rows are in memory, so that they may be deleted."""
        return self._aws.endpoint is None

    def begin(self) -> None:
        """Seed, at the start. The time that takes does not count if the start was given."""
        self._set_start()
        self._seed()
        if self.start is not None:
            clock.set_now(self.start)

    def _set_start(self) -> None:
        if self.start is None:
            clock.reset()
        else:
            clock.set_now(self.start)

    def advance(self, instant: datetime) -> None:
        """Move the clock to `instant`, and run everything that is due until then at its own time.

        Raises:
            PastInstant: The clock has passed it.
            FarInstant: It is more than `MAX_AHEAD` away, or in none of the years of `options`.
            TimeoutError: Some stream records remain. The clock stands where they were written.
        """
        with self._gateway.lock.exclusive():
            ahead = instant - clock.now()
            if ahead < timedelta(0):
                raise PastInstant
            if ahead > MAX_AHEAD or instant.year not in YEARS:
                raise FarInstant
            self._stream_poller.drain()
            while due := self._next_due(instant):
                self._step_to(due)
            self._step_to(instant)

    def start_over(self) -> None:
        """Delete everything, reject all tokens, and seed anew at the start.

        Raises:
            RowsOutside: The rows are not in memory.
        """
        if not self.can_start_over:
            raise RowsOutside
        with self._gateway.lock.exclusive():
            with ExitStack() as stack:
                stack.enter_context(self._stream_poller.restarting())
                for source in self._sources:
                    stack.enter_context(source.restarting())
                self._aws.delete_everything()
                invalidate()
                self._set_start()
            self._reject_earlier_tokens()
            self.begin()

    def _reject_earlier_tokens(self) -> None:
        """Tokens say to the second when they were issued, so the new ones wait for the next."""
        self._gateway.tokens_since = math.floor(time.time()) + 1
        time.sleep(max(0, self._gateway.tokens_since - time.time()))

    def _next_due(self, until: datetime) -> datetime | None:
        """Return the first instant until then at which any source has something to run."""
        first: datetime | None = None
        for source in self._sources:
            first = source.next_due(first or until) or first
        return first

    def _step_to(self, instant: datetime) -> None:
        """Set the clock, run what is due, and handle what that has written."""
        if instant > clock.now():
            clock.set_now(instant)
        for source in self._sources:
            while not source.run_due():
                time.sleep(_RETRY_SECONDS)
        self._stream_poller.drain()
