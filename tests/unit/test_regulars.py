"""Regulars: first and last dates, rhythms, and which of them can share a slot."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.refusals import Invalid, RegularConflict
from openhour.rules.regulars import (
    Regular,
    first_collision,
    require_no_collision,
    require_room_for_regular,
)
from openhour.rules.weeks import WEEKDAYS, Week, weeks_between
from tests.unit.builders import W48, a_regular


@pytest.mark.parametrize(
    ("first", "anchor"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 23), id="on the day itself"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 30), id="the day after"),
        pytest.param(date(2026, 11, 29), date(2026, 11, 30), id="the day before"),
        pytest.param(date(2026, 12, 29), date(2027, 1, 4), id="over the new year"),
    ],
)
def test_a_regular_begins_on_the_first_such_weekday(first, anchor):
    assert a_regular(first=first).anchor == anchor


@pytest.mark.parametrize(
    ("every", "dates"),
    [
        pytest.param(1, ["11-23", "11-30", "12-07", "12-14", "12-21", "12-28"], id="weekly"),
        pytest.param(2, ["11-23", "12-07", "12-21"], id="fortnightly"),
        pytest.param(3, ["11-23", "12-14"], id="every third week"),
        pytest.param(4, ["11-23", "12-21"], id="every fourth week"),
    ],
)
def test_a_regular_comes_every_so_many_weeks(every, dates):
    regular = a_regular(first=date(2026, 11, 20), every_weeks=every)
    weeks = weeks_between(W48, Week(2026, 53))
    assert [f"{day:%m-%d}" for day in regular.dates(weeks)] == dates


def test_a_fortnightly_regular_keeps_its_rhythm_over_a_year_of_53_weeks():
    regular = a_regular(first=date(2026, 12, 14), every_weeks=2)
    weeks = weeks_between(Week(2026, 51), Week(2027, 4))
    days = [f"{day}" for day in regular.dates(weeks)]
    assert days == ["2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25"]


@pytest.mark.parametrize(
    ("but", "days"),
    [
        pytest.param({"until": date(2026, 12, 7)}, 3, id="its last day included"),
        pytest.param({"until": date(2026, 12, 6)}, 2, id="the day before its last"),
        pytest.param({"until": date(2026, 11, 1)}, 0, id="over before it began"),
        pytest.param({"until": None}, 6, id="until further notice"),
        pytest.param({"ended": True}, 0, id="ended"),
        pytest.param(
            {"exceptions": frozenset({("ann", date(2026, 11, 30))})}, 6, id="a skipped one counts"
        ),
    ],
)
def test_a_regular_goes_on_until_its_last_day(but, days):
    regular = a_regular(first=date(2026, 11, 20), **but)
    assert len(list(regular.dates(weeks_between(W48, Week(2026, 53))))) == days


@pytest.mark.parametrize(
    ("but", "why"),
    [
        pytest.param({"every_weeks": 0}, "1 to 4", id="never"),
        pytest.param({"every_weeks": 5}, "1 to 4", id="every fifth week"),
        pytest.param({"every_weeks": -1}, "1 to 4", id="backwards"),
        pytest.param({"weekday": "someday"}, "weekday", id="no such day"),
        pytest.param({"first": date.max}, "9999", id="a first day after which there is no week"),
    ],
)
def test_an_impossible_regular_is_refused(but, why):
    with pytest.raises(ValueError, match=why):
        a_regular(**but)


FIRST, SECOND = date(2026, 11, 23), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("one", "other", "meeting"),
    [
        pytest.param({}, {}, "2026-W37", id="two weekly ones, since both began"),
        pytest.param({"first": FIRST}, {"first": SECOND}, "2026-W49", id="one begins later"),
        pytest.param(
            {"first": FIRST, "every_weeks": 2},
            {"first": SECOND, "every_weeks": 2},
            None,
            id="two fortnightly ones alternate",
        ),
        pytest.param(
            {"first": FIRST, "every_weeks": 2},
            {"first": date(2026, 12, 7), "every_weeks": 2},
            "2026-W50",
            id="two fortnightly ones in step",
        ),
        pytest.param(
            {"first": FIRST, "every_weeks": 2},
            {"first": SECOND, "every_weeks": 3},
            "2026-W52",
            id="every second and every third week",
        ),
        pytest.param(
            {"first": FIRST, "every_weeks": 2},
            {"first": SECOND, "every_weeks": 4},
            None,
            id="every second and every fourth week, out of step",
        ),
        pytest.param(
            {"first": FIRST, "every_weeks": 3},
            {"first": SECOND, "every_weeks": 4},
            "2027-W04",
            id="every third and every fourth week",
        ),
        pytest.param(
            {"until": date(2026, 11, 29)}, {"first": SECOND}, None, id="one ends before the other"
        ),
        pytest.param(
            {"until": SECOND}, {"first": SECOND}, "2026-W49", id="one ends as the other begins"
        ),
        pytest.param({"ended": True}, {}, None, id="one has ended"),
        pytest.param({}, {"start": time(18, 30)}, None, id="an hour apart"),
        pytest.param({}, {"weekday": "tuesday"}, None, id="a day apart"),
        pytest.param(
            {"exceptions": frozenset({("ann", SECOND)}), "first": FIRST},
            {"first": SECOND, "until": SECOND},
            "2026-W49",
            id="a skipped one is still theirs",
        ),
    ],
)
def test_two_regulars_share_a_slot_when_their_weeks_never_meet(one, other, meeting):
    first, second = a_regular("r1", "ann", **one), a_regular("r2", "bob", **other)
    found = first_collision(first, second)
    assert (found and str(found)) == meeting
    assert first_collision(second, first) == found


REGULARS = st.builds(
    Regular,
    regular_id=st.just("r"),
    client_id=st.just("ann"),
    weekday=st.sampled_from(WEEKDAYS[:2]),
    start=st.just(time(17, 30)),
    every_weeks=st.integers(1, 4),
    first=st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    until=st.none() | st.dates(date(2026, 11, 1), date(2027, 3, 31)),
)


def dates_by_hand(regular: Regular, since: date, days: int) -> list[date]:
    """The occurrences, by walking through the calendar day by day."""
    walk = [since + timedelta(days=n) for n in range(days)]
    on_its_day = [
        d for d in walk if d >= regular.first and WEEKDAYS[d.weekday()] == regular.weekday
    ]
    return [
        d for d in on_its_day[:: regular.every_weeks] if not regular.until or d <= regular.until
    ]


@given(REGULARS)
def test_a_regular_comes_on_the_days_a_calendar_would_say(regular):
    since = Week.of(date(2026, 11, 1)).monday
    weeks = weeks_between(Week.of(since), Week.of(since) + 29)
    assert list(regular.dates(weeks)) == dates_by_hand(regular, since, 30 * 7)


@given(REGULARS, REGULARS)
def test_the_first_meeting_is_the_one_a_calendar_would_show(one, other):
    since = date(2026, 11, 1)
    theirs = set(dates_by_hand(other, since, 400))
    shared = [day for day in dates_by_hand(one, since, 400) if day in theirs]
    assert first_collision(one, other) == (Week.of(shared[0]) if shared else None)


def test_a_regular_that_meets_others_is_told_the_first_week():
    others = (
        a_regular("r2", "bob", first=date(2026, 12, 14)),
        a_regular("r3", "cal", first=date(2026, 12, 7), every_weeks=4),
    )
    with pytest.raises(RegularConflict) as refused:
        require_no_collision(a_regular("r1", first=FIRST), others)
    assert refused.value.extra == {"week": "2026-W50"}


def test_a_client_has_fifty_regulars_at_most():
    fifty = tuple(a_regular(f"r{n}", "ann") for n in range(50))
    with pytest.raises(Invalid):
        require_room_for_regular(a_regular("r50", "ann"), fifty)
    require_room_for_regular(a_regular("r7", "ann"), fifty)
    require_room_for_regular(a_regular("r50", "bob"), fifty)
    require_room_for_regular(a_regular("r50", "ann"), (*fifty[1:], replace(fifty[0], ended=True)))


def test_a_regular_never_meets_itself():
    require_no_collision(a_regular("r1", every_weeks=2), (a_regular("r1"),))


def test_a_regular_in_the_last_year_there_is_meets_nobody_beyond_it():
    last = a_regular("r1", first=date(9998, 12, 31), every_weeks=4)
    assert first_collision(last, a_regular("r2", every_weeks=3)) is not None
