"""Life: the clients of one practice and its therapist, who do as their habits are. Everything is
drawn from one source of chance, so that a seed tells the whole year."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from openhour.rules.weeks import Week, instant_of
from tests.scale.habits import Habits
from tests.scale.office import Office

Event = Callable[[datetime], None]


@dataclass
class Life:
    """A practice, its habits, and what is yet to come."""

    office: Office
    habits: Habits
    chance: Random
    _queue: list[tuple[datetime, int, Event]] = field(default_factory=list)
    _number: count[int] = field(default_factory=count)

    def later(self, at: datetime, event: Event) -> None:
        """Let something happen at an instant."""
        heapq.heappush(self._queue, (at, next(self._number), event))

    def go_on(self, until: datetime) -> None:
        """Let everything happen that comes before an instant."""
        while self._queue and self._queue[0][0] < until:
            at, _, event = heapq.heappop(self._queue)
            event(at)

    def perhaps(self, share: float) -> bool:
        """Whether something happens that does so in that share of the cases."""
        return self.chance.random() < share

    def often(self, mean: float) -> int:
        """How often something happens that does so `mean` times: a Poisson variate, by Knuth's
        product of uniform ones."""
        times, product, least = 0, self.chance.random(), pow(2.718281828459045, -mean)
        while product > least:
            times += 1
            product *= self.chance.random()
        return times

    def some_time(self, day: date, since: int = 8, until: int = 22) -> datetime:
        """An instant of the day between two of its hours, on the practice's clock."""
        minutes = self.chance.randrange(since * 60, until * 60)
        at = time(minutes // 60, minutes % 60)
        return self.clock(day, at) + timedelta(seconds=self.chance.randrange(60))

    def clock(self, day: date, at: time) -> datetime:
        """The instant of a wall-clock time that no clock change skips."""
        instant = instant_of(day, at, self.office.practice.zone)
        if instant is None:
            raise ValueError(f"the clock skips {day} {at}")
        return instant

    def midnight(self, week: Week) -> datetime:
        """The instant at which a week begins."""
        return self.clock(week.monday, time(0))
