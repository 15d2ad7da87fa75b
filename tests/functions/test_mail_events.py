"""Mails that come back or are unwanted: from SES's event to the client's row, mail and the page."""

from __future__ import annotations

import copy
import json
from datetime import timedelta

import pytest

from infra.local.moto.mail_events import bounce_event, complaint_event
from openhour import clock, ses
from openhour.rules.clients import DischargeReason
from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.refusals import Busy
from openhour.store.audit_log import acting_as
from openhour.store.clients import find_client
from openhour.use_cases import bookings, clients, mail_stops
from tests.functions.mail_service import function, outcomes
from tests.functions.stopping_mail import tags_of
from tests.unit.builders import NOW

ANN = "ann@example.org"
TUESDAY, WEDNESDAY = "20261124T1500Z", "20261125T1500Z"
ANNS = tags_of("t1", "ann")


def happen(event):
    return function("MailEventsFunction").invoke(event)


def stop_of(client_id="ann"):
    client = find_client("t1", client_id)
    return client and client.mail_stopped


def change(**changes):
    with acting_as("therapist:1"):
        clients.change_client("t1", "ann", changes, now=clock.now())


def resume():
    with acting_as("therapist:1"):
        mail_stops.resume_mail("t1", "ann", now=clock.now())


@pytest.mark.parametrize(
    ("event", "reason", "subject"),
    [
        (bounce_event, StopReason.BOUNCED, "An address doesn't take our mail"),
        (complaint_event, StopReason.COMPLAINED, "Somebody wants no more mail from us"),
    ],
    ids=["a bounce", "a complaint"],
)
def test_nothing_more_is_mailed_and_the_therapist_is_told_once(mail, event, reason, subject):
    happen(event(ANN, ANNS))
    stop = stop_of()
    assert stop.reason is reason
    assert abs(clock.now() - stop.at) < timedelta(minutes=1)
    happen(event(ANN, ANNS))
    assert stop_of() == stop
    mail.follow()
    (told,) = mail.mails()
    assert (told.tags["kind"], told.subject) == ("bounced", subject)
    assert ANN not in told.text + told.html
    booked = bookings.book("t1", "ann", TUESDAY, now=clock.now()).appointment
    mail.follow()
    assert mail.told() == []
    assert outcomes()[f"{booked.appointment_id}#booked"] == "stopped"


def test_the_address_is_compared_whatever_its_case(mail):
    happen(bounce_event("Ann@Example.ORG", ANNS))
    assert stop_of()


def without(event, *path):
    event = copy.deepcopy(event)
    inner = event
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return event


def with_tags(**tags):
    event = bounce_event(ANN, ANNS)
    event["detail"]["mail"]["tags"] |= tags
    return event


REJECT = bounce_event(ANN, ANNS)
REJECT["detail"] = {
    "eventType": "Reject",
    "mail": REJECT["detail"]["mail"],
    "reject": {"reason": "Bad content"},
}
IGNORED = {
    "a transient bounce": bounce_event(ANN, ANNS, kind="Transient"),
    "an undetermined bounce": bounce_event(ANN, ANNS, kind="Undetermined"),
    "a mail taken out of the unwanted": complaint_event(ANN, ANNS, feedback="not-spam"),
    "a mail with a virus": REJECT,
    "an address that the client has no more": bounce_event("ann@old.example", ANNS),
    "a client whom nobody knows": bounce_event(ANN, tags_of("t1", "nobody")),
    "a practice that nobody knows": bounce_event(ANN, tags_of("t9", "ann")),
    "another practice's client": bounce_event("bob@example.org", ANNS),
    "a registration": bounce_event(ANN, {"therapist_id": "t1", "kind": "confirm-registration"}),
    "a row of another kind": with_tags(client_id=["#login#t1"]),
    "no recipients": without(bounce_event(ANN, ANNS), "detail", "bounce", "bouncedRecipients", 0),
}
MALFORMED = {
    "nothing": {},
    "no detail": without(bounce_event(ANN, ANNS), "detail"),
    "a detail of text": {"detail": ANN},
    "no tags": without(bounce_event(ANN, ANNS), "detail", "mail", "tags"),
    "no kind": without(bounce_event(ANN, ANNS), "detail", "mail", "tags", "kind"),
    "an unknown kind": with_tags(kind=["advertisement"]),
    "two clients": with_tags(client_id=["ann", "bob"]),
    "a tag of text": with_tags(client_id="ann"),
    "an address in place of an id": with_tags(client_id=[ANN]),
    "a number": with_tags(client_id=[7]),
    "no time": without(bounce_event(ANN, ANNS), "detail", "mail", "timestamp"),
    "a time without a zone": bounce_event(ANN, ANNS, sent_at="2026-11-23T09:00:00"),
    "no address": without(
        bounce_event(ANN, ANNS), "detail", "bounce", "bouncedRecipients", 0, "emailAddress"
    ),
    "no bounce": without(bounce_event(ANN, ANNS), "detail", "bounce"),
}


