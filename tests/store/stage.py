"""A practice on which everything can be tried, and which looks, after every act, at whether all
that must always hold still does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from openhour.rules.appointments import Party
from openhour.rules.hours import Entry
from openhour.rules.refusals import Refusal
from openhour.store import practices
from openhour.use_cases import bookings, cancellations, clients, hours, moves, planning
from openhour.use_cases.therapists import open_practice
from tests.store import expectations
from tests.store.expectations import AGAIN, DONE
from tests.store.invariants import Row, Rows, Tables, end_of, find_faults, instant, read_tables
from tests.store.planned import find_misplanned, find_opened
from tests.store.wire import Disturbance, Interlude, PowerCut, short_wire
from tests.tables import fresh_tables, written
from tests.unit.builders import a_practice

THERAPIST, NEIGHBOUR = "t1", "t2"
CLIENTS = ("ann", "bob", "cyd")
SLOTS = "openhour-slots"
CUT = "cut short"
NOT_THE_THERAPISTS = frozenset({"book", "cancel", "move", "register", "finish", "release"})
"""What clients, the public, the streams and the schedule do."""


@dataclass
class Tried:
    """What came of an act: done, cut short, or the refusal's name; and how the tables then were."""

    outcome: str
    value: Any
    before: Rows
    after: Rows
    interlude: tuple[Tables, Tables] | None = None


