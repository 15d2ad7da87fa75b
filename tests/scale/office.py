"""The office: one practice's tables in memory. Every act goes through the rules, and is entered in
the ledger as what it would ask of AWS."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from openhour.rules.appointments import Appointment, Party, Status, appointment_id_of
from openhour.rules.booking import require_bookable, require_bookable_by_therapist
from openhour.rules.cancellation import (
    as_cancelled,
    cancel,
    change_weeks,
    client_after_cancellation,
)
from openhour.rules.clients import Client
from openhour.rules.desired_calendar import Calendar
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.move import as_moved, client_after_move, decide_move
from openhour.rules.outcomes import Outcome, mark
from openhour.rules.planning import SlotChange, plan_weeks
from openhour.rules.practice import Practice
from openhour.rules.refusals import Refusal
from openhour.rules.regulars import Regular
from openhour.rules.release import as_released, target_week
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import Week, slot_id_of
from tests.scale.ledger import Ledger
from tests.scale.operations import Operation
from tests.unit.builders import carry_out


class Office:
    """A practice and everything in it, as the tables would hold it."""

    def __init__(self, practice: Practice, ledger: Ledger) -> None:
        self.practice = practice
        self.ledger = ledger
        self.slots: dict[str, Slot] = {}
        self.regulars: dict[str, Regular] = {}
        self.time_off: list[TimeOff] = []
        self.clients: dict[str, Client] = {}
        self.appointments: dict[str, Appointment] = {}
        self.kept = 0
        self._made = 0

    def since(self, instant: datetime) -> list[Slot]:
        """The slots that start then or later, in the order of time."""
        first = slot_id_of(instant)
        return [self.slots[slot_id] for slot_id in sorted(self.slots) if slot_id >= first]

    def put_away(self, before: datetime) -> None:
        """Let go of the rows of sessions before that, which nothing asks for any more, and count
        those that were kept."""
        last = slot_id_of(before)
        self.slots = {name: slot for name, slot in self.slots.items() if name >= last}
        gone = [made for made in self.appointments.values() if made.slot_id < last]
        self.kept += sum(made.status is Status.BOOKED for made in gone)
        for made in gone:
            del self.appointments[made.appointment_id]

    def calendar(self, *, now: datetime) -> Calendar:
        """What decides a plan."""
        near = self.since(now - timedelta(minutes=MAX_MINUTES))
        return Calendar(
            practice=self.practice,
            slots=tuple(slot for slot in near if slot.end > now),
            regulars=tuple(self.regulars.values()),
            time_off=tuple(self.time_off),
        )

    def openings(self, *, now: datetime) -> list[Slot]:
        """The open slots that a client sees."""
        self.ledger.note(Operation.SLOTS, now=now)
        ahead = self.since(now + self.practice.booking_notice)
        return [slot for slot in ahead if slot.state is SlotState.OPEN]

    def book(self, client_id: str, slot_id: str, *, now: datetime) -> Appointment:
        """A client books. Raises what keeps them from it."""
        client, slot = self.clients[client_id], self.slots[slot_id]
        try:
            require_bookable(self.practice, client=client, slot=slot, week=slot.week, now=now)
        except Refusal:
            self.ledger.note(Operation.REFUSED, now=now)
            raise
        self.ledger.note(Operation.BOOK, now=now)
        return self._take(client, slot, now=now)

    def book_for(self, client_id: str, slot_id: str, *, now: datetime) -> Appointment:
        """The therapist books a client."""
        client, slot = require_bookable_by_therapist(
            self.clients[client_id], self.slots[slot_id], now=now
        )
        self.ledger.note(Operation.BOOK_FOR, now=now)
        return self._take(client, slot, now=now)

    def cancel(self, appointment_id: str, *, now: datetime) -> bool:
        """A client cancels; whether that was late."""
        before = self.appointments[appointment_id]
        ending = cancel(before, self.practice, by=Party.CLIENT, now=now)
        ended = as_cancelled(before, ending, by=Party.CLIENT, now=now)
        week = self.slots[before.slot_id].week
        client = self.clients[before.client_id]
        self.ledger.note(Operation.CANCEL, now=now)
        self._write(
            client_after_cancellation(client, ended, self.practice, week=week, now=now), now=now
        )
        self.appointments[appointment_id] = ended
        self._free(before, now=now)
        return ending.late

    def move(self, appointment_id: str, slot_id: str, *, now: datetime) -> Appointment:
        """A client moves a session. Raises what keeps them from it."""
        before = self.appointments[appointment_id]
        week = self.slots[before.slot_id].week
        client = self.clients[before.client_id]
        old, target, ending = decide_move(
            self.practice,
            client=client,
            appointment=before,
            week=week,
            target=self.slots[slot_id],
            now=now,
        )
        self.ledger.note(Operation.MOVE, now=now)
        made = replace(self._claim(client, target, now=now), made_at=old.made_at)
        ended = as_moved(old, ending, to=made, now=now)
        after = client_after_move(
            client, ended, self.practice, week=week, to_week=target.week, now=now
        )
        self._write(after, now=now)
        self.appointments |= {appointment_id: ended, made.appointment_id: made}
        self._free(old, now=now)
        self._fill(target, made)
        return made

    def mark(self, appointment_id: str, outcome: Outcome, *, now: datetime) -> None:
        """The therapist says how a session went, or waives a strike."""
        appointment = self.appointments[appointment_id]
        client = self.clients[appointment.client_id]
        marking = mark(appointment, client, self.practice, outcome, now=now)
        self.ledger.note(Operation.OUTCOME, now=now)
        if marking:
            self.appointments[appointment_id] = marking.appointment
            strike_update = marking.strike_update
            after = replace(
                client,
                strikes=strike_update.strikes,
                privilege=strike_update.privilege,
                tally=marking.tally,
            )
            self._write(after, now=now)

    def release(self, scheduled_at: datetime, *, now: datetime) -> None:
        """Next week's held slots open, and one more week is published."""
        self.ledger.note(Operation.RELEASE, now=now)
        target = target_week(scheduled_at, self.practice.zone)
        self.practice = replace(self.practice, released_through=target)
        for slot in self.since(now):
            after = as_released(slot, self.practice, now=now)
            if after:
                self.ledger.note(Operation.OPENED, now=now)
                self.slots[slot.slot_id] = replace(after, revision=slot.revision + 1)
        self.plan(now=now)
        for client in tuple(self.clients.values()):
            weeks = change_weeks(client, self.practice, {}, now=now)
            if weeks != client.weeks:
                self.ledger.note(Operation.DROPPED, now=now)
                self._write(replace(client, weeks=weeks), now=now)
        self.ledger.begin_rush(now=now)

    def plan(self, *, now: datetime) -> None:
        """Bring the calendar in line with what the therapist has asked for."""
        calendar = self.calendar(now=now)
        plan = plan_weeks(calendar, now=now)
        for slot in calendar.slots:
            del self.slots[slot.slot_id]
        rows = carry_out(calendar.slots, plan.changes)
        self.slots |= {slot.slot_id: slot for slot in rows}
        for change in plan.changes:
            self._carry_out(change, now=now)
        self.practice = replace(
            self.practice,
            published_through=self.practice.publishes_through(now),
            discharging=frozenset(),
            sick_days=frozenset(),
        )
        self.ledger.note(Operation.FOLLOW_PRACTICE, now=now)

    def _carry_out(self, change: SlotChange, *, now: datetime) -> None:
        """What a change of the plan writes beside the slot itself."""
        if change.places:
            self.ledger.note(Operation.PLACED, now=now)
        elif change.ends:
            self.ledger.note(Operation.ENDED, now=now)
        else:
            self.ledger.note(Operation.PUBLISHED, now=now, times=1 + len(change.replaces))
        if change.ends:
            self._end(change.ends, cancelled_by_therapist=change.cancelled_by_therapist, now=now)
        if change.places:
            self._place(change.places, now=now)
        if change.keeps:
            name = change.keeps.appointment_id or ""
            self.appointments[name] = replace(
                self.appointments[name],
                minutes=change.keeps.minutes,
                regular_id=change.keeps.regular_id,
            )

    def _place(self, slot: Slot, *, now: datetime) -> None:
        client, name = self.clients[slot.client_id or ""], slot.appointment_id or ""
        made = self._claim(client, slot, now=now)
        self.appointments[name] = replace(made, appointment_id=name, regular_id=slot.regular_id)
        self._count(client, slot.week, now=now)

    def _end(self, slot: Slot, *, cancelled_by_therapist: bool, now: datetime) -> None:
        name, client = slot.appointment_id or "", self.clients[slot.client_id or ""]
        self.appointments[name] = replace(
            self.appointments[name],
            status=Status.CANCELLED,
            ended_at=now,
            ended_by=Party.THERAPIST,
            by_plan=not cancelled_by_therapist,
        )
        tally = client.tally
        if cancelled_by_therapist:
            tally = replace(tally, cancelled_by_therapist=tally.cancelled_by_therapist + 1)
        else:
            tally = replace(tally, booked=tally.booked - 1)
        weeks = change_weeks(client, self.practice, {slot.week: -1}, now=now)
        self._write(replace(client, weeks=weeks, tally=tally), now=now)
        if cancelled_by_therapist:
            self._skip(slot.regular_id, slot)

    def _take(self, client: Client, slot: Slot, *, now: datetime) -> Appointment:
        made = self._claim(client, slot, now=now)
        self.appointments[made.appointment_id] = made
        self._fill(slot, made)
        self._count(client, slot.week, now=now)
        return made

    def _claim(self, client: Client, slot: Slot, *, now: datetime) -> Appointment:
        self._made += 1
        return Appointment(
            appointment_id=appointment_id_of(slot.slot_id, client.client_id, f"b{self._made}"),
            client_id=client.client_id,
            minutes=slot.minutes,
            made_at=now,
        )

    def _fill(self, slot: Slot, made: Appointment) -> None:
        self.slots[slot.slot_id] = replace(
            slot,
            state=SlotState.BOOKED,
            client_id=made.client_id,
            appointment_id=made.appointment_id,
            revision=slot.revision + 1,
        )

    def _free(self, ended: Appointment, *, now: datetime) -> None:
        slot = self.slots[ended.slot_id]
        freed = replace(slot.when_freed(), revision=slot.revision + 1)
        self.slots[slot.slot_id] = freed
        self._skip(ended.regular_id, slot)
        if freed.state is SlotState.BLOCKED:
            self.ledger.note(Operation.FOLLOW_SLOT, now=now)

    def _skip(self, regular_id: str | None, slot: Slot) -> None:
        if regular_id:
            day = slot.start.astimezone(self.practice.zone).date()
            regular = self.regulars[regular_id]
            self.regulars[regular_id] = replace(regular, skips=regular.skips | {day})

    def _count(self, client: Client, week: Week, *, now: datetime) -> None:
        tally = replace(client.tally, booked=client.tally.booked + 1)
        weeks = change_weeks(client, self.practice, {week: 1}, now=now)
        self._write(replace(client, weeks=weeks, tally=tally), now=now)

    def _write(self, client: Client, *, now: datetime) -> None:
        """Write a client's row, which the logins' follower sees."""
        self.clients[client.client_id] = replace(client, revision=client.revision + 1)
        self.ledger.note(Operation.FOLLOW_CLIENT, now=now)
