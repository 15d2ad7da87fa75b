"""Hours: the weekly hours that a therapist may offer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.hours import Entry, find_entry, ordered_hours
from openhour.rules.refusals import Invalid
from openhour.rules.weeks import WEEKDAYS, parse_time
from tests.unit.builders import an_entry


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        pytest.param("monday 17:30", 5, id="the shortest"),
        pytest.param("monday 08:00", 480, id="the longest"),
        pytest.param("sunday 00:00", 50, id="from midnight"),
        pytest.param("sunday 23:10", 50, id="until midnight"),
        pytest.param("sunday 16:00", 480, id="the longest, until midnight"),
        pytest.param("sunday 23:55", 5, id="the last five minutes"),
    ],
)
def test_a_slot_fits_into_its_day(when, minutes):
    entry = an_entry(when, minutes)
    assert entry.ends - entry.begins == minutes
    assert entry.ends <= 24 * 60


@pytest.mark.parametrize(
    ("weekday", "start", "minutes", "why"),
    [
        pytest.param("monday", "17:30", 4, "5 to 480", id="shorter than five minutes"),
        pytest.param("monday", "17:30", 0, "5 to 480", id="no minutes at all"),
        pytest.param("monday", "17:30", -50, "5 to 480", id="backwards"),
        pytest.param("monday", "08:00", 481, "5 to 480", id="longer than eight hours"),
        pytest.param("monday", "23:11", 50, "within its day", id="a minute past midnight"),
        pytest.param("monday", "16:01", 480, "within its day", id="eight hours past midnight"),
        pytest.param("Monday", "17:30", 50, "weekday", id="a capital"),
        pytest.param("mon", "17:30", 50, "weekday", id="an abbreviation"),
        pytest.param("", "17:30", 50, "weekday", id="no weekday"),
        pytest.param("monday", "25:00", 50, "hour", id="no such hour"),
        pytest.param("monday", "5:30", 50, "time of day", id="a digit too few"),
    ],
)
def test_an_impossible_slot_is_refused(weekday, start, minutes, why):
    with pytest.raises(ValueError, match=why):
        Entry.parse(weekday, start, minutes, prime=False)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([], id="none"),
        pytest.param([an_entry("monday 17:30", 60), an_entry("monday 18:30")], id="back to back"),
        pytest.param([an_entry("monday 17:30"), an_entry("tuesday 17:30")], id="two days"),
        pytest.param([an_entry("monday 23:00", 60), an_entry("tuesday 00:00")], id="over midnight"),
        pytest.param([an_entry(f"monday {n // 12:02}:{n % 12 * 5:02}", 5) for n in range(100)],
                     id="a hundred in one day"),
    ],
)  # fmt: skip
def test_hours_are_kept_in_the_order_of_the_week(entries):
    assert ordered_hours(tuple(reversed(entries))) == tuple(entries)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        pytest.param(
            [an_entry("friday 17:30"), an_entry("friday 18:19")],
            "Friday 18:19 begins before the slot at 17:30 ends.",
            id="a minute too early",
        ),
        pytest.param(
            [an_entry("friday 17:30"), an_entry("friday 17:30", prime=True)],
            "Friday 17:30 begins before the slot at 17:30 ends.",
            id="the same slot twice",
        ),
        pytest.param(
            [an_entry("friday 12:00", 30), an_entry("friday 09:00", 240)],
            "Friday 12:00 begins before the slot at 09:00 ends.",
            id="one within another",
        ),
        pytest.param(
            [an_entry(f"monday {n // 12:02}:{n % 12 * 5:02}", 5) for n in range(101)],
            "At most 100 entries.",
            id="a hundred and one",
        ),
    ],
)
def test_hours_that_overlap_or_are_too_many_are_refused(entries, message):
    with pytest.raises(Invalid) as refused:
        ordered_hours(tuple(entries))
    assert refused.value.extra == {"errors": [{"field": "hours", "message": message}]}


def entries() -> st.SearchStrategy[Entry]:
    starts = st.integers(0, 23 * 12).map(lambda n: f"{n // 12:02}:{n % 12 * 5:02}")
    return st.builds(
        Entry.parse,
        st.sampled_from(WEEKDAYS[:2]),
        starts,
        st.integers(5, 60),
        prime=st.booleans(),
    )


@given(st.lists(entries(), max_size=5))
def test_hours_are_refused_exactly_when_two_share_a_minute(offered):
    minutes = [
        (entry.weekday, minute) for entry in offered for minute in range(entry.begins, entry.ends)
    ]
    try:
        ordered = ordered_hours(tuple(offered))
    except Invalid:
        assert len(set(minutes)) < len(minutes)
    else:
        assert len(set(minutes)) == len(minutes)
        assert sorted(map(repr, ordered)) == sorted(map(repr, offered))


@pytest.mark.parametrize(
    ("weekday", "start", "found"),
    [
        pytest.param("monday", "17:30", True, id="there"),
        pytest.param("tuesday", "17:30", False, id="another day"),
        pytest.param("monday", "17:31", False, id="off by a minute"),
        pytest.param("monday", "18:00", False, id="within a slot"),
    ],
)
def test_an_entry_is_found_by_weekday_and_start(weekday, start, found):
    entry = an_entry("monday 17:30")
    assert find_entry((entry,), weekday, parse_time(start)) == (entry if found else None)