@pytest.mark.parametrize("event", [*IGNORED.values(), *MALFORMED.values()])
def test_what_concerns_nobody_or_cant_be_read_changes_nothing_and_is_not_retried(
    mail, capsys, event
):
    assert happen(event) is None
    assert stop_of() is None
    assert stop_of("bob") is None
    assert "example" not in "".join(capsys.readouterr())


def test_a_therapists_mail_that_comes_back_is_counted_and_changes_nothing(mail, capsys):
    happen(bounce_event("login-of-t1@example.com", tags_of("t1", "ann", "late-cancellation")))
    written = capsys.readouterr().out
    assert '"TherapistMailsLost":1' in written.replace(" ", "")
    assert "example.com" not in written
    assert stop_of() is None


def test_a_therapist_who_is_mailed_at_a_clients_address_stops_no_mail_to_the_client(mail):
    happen(bounce_event(ANN, tags_of("t1", "ann", "registered")))
    assert stop_of() is None


def test_what_dynamodb_does_not_take_is_tried_again(mail, monkeypatch):
    def busy(*_, **__):
        raise Busy

    monkeypatch.setattr("openhour.use_cases.mail_stops.find_client", busy)
    with pytest.raises(Busy):
        happen(bounce_event(ANN, ANNS))


def test_a_new_address_is_mailed_again(mail):
    event = bounce_event(ANN, ANNS)
    happen(event)
    change(phone="+1 555 0123")
    assert stop_of()
    change(email="ANN@example.org")
    assert stop_of()
    change(email="ann@new.example")
    assert stop_of() is None
    happen(event)
    assert stop_of() is None


def test_after_another_try_only_what_was_sent_since_stops_mail(mail):
    event = bounce_event(ANN, ANNS)
    happen(event)
    clock.set_now(NOW + timedelta(hours=1))
    resume()
    happen(event)
    assert stop_of() is None
    clock.set_now(NOW + timedelta(hours=2))
    happen(bounce_event(ANN, ANNS))
    assert isinstance(stop_of(), MailStop)


def test_ses_is_asked_to_mail_again_whom_it_had_given_up(mail, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(ses, "allow_again", asked.append)
    happen(bounce_event(ANN, ANNS))
    mail.follow()
    assert asked == []
    clock.set_now(NOW + timedelta(hours=1))
    resume()
    mail.follow()
    assert asked == [ANN]
    happen(bounce_event(ANN, ANNS))
    change(email="ann@new.example")
    mail.follow()
    assert asked == [ANN]


def test_a_discharge_whose_mail_comes_back_is_told_to_the_therapist(mail):
    with acting_as("therapist:1"):
        clients.discharge("t1", "ann", reason=DischargeReason.OTHER, notify=True, now=clock.now())
    mail.follow()
    assert mail.told() == [("ann", "discharged")]
    happen(bounce_event(ANN, tags_of("t1", "ann", "discharged")))
    mail.follow()
    assert mail.told() == [("login-of-t1", "bounced")]


def test_what_was_settled_before_the_mail_is_sent_is_not_told(mail):
    happen(bounce_event(ANN, ANNS))
    resume()
    mail.follow()
    assert mail.told() == []


def test_the_check_of_a_deployment_changes_nothing(mail):
    assert happen({"deployment_check": True}) == {"checked": True}


def test_the_events_have_the_documented_form():
    """Field names as in the SES Developer Guide, "Event record contents"."""
    detail = json.loads(json.dumps(bounce_event(ANN, ANNS)))["detail"]
    assert detail["eventType"] == "Bounce"
    assert {"bounceType", "bounceSubType", "bouncedRecipients", "timestamp", "feedbackId"} <= set(
        detail["bounce"]
    )
    assert {"timestamp", "messageId", "destination", "tags"} <= set(detail["mail"])
    assert detail["mail"]["tags"]["client_id"] == ["ann"]
