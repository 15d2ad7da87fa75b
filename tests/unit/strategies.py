"""Strategies for practices after random actions, in zones and weeks of clock changes.

Their latest actions are often not planned yet, or only in part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from openhour.rules.appointments import appointment_id_of
from openhour.rules.desired_calendar import Calendar, is_set_by_hand
from openhour.rules.hours import Entry, ordered_hours
from openhour.rules.planning import SlotChange, plan_weeks
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, RegularConflict
from openhour.rules.regulars import Regular, require_no_collision
from openhour.rules.release import as_released
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import local_start, slot_id_of
from tests.unit.builders import at, carry_out

SCENES = (
    ("America/New_York", "2026-03-06 12:00"),
    ("America/New_York", "2026-10-30 12:00"),
    ("Europe/Berlin", "2026-03-27 12:00"),
    ("Australia/Sydney", "2026-10-02 12:00"),
    ("Australia/Lord_Howe", "2026-10-02 12:00"),
    ("Australia/Lord_Howe", "2026-04-03 12:00"),
    ("Asia/Kolkata", "2027-01-01 12:00"),
)
"""Fridays before a change of the clocks, or in the last week of a long year."""
WEEKDAYS = ("friday", "sunday", "monday")
STARTS = ("01:00", "01:30", "02:00", "02:15", "02:30", "03:00", "03:10", "17:30", "18:00", "18:30")
MINUTES = (10, 30, 50, 90)
CLIENTS = ("ann", "bob", "cal")
FREE = (SlotState.OPEN, SlotState.HELD, SlotState.BLOCKED)


@dataclass(frozen=True, slots=True)
class World:
    """A calendar, and what time it is."""

    calendar: Calendar
    now: datetime

    @property
    def practice(self) -> Practice:
        return self.calendar.practice

    @property
    def zone(self) -> ZoneInfo:
        return self.practice.zone

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.calendar.slots

    def future(self, *, booked: bool) -> list[Slot]:
        """The slots that have not started, booked or free."""
        return [s for s in self.slots if s.start > self.now and s.booked is booked]

    def but(self, **changed: object) -> World:
        """The world with another practice, or other slots, regulars or time off."""
        return replace(self, calendar=replace(self.calendar, **changed))  # type: ignore[arg-type]  # names vary

    def with_slot(self, slot: Slot) -> World:
        """The world with one row written anew."""
        slot = replace(slot, revision=slot.revision + 1)
        others = [s for s in self.slots if s.slot_id != slot.slot_id]
        return self.but(slots=tuple(sorted([*others, slot], key=lambda s: s.slot_id)))


def carried_out(world: World, changes: Sequence[SlotChange]) -> World:
    """The world once these changes are written. What the therapist cancelled is an exception."""
    world = world.but(slots=carry_out(world.slots, changes))
    for change in changes:
        if change.cancelled_by_therapist and change.ends:
            world = _with_exception(world, change.ends)
    return world


def _with_exception(world: World, slot: Slot) -> World:
    """The world once the occurrence on a slot, if it is one, was cancelled."""
    day = (slot.local_start or local_start(slot.start, world.zone)).date()
    exception = (slot.client_id or "", day)
    regulars = tuple(
        replace(r, exceptions=r.exceptions | {exception}) if r.regular_id == slot.regular_id else r
        for r in world.calendar.regulars
    )
    return world.but(regulars=regulars)


def planned(world: World) -> World:
    """The world once everything asked for so far has been carried out."""
    world = carried_out(world, plan_weeks(world.calendar, now=world.now).changes)
    reach = world.practice.publishes_through(world.now)
    practice = replace(
        world.practice, published_through=reach, discharging=frozenset(), sick_days=frozenset()
    )
    return world.but(practice=practice)


def hours() -> st.SearchStrategy[tuple[Entry, ...]]:
    """Up to five slots a week that don't overlap."""
    entry = st.builds(
        lambda day, start, minutes, prime: Entry.parse(day, start, minutes, prime=prime),
        st.sampled_from(WEEKDAYS),
        st.sampled_from(STARTS),
        st.sampled_from(MINUTES),
        st.booleans(),
    )
    return st.lists(entry, min_size=1, max_size=5).map(_those_that_fit)


