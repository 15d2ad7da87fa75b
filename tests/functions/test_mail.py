"""Who is mailed when: from a change of a row to the outbox."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from functions.notifications.mailer import REPLAYED
from openhour import clock, ses
from openhour.rules.appointments import Party
from openhour.rules.clients import Mail, Privilege
from openhour.rules.regulars import Regular
from openhour.rules.time_off import TimeOff
from openhour.store import slots
from openhour.store.messages import CLAIM_LASTS
from openhour.use_cases import (
    bookings,
    cancellations,
    clients,
    me,
    moves,
    regulars,
    time_off,
    welcomes,
)
from openhour.use_cases.asked_regulars import ask
from tests.functions.mail_service import due, function, outcomes
from tests.functions.streams import hand_over
from tests.mails.calendar_program import CalendarProgram, parse
from tests.unit.builders import NEW_YORK, NOW, a_regular, at

TUESDAY, WEDNESDAY, FRIDAY = "20261124T1500Z", "20261125T1500Z", "20261127T2230Z"
EARLY = "20261126T1200Z"


def book(slot_id=TUESDAY, client_id="ann"):
    return bookings.book("t1", client_id, slot_id, now=clock.now()).appointment


def go_on(**span):
    clock.set_now(clock.now() + timedelta(**span))


def test_a_booking_is_confirmed_once(mail):
    book()
    records = mail.records("AppointmentsTable")
    for _ in range(3):
        assert hand_over("NotificationsStreamFunction", records) == []
        mail.queue.poll()
    (sent,) = mail.mails()
    assert sent.to == "ann@example.org"
    assert sent.sender == "Appointments <appointments@openhour.example>"
    assert set(outcomes().values()) == {"sent"}


def test_a_booking_cancelled_before_it_is_mailed_is_told_of_as_cancelled(mail):
    made = book()
    cancellations.cancel_own("t1", "ann", made.appointment_id, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "cancelled")]
    assert outcomes()[f"{made.appointment_id}#booked"] == "outdated"


def test_a_move_is_one_mail_with_both_sessions(mail):
    made = book()
    mail.follow()
    mail.mails()
    moves.move("t1", "ann", made.appointment_id, WEDNESDAY, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "moved")]


def test_a_chain_of_moves_keeps_one_uid_and_rises(mail):
    made = book()
    second = moves.move("t1", "ann", made.appointment_id, WEDNESDAY, now=clock.now()).appointment
    third = moves.move("t1", "ann", second.appointment_id, FRIDAY, now=clock.now()).appointment
    chain = [(each.uid, each.sequence, each.moved_from) for each in (made, second, third)]
    assert chain == [
        (None, 0, None),
        (made.appointment_id, 1, made.appointment_id),
        (made.appointment_id, 2, second.appointment_id),
    ]
    mail.follow()
    assert mail.told() == [("ann", "moved")]  # the rest was outdated by then


def test_acts_of_the_therapist_are_mailed_unless_they_are_silent(mail):
    loud = bookings.book_for_client("t1", "ann", TUESDAY, now=clock.now()).appointment
    bookings.book_for_client("t1", "bob", WEDNESDAY, now=clock.now(), notify=False)
    mail.follow()
    assert mail.told() == [("ann", "booked")]
    cancellations.cancel_for_client(
        "t1", loud.appointment_id, by=Party.THERAPIST, now=clock.now(), notify=False
    )
    mail.follow()
    assert mail.told() == []


def test_a_late_cancellation_is_told_to_the_therapist_too(mail):
    made = book(TUESDAY)
    clock.set_now(at("2026-11-24 08:30"))
    cancellations.cancel_own("t1", "ann", made.appointment_id, now=clock.now())
    mail.follow()
    told = mail.told()
    assert ("ann", "cancelled") in told
    assert ("login-of-t1", "late-cancellation") in told


def test_the_strike_that_reaches_the_limit_is_told_to_the_therapist(mail):
    mail.set(strike_limit=2)
    for slot_id, now in ((TUESDAY, "2026-11-24 08:30"), (WEDNESDAY, "2026-11-25 08:30")):
        made = book(slot_id)
        clock.set_now(at(now))
        cancellations.cancel_own("t1", "ann", made.appointment_id, now=clock.now())
        mail.follow()
    told = [kind for to, kind in mail.told() if to == "login-of-t1"]
    assert told == ["late-cancellation", "late-cancellation", "limit-reached"]


def test_a_regular_is_one_mail_and_its_sessions_are_none(mail):
    wanted = a_regular("", when="tuesday 10:00")
    made = regulars.add_regular("t1", wanted, preview=False, now=clock.now()).regular
    mail.follow()
    assert mail.told() == [("ann", "regular-entered")]
    changed = Regular(
        regular_id=made.regular_id,
        client_id="ann",
        weekday="wednesday",
        start=at("2026-11-25 10:00").replace(hour=10).time(),
        first=made.first,
    )
    regulars.change_regular("t1", changed, preview=False, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "regular-changed")]
    regulars.end_regular("t1", made.regular_id, preview=False, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "regular-ended")]


def test_a_sick_day_tells_each_client_once_with_its_message(mail):
    book(TUESDAY)
    book(WEDNESDAY, "bob")
    mail.follow()
    mail.mails()
    sick = TimeOff(
        time_off_id="",
        begins=at("2026-11-24 00:00"),
        ends=at("2026-11-26 00:00"),
        made_at=clock.now(),
        cancel_booked=True,
        message="I have a cold.",
    )
    time_off.take_time_off("t1", sick, preview=False, now=clock.now())
    mail.follow()
    mails = mail.mails()
    assert sorted(each.to for each in mails) == ["ann@example.org", "bob@example.org"]
    assert all("I have a cold." in each.text for each in mails)


def test_suspension_restoration_and_discharge_are_told_on_request(mail):
    clients.set_privilege(
        "t1", "ann", Privilege.SUSPENDED, reason=None, now=clock.now(), notify=True
    )
    mail.follow()
    clients.set_privilege("t1", "ann", Privilege.ACTIVE, reason=None, now=clock.now(), notify=True)
    mail.follow()
    assert mail.told() == [("ann", "suspended"), ("ann", "restored")]
    book()
    mail.follow()
    mail.mails()
    clients.discharge("t1", "ann", now=clock.now(), notify=True)
    mail.follow()
    assert mail.told() == [("ann", "discharged")]


def test_a_discharge_takes_everything_off_the_clients_calendar(mail):
    me.change_preferences("t1", "ann", {"calendar_entries": True})
    wanted = a_regular("", when="wednesday 10:00")
    regulars.add_regular("t1", wanted, preview=False, now=NOW)
    single = book().appointment_id
    occurrence = next(each for each in slots.future_slots("t1", now=NOW) if each.regular_id)
    moves.move("t1", "ann", occurrence.appointment_id or "", FRIDAY, now=clock.now())
    mail.follow()
    clients.discharge("t1", "ann", now=clock.now(), notify=True)
    mail.follow()
    entries = [each.content for sent in mail.mails() for each in sent.attachments if each.name]
    assert len(entries) == 5  # entered, booked, moved; and two of the discharge
    assert [single in text for text in entries[-2:]] == [False, True]
    for order in (entries, entries[::-1]):
        program = CalendarProgram()
        for text in order:
            program.receive(parse(text))
        assert [each for each in program.starts(NOW + timedelta(days=90)) if each > NOW] == []


def test_a_discharge_tells_nothing_of_calendars_that_the_client_does_not_want(mail):
    book()
    mail.follow()
    mail.mails()
    clients.discharge("t1", "ann", now=clock.now(), notify=True)
    mail.follow()
    (sent,) = mail.mails()
    assert [each.name for each in sent.attachments] == []


def test_a_welcome_is_sent_on_request_with_the_coming_sessions(mail):
    wanted = a_regular("", when="wednesday 10:00")
    regulars.add_regular("t1", wanted, preview=False, now=NOW)
    clients.invite("t1", "ann", now=NOW)
    book()
    mail.skip()
    for _ in range(2):  # The second one is a repeat.
        welcomes.welcome("t1", "ann", sends_mail=True, now=clock.now())
        mail.follow()
        go_on(seconds=30)
    (sent,) = mail.mails()
    assert (sent.to, sent.tags["kind"]) == ("ann@example.org", "welcome")
    assert "Every Wednesday" in sent.text
    assert "Tuesday, November 24, 10:00" in sent.text
    go_on(minutes=1)
    welcomes.welcome("t1", "ann", sends_mail=True, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "welcome")]


def test_a_request_for_a_regular_is_told_to_the_therapist(mail):
    made = book()
    mail.follow()
    mail.mails()
    ask("t1", "ann", made.appointment_id, every_weeks=2, now=clock.now())
    mail.follow()
    assert mail.told() == [("login-of-t1", "regular-asked")]


WITHHELD = {
    "before the date": (lambda mail: mail.set(mail_from=None), "before-mail-from"),
    "no mail": (
        lambda _: me.change_preferences("t1", "ann", {"mail": Mail.NONE}),
        "unwanted",
    ),
    "no address": (
        lambda _: clients.change_client("t1", "ann", {"email": None}, now=NOW),
        "no-address",
    ),
    "discharged": (lambda _: clients.discharge("t1", "ann", now=NOW), "discharged"),
}


@pytest.mark.parametrize(("between", "outcome"), WITHHELD.values(), ids=WITHHELD)
def test_the_state_is_read_again_before_a_mail_is_sent(mail, between, outcome):
    made = book()
    between(mail)
    mail.follow()
    assert ("ann", "booked") not in mail.told()
    assert outcomes()[f"{made.appointment_id}#booked"] == outcome


def test_acts_older_than_six_hours_are_told_to_nobody_and_counted(mail, capsys):
    book()
    go_on(hours=6, seconds=1)
    mail.follow()
    assert mail.told() == []
    assert '"MailsTooOld":1' in capsys.readouterr().out


def test_without_a_sender_nothing_is_recorded(mail, monkeypatch):
    monkeypatch.setenv("MAIL_SENDER", "")
    book()
    mail.follow()
    assert mail.told() == []
    assert outcomes() == {} == due()


def test_in_quiet_hours_the_therapists_act_waits_for_the_morning(mail):
    clock.set_now(at("2026-11-23 22:00"))
    bookings.book_for_client("t1", "ann", FRIDAY, now=clock.now())
    book(WEDNESDAY, "bob")
    mail.follow()
    assert mail.told() == [("bob", "booked")]
    clock.set_now(at("2026-11-24 08:00"))
    mail.sweep()
    assert mail.told() == [("ann", "booked")]


def run_until(mail, until):
    """Return when, by the practice's clock, which mail was sent."""
    return [
        (f"{minute.astimezone(NEW_YORK):%d %H:%M}", *told)
        for minute in mail.sweep_until(at(until))
        for told in mail.told()
    ]


