"""The practice's clock: the real time, or running from a set instant."""

from datetime import UTC, datetime, timedelta

import pytest

from openhour import clock

FRIDAY = datetime.fromisoformat("2026-11-27T17:58:00-05:00")
MOMENT = timedelta(minutes=1)


def test_a_set_clock_continues_from_that_instant():
    clock.set_now(FRIDAY)
    first, second = clock.now(), clock.now()
    assert FRIDAY <= first <= second < FRIDAY + MOMENT
    assert first.tzinfo is UTC


def test_a_reset_clock_returns_the_real_time_in_utc():
    clock.set_now(FRIDAY)
    clock.reset()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < MOMENT


def test_an_instant_requires_a_utc_offset():
    with pytest.raises(ValueError, match="no offset"):
        clock.set_now(FRIDAY.replace(tzinfo=None))
