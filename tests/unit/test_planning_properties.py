"""Properties of every plan, after random actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from openhour.rules.conflicts import find_conflicts
from openhour.rules.desired_calendar import Calendar
from openhour.rules.planning import Plan, plan_weeks
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, instant_of, slot_id_of
from tests.unit.builders import carry_out
from tests.unit.strategies import World, carried_out, planned, worlds


def days_of(world: World) -> list[date]:
    """Every day of the published weeks."""
    practice = world.practice
    first = practice.week_of(world.now).monday
    last = practice.publishes_through(world.now).monday + timedelta(days=6)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def comes_on(regular: Regular, day: date) -> bool:
    """Whether the regular has an occurrence that day, counted by the calendar."""
    if regular.ended or WEEKDAYS[day.weekday()] != regular.weekday or day < regular.first:
        return False
    weeks_on = (day - regular.first).days // 7
    return weeks_on % regular.every_weeks == 0 and (regular.until is None or day <= regular.until)


def wanted(world: World) -> dict[str, int]:
    """The minutes of every future slot of the hours, by slot id."""
    starts = [
        (instant_of(day, entry.start, world.zone), entry.minutes)
        for day in days_of(world)
        for entry in world.practice.hours
        if entry.weekday == WEEKDAYS[day.weekday()]
    ]
    return {slot_id_of(start): n for start, n in starts if start and start > world.now}


def claims(world: World) -> dict[str, Regular]:
    """Whose regular claims which future slot, unless that occurrence was given up."""
    found = [
        (instant_of(day, regular.start, world.zone), regular)
        for day in days_of(world)
        for regular in world.calendar.regulars
        if comes_on(regular, day) and (regular.client_id, day) not in regular.exceptions
    ]
    return {slot_id_of(start): r for start, r in found if start and start > world.now}


def is_off(calendar: Calendar, slot: Slot) -> bool:
    return any(
        slot.start < span.ends
        and span.begins < slot.end
        and (
            slot.manual_state_at is None
            or slot.manual_state_at <= span.made_at
            or slot.manual_state == "blocked"
        )
        for span in calendar.time_off
    )


def promised(world: World, slot: Slot) -> datetime:
    """The time by the clock that was published, or else what the clock shows."""
    return slot.local_start or slot.start.astimezone(world.zone).replace(tzinfo=None)


def is_displaced(world: World, slot: Slot) -> bool:
    """Whether the clock shows a booked slot at another time than was promised."""
    shown = slot.start.astimezone(world.zone).replace(tzinfo=None)
    return slot.booked and promised(world, slot) != shown


def is_kept_back(world: World, plan: Plan, slot: Slot) -> bool:
    """Whether a free slot stays blocked although a regular claims it."""
    claim = claims(world).get(slot.slot_id)
    if claim is None or is_off(world.calendar, slot):
        return False
    day = slot.start.astimezone(world.zone).date()
    elsewhere = any(
        is_displaced(world, other)
        and other.regular_id == claim.regular_id
        and promised(world, other).date() == day
        for other in world.slots
    )
    since, entered = slot.waiting_since, claim.entered_at
    waited = since is not None and entered is not None and since >= entered
    soon = slot.start - world.now < timedelta(hours=world.practice.booking_notice_hours)
    return elsewhere or (waited and soon)


def may_end(world: World, slot: Slot) -> bool:
    """Whether a discharge, a sick day or a regular that no longer wants it ends the booking."""
    calendar, practice = world.calendar, world.practice
    sick = tuple(s for s in calendar.time_off if s.time_off_id in practice.sick_days)
    if slot.client_id in practice.discharging or is_off(replace(calendar, time_off=sick), slot):
        return True
    if slot.regular_id is None or not (slot.appointment_id or "").endswith(f"-{slot.regular_id}"):
        return False
    local = promised(world, slot)
    regular = next((r for r in calendar.regulars if r.regular_id == slot.regular_id), None)
    return regular is None or not (
        comes_on(regular, local.date())
        and regular.start == local.time()
        and regular.client_id == slot.client_id
    )


def is_confirmed(world: World, slot: Slot) -> bool:
    """Whether the therapist kept the session knowing of all the time off that covers it."""
    spans = (replace(world.calendar, time_off=(span,)) for span in world.calendar.time_off)
    return all(
        slot.confirmed_at and slot.confirmed_at >= calendar.time_off[0].made_at
        for calendar in spans
        if is_off(calendar, slot)
    )


def is_left_to_a_confirmed_session(plan: Plan, slot_id: str, minutes: int) -> bool:
    """Whether nothing but sessions that the therapist confirmed takes the slot's time."""
    start = datetime.fromisoformat(slot_id)
    end = start + timedelta(minutes=minutes)
    there = [slot for slot in plan.slots if slot.start < end and start < slot.end]
    return bool(there) and all(slot.confirmed_at and slot.manual_state for slot in there)