def test_a_reminder_is_sent_two_days_before_in_daytime(mail):
    book(FRIDAY)
    book(EARLY, "bob")
    mail.follow()
    mail.mails()
    # Bob's would be due at seven on Tuesday morning.
    assert run_until(mail, "2026-11-26 00:00") == [
        ("23 20:30", "bob", "reminder"),
        ("25 17:30", "ann", "reminder"),
    ]


def test_a_cancelled_session_is_not_reminded_of(mail):
    made = book(FRIDAY)
    mail.follow()
    cancellations.cancel_own("t1", "ann", made.appointment_id, now=clock.now())
    mail.follow()
    mail.mails()
    assert run_until(mail, "2026-11-26 00:00") == []


def test_new_settings_move_reminders_that_are_scheduled(mail):
    book(FRIDAY)
    mail.follow()
    mail.mails()
    mail.set(reminder_hours=24, second_reminder_hours=4)
    mail.follow()
    assert run_until(mail, "2026-11-27 17:30") == [
        ("26 17:30", "ann", "reminder"),
        ("27 13:30", "ann", "reminder"),
    ]


def test_a_missed_sweep_is_made_up_for(mail):
    book(FRIDAY)
    mail.follow()
    mail.mails()
    clock.set_now(at("2026-11-25 17:20"))
    mail.sweep()
    while not (told := mail.told()):
        go_on(minutes=45)
        mail.sweep()
        assert clock.now() < at("2026-11-25 19:00")
    assert told == [("ann", "reminder")]