@dataclass
class Stage:
    """The practice, the time, and the tables as they were last read. `caught_up` tells that
    planning has looked at everything since anybody last came or went; `seen` counts what comes to
    pass."""

    now: datetime
    seen: Counter[str]
    tables: Tables = field(init=False)
    caught_up: bool = True
    depth: int = 0

    def open(self, zone: str, entries: tuple[Entry, ...], **but: Any) -> None:
        """Open two practices with the same hours and clients; only the first one's are touched."""
        self._stack = ExitStack()
        self._stack.enter_context(fresh_tables())
        self._wire = self._stack.enter_context(short_wire())
        for therapist_id in (THERAPIST, NEIGHBOUR):
            practice = a_practice(
                therapist_id=therapist_id,
                timezone=zone,
                hours=(),
                intake_weeks=1,
                released_through=None,
                **but,
            )
            open_practice(practice, now=self.now)
            hours.set_hours(therapist_id, entries, if_match=None, preview=False, now=self.now)
            for name in CLIENTS:
                self._add(therapist_id, name)
        self.tables = read_tables()
        self._neighbour = self.tables.of(NEIGHBOUR)
        self._check()

    def notice(self, what: str) -> None:
        """Note that this has come to pass."""
        self.seen[what] += 1

    def close(self) -> None:
        self._stack.close()

    def _add(self, therapist_id: str, name: str) -> None:
        clients.add_client(
            therapist_id,
            name=name,
            email=f"{name}@example.org",
            phone=None,
            login=None,
            invite=True,
            now=self.now,
            client_id=name,
        )

    @property
    def rows(self) -> Rows:
        """The therapist's rows."""
        return self.tables.therapists[THERAPIST]

    def attempt(
        self,
        name: str,
        act: Callable[[], Any],
        *,
        disturbance: Disturbance = None,
        plans: bool = False,
    ) -> Tried:
        """Let somebody act, disturbed or not, and check everything."""
        before, since = self.tables, len(written(SLOTS))
        noted: list[Tables] = []
        if isinstance(disturbance, Interlude):
            disturbance = replace(disturbance, act=self._noting(disturbance.act, noted))
        outcome, value = self._run(act, disturbance)
        self.tables = read_tables()
        tried = Tried(outcome, value, before.therapists[THERAPIST], self.rows)
        if noted:
            tried.interlude = (noted[0], noted[1])
        self._count(name, tried, disturbance)
        self._check_refusal(name, tried)
        if not tried.interlude:
            self._check_trail(name, tried, plans=plans)
        if self.tables.raw != before.raw:
            self.caught_up = outcome == DONE and plans and not noted
        self._check()
        if plans:
            self._check_planning(tried, since)
        return tried

    def _run(self, act: Callable[[], Any], disturbance: Disturbance) -> tuple[str, Any]:
        self.depth += 1
        try:
            with self._wire.during(disturbance):
                return DONE, act()
        except Refusal as refusal:
            return refusal.name, refusal
        except PowerCut:
            practices.invalidate()
            return CUT, None
        finally:
            self.depth -= 1

    def _noting(self, act: Callable[[], None], noted: list[Tables]) -> Callable[[], None]:
        """The interlude, with the tables before and after it."""

        def noting() -> None:
            self.tables = read_tables()
            noted.append(self.tables)
            act()
            noted.append(self.tables)

        return noting

    def _count(self, name: str, tried: Tried, disturbance: Disturbance) -> None:
        disturbed = self._wire.disturbed or tried.interlude
        how = f", {type(disturbance).__name__.lower()}" if disturbed else ""
        self.notice(f"{name}: {tried.outcome}{how}")
        if not tried.before.planned and tried.after.planned:
            self.notice(f"planning resumed by {name}")

    def _check_refusal(self, name: str, tried: Tried) -> None:
        """I: a refused call has changed nothing, and one person alone never finds it busy."""
        assert tried.outcome != "busy", f"{name} found the calendar busy"
        if tried.outcome in (DONE, CUT):
            return
        first, last = tried.before.tables, tried.after.tables
        begun, ended = tried.interlude or (first, first)
        assert begun.raw == first.raw, f"{name} changed something before it was refused"
        assert ended.raw == last.raw, f"{name} was refused, and changed something"

    def _check_trail(self, name: str, tried: Tried, *, plans: bool) -> None:
        """An act of the therapist's that has changed something has left one entry, done or cut
        short; a planning act, where what is asked for has changed. Nobody else leaves any."""
        kept = len(tried.after.entries) - len(tried.before.entries)
        changed = tried.after.tables.raw != tried.before.tables.raw
        asked = tried.after.asked != tried.before.asked
        theirs = name not in NOT_THE_THERAPISTS and (asked if plans else changed)
        assert kept == theirs, f"{name} has left {kept} entries"

    def _check(self) -> None:
        assert self.tables.of(NEIGHBOUR) == self._neighbour, "the neighbour's rows have changed"
        faults = find_faults(self.tables, now=self.now)
        if not self.depth:
            caught_up = self.caught_up
            faults += find_misplanned(self.tables, now=self.now, caught_up=caught_up)
        assert not faults, "\n".join(faults)

    def _check_planning(self, tried: Tried, since: int) -> None:
        """D and G: nothing was open for a while, all is planned, and to plan again changes
        nothing."""
        whole = tried.before.planned and tried.after.planned
        if not tried.interlude and not self.depth:
            for record in written(SLOTS)[since:]:
                images = record["dynamodb"]
                if "NewImage" in images and (whole or "OldImage" not in images):
                    opened = find_opened(self.rows, _plain(images["NewImage"]), now=self.now)
                    assert opened is None, opened
        if tried.outcome == DONE:
            assert self.rows.planned, "a planning act has left something to be done"
            if self.caught_up:
                self.expect_no_change(lambda: planning.carry_out_plan(THERAPIST, now=self.now))

    def again(self, name: str, act: Callable[[], Any], *, disturbance: Disturbance = None) -> None:
        """Let somebody act, and do the same once more, which changes nothing."""
        tried = self.attempt(name, act, disturbance=disturbance)
        if tried.outcome == DONE and not tried.interlude:
            self.expect_no_change(act)

    def look(self, act: Callable[[], Any]) -> Tried:
        """Look at what an act would come to."""
        before = self.tables
        outcome, value = self._run(act, None)
        self.tables = read_tables()
        assert self.tables.raw == before.raw, "a preview has changed something"
        return Tried(outcome, value, before.therapists[THERAPIST], self.rows)

    def wait(self, until: datetime) -> None:
        """Let time go by."""
        self.now = until
        self._check()

    def expect_no_change(self, act: Callable[[], Any]) -> Any:
        """Let somebody act to no effect."""
        before = self.tables
        with self._wire.during(None):
            value = act()
        self.tables = read_tables()
        assert self.tables.raw == before.raw, "a repeat has changed something"
        return value

    # What clients do, and the therapist for them.

    def book(self, client_id: str, slot_id: str, *, disturbance: Disturbance = None) -> None:
        expected = expectations.booking(self.rows, client_id, slot_id, now=self.now)
        since = len(written(SLOTS))

        def act() -> bookings.BookingResult:
            return bookings.book(THERAPIST, client_id, slot_id, now=self.now)

        tried = self.attempt("book", act, disturbance=disturbance)
        self._check_client_act(tried, client_id, expected, since)
        if tried.outcome == DONE:
            made = tried.value.appointment.appointment_id
            assert tried.after.slots[slot_id]["appointment_id"] == made or tried.interlude
            if not tried.interlude:
                assert tried.value.new == (expected == DONE)
                again = self.expect_no_change(act)
                assert (again.appointment.appointment_id, again.new) == (made, False)

    def cancel(self, client_id: str, name: str, *, disturbance: Disturbance = None) -> None:
        expected = expectations.cancelling(
            self.rows, client_id, name, therapist=False, now=self.now
        )
        late = self._is_late(name)

        def act() -> cancellations.CancellationResult:
            return cancellations.cancel_own(THERAPIST, client_id, name, now=self.now)

        tried = self.attempt("cancel", act, disturbance=disturbance)
        self._check_client_act(tried, client_id, expected, None)
        self._check_ended(tried, name, act, late=late, expected=expected)

    def cancel_for(self, name: str, by: Party, *, disturbance: Disturbance = None) -> None:
        client_id = name.split("-")[1]
        expected = expectations.cancelling(self.rows, client_id, name, therapist=True, now=self.now)
        late = by is Party.CLIENT and self._is_late(name)

        def act() -> cancellations.CancellationResult:
            return cancellations.cancel_for_client(THERAPIST, name, by=by, now=self.now)

        tried = self.attempt(f"cancel as {by}", act, disturbance=disturbance)
        if not tried.interlude and tried.outcome != CUT:
            assert tried.outcome == _outcome(expected), expected
        self._check_ended(tried, name, act, late=late, expected=expected)

    def move(
        self, client_id: str, name: str, slot_id: str, *, disturbance: Disturbance = None
    ) -> None:
        expected = expectations.moving(self.rows, client_id, name, slot_id, now=self.now)
        late, since = self._is_late(name), len(written(SLOTS))

        def act() -> cancellations.CancellationResult:
            return moves.move(THERAPIST, client_id, name, slot_id, now=self.now)

        tried = self.attempt("move", act, disturbance=disturbance)
        self._check_client_act(tried, client_id, expected, since)
        if tried.outcome == DONE and not tried.interlude:
            made = tried.value.appointment
            assert made.slot_id == slot_id
            if expected == DONE:
                assert tried.value.late == late
                old = tried.before.appointments[name]
                new = tried.after.appointments[made.appointment_id]
                assert instant(new["made_at"]) == instant(old["made_at"])
                self._check_given_up(tried, old)
            if tried.after.clients[client_id]["privilege"] != "ended":
                again = self.expect_no_change(act)
                assert again.appointment.appointment_id == made.appointment_id

    def book_for(self, client_id: str, slot_id: str, *, disturbance: Disturbance = None) -> None:
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
        tried = self.attempt(
            "book for a client",
            lambda: bookings.book_for_client(THERAPIST, client_id, slot_id, now=self.now),
            disturbance=disturbance,
        )
        if not tried.interlude and tried.outcome != CUT:
            assert tried.outcome == _outcome(expected), expected

    def _is_late(self, name: str) -> bool:
        claim = self.rows.appointments.get(name)
        return claim is not None and expectations.is_late(self.rows, claim, now=self.now)

    def _check_client_act(
        self, tried: Tried, client_id: str, expected: str, since: int | None
    ) -> None:
        """B, C, and that the outcome is the one that the rules give."""
        if not tried.interlude and tried.outcome != CUT:
            assert tried.outcome == _outcome(expected), f"{tried.outcome}, expected {expected}"
            if expected == AGAIN:
                assert tried.before.tables.raw == tried.after.tables.raw
        start = tried.interlude[1].therapists[THERAPIST] if tried.interlude else tried.before
        if start.clients[client_id]["privilege"] != "active":
            assert start.tables.raw == tried.after.tables.raw, f"{client_id} is suspended"
        if since is None or tried.interlude or expected == AGAIN:
            return
        for record in written(SLOTS)[since:]:
            old, new = (_plain(record["dynamodb"][name]) for name in ("OldImage", "NewImage"))
            assert new["state"] != "booked" or old["state"] == "open", "booked what was not open"

    def _check_ended(
        self, tried: Tried, name: str, act: Callable[[], Any], *, late: bool, expected: str
    ) -> None:
        if tried.outcome != DONE or tried.interlude:
            return
        if expected == DONE:
            assert tried.value.late == late
            self._check_given_up(tried, tried.before.appointments[name])
        again = self.expect_no_change(act)
        assert again.appointment == tried.value.appointment

    def _check_given_up(self, tried: Tried, old: Row) -> None:
        """The slot is what it was to return to, and its regular leaves that day out."""
        slot_id = old["slot_id"]
        assert tried.after.slots[slot_id]["state"] == tried.before.slots[slot_id]["returns_to"]
        if "regular_id" in old:
            skips = tried.after.regulars[old["regular_id"]].get("skips", set())
            gained = skips - tried.before.regulars[old["regular_id"]].get("skips", set())
            assert len(gained) == 1


def _outcome(expected: str) -> str:
    return DONE if expected == AGAIN else expected


def _plain(image: Any) -> Row:
    return {name: next(iter(value.values())) for name, value in image.items()}
