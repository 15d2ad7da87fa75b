"""When a mail is sent: by the practice's settings, the client's wishes and the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Status
from openhour.rules.clients import Mail, Privilege
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import (
    Postponed,
    Withheld,
    decide_for_client,
    decide_for_session,
    decide_for_therapist,
    is_still_true,
)
from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.mails import MailKind
from openhour.rules.quiet_hours import evening_before, quiet_until
from openhour.rules.reminders import remind_at, reminder, reminders_of
from openhour.rules.settings import QuietHours, TherapistMail
from tests.unit.builders import (
    NOW,
    ZONES,
    a_client,
    a_practice,
    a_regular,
    an_appointment,
    at,
    hours,
    strikes,
)

PRACTICE = a_practice(mail_from=date(2026, 11, 1))
ANN = a_client(email="ann@example.org")
NIGHT = at("2026-11-23 23:00")
MORNING = at("2026-11-24 08:00")


def an_intent(kind=MailKind.BOOKED, **but):
    values = {"subject": "a1", "client_id": "ann", "acted_at": NOW, **but}
    return MailIntent(kind=kind, **values)


CLIENTS = {
    "anybody": (PRACTICE, ANN, MailKind.BOOKED, None),
    "no address": (PRACTICE, a_client(), MailKind.BOOKED, Withheld.NO_ADDRESS),
    "an address that takes no mail": (
        PRACTICE,
        replace(ANN, mail_stopped=MailStop(reason=StopReason.BOUNCED, at=NOW)),
        MailKind.BOOKED,
        Withheld.STOPPED,
    ),
    "before any date is set": (
        a_practice(),
        ANN,
        MailKind.BOOKED,
        Withheld.BEFORE_MAIL_FROM,
    ),
    "on the first day": (a_practice(mail_from=date(2026, 11, 23)), ANN, MailKind.BOOKED, None),
    "the day before": (
        a_practice(mail_from=date(2026, 11, 24)),
        ANN,
        MailKind.BOOKED,
        Withheld.BEFORE_MAIL_FROM,
    ),
    "wants none": (PRACTICE, replace(ANN, mail=Mail.NONE), MailKind.BOOKED, Withheld.UNWANTED),
    "wants changes": (PRACTICE, replace(ANN, mail=Mail.CHANGES), MailKind.CANCELLED, None),
    "wants no reminders": (
        PRACTICE,
        replace(ANN, mail=Mail.CHANGES),
        MailKind.REMINDER,
        Withheld.UNWANTED,
    ),
    "suspended": (PRACTICE, replace(ANN, privilege=Privilege.SUSPENDED), MailKind.REMINDER, None),
    "discharged": (
        PRACTICE,
        replace(ANN, privilege=Privilege.ENDED),
        MailKind.CANCELLED,
        Withheld.DISCHARGED,
    ),
    "is told of the discharge": (
        PRACTICE,
        replace(ANN, privilege=Privilege.ENDED),
        MailKind.DISCHARGED,
        None,
    ),
}


@pytest.mark.parametrize(("practice", "client", "kind", "decision"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_is_mailed_or_not(practice, client, kind, decision):
    assert decide_for_client(an_intent(kind), practice, client) == decision


SOON, LATER = an_appointment(NIGHT + hours(23)), an_appointment(NIGHT + hours(25))
AT_NIGHT = {
    "an own booking": (an_intent(own=True), LATER, None),
    "the therapist's booking": (an_intent(), SOON, Postponed(MORNING)),
    "a cancellation of a session soon": (an_intent(MailKind.CANCELLED), SOON, None),
    "a cancellation of a session later": (
        an_intent(MailKind.CANCELLED),
        LATER,
        Postponed(MORNING),
    ),
    "an own cancellation": (an_intent(MailKind.CANCELLED, own=True), LATER, None),
}


@pytest.mark.parametrize(("intent", "session", "decision"), AT_NIGHT.values(), ids=AT_NIGHT)
def test_in_quiet_hours_only_what_cannot_wait_is_sent(intent, session, decision):
    assert decide_for_session(intent, PRACTICE, session, now=NIGHT) == decision
    assert decide_for_session(intent, PRACTICE, session, now=NOW) is None


def test_a_mail_that_is_no_longer_true_is_not_sent():
    cancelled = replace(LATER, status=Status.CANCELLED)
    told = decide_for_session(an_intent(), PRACTICE, cancelled, now=NOW)
    assert told is Withheld.OUTDATED
    assert decide_for_session(an_intent(), PRACTICE, None, now=NOW) is Withheld.OUTDATED
    begun = decide_for_session(an_intent(), PRACTICE, LATER, now=LATER.start)
    assert begun is Withheld.TOO_LATE


SESSION = an_appointment(at("2026-11-27 17:30"))
DUE = at("2026-11-25 17:30")
REMINDERS = {
    "when it is due": (PRACTICE, SESSION, DUE, None),
    "too early": (PRACTICE, SESSION, DUE - hours(1), Postponed(DUE)),
    "an hour late": (PRACTICE, SESSION, DUE + hours(1), None),
    "later than that": (PRACTICE, SESSION, DUE + hours(1.1), Withheld.TOO_LATE),
    "with other hours": (replace(PRACTICE, reminder_hours=24), SESSION, DUE, Withheld.OUTDATED),
    "with reminders off": (
        replace(PRACTICE, reminder_hours=None),
        SESSION,
        DUE,
        Withheld.OUTDATED,
    ),
    "of a cancelled session": (
        PRACTICE,
        replace(SESSION, status=Status.CANCELLED),
        DUE,
        Withheld.OUTDATED,
    ),
}


@pytest.mark.parametrize(
    ("practice", "session", "now", "decision"), REMINDERS.values(), ids=REMINDERS
)
def test_a_reminder_is_decided_when_it_fires(practice, session, now, decision):
    assert decide_for_session(reminder(SESSION, 48, DUE), practice, session, now=now) == decision


def test_a_second_reminder_is_one_of_its_own():
    practice = replace(PRACTICE, second_reminder_hours=4)
    found = {intent.key: when for when, intent in reminders_of(practice, SESSION, now=NOW)}
    assert found == {
        f"reminder#{SESSION.appointment_id}#48": DUE,
        f"reminder#{SESSION.appointment_id}#4": at("2026-11-27 13:30"),
    }


def test_the_same_hours_twice_remind_once():
    practice = replace(PRACTICE, second_reminder_hours=48)
    assert len(list(reminders_of(practice, SESSION, now=NOW))) == 1


def test_a_reminder_of_an_early_session_is_sent_the_evening_before():
    early = an_appointment(at("2026-11-27 07:30"))
    assert remind_at(PRACTICE, early, 48) == at("2026-11-24 20:30")
    assert remind_at(replace(PRACTICE, quiet_hours=None), early, 48) == at("2026-11-25 07:30")


def test_a_reminder_whose_time_has_passed_is_not_scheduled():
    assert list(reminders_of(PRACTICE, SESSION, now=DUE)) == []


QUIET = {
    "before": ("2026-11-23 20:59", None),
    "as they begin": ("2026-11-23 21:00", "2026-11-24 08:00"),
    "after midnight": ("2026-11-24 03:00", "2026-11-24 08:00"),
    "as they end": ("2026-11-24 08:00", None),
    "when the clocks go back": ("2026-10-31 23:00", "2026-11-01 08:00"),
}


@pytest.mark.parametrize(("instant", "until"), QUIET.values(), ids=QUIET)
def test_quiet_hours_are_told_by_the_practices_clock(instant, until):
    assert quiet_until(PRACTICE, at(instant)) == (until and at(until))


def test_quiet_hours_may_lie_within_a_day():
    practice = replace(PRACTICE, quiet_hours=QuietHours(begins=time(12), ends=time(14)))
    assert quiet_until(practice, at("2026-11-23 13:00")) == at("2026-11-23 14:00")
    assert quiet_until(practice, at("2026-11-23 23:00")) is None


TIMES = st.times().map(lambda at: at.replace(microsecond=0, second=0))


@given(
    st.sampled_from(ZONES),
    TIMES,
    TIMES,
    st.integers(-400 * 24 * 60, 400 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n)),
)
def test_nothing_that_can_wait_is_sent_in_quiet_hours(zone, begins, ends, now):
    if begins == ends:
        return
    quiet = QuietHours(begins=begins, ends=ends)
    practice = replace(PRACTICE, timezone=zone.key, quiet_hours=quiet)
    until = quiet_until(practice, now)
    if until is not None:
        assert now < until <= now + hours(26)
    earlier = evening_before(practice, now)
    assert earlier <= now


FLAGGED = a_client(strikes=strikes(NOW, NOW, NOW))
STILL = {
    "suspended": (MailKind.SUSPENDED, a_client(privilege=Privilege.SUSPENDED), True),
    "restored since": (MailKind.SUSPENDED, a_client(), False),
    "suspended again": (MailKind.RESTORED, a_client(privilege=Privilege.SUSPENDED), False),
    "at the limit": (MailKind.LIMIT_REACHED, FLAGGED, True),
    "below it": (MailKind.LIMIT_REACHED, a_client(strikes=strikes(NOW)), False),
    "seen": (MailKind.LIMIT_REACHED, replace(FLAGGED, flag_seen_at=NOW), False),
    "the request withdrawn": (MailKind.REGULAR_ASKED, a_client(), False),
    "the regular goes on": (MailKind.REGULAR_ENTERED, a_regular(), True),
    "the regular ended": (MailKind.REGULAR_CHANGED, a_regular(ended=True), False),
    "the regular handed on": (MailKind.REGULAR_ENDED, a_regular(client_id="bob"), True),
    "the regular was not ended": (MailKind.REGULAR_ENDED, a_regular(), False),
}


@pytest.mark.parametrize(("kind", "subject", "true"), STILL.values(), ids=STILL)
def test_what_a_mail_tells_must_still_be_so(kind, subject, true):
    assert is_still_true(an_intent(kind), subject, PRACTICE) is true


FOR_THERAPISTS = [
    kind
    for kind in MailKind
    if kind.is_for_therapist and not kind.value.startswith("login-")  # Cognito sends those.
]


@pytest.mark.parametrize("kind", FOR_THERAPISTS)
def test_therapists_get_the_mails_that_they_want_and_the_one_that_they_need(kind):
    always = kind is MailKind.REGISTRATIONS_FULL
    assert (kind.value in list(TherapistMail)) is not always
    without = replace(PRACTICE, therapist_mails=())
    wanting = replace(PRACTICE, therapist_mails=() if always else (TherapistMail(kind.value),))
    assert decide_for_therapist(an_intent(kind), wanting) is None
    assert decide_for_therapist(an_intent(kind), without) == (None if always else Withheld.UNWANTED)


def test_a_digest_is_sent_by_choice_alone():
    unwanted = [kind for kind in FOR_THERAPISTS if decide_for_therapist(an_intent(kind), PRACTICE)]
    assert unwanted == [MailKind.DIGEST]
