"""Slots: times, overlaps, and the state after a booking ends."""

from datetime import timedelta

import pytest

from openhour.rules.slots import SlotState
from openhour.rules.timeline import Timeline
from tests.unit.builders import (
    BLOCKED,
    HELD,
    LORD_HOWE,
    NEW_YORK,
    OPEN,
    a_booking,
    a_slot,
    on,
    starts,
    utc,
)


def test_a_slot_lasts_its_minutes_whatever_the_clock_does():
    slot = a_slot("2026-03-08 01:30", minutes=50)
    assert slot.start == utc("2026-03-08 06:30")
    assert slot.end.astimezone(NEW_YORK).strftime("%H:%M") == "03:20"


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        pytest.param(("17:30", 60), ("18:30", 50), False, id="back to back"),
        pytest.param(("17:30", 60), ("18:29", 50), True, id="by a minute"),
        pytest.param(("17:30", 60), ("17:30", 60), True, id="the same"),
        pytest.param(("17:00", 120), ("17:30", 30), True, id="one within another"),
        pytest.param(("17:30", 60), ("20:00", 50), False, id="hours apart"),
    ],
)
def test_slots_overlap_when_they_share_time(one, other, overlap):
    first, second = (
        a_slot(f"2026-11-23 {when}", minutes=minutes) for when, minutes in (one, other)
    )
    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


@pytest.mark.parametrize(
    ("one", "other", "zone", "overlap"),
    [
        pytest.param("2026-03-08 01:30", "2026-03-08 03:00", NEW_YORK, True, id="spring"),
        pytest.param("2026-03-07 01:30", "2026-03-07 03:00", NEW_YORK, False, id="the day before"),
        pytest.param("2026-11-01 01:30", "2026-11-01 02:00", NEW_YORK, False, id="autumn"),
        pytest.param("2026-10-04 01:45", "2026-10-04 02:45", LORD_HOWE, True, id="Lord Howe"),
    ],
)
def test_overlap_is_in_real_time(one, other, zone, overlap):
    assert a_slot(one, zone=zone).overlaps(a_slot(other, zone=zone)) is overlap


@pytest.mark.parametrize("state", [OPEN, HELD, BLOCKED])
def test_a_slot_returns_to_what_the_plan_says_when_its_booking_ends(state):
    slot = a_booking(returns_to=state, regular_id="r1", prime=True, revision=4)
    freed = slot.when_freed()
    assert (freed.state, freed.returns_to, freed.booked) == (state, state, False)
    assert (freed.client_id, freed.appointment_id, freed.regular_id) == (None, None, None)
    assert (freed.slot_id, freed.prime, freed.revision) == (slot.slot_id, True, 4)


@pytest.mark.parametrize("state", list(SlotState))
def test_only_a_booked_slot_is_booked(state):
    assert a_slot(state=state).booked is (state == "booked")


def test_a_timeline_finds_what_shares_time_with_a_slot():
    days = [f"2026-11-23 {hour:02}:00" for hour in range(9, 15)]
    line = Timeline(a_slot(when) for when in reversed(days))
    long = a_slot("2026-11-23 10:30", minutes=90)
    assert starts(line) == days
    assert starts(line.overlapping(long)) == ["2026-11-23 10:00", "2026-11-23 11:00"]
    assert line.overlapping(a_slot("2026-11-23 10:00")) == [], "but for the one it would replace"
    assert line.overlapping(a_slot("2026-11-23 15:00")) == []
    assert line.overlapping(a_slot("2026-11-23 08:50", minutes=10)) == []


def test_a_timeline_holds_one_slot_for_each_start():
    line = Timeline([a_slot(), a_slot("2026-11-23 18:30")])
    line.put(a_slot(minutes=30))
    line.put(a_slot("2026-11-23 16:30"))
    assert on("2026-11-23 17:30", line).end - on("2026-11-23 17:30", line).start == timedelta(
        minutes=30
    )
    assert starts(line) == ["2026-11-23 16:30", "2026-11-23 17:30", "2026-11-23 18:30"]
