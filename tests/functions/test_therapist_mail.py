"""Mail to the therapists of a practice: to each of their logins, and what they want."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from openhour import clock, mail_queue, ses
from openhour.rules.logins import LoginRole
from openhour.rules.settings import ReleaseTime, TherapistMail
from openhour.store.models import DueRow
from openhour.use_cases import (
    bookings,
    cancellations,
    clients,
    hours,
    regulars,
    releases,
    therapists,
)
from openhour.use_cases.announcements import schedule_therapist_mails
from openhour.use_cases.logins import add_login, remove_login
from tests.functions.mail_service import due, outcomes
from tests.functions.streams import hand_over
from tests.unit.builders import NEW_YORK, NOW, a_regular, an_entry, at

TUESDAY = "20261124T1500Z"
FIRST, SECOND = "login-of-t1@example.com", "eve@example.com"


@pytest.fixture
def second(mail):
    """Another therapist's login, beside one of the office."""
    add_login("t1", name="Sam", email="sam@example.com", role=LoginRole.OFFICE, now=NOW)
    added = add_login("t1", name="Eve", email=SECOND, role=LoginRole.THERAPIST, now=NOW)
    mail.skip()
    return added.login


def cancel_late():
    made = bookings.book("t1", "ann", TUESDAY, now=clock.now()).appointment
    clock.set_now(at("2026-11-24 08:30"))
    cancellations.cancel_own("t1", "ann", made.appointment_id, now=clock.now())
    return made.appointment_id


def to_therapists(mail):
    return [(each.to, each.tags["kind"]) for each in mail.mails() if "ann" not in each.to]


def test_every_therapists_login_is_mailed_once(mail, second):
    appointment_id = cancel_late()
    for _ in range(2):
        mail.follow()
        mail.retry()
    told = to_therapists(mail)
    assert sorted(told) == [(SECOND, "late-cancellation"), (FIRST, "late-cancellation")]
    keys = {key for key in outcomes() if "late" in key}
    late = f"{appointment_id}#late-cancellation"
    assert keys == {f"{late}#login-of-t1", f"{late}#{second.login_id}"}


def test_an_address_that_is_refused_does_not_stop_the_others(mail, second):
    def refuse(params, **_):
        if b"login-of-t1" in params["Content"]["Raw"]["Data"]:
            answer: Any = {
                "Error": {"Code": "MessageRejected"},
                "ResponseMetadata": {"HTTPStatusCode": 400},
            }
            raise ClientError(answer, "SendEmail")

    cancel_late()
    events = ses.ses_client().meta.events
    events.register("before-parameter-build.sesv2.SendEmail", refuse)
    try:
        mail.follow()
    finally:
        events.unregister("before-parameter-build.sesv2.SendEmail", refuse)
    assert to_therapists(mail) == [(SECOND, "late-cancellation")]
    assert {v for k, v in outcomes().items() if "late" in k} == {"rejected", "sent"}


def test_a_login_that_was_removed_meanwhile_is_not_mailed(mail, second):
    cancel_late()
    assert hand_over("NotificationsStreamFunction", mail.records("AppointmentsTable")) == []
    remove_login("t1", second.login_id, by=None, now=clock.now())
    mail.queue.poll()
    assert to_therapists(mail) == [(FIRST, "late-cancellation")]


def test_what_a_therapist_does_not_want_is_withheld_when_it_would_be_sent(mail):
    appointment_id = cancel_late()
    mail.set(therapist_mails=())
    mail.follow()
    assert to_therapists(mail) == []
    assert outcomes()[f"{appointment_id}#late-cancellation#login-of-t1"] == "unwanted"


# ---------------------------------------------------------------- what is scheduled


FRIDAY_NOON, RELEASE = at("2026-11-27 12:00"), at("2026-11-27 18:00")
DAYS = (TherapistMail.FRIDAY, TherapistMail.DIGEST)


@pytest.fixture
def scheduled(mail):
    """The practice, whose therapist wants both mails that no act gives rise to."""
    mail.set(therapist_mails=DAYS)
    mail.follow()
    mail.mails()
    return mail


