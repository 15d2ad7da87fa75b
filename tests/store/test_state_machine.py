"""Everything that clients and therapists do, in any order, with time going by, processes dying and
people getting in each other's way: whatever happens, what must always hold does.

OPENHOUR_ROUNDS sets how many rounds are run, of OPENHOUR_STEPS acts each, and not the same each
time; without it a few rounds are run, the same every time.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from openhour.rules.appointments import Party
from openhour.rules.clients import Privilege
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.practice import Intake, OnStrikeLimit, ReleaseTime
from openhour.rules.regulars import Regular
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.store import (
    calendars,
    clients,
    hours,
    outcomes,
    planning,
    registrations,
    regulars,
    releases,
    time_off,
)
from openhour.store import settings as practice_settings
from tests.store.invariants import LIVE, Row, end_of, start_of
from tests.store.planned import Wanted
from tests.store.stage import THERAPIST, Stage, Tried
from tests.store.wire import Cut, Disturbance, Interlude, Lost
from tests.unit.builders import an_entry, at

BEGINNINGS = (
    ("America/New_York", "2026-10-28 09:00"),  # summer time ends on Sunday at 2:00
    ("America/New_York", "2027-03-10 09:00"),  # and begins on Sunday at 2:00
    ("Australia/Lord_Howe", "2026-09-30 12:00"),  # by half an hour, on Sunday at 2:00
    ("Australia/Lord_Howe", "2027-03-31 12:00"),
    ("America/Santiago", "2026-09-02 09:00"),  # on Sunday at 0:00
    ("America/Santiago", "2027-03-31 09:00"),
    ("Asia/Kolkata", "2026-12-29 09:00"),  # in week 53
    ("Australia/Adelaide", "2026-09-30 09:00"),
)
ZONES = sorted({zone for zone, _ in BEGINNINGS} | {"Pacific/Kiritimati"})
STARTS = (
    "saturday 23:10",
    "sunday 00:20",
    "sunday 01:40",
    "sunday 02:15",
    "sunday 03:00",
    "monday 10:00",
    "monday 10:30",
    "thursday 17:30",
    "friday 18:00",
)
ENTRIES = [
    an_entry(when, minutes, prime=prime)
    for when, minutes, prime in product(STARTS, (50, 25, 85), (False, True))
    if (when, minutes) != ("saturday 23:10", 85)
]

SEEN: Counter[str] = Counter()

numbers = st.integers(0, 23)
entries = st.lists(
    st.sampled_from(ENTRIES), unique_by=lambda entry: (entry.weekday, entry.start), max_size=5
).map(tuple)
slot_kinds = st.sampled_from(("open", "open", "held", "booked", "blocked", "any", "unknown"))
claim_kinds = st.sampled_from(("ahead", "ahead", "ahead", "any"))
parties = st.sampled_from(Party)
interludes = st.tuples(
    st.sampled_from(
        ("book", "cancel", "move", "book for", "cancel for", "set", "suspend", "finish", "end")
    ),
    slot_kinds,
    numbers,
    numbers,
)
disturbances = st.one_of(
    st.none(),
    st.none(),
    st.builds(Cut, st.integers(0, 4)),
    st.builds(Lost, st.integers(0, 3)),
    st.tuples(st.integers(0, 14), interludes),
)
spans = st.tuples(st.integers(-2, 14), st.integers(0, 23), st.sampled_from((1, 5, 30, 80, 200)))


class Practice(RuleBasedStateMachine):
    """One therapist, a few clients, and everything that they can do."""

    @initialize(
        beginning=st.sampled_from(BEGINNINGS), entries=entries, notice=st.sampled_from((0, 12))
    )
    def open(self, beginning: tuple[str, str], entries: tuple[Entry, ...], notice: int) -> None:
        zone, local = beginning
        self.stage = Stage(at(local, ZoneInfo(zone)), _note)
        self.stage.open(zone, _compatible(entries), booking_notice_hours=notice)

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.stage.close()

    # Clients.

    @rule(who=numbers, kind=slot_kinds, which=numbers, how=disturbances)
    def book(self, who: int, kind: str, which: int, how: Any) -> None:
        self.stage.book(self._client(who), self._slot(kind, which), disturbance=self._made(how))

    @rule(kind=claim_kinds, which=numbers, who=numbers, how=disturbances)
    def cancel(self, kind: str, which: int, who: int, how: Any) -> None:
        if claim := self._claim(kind, which):
            client_id = self._client(who) if kind == "any" else claim["client_id"]
            name = claim["appointment_id"]
            self.stage.cancel(client_id, name, disturbance=self._made(how))

    @rule(kind=claim_kinds, which=numbers, to=slot_kinds, slot=numbers, how=disturbances)
    def move(self, kind: str, which: int, to: str, slot: int, how: Any) -> None:
        if claim := self._claim(kind, which):
            self.stage.move(
                claim["client_id"],
                claim["appointment_id"],
                self._slot(to, slot),
                disturbance=self._made(how),
            )

    @rule(who=numbers)
    def register(self, who: int) -> None:
        address = f"{who % 6}@example.org"
        self.stage.attempt(
            "register",
            lambda: registrations.register(
                THERAPIST, name="New", email=address, phone="1", now=self.stage.now
            ),
        )

    # The therapist, for one client.

    @rule(who=numbers, kind=slot_kinds, which=numbers, how=disturbances)
    def book_for_client(self, who: int, kind: str, which: int, how: Any) -> None:
        self.stage.book_for(self._client(who), self._slot(kind, which), disturbance=self._made(how))

    @rule(kind=claim_kinds, which=numbers, by=parties, how=disturbances)
    def cancel_for_client(self, kind: str, which: int, by: Party, how: Any) -> None:
        if claim := self._claim(kind, which):
            self.stage.cancel_for(claim["appointment_id"], by, disturbance=self._made(how))

    @rule(which=numbers, outcome=st.sampled_from(Outcome), late=st.booleans(), how=disturbances)
    def mark_outcome(self, which: int, outcome: Outcome, late: bool, how: Any) -> None:
        claims = [
            claim
            for claim in self.stage.rows.appointments.values()
            if (claim.get("strike") if late else start_of(claim) <= self.stage.now)
        ]
        if claim := _pick(claims, which):
            name = claim["appointment_id"]
            self.stage.again(
                f"mark {outcome}",
                lambda: outcomes.mark_outcome(THERAPIST, name, outcome, now=self.stage.now),
                disturbance=self._made(how),
            )

    @rule(who=numbers, suspend=st.booleans(), how=disturbances)
    def set_privilege(self, who: int, suspend: bool, how: Any) -> None:
        self._suspend(who, suspend=suspend, how=self._made(how))

    @rule(who=numbers, how=disturbances)
    def discharge(self, who: int, how: Any) -> None:
        client_id = self._client(who)
        tried = self._plan(
            "discharge", lambda: clients.discharge(THERAPIST, client_id, now=self.stage.now), how
        )
        if tried.outcome == "done":
            theirs = (s for s in tried.after.ahead(self.stage.now) if s["state"] == "booked")
            assert client_id not in {slot["client_id"] for slot in theirs}

    @rule(who=numbers, invite=st.booleans(), most=st.none() | st.integers(1, 3))
    def add_or_change_client(self, who: int, invite: bool, most: int | None) -> None:
        client_id = self._client(who)
        if invite:
            self.stage.attempt("add a client", lambda: self._add(f"{who % 6}@example.org"))
        else:
            self.stage.attempt(
                "change a client",
                lambda: clients.change_client(
                    THERAPIST, client_id, {"max_per_week": most}, now=self.stage.now
                ),
            )

    def _add(self, address: str) -> None:
        clients.add_client(
            THERAPIST,
            name="Dan",
            email=address,
            phone=None,
            login=None,
            invite=True,
            now=self.stage.now,
        )

    # The therapist, for the calendar.

    @rule(entries=entries, how=disturbances)
    def set_hours(self, entries: tuple[Entry, ...], how: Any) -> None:
        def act(*, preview: bool) -> Any:
            return hours.set_hours(
                THERAPIST, entries, if_match=None, preview=preview, now=self.stage.now
            )

        self._plan_as_foreseen("set the hours", act, how)

    @rule(
        who=numbers,
        which=numbers,
        first=st.integers(-8, 15),
        lasts=st.none() | st.integers(0, 30),
        every=st.integers(1, 4),
        changed=st.none() | numbers,
        how=disturbances,
    )
    def enter_regular(
        self,
        who: int,
        which: int,
        first: int,
        lasts: int | None,
        every: int,
        changed: int | None,
        how: Any,
    ) -> None:
        """Add a regular, or change one."""
        rows = self.stage.rows
        weekday, start, *_ = _pick(rows.hours, which) or ("tuesday", "12:00")
        day = self.stage.now.astimezone(rows.zone).date() + timedelta(days=first)
        there = [name for name, regular in rows.regulars.items() if not regular["ended"]]
        regular_id = _pick(there, changed) if changed is not None else None
        wish = Regular(
            regular_id=regular_id or "",
            client_id=self._client(who),
            weekday=weekday,
            start=time.fromisoformat(start),
            every_weeks=every,
            first=day,
            until=None if lasts is None else day + timedelta(days=lasts),
        )

        def act(*, preview: bool) -> Any:
            enter = regulars.change_regular if regular_id else regulars.add_regular
            return enter(THERAPIST, wish, preview=preview, now=self.stage.now)

        name = "change a regular" if regular_id else "add a regular"
        tried = self._plan_as_foreseen(name, act, how)
        if tried.outcome == "done" and not tried.interlude:
            _note_placed(tried)
            stands = {
                slot_id
                for slot_id, slot in tried.after.slots.items()
                if slot.get("regular_id") == tried.value.regular.regular_id
                and end_of(slot) > self.stage.now
            }
            assert stands == set(tried.value.placed)

    @rule(which=numbers, how=disturbances)
    def end_regular(self, which: int, how: Any) -> None:
        self._end(which, how)

    @rule(span=spans, sick=st.booleans(), how=disturbances)
    def take_time_off(self, span: tuple[int, int, int], sick: bool, how: Any) -> None:
        days, hour, length = span
        begins = self.stage.now + timedelta(days=days, hours=hour)
        wish = TimeOff(
            time_off_id="",
            begins=begins,
            ends=begins + timedelta(hours=length),
            made_at=self.stage.now,
            cancel_booked=sick,
        )

        def act(*, preview: bool) -> Any:
            return time_off.take_time_off(THERAPIST, wish, preview=preview, now=self.stage.now)

        tried = self._plan_as_foreseen("take a sick day" if sick else "take time off", act, how)
        if tried.outcome == "done" and sick and not tried.interlude:
            booked = (s for s in tried.after.ahead(self.stage.now) if s["state"] == "booked")
            assert not any(start_of(s) < wish.ends and wish.begins < end_of(s) for s in booked)

    @rule(which=numbers, how=disturbances)
    def end_time_off(self, which: int, how: Any) -> None:
        if name := _pick(list(self.stage.rows.time_off), which):

            def act(*, preview: bool) -> Any:
                return time_off.end_time_off(THERAPIST, name, preview=preview, now=self.stage.now)

            self._plan_as_foreseen("end time off", act, how)

    @rule(
        when=st.none() | st.tuples(st.integers(0, 16), numbers),
        which=numbers,
        minutes=st.sampled_from((25, 50, 120)),
        prime=st.booleans(),
        how=disturbances,
    )
    def open_extra(
        self, when: tuple[int, int] | None, which: int, minutes: int, prime: bool, how: Any
    ) -> None:
        """Somewhere in the next weeks, or on the start of a regular's occurrence."""
        now = self.stage.now
        claims = sorted(Wanted(self.stage.rows, now).claims) if self.stage.rows.planned else []
        start = now.replace(minute=0, second=0, microsecond=0)
        if when is not None:
            start += timedelta(days=when[0], hours=when[1])
        elif claim := _pick(claims, which):
            start = start_of({"slot_id": claim})

        def act() -> Any:
            return calendars.open_extra(
                THERAPIST, start=start, minutes=minutes, prime=prime, now=self.stage.now
            )

        self._plan("open an extra slot", act, how)

    @rule(
        kind=slot_kinds,
        which=numbers,
        state=st.sampled_from((SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED)),
        how=disturbances,
    )
    def set_slot(self, kind: str, which: int, state: SlotState, how: Any) -> None:
        self._set(self._slot(kind, which), state, how)

    @rule(
        changes=st.fixed_dictionaries(
            {},
            optional={
                "booking_notice_hours": st.sampled_from((0, 12, 48)),
                "cancellation_notice_hours": st.sampled_from((0, 24, 72)),
                "grace_minutes": st.sampled_from((0, 15)),
                "max_per_week": st.integers(1, 3),
                "strike_limit": st.integers(1, 3),
                "strike_window_days": st.sampled_from((7, 90)),
                "on_strike_limit": st.sampled_from(OnStrikeLimit),
                "late_move_is_strike": st.booleans(),
                "intake": st.sampled_from(Intake),
                "release": st.builds(
                    ReleaseTime,
                    weekday=st.sampled_from(("friday", "sunday")),
                    time=st.sampled_from((time(18), time(2, 15))),
                ),
            },
        ),
        how=disturbances,
    )
    def change_settings(self, changes: dict[str, Any], how: Any) -> None:
        self._change(changes, how, "change settings")

    @rule(zone=st.sampled_from(ZONES), how=disturbances)
    def change_zone(self, zone: str, how: Any) -> None:
        self._change({"timezone": zone}, how, "change the zone")

    @rule(weeks=st.integers(1, 3), how=disturbances)
    def change_horizon(self, weeks: int, how: Any) -> None:
        self._change({"horizon_weeks": weeks}, how, "change the horizon")

    @rule(
        enabled=st.sampled_from((True, True, False)), entered=st.sampled_from((True, True, False))
    )
    def switch(self, enabled: bool, entered: bool) -> None:
        self.stage.attempt(
            f"switch {'on' if enabled else 'off'}",
            lambda: practice_settings.switch(
                THERAPIST, enabled=enabled, regulars_entered=entered, now=self.stage.now
            ),
        )

    @rule(weeks=st.integers(-2, 1), how=disturbances)
    def release(self, weeks: int, how: Any) -> None:
        """On time, late, again, or early."""
        rows, now = self.stage.rows, self.stage.now
        friday = now.astimezone(rows.zone) + timedelta(weeks=weeks)
        friday += timedelta(days=(4 - friday.weekday()) % 7)
        at_six = friday.replace(hour=18, minute=0, second=0, microsecond=0).astimezone(UTC)

        def act() -> Any:
            return releases.release_week(THERAPIST, scheduled_at=at_six, now=now)

        target = rows.week_of(at_six + timedelta(weeks=1))
        self._release("release", act, target, how)

    @rule(how=disturbances)
    def release_early(self, how: Any) -> None:
        def act() -> Any:
            return releases.release_early(THERAPIST, now=self.stage.now)

        foreseen = releases.foresee_release(THERAPIST, now=self.stage.now)
        self._release("release early", act, str(foreseen.week), how)

    def _release(self, name: str, act: Callable[[], Any], target: str, how: Any) -> None:
        before = self.stage.rows
        through = max(target, before.practice["released_through"])
        opens = {
            slot["slot_id"]
            for slot in before.ahead(self.stage.now)
            if slot["state"] == "held" and "hand" not in slot and slot["week"] <= through
        }
        tried = self._plan(name, act, how)
        if tried.outcome == "done" and not tried.interlude:
            assert tried.after.practice["released_through"] == through
            assert isinstance(how, Lost) or set(tried.value.opened) == opens
            if opens:
                _note("release: opens slots")
            repeated = self.stage.expect_no_change(act) if self.stage.caught_up else None
            assert repeated is None or name == "release early" or not repeated.opened

    # The stream, the clock, and looking.

    @rule(how=disturbances)
    def follow_the_stream(self, how: Any) -> None:
        if not self.stage.caught_up and self.stage.rows.planned:
            _note("stream: finds work" if self._is_waiting() else "stream: finds nothing")
        self._finish(how)

    def _is_waiting(self) -> bool:
        wanted = Wanted(self.stage.rows, self.stage.now)
        free = (s for s in self.stage.rows.ahead(self.stage.now) if s["state"] != "booked")
        return any(wanted.waiting(slot) for slot in free)

    @rule(
        passes=st.sampled_from(
            (
                timedelta(minutes=7),
                timedelta(hours=1),
                timedelta(hours=11),
                timedelta(days=1),
                timedelta(days=2),
                timedelta(days=4),
                timedelta(weeks=1),
                timedelta(weeks=2, days=3),
            )
        )
    )
    def time_goes_by(self, passes: timedelta) -> None:
        self.stage.wait(self.stage.now + passes)

    @rule(which=st.integers(0, 4), before=st.sampled_from((0, 0, 12, 24)))
    def time_comes(self, which: int, before: int) -> None:
        """The very moment of a slot's start, or of some hours' notice."""
        moments = (
            start_of(slot) - timedelta(hours=before)
            for slot in self.stage.rows.ahead(self.stage.now)
        )
        if moment := _pick(sorted(m for m in moments if m >= self.stage.now), which):
            self.stage.wait(moment)

    @rule()
    def read_conflicts(self) -> None:
        now, rows = self.stage.now, self.stage.rows
        found = self.stage.expect_no_change(lambda: calendars.list_conflicts(THERAPIST, now=now))
        for conflict in found:
            _note(f"conflict: {conflict.reason}")
        if self.stage.caught_up and rows.planned:
            named = {conflict.slot_id for conflict in found}
            wanted = Wanted(rows, now)
            for slot_id in wanted.claims.keys() - named:
                slot = rows.slots.get(slot_id)
                assert slot, f"{slot_id} is missing, and no conflict"
                assert wanted.waiting(slot) is None, f"{slot_id} waits, and is no conflict"
            for slot in rows.ahead(now):
                strange = wanted.is_stray(slot) or wanted.is_off(slot)
                if slot["state"] == "booked" and strange:
                    assert slot["slot_id"] in named, f"{slot['slot_id']} is no conflict"

    # What rules and interludes share.

    def _client(self, n: int) -> str:
        name: str = _pick(sorted(self.stage.rows.clients), n % 4)
        return name

    def _slot(self, kind: str, n: int) -> str:
        if kind == "unknown":
            start = self.stage.now + timedelta(days=3, hours=n)
            return f"{start:%Y%m%dT%H}07Z"
        ahead = self.stage.rows.ahead(self.stage.now)
        alike = [s for s in ahead if s["state"] == kind]
        slot = _pick(alike or list(self.stage.rows.slots.values()), n)
        return slot["slot_id"] if slot else "20300101T0000Z"

    def _claim(self, kind: str, n: int) -> Row | None:
        every = list(self.stage.rows.appointments.values())
        ahead = [a for a in every if a["status"] in LIVE and start_of(a) > self.stage.now]
        claim: Row | None = _pick(ahead if kind == "ahead" else every, n)
        return claim

    def _made(self, how: Any) -> Disturbance:
        if isinstance(how, tuple):
            number, interlude = how
            return Interlude(number, lambda: self._interlude(*interlude))
        disturbance: Disturbance = how
        return disturbance

    def _interlude(self, act: str, kind: str, one: int, other: int) -> None:
        claim = self._claim("ahead", one)
        slot_id = self._slot(kind, other)
        match act:
            case "book":
                self.stage.book(self._client(one), slot_id)
            case "book for":
                self.stage.book_for(self._client(one), slot_id)
            case "cancel" if claim:
                self.stage.cancel(claim["client_id"], claim["appointment_id"])
            case "cancel for" if claim:
                self.stage.cancel_for(claim["appointment_id"], Party.THERAPIST)
            case "move" if claim:
                self.stage.move(claim["client_id"], claim["appointment_id"], slot_id)
            case "set":
                self._set(slot_id, SlotState.OPEN if one % 2 else SlotState.BLOCKED, None)
            case "suspend":
                self._suspend(one, suspend=True, how=None)
            case "finish":
                self._finish(None)
            case "end":
                self._end(one, None)

    def _suspend(self, who: int, *, suspend: bool, how: Disturbance) -> None:
        client_id = self._client(who)
        privilege = Privilege.SUSPENDED if suspend else Privilege.ACTIVE

        def act() -> Any:
            return clients.set_privilege(
                THERAPIST, client_id, privilege, reason="so", now=self.stage.now
            )

        self.stage.again("suspend" if suspend else "restore", act, disturbance=how)

    def _set(self, slot_id: str, state: SlotState, how: Any) -> None:
        def act() -> Any:
            return calendars.set_slot(THERAPIST, slot_id, state, now=self.stage.now)

        self.stage.attempt(f"set a slot {state}", act, disturbance=self._made(how))

    def _end(self, which: int, how: Any) -> None:
        if name := _pick(list(self.stage.rows.regulars), which):

            def act(*, preview: bool) -> Any:
                return regulars.end_regular(THERAPIST, name, preview=preview, now=self.stage.now)

            self._plan_as_foreseen("end a regular", act, how)

    def _finish(self, how: Any) -> None:
        self._plan("finish", lambda: planning.finish(THERAPIST, now=self.stage.now), how)

    def _change(self, changes: dict[str, Any], how: Any, name: str) -> None:
        zone = changes.get("timezone", str(self.stage.rows.zone))
        horizon = self.stage.rows.settings["horizon_weeks"]
        plans = (zone, changes.get("horizon_weeks", horizon)) != (
            str(self.stage.rows.zone),
            horizon,
        )
        self.stage.attempt(
            name,
            lambda: practice_settings.change_settings(
                THERAPIST, changes, if_match=None, now=self.stage.now
            ),
            disturbance=self._made(how),
            plans=plans,
        )

    def _plan(self, name: str, act: Callable[[], Any], how: Any) -> Tried:
        return self.stage.attempt(name, act, disturbance=self._made(how), plans=True)

    def _plan_as_foreseen(self, name: str, act: Callable[..., Any], how: Any) -> Tried:
        """Look first, then act: what was foreseen comes true unless somebody comes between."""
        foreseen = self.stage.look(lambda: act(preview=True))
        tried = self._plan(name, lambda: act(preview=False), how)
        if tried.interlude is None and tried.outcome != "cut short":
            assert foreseen.outcome == tried.outcome, "the preview promised something else"
            if tried.outcome == "done":
                assert _told(foreseen.value) == _told(tried.value)
        return tried