def _those_that_fit(entries: list[Entry]) -> tuple[Entry, ...]:
    kept: tuple[Entry, ...] = ()
    for entry in entries:
        try:
            kept = ordered_hours((*kept, entry))
        except Invalid:
            continue
    return kept


@st.composite
def worlds(draw: st.DrawFn, *, most_acts: int = 8) -> World:
    """A world after up to so many acts."""
    zone, now = draw(st.sampled_from(SCENES))
    start = at(now, ZoneInfo(zone))
    practice = Practice(therapist_id="t1", timezone=zone, hours=draw(hours()), horizon_weeks=1)
    practice = replace(practice, released_through=practice.week_of(start))
    world = planned(World(Calendar(practice=practice), start))
    for act in draw(st.lists(st.sampled_from(ACTS), max_size=most_acts)):
        world = act(draw, _later(world, timedelta(minutes=1)))
    return world


def _plan(_: st.DrawFn, world: World) -> World:
    return planned(world)


def _plan_in_part(draw: st.DrawFn, world: World) -> World:
    changes = plan_weeks(world.calendar, now=world.now).changes
    return carried_out(world, changes[: draw(st.integers(0, len(changes)))])


def _book(draw: st.DrawFn, world: World) -> World:
    free = world.future(booked=False)
    if not free:
        return world
    slot, client_id = draw(st.sampled_from(free)), draw(st.sampled_from(CLIENTS))
    token = f"b{slot.revision}"
    return world.with_slot(
        replace(
            slot,
            state=SlotState.BOOKED,
            client_id=client_id,
            appointment_id=appointment_id_of(slot.slot_id, client_id, token),
            local_start=local_start(slot.start, world.zone),
        )
    )


def _cancel(draw: st.DrawFn, world: World) -> World:
    booked = world.future(booked=True)
    if not booked:
        return world
    slot = draw(st.sampled_from(booked))
    return _with_exception(world, slot).with_slot(slot.when_freed())


def _confirm(draw: st.DrawFn, world: World) -> World:
    """The therapist keeps a session in time off."""
    booked = world.future(booked=True)
    if not booked:
        return world
    return world.with_slot(replace(draw(st.sampled_from(booked)), confirmed_at=world.now))


def _return_to_plan(draw: st.DrawFn, world: World) -> World:
    """The therapist undoes what they did to a slot by hand."""
    changed = [s for s in world.future(booked=False) if is_set_by_hand(s)]
    if not changed:
        return world
    blocked = SlotState.BLOCKED
    slot = replace(draw(st.sampled_from(changed)), extra=False, manual_state=None)
    return world.with_slot(replace(slot, state=blocked, returns_to=blocked, waiting_since=None))


def _set_by_hand(draw: st.DrawFn, world: World) -> World:
    free = world.future(booked=False)
    if not free:
        return world
    slot, state = draw(st.sampled_from(free)), draw(st.sampled_from(FREE))
    return world.with_slot(
        replace(
            slot,
            state=state,
            returns_to=state,
            manual_state=state,
            manual_state_at=world.now,
            waiting_since=None,
        )
    )


def _open_extra(draw: st.DrawFn, world: World) -> World:
    start = world.now.replace(minute=0) + timedelta(minutes=10 * draw(st.integers(1, 6 * 24 * 6)))
    prime, week = draw(st.booleans()), world.practice.week_of(start)
    held = prime and not world.practice.is_released(week)
    state = SlotState.HELD if held else SlotState.OPEN
    slot = Slot(
        slot_id=slot_id_of(start),
        week=week,
        minutes=draw(st.sampled_from(MINUTES)),
        state=state,
        returns_to=state,
        prime=prime,
        extra=True,
    )
    taken = any(slot.overlaps(other) for other in world.slots)
    return world if taken else world.but(slots=(*world.slots, slot))


def _set_hours(draw: st.DrawFn, world: World) -> World:
    return world.but(practice=replace(world.practice, hours=draw(hours())))