def run_until(mail, until):
    """Return when, by the practice's clock, therapists were mailed what."""
    told = []
    for minute in mail.sweep_until(at(until)):
        mail.follow()
        when = f"{minute.astimezone(NEW_YORK):%d %H:%M}"
        told += [(when, kind) for _, kind in mail.told() if kind in DAYS]
    return told


def mailed_by(mail, instant):
    """Return the mails that are sent until then."""
    list(mail.sweep_until(instant))
    return mail.mails()


def hand_over_due(mail, day):
    """Have the mailer get what is due on a local date, as if the sweep had come so late."""
    mail_queue.enqueue([row.intent for row in DueRow.scan() if f"#{day}#" in row.entry])
    mail.queue.poll()


def a_session_on(day, client_id="ann"):
    bookings.book_for_client("t1", client_id, day, now=clock.now(), notify=False)


def test_at_noon_before_the_release_the_therapist_is_told_what_opens(scheduled):
    hours.set_hours(
        "t1",
        (an_entry("tuesday 10:00", prime=True), an_entry("wednesday 10:00")),
        if_match=None,
        preview=False,
        now=NOW,
    )
    for client_id in ("ann", "bob"):
        clients.change_client("t1", client_id, {"usual": True}, now=NOW)
    a_session_on("20261202T1500Z", "bob")
    scheduled.set(therapist_mails=(TherapistMail.FRIDAY,))
    scheduled.follow()
    scheduled.mails()
    assert mailed_by(scheduled, FRIDAY_NOON - timedelta(minutes=1)) == []
    (sent,) = mailed_by(scheduled, FRIDAY_NOON)
    assert (sent.to, sent.tags["kind"]) == (FIRST, "friday")
    assert "Tuesday, December 1, 10:00" in sent.text
    assert "December 2" not in sent.text
    assert sent.text.splitlines().count("- A") == 1
    assert sent.text.splitlines().count("- B") == 0


def test_nothing_opens_and_nobody_lacks_a_session_is_no_mail(scheduled):
    assert [told for told in run_until(scheduled, "2026-11-27 18:00") if "friday" in told] == []
    assert outcomes()["2026-11-27#friday#login-of-t1"] == "nothing"


def test_a_day_is_told_at_seven_with_its_sessions_and_what_has_changed(scheduled):
    a_session_on(TUESDAY)
    a_session_on("20261202T1500Z", "bob")
    scheduled.follow()
    scheduled.mails()
    (sent,) = mailed_by(scheduled, at("2026-11-24 07:00"))
    assert (sent.to, sent.tags["kind"]) == (FIRST, "digest")
    assert "- Tuesday, November 24, 10:00\xa0am A" in sent.text.splitlines()
    assert "Booked: 2" in sent.text
    assert "Cancelled" not in sent.text


def test_a_day_without_sessions_and_changes_is_no_mail_but_the_next_one_is(scheduled):
    a_session_on("20261126T1200Z")
    scheduled.follow()
    assert run_until(scheduled, "2026-11-27 08:00") == [
        ("24 07:00", "digest"),  # of the booking
        ("26 07:00", "digest"),  # of the session
    ]
    assert outcomes()["2026-11-25#digest#login-of-t1"] == "nothing"
    assert "2026-11-28#digest#login-of-t1" in str(due())


def test_each_is_sent_once_however_often_it_is_handed_over(scheduled):
    a_session_on(TUESDAY)
    clock.set_now(at("2026-11-24 07:00"))
    for _ in range(3):
        hand_over_due(scheduled, "2026-11-24")
        schedule_therapist_mails("t1", now=clock.now())
    assert scheduled.told() == [("login-of-t1", "digest")]
    digests = [entry for entry in due() if "digest" in entry]
    assert sorted(digests) == [f"t1#2026-11-{day}#digest#login-of-t1" for day in (24, 25)]