def _told(answer: Any) -> Any:
    """What an answer tells, but for ids that are given anew each time."""
    return (
        [(c.slot_id, c.reason, c.client_id, c.appointment_id) for c in answer.conflicts],
        getattr(answer, "placed", None),
        getattr(answer, "skipped", None),
        sorted(a.appointment_id for a in getattr(answer, "cancelled", ())),
    )


def _note_placed(tried: Tried) -> None:
    for slot_id in tried.value.placed:
        before = tried.before.slots.get(slot_id, {})
        if before.get("client_id") and "regular_id" not in before:
            _note("a regular adopts its client's booking")
        if before.get("regular_id"):
            _note("a regular follows a regular")
    for conflict in tried.value.conflicts:
        _note(f"conflict of a regular: {conflict.reason}")


def _compatible(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """As many of the entries as do not overlap."""
    chosen: list[Entry] = []
    for entry in entries:
        same_day = (other for other in chosen if other.weekday == entry.weekday)
        if all(other.ends <= entry.begins or entry.ends <= other.begins for other in same_day):
            chosen.append(entry)
    return tuple(chosen)


def _note(what: str) -> None:
    """Count what happened; Hypothesis takes no word of it from the threads of a release."""
    SEEN[what] += 1
    if threading.current_thread() is threading.main_thread():
        event(what)


def _pick(them: list[Any], n: int) -> Any:
    return them[n % len(them)] if them else None


ROUNDS, STEPS = (
    int(os.environ.get("OPENHOUR_ROUNDS", "0")),
    int(os.environ.get("OPENHOUR_STEPS", "40")),
)
SETTINGS = settings(
    max_examples=ROUNDS or 40,
    stateful_step_count=STEPS,
    derandomize=not ROUNDS,
    database=None,
    deadline=None,
    print_blob=False,
    phases=(Phase.generate, Phase.shrink)
    if os.environ.get("OPENHOUR_SHRINK", "1")
    else (Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(0 if ROUNDS else 300)
def test_whatever_happens_what_must_hold_does():
    try:
        run_state_machine_as_test(Practice, settings=SETTINGS)
    finally:
        if told := os.environ.get("OPENHOUR_SEEN"):
            lines = (f"{count:7} {what}" for what, count in sorted(SEEN.items()))
            Path(told).write_text("\n".join(lines))
