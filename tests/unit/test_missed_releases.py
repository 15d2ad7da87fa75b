"""Missed releases: whether one was missed, and since when."""

from datetime import datetime

import pytest

from openhour.rules.release import missed_since
from openhour.rules.settings import ReleaseTime
from openhour.rules.weeks import Week, parse_time
from tests.unit.builders import a_practice

NIGHT = ReleaseTime(weekday="sunday", time=parse_time("23:30"))


@pytest.mark.parametrize(
    ("released", "now", "since"),
    [
        pytest.param("2026-W48", "2026-11-27T17:59:00-05:00", None, id="before Friday evening"),
        pytest.param("2026-W48", "2026-11-27T19:14:00-05:00", None, id="still being tried"),
        pytest.param(
            "2026-W48", "2026-11-27T19:16:00-05:00", "2026-11-27T18:00:00-05:00", id="missed"
        ),
        pytest.param("2026-W49", "2026-11-27T20:01:00-05:00", None, id="done"),
        pytest.param("2026-W50", "2026-11-27T20:01:00-05:00", None, id="released early"),
        pytest.param(
            "2026-W44",
            "2026-10-31T12:00:00-04:00",
            "2026-10-30T18:00:00-04:00",
            id="before the clocks go back",
        ),
        pytest.param(
            "2026-W10",
            "2026-03-07T12:00:00-05:00",
            "2026-03-06T18:00:00-05:00",
            id="before the clocks go forward",
        ),
    ],
)
def test_a_release_is_missed_when_its_week_is_not_open_an_hour_and_a_quarter_on(
    released, now, since
):
    practice = a_practice(released_through=Week.parse(released))
    found = missed_since(practice, now=datetime.fromisoformat(now))
    assert found == (since and datetime.fromisoformat(since))


def test_a_release_at_night_belongs_to_the_week_of_its_local_date():
    practice = a_practice(released_through=Week.parse("2026-W48"), release=NIGHT)
    monday = datetime.fromisoformat("2026-11-30T01:31:00-05:00")
    assert missed_since(practice, now=monday) == datetime.fromisoformat("2026-11-29T23:30:00-05:00")


@pytest.mark.parametrize(
    "practice",
    [
        pytest.param(a_practice(timezone=None), id="no zone, no schedule"),
        pytest.param(a_practice(released_through=None), id="not opened yet"),
        pytest.param(
            a_practice(removed_at=datetime.fromisoformat("2026-11-24T09:00:00-05:00")), id="removed"
        ),
    ],
)
def test_without_due_weeks_no_release_is_missed(practice):
    assert missed_since(practice, now=datetime.fromisoformat("2026-12-24T18:00:00-05:00")) is None