@contextmanager
def answers(*errors):
    """Have SES answer with these errors in turn; `lost` sends the mail and loses the answer."""
    queue = list(errors)

    def before(**_):
        if queue and queue[0] != "lost":
            answer: Any = {
                "Error": {"Code": queue.pop(0)},
                "ResponseMetadata": {"HTTPStatusCode": 400},
            }
            raise ClientError(answer, "SendEmail")

    def after(**_):
        if queue and queue.pop(0) == "lost":
            raise ReadTimeoutError(endpoint_url="https://ses.example")

    events = ses.ses_client().meta.events
    events.register("before-parameter-build.sesv2.SendEmail", before)
    events.register("after-call.sesv2.SendEmail", after)
    try:
        yield
    finally:
        events.unregister("before-parameter-build.sesv2.SendEmail", before)
        events.unregister("after-call.sesv2.SendEmail", after)


def attempts(mail, times):
    for _ in range(times):
        mail.retry()
        go_on(seconds=CLAIM_LASTS.total_seconds() + 1)


def test_a_throttled_mail_is_tried_again_and_the_try_does_not_count(mail):
    book()
    with answers(*["TooManyRequestsException"] * 4):
        mail.follow()
        attempts(mail, 6)
    assert mail.told() == [("ann", "booked")]
    assert set(outcomes().values()) == {"sent"}


