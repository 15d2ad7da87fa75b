"""Previews of mails: what the therapist and the office read before anybody is mailed."""

from __future__ import annotations

import re

import pytest

from openhour.rules.mails import MailKind
from tests.functions.http import a_therapist
from tests.mails.reading import shown_in

pytestmark = pytest.mark.usefixtures("sends_mail")


@pytest.fixture
def sends_mail(monkeypatch):
    monkeypatch.setenv("MAIL_SENDER", "appointments@openhour.example")
    monkeypatch.setenv("PAGE_URL", "https://book.example.com")


def preview(caller, kind, language=""):
    query = f"?language={language}" if language else ""
    return caller(f"GET /practice/mail-previews/{kind}{query}")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", MailKind)
def test_every_mail_can_be_read_in_both_languages(therapist, kind, language):
    reply = preview(therapist, kind, language)
    assert reply.status == 200
    mail = reply.body
    assert (mail["kind"], mail["language"]) == (kind, language)
    assert f'<html lang="{language}">' in mail["html"]
    assert mail["text"].splitlines()[0] in shown_in(mail["html"])
    page = "console" if kind.is_for_therapist else "book/t1"
    links = set(re.findall(r'href="(https:[^"#]*)', mail["html"]))
    assert links <= {f"https://book.example.com/{page}"}


def test_it_has_the_practices_settings(therapist):
    therapist(
        "PATCH /practice",
        {
            "sender_name": "Ada's office",
            "change_policy": "A day ahead, please.",
            "phone_note": "Between 1 and 2.",
            "place": "Room 2",
            "place_in_mail": True,
            "language": "es",
        },
    )
    mail = preview(therapist, "booked").body
    assert (mail["sender"], mail["address"]) == ("Ada's office", "appointments@openhour.example")
    assert (mail["subject"], mail["language"]) == ("Cita confirmada", "es")
    for body in (mail["text"], shown_in(mail["html"])):
        assert "A day ahead, please." in body
        assert "+1 555 0100" in body.replace("\u00a0", " ")
        assert "Between 1 and 2." in body
        assert "Room 2" in body


def test_its_times_are_to_come_and_follow_the_notice(therapist):
    text = preview(therapist, "booked").body["text"]
    assert "Thursday, November 26" in text
    assert "until Wednesday, November 25" in " ".join(text.split())
    therapist("PATCH /practice", {"cancellation_notice_hours": 48})
    text = preview(therapist, "booked").body["text"]
    assert "until Tuesday, November 24" in " ".join(text.split())


def test_nobody_of_the_practice_is_in_it(therapist, ann):
    for kind in MailKind:
        mail = preview(therapist, kind).body
        assert not re.search(r"\bAnn\b|\bBob\b|@example\.org", mail["text"] + mail["html"])


def test_without_a_sender_there_is_no_address(therapist, monkeypatch):
    monkeypatch.setenv("MAIL_SENDER", "")
    monkeypatch.setenv("PAGE_URL", "")
    mail = preview(therapist, "reminder").body
    assert (mail["sender"], mail["address"]) == ("Appointments", None)
    assert mail["subject"] == "Appointment reminder"


def test_hostile_settings_are_text(therapist):
    therapist("PATCH /practice", {"crisis_line": "<script>alert(1)</script>", "name": "<b>"})
    html = preview(therapist, "booked").body["html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_office_reads_the_same(therapist):
    wanted = {"name": "Otto", "email": "otto@example.org", "role": "office"}
    added = therapist("POST /practice/logins", wanted)
    otto = a_therapist("t1", **{"custom:login_id": added.body["login_id"]})
    assert preview(otto, "booked").body == preview(therapist, "booked").body


@pytest.mark.parametrize("kind", ["unknown", "BOOKED", "booked%20", "%22"])
def test_an_unknown_kind_is_refused(therapist, kind):
    reply = preview(therapist, kind)
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", ["kind"])


@pytest.mark.parametrize("language", ["fr", "EN", "en-US"])
def test_an_unknown_language_is_refused(therapist, language):
    reply = preview(therapist, "booked", language)
    assert (reply.status, reply.refusal, reply.fields) == (422, "invalid", ["language"])


def test_clients_and_others_read_none(ann, two_practices):
    assert preview(ann, "booked").refusal == "forbidden"
    assert preview(a_therapist("t9"), "booked").refusal == "unknown-therapist"
