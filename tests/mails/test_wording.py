"""The wording of every mail, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from inspect import getmembers

import pytest

from functions.notifications.mails.blocks import MissingFact
from functions.notifications.mails.english import English
from functions.notifications.mails.spanish import Spanish
from openhour.rules.mails import Language, MailKind
from tests.mails.examples import (
    MADRID,
    OPEN_SLOTS,
    SESSIONS,
    a_client,
    a_regular,
    a_sender,
    a_session,
    facts_of,
)
from tests.mails.reading import calendar_of, html_of, one_line, read, shown_text, text_of

LANGUAGES: tuple[Language, ...] = ("en", "es")
EVERY_MAIL = [(kind, language) for kind in MailKind for language in LANGUAGES]
TO_CLIENTS = [kind for kind in MailKind if not kind.is_for_therapist]

HARSH = re.compile(
    r"strike|suspen|privileg|conduct|flagged|no-show|penal|sanci|\blate\b|\btard[eí]o?s?\b",
    re.IGNORECASE,
)
"""What no client reads: a mail lies in mailboxes that others read, too."""
TELLING = re.compile(
    r"therap|terap|counsel|consej|psych|psic|psiq|clinic|clínic|patient|paciente|treat|diagn",
    re.IGNORECASE,
)
SUBJECTS = {
    MailKind.BOOKED: ("Appointment confirmed", "Cita confirmada"),
    MailKind.MOVED: ("Appointment changed", "Cita cambiada"),
    MailKind.CANCELLED: ("Today's appointment is cancelled", "La cita de hoy está cancelada"),
    MailKind.REMINDER: ("Appointment reminder", "Recordatorio de cita"),
    MailKind.REGULAR_ENTERED: ("Appointment confirmed", "Cita confirmada"),
    MailKind.REGULAR_CHANGED: ("Appointment changed", "Cita cambiada"),
    MailKind.REGULAR_ENDED: ("Appointment cancelled", "Cita cancelada"),
    MailKind.SUSPENDED: ("About your appointments", "Sobre sus citas"),
    MailKind.RESTORED: ("About your appointments", "Sobre sus citas"),
    MailKind.DISCHARGED: ("About your appointments", "Sobre sus citas"),
    MailKind.WELCOME: ("About your appointments", "Sobre sus citas"),
    MailKind.CONFIRM_REGISTRATION: (
        "Please confirm your email address",
        "Confirme su correo electrónico, por favor",
    ),
    MailKind.ALREADY_KNOWN: ("How to sign in", "Cómo entrar"),
    MailKind.PLEASE_CALL: ("Please call us", "Llámenos, por favor"),
    MailKind.REGULAR_DECLINED: ("About your appointments", "Sobre sus citas"),
    MailKind.LATE_CANCELLATION: (
        "Appointment cancelled at short notice",
        "Cita cancelada con poca antelación",
    ),
    MailKind.LIMIT_REACHED: (
        "A client has reached the limit",
        "Una persona ha llegado al límite",
    ),
    MailKind.REGISTERED: ("Somebody has registered", "Alguien se ha registrado"),
    MailKind.REGISTRATIONS_FULL: ("No more registrations today", "Hoy no hay más registros"),
    MailKind.REGULAR_ASKED: ("A request for a repeating time", "Una solicitud de hora fija"),
    MailKind.CONFLICT: (
        "The calendar needs a decision",
        "El calendario necesita una decisión",
    ),
    MailKind.FRIDAY: ("What opens tonight", "Lo que se abre hoy"),
    MailKind.DIGEST: ("Your day", "Su día"),
    MailKind.INVITATION: ("Your first password", "Su primera contraseña"),
    MailKind.RESET_CODE: ("Your code for a new password", "Su código para una nueva contraseña"),
    MailKind.LOGIN_INVITATION: ("Your first password", "Su primera contraseña"),
    MailKind.LOGIN_RESET_CODE: (
        "Your code for a new password",
        "Su código para una nueva contraseña",
    ),
    MailKind.BOUNCED: (
        "An address doesn't take our mail",
        "Una dirección no recibe nuestro correo",
    ),
}


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_the_subject_names_no_person_no_time_and_no_profession(kind, language):
    assert read(facts_of(kind, language))["Subject"] == SUBJECTS[kind][LANGUAGES.index(language)]


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_text_and_html_say_the_same(kind, language):
    mail = read(facts_of(kind, language))
    shown = shown_text(mail)
    for paragraph in text_of(mail).replace("\n-- \n", "\n\n").split("\n\n"):
        lines = [line.removeprefix("- ").strip() for line in paragraph.splitlines()]
        words = [word for line in lines if "https:" not in line for word in line.split()]
        assert {word.strip(",:") for word in words if not _is_of_a_date(word)} <= {
            word.strip(",:") for word in shown.split()
        }


def _is_of_a_date(word: str) -> bool:
    """The HTML shows dates of lists on a rail, in short."""
    return bool(re.fullmatch(r"[\w]+,?", word)) and word.lower().strip(",") in {
        *("thursday", "friday", "tuesday", "december", "jueves", "viernes", "martes"),
        *("diciembre", "de"),
    }


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_nothing_is_left_undefined(kind, language):
    mail = read(facts_of(kind, language))
    for body in (text_of(mail), shown_text(mail)):
        assert not re.search(r"None|Undefined|\{|\}|\bobject\b|  \n|\n\n\n", body)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_no_mail_uses_harsh_words(kind, language):
    mail = read(facts_of(kind, language))
    for part in (mail["Subject"], text_of(mail), shown_text(mail), calendar_of(mail) or ""):
        assert not HARSH.search(part)


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_nothing_reveals_therapy(kind, language):
    mail = read(facts_of(kind, language))
    everything = [str(value) for value in mail.values()]
    for part in (*everything, text_of(mail), html_of(mail), calendar_of(mail) or ""):
        assert not TELLING.search(part)


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_text_has_at_most_60_columns_but_for_links(kind, language):
    lines = text_of(read(facts_of(kind, language))).splitlines()
    assert not [line for line in lines if len(line) > 60 and "https://" not in line]


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_html_loads_nothing_and_tracks_nobody(kind, language):
    body = html_of(read(facts_of(kind, language)))
    assert not re.search(r"<(img|script|link|iframe|object|video|form|base)|url\(|@import", body)
    assert not re.search(r"\b(src|background|srcset|on\w+)=", body)
    links = set(re.findall(r'href="([^"]*)"', body))
    own = re.compile(r"https://book\.example\.com/(book/maple|console)(#[\w=%-]+)?|tel:[+\d]+")
    assert {link for link in links if not own.fullmatch(link)} == set()
    assert "prefers-color-scheme: dark" in body
    assert f'<html lang="{language}">' in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TO_CLIENTS)
def test_a_client_is_called_by_the_first_name_alone(kind, language):
    mail = read(facts_of(kind, language))
    for body in (text_of(mail), html_of(mail)):
        assert "Weber" not in body
        strangers = (MailKind.CONFIRM_REGISTRATION, MailKind.ALREADY_KNOWN, MailKind.PLEASE_CALL)
        assert ("Nora" in body) is (kind not in strangers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind.is_for_therapist])
def test_the_therapist_reads_initials(kind, language):
    mail = read(facts_of(kind, language))
    for body in (mail["Subject"], text_of(mail), html_of(mail)):
        assert not re.search("Nora|Weber|Peter|Berg|Gus|Holm", body)
    is_about_nobody = kind in (
        *(MailKind.REGISTRATIONS_FULL, MailKind.LOGIN_INVITATION, MailKind.LOGIN_RESET_CODE),
    )
    assert bool(re.search(r"\b(NW|GH|PVDB)\b", text_of(mail))) is not is_about_nobody
    assert "988" not in text_of(mail)


@pytest.mark.parametrize("kind", TO_CLIENTS)
def test_every_mail_to_a_client_has_the_phone_and_the_crisis_line(kind):
    mail = read(facts_of(kind))
    for body in (text_of(mail), shown_text(mail)):
        assert one_line(body).count("(802) 555-0148") == 1
        assert "We call back between 1 and 2 pm." in body
        assert "In a crisis, call or text 988." in body


@pytest.mark.parametrize("kind", TO_CLIENTS)
def test_a_practice_without_phone_and_place_leaves_no_gap(kind):
    sender = a_sender(office_phone="", phone_note=None, crisis_line=None, place=None)
    mail = read(facts_of(kind, sender=sender))
    assert "Phone" not in text_of(mail)
    assert "tel:" not in html_of(mail)
    assert "\n\n\n" not in text_of(mail)


@pytest.mark.parametrize(
    ("zone", "language", "when", "name"),
    [
        ("America/New_York", "en", "Thursday, December 3 4:30 pm – 5:20 pm", "Eastern Time"),
        ("America/New_York", "es", "jueves 3 de diciembre 4:30 p.m. – 5:20 p.m.", "hora oriental"),
        ("Europe/Madrid", "en", "Thursday 3 December 22:30 – 23:20", "Central European Time"),
        ("Europe/Madrid", "es", "jueves 3 de diciembre 22:30 – 23:20", "hora de Europa central"),
        ("Asia/Kolkata", "en", "Friday 4 December 3:00 – 3:50", "India Standard Time"),
    ],
)
def test_times_are_the_practices_and_its_zone_is_named(zone, language, when, name):
    sender = a_sender(zone=type(MADRID)(zone))
    mail = read(facts_of(MailKind.BOOKED, language, sender=sender))
    assert when in one_line(text_of(mail))
    assert name in one_line(text_of(mail))
    assert name in shown_text(mail)


def test_a_booking_says_until_when_changes_are_free_and_what_the_practice_asks():
    text = one_line(text_of(read(facts_of(MailKind.BOOKED))))
    assert "You can move or cancel it freely until Wednesday, December 2, 4:30 pm." in text
    assert "Please tell us a day ahead. Then somebody else can have the time." in text
    soon = facts_of(MailKind.BOOKED, session=a_session(free_until=None))
    assert "If you can't come, please call us." in text_of(read(soon))


def test_a_move_says_where_the_session_was():
    text = one_line(text_of(read(facts_of(MailKind.MOVED))))
    assert "Friday, December 4 1:00 pm – 1:50 pm" in text
    assert "Before, it was on Thursday, December 3, 4:30 pm." in text
    assert "We had to move it." in text
    own = one_line(text_of(read(facts_of(MailKind.MOVED, by_practice=False))))
    assert "We had to move it." not in own


def test_a_cancellation_says_by_whom_and_what_is_open():
    text = text_of(read(facts_of(MailKind.CANCELLED)))
    assert "We had to cancel this session. We are sorry." in text
    assert "I am ill today, and hope to be back on Thursday." in text
    assert "https://book.example.com/book/maple#book=20261203T1400Z" in text
    own = facts_of(MailKind.CANCELLED, by_practice=False, message=None, open_slots=())
    mail = read(own)
    assert mail["Subject"] == "Appointment cancelled"
    assert "As you asked, this session is cancelled." in text_of(mail)
    assert "If you were ill or something happened, please tell us." in text_of(mail)
    early = replace(own, session=a_session())
    assert "If you were ill" not in text_of(read(early))


def test_another_days_cancellation_is_not_called_todays():
    mail = read(facts_of(MailKind.CANCELLED, is_today=False))
    assert mail["Subject"] == "Appointment cancelled"


def test_a_regular_says_its_rhythm_its_bounds_and_what_is_left_out():
    text = one_line(text_of(read(facts_of(MailKind.REGULAR_ENTERED))))
    assert "Every second Tuesday 5:30 pm – 6:20 pm 50 minutes" in text
    assert "From Tuesday, December 8, 2026 Until Tuesday, June 29, 2027" in text
    assert "Left out: - Tuesday, December 22, 2026" in text


def test_a_regular_that_has_ended_has_no_bounds_any_more():
    text = one_line(text_of(read(facts_of(MailKind.REGULAR_ENDED))))
    assert "This time is no longer kept for you." in text
    assert "2027" not in text


@pytest.mark.parametrize(
    ("language", "weeks", "rhythm"),
    [
        *(("en", 1, "Every Tuesday"), ("en", 2, "Every second Tuesday")),
        *(("en", 3, "Every third Tuesday"), ("en", 4, "Every fourth Tuesday")),
        *(("es", 1, "Cada martes"), ("es", 2, "Cada dos semanas, el martes")),
        *(("es", 3, "Cada tres semanas, el martes"), ("es", 4, "Cada cuatro semanas, el martes")),
    ],
)
def test_rhythms(language, weeks, rhythm):
    regular = a_regular(every_weeks=weeks)
    assert rhythm in text_of(read(facts_of(MailKind.REGULAR_CHANGED, language, regular=regular)))


def test_who_may_not_book_is_asked_to_call_and_sees_the_sessions_that_stand():
    text = one_line(text_of(read(facts_of(MailKind.SUSPENDED))))
    assert "We'd like to find your next time together with you." in text
    assert "Your repeating times are kept." in text
    assert "- Thursday, December 3, 4:30 pm - Tuesday, December 8, 5:30 pm" in text
    assert "https://" not in text


def test_a_registration_is_confirmed_by_a_link_that_carries_the_token():
    mail = read(facts_of(MailKind.CONFIRM_REGISTRATION))
    assert "/book/maple#confirm=example-token-0123456789" in text_of(mail)
    assert "72 hours" in text_of(mail)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "No more reminders"), ("es", "No recibir más recordatorios")],
)
def test_a_reminder_ends_with_a_link_by_which_no_more_come(language, words):
    mail = read(facts_of(MailKind.REMINDER, language))
    link = "https://book.example.com/book/maple#unsubscribe=example-token-0123456789"
    assert f"{words}:\n{link}\n" in text_of(mail)
    assert f'href="{link}"' in html_of(mail)
    without = read(facts_of(MailKind.REMINDER, language, token=None))
    assert words not in text_of(without)
    assert "unsubscribe" not in text_of(read(facts_of(MailKind.DIGEST, language)))


@pytest.mark.parametrize(
    ("language", "subject", "text"),
    [
        ("en", "Somebody wants no more mail from us", "Please ask how you can reach them."),
        ("es", "Alguien no desea más correo nuestro", "Pregunte cómo puede contactar"),
    ],
)
def test_the_therapist_learns_whether_mail_came_back_or_was_unwanted(language, subject, text):
    mail = read(facts_of(MailKind.BOUNCED, language, is_unwanted=True))
    assert mail["Subject"] == subject
    assert text in one_line(text_of(mail))
    assert "GH" in text_of(mail)


def test_a_digest_names_whom_each_session_is_with():
    text = text_of(read(facts_of(MailKind.DIGEST)))
    assert "- Tuesday, December 1, 4:30 pm NW" in text.replace("\u00a0", " ")
    assert "- Booked: 2" in text
    assert "Moved" not in text
    empty = facts_of(MailKind.DIGEST, sessions=(), people=())
    assert "You have no sessions today." in text_of(read(empty))


def test_friday_lists_what_opens_or_counts_it():
    text = text_of(read(facts_of(MailKind.FRIDAY)))
    assert "- Thursday, December 3, 9:00 am" in text.replace("\u00a0", " ")
    assert "Times that open" not in text
    assert "Times that open: 3" in text_of(read(facts_of(MailKind.FRIDAY, open_slots=())))
    nothing = facts_of(MailKind.FRIDAY, open_slots=(), counts=())
    assert "No time opens tonight." in text_of(read(nothing))


@pytest.mark.parametrize("kind", [MailKind.BOOKED, MailKind.REMINDER, MailKind.REGULAR_ENTERED])
def test_a_mail_without_what_it_is_about_is_refused(kind):
    with pytest.raises(MissingFact, match=kind.value):
        read(facts_of(kind, session=None, regular=None))


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind.is_for_therapist])
def test_a_therapists_mail_needs_no_details(kind):
    facts = facts_of(kind, session=None, regular=None, sessions=(), people=(), open_slots=())
    assert "Open the console" in text_of(read(replace(facts, counts=())))


def test_every_word_is_translated():
    names = [name for name, _ in getmembers(English) if not name.startswith("_")]
    assert [name for name in names if name not in vars(Spanish)] == []
    kept_equal = {
        name for name in names if isinstance(vars(English)[name], str)
        and vars(English)[name] == vars(Spanish)[name]
    }  # fmt: skip
    assert kept_equal == set()
    assert English.figures.keys() == Spanish.figures.keys()


def test_sessions_and_slots_come_in_the_order_of_time():
    facts = facts_of(MailKind.SUSPENDED, sessions=SESSIONS[::-1], open_slots=OPEN_SLOTS)
    text = text_of(read(facts))
    assert text.index("December 3") < text.index("December 8")


def test_a_message_keeps_its_lines_and_is_no_markup():
    message = "First line.\r\n<b>Second</b> & {{ third }}\x00\u202e"
    mail = read(facts_of(MailKind.CANCELLED, message=message))
    assert "  First line.\n  <b>Second</b> & {{ third }}\n" in text_of(mail)
    assert "First line.\n&lt;b&gt;Second&lt;/b&gt; &amp; {{ third }}</p>" in html_of(mail)


def test_a_name_is_no_markup():
    mail = read(facts_of(MailKind.BOOKED, recipient=a_client(name='<a href="x">Nora</a> W')))
    assert "Hello &lt;a," in html_of(mail)
