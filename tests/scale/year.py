"""The year of one practice, from its first Monday to the Monday after the fifty-second week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from statistics import fmean

from openhour.rules.clients import Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import NotAccepting
from openhour.rules.settings import OnStrikeLimit
from openhour.rules.slots import SlotState
from openhour.rules.weeks import WEEKDAYS, Week
from tests.scale import desk
from tests.scale.checks import check
from tests.scale.clients import Clients
from tests.scale.habits import Habits
from tests.scale.ledger import Ledger
from tests.scale.life import Event, Life
from tests.scale.office import Office
from tests.scale.operations import Operation

FIRST, WEEKS = Week(2027, 1), 52
_A_MONTH = WEEKS / 12
"""Weeks."""
_ZONE = "America/New_York"
_DAY = timedelta(days=1)
_FORESIGHT = 8
"""Weeks between the day on which holidays are entered and the holidays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What a practice asked of AWS in a year: operations, those in the minutes after a release on
    an average Friday, the people active in an average month, and how many clients it has."""

    habits: Habits
    weeks: int
    counts: Counter[Operation]
    rush: dict[Operation, float]
    active_a_month: float
    clients: int
    kept: int

    def a_month(self, operation: Operation) -> float:
        """How often it happens in an average month."""
        return self.counts[operation] / self.weeks * _A_MONTH


def live(habits: Habits, *, seed: int, weeks: int = WEEKS) -> Year:
    """Live through the year, or its first weeks: the same seed, the same year."""
    return _Practice(habits, Random(seed)).live(weeks)


class _Practice:
    """The therapist's own rhythm, in which everything else happens."""

    def __init__(self, habits: Habits, chance: Random) -> None:
        self._habits = habits
        ledger = Ledger(rush=timedelta(minutes=habits.rush_minutes))
        practice = Practice(
            therapist_id="t1",
            timezone=_ZONE,
            office_phone="+1 212 555 0100",
            hours=habits.hours,
            on_strike_limit=OnStrikeLimit.SUSPEND,
        )
        self._office = Office(practice, ledger)
        self._life = Life(self._office, habits, chance)
        self._clients = Clients(self._life)
        self._registered: Counter[Week] = Counter()
        self._names = 0

    def live(self, weeks: int) -> Year:
        """The year, with what must hold checked after every week."""
        self._found(self._life.clock(FIRST.monday - _DAY * 3, time(12)))
        for number in range(weeks):
            self._live(FIRST + number, number)
        return self._told(weeks)

    def _live(self, week: Week, number: int) -> None:
        self._begin(week, number)
        ended = self._life.midnight(week + 1)
        self._life.go_on(ended)
        check(self._office, now=ended)
        self._office.put_away(ended - _DAY * 7)

    def _found(self, now: datetime) -> None:
        """The hours, the clients, the regulars, then the switch; none of it counts."""
        office, habits = self._office, self._habits
        office.practice = replace(
            office.practice, released_through=office.practice.week_of(now), self_scheduling=True
        )
        office.plan(now=now)
        rhythms = [1] * habits.weekly_regulars + [2] * habits.fortnightly_regulars
        for every_weeks in rhythms:
            self._settle(self._add(now), now, every_weeks=every_weeks)
        for _ in range(habits.others):
            self._add(now)
        for number, days in habits.holidays:
            if number < _FORESIGHT:
                self._rest(FIRST + number, days, now)
        self._release(now=self._life.clock(FIRST.monday - _DAY * 3, office.practice.release.time))
        office.ledger = replace(office.ledger, counts=Counter(), rushed=Counter(), releases=0)
        office.ledger.active.clear()

    def _begin(self, week: Week, number: int) -> None:
        """Draw what will happen in a week."""
        life, habits, release = self._life, self._habits, self._office.practice.release
        self._clients.begin_week(week)
        life.later(life.clock(week.day(release.weekday), release.time), self._release)
        for at_number, days in habits.holidays:
            if at_number == number + _FORESIGHT:
                self._some_day(week, partial(self._rest, FIRST + at_number, days))
        for days in range(7):
            self._draw_day(week.monday + _DAY * days)
        for mean_a_month, event in (
            (habits.asking_a_month, self._ask),
            (habits.leaving_a_month, self._leave),
            (habits.settling_a_month, self._settle_somebody),
            (habits.by_hand_a_week * _A_MONTH, self._set_by_hand),
            (habits.records_a_week * _A_MONTH, self._look(Operation.CLIENT)),
        ):
            for _ in range(life.often(mean_a_month / _A_MONTH)):
                self._some_day(week, event)
        self._some_day(week, self._look(Operation.CLIENTS))
        life.later(life.some_time(week.day("friday"), 9, 17), self._look(Operation.FORESEE))

    def _some_day(self, week: Week, event: Event) -> None:
        day = week.monday + _DAY * self._life.chance.randrange(5)
        self._life.later(self._life.some_time(day), event)

    def _draw_day(self, day: date) -> None:
        """A day with hours has its looks at the calendar, and now and then the therapist is ill."""
        life, weekday = self._life, WEEKDAYS[day.weekday()]
        if all(entry.weekday != weekday for entry in self._habits.hours):
            return
        working = len({entry.weekday for entry in self._habits.hours}) * WEEKS
        if life.perhaps(self._habits.sick_days / working):
            life.later(life.clock(day, time(7)), partial(self._be_ill, day))
        life.later(life.clock(day, time(8)), self._look(Operation.PRACTICE))
        for _ in range(life.often(self._habits.calendars_a_day)):
            life.later(life.some_time(day, 8, 20), self._look(Operation.CALENDAR))
        begun = life.clock(day, time(0))
        life.later(life.clock(day, time(23)), partial(self._clients.end_day, begun))

    def _look(self, operation: Operation) -> Event:
        return lambda at: desk.look(self._office, operation, now=at)

    def _release(self, now: datetime) -> None:
        self._office.release(now, now=now)

    def _rest(self, week: Week, days: int, now: datetime) -> None:
        since, until = week.monday, week.monday + _DAY * days
        self._call_off(self._life.clock(since, time(0)), self._life.clock(until, time(0)), now)

    def _be_ill(self, day: date, now: datetime) -> None:
        self._call_off(now, self._life.clock(day, time(23)), now)

    def _call_off(self, begins: datetime, ends: datetime, now: datetime) -> None:
        cancelled_by_therapist = desk.take_time_off(self._office, begins, ends, now=now)
        self._clients.miss(cancelled_by_therapist, now=now)

    def _add(self, now: datetime) -> str:
        desk.add_client(self._office, self._name(), now=now)
        return f"c{self._names}"

    def _name(self) -> str:
        self._names += 1
        return f"c{self._names}"

    def _ask(self, now: datetime) -> None:
        """Who is turned away calls the office, and is entered there in half of the cases."""
        week = self._office.practice.week_of(now)
        name = self._name()
        try:
            desk.register(self._office, name, registered=self._registered[week], now=now)
        except NotAccepting:
            if self._life.perhaps(0.5):
                desk.add_client(self._office, name, now=now)
        else:
            self._registered[week] += 1
        if name in self._office.clients:
            self._life.later(now + _DAY, partial(self._clients.visit, name))

    def _leave(self, now: datetime) -> None:
        staying = self._clients.active()
        if staying:
            desk.discharge(self._office, self._life.chance.choice(staying), now=now)

    def _settle(self, client_id: str, now: datetime, *, every_weeks: int = 1) -> None:
        desk.add_regular(self._office, client_id, every_weeks=every_weeks, now=now)

    def _settle_somebody(self, now: datetime) -> None:
        """One repeating time ends, and another client takes one."""
        standing = [r for r in self._office.regulars.values() if not r.ended]
        others = self._clients.others()
        if standing and others:
            ended = self._life.chance.choice(standing)
            desk.end_regular(self._office, ended.regular_id, now=now)
            self._settle(self._life.chance.choice(others), now, every_weeks=ended.every_weeks)

    def _set_by_hand(self, now: datetime) -> None:
        """One slot is kept back, another given to somebody."""
        free = [s for s in self._office.since(now + _DAY) if not s.booked]
        others = self._clients.others()
        if len(free) < 2 or not others:
            return
        kept, given = self._life.chance.sample(free, 2)
        desk.set_slot(self._office, kept.slot_id, SlotState.HELD, now=now)
        desk.look(self._office, Operation.CALENDAR, now=now)
        self._office.book_for(self._life.chance.choice(others), given.slot_id, now=now)

    def _told(self, weeks: int) -> Year:
        ledger, office = self._office.ledger, self._office
        office.put_away(self._life.midnight(FIRST + weeks))
        months = sorted(ledger.active)  # the first and the last are not whole
        clients = [c for c in office.clients.values() if c.privilege is not Privilege.ENDED]
        return Year(
            habits=self._habits,
            weeks=weeks,
            counts=ledger.counts,
            rush={name: times / ledger.releases for name, times in ledger.rushed.items()},
            active_a_month=fmean(len(ledger.active[month]) for month in months[1:-1] or months),
            clients=len(clients),
            kept=office.kept,
        )