def test_a_rejected_mail_is_not_tried_again(mail):
    book()
    with answers("MessageRejected"):
        mail.follow()
        attempts(mail, 2)
    assert mail.told() == []
    assert set(outcomes().values()) == {"rejected"}


def test_a_paused_account_is_waited_for_and_counted(mail, capsys):
    book()
    with answers("SendingPausedException"):
        mail.follow()
        attempts(mail, 2)
    assert '"MailsPaused":1' in capsys.readouterr().out
    assert mail.told() == [("ann", "booked")]


def test_a_lost_answer_doubles_a_mail_once_at_most(mail):
    book()
    with answers("lost", "lost", "lost"):
        mail.follow()
        attempts(mail, 12)
    assert mail.told() == [("ann", "booked")] * 2
    (letter,) = mail.dead_letters()
    assert letter["client_id"] == "ann"


def test_a_dead_letter_is_sent_once_more_when_the_operator_hands_it_over(mail):
    book()
    with answers("lost", "lost"):
        mail.follow()
        attempts(mail, 12)
    mail.mails()
    (letter,) = mail.dead_letters()
    marked = {REPLAYED: {"dataType": "String", "stringValue": "true"}}
    record = {"messageId": "1", "body": json.dumps(letter), "messageAttributes": marked}
    for _ in range(2):
        event = {"Records": [{**record, "eventSource": "aws:sqs"}]}
        assert function("MailerFunction").invoke(event) == {"batchItemFailures": []}
    assert mail.told() == [("ann", "booked")]


def test_while_a_claim_lasts_nobody_else_sends(mail):
    book()
    with answers("lost"):
        mail.follow()
    mail.retry()
    assert mail.told() == [("ann", "booked")]
    go_on(seconds=CLAIM_LASTS.total_seconds())
    mail.retry()
    assert mail.told() == [("ann", "booked")]
