"""The practice `maple` as the local run seeds it, at several instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.local.maple.calendar import Calendar
from infra.local.maple.history import past_of_everybody
from infra.local.maple.practice import BY_NAME, MAPLE, PAST_WEEKS, PEOPLE, WITH_LOGIN
from infra.local.maple.seed import create
from openhour import clock
from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.asked_regulars import AskedState
from openhour.rules.clients import Client, Privilege
from openhour.rules.conflicts import Reason
from openhour.rules.slots import Slot, SlotState
from openhour.rules.strikes import is_flagged
from openhour.rules.weeks import Week
from openhour.store.appointments import all_appointments
from openhour.store.practices import read_practice
from openhour.store.regulars import all_regulars
from openhour.store.slots import slots_of_week
from openhour.use_cases.calendars import list_conflicts, read_week
from openhour.use_cases.clients import list_clients
from openhour.use_cases.intake import is_accepting_clients, list_returning
from openhour.use_cases.releases import preview_release, release_week
from openhour.use_cases.time_off import list_time_off
from tests.dynamodb_backends import fresh_tables
from tests.store.invariants import find_faults, read_tables

ID = MAPLE.therapist_id
WEDNESDAY = "2026-12-02T10:40:00-05:00"
INSTANTS = {
    "a Wednesday": (WEDNESDAY, "2026-W49"),
    "before the release": ("2026-12-04T17:58:00-05:00", "2026-W49"),
    "at the release": ("2026-12-04T18:00:00-05:00", "2026-W50"),
    "a Sunday night": ("2026-12-06T23:00:00-05:00", "2026-W50"),
    "the first minute of a week": ("2026-12-07T00:00:30-05:00", "2026-W50"),
    "the clock goes back in the released week": ("2026-10-28T12:00:00-04:00", "2026-W44"),
    "the day on which the clock goes back": ("2026-11-01T01:30:00-05:00", "2026-W45"),
    "the day on which the clock goes forward": ("2027-03-14T03:30:00-04:00", "2027-W11"),
    "the turn of a year with 53 weeks": ("2026-12-31T23:59:59-05:00", "2026-W53"),
}
"""Instants, and the week that was released last."""


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    with fresh_tables():
        yield
    clock.reset()


def seed(instant: str = WEDNESDAY) -> Calendar:
    clock.set_now(datetime.fromisoformat(instant))
    calendar = Calendar.at(clock.now())
    create(calendar)
    return calendar


def clients() -> dict[str, Client]:
    return {client.name: client for client in list_clients(ID)}


def sessions(name: str) -> list[Appointment]:
    return list(all_appointments(ID, BY_NAME[name].client_id))


@pytest.mark.parametrize(("instant", "released"), INSTANTS.values(), ids=INSTANTS)
def test_at_any_instant_the_rows_are_in_order_and_the_same_things_are_there(
    instant: str, released: str
) -> None:
    calendar = seed(instant)
    assert find_faults(read_tables(), now=clock.now()) == []
    practice = read_practice(ID)
    assert str(practice.released_through) == str(calendar.released) == released
    assert practice.published_through == calendar.released + practice.horizon_weeks
    assert practice.release_due
    assert practice.release_due > calendar.now
    assert practice.self_scheduling
    assert practice.planned == practice.plan
    now, everybody = clock.now(), clients()
    assert len(everybody) == 24
    flagged = [name for name, each in everybody.items() if is_flagged(each, practice, now=now)]
    assert flagged == ["Jonas Weber"]
    suspended = [n for n, each in everybody.items() if each.privilege is Privilege.SUSPENDED]
    assert suspended == ["Theo Lang"]
    assert [n for n, each in everybody.items() if each.mail_stopped] == ["Claire Dubois"]
    asked = {
        name: each.asked_regular.state for name, each in everybody.items() if each.asked_regular
    }
    assert asked == {"Peter Novak": AskedState.ASKED, "Elena Petrova": AskedState.DECLINED}
    assert [conflict.reason for conflict in list_conflicts(ID, now=now)] == [Reason.BOOKED]
    assert [former.name for _, former in list_returning(ID)] == ["Sofia Lindqvist"]
    assert is_accepting_clients(ID, now=now)
    (time_off,) = list_time_off(ID)
    assert time_off.begins > now
    assert all((time_off.note, time_off.message, time_off.notice, time_off.sessions))
    assert everybody["Caleb Ward"].new
    assert everybody["Caleb Ward"].invited_at is not None
    week = practice.week_of(now)
    assert practice.week_of(everybody["Caleb Ward"].invited_at) == week
    for client in everybody.values():
        for each in all_appointments(ID, client.client_id):
            assert each.made_at <= now
            assert each.made_at < each.start
            assert each.ended_at is None or each.made_at <= each.ended_at <= now


def test_the_coming_weeks_are_about_half_booked() -> None:
    calendar = seed()
    practice = read_practice(ID)
    for ahead in range(5):
        slots = slots_of_week(practice, calendar.released + ahead)
        bookable = [slot for slot in slots if slot.state is not SlotState.BLOCKED]
        share = sum(slot.booked for slot in bookable) / len(bookable)
        assert 0.3 < share < 0.6


def test_ten_weeks_of_history_have_every_outcome() -> None:
    calendar = seed()
    statuses: Counter[tuple[Status, Party | None]] = Counter()
    for person in PEOPLE:
        own = [each for each in sessions(person.name) if each.end <= calendar.last_release]
        assert len({each.slot_id for each in own if each.live}) >= 3
        statuses.update((each.status, each.ended_by) for each in own)
    assert statuses.keys() == {
        (Status.BOOKED, None),
        (Status.NO_SHOW, None),
        (Status.MOVED, Party.CLIENT),
        (Status.CANCELLED, Party.CLIENT),
        (Status.CANCELLED, Party.THERAPIST),
        (Status.LATE_CANCELLED, Party.CLIENT),
    }
    for ago in range(1, PAST_WEEKS + 1):
        week = read_week(ID, calendar.released + -ago, now=clock.now())
        assert len(week.slots) == len(MAPLE.hours)
        assert len(week.outcomes) >= 12


def test_a_letter_that_says_late_is_late_and_a_dot_is_a_week_without_an_occurrence() -> None:
    calendar = Calendar.at(datetime.fromisoformat(WEDNESDAY))
    for past in past_of_everybody(calendar):
        letters = Counter(past.person.past)
        statuses = Counter(each.status for each, _ in past.appointments)
        by_client = Counter(
            each.status for each, _ in past.appointments if each.ended_by is Party.CLIENT
        )
        assert statuses[Status.LATE_CANCELLED] == letters["l"]
        assert by_client[Status.CANCELLED] == letters["c"]
        assert statuses[Status.CANCELLED] == letters["c"] + letters["t"]
        assert (statuses[Status.MOVED], statuses[Status.NO_SHOW]) == (letters["m"], letters["x"])
        if past.regular:
            weeks = [calendar.released + n for n in range(-PAST_WEEKS, 0)]
            occurs = [past.regular.occurs_on(week.day(past.person.weekday)) for week in weeks]
            assert occurs == [letter != "." for letter in past.person.past]
            assert len(past.regular.exceptions) == sum(letters[each] for each in "cltm")


def test_two_regulars_alternate_in_one_slot() -> None:
    calendar = seed()
    practice = read_practice(ID)
    place = BY_NAME["Nora Whitfield"].place
    names = {client.client_id: name for name, client in clients().items()}
    holders = []
    for ahead in range(-2, 3):
        slots = {slot.slot_id: slot for slot in slots_of_week(practice, calendar.released + ahead)}
        holders.append(names[slots[calendar.slot_id(ahead, place)].client_id or ""])
    assert holders == ["Amara Diallo", "Nora Whitfield"] * 2 + ["Amara Diallo"]
    rhythms = Counter(each.every_weeks for each in all_regulars(ID))
    assert (rhythms[1], rhythms[2]) == (11, 4)


def test_the_released_week_has_seen_what_has_come_due() -> None:
    seed()
    (missed,) = (a for a in sessions("Ruth Abara") if a.status is Status.NO_SHOW)
    assert f"{missed.local_start}" == "2026-11-30 11:00:00"
    late = sessions("Jonas Weber")[-1]
    assert (late.status, f"{late.local_start}") == (Status.LATE_CANCELLED, "2026-12-02 18:30:00")
    moved = [a for a in sessions("Elena Petrova") if a.status is Status.MOVED]
    assert [f"{a.local_start}" for a in moved] == ["2026-12-01 11:00:00"]


def test_what_has_not_come_due_is_still_ahead() -> None:
    seed("2026-11-30T08:30:00-05:00")
    for name in ("Ruth Abara", "Jonas Weber", "Elena Petrova"):
        this_week = [a for a in sessions(name) if Week.of(a.promised_day(MAPLE.zone)).number == 49]
        assert [a.status for a in this_week] == [Status.BOOKED]


def test_the_therapist_has_set_slots_by_hand() -> None:
    calendar = seed()
    slots = slots_of_week(read_practice(ID), calendar.released + 1)
    by_hand = {slot.state: slot for slot in slots if slot.manual_state or slot.extra}
    assert by_hand.keys() == {SlotState.HELD, SlotState.BLOCKED, SlotState.OPEN}
    assert by_hand[SlotState.OPEN].extra
    assert all(slot.note for slot in by_hand.values())


def test_the_coming_release_opens_held_times_and_misses_the_usual_clients() -> None:
    calendar = seed()
    release = preview_release(ID, now=clock.now())
    assert release.week == calendar.released + 1
    assert len(release.slots_to_open) == 4
    without = {each.client.name for each in release.without_session}
    assert without == {"Jonas Weber", "Leo Marchetti", "Gwen Harlow"}
    due = release.next_at + timedelta(seconds=1)
    release_week(ID, scheduled_at=release.next_at, now=due)
    clock.set_now(due)
    assert find_faults(read_tables(), now=due) == []


def test_seeding_again_gives_the_same_practice() -> None:
    def content() -> tuple[list[Any], ...]:
        calendar = seed()
        practice = read_practice(ID)
        names = {client.client_id: client.name for client in list_clients(ID)}
        span = range(-PAST_WEEKS, MAPLE.horizon_weeks + 1)
        weeks = [read_week(ID, calendar.released + n, now=calendar.now) for n in span]
        records = [
            (each.name, each.tally, each.notices, [strike.at for strike in each.strikes])
            for each in sorted(list_clients(ID), key=lambda client: client.name)
        ]
        assert practice.published_through == weeks[-1].week
        ended = [
            (each.slot_id, names.get(each.client_id), each.made_at, each.ended_at, each.status)
            for week in weeks
            for each in week.ended
        ]
        return [told(slot, names) for week in weeks for slot in week.slots], records, ended

    def told(slot: Slot, names: dict[str, str]) -> tuple[Any, ...]:
        return slot.slot_id, slot.state, names.get(slot.client_id or ""), slot.note

    first = content()
    with fresh_tables():
        assert content() == first


def test_people_are_diverse_and_cannot_be_reached() -> None:
    addresses = [person.email for person in PEOPLE if person.email]
    assert len(set(addresses)) == len(addresses)
    assert all(each.endswith("@openhour.example") for each in addresses[:WITH_LOGIN])
    assert all(each.endswith("@example.com") for each in addresses[WITH_LOGIN:])
    assert all(person.phone.startswith("(802) 555-01") for person in PEOPLE)
