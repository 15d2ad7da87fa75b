"""Random sequences of actions, with crashes and interruptions, keep every invariant.

OPENHOUR_ROUNDS sets the number of rounds, drawn anew each time; by default a few rounds are always
the same, more of them with `--engine`. OPENHOUR_STEPS sets the actions of a round.
OPENHOUR_SHRINK shrinks a failing round, which takes minutes.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from openhour.rules.appointments import Party
from openhour.rules.clients import Mail, Privilege
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.settings import Intake, Language, OnStrikeLimit, ReleaseTime
from openhour.rules.slots import SlotState
from tests.dynamodb_backends import on_engine
from tests.store.actions import Act, Actions, Fault
from tests.store.harness import CHANGING_ZONE, Harness
from tests.store.transport import CrashBefore, LoseResponse
from tests.unit.builders import an_entry, at

ROUNDS = int(os.environ.get("OPENHOUR_ROUNDS", "0"))
STEPS = int(os.environ.get("OPENHOUR_STEPS", "40"))
SEEN: Counter[str] = Counter()
"""How often what came to pass."""

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
LOCAL = ("2026-10-28 09:00", "2026-11-18 09:00", "2027-03-10 09:00")
"""Beginnings in the zone whose rules change."""
STARTS = (
    "monday 10:00",
    "monday 10:30",
    "thursday 17:30",
    "friday 18:00",
    "saturday 23:10",
    "sunday 00:20",
    "sunday 01:40",
    "sunday 02:15",
    "sunday 03:00",
)
ENTRIES = [
    an_entry(when, minutes, prime=prime)
    for when, minutes, prime in product(STARTS, (50, 25, 85), (False, True))
    if (when, minutes) != ("saturday 23:10", 85)
]


def _compatible(entries: list[Entry]) -> tuple[Entry, ...]:
    """As many of the entries as do not overlap."""
    chosen: list[Entry] = []
    for entry in entries:
        same_day = (other for other in chosen if other.weekday == entry.weekday)
        if all(other.ends <= entry.begins or entry.ends <= other.begins for other in same_day):
            chosen.append(entry)
    return tuple(chosen)


hours = st.lists(st.sampled_from(ENTRIES), min_size=3, max_size=6).map(_compatible)
clashing = st.lists(st.sampled_from(ENTRIES), max_size=3).map(tuple)
numbers = st.integers(0, 23)
slots = st.sampled_from((*["open"] * 8, "held", "booked", "booked", "blocked", "any", "unknown"))
appointments = st.sampled_from((*["ahead"] * 6, "any"))
lasts = st.none() | st.integers(0, 30)
every = st.sampled_from((1, 1, 2, 3, 4))
firsts = st.integers(-8, 15)
rules = st.fixed_dictionaries(
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
)
choices = st.fixed_dictionaries(
    {},
    optional={
        "language": st.none() | st.sampled_from(Language),
        "mail": st.sampled_from(Mail),
        "calendar_entries": st.booleans(),
    },
)
spans = [timedelta(minutes=7), *(timedelta(hours=h) for h in (1, 11, 24, 48, 96, 7 * 24, 17 * 24))]

Chance = tuple[int, st.SearchStrategy[Act]]
"""How often an act is chosen, and the act."""


def act(chance: int, name: str, *arguments: st.SearchStrategy[Any]) -> Chance:
    """An act of somebody's, by its name."""
    return chance, st.tuples(st.just(name), st.tuples(*arguments))


def setting(name: str, changes: st.SearchStrategy[dict[str, Any]]) -> Chance:
    return act(1, "change", st.just(name), changes)


def one_of(*chances: Chance) -> st.SearchStrategy[Act]:
    """One of the acts, by their chances."""
    return st.sampled_from([each for chance, each in chances for _ in range(chance)]).flatmap(
        lambda chosen: chosen
    )


