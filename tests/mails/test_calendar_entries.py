"""Calendar entries, as another parser reads them and a calendar program applies them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from openhour.rules.mails import MailFacts, MailKind, RegularFacts
from tests.mails.calendar_program import CalendarProgram, instance_of, parse
from tests.mails.examples import MADRID, NEW_YORK, NOW, a_regular, a_sender, a_session, at, facts_of
from tests.mails.reading import attached_to, calendar_of, read, text_of

HALF_A_YEAR = NOW + timedelta(weeks=26)


def entry_of(kind: MailKind, **changes: Any) -> str:
    return entry(facts_of(kind, **changes))


def entry(facts: MailFacts) -> str:
    text = calendar_of(read(facts))
    assert text is not None
    return text


def event_in(text: str) -> Any:
    return vobject.readOne(text).vevent


def lines_of(text: str, name: str) -> list[str]:
    unfolded = text.replace("\r\n ", "")
    return [line for line in unfolded.split("\r\n") if re.match(f"{name}[;:]", line)]


@pytest.mark.parametrize(
    ("kind", "method", "status"),
    [
        (MailKind.BOOKED, "REQUEST", "CONFIRMED"),
        (MailKind.MOVED, "REQUEST", "CONFIRMED"),
        (MailKind.CANCELLED, "CANCEL", "CANCELLED"),
        (MailKind.REGULAR_ENTERED, "REQUEST", "CONFIRMED"),
        (MailKind.REGULAR_CHANGED, "REQUEST", "CONFIRMED"),
        (MailKind.REGULAR_ENDED, "REQUEST", "CONFIRMED"),
    ],
)
def test_what_every_entry_has(kind, method, status):
    text = entry_of(kind)
    calendar, event = vobject.readOne(text), event_in(text)
    assert (calendar.version.value, calendar.method.value) == ("2.0", method)
    assert calendar.prodid.value
    assert event.status.value == status
    assert event.summary.value == "Appointment"
    assert event.location.value == "218 Maple Street, Room 2"
    assert event.dtstamp.value == NOW
    for name in ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "CLASS"):
        assert len(lines_of(text.partition("BEGIN:VEVENT")[2], name)) == 1
    assert lines_of(text, "CLASS") == ["CLASS:PRIVATE"]
    assert lines_of(text, "ORGANIZER") == ["ORGANIZER:mailto:appointments@mail.example.com"]
    assert lines_of(text, "ATTENDEE") == [
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:nora.w@example.com"
    ]
    assert not re.search("DESCRIPTION|URL|VALARM|Nora|maple\n", text)


def test_the_summary_is_in_the_clients_language():
    text = calendar_of(read(facts_of(MailKind.BOOKED, "es")))
    assert text
    assert event_in(text).summary.value == "Cita"


def test_the_place_is_told_only_where_the_therapist_wants_it():
    assert "LOCATION" not in entry_of(MailKind.BOOKED, sender=a_sender(place=None))
    hostile = a_sender(place="Room 2\r\nATTENDEE:mailto:x@example.com; a, b\\ " + "ü" * 90)
    text = entry_of(MailKind.BOOKED, sender=hostile)
    assert len(lines_of(text, "ATTENDEE")) == 1
    assert event_in(text).location.value.endswith("a, b\\ " + "ü" * 90)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_single_session_is_in_utc():
    text = entry_of(MailKind.BOOKED)
    assert lines_of(text, "DTSTART") == ["DTSTART:20261203T213000Z"]
    assert lines_of(text, "DTEND") == ["DTEND:20261203T222000Z"]
    assert "VTIMEZONE" not in text


def test_a_regular_is_one_rule_on_the_wall_clock():
    text = entry_of(MailKind.REGULAR_ENTERED)
    event = event_in(text)
    assert lines_of(text, "DTSTART")[-1] == "DTSTART;TZID=America/New_York:20261208T173000"
    (rule,) = lines_of(text.partition("BEGIN:VEVENT")[2], "RRULE")
    assert set(rule.removeprefix("RRULE:").split(";")) == {
        *("FREQ=WEEKLY", "INTERVAL=2", "BYDAY=TU", "UNTIL=20270630T035959Z"),
    }
    assert lines_of(text, "EXDATE") == ["EXDATE;TZID=America/New_York:20261222T173000"]
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=50)
    for part in ("STANDARD", "DAYLIGHT"):
        assert text.count(f"BEGIN:{part}\r\n") == 1


def expected_starts(regular: RegularFacts, zone: ZoneInfo, until: date) -> list[datetime]:
    first = regular.first + timedelta(days=(regular.weekday - regular.first.weekday()) % 7)
    weeks = range(0, (until - first).days // 7 + 1, regular.every_weeks)
    days = [first + timedelta(weeks=n) for n in weeks]
    last = min(until, regular.until or until)
    kept = [day for day in days if day <= last and day not in regular.skipped]
    return [datetime.combine(day, regular.start, tzinfo=zone).astimezone(UTC) for day in kept]


@pytest.mark.parametrize(
    "zone",
    [
        *("America/New_York", "Europe/Madrid", "Europe/Dublin", "Australia/Lord_Howe"),
        *(
            "Asia/Kolkata",
            "America/Santiago",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Gaza",
            "America/Havana",
        ),
        *("America/Nuuk", "Asia/Jerusalem", "Pacific/Kiritimati", "Etc/UTC"),
        "America/Havana",
    ],
)
@pytest.mark.parametrize("start", [time(0, 30), time(9, 0), time(23, 30)])
def test_a_regular_keeps_its_local_time_through_the_year(zone, start):
    regular = a_regular(start=start, until=None, every_weeks=1, weekday=3)
    sender = a_sender(zone=ZoneInfo(zone))
    program = CalendarProgram()
    program.receive(parse(entry_of(MailKind.REGULAR_ENTERED, regular=regular, sender=sender)))
    end = date(2027, 12, 31)
    expected = expected_starts(regular, ZoneInfo(zone), end)
    shown = program.starts(datetime(2028, 1, 3, tzinfo=UTC))
    assert shown[: len(expected) - 1] == expected[:-1]


def test_a_start_that_the_clock_skips_is_left_out():
    regular = a_regular(weekday=6, start=time(2, 30), until=None, every_weeks=1)
    program = CalendarProgram()
    program.receive(parse(entry_of(MailKind.REGULAR_ENTERED, regular=regular)))
    days = {start.astimezone(NEW_YORK).date() for start in program.starts(HALF_A_YEAR)}
    assert date(2027, 3, 7) in days
    assert date(2027, 3, 14) not in days


def test_the_first_day_is_the_first_such_weekday():
    text = entry_of(MailKind.REGULAR_ENTERED, regular=a_regular(first=date(2026, 12, 3)))
    assert "DTSTART;TZID=America/New_York:20261208T173000" in text


def test_a_zone_that_leaves_its_rule_gets_utc_and_its_exceptions():
    sender = a_sender(zone=ZoneInfo("America/Havana"))
    text = entry_of(MailKind.REGULAR_ENTERED, sender=sender)
    assert "VTIMEZONE" not in text
    assert "TZID" not in text
    uids = {event.uid.value for event in vobject.readOne(text).vevent_list}
    assert uids == {"r-7f3k"}


def act(minutes: int, kind: MailKind, **changes: Any) -> str:
    return entry_of(kind, acted_at=NOW + timedelta(minutes=minutes), **changes)


def a_chain_of_moves() -> list[str]:
    """Booked, moved twice, cancelled."""
    booked = a_session("2026-12-03 21:30")
    uid = booked.uid
    second = a_session("2026-12-04 18:00", uid=uid, sequence=1)
    third = a_session("2026-12-09 15:00", uid=uid, sequence=2)
    return [
        act(0, MailKind.BOOKED, session=booked),
        act(1, MailKind.MOVED, session=second, old_session=booked),
        act(2, MailKind.MOVED, session=third, old_session=second),
        act(3, MailKind.CANCELLED, session=replace(third, sequence=3)),
    ]


@pytest.mark.parametrize(
    ("known", "starts"),
    [
        (1, ["2026-12-03 21:30"]),
        (2, ["2026-12-04 18:00"]),
        (3, ["2026-12-09 15:00"]),
        (4, []),
    ],
)
def test_moves_and_a_cancellation_end_alike_in_any_order(known, starts):
    chain = a_chain_of_moves()[:known]
    assert len({event_in(text).uid.value for text in chain}) == 1
    for order in itertools.permutations(map(parse, chain)):
        program = CalendarProgram()
        for each in (*order, order[0]):
            program.receive(each)
        assert program.starts(HALF_A_YEAR) == [at(start) for start in starts]


def a_regulars_life() -> list[tuple[str, list[str]]]:
    """Each act with the sessions that stand after it, until the middle of January."""
    weekly = a_regular(every_weeks=1, until=None, skipped=())
    cancelled = a_session("2026-12-15 22:30", sequence=1)
    moved_from = a_session("2026-12-22 22:30")
    moved = a_session("2026-12-23 15:00", uid=moved_from.uid, sequence=1)
    again = replace(
        a_session("2026-12-24 15:00", uid=moved_from.uid, sequence=2), occurrence=date(2026, 12, 22)
    )
    exceptions = (date(2026, 12, 15), date(2026, 12, 22))
    skipped = a_session("2026-12-29 22:30", sequence=1)
    changed = replace(
        weekly,
        sequence=1,
        start=time(16, 0),
        every_weeks=2,
        skipped=(*exceptions, date(2026, 12, 29)),
    )
    ended = replace(changed, sequence=2)
    week = [
        "12-08 22:30",
        "12-15 22:30",
        "12-22 22:30",
        "12-29 22:30",
        "01-05 22:30",
        "01-12 22:30",
    ]
    return [
        (act(0, MailKind.REGULAR_ENTERED, regular=weekly), week),
        (
            act(1, MailKind.CANCELLED, regular=weekly, session=cancelled),
            [week[0], *week[2:]],
        ),
        (
            act(2, MailKind.MOVED, regular=weekly, session=moved, old_session=moved_from),
            [week[0], "12-23 15:00", *week[3:]],
        ),
        (
            act(3, MailKind.MOVED, regular=weekly, session=again, old_session=moved),
            [week[0], "12-24 15:00", *week[3:]],
        ),
        (
            act(4, MailKind.CANCELLED, regular=weekly, session=skipped),
            [week[0], "12-24 15:00", *week[4:]],
        ),
        (
            act(5, MailKind.REGULAR_CHANGED, regular=changed, sessions=(again,)),
            ["12-08 21:00", "12-24 15:00", "01-05 21:00"],
        ),
        (
            act(6, MailKind.REGULAR_ENDED, regular=ended, sessions=(again,)),
            ["12-24 15:00"],
        ),
    ]  # fmt: skip


def orders_of(entries: list[Any]) -> list[tuple[Any, ...]]:
    """The order of the acts, its reverse, and up to 100 others."""
    orders = list(itertools.permutations(entries))
    return [orders[0], orders[-1], *Random(7).sample(orders, min(100, len(orders)))]


@pytest.mark.parametrize("known", range(1, 8))
def test_a_regulars_life_ends_alike_in_any_order(known):
    life = a_regulars_life()[:known]
    texts, stands = [text for text, _ in life], life[-1][1]
    assert {uid for text in texts for uid in lines_of(text, "UID")} == {"UID:r-7f3k"}
    expected = [at(f"{2026 if start.startswith('12') else 2027}-{start}") for start in stands]
    for order in orders_of([parse(text) for text in texts]):
        program = CalendarProgram()
        for each in order:
            program.receive(each)
        assert program.starts(at("2027-01-15 00:00")) == expected


def a_discharge() -> list[list[str]]:
    """The entries of each mail until a discharge ends a regular, its moved session and others."""
    weekly = a_regular(every_weeks=1, until=None, skipped=())
    before = replace(weekly, regular_id="r-old", weekday=3, first=date(2026, 12, 3))
    moved = a_session("2026-12-23 15:00", uid=a_session("2026-12-22 22:30").uid, sequence=1)
    of_before = a_session("2026-12-11 15:00", uid=a_session("2026-12-10 22:30").uid, sequence=1)
    single = a_session("2026-12-09 15:00")
    over = replace(before, sequence=1)
    discharge = facts_of(
        MailKind.DISCHARGED,
        acted_at=NOW + timedelta(minutes=9),
        ended_regulars=(replace(weekly, sequence=1),),
        ended_sessions=(
            (replace(single, sequence=1), None),
            (replace(of_before, sequence=2), over),
        ),
    )
    return [
        [act(0, MailKind.REGULAR_ENTERED, regular=weekly)],
        [
            act(
                1,
                MailKind.MOVED,
                regular=weekly,
                session=moved,
                old_session=a_session("2026-12-22 22:30"),
            )
        ],
        [act(2, MailKind.BOOKED, session=single)],
        [act(3, MailKind.REGULAR_ENTERED, regular=before)],
        [act(4, MailKind.REGULAR_ENDED, regular=over, sessions=(of_before,))],
        attached_to(read(discharge)),
    ]


def test_a_discharge_empties_the_calendar_in_any_order():
    mails = a_discharge()
    assert len(mails[-1]) == 3
    program = CalendarProgram()
    for text in itertools.chain(*mails[:-1]):
        program.receive(parse(text))
    assert program.starts(HALF_A_YEAR)
    for order in orders_of([parse(text) for text in itertools.chain(*mails)]):
        program = CalendarProgram()
        for each in order:
            program.receive(each)
        assert program.starts(HALF_A_YEAR) == []


def test_each_entry_of_a_discharge_has_one_uid_and_the_first_is_an_alternative():
    mail = read(facts_of(MailKind.DISCHARGED))
    attached = attached_to(mail)
    assert calendar_of(mail) == attached[0]
    assert [len(set(lines_of(text, "UID"))) for text in attached] == [1, 1]
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["invite.ics", "invite-2.ics"]
    assert "Answering" not in text_of(mail)


def test_one_cancelled_occurrence_names_its_start():
    regular = a_regular(every_weeks=1)
    session = a_session("2026-12-15 22:30", sequence=1)
    text = entry_of(MailKind.CANCELLED, regular=regular, session=session)
    event = event_in(text)
    assert lines_of(text, "METHOD") == ["METHOD:CANCEL"]
    assert event.uid.value == "r-7f3k"
    assert lines_of(text, "RECURRENCE-ID") == [
        "RECURRENCE-ID;TZID=America/New_York:20261215T173000"
    ]
    assert instance_of(event) == event.dtstart.value
    entered = event_in(entry_of(MailKind.REGULAR_ENTERED, regular=regular))
    assert int(event.sequence.value) > int(entered.sequence.value)


def test_a_session_off_the_regulars_days_is_its_own():
    text = entry_of(MailKind.CANCELLED, regular=a_regular(), session=a_session(sequence=1))
    assert event_in(text).uid.value == a_session().uid
    assert "RECURRENCE-ID" not in text


def test_a_move_onto_a_regulars_day_is_no_occurrence():
    onto = a_session("2026-12-08 22:30", sequence=1)
    text = entry_of(MailKind.MOVED, regular=a_regular(), session=onto, old_session=None)
    assert event_in(text).uid.value == onto.uid


def test_an_ended_regular_keeps_what_has_been():
    regular = a_regular(first=date(2026, 11, 3), every_weeks=1, until=None, sequence=1)
    program = CalendarProgram()
    program.receive(parse(entry_of(MailKind.REGULAR_ENDED, regular=regular)))
    assert program.starts(HALF_A_YEAR) == [
        at(f"2026-11-{day} 22:30") for day in ("03", "10", "17", "24")
    ]


def test_a_regular_that_ends_before_it_began_is_cancelled():
    text = entry_of(MailKind.REGULAR_ENDED, regular=a_regular(sequence=1))
    assert vobject.readOne(text).method.value == "CANCEL"
    assert "RRULE" not in text.partition("BEGIN:VEVENT")[2]


def test_icalendar_reads_its_own_entries_by_the_locked_zones():
    icalendar.use_zoneinfo()
    text = entry_of(MailKind.REGULAR_ENTERED, sender=a_sender(zone=MADRID))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    start = event.decoded("DTSTART")
    assert start.utcoffset() == timedelta(hours=1)
    assert start.tzinfo == ZoneInfo("Europe/Madrid")