def by_hand(slot: Slot) -> bool:
    return slot.extra or slot.manual_state is not None


def in_order(slots: tuple[Slot, ...]) -> list[Slot]:
    return sorted(slots, key=lambda slot: slot.start)


def planning_again_changes_nothing(world: World, plan: Plan) -> None:
    assert plan_weeks(replace(world.calendar, slots=plan.slots), now=world.now).changes == ()
    done = planned(world)
    assert plan_weeks(done.calendar, now=world.now).changes == ()


def the_plan_is_what_its_changes_come_to(world: World, plan: Plan) -> None:
    assert carry_out(world.slots, plan.changes) == plan.slots


def slots_that_have_started_are_left_alone(world: World, plan: Plan) -> None:
    started = [slot for slot in world.slots if slot.start <= world.now]
    assert [slot for slot in plan.slots if slot.start <= world.now] == in_order(tuple(started))
    touched = [c.before or c.after for c in plan.changes] + [
        s for c in plan.changes for s in c.replaces
    ]
    assert all(slot is not None and slot.start > world.now for slot in touched)


def a_booking_ends_only_by_its_regular_a_discharge_or_a_sick_day(world: World, plan: Plan) -> None:
    after = {slot.appointment_id: slot for slot in plan.slots if slot.booked}
    for slot in world.future(booked=True):
        kept = after.get(slot.appointment_id)
        assert (kept is None) <= may_end(world, slot)
        if kept is not None and slot.regular_id is None and kept.regular_id is None:
            assert (kept.slot_id, kept.minutes) == (slot.slot_id, slot.minutes)
    ended = {change.ends.appointment_id for change in plan.changes if change.ends}
    assert ended == {s.appointment_id for s in world.slots if s.booked} - after.keys()


def slots_never_overlap(world: World, plan: Plan) -> None:
    slots = world.slots
    for change in (None, *plan.changes):
        slots = carry_out(slots, [change] if change else [])
        assert all(one.end <= other.start for one, other in pairwise(in_order(slots)))


def no_slot_of_a_regular_is_ever_written_open(world: World, plan: Plan) -> None:
    claimed = claims(world)
    written = [change.after for change in plan.changes if change.after]
    assert not [s for s in written if s.slot_id in claimed and s.state is SlotState.OPEN]
    for slot in plan.slots:
        if slot.slot_id in claimed and not is_off(world.calendar, slot):
            assert slot.booked is not is_kept_back(world, plan, slot)
        if slot.slot_id in claimed and slot.start > world.now:
            assert slot.booked or slot.state is SlotState.BLOCKED


def resting(world: World, slot: Slot) -> SlotState:
    """What nobody's slot is."""
    if is_off(world.calendar, slot):
        return SlotState.BLOCKED
    if slot.manual_state is not None:
        return slot.manual_state
    waits = slot.prime and not world.practice.is_released(slot.week)
    return SlotState.HELD if waits else SlotState.OPEN


def a_slot_is_free_as_the_plan_or_the_therapist_would_have_it(world: World, plan: Plan) -> None:
    hours = wanted(world)
    for slot in plan.slots:
        assert slot.booked or slot.returns_to is slot.state
        if slot.start > world.now and not slot.booked:
            kept_back = is_kept_back(world, plan, slot)
            assert slot.state is (SlotState.BLOCKED if kept_back else resting(world, slot))
            assert by_hand(slot) or slot.minutes == hours.get(slot.slot_id)
            assert slot.week == world.practice.week_of(slot.start)


def a_booked_slot_returns_to_what_it_would_be_or_waits_for_the_plan(
    world: World, plan: Plan
) -> None:
    hours, claimed = wanted(world), claims(world)
    for slot in plan.slots:
        if slot.start <= world.now or not slot.booked:
            continue
        claim = claimed.get(slot.slot_id)
        as_wanted = by_hand(slot) or slot.minutes == hours.get(slot.slot_id)
        waits = claim is not None and claim.regular_id != slot.regular_id
        fits = as_wanted and not waits
        assert slot.returns_to is (resting(world, slot) if fits else SlotState.BLOCKED)


