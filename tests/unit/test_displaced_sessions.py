"""Sessions that the clock shows at another time than was promised, once a zone's rules changed."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.planning import plan_weeks
from tests.unit.builders import (
    BOOKED,
    NOW,
    a_booking,
    a_calendar,
    a_practice,
    a_regular,
    a_slot,
    an_entry,
    on,
)

HOURS = (an_entry("monday 17:30"), an_entry("monday 18:30"))
PROMISED = datetime.fromisoformat("2026-11-23T19:30")


def test_a_regular_that_was_changed_meanwhile_has_its_new_time_at_once():
    """The session at its former time ends, so nothing of that day stands elsewhere any more."""
    displaced = a_booking("2026-11-23 18:30", regular_id="r1", local_start=PROMISED)
    calendar = a_calendar(
        a_slot("2026-11-23 17:30"),
        displaced,
        practice=a_practice(hours=HOURS),
        regulars=(a_regular("r1", "ann", "monday 17:30"),),
    )
    planned = plan_weeks(calendar, now=NOW).slots
    assert on("2026-11-23 17:30", planned).regular_id == "r1"
    assert on("2026-11-23 17:30", planned).state is BOOKED
    assert on("2026-11-23 18:30", planned).state is not BOOKED