def _enter_regular(draw: st.DrawFn, world: World) -> World:
    """A regular is entered, or changed if there are two."""
    every = world.calendar.regulars
    entry = draw(st.sampled_from(world.practice.hours))
    name = f"r{draw(st.integers(0, 2))}"
    before = next((r for r in every if r.regular_id == name), None)
    today = world.now.astimezone(world.zone).date()
    regular = Regular(
        regular_id=name,
        client_id=draw(st.sampled_from(CLIENTS)),
        weekday=entry.weekday,
        start=entry.start,
        every_weeks=draw(st.integers(1, 3)),
        first=today + timedelta(days=draw(st.integers(-9, 9))),
        until=draw(st.none() | st.integers(0, 16).map(lambda n: today + timedelta(days=n))),
        exceptions=before.exceptions if before else frozenset(),
        entered_at=world.now,
    )
    try:
        require_no_collision(regular, every)
    except RegularConflict:
        return world
    return world.but(regulars=(*(r for r in every if r.regular_id != name), regular))


def _end_regular(draw: st.DrawFn, world: World) -> World:
    name = f"r{draw(st.integers(0, 2))}"
    regulars = (replace(r, ended=r.ended or r.regular_id == name) for r in world.calendar.regulars)
    return world.but(regulars=tuple(regulars))


def _take_time_off(draw: st.DrawFn, world: World) -> World:
    begins = world.now + timedelta(hours=draw(st.integers(-2, 24 * 9)))
    span = TimeOff(
        time_off_id=f"o{len(world.calendar.time_off)}",
        begins=begins,
        ends=begins + timedelta(hours=draw(st.sampled_from((1, 3, 24, 72)))),
        made_at=world.now,
        cancel_booked=draw(st.booleans()),
    )
    sick = {span.time_off_id} if span.cancel_booked else frozenset[str]()
    practice = replace(world.practice, sick_days=world.practice.sick_days | sick)
    return world.but(time_off=(*world.calendar.time_off, span), practice=practice)


def _end_time_off(_: st.DrawFn, world: World) -> World:
    return world.but(time_off=world.calendar.time_off[1:])


def _discharge(draw: st.DrawFn, world: World) -> World:
    client_id = draw(st.sampled_from(CLIENTS))
    regulars = tuple(
        replace(r, ended=r.ended or r.client_id == client_id) for r in world.calendar.regulars
    )
    discharging = world.practice.discharging | {client_id}
    return world.but(regulars=regulars, practice=replace(world.practice, discharging=discharging))


def _release(draw: st.DrawFn, world: World) -> World:
    """A release, of whose slots some may not be opened yet."""
    practice = world.practice
    target = max(practice.released_through or practice.week_of(world.now),
                 practice.week_of(world.now) + 1)  # fmt: skip
    practice = replace(practice, released_through=target)
    world = world.but(practice=practice)
    for slot in world.slots[: draw(st.integers(0, len(world.slots)))]:
        after = as_released(slot, practice, now=world.now)
        world = world.with_slot(after) if after else world
    return world


def _go_on(draw: st.DrawFn, world: World) -> World:
    return _later(world, timedelta(hours=draw(st.sampled_from((0.5, 5.5, 12, 60)))))


def _later(world: World, by: timedelta) -> World:
    now = world.now + by
    return replace(world, now=now).but(slots=tuple(s for s in world.slots if s.end > now))


def _widen(draw: st.DrawFn, world: World) -> World:
    return world.but(practice=replace(world.practice, horizon_weeks=draw(st.integers(1, 3))))


def _change_zone(draw: st.DrawFn, world: World) -> World:
    if world.future(booked=True):
        return world
    zone, _ = draw(st.sampled_from(SCENES))
    return world.but(practice=replace(world.practice, timezone=zone))


def _change_rules(draw: st.DrawFn, world: World) -> World:
    """The country changes the rules of its time zone: the clock shows what another zone's does."""
    zone, _ = draw(st.sampled_from(SCENES))
    return world.but(practice=replace(world.practice, timezone=zone))


ACTS = (
    _plan, _plan, _plan, _plan_in_part, _book, _book, _book, _cancel, _set_by_hand, _open_extra,
    _set_hours, _set_hours, _enter_regular, _enter_regular, _enter_regular, _end_regular,
    _take_time_off, _end_time_off, _discharge, _release, _go_on, _widen, _change_zone,
    _confirm, _return_to_plan, _change_rules,
)  # fmt: skip