acts_of_clients = (
    act(16, "book", numbers, slots, numbers),
    act(6, "cancel", appointments, numbers, numbers),
    act(10, "move", appointments, numbers, slots, numbers),
    act(6, "ask", appointments, numbers, st.integers(1, 4)),
    act(1, "withdraw", numbers),
    act(1, "choose", numbers, choices),
    act(1, "register", numbers),
)
acts_for_clients = (
    act(4, "book_for", numbers, slots, numbers),
    act(3, "cancel_for", appointments, numbers, st.sampled_from(Party)),
    act(3, "move_for", appointments, numbers, slots, numbers, st.sampled_from(Party)),
    act(3, "mark", numbers, st.sampled_from(Outcome)),
    act(2, "set_privilege", numbers, st.just(Privilege.SUSPENDED)),
    act(3, "set_privilege", numbers, st.just(Privilege.ACTIVE)),
    act(3, "decline", numbers),
    act(1, "discharge", numbers),
    act(1, "change_contacts", numbers, numbers),
    act(1, "limit", numbers, st.none() | st.integers(1, 3)),
    act(1, "add", numbers),
)
acts_of_planning = (
    act(3, "set_hours", st.one_of(hours, hours, hours, clashing)),
    act(4, "enter_regular", numbers, numbers, firsts, lasts, every, st.none()),
    act(2, "enter_regular", numbers, numbers, firsts, lasts, every, numbers),
    act(2, "end_regular", numbers),
    act(
        2,
        "take_time_off",
        st.integers(-2, 14),
        numbers,
        st.sampled_from((1, 5, 30, 80, 200)),
        st.booleans(),
    ),
    act(2, "end_time_off", numbers),
    act(
        2,
        "open_extra",
        st.none() | st.integers(0, 16),
        numbers,
        st.sampled_from((25, 50, 120)),
        st.booleans(),
    ),
    act(2, "return_slot", numbers),
    act(2, "confirm", numbers),
    act(3, "release", st.none() | st.integers(-2, 1)),
    act(2, "follow_the_stream"),
)
set_slot = act(
    3,
    "set_slot",
    slots,
    numbers,
    st.sampled_from((SlotState.OPEN, SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED)),
)
acts_of_settings = (
    setting("zone", st.fixed_dictionaries({"timezone": st.sampled_from(ZONES)})),
    setting("horizon", st.fixed_dictionaries({"horizon_weeks": st.integers(1, 3)})),
    setting("rules", rules),
    act(1, "switch", st.sampled_from((True, True, True, False))),
)
waits = (
    act(2, "wait", st.sampled_from(spans)),
    act(2, "wait_until", numbers, st.sampled_from((0, 0, 12, 24))),
    act(1, "wait_for_the_end_of_grace", numbers),
)
every_act = one_of(
    *acts_of_clients,
    *acts_for_clients,
    *acts_of_planning,
    set_slot,
    *acts_of_settings,
    *waits,
    act(2, "read_conflicts"),
)
early = st.sampled_from((0, 0, 0, 1, 1, 1, 2, 2, 3, 5, 8))
interruptions = st.tuples(
    early, one_of(*acts_of_clients, *acts_for_clients, *acts_of_planning, set_slot)
)
disturbances = st.one_of(
    st.none(),
    st.none(),
    st.builds(CrashBefore, st.integers(0, 4)),
    st.builds(LoseResponse, st.integers(0, 3)),
    interruptions,
    interruptions,
)


class Practice(RuleBasedStateMachine):
    """One therapist, a few clients, and everything that they can do: under one rule, since
    Hypothesis leaves some rules out of every round."""

    @initialize(beginning=st.sampled_from(BEGINNINGS), entries=hours)
    def open(self, beginning: tuple[str, str], entries: tuple[Entry, ...]) -> None:
        zone, local = beginning
        self.harness = Harness(at(local, ZoneInfo(zone)), SEEN)
        self.harness.open(zone, entries, booking_notice_hours=0, self_scheduling=True)
        self.actions = Actions(self.harness)

    def teardown(self) -> None:
        if hasattr(self, "harness"):
            self.harness.close()

    @rule(act=every_act, fault=disturbances)
    def perform(self, act: Act, fault: Fault) -> None:
        self.actions.do(act, fault)


class PracticeWithNewZoneRules(Practice):
    """A practice whose zone gets other rules after some acts."""

    @initialize(local=st.sampled_from(LOCAL), entries=hours, acts_before=st.integers(4, 20))
    def open(self, local: str, entries: tuple[Entry, ...], acts_before: int) -> None:
        self.acts_before = acts_before
        self.harness = Harness(at(local, ZoneInfo(CHANGING_ZONE)), SEEN)
        self.harness.open(CHANGING_ZONE, entries, booking_notice_hours=0, self_scheduling=True)
        self.actions = Actions(self.harness)

    @rule(act=every_act, fault=disturbances)
    def perform(self, act: Act, fault: Fault) -> None:
        super().perform(act, fault)
        self.acts_before -= 1
        if not self.acts_before:
            self.harness.change_zone_rules()


SETTINGS = settings(
    max_examples=ROUNDS or (12 if on_engine() else 3),
    stateful_step_count=STEPS,
    derandomize=not ROUNDS,
    database=None,
    deadline=None,
    print_blob=False,
    phases=(Phase.generate, *((Phase.shrink,) if os.environ.get("OPENHOUR_SHRINK") else ())),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(0 if ROUNDS else 300)
@pytest.mark.parametrize("machine", [Practice, PracticeWithNewZoneRules])
def test_every_action_keeps_the_invariants(machine):
    try:
        run_state_machine_as_test(machine, settings=SETTINGS)
    finally:
        if text := os.environ.get("OPENHOUR_SEEN"):
            lines = (f"{count:7} {what}" for what, count in sorted(SEEN.items()))
            Path(text).write_text("\n".join(lines))
