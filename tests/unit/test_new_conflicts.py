"""Which conflicts therapists are mailed: those that no act of theirs has shown them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.new_conflicts import (
    conflict_intent,
    conflicts_of_late_slot,
    conflicts_published,
    find_conflict,
    may_bring_conflicts,
)
from openhour.rules.weeks import slot_id_of
from openhour.rules.zones import ZoneData
from tests.unit.builders import NOW, W49, W50, a_practice, at

OLD, NEW = (
    ZoneData(zone="America/New_York", version=version, since_year=2026, digest=version)
    for version in ("2026a", "2026b")
)
BEFORE = a_practice(published_through=W49, zone_data=OLD)
AFTER = replace(BEFORE, published_through=W50)
NEXT_WEEK, NEW_WEEK = at("2026-12-01 10:00"), at("2026-12-08 10:00")


def a_conflict(start=NEW_WEEK, reason=Reason.NO_HOURS, regular_id: str | None = "r1"):
    return Conflict(slot_id=slot_id_of(start), reason=reason, regular_id=regular_id)


FOUND = {
    "in the new week": ([a_conflict()], [0]),
    "in a week that was there": ([a_conflict(NEXT_WEEK)], []),
    "of a regular that has it every week": ([a_conflict(NEXT_WEEK), a_conflict()], []),
    "of a regular that has another one": (
        [a_conflict(NEXT_WEEK, Reason.BOOKED), a_conflict()],
        [1],
    ),
    "of another regular": ([a_conflict(NEXT_WEEK), a_conflict(regular_id="r2")], [1]),
    "of no regular": (
        [
            a_conflict(NEXT_WEEK, Reason.OVERLAP, None),
            a_conflict(reason=Reason.OVERLAP, regular_id=None),
        ],
        [1],
    ),
}


@pytest.mark.parametrize(("conflicts", "told"), FOUND.values(), ids=FOUND)
def test_a_newly_published_week_is_told_of(conflicts, told):
    found = conflicts_published(conflicts, BEFORE, AFTER)
    assert found == tuple(conflicts[n] for n in told)


def test_of_several_new_weeks_a_regular_is_told_of_once():
    later = replace(AFTER, published_through=W50 + 1)
    conflicts = [a_conflict(at("2026-12-15 10:00")), a_conflict()]
    assert conflicts_published(conflicts, BEFORE, later) == (conflicts[1],)


def test_new_data_of_the_zone_tells_of_clock_changes_in_every_week():
    after = replace(BEFORE, zone_data=NEW)
    change, other = a_conflict(NEXT_WEEK, Reason.CLOCK_CHANGE), a_conflict(NEXT_WEEK)
    assert may_bring_conflicts(BEFORE, after)
    assert conflicts_published([other, change], BEFORE, after) == (change,)


CHANGES = {
    "a new week": (BEFORE, AFTER, True),
    "nothing": (BEFORE, replace(BEFORE, version=9), False),
    "the first weeks": (replace(BEFORE, published_through=None), AFTER, False),
    "another zone": (BEFORE, replace(AFTER, timezone="Europe/Berlin"), False),
    "the first data of the zone": (
        replace(BEFORE, zone_data=None),
        BEFORE,
        False,
    ),
}


@pytest.mark.parametrize(("before", "after", "may"), CHANGES.values(), ids=CHANGES)
def test_the_calendar_is_read_only_where_there_may_be_new_ones(before, after, may):
    assert may_bring_conflicts(before, after) is may


def test_a_slot_that_became_free_too_late_is_told_of():
    late = a_conflict(NEXT_WEEK, Reason.NO_NOTICE)
    others = [a_conflict(reason=Reason.NO_NOTICE), a_conflict(NEXT_WEEK)]
    assert conflicts_of_late_slot([*others, late], late.slot_id) == (late,)


def test_a_conflict_is_found_again_by_its_intent_until_it_is_settled():
    wanted = a_conflict()
    others = [a_conflict(regular_id="r2"), a_conflict(reason=Reason.BOOKED), a_conflict(NEXT_WEEK)]
    intent = conflict_intent(wanted, seen_at=NOW)
    assert intent.key == f"{wanted.slot_id}#conflict#no-hours-r1"
    assert find_conflict([*others, wanted], intent) == wanted
    assert find_conflict(others, intent) is None
