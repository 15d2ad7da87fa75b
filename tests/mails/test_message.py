"""The MIME message: headers, hostile names, parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from functions.notifications.mails.composing import compose
from functions.notifications.mails.names import clean_line, first_name, initials
from openhour.rules.mails import MailKind
from tests.mails.examples import NOW, a_client, a_sender, a_session, facts_of
from tests.mails.reading import calendar_of, html_of, read, text_of

HOSTILE_NAMES = [
    pytest.param('"Doe, J." <', id="quotes and a bracket"),
    pytest.param('Praxis, Müller; "Ö" <a@b.example>, x@y.example', id="another address"),
    pytest.param("Ana\r\nBcc: all@example.com", id="a line break"),
    pytest.param("Ana\nSubject: x\u2028y\u0085z", id="other line breaks"),
    pytest.param("🌿 Calm 👩‍👧", id="emoji"),
    pytest.param("\u202etnemtnioppA\u202c אבג", id="right to left"),
    pytest.param("ב" * 200, id="200 letters of two bytes"),
    pytest.param("🌿" * 200, id="200 emoji"),
    pytest.param("A, b. " * 33, id="200 characters with commas"),
    pytest.param("=?utf-8?q?=22?= <x@y.example>", id="an encoded word"),
    pytest.param('é, (comment) \\ " : ; @', id="every special character"),
    pytest.param("\ud83d broken", id="half a character"),
    pytest.param("\x00\x1b[31m\x7f", id="control characters"),
    pytest.param(" \t ", id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_senders_name_comes_through_and_changes_no_other_header(name):
    mail = read(facts_of(MailKind.BOOKED, sender=a_sender(name=name)))
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "appointments@mail.example.com"
    assert sender.display_name == clean_line(name.replace("=?", ""))[:64].strip()
    assert mail["From"].defects == ()
    assert [str(each) for each in mail["To"].addresses] == ["nora.w@example.com"]
    assert mail["Subject"] == "Appointment confirmed"
    assert mail["Bcc"] is None
    assert {name.lower() for name in mail} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "content-language"),
        *("mime-version", "content-type"),
    }


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_headers_are_ascii_and_no_line_is_too_long(name):
    raw = compose(facts_of(MailKind.BOOKED, "es", sender=a_sender(name=name)))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_of_people_and_words_of_practices_are_only_words(name):
    sender = a_sender(place=name, phone_note=name, crisis_line=name, office_phone=name)
    facts = facts_of(
        MailKind.BOOKED, sender=sender, recipient=a_client(name=name), change_policy=name
    )
    body = html_of(read(facts))
    assert body.count("<h1") == body.count("<body") == 1
    assert "<a@b.example>" not in body
    therapist = facts_of(MailKind.FRIDAY, people=(name, "Nora Weber"))
    assert "- NW\n" in text_of(read(therapist))


@pytest.mark.parametrize(
    ("name", "first", "letters"),
    [
        ("Nora Weber", "Nora", "NW"),
        ("  Nora   van der  Berg ", "Nora", "NVDB"),
        ("Ana\u00a0María Ruiz", "Ana", "AMR"),
        ("Weber, Nora", "Weber", "WN"),
        ("Ñusta", "Ñusta", "Ñ"),
        ("E\u0301lise Roy", "E\u0301lise", "ÉR"),
        ("שרה כהן", "שרה", "שכ"),
        ("李 小龙", "李", "李小"),
        ("(Dr.) O'Neill", "(Dr.)", "DO"),
        ("🌿 Nora", "", "N"),
        ("", "", ""),
        ("x" * 300, "x" * 40, "X"),
        ("Nora\r\nBcc: x", "Nora", "NBX"),
    ],
)
def test_names_are_shortened(name, first, letters):
    assert first_name(name) == first
    assert initials(name) == letters


def test_a_client_without_a_name_is_greeted_all_the_same():
    assert "\nHello,\n" in text_of(read(facts_of(MailKind.BOOKED, recipient=a_client(name="…"))))


def test_headers_of_an_automatic_mail():
    mail = read(facts_of(MailKind.BOOKED))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert mail["Content-Language"] == "en"
    assert mail["Message-ID"].endswith("@mail.example.com>")
    sent = datetime(2026, 12, 2, 13, 0, tzinfo=UTC)
    assert read(facts_of(MailKind.BOOKED, sent_at=sent))["Date"].datetime == sent


def test_the_same_facts_give_the_same_bytes():
    for kind in MailKind:
        assert compose(facts_of(kind)) == compose(facts_of(kind))


def test_the_message_id_follows_the_natural_key():
    facts = facts_of(MailKind.BOOKED, key="20261203T2130Z-c4-1#booked")
    other_words = replace(facts, sender=replace(facts.sender, name="Another"), sent_at=NOW)
    assert read(facts)["Message-ID"] == read(other_words)["Message-ID"]
    others = [
        replace(facts, key="another"),
        replace(facts, sender=replace(facts.sender, therapist_id="another")),
        replace(facts, recipient=replace(facts.recipient, client_id="another")),
        replace(facts, key=None),
        replace(facts, key=None, session=a_session("2026-12-09 15:00")),
    ]
    assert len({read(each)["Message-ID"] for each in [facts, *others]}) == 6


@pytest.mark.parametrize("kind", MailKind)
def test_only_reminders_are_unsubscribed_from(kind):
    token = "t" * 120
    mail = read(facts_of(kind, token=token))
    if kind is MailKind.REMINDER:
        assert mail["List-Unsubscribe"] == f"<https://book.example.com/unsubscribe/{token}>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert f"List-Unsubscribe: <https://book.example.com/unsubscribe/{token}>\r\n".encode() in (
            compose(facts_of(kind, token=token))
        )
    else:
        assert mail["List-Unsubscribe"] is None
    assert read(facts_of(kind, token=None))["List-Unsubscribe"] is None


def test_an_address_with_a_line_break_is_refused():
    for address in ("x@example.com\r\nBcc: y@example.com", "no address"):
        with pytest.raises((ValueError, IndexError)):
            compose(facts_of(MailKind.BOOKED, recipient=a_client(address=address)))


def test_the_parts_of_a_mail_with_a_calendar_entry():
    raw = compose(facts_of(MailKind.CANCELLED))
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [(part.get_content_type(), part.get_content_disposition()) for part in mail.walk()]
    assert parts == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/ics", "attachment"),
    ]
    entry, file = list(mail.walk())[4:]
    assert entry["Content-Type"].params["method"] == "CANCEL"
    assert entry["Content-Type"].params["charset"] == "utf-8"
    assert entry["Content-Transfer-Encoding"] == "base64"
    assert file.get_filename() == "invite.ics"
    assert file.get_payload(decode=True) == entry.get_payload(decode=True)
    assert b"\r\nMETHOD:CANCEL\r\n" in file.get_payload(decode=True)


@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_without_a_calendar_entry_has_two_parts(kind):
    mail = read(facts_of(kind, with_calendar_entry=False))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "calendar" not in text_of(mail) or kind.is_for_therapist


@pytest.mark.parametrize("kind", MailKind)
def test_only_what_changes_a_calendar_has_an_entry(kind):
    about_sessions = {MailKind.BOOKED, MailKind.MOVED, MailKind.CANCELLED, MailKind.DISCHARGED}
    about_regulars = {kind for kind in MailKind if kind.startswith("regular-")} - {
        MailKind.REGULAR_DECLINED,
        MailKind.REGULAR_ASKED,
    }
    mail = read(facts_of(kind, with_calendar_entry=True))
    assert (calendar_of(mail) is not None) is (kind in about_sessions | about_regulars)
    says = "doesn't cancel the session" in text_of(mail)
    is_request = "METHOD:REQUEST" in (calendar_of(mail) or "")
    assert says is (is_request and kind is not MailKind.REGULAR_ENDED)
