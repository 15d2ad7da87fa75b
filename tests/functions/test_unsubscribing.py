"""Ending reminders by a mailed link, without signing in."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from moto.sesv2.models import sesv2_backends

from infra.local.environment import ACCOUNT, REGION
from openhour import clock
from openhour.rules.clients import Mail
from openhour.store.audit_log import acting_as, read_audit_log
from openhour.store.clients import find_client
from openhour.use_cases import bookings, clients, me
from tests.dynamodb_backends import empty_tables, rows
from tests.functions.http import ANYBODY
from tests.unit.builders import NOW, at

FRIDAY = "20261127T2230Z"
ANSWER = {"message": "No more reminders come to this address."}


@pytest.fixture
def reminder(service):
    """A reminder that Ann was mailed."""
    empty_tables()
    clock.set_now(NOW)
    service.queue.restart()
    service.open()
    bookings.book("t1", "ann", FRIDAY, now=NOW)
    service.follow()
    service.mails()
    list(service.sweep_until(at("2026-11-26 18:00")))
    (mail,) = service.mails()
    assert mail.tags["kind"] == "reminder"
    return mail


@pytest.fixture
def token(reminder):
    (found,) = re.findall(r"/book/t1#unsubscribe=(\S+)", reminder.text)
    return found


def mail_of(client_id="ann"):
    client = find_client("t1", client_id)
    assert client is not None
    return client.mail


def post(token, raw=None, **headers):
    return ANYBODY(f"POST /unsubscribe/{token}", raw=raw, **headers)


FORM = {"raw": b"List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
MULTIPART = {
    "raw": (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
        b"One-Click\r\n--x--\r\n"
    ),
    "content_type": "multipart/form-data; boundary=x",
}


@pytest.mark.parametrize(
    "sent", [FORM, MULTIPART, {}, {"raw": b"{}"}], ids=["form", "multipart", "nothing", "the page"]
)
def test_one_press_ends_reminders_and_a_second_changes_nothing(token, sent):
    for _ in range(2):
        reply = post(token, **sent)
        assert (reply.status, reply.body) == (202, ANSWER)
        assert mail_of() is Mail.CHANGES
    assert mail_of("bob") is Mail.ALL


def test_who_wants_no_mail_at_all_gets_none(token):
    me.change_preferences("t1", "ann", {"mail": Mail.NONE})
    assert post(token, **FORM).body == ANSWER
    assert mail_of() is Mail.NONE


def test_whoever_wants_reminders_again_may_end_them_by_an_old_link(token):
    post(token)
    me.change_preferences("t1", "ann", {"mail": Mail.ALL})
    post(token)
    assert mail_of() is Mail.CHANGES


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "t1.x",
        f"t1.{'x' * 43}",
        f"t2.{'x' * 43}",
        f"no-practice.{'x' * 43}",
        f"%23.{'x' * 43}",
        "x" * 5_000,
        "t1.é" + "x" * 42,
    ],
)
def test_every_token_is_answered_alike_and_changes_nothing(token, wrong):
    before = rows()
    reply = post(wrong, **FORM)
    assert (reply.status, reply.body) == (202, ANSWER)
    assert rows() == before


def test_another_practices_name_makes_a_token_worthless(token):
    before = rows()
    post(token.replace("t1.", "t2.", 1))
    assert rows() == before


def test_a_link_lapses_with_its_message(token, service):
    clock.set_now(clock.now() + timedelta(days=91))
    post(token)
    assert mail_of() is Mail.ALL


def test_a_discharged_clients_link_is_answered_alike(token):
    with acting_as("therapist:1"):
        clients.discharge("t1", "ann", now=clock.now())
    assert (post(token).status, post(token).body) == (202, ANSWER)


def test_only_the_hash_of_a_token_is_stored_and_it_signs_nobody_in(token):
    secret = token.partition(".")[2]
    assert "#unsubscribe#" in str(rows())
    assert secret not in str(rows())
    assert ANYBODY("POST /therapists/t1/registrations/confirm", {"token": token}).status == 410


def test_it_leaves_no_entry_in_the_audit_log(token):
    before = list(read_audit_log("t1"))
    post(token)
    assert list(read_audit_log("t1")) == before


def test_the_header_carries_the_same_token_on_one_line(token, reminder):
    sent = sesv2_backends[ACCOUNT][REGION].core_backend.sent_messages[-1]
    mail = message_from_bytes(sent.raw_data.encode(), policy=policy.default)
    assert mail["List-Unsubscribe"].endswith(f"/unsubscribe/{token}>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_mail_has_a_token_of_its_own_and_confirmations_have_none(service, reminder, token):
    bookings.book("t1", "bob", "20261201T1500Z", now=clock.now())
    service.follow()
    (confirmed,) = service.mails()
    assert confirmed.tags["kind"] == "booked"
    assert "unsubscribe" not in confirmed.text + confirmed.html
