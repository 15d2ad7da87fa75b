"""Simulates a year of one practice and counts the operations that it asks of AWS.

Sessions, visits, cancellations and moves happen one by one, since they depend on
which slots are free. Everything else happens at the rates of the habits. Local times are written
as UTC, without changes of the clock.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from math import exp
from random import Random
from statistics import fmean

from infra.capacity.habits import Habits
from infra.capacity.operations import Operation

FIRST, WEEKS = datetime(2027, 1, 4, tzinfo=UTC), 52
WEEKS_A_MONTH = WEEKS / 12
_HORIZON = 6
"""Weeks published ahead (`horizon_weeks` of a new practice)."""
_BOOKING_NOTICE = timedelta(hours=12)
_SESSIONS_A_WEEK = 1
_SIGNED_IN = timedelta(days=7)
"""How long a client stays signed in (`RefreshTokenValidity` in the template)."""
_RELEASE = timedelta(days=4, hours=18)
"""Time of the release after Monday, 00:00."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_THERAPIST = -1

Event = Callable[[datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A practice's operations in a year, and in the minutes after an average release."""

    habits: Habits
    counts: Counter[Operation]
    rush: dict[Operation, float]
    active_a_month: float
    """Users whom Cognito charges for in an average month."""
    kept: int
    """Sessions that took place."""

    @property
    def clients(self) -> int:
        """The clients of the practice."""
        habits = self.habits
        return habits.weekly_regulars + habits.fortnightly_regulars + habits.others

    def a_month(self, operation: Operation) -> float:
        """Return how often an operation happens in an average month."""
        return self.counts[operation] / 12


@dataclass(slots=True)
class _Slot:
    start: datetime
    state: str
    """`open`, `held`, `blocked` or `booked`."""
    client: int = 0
    booking: int = 0
    """Tells one booking of the slot from the next."""

    @property
    def week(self) -> int:
        return (self.start - FIRST).days // 7


def simulate(habits: Habits, *, seed: int) -> Year:
    """Simulate a year; the same seed yields the same year."""
    return _Simulation(habits, Random(seed)).run()


class _Simulation:
    def __init__(self, habits: Habits, random: Random) -> None:
        self._habits = habits
        self._random = random
        self._slots: dict[datetime, _Slot] = {}
        self._queue: list[tuple[datetime, int, Event]] = []
        self._numbers = count()
        self._counts: Counter[Operation] = Counter()
        self._rush: Counter[Operation] = Counter()
        self._rush_ends = FIRST
        self._active: dict[int, set[int]] = defaultdict(set)
        self._signed_in: dict[int, datetime] = {}
        self._days_off = {
            FIRST + _WEEK * week + _DAY * day
            for week, days in habits.holidays
            for day in range(days)
        }
        self._regulars = habits.weekly_regulars + habits.fortnightly_regulars
        self._kept = 0

    def run(self) -> Year:
        for week in range(_HORIZON):
            self._publish(week, FIRST, released=week == 0)
        self._counts.clear()
        for week in range(WEEKS):
            self._draw_week(week)
            while self._queue and self._queue[0][0] < FIRST + _WEEK * (week + 1):
                now, _, event = heapq.heappop(self._queue)
                event(now)
            for start in [start for start in self._slots if start < FIRST + _WEEK * (week + 1)]:
                self._kept += self._slots.pop(start).state == "booked"
        self._add_rates()
        return Year(
            habits=self._habits,
            counts=self._counts,
            rush={operation: n / WEEKS for operation, n in self._rush.items()},
            active_a_month=fmean(len(self._active[month]) for month in range(1, 13)),
            kept=self._kept,
        )

    def _draw_week(self, week: int) -> None:
        """Schedule the release, the visits and the therapist's sick days of a week."""
        monday, habits = FIRST + _WEEK * week, self._habits
        self._later(monday + _RELEASE, partial(self._release, week))
        self._draw_visits(monday)
        for slot in self._slots.values():
            if slot.week == week + 1 and slot.state == "booked" and slot.client < self._regulars:
                self._draw_fate(slot, now=monday)
        for day in range(habits.days):
            if self._chance(habits.sick_days / (habits.days * WEEKS)):
                self._later(monday + _DAY * day + timedelta(hours=7), self._call_off_day)

    def _draw_visits(self, monday: datetime) -> None:
        """Schedule the first visits of a week, of clients and of new clients."""
        habits = self._habits
        for client in range(self._regulars, self._regulars + habits.others):
            if self._chance(habits.wishing):
                if self._chance(habits.eager):
                    seconds = 1 + self._random.random() * (habits.rush_minutes * 60 - 1)
                    visit = monday + _RELEASE + timedelta(seconds=seconds)
                else:
                    visit = monday + _DAY * self._random.randrange(7) + self._daytime()
                self._later(visit, partial(self._visit, client, habits.tries))
        for _ in range(self._poisson(habits.joining_a_month / WEEKS_A_MONTH)):
            visit = monday + _DAY * self._random.randrange(7) + self._daytime()
            self._later(visit, partial(self._visit, next(self._numbers) + 1000, habits.tries))

    def _release(self, week: int, now: datetime) -> None:
        """Open next week's prime slots, publish one more week, and start the rush."""
        self._count(Operation.RELEASE, now)
        self._count(Operation.PRACTICE_EVENT, now)
        for slot in self._slots.values():
            if slot.week == week + 1 and slot.state == "held":
                slot.state = "open"
                self._count(Operation.OPENED, now)
        self._publish(week + _HORIZON, now)
        for slot in self._slots.values():  # placing a regular's next session drops past weeks, too
            if slot.week == week and slot.state == "booked" and slot.client >= self._regulars:
                self._count(Operation.DROPPED, now)
                self._count(Operation.CLIENT_EVENT, now)
        self._rush_ends = now + timedelta(minutes=self._habits.rush_minutes)

    def _publish(self, week: int, now: datetime, *, released: bool = False) -> None:
        """Write a week's slots, and place its regulars, who have the evenings first."""
        habits = self._habits
        hours = (*habits.prime, *habits.hours)
        pairs = [(hour, day) for hour in hours for day in range(habits.days)]
        for client, (hour, day) in enumerate(pairs):
            start = FIRST + _WEEK * week + _DAY * day + timedelta(hours=hour)
            off = start - timedelta(hours=hour) in self._days_off
            held = hour in habits.prime and not released
            slot = _Slot(start, "blocked" if off else "held" if held else "open")
            self._slots[start] = slot
            if not off and self._is_placed(client, week):
                self._count(Operation.PLACED, now)
                self._occupy(slot, client, now)
            else:
                self._count(Operation.PUBLISHED, now)

    def _is_placed(self, client: int, week: int) -> bool:
        fortnightly = client - self._habits.weekly_regulars
        if fortnightly < 0:
            return True
        return fortnightly < self._habits.fortnightly_regulars and (client + week) % 2 == 0

    def _occupy(self, slot: _Slot, client: int, now: datetime) -> None:
        slot.state, slot.client, slot.booking = "booked", client, next(self._numbers)
        self._count(Operation.CLIENT_EVENT, now)

    def _visit(self, client: int, tries: int, now: datetime) -> None:
        """Look for a slot and book it, or come back a day later."""
        self._sign_in(client, now)
        slot = self._choose(client, now)
        if slot is None:
            if tries > 1:
                self._later(now + _DAY, partial(self._visit, client, tries - 1))
            return
        if self._chance(self._habits.beaten):
            self._count(Operation.REFUSED, now)
            self._count(Operation.SLOTS, now)
        self._count(Operation.BOOK, now)
        self._occupy(slot, client, now)
        self._draw_fate(slot, now)

    def _sign_in(self, client: int, now: datetime) -> None:
        """Sign in, or refresh a token, which does not extend the sign-in; then read one's page."""
        if now - self._signed_in.get(client, FIRST - _DAY * 30) < _SIGNED_IN:
            self._count(Operation.REFRESH, now)
        else:
            self._signed_in[client] = now
            self._count(Operation.SIGN_IN, now)
        self._active[now.month].add(client)
        self._count(Operation.ME, now)

    def _choose(self, client: int, now: datetime, *, moving: int | None = None) -> _Slot | None:
        """Read the open slots and pick one, in a week with room; `moving`: the session's week."""
        self._count(Operation.SLOTS, now, 1 + self._poisson(self._habits.looks - 1))
        weeks = Counter(
            slot.week
            for slot in self._slots.values()
            if slot.state == "booked" and slot.client == client
        )
        fitting = [
            slot
            for slot in self._slots.values()
            if slot.state == "open"
            and now + _BOOKING_NOTICE <= slot.start < now + _DAY * self._habits.ahead_days
            and (slot.week == moving or weeks[slot.week] < _SESSIONS_A_WEEK)
        ]
        return self._random.choice(fitting) if fitting else None

    def _draw_fate(self, slot: _Slot, now: datetime) -> None:
        """Draw whether the client keeps, cancels or moves the session, and when."""
        habits, fate = self._habits, self._random.random()
        if fate > habits.cancelling + habits.moving:
            return
        longest = slot.start - now
        if longest < _DAY or self._chance(habits.late):
            notice = self._random.uniform(0.02, 1) * min(_DAY, longest)
        else:
            notice = self._random.uniform(0.01, 1) * (longest - _DAY) + _DAY
        act = self._cancel if fate < habits.cancelling else self._move
        self._later(slot.start - notice, partial(act, slot, slot.booking))

    def _cancel(self, slot: _Slot, booking: int, now: datetime) -> None:
        if slot.booking != booking:
            return
        self._sign_in(slot.client, now)
        self._count(Operation.CANCEL, now)
        self._free(slot, now)
        if self._chance(self._habits.rebooking):
            self._visit(slot.client, 1, now)

    def _move(self, slot: _Slot, booking: int, now: datetime) -> None:
        if slot.booking != booking:
            return
        self._sign_in(slot.client, now)
        target = self._choose(slot.client, now, moving=slot.week)
        if target is not None:
            self._count(Operation.MOVE, now)
            self._free(slot, now)
            self._occupy(target, slot.client, now)

    def _free(self, slot: _Slot, now: datetime) -> None:
        slot.state, slot.booking = "open", 0
        self._count(Operation.CLIENT_EVENT, now)

    def _call_off_day(self, now: datetime) -> None:
        """Take the day off: its sessions end, and some of their clients book others."""
        self._count(Operation.TIME_OFF, now)
        self._count(Operation.PRACTICE_EVENT, now)
        for slot in self._slots.values():
            if slot.start.date() == now.date() and slot.state == "booked":
                self._free(slot, now)
                self._count(Operation.ENDED, now)
                if self._chance(self._habits.rebooking):
                    visit = now + timedelta(hours=self._random.uniform(1, 48))
                    self._later(visit, partial(self._visit, slot.client, self._habits.tries))
            if slot.start.date() == now.date():
                slot.state = "blocked"

    def _add_rates(self) -> None:
        """Add the operations that depend on nothing but their rate."""
        habits, counts = self._habits, self._counts
        strikes = habits.missing * self._kept
        changes = 2 * habits.settling_a_month + habits.joining_a_month
        a_year = {
            Operation.PRACTICE: WEEKS * habits.days,
            Operation.CALENDAR: WEEKS * (habits.days * habits.calendars_a_day),
            Operation.CLIENTS: WEEKS,
            Operation.PREVIEW_RELEASE: WEEKS,
            Operation.CLIENT: WEEKS * habits.records_a_week,
            Operation.SET_SLOT: WEEKS * habits.by_hand_a_week,
            Operation.BOOK_FOR: WEEKS * habits.by_hand_a_week,
            Operation.OUTCOME: strikes * (1 + habits.waiving),
            Operation.TIME_OFF: len(habits.holidays),
            Operation.THERAPIST: 12 * habits.asking_a_month,
            Operation.ADD_CLIENT: 12 * habits.joining_a_month,
            Operation.INVITE: 12 * habits.joining_a_month,
            Operation.DISCHARGE: 12 * habits.joining_a_month,
            Operation.ADD_REGULAR: 12 * habits.settling_a_month,
            Operation.END_REGULAR: 12 * habits.settling_a_month,
            Operation.PLACED: 12 * habits.settling_a_month * _HORIZON,
            Operation.ENDED: 12 * changes * _HORIZON / 2,
            Operation.PRACTICE_EVENT: 12 * changes + len(habits.holidays),
        }
        for operation, times in a_year.items():
            counts[operation] += round(times)
        for month in range(1, 13):
            self._active[month].add(_THERAPIST)

    def _count(self, operation: Operation, now: datetime, times: int = 1) -> None:
        self._counts[operation] += times
        if now < self._rush_ends:
            self._rush[operation] += times

    def _later(self, when: datetime, event: Event) -> None:
        heapq.heappush(self._queue, (when, next(self._numbers), event))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _daytime(self) -> timedelta:
        """Draw a time of day from 8 to 22 o'clock."""
        return timedelta(minutes=self._random.randrange(8 * 60, 22 * 60))

    def _poisson(self, mean: float) -> int:
        """Draw a Poisson variate, by Knuth's product of uniform variates."""
        times, product = 0, self._random.random()
        while product > exp(-mean):
            times += 1
            product *= self._random.random()
        return times
