"""Mail to the therapists of a practice: to each of their logins, and what they want."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from openhour import clock, ses
from openhour.rules.logins import LoginRole
from openhour.use_cases import bookings, cancellations
from openhour.use_cases.logins import add_login, remove_login
from tests.dynamodb_backends import empty_tables
from tests.functions.mail_service import a_mail_service, outcomes
from tests.functions.streams import hand_over
from tests.unit.builders import NOW, at

TUESDAY = "20261124T1500Z"
FIRST, SECOND = "login-of-t1@example.com", "eve@example.com"


@pytest.fixture(scope="module")
def service():
    with a_mail_service() as service:
        yield service


@pytest.fixture
def mail(service):
    """The practice, with nothing mailed yet."""
    empty_tables()
    clock.set_now(NOW)
    service.queue.restart()
    service.open()
    service.mails()
    return service


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
