"""What clients do: come to book, cancel, move, or not turn up."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from openhour.rules.appointments import Appointment, Status
from openhour.rules.clients import Client, Privilege
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import SlotTaken
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week, slot_id_of
from tests.scale.desk import look, set_privilege
from tests.scale.life import Life
from tests.scale.operations import Operation

_REMEMBERED = timedelta(days=7)
"""How long one stays signed in (`RefreshTokenValidity` in the template)."""
_DAY = timedelta(days=1)


class Clients:
    """All clients of one practice. Regulars are known by their appointments."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._office = life.office
        self._habits = life.habits
        self._seen: dict[str, datetime] = {}

    def begin_week(self, week: Week) -> None:
        """Draw who comes to book this week, and what becomes of next week's repeating sessions."""
        for client_id in self.others():
            if self._life.perhaps(self._habits.wishing):
                self._life.later(self._some_visit(week), partial(self.visit, client_id))
        for slot in self._office.slots.values():
            if slot.week == week + 1 and slot.regular_id:
                self._draw_fate(slot.appointment_id or "", now=self._life.midnight(week))

    def others(self) -> list[str]:
        """The clients who may book and have no repeating time."""
        regulars = {r.client_id for r in self._office.regulars.values() if not r.ended}
        return [name for name in self.active() if name not in regulars]

    def active(self) -> list[str]:
        """The clients who may book."""
        clients = self._office.clients.values()
        return [c.client_id for c in clients if c.privilege is Privilege.ACTIVE]

    def _some_visit(self, week: Week) -> datetime:
        """Some wait for the release; others come on any day."""
        life, release = self._life, self._office.practice.release
        if life.perhaps(self._habits.eager):
            rush = self._habits.rush_minutes * 60
            released = life.clock(week.day(release.weekday), release.time)
            return released + timedelta(seconds=1 + life.chance.random() * (rush - 1))
        return life.some_time(week.monday + _DAY * life.chance.randrange(7))

    def visit(self, client_id: str, now: datetime, *, tries: int | None = None) -> None:
        """Come to book a session, and come again if there is nothing."""
        if not self._sign_in(client_id, now=now):
            return
        chosen = self._choose(client_id, now=now)
        if chosen is None:
            left = self._habits.tries if tries is None else tries
            if left > 1:
                self._life.later(now + _DAY, partial(self.visit, client_id, tries=left - 1))
            return
        if self._life.perhaps(self._habits.beaten):
            self._be_beaten(client_id, now=now)
        made = self._office.book(client_id, chosen.slot_id, now=now)
        self._draw_fate(made.appointment_id, now=now)

    def _sign_in(self, client_id: str, *, now: datetime) -> bool:
        """Sign in, unless remembered, and look at one's own page; whether the login works."""
        client = self._office.clients.get(client_id)
        if client is None or client.privilege is not Privilege.ACTIVE:
            return False
        remembered = now - self._seen.get(client_id, now - _DAY * 30) < _REMEMBERED
        # A refresh does not make the refresh token last longer.
        if not remembered:
            self._seen[client_id] = now
        ledger = self._office.ledger
        ledger.note(Operation.REFRESH if remembered else Operation.SIGN_IN, now=now)
        ledger.see(client_id, now=now)
        ledger.note(Operation.ME, now=now)
        return True

    def _choose(self, client_id: str, *, now: datetime, but: Week | None = None) -> Slot | None:
        """A time that suits the client, in a week with room for it (`but`: the week of the session
        that is to be moved)."""
        for _ in range(self._life.often(self._habits.looks - 1)):
            self._office.ledger.note(Operation.SLOTS, now=now)
        client, practice = self._office.clients[client_id], self._office.practice
        until = slot_id_of(now + _DAY * self._habits.ahead_days)
        fitting = [
            slot
            for slot in self._office.openings(now=now)
            if slot.slot_id < until
            and (slot.week == but or client.sessions_in(slot.week) < client.weekly_limit(practice))
        ]
        return self._life.chance.choice(fitting) if fitting else None

    def _be_beaten(self, client_id: str, *, now: datetime) -> None:
        """Press on a time that somebody else has just taken."""
        first = now + self._office.practice.booking_notice
        gone = [s for s in self._office.since(first) if s.booked and s.client_id != client_id]
        client = self._office.clients[client_id]
        gone = [s for s in gone if not client.sessions_in(s.week)]
        if gone:
            try:
                self._office.book(client_id, gone[0].slot_id, now=now)
            except SlotTaken:
                self._office.openings(now=now)

    def _draw_fate(self, appointment_id: str, *, now: datetime) -> None:
        """Draw whether the client will keep the session, cancel or move it, and when."""
        fate = self._life.chance.random()
        if fate > self._habits.cancelling + self._habits.moving:
            return
        appointment = self._office.appointments[appointment_id]
        notice = self._draw_notice(appointment.start - now)
        act = self._cancel if fate < self._habits.cancelling else self._move
        self._life.later(appointment.start - notice, partial(act, appointment_id))

    def _draw_notice(self, longest: timedelta) -> timedelta:
        if longest < _DAY or self._life.perhaps(self._habits.late):
            return self._life.chance.uniform(0.02, 1) * min(_DAY, longest)
        return self._life.chance.uniform(0.01, 1) * (longest - _DAY) + _DAY

    def _cancel(self, appointment_id: str, now: datetime) -> None:
        appointment = self._standing(appointment_id)
        if appointment is None or not self._sign_in(appointment.client_id, now=now):
            return
        if self._office.cancel(appointment_id, now=now):
            self._strike(appointment_id, now=now)
        if self._life.perhaps(self._habits.rebooking):
            self.visit(appointment.client_id, now, tries=1)

    def _move(self, appointment_id: str, now: datetime) -> None:
        appointment = self._standing(appointment_id)
        if appointment is None or not self._sign_in(appointment.client_id, now=now):
            return
        week = self._office.slots[appointment.slot_id].week
        chosen = self._choose(appointment.client_id, now=now, but=week)
        if chosen:
            self._office.move(appointment_id, chosen.slot_id, now=now)

    def _standing(self, appointment_id: str) -> Appointment | None:
        appointment = self._office.appointments[appointment_id]
        return appointment if appointment.status is Status.BOOKED else None

    def end_day(self, begun: datetime, now: datetime) -> None:
        """The therapist notes who did not come."""
        for slot in self._office.since(begun):
            if slot.end <= now and slot.booked and self._life.perhaps(self._habits.missing):
                self._office.mark(slot.appointment_id or "", Outcome.NO_SHOW, now=now)
                self._strike(slot.appointment_id or "", now=now)

    def _strike(self, appointment_id: str, *, now: datetime) -> None:
        """A strike is waived later, or it may have cost the login for some weeks."""
        if self._life.perhaps(self._habits.waiving):
            waive = partial(self._office.mark, appointment_id, Outcome.WAIVED)
            self._life.later(now + _DAY, lambda at: waive(now=at))
        client = self._office.clients[self._office.appointments[appointment_id].client_id]
        if client.privilege is Privilege.SUSPENDED:
            again = now + _DAY * self._habits.forgiving_days
            self._life.later(again, partial(self._forgive, client.client_id))

    def _forgive(self, client_id: str, now: datetime) -> None:
        look(self._office, Operation.CLIENT, now=now)
        client: Client = self._office.clients[client_id]
        if client.privilege is Privilege.SUSPENDED:
            set_privilege(self._office, client_id, Privilege.ACTIVE, now=now)

    def miss(self, client_ids: set[str], *, now: datetime) -> None:
        """Those whose session the therapist called off, some of whom come to book another."""
        for client_id in sorted(client_ids):
            if self._life.perhaps(self._habits.rebooking):
                after = timedelta(hours=self._life.chance.uniform(1, 48))
                self._life.later(now + after, partial(self.visit, client_id))
