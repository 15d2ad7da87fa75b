"""A practice on which any action can be performed; every invariant is checked after each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from infra.cli.snapshot import Row, end_of, instant
from infra.seed import seed_client, seed_practice
from openhour.rules.appointments import Party
from openhour.rules.hours import Entry
from openhour.rules.refusals import Refusal, UnknownClient
from openhour.store import practices
from openhour.use_cases import asked_regulars, bookings, cancellations, moves, planning
from openhour.use_cases.booking_checks import check_booking
from tests.dynamodb_backends import fresh_tables, written
from tests.store import outcome_oracle
from tests.store.calendar_oracle import find_planning_errors, find_wrongly_opened
from tests.store.invariants import Rows, Tables, find_faults, read_tables
from tests.store.outcome_oracle import AGAIN, DONE
from tests.store.transport import Crash, Disturbance, RunBefore, in_process
from tests.unit.builders import a_practice
from tests.zone_rules import zone_rules

THERAPIST, NEIGHBOUR = "t1", "t2"
CHANGING_ZONE = "America/Vancouver"
"""British Columbia stays on -07:00 by the newer rules. By the older ones it goes to -08:00."""
CLIENTS = ("ann", "bob", "cyd")
SLOTS = "openhour-slots"
CRASHED = "crashed"
NOT_THE_THERAPISTS = frozenset(
    {"book", "cancel", "move", "ask", "withdraw", "choose", "register", "finish", "release"}
)
"""Actions of clients, the public, the streams and the schedule."""


@dataclass
class Attempt:
    """An action's outcome (done, crashed, or the refusal's name), and the tables around it."""

    outcome: str
    value: Any
    before: Rows
    after: Rows
    interrupted_by: tuple[Tables, Tables] | None = None


@dataclass
class Harness:
    """The practice, the time, and the tables as last read.

    `caught_up`: planning has run since the last change by clients. `events` counts what happened.
    """

    now: datetime
    events: Counter[str]
    tables: Tables = field(init=False)
    caught_up: bool = True
    nesting: int = 0
    _older_rules: ExitStack | None = None

    def open(self, zone: str, entries: tuple[Entry, ...], **but: Any) -> None:
        """Store two practices with the same hours and clients; actions concern the first only."""
        self._stack = ExitStack()
        if zone == CHANGING_ZONE:
            self._older_rules = self._stack.enter_context(ExitStack())
            folder = Path(self._stack.enter_context(TemporaryDirectory()))
            like = "America/Los_Angeles"
            self._older_rules.enter_context(zone_rules(folder, "2026.1", zone, like=like))
        self._stack.enter_context(fresh_tables())
        self._transport = self._stack.enter_context(in_process())
        for therapist_id in (THERAPIST, NEIGHBOUR):
            practice = a_practice(
                therapist_id=therapist_id,
                timezone=zone,
                intake_weeks=1,
                released_through=None,
                **but,
            )
            seed_practice(practice, entries, now=self.now)
            for name in CLIENTS:
                email = f"{name}@example.org"
                seed_client(therapist_id, name, now=self.now, name=name, email=email)
        self.tables = read_tables()
        self._neighbour = self.tables.of(NEIGHBOUR)
        self._check()

    def change_zone_rules(self) -> None:
        """Replace the older rules of the zone, if they are in use, and plan by the newer ones."""
        if self._older_rules is None:
            return
        self._older_rules.close()
        self._older_rules = None
        for therapist_id in (THERAPIST, NEIGHBOUR):
            planning.carry_out_plan(therapist_id, now=self.now)
        self.tables = read_tables()
        self._neighbour = self.tables.of(NEIGHBOUR)
        self.caught_up = True
        self.events["the rules of the zone change"] += 1
        self._check()

    def close(self) -> None:
        self._stack.close()

    @property
    def rows(self) -> Rows:
        """The therapist's rows."""
        return self.tables.therapists[THERAPIST]

    def attempt(
        self,
        name: str,
        act: Callable[[], Any],
        *,
        fault: Disturbance = None,
        plans: bool = False,
    ) -> Attempt:
        """Perform an action, with a fault or without, and check every invariant."""
        before, since = self.tables, len(written(SLOTS))
        snapshots: list[Tables] = []
        if isinstance(fault, RunBefore):
            fault = replace(fault, act=self._recording(fault.act, snapshots))
        outcome, value = self._run(act, fault)
        self.tables = read_tables()
        attempt = Attempt(outcome, value, before.therapists[THERAPIST], self.rows)
        if snapshots:
            attempt.interrupted_by = (snapshots[0], snapshots[1])
        self._count(name, attempt, fault)
        self._check_refusal(name, attempt)
        if not attempt.interrupted_by:
            self._check_audit_log(name, attempt, plans=plans)
        if self.tables.raw != before.raw:
            self.caught_up = outcome == DONE and plans and not snapshots
        self._check()
        if plans:
            self._check_planning(attempt, since)
        return attempt

    def _run(self, act: Callable[[], Any], fault: Disturbance) -> tuple[str, Any]:
        self.nesting += 1
        try:
            with self._transport.disturbed_by(fault) as armed:
                self._armed = armed
                return DONE, act()
        except Refusal as refusal:
            return refusal.name, refusal
        except Crash:
            practices.invalidate()
            return CRASHED, None
        finally:
            self.nesting -= 1

    def _recording(self, act: Callable[[], None], snapshots: list[Tables]) -> Callable[[], None]:
        """Wrap an interrupting action to take snapshots of the tables before and after it."""

        def recording() -> None:
            self.tables = read_tables()
            snapshots.append(self.tables)
            act()
            snapshots.append(self.tables)

        return recording

    def _count(self, name: str, attempt: Attempt, fault: Disturbance) -> None:
        disturbed = attempt.interrupted_by or (self._armed and self._armed.happened)
        suffix = f", {type(fault).__name__}" if disturbed else ""
        self.events[f"{name}: {attempt.outcome}{suffix}"] += 1
        if not attempt.before.planned and attempt.after.planned:
            self.events[f"planning resumed by {name}"] += 1

    def _check_refusal(self, name: str, attempt: Attempt) -> None:
        """I: a refused action changes nothing, and a lone action is never busy."""
        assert attempt.outcome != "busy", f"{name} was busy"
        if attempt.outcome in (DONE, CRASHED):
            return
        first, last = attempt.before.tables, attempt.after.tables
        begun, ended = attempt.interrupted_by or (first, first)
        assert begun.raw == first.raw, f"{name} changed rows before it was refused"
        assert ended.raw == last.raw, f"{name} was refused, but changed rows"

    def _check_audit_log(self, name: str, attempt: Attempt, *, plans: bool) -> None:
        """The therapist's effective actions leave one audit entry each, others none.

        A planning action is effective if it changes what the therapist has requested.
        """
        kept = len(attempt.after.entries) - len(attempt.before.entries)
        changed = attempt.after.tables.raw != attempt.before.tables.raw
        requested = attempt.after.asked != attempt.before.asked
        theirs = name not in NOT_THE_THERAPISTS and (requested if plans else changed)
        assert kept == theirs, f"{name} left {kept} audit entries"

    def _check(self) -> None:
        assert self.tables.of(NEIGHBOUR) == self._neighbour, "the neighbour's rows changed"
        violations = find_faults(self.tables, now=self.now)
        if not self.nesting:
            caught_up = self.caught_up
            violations += find_planning_errors(self.tables, now=self.now, caught_up=caught_up)
        assert not violations, "\n".join(violations)

    def _check_planning(self, attempt: Attempt, since: int) -> None:
        """D and G: no slot was open in between, and repeated planning changes nothing."""
        whole = attempt.before.planned and attempt.after.planned
        if not attempt.interrupted_by and not self.nesting:
            for record in written(SLOTS)[since:]:
                images = record["dynamodb"]
                if "NewImage" in images and (whole or "OldImage" not in images):
                    opened = find_wrongly_opened(
                        self.rows, _plain(images["NewImage"]), now=self.now
                    )
                    assert opened is None, opened
        if attempt.outcome == DONE:
            assert self.rows.planned, "a planning action left planning incomplete"
            if self.caught_up:
                self.expect_no_change(lambda: planning.carry_out_plan(THERAPIST, now=self.now))

    def perform_twice(
        self, name: str, act: Callable[[], Any], *, fault: Disturbance = None
    ) -> None:
        """Perform an action twice; the second time changes nothing."""
        attempt = self.attempt(name, act, fault=fault)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            self.expect_no_change(act)

    def preview_only(self, act: Callable[[], Any]) -> Attempt:
        """Perform a preview, which changes nothing."""
        before = self.tables
        outcome, value = self._run(act, None)
        self.tables = read_tables()
        assert self.tables.raw == before.raw, "a preview changed rows"
        return Attempt(outcome, value, before.therapists[THERAPIST], self.rows)

    def wait(self, until: datetime) -> None:
        """Advance the clock."""
        self.now = until
        self._check()

    def expect_no_change(self, act: Callable[[], Any]) -> Any:
        """Perform an action that must change nothing."""
        before = self.tables
        with self._transport.disturbed_by(None):
            value = act()
        self.tables = read_tables()
        assert self.tables.raw == before.raw, "a repeated action changed rows"
        return value

    # What clients do, and the therapist for them.

    def book(self, client_id: str, slot_id: str, *, fault: Disturbance = None) -> None:
        expected = outcome_oracle.booking(self.rows, client_id, slot_id, now=self.now)
        self._check_reasons(client_id, slot_id, expected)
        since = len(written(SLOTS))
        act = partial(bookings.book, THERAPIST, client_id, slot_id, now=self.now)
        attempt = self.attempt("book", act, fault=fault)
        self._check_client_act(attempt, client_id, expected, since)
        if attempt.outcome == DONE:
            made = attempt.value.appointment.appointment_id
            assert attempt.after.slots[slot_id]["appointment_id"] == made or attempt.interrupted_by
            if not attempt.interrupted_by:
                assert attempt.value.new == (expected == DONE)
                repeated = self.expect_no_change(act)
                assert (repeated.appointment.appointment_id, repeated.new) == (made, False)

    def _check_reasons(self, client_id: str, slot_id: str, expected: str) -> None:
        """The therapist is told the reason that a booking would get, and none where it succeeds."""
        check = partial(check_booking, THERAPIST, client_id, slot_id, now=self.now)
        try:
            reasons = [each.name for each in self.expect_no_change(check).reasons]
        except UnknownClient as unknown:
            reasons = [unknown.name]
        assert reasons[:1] == [expected] * (expected not in {DONE, AGAIN})

    def cancel(self, client_id: str, name: str, *, fault: Disturbance = None) -> None:
        expected = outcome_oracle.cancelling(
            self.rows, client_id, name, therapist=False, now=self.now
        )
        late = self._is_late(name)
        act = partial(cancellations.cancel_own, THERAPIST, client_id, name, now=self.now)
        attempt = self.attempt("cancel", act, fault=fault)
        self._check_client_act(attempt, client_id, expected, None)
        self._check_ended(attempt, name, act, late=late, expected=expected)

    def cancel_for(self, name: str, by: Party, *, fault: Disturbance = None) -> None:
        client_id = name.split("-")[1]
        expected = outcome_oracle.cancelling(
            self.rows, client_id, name, therapist=True, now=self.now
        )
        late = by is Party.CLIENT and self._is_late(name)
        act = partial(cancellations.cancel_for_client, THERAPIST, name, by=by, now=self.now)
        attempt = self.attempt(f"cancel as {by}", act, fault=fault)
        self._check_outcome(attempt, expected)
        self._check_ended(attempt, name, act, late=late, expected=expected)

    def move(self, client_id: str, name: str, slot_id: str, *, fault: Disturbance = None) -> None:
        expected = outcome_oracle.moving(self.rows, client_id, name, slot_id, now=self.now)
        late, since = self._is_late(name), len(written(SLOTS))
        act = partial(moves.move, THERAPIST, client_id, name, slot_id, now=self.now)
        attempt = self.attempt("move", act, fault=fault)
        self._check_client_act(attempt, client_id, expected, since)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            made = attempt.value.appointment
            assert made.slot_id == slot_id
            if expected == DONE:
                assert attempt.value.late == late
                old = attempt.before.appointments[name]
                new = attempt.after.appointments[made.appointment_id]
                assert instant(new["made_at"]) == instant(old["made_at"])
                self._check_given_up(attempt, old)
            if attempt.after.clients[client_id]["privilege"] != "ended":
                repeated = self.expect_no_change(act)
                assert repeated.appointment.appointment_id == made.appointment_id

    def book_for(self, client_id: str, slot_id: str, *, fault: Disturbance = None) -> None:
        slot = self.rows.slots.get(slot_id)
        here = self.rows.clients[client_id]["privilege"] != "ended"
        if slot and slot.get("client_id") == client_id:
            expected = AGAIN
        elif not here or slot is None:
            expected = "unknown-slot" if here else "unknown-client"
        elif end_of(slot) <= self.now:
            expected = "already-started"
        else:
            expected = "slot-taken" if slot["state"] == "booked" else DONE
        act = partial(bookings.book_for_client, THERAPIST, client_id, slot_id, now=self.now)
        self._check_outcome(self.attempt("book for a client", act, fault=fault), expected)

    def move_for(self, name: str, slot_id: str, by: Party, *, fault: Disturbance = None) -> None:
        expected = outcome_oracle.moving_for_client(self.rows, name, slot_id, now=self.now)
        late = by is Party.CLIENT and self._is_late(name)
        act = partial(moves.move_for_client, THERAPIST, name, slot_id, by=by, now=self.now)
        attempt = self.attempt(f"move as {by}", act, fault=fault)
        self._check_outcome(attempt, expected)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            made = attempt.value.appointment
            assert made.slot_id == slot_id
            if expected == DONE:
                assert attempt.value.late == late
                self._check_given_up(attempt, attempt.before.appointments[name])
            repeated = self.expect_no_change(act)
            assert repeated.appointment.appointment_id == made.appointment_id

    def ask(
        self, client_id: str, name: str, every_weeks: int, *, fault: Disturbance = None
    ) -> None:
        expected = outcome_oracle.asking(self.rows, client_id, name, every_weeks, now=self.now)
        act = partial(
            asked_regulars.ask, THERAPIST, client_id, name, every_weeks=every_weeks, now=self.now
        )
        attempt = self.attempt("ask", act, fault=fault)
        self._check_client_act(attempt, client_id, expected, None)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            asked = outcome_oracle.request_of(attempt.after, client_id, now=self.now)
            assert asked
            assert (asked["appointment_id"], asked["every_weeks"]) == (name, every_weeks)
            self.expect_no_change(act)

    def withdraw(self, client_id: str, *, fault: Disturbance = None) -> None:
        client = self.rows.clients[client_id]
        expected = AGAIN if "asked_regular" not in client else DONE
        if expected == DONE and client["privilege"] == "suspended":
            expected = "privilege-suspended"
        if client["privilege"] == "ended":
            expected = "unknown-client"
        act = partial(asked_regulars.withdraw, THERAPIST, client_id)
        attempt = self.attempt("withdraw", act, fault=fault)
        self._check_client_act(attempt, client_id, expected, None)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            assert "asked_regular" not in attempt.after.clients[client_id]
            self.expect_no_change(act)

    def decline(self, client_id: str, *, fault: Disturbance = None) -> None:
        asked = outcome_oracle.request_of(self.rows, client_id, now=self.now)
        expected = "unknown-regular-request"
        if self.rows.clients[client_id]["privilege"] == "ended":
            expected = "unknown-client"
        elif asked:
            expected = DONE if asked["state"] == "asked" else AGAIN
        act = partial(asked_regulars.decline, THERAPIST, client_id, now=self.now)
        attempt = self.attempt("decline a request", act, fault=fault)
        self._check_outcome(attempt, expected)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            asked = outcome_oracle.request_of(attempt.after, client_id, now=self.now)
            assert asked
            assert asked["state"] == "declined"
            self.expect_no_change(act)

    def _is_late(self, name: str) -> bool:
        appointment = self.rows.appointments.get(name)
        return appointment is not None and outcome_oracle.is_late(
            self.rows, appointment, now=self.now
        )

    def _check_outcome(self, attempt: Attempt, expected: str) -> bool:
        """Check the outcome of an action that was neither interrupted nor crashed."""
        if attempt.interrupted_by or attempt.outcome == CRASHED:
            return False
        outcome = DONE if expected == AGAIN else expected
        assert attempt.outcome == outcome, f"{attempt.outcome}, expected {expected}"
        return True

    def _check_client_act(
        self, attempt: Attempt, client_id: str, expected: str, since: int | None
    ) -> None:
        """B and C, and that the outcome is the oracle's."""
        if self._check_outcome(attempt, expected) and expected == AGAIN:
            assert attempt.before.tables.raw == attempt.after.tables.raw
        start = (
            attempt.interrupted_by[1].therapists[THERAPIST]
            if attempt.interrupted_by
            else attempt.before
        )
        if start.clients[client_id]["privilege"] != "active":
            assert start.tables.raw == attempt.after.tables.raw, f"{client_id} is suspended"
        if since is None or attempt.interrupted_by or expected == AGAIN:
            return
        for record in written(SLOTS)[since:]:
            old, new = (_plain(record["dynamodb"][name]) for name in ("OldImage", "NewImage"))
            assert new["state"] != "booked" or old["state"] == "open", "booked what was not open"

    def _check_ended(
        self, attempt: Attempt, name: str, act: Callable[[], Any], *, late: bool, expected: str
    ) -> None:
        if attempt.outcome != DONE or attempt.interrupted_by:
            return
        if expected == DONE:
            assert attempt.value.late == late
            self._check_given_up(attempt, attempt.before.appointments[name])
        repeated = self.expect_no_change(act)
        assert repeated.appointment == attempt.value.appointment

    def _check_given_up(self, attempt: Attempt, old: Row) -> None:
        """The slot has the state that it returns to, and its regular has an exception."""
        slot_id = old["slot_id"]
        assert attempt.after.slots[slot_id]["state"] == attempt.before.slots[slot_id]["returns_to"]
        if "regular_id" in old:
            after = attempt.after.regulars[old["regular_id"]].get("exceptions", set())
            gained = after - attempt.before.regulars[old["regular_id"]].get("exceptions", set())
            assert len(gained) == 1


def _plain(image: Any) -> Row:
    return {name: next(iter(value.values())) for name, value in image.items()}
