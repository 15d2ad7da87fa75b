"""Weeks run from Monday to Sunday, in the therapist's own zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.weeks import (
    Week,
    instant_of,
    parse_time,
    skipped_slot_id,
    slot_id_of,
    start_of,
    week_of,
    weeks_between,
)
from tests.unit.builders import BERLIN, KOLKATA, LORD_HOWE, NEW_YORK, SYDNEY, ZONES, utc

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2037, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
INSTANTS = st.builds(datetime.combine, DAYS, MINUTES, st.just(UTC))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        pytest.param(date(2026, 11, 23), "2026-W48", id="a Monday"),
        pytest.param(date(2026, 11, 29), "2026-W48", id="its Sunday"),
        pytest.param(date(2026, 1, 1), "2026-W01", id="new year on a Thursday"),
        pytest.param(date(2026, 12, 28), "2026-W53", id="a 53rd week"),
        pytest.param(date(2026, 12, 31), "2026-W53", id="New Year's Eve"),
        pytest.param(date(2027, 1, 1), "2026-W53", id="the new year in the old year's last week"),
        pytest.param(date(2027, 1, 3), "2026-W53", id="the last Sunday of a long year"),
        pytest.param(date(2027, 1, 4), "2027-W01", id="the first Monday of the year"),
        pytest.param(date(2024, 12, 30), "2025-W01", id="the old year in the new one's first week"),
    ],
)
def test_every_day_has_its_week(day, week):
    assert str(Week.of(day)) == week
    assert Week.parse(week) == Week.of(day)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026", "2026-48", "2026W48", "2026-w48", "26-W48", "2026-W4", "2026-W048",
        " 2026-W48", "2026-W48 ", "2026-W48\n", "+026-W48", "2026-W-1", "2026-W4x", "2026-W4²",
        pytest.param("2026-W00", id="week 0"),
        pytest.param("2026-W54", id="week 54"),
        pytest.param("2025-W53", id="week 53 of a year that has 52"),
        pytest.param("0000-W01", id="no such year"),
        pytest.param("0001-W01", id="a week that no clock can show"),
        pytest.param("9999-W52", id="a week after which there is none"),
        pytest.param("\u0662\u0660\u0662\u0666-W\u0664\u0668", id="digits of another script"),
    ],
)  # fmt: skip
def test_malformed_weeks_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says: it is not understood
        Week.parse(text)


@given(DAYS)
def test_a_week_reads_back_as_it_was_written(day):
    week = Week.of(day)
    assert Week.parse(str(week)) == week
    assert week.monday <= day < (week + 1).monday


@given(DAYS, st.integers(0, 120))
def test_weeks_count_on_across_the_years(day, n):
    first = Week.of(day)
    weeks = weeks_between(first, first + n)
    assert len(weeks) == n + 1
    assert list(weeks) == sorted(set(weeks))
    assert [str(week) for week in weeks] == sorted(str(week) for week in weeks)
    assert all(later.monday - week.monday == timedelta(7) for week, later in pairwise(weeks))


def test_the_weeks_around_a_long_year():
    weeks = weeks_between(Week.parse("2026-W52"), Week.parse("2027-W01"))
    assert [str(week) for week in weeks] == ["2026-W52", "2026-W53", "2027-W01"]
    assert weeks_between(Week.parse("2027-W01"), Week.parse("2026-W53")) == ()


@pytest.mark.parametrize(
    ("weekday", "day"),
    [("monday", date(2026, 12, 28)), ("friday", date(2027, 1, 1)), ("sunday", date(2027, 1, 3))],
)
def test_a_weekday_of_a_week_across_the_year(weekday, day):
    assert Week.parse("2026-W53").day(weekday) == day


@pytest.mark.parametrize(
    ("instant", "zone", "week"),
    [
        pytest.param("2026-11-30 04:59", NEW_YORK, "2026-W48", id="Sunday night in New York"),
        pytest.param("2026-11-30 05:00", NEW_YORK, "2026-W49", id="midnight in New York"),
        pytest.param("2026-11-29 18:29", KOLKATA, "2026-W48", id="Sunday night in Kolkata"),
        pytest.param("2026-11-29 18:30", KOLKATA, "2026-W49", id="midnight in Kolkata"),
        pytest.param("2026-11-29 13:00", SYDNEY, "2026-W49", id="Monday in Sydney, in its summer"),
        pytest.param("2026-12-31 23:30", BERLIN, "2026-W53", id="new year in Berlin"),
        pytest.param("2027-01-03 13:00", LORD_HOWE, "2027-W01", id="a new week off Australia"),
    ],
)
def test_an_instant_belongs_to_the_week_on_the_therapists_wall(instant, zone, week):
    assert str(week_of(utc(instant), zone)) == week


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        pytest.param(NEW_YORK, ("2026-03-07", "2026-03-08", "2026-03-09"), id="New York, spring"),
        pytest.param(NEW_YORK, ("2026-10-31", "2026-11-01", "2026-11-02"), id="New York, autumn"),
        pytest.param(BERLIN, ("2026-03-28", "2026-03-29", "2026-03-30"), id="Berlin, spring"),
        pytest.param(BERLIN, ("2026-10-24", "2026-10-25", "2026-10-26"), id="Berlin, autumn"),
        pytest.param(SYDNEY, ("2026-10-03", "2026-10-04", "2026-10-05"), id="Sydney, spring"),
        pytest.param(SYDNEY, ("2026-04-04", "2026-04-05", "2026-04-06"), id="Sydney, autumn"),
        pytest.param(LORD_HOWE, ("2026-10-03", "2026-10-04"), id="Lord Howe, half an hour on"),
        pytest.param(LORD_HOWE, ("2026-04-04", "2026-04-05"), id="Lord Howe, half an hour back"),
    ],
)
def test_half_past_five_stays_half_past_five_when_the_clocks_change(zone, days):
    instants = [instant_of(date.fromisoformat(day), time(17, 30), zone) for day in days]
    shown = [f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" for instant in instants if instant]
    assert shown == [f"{day} 17:30" for day in days]
    assert len({f"{instant:%H:%M}" for instant in instants if instant}) == 2, "the clocks changed"


@pytest.mark.parametrize(
    ("zone", "day", "at", "named"),
    [
        pytest.param(NEW_YORK, "2026-03-08", "02:00", "20260308T0700Z", id="New York, the first"),
        pytest.param(NEW_YORK, "2026-03-08", "02:59", "20260308T0759Z", id="New York, the last"),
        pytest.param(BERLIN, "2026-03-29", "02:30", "20260329T0130Z", id="Berlin"),
        pytest.param(SYDNEY, "2026-10-04", "02:30", "20261003T1630Z", id="Sydney"),
        pytest.param(
            LORD_HOWE, "2026-10-04", "02:15", "20261003T1545Z", id="Lord Howe's half hour"
        ),
    ],
)
def test_a_start_that_the_clock_skips_is_nowhere_but_has_a_name(zone, day, at, named):
    assert instant_of(date.fromisoformat(day), time.fromisoformat(at), zone) is None
    assert skipped_slot_id(date.fromisoformat(day), time.fromisoformat(at), zone) == named


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        pytest.param(NEW_YORK, "2026-03-08", "01:59", "2026-03-08 06:59", id="just before a gap"),
        pytest.param(NEW_YORK, "2026-03-08", "03:00", "2026-03-08 07:00", id="just after a gap"),
        pytest.param(LORD_HOWE, "2026-10-04", "02:30", "2026-10-03 15:30", id="after half an hour"),
        pytest.param(NEW_YORK, "2026-11-01", "01:30", "2026-11-01 05:30", id="New York, doubled"),
        pytest.param(BERLIN, "2026-10-25", "02:30", "2026-10-25 00:30", id="Berlin, doubled"),
        pytest.param(SYDNEY, "2026-04-05", "02:30", "2026-04-04 15:30", id="Sydney, doubled"),
        pytest.param(LORD_HOWE, "2026-04-05", "01:45", "2026-04-04 14:45", id="Lord Howe, doubled"),
        pytest.param(
            LORD_HOWE, "2026-04-05", "02:00", "2026-04-04 15:30", id="just after doubling"
        ),
        pytest.param(KOLKATA, "2026-03-29", "02:30", "2026-03-28 21:00", id="no change in Kolkata"),
    ],
)
def test_a_start_that_happens_twice_means_the_first(zone, day, at, instant):
    assert instant_of(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(instant)


@given(DAYS, MINUTES, st.sampled_from(ZONES))
def test_an_instant_is_the_first_at_which_the_clock_shows_the_time(day, at, zone):
    wall = datetime.combine(day, at)
    around = (wall.replace(tzinfo=UTC) + timedelta(days=n) for n in (-1, 1))
    offsets = {instant.astimezone(zone).utcoffset() or timedelta() for instant in around}
    tries = [(wall - offset).replace(tzinfo=UTC) for offset in offsets]
    shown = [t for t in tries if t.astimezone(zone).replace(tzinfo=None) == wall]
    assert instant_of(day, at, zone) == min(shown, default=None)


@given(INSTANTS)
def test_a_slot_id_names_its_start(instant):
    assert start_of(slot_id_of(instant)) == instant


@given(INSTANTS, INSTANTS)
def test_slot_ids_sort_as_their_starts_do(one, other):
    assert (slot_id_of(one) < slot_id_of(other)) == (one < other)


@given(INSTANTS, st.sampled_from(ZONES))
def test_a_slot_id_is_the_same_in_every_zone(instant, zone):
    assert slot_id_of(instant.astimezone(zone)) == slot_id_of(instant)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "20261124", "20261124T2230", "20261124T22Z", "20261124T223000Z", "20261124T2230z",
        "2026-11-24T22:30Z", "20261124T2230+0000", "20261124T1730-0500", "20261124 2230Z",
        "20261124x2230Z", "202611242230Z", " 20261124T2230Z", "20261124T2230Z ", "20261124T2230Z\n",
        "20261124T2230Z#", "20261124T2230Z-ann-b1", "\x00", "20261124T2230Z\x00",
        pytest.param("20261324T2230Z", id="month 13"),
        pytest.param("20260229T2230Z", id="29 February of a common year"),
        pytest.param("20261124T2430Z", id="hour 24"),
        pytest.param("20261124T2260Z", id="minute 60"),
        pytest.param("2026W482T2230Z", id="a week date"),
        pytest.param("2026328T2230Z", id="an ordinal date"),
        pytest.param("00000101T0000Z", id="year 0"),
        pytest.param("00010101T0000Z", id="an instant that no clock can show"),
        pytest.param("99991231T2330Z", id="an instant that some clocks can't show"),
        pytest.param("\u0662\u0660\u0662\u06661124T2230Z", id="digits of another script"),
        pytest.param("2026\ud8001124T2230Z", id="half a character"),
    ],
)  # fmt: skip
def test_malformed_slot_ids_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says: it is not understood
        start_of(text)


@given(st.text(alphabet="0123456789TZW:+-. z", max_size=24) | st.text(max_size=24))
def test_a_slot_id_is_refused_or_means_one_start_on_every_clock(text):
    try:
        start = start_of(text)
    except ValueError:
        return
    assert slot_id_of(start) == text
    assert all(slot_id_of(start.astimezone(zone)) == text for zone in ZONES)


@pytest.mark.parametrize(("text", "at"), [("00:00", time(0)), ("17:30", time(17, 30))])
def test_a_time_of_day_is_read(text, at):
    assert parse_time(text) == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1730",
        "17:3",
        "7:30",
        "17:30:00",
        "24:00",
        "17:60",
        "-1:30",
        "17.30",
        "\u0661\u0667:\u0663\u0660",
        "ab:cd",
    ],
)
def test_malformed_times_of_day_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says: it is not understood
        parse_time(text)
