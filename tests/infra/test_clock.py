"""The practice's clock: the real one, or going from where it was set."""

from datetime import UTC, datetime, timedelta

import pytest

from openhour import clock

FRIDAY = datetime.fromisoformat("2026-11-27T17:58:00-05:00")
MOMENT = timedelta(minutes=1)


def test_the_clock_tells_the_real_time_in_utc():
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < MOMENT


def test_a_clock_that_was_set_goes_on_from_there():
    clock.set_now(FRIDAY)
    first, second = clock.now(), clock.now()
    assert FRIDAY <= first <= second < FRIDAY + MOMENT
    assert first.tzinfo is UTC


def test_a_clock_that_was_reset_tells_the_real_time_again():
    clock.set_now(FRIDAY)
    clock.reset()
    assert abs(clock.now() - datetime.now(UTC)) < MOMENT


def test_a_time_without_an_offset_is_no_instant():
    with pytest.raises(ValueError, match="no offset"):
        clock.set_now(FRIDAY.replace(tzinfo=None))
