"""The year: the same again from the same seed, every call one that there is, and what must hold is
held to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.local import template
from openhour.rules.appointments import Status
from openhour.rules.practice import Practice
from openhour.rules.refusals import SlotTaken, WeeklyLimit
from openhour.rules.slots import SlotState
from tests.scale import desk, report
from tests.scale.checks import check
from tests.scale.habits import EVERY, LIGHT
from tests.scale.ledger import Ledger
from tests.scale.office import Office
from tests.scale.operations import Operation
from tests.scale.units import RECORDED
from tests.scale.year import live
from tests.unit.builders import NEW_YORK, NOW, at, hours

WEEKS = 5


@pytest.fixture(scope="module")
def some_weeks():
    return live(LIGHT, seed=1, weeks=WEEKS)


def test_the_same_seed_is_the_same_year(some_weeks):
    again = live(LIGHT, seed=1, weeks=WEEKS)
    assert again == some_weeks
    assert live(LIGHT, seed=2, weeks=WEEKS).counts != some_weeks.counts


def test_a_practice_lives(some_weeks):
    counts = some_weeks.counts
    assert counts[Operation.RELEASE] == WEEKS
    assert counts[Operation.SLOTS] > counts[Operation.BOOK] > WEEKS
    assert counts[Operation.ME] == counts[Operation.SIGN_IN] + counts[Operation.REFRESH]
    assert counts[Operation.OPENED] <= 6 * WEEKS
    assert counts[Operation.PUBLISHED] + counts[Operation.PLACED] >= 12 * WEEKS
    assert 0 < some_weeks.kept <= 12 * WEEKS
    assert 0 < some_weeks.active_a_month <= some_weeks.clients + 3
    assert some_weeks.a_month(Operation.RELEASE) == pytest.approx(52 / 12)


def test_the_eager_come_right_after_the_release():
    crowded = replace(LIGHT, eager=1.0, wishing=1.0)
    year = live(crowded, seed=1, weeks=2)
    assert year.rush[Operation.ME] > 4
    quiet = live(replace(crowded, eager=0.0), seed=1, weeks=2)
    assert quiet.rush.get(Operation.ME, 0) < 1


@pytest.mark.parametrize("operation", [op for op in Operation if op.route])
def test_every_call_has_a_route(operation):
    routes = {f"{each.method} {each.path}" for each in template.load().routes()}
    assert operation.route in routes


@pytest.fixture
def office():
    """A practice of the light kind, with two clients and one regular, on a Monday morning."""
    practice = Practice(
        therapist_id="t1",
        timezone=NEW_YORK.key,
        office_phone="+1 212 555 0100",
        hours=LIGHT.hours,
        self_scheduling=True,
    )
    office = Office(
        replace(practice, released_through=practice.week_of(NOW)), Ledger(timedelta(minutes=5))
    )
    office.plan(now=NOW)
    for name in ("ann", "bob", "cal"):
        desk.add_client(office, name, now=NOW)
    desk.add_regular(office, "cal", every_weeks=1, now=NOW)
    office.ledger.counts.clear()
    return office


def free(office, n=0):
    return office.openings(now=NOW)[n].slot_id


def test_what_a_client_does_is_counted_and_kept(office):
    first, second = free(office, 0), free(office, 1)
    made = office.book("ann", first, now=NOW)
    with pytest.raises(SlotTaken):
        office.book("bob", first, now=NOW)
    with pytest.raises(WeeklyLimit):
        office.book("ann", second, now=NOW)
    to = office.move(made.appointment_id, second, now=NOW)
    assert not office.cancel(to.appointment_id, now=NOW)
    check(office, now=NOW)
    counts = office.ledger.counts
    assert (counts[Operation.BOOK], counts[Operation.REFUSED]) == (1, 2)
    assert (counts[Operation.MOVE], counts[Operation.CANCEL]) == (1, 1)
    assert counts[Operation.FOLLOW_CLIENT] == 3
    assert [office.appointments[a.appointment_id].status for a in (made, to)] == [
        Status.MOVED,
        Status.CANCELLED,
    ]


def test_a_sick_day_ends_what_was_booked_and_a_release_opens_what_was_held(office):
    office.book("ann", free(office), now=NOW)
    day = office.slots[next(iter(sorted(office.slots)))].start
    ended = desk.take_time_off(office, day, day + timedelta(days=14), now=NOW)
    assert ended == {"ann", "cal"}
    check(office, now=NOW)
    assert office.ledger.counts[Operation.ENDED] == 2
    friday = at("2026-11-27 18:00")
    held = [s for s in office.slots.values() if s.state is SlotState.HELD]
    office.release(friday, now=friday)
    check(office, now=friday)
    assert office.ledger.counts[Operation.OPENED] == 0, "that week is off"
    office.release(friday + timedelta(weeks=1), now=friday + timedelta(weeks=1))
    assert 0 < office.ledger.counts[Operation.OPENED] < len(held)


def _sell_twice(office):
    made = office.book("ann", free(office), now=NOW)
    other = replace(made, appointment_id=f"{made.slot_id}-bob-b9", client_id="bob")
    office.appointments[other.appointment_id] = other


def _open_a_regulars_slot(office):
    slot = next(slot for slot in office.slots.values() if slot.regular_id)
    office.appointments.pop(slot.appointment_id)
    office.slots[slot.slot_id] = replace(slot.when_freed(), state=SlotState.OPEN)
    client = office.clients["cal"]
    weeks = {week: n for week, n in client.weeks.items() if week != str(slot.week)}
    office.clients["cal"] = replace(client, weeks=weeks)


def _miscount(office):
    office.book("ann", free(office), now=NOW)
    office.clients["ann"] = replace(office.clients["ann"], weeks={})


@pytest.mark.parametrize("spoil", [_sell_twice, _open_a_regulars_slot, _miscount])
def test_what_must_hold_is_held_to(office, spoil):
    check(office, now=NOW)
    spoil(office)
    with pytest.raises(AssertionError):
        check(office, now=NOW)


def test_who_comes_in_the_rush_is_counted_apart():
    ledger = Ledger(timedelta(minutes=5))
    ledger.note(Operation.BOOK, now=NOW)
    ledger.begin_rush(now=NOW)
    ledger.note(Operation.BOOK, now=NOW + timedelta(minutes=4, seconds=59))
    ledger.note(Operation.BOOK, now=NOW + hours(1))
    assert (ledger.counts, ledger.rushed) == (
        Counter({Operation.BOOK: 3}),
        Counter({Operation.BOOK: 1}),
    )


def test_everything_can_be_told(some_weeks):
    years = [replace(some_weeks, habits=habits) for habits in EVERY]
    told = [
        report.assumptions(years),
        report.operations(years, RECORDED),
        report.costs(some_weeks, RECORDED),
        report.sensitivity(years, RECORDED),
        report.fixed(),
        report.sources(),
        report.limits(some_weeks, RECORDED),
        report.crowd(some_weeks, RECORDED),
        *report.evenings(some_weeks, RECORDED),
    ]
    for each in told:
        lines = each.splitlines()
        assert len({len(line) for line in lines}) == 1
        assert len({line.count(" | ") for line in (lines[0], lines[2])}) == 1
