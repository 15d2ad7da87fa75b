"""A client's conduct is what their appointments say, whatever anybody has done."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.cli.snapshot import LIVE, Row, end_of, instant, start_of
from openhour.rules.appointments import Party
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.slots import SlotState
from openhour.store import practices
from openhour.store.clients import find_client
from openhour.use_cases import (
    bookings,
    calendars,
    cancellations,
    clients,
    hours,
    moves,
    outcomes,
    regulars,
)
from openhour.use_cases import settings as practice_settings
from openhour.use_cases import time_off as times_off
from openhour.use_cases.client_records import ClientRecord, record_of
from tests.store.invariants import Rows, read_tables
from tests.store.seed import HOURS, THERAPIST
from tests.store.transport import in_process
from tests.unit.builders import NOW, a_regular, an_entry, time_off

CLIENTS = ("ann", "bea", "cyd")
ROUNDS = int(os.environ.get("OPENHOUR_ROUNDS", "0"))
OTHER_HOURS = (HOURS[0], an_entry("thursday 18:00"))


def conduct_of_rows(own: list[Row], *, now: datetime) -> dict[str, Any]:
    """Count one client's conduct from their appointments, by the definitions of the document."""
    by_client = [row for row in own if row.get("ended_by") == "client"]
    kept = [row for row in own if row["status"] == "booked" and end_of(row) <= now]
    upcoming = [row for row in own if row["status"] == "booked" and end_of(row) > now]
    cancelled = [row for row in by_client if row["status"] == "cancelled"]
    late = [row for row in own if row["status"] == "late_cancelled"]
    missed = [row for row in own if row["status"] == "no_show"]
    given_up = sorted(by_client, key=lambda row: instant(row["ended_at"]))
    notices = [
        (start_of(row) - instant(row.get("told_at", row["ended_at"]))) // timedelta(minutes=1)
        for row in given_up[-50:]
    ]
    return {
        "booked": len(kept) + len(upcoming) + len(cancelled) + len(late) + len(missed),
        "kept": len(kept),
        "cancelled": len(cancelled),
        "late_cancelled": len(late),
        "moved": sum(row["status"] == "moved" for row in by_client),
        "no_shows": len(missed),
        "median_notice_hours": int(median(notices) / 6) / 10 if notices else None,
    }


