"""When therapists are mailed what opens tonight, and their day: tables of named cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Party, Status
from openhour.rules.digest import digest_of
from openhour.rules.logins import LoginRole
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Postponed, Withheld
from openhour.rules.mails import MailKind
from openhour.rules.scheduled_mails import SCHEDULED, decide_by_schedule, next_mails
from openhour.rules.settings import ReleaseTime, TherapistMail
from tests.unit.builders import (
    BERLIN,
    NEW_YORK,
    NOW,
    ZONES,
    a_client,
    a_practice,
    an_appointment,
    at,
    hours,
)

FRIDAY, DIGEST = MailKind.FRIDAY, MailKind.DIGEST
BOTH = a_practice(therapist_mails=(TherapistMail.FRIDAY, TherapistMail.DIGEST))
AT_TEN = replace(BOTH, release=ReleaseTime(weekday="friday", time=time(10)))


def released_on(weekday, at_time=time(18)):
    return replace(BOTH, release=ReleaseTime(weekday=weekday, time=at_time))


NEXT = {
    "on a Monday": (BOTH, "2026-11-23 09:00", "2026-11-27 12:00", "2026-11-24 07:00"),
    "a minute before both": (BOTH, "2026-11-27 06:59", "2026-11-27 12:00", "2026-11-27 07:00"),
    "at seven": (BOTH, "2026-11-27 07:00", "2026-11-27 12:00", "2026-11-28 07:00"),
    "at noon": (BOTH, "2026-11-27 12:00", "2026-12-04 12:00", "2026-11-28 07:00"),
    "released on Sundays": (
        released_on("sunday"),
        "2026-11-23 09:00",
        "2026-11-29 12:00",
        "2026-11-24 07:00",
    ),
    "released before noon": (AT_TEN, "2026-11-23 09:00", None, "2026-11-24 07:00"),
    "released at noon": (
        released_on("friday", time(12)),
        "2026-11-23 09:00",
        None,
        "2026-11-24 07:00",
    ),
    "clocks go forward": (BOTH, "2027-03-13 08:00", "2027-03-19 12:00", "2027-03-14 07:00"),
    "clocks go back": (BOTH, "2026-10-31 08:00", "2026-11-06 12:00", "2026-11-01 07:00"),
}


def coming(practice, now):
    """Return the next instants by kind."""
    return {intent.kind: instant for instant, intent in next_mails(practice, now=now)}


@pytest.mark.parametrize(("practice", "now", "friday", "digest"), NEXT.values(), ids=NEXT)
def test_the_next_ones_are_at_noon_and_at_seven_by_the_practices_clock(
    practice, now, friday, digest
):
    expected = {DIGEST: at(digest), **({FRIDAY: at(friday)} if friday else {})}
    assert coming(practice, at(now)) == expected


NONE = {
    "without a zone": replace(BOTH, timezone=None),
    "removed": replace(BOTH, removed_at=NOW),
    "without logins": replace(BOTH, logins=()),
    "for the office alone": replace(BOTH, logins=(("l1", LoginRole.OFFICE),)),
    "unwanted": replace(BOTH, therapist_mails=()),
}


@pytest.mark.parametrize("practice", NONE.values(), ids=NONE)
def test_nothing_is_scheduled(practice):
    assert coming(practice, NOW) == {}


def test_each_therapists_login_has_one_of_its_own():
    logins = (
        ("l1", LoginRole.THERAPIST),
        ("l2", LoginRole.OFFICE),
        ("l3", LoginRole.THERAPIST),
    )
    mails = next_mails(replace(BOTH, logins=logins), now=NOW)
    assert [intent.key for _, intent in mails] == [
        *("2026-11-27#friday#l1", "2026-11-27#friday#l3"),
        *("2026-11-24#digest#l1", "2026-11-24#digest#l3"),
    ]


def an_intent(kind, day="2026-11-27"):
    return MailIntent(kind=kind, subject=day, client_id="", acted_at=NOW, login_id="l1")


NOON, SEVEN = at("2026-11-27 12:00"), at("2026-11-27 07:00")
FIRED = {
    "at noon": (BOTH, FRIDAY, NOON, None),
    "at seven": (BOTH, DIGEST, SEVEN, None),
    "too early": (BOTH, FRIDAY, NOON - hours(1), Postponed(NOON)),
    "almost six hours late": (released_on("friday", time(20)), FRIDAY, NOON + hours(6), None),
    "over six hours late": (BOTH, DIGEST, SEVEN + hours(6.01), Withheld.TOO_LATE),
    "after the release": (BOTH, FRIDAY, NOON + hours(6), Withheld.OUTDATED),
    "released early": (
        replace(BOTH, released_through=BOTH.week_of(NOON) + 1),
        FRIDAY,
        NOON,
        Withheld.OUTDATED,
    ),
    "a missed release is still due": (
        replace(BOTH, release_due=at("2026-11-20 18:00")),
        FRIDAY,
        NOON,
        Withheld.OUTDATED,
    ),
    "the release has another weekday": (released_on("thursday"), FRIDAY, NOON, Withheld.OUTDATED),
    "the release is before noon": (AT_TEN, FRIDAY, NOON, Withheld.OUTDATED),
    "the zone is farther west": (
        replace(BOTH, timezone="America/Los_Angeles"),
        FRIDAY,
        NOON,
        Postponed(NOON + hours(3)),
    ),
    "the zone is farther east": (
        replace(BOTH, timezone="Atlantic/Azores"),
        DIGEST,
        SEVEN,
        None,
    ),
    "the zone is much farther east": (
        replace(BOTH, timezone="Asia/Kolkata"),
        DIGEST,
        SEVEN,
        Withheld.TOO_LATE,
    ),
    "the zone is gone": (replace(BOTH, timezone=None), DIGEST, SEVEN, Withheld.OUTDATED),
}


@pytest.mark.parametrize(("practice", "kind", "now", "decision"), FIRED.values(), ids=FIRED)
def test_a_mail_that_fires_is_decided_by_the_settings_as_they_are(practice, kind, now, decision):
    assert decide_by_schedule(an_intent(kind), practice, now=now) == decision


@given(
    zone=st.sampled_from(ZONES),
    weekday=st.sampled_from(["friday", "sunday"]),
    hour=st.integers(13, 23),
    now=st.integers(0, 400 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n)),
)
def test_the_chain_goes_on_and_no_local_date_has_two(zone, weekday, hour, now):
    practice = replace(
        BOTH, timezone=zone.key, release=ReleaseTime(weekday=weekday, time=time(hour))
    )
    for kind, most in ((FRIDAY, timedelta(days=7, hours=1)), (DIGEST, timedelta(hours=25))):
        first = coming(practice, now)[kind]
        assert now < first <= now + most
        second = coming(practice, first)[kind]
        assert first.astimezone(zone).date() < second.astimezone(zone).date()
        intent = an_intent(kind, first.astimezone(zone).date().isoformat())
        assert decide_by_schedule(intent, practice, now=first) in (None, Withheld.OUTDATED)


def test_every_scheduled_kind_can_be_done_without():
    assert {kind.value for kind in SCHEDULED} <= set(TherapistMail)


# ---------------------------------------------------------------- the digest

BEFORE, AFTER = at("2026-11-23 06:59"), at("2026-11-24 07:00")
RECENTLY, LATE = at("2026-11-23 07:00"), at("2026-11-24 06:59")
SESSION = an_appointment(at("2026-12-03 10:00"))


def ended(status, instant, **but):
    return replace(SESSION, status=status, ended_at=instant, ended_by=Party.CLIENT, **but)


CHANGES = {
    "an old booking": (SESSION, []),
    "booked since": (replace(SESSION, made_at=RECENTLY), ["booked"]),
    "booked just before": (replace(SESSION, made_at=LATE), ["booked"]),
    "booked before": (replace(SESSION, made_at=BEFORE), []),
    "booked after": (replace(SESSION, made_at=AFTER), []),
    "placed by the plan": (replace(SESSION, made_at=LATE, regular_id="r1"), []),
    "moved here": (replace(SESSION, made_at=LATE, moved_from="a0"), []),
    "moved away": (ended(Status.MOVED, LATE), ["moved"]),
    "cancelled": (ended(Status.CANCELLED, RECENTLY), ["cancelled"]),
    "cancelled late": (ended(Status.LATE_CANCELLED, LATE), ["cancelled"]),
    "cancelled before": (ended(Status.CANCELLED, BEFORE), []),
    "ended by the plan": (ended(Status.CANCELLED, LATE, by_plan=True), []),
    "booked and cancelled": (
        ended(Status.CANCELLED, LATE, made_at=RECENTLY),
        ["booked", "cancelled"],
    ),
}


@pytest.mark.parametrize(("session", "changes"), CHANGES.values(), ids=CHANGES)
def test_what_counts_as_a_change_since_the_day_before(session, changes):
    digest = digest_of(BOTH, date(2026, 11, 24), [session], [])
    assert [name for name, count in digest.counts if count] == changes
    assert digest.is_empty is not bool(changes)


def test_a_digest_lists_the_days_sessions_by_the_practices_clock():
    late = an_appointment(at("2026-11-24 22:00"))
    others = [
        an_appointment(at("2026-11-25 00:00")),
        replace(an_appointment(at("2026-11-24 09:00")), status=Status.CANCELLED),
    ]
    digest = digest_of(BOTH, date(2026, 11, 24), [late, *others], [])
    assert digest.sessions == (late,)
    abroad = digest_of(replace(BOTH, timezone=BERLIN.key), date(2026, 11, 25), [late, *others], [])
    assert abroad.sessions == (late, others[0])
    assert late.start.astimezone(NEW_YORK).day == 24


def test_a_digest_counts_who_registered_but_not_whom_the_office_entered():
    clients = [
        a_client(registered_online=True, created_at=LATE),
        a_client(registered_online=False, created_at=LATE),
        a_client(registered_online=True, created_at=BEFORE),
        a_client(registered_online=True),
    ]
    assert digest_of(BOTH, date(2026, 11, 24), [], clients).registered == 1