def every_slot_of_the_hours_is_there_unless_another_is_in_its_way(world: World, plan: Plan) -> None:
    there = {slot.slot_id: slot for slot in plan.slots}
    for slot_id, minutes in wanted(world).items():
        slot = there.get(slot_id)
        blank = Slot(slot_id=slot_id, week=world.practice.week_of(world.now), minutes=minutes,
                     state=SlotState.OPEN, returns_to=SlotState.OPEN)  # fmt: skip
        crowded = any(o.overlaps(blank) for o in plan.slots if o.slot_id != slot_id)
        if slot is None:
            assert crowded
        elif not by_hand(slot) and (not slot.booked or slot.regular_id):
            assert slot.minutes == minutes or crowded


@given(worlds(), st.randoms(use_true_random=False))
def test_the_plan_does_not_hang_on_the_order_of_what_was_read(world, random):
    calendar = world.calendar
    mixed = replace(
        calendar,
        slots=tuple(random.sample(calendar.slots, len(calendar.slots))),
        regulars=calendar.regulars[::-1],
        time_off=calendar.time_off[::-1],
    )
    plan, again = (plan_weeks(c, now=world.now) for c in (calendar, mixed))
    assert again.slots == plan.slots
    assert sorted(map(repr, again.changes)) == sorted(map(repr, plan.changes))


@given(worlds(), st.floats(0, 1))
def test_a_plan_cut_short_is_completed_by_the_next(world, share):
    plan = plan_weeks(world.calendar, now=world.now)
    done = plan.changes[: int(share * len(plan.changes))]
    resumed = plan_weeks(carried_out(world, done).calendar, now=world.now)
    assert [replace(s, revision=0) for s in resumed.slots] == [
        replace(s, revision=0) for s in plan.slots
    ]


def conflicts_are_exactly_the_unmet_wishes(world: World, plan: Plan) -> None:
    there = {slot.slot_id: slot for slot in plan.slots}
    hours, claimed = wanted(world), claims(world)
    amiss = {
        slot_id
        for slot_id, minutes in hours.items()
        if slot_id not in there and not is_left_to_a_confirmed_session(plan, slot_id, minutes)
    }
    for slot in plan.slots:
        if slot.start <= world.now or not slot.booked:
            continue
        stray = slot.slot_id not in hours and not by_hand(slot) and not is_displaced(world, slot)
        off = is_off(world.calendar, slot)
        unconfirmed = off and not is_confirmed(world, slot)
        claim = claimed.get(slot.slot_id)
        waits = claim and claim.regular_id != slot.regular_id and not off
        short = slot.regular_id and not by_hand(slot) and slot.minutes != hours.get(slot.slot_id)
        if stray or unconfirmed or waits or short:
            amiss.add(slot.slot_id)
    amiss |= {i for i, r in claimed.items() if i not in there and i not in hours}
    skipped = {
        (day, entry.start)
        for day in days_of(world)
        for entry in world.practice.hours
        if entry.weekday == WEEKDAYS[day.weekday()]
        and instant_of(day, entry.start, world.zone) is None
        and day > world.now.astimezone(world.zone).date()
    }
    conflicts = find_conflicts(world.calendar, plan.slots, now=world.now)
    listed = {c.slot_id for c in conflicts if c.reason not in ("clock-change", "no-notice")}
    assert listed == amiss
    future = [slot for slot in plan.slots if slot.start > world.now]
    displaced = {slot.slot_id for slot in future if is_displaced(world, slot)}
    by_clock = {c.slot_id for c in conflicts if c.reason == "clock-change"}
    assert displaced <= by_clock
    assert len(by_clock) >= len(skipped)


@settings(max_examples=2 * settings().max_examples)
@given(worlds())
def test_every_plan_keeps_these_properties(world):
    plan = plan_weeks(world.calendar, now=world.now)
    for check in (
        planning_again_changes_nothing,
        the_plan_is_what_its_changes_come_to,
        slots_that_have_started_are_left_alone,
        a_booking_ends_only_by_its_regular_a_discharge_or_a_sick_day,
        slots_never_overlap,
        no_slot_of_a_regular_is_ever_written_open,
        a_slot_is_free_as_the_plan_or_the_therapist_would_have_it,
        a_booked_slot_returns_to_what_it_would_be_or_waits_for_the_plan,
        every_slot_of_the_hours_is_there_unless_another_is_in_its_way,
        conflicts_are_exactly_the_unmet_wishes,
    ):
        check(world, plan)