def test_one_that_is_over_six_hours_late_is_not_sent_but_the_next_one_is(scheduled):
    a_session_on(TUESDAY)
    a_session_on("20261125T1500Z", "bob")
    scheduled.follow()
    clock.set_now(at("2026-11-24 13:01"))
    hand_over_due(scheduled, "2026-11-24")
    assert outcomes()["2026-11-24#digest#login-of-t1"] == "too-late"
    assert run_until(scheduled, "2026-11-25 12:00") == [("25 07:00", "digest")]


def test_the_chain_goes_on_when_a_mail_is_never_sent(scheduled):
    def refuse(**_):
        answer: Any = {"Error": {"Code": "Broken"}, "ResponseMetadata": {"HTTPStatusCode": 500}}
        raise ClientError(answer, "SendEmail")

    a_session_on(TUESDAY)
    a_session_on("20261125T1500Z", "bob")
    events = ses.ses_client().meta.events
    events.register("before-parameter-build.sesv2.SendEmail", refuse)
    try:
        clock.set_now(at("2026-11-24 07:00"))
        scheduled.sweep()
    finally:
        events.unregister("before-parameter-build.sesv2.SendEmail", refuse)
    assert outcomes()["2026-11-24#digest#login-of-t1"] is None
    assert "t1#2026-11-25#digest#login-of-t1" in due()


def test_the_weekly_release_mends_a_chain_that_was_lost(scheduled):
    for row in DueRow.scan():
        row.delete()
    releases.release_week("t1", scheduled_at=RELEASE, now=RELEASE)
    clock.set_now(RELEASE)
    scheduled.follow()
    assert sorted(due().values()) == ["2026-11-28T12:00Z", "2026-12-04T17:00Z"]


SETTINGS = {
    "another weekday of the release": (
        {"release": ReleaseTime(weekday="thursday")},
        ["2026-11-26T17:00Z"],
    ),
    "a release before noon": ({"release": ReleaseTime(time=time(9))}, []),
    "another zone": ({"timezone": "America/Los_Angeles"}, ["2026-11-27T20:00Z"]),
    "a zone ahead of UTC": ({"timezone": "Asia/Kolkata"}, ["2026-11-27T06:30Z"]),
}


@pytest.mark.parametrize(("changes", "fridays"), SETTINGS.values(), ids=SETTINGS)
def test_new_settings_schedule_anew(mail, changes, fridays):
    mail.follow()
    old = due()
    mail.set(**changes)
    mail.follow()
    new = due().items() - old.items()
    assert [minute for entry, minute in new if "friday" in entry] == fridays


def test_a_changed_weekday_leaves_the_old_day_without_a_mail(mail):
    clients.change_client("t1", "ann", {"usual": True}, now=NOW)
    schedule_therapist_mails("t1", now=NOW)
    mail.set(release=ReleaseTime(weekday="thursday"))
    mail.follow()
    assert run_until(mail, "2026-11-28 00:00") == [("26 12:00", "friday")]
    assert outcomes()["2026-11-27#friday#login-of-t1"] == "outdated"


def test_after_an_early_release_nothing_is_told_of_it(mail):
    clients.change_client("t1", "ann", {"usual": True}, now=NOW)
    schedule_therapist_mails("t1", now=NOW)
    clock.set_now(at("2026-11-26 09:00"))
    releases.release_early("t1", now=clock.now())
    mail.follow()
    assert run_until(mail, "2026-11-28 00:00") == []


def test_the_clock_change_moves_neither(scheduled):
    clients.change_client("t1", "ann", {"usual": True}, now=NOW)
    clock.set_now(at("2027-03-12 20:00"))
    scheduled.set(place="Room 2")
    schedule_therapist_mails("t1", now=clock.now())
    ahead = [each for each in due().values() if each > "2027"]
    assert sorted(ahead) == ["2027-03-13T12:00Z", "2027-03-19T16:00Z"]
    clock.set_now(at("2027-03-13 07:00"))
    hand_over_due(scheduled, "2027-03-13")
    assert "2027-03-14T11:00Z" in due().values()  # seven by the new clock