@dataclass
class Practice:
    """The practice of `seed`, a clock, and every act on it."""

    now: datetime = NOW

    @property
    def rows(self) -> Rows:
        """The therapist's rows."""
        return read_tables().therapists[THERAPIST]

    def pick(self, choices: Any, number: int) -> Any:
        """Choose one of the choices."""
        listed = list(choices)
        return listed[number % len(listed)] if listed else "20300101T0000Z-ann-none"

    def appointment(self, number: int) -> str:
        """Choose an appointment, mostly a live one that has not begun."""
        rows = self.rows.appointments
        live = [i for i, a in rows.items() if a["status"] in LIVE and start_of(a) > self.now]
        name: str = self.pick(live if live and number % 4 else rows, number)
        return name

    def slot(self, number: int) -> str:
        """Choose a slot that has not begun."""
        slot_id: str = self.pick((slot["slot_id"] for slot in self.rows.ahead(self.now)), number)
        return slot_id

    def told_at(self, number: int) -> datetime | None:
        return self.now - timedelta(hours=number) if number % 3 else None

    def book(self, a: int, b: int, _: int) -> None:
        bookings.book(THERAPIST, self.pick(CLIENTS, a), self.slot(b), now=self.now)

    def book_for(self, a: int, b: int, _: int) -> None:
        bookings.book_for_client(THERAPIST, self.pick(CLIENTS, a), self.slot(b), now=self.now)

    def cancel(self, a: int, _b: int, _c: int) -> None:
        name = self.appointment(a)
        cancellations.cancel_own(THERAPIST, name.split("-")[1], name, now=self.now)

    def cancel_for(self, a: int, b: int, c: int) -> None:
        by = self.pick(Party, b)
        told_at = self.told_at(c) if by is Party.CLIENT else None
        cancellations.cancel_for_client(
            THERAPIST, self.appointment(a), by=by, told_at=told_at, now=self.now
        )

    def move(self, a: int, b: int, _: int) -> None:
        name = self.appointment(a)
        moves.move(THERAPIST, name.split("-")[1], name, self.slot(b), now=self.now)

    def move_for(self, a: int, b: int, c: int) -> None:
        by = self.pick(Party, a // 2)
        told_at = self.told_at(c) if by is Party.CLIENT else None
        moves.move_for_client(
            THERAPIST, self.appointment(a), self.slot(b), by=by, told_at=told_at, now=self.now
        )

    def mark(self, a: int, b: int, _: int) -> None:
        name = self.pick(self.rows.appointments, a)
        outcomes.mark_outcome(THERAPIST, name, self.pick(Outcome, b), now=self.now)

    def enter_regular(self, a: int, b: int, c: int) -> None:
        self._set_regular(a, b, c, regular_id="", act=regulars.add_regular)

    def change_regular(self, a: int, b: int, c: int) -> None:
        name = self.pick(self.rows.regulars, c)
        self._set_regular(a, b, c, regular_id=name, act=regulars.change_regular)

    def _set_regular(
        self, a: int, b: int, c: int, *, regular_id: str, act: Callable[..., Any]
    ) -> None:
        weekday, start, *_ = self.pick(self.rows.hours, b)
        wanted = a_regular(regular_id, self.pick(CLIENTS, a), f"{weekday} {start}")
        first = date(2026, 11, 16) + timedelta(days=c)
        wanted = replace(wanted, every_weeks=1 + c % 2, first=first)
        act(THERAPIST, wanted, preview=False, now=self.now)

    def end_regular(self, a: int, _b: int, _c: int) -> None:
        name = self.pick(self.rows.regulars, a)
        regulars.end_regular(THERAPIST, name, preview=False, now=self.now)

    def set_hours(self, a: int, _b: int, _c: int) -> None:
        entries = OTHER_HOURS if a % 2 else HOURS
        hours.set_hours(THERAPIST, entries, if_match=None, preview=False, now=self.now)

    def take_time_off(self, a: int, b: int, c: int) -> None:
        begins = self.now + timedelta(hours=8 * a)
        wanted = replace(
            time_off("2026-12-01 00:00", "2026-12-02 00:00"),
            time_off_id="",
            begins=begins,
            ends=begins + timedelta(hours=6 * (1 + b)),
            made_at=self.now,
            cancel_booked=bool(c % 3),
        )
        times_off.take_time_off(THERAPIST, wanted, preview=False, now=self.now)

    def end_time_off(self, a: int, _b: int, _c: int) -> None:
        name = self.pick(self.rows.time_off, a)
        times_off.end_time_off(THERAPIST, name, preview=False, now=self.now)

    def set_slot(self, a: int, b: int, _: int) -> None:
        states = (SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED)
        calendars.set_slot(THERAPIST, self.slot(a), self.pick(states, b), now=self.now)

    def discharge(self, a: int, b: int, _: int) -> None:
        if b % 4 == 0:
            clients.discharge(THERAPIST, self.pick(CLIENTS, a), now=self.now)

    def change_settings(self, a: int, b: int, _: int) -> None:
        changes = {"late_move_is_strike": bool(a % 2), "cancellation_notice_hours": 24 * (b % 3)}
        practice_settings.change_settings(THERAPIST, changes, if_match=None, now=self.now)

    def wait(self, a: int, _b: int, _c: int) -> None:
        self.now += timedelta(hours=a)

    def wait_for_a_session(self, a: int, b: int, _: int) -> None:
        """Wait until 20 minutes or more after the start of a session."""
        booked = [s for s in self.rows.ahead(self.now) if s["state"] == "booked"]
        if booked:
            start = start_of(booked[a % len(booked)])
            self.now = max(self.now, start + timedelta(minutes=20 * (b % 4)))

    def record(self, client_id: str) -> ClientRecord:
        """Read a client's record, discharged or not."""
        client = find_client(THERAPIST, client_id)
        assert client
        return record_of(THERAPIST, client, now=self.now)


FREQUENT = (
    Practice.book,
    Practice.book_for,
    Practice.cancel,
    Practice.cancel_for,
    Practice.move,
    Practice.move_for,
    Practice.mark,
    Practice.wait_for_a_session,
)
ACTS = (
    *FREQUENT,
    *FREQUENT,
    Practice.enter_regular,
    Practice.change_regular,
    Practice.end_regular,
    Practice.set_hours,
    Practice.take_time_off,
    Practice.end_time_off,
    Practice.set_slot,
    Practice.discharge,
    Practice.change_settings,
    Practice.wait,
)
numbers = st.integers(0, 23)
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), numbers, numbers, numbers),
    min_size=10,
    max_size=25,
)


@pytest.mark.timeout(0 if ROUNDS else 120)
@settings(
    max_examples=ROUNDS or 6,
    derandomize=not ROUNDS,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(sequence=acts)
def test_conduct_is_what_the_appointments_say(restore_practice, sequence):
    restore_practice()
    practices.invalidate()
    practice = Practice()
    with in_process():
        for act, *arguments in sequence:
            with suppress(Refusal):
                act(practice, *arguments)
            practice.now += timedelta(seconds=1)
            rows = practice.rows
            for client_id in CLIENTS:
                own = [a for a in rows.appointments.values() if a["client_id"] == client_id]
                conduct = practice.record(client_id).conduct
                read = {field: getattr(conduct, field) for field in conduct.__slots__}
                assert read == conduct_of_rows(own, now=practice.now), (
                    f"{client_id} after {act.__name__}"
                )