def test_a_removed_practice_is_told_nothing_until_it_is_opened_again(scheduled):
    a_session_on(TUESDAY)
    therapists.remove_therapist("t1", now=NOW)
    scheduled.follow()
    assert run_until(scheduled, "2026-11-24 09:00") == []
    assert outcomes()["2026-11-24#digest#login-of-t1"] == "no-practice"
    assert [each for each in due().values() if each > "2026-11-24T13"] == ["2026-11-27T17:00Z"]
    clock.set_now(at("2026-11-24 09:30"))
    therapists.reopen_therapist("t1", now=clock.now())
    scheduled.follow()
    assert "t1#2026-11-25#digest#login-of-t1" in due()


def test_a_removed_login_ends_its_own_chain(scheduled, second):
    a_session_on(TUESDAY)
    schedule_therapist_mails("t1", now=NOW)
    remove_login("t1", second.login_id, by=None, now=NOW)
    scheduled.follow()
    assert run_until(scheduled, "2026-11-24 08:00") == [("24 07:00", "digest")]
    assert [
        entry for entry in due() if entry.endswith(f"2026-11-25#digest#{second.login_id}")
    ] == []


def test_one_that_is_unwanted_by_then_ends_its_chain_and_settings_begin_it_anew(scheduled):
    a_session_on(TUESDAY)
    scheduled.set(therapist_mails=())
    scheduled.follow()
    assert run_until(scheduled, "2026-11-24 08:00") == []
    assert "t1#2026-11-25#digest#login-of-t1" not in due()
    scheduled.set(therapist_mails=DAYS)
    scheduled.follow()
    assert "t1#2026-11-25#digest#login-of-t1" in due()


# ---------------------------------------------------------------- conflicts


def release():
    clock.set_now(RELEASE)
    releases.release_week("t1", scheduled_at=RELEASE, now=RELEASE)


def test_a_conflict_that_a_release_brings_is_mailed_once(mail):
    a_regular_without_hours_in_a_new_week()
    mail.follow()
    assert mail.told() == [("ann", "regular-entered")]  # the act has shown what it leads to
    release()
    records = mail.records("PracticesTable")
    for _ in range(2):
        assert hand_over("PracticeStreamFunction", records) == []
        mail.follow()
    told = [each for each in mail.mails() if each.tags["kind"] == "conflict"]
    assert [each.to for each in told] == [FIRST]
    assert "Tuesday, December 8" in told[0].text


def a_regular_without_hours_in_a_new_week():
    wanted = a_regular("", when="tuesday 10:00", first=date(2026, 12, 8))
    made = regulars.add_regular("t1", wanted, preview=False, now=NOW).regular
    hours.set_hours("t1", (an_entry("wednesday 10:00"),), if_match=None, preview=False, now=NOW)
    return made


def test_a_conflict_that_is_settled_by_then_is_not_told(mail):
    made = a_regular_without_hours_in_a_new_week()
    mail.follow()
    mail.mails()
    release()
    hand_over("PracticeStreamFunction", mail.records("PracticesTable"))
    regulars.end_regular("t1", made.regular_id, preview=False, now=RELEASE)
    mail.follow()
    assert "conflict" not in [kind for _, kind in mail.told()]
    assert [v for k, v in outcomes().items() if "conflict" in k] == ["outdated"]


def test_a_slot_that_its_client_leaves_too_late_for_the_regular_that_waits_is_told_of(mail):
    made = bookings.book("t1", "bob", TUESDAY, now=NOW).appointment
    wanted = a_regular("", when="tuesday 10:00", first=date(2026, 11, 24))
    regulars.add_regular("t1", wanted, preview=False, now=NOW)
    mail.follow()
    mail.mails()
    clock.set_now(at("2026-11-24 09:30"))
    cancellations.cancel_own("t1", "bob", made.appointment_id, now=clock.now())
    mail.follow()
    assert mail.told().count(("login-of-t1", "conflict")) == 1
