"""The trigger of both user pools: mails with a first password or a code, in our own words."""

from __future__ import annotations

import html
import re
import time

import pytest

from functions.notifications import password_mails
from infra.local import template
from infra.local.functions import Function
from infra.local.permissions import Permissions
from infra.seed import seed_client
from tests.dynamodb_backends import rows
from tests.mails.reading import shown_in
from tests.store.transport import intercepted, unreachable

NAME = "PasswordMailsFunction"
FIRST, FORGOTTEN = "CustomMessage_AdminCreateUser", "CustomMessage_ForgotPassword"
EMPTY = {"smsMessage": None, "emailMessage": None, "emailSubject": None}
CLIENT = {"custom:therapist_id": "t1", "custom:client_id": "annt1", "email": "ann@example.org"}
LOGIN = {"custom:therapist_id": "t1", "custom:login_id": "ada", "email": "ada@example.org"}
"""A therapist's or the office's user."""


@pytest.fixture
def function(practice, monkeypatch):
    """The function, with the permissions of its role."""
    monkeypatch.setenv("PAGE_URL", "https://book.example.com")
    loaded = template.load()
    return Function(NAME, loaded.handlers()[NAME], Permissions(loaded, NAME))


@pytest.fixture
def settings(therapist):
    """Change the practice's settings."""

    def change(**values):
        assert therapist("PATCH /practice", values).status == 200

    return change


@pytest.fixture
def mail(function):
    """Have Cognito ask for a mail; returns the response."""

    def ask(source=FIRST, attributes=CLIENT, username="t1/ann@example.org", **request):
        event = an_event(source, attributes, username, **request)
        answer = function.invoke(event)
        assert {**answer, "response": None} == {**event, "response": None}
        return answer["response"]

    return ask


def an_event(source, attributes, username, **request):
    placeholder = "{username}" if source == FIRST else None
    return {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_Example",
        "userName": username,
        "callerContext": {"awsSdkVersion": "1", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "triggerSource": source,
        "request": {
            "userAttributes": attributes,
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": placeholder,
            **request,
        },
        "response": dict(EMPTY),
    }


@pytest.mark.parametrize(
    ("source", "attributes", "language", "subject", "words"),
    [
        (FIRST, CLIENT, "en", "Your first password", "You can sign in now"),
        (FIRST, CLIENT, "es", "Su primera contraseña", "Ya puede entrar"),
        (FORGOTTEN, CLIENT, "en", "Your code for a new password", "Choose a new password"),
        (FORGOTTEN, CLIENT, "es", "Su código para una nueva contraseña", "una nueva contraseña"),
        (FIRST, LOGIN, "en", "Your first password", "the practice's calendar"),
        (FIRST, LOGIN, "es", "Su primera contraseña", "el calendario de la consulta"),
        (FORGOTTEN, LOGIN, "en", "Your code for a new password", "Choose a new password"),
        (FORGOTTEN, LOGIN, "es", "Su código para una nueva contraseña", "una nueva contraseña"),
    ],
)
def test_each_mail_has_our_words_and_what_cognito_demands(
    mail, settings, source, attributes, language, subject, words
):
    settings(language=language)
    written = mail(source, attributes)
    assert written["emailSubject"] == subject
    assert written["smsMessage"] is None
    message = written["emailMessage"]
    assert words in shown_in(message)
    assert message.isascii()
    assert len(message) <= 20_000
    assert message.count("{####}") == 1
    assert message.count("{username}") == (source == FIRST)
    page = "book/t1" if attributes is CLIENT else "console"
    assert set(re.findall(r'href="(https:[^"]*)"', message)) == {f"https://book.example.com/{page}"}
    assert not re.search("therap|terap", message, re.IGNORECASE)


def test_a_client_reads_their_own_language_and_their_first_name(mail, ann):
    assert ann("PATCH /me", {"language": "es"}).status == 200
    shown = shown_in(mail()["emailMessage"])
    assert "Hola, Ann:" in shown
    assert "Correo o nombre de acceso ann@example.org" in shown


def test_who_signs_in_with_another_name_than_the_address_reads_that_name(mail):
    shown = shown_in(mail(username="t1/ann.2")["emailMessage"])
    assert "Email or sign-in name ann.2 First password {####}" in shown


def test_a_therapist_reads_the_practices_short_name_and_no_crisis_line(mail, settings):
    settings(crisis_line="Call 988.")
    assert "Practice t1 Email or sign-in name" in shown_in(mail(FIRST, LOGIN)["emailMessage"])
    assert "988" not in mail(FIRST, LOGIN)["emailMessage"]
    assert "988" in mail()["emailMessage"]


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "{####}",
        "{username}",
        '"{####}{username}',
        "👨\u200d👩\u200d👧",
        "x" * 200,
    ],
)
def test_a_hostile_name_neither_runs_nor_stands_for_a_password(mail, settings, name):
    seed_client("t1", "eve", name=name, email="eve@example.org")
    settings(crisis_line=name)
    message = mail(attributes={**CLIENT, "custom:client_id": "eve"})["emailMessage"]
    assert message.count("{####}") == message.count("{username}") == 1
    assert "<script" not in message
    assert message.isascii()
    # The crisis line reads as it was written.
    assert name.replace("\u200d", "") in html.unescape(message).replace("\u200d", "")


def test_of_a_client_without_a_row_the_practice_is_known_alone(mail, settings):
    settings(language="es")
    shown = shown_in(mail(attributes={**CLIENT, "custom:client_id": "nobody"})["emailMessage"])
    assert "Hola:" in shown


@pytest.mark.parametrize(
    "source",
    [
        *("CustomMessage_VerifyUserAttribute", "CustomMessage_UpdateUserAttribute"),
        *("CustomMessage_Authentication", "CustomMessage_SignUp", "CustomMessage_ResendCode"),
    ],
)
def test_other_mails_keep_cognitos_text(mail, source, written):
    assert mail(source) == EMPTY
    assert written() == ""


@pytest.mark.parametrize("therapist_id", ["t9", "#", "T1"])
def test_of_an_unknown_practice_cognito_sends_its_own_text(mail, therapist_id):
    assert mail(attributes={**CLIENT, "custom:therapist_id": therapist_id}) == EMPTY


FAULTY = [
    {"request": None},
    {"request": {"userAttributes": []}},
    {"userName": None, "request": {}},
    {"request": {"userAttributes": {}, "codeParameter": "{####}", "usernameParameter": None}},
    {"request": {"userAttributes": CLIENT, "codeParameter": "", "usernameParameter": "{username}"}},
    {"request": {"userAttributes": CLIENT, "codeParameter": "{####}", "usernameParameter": None}},
]


@pytest.mark.parametrize("change", FAULTY, ids=str)
def test_an_event_of_another_form_keeps_no_mail_back(function, change, written):
    event = {**an_event(FIRST, CLIENT, "t1/ann@example.org"), **change}
    assert function.invoke(event) == event
    logged = written()
    assert '"PasswordMailsUnwritten":1' in logged.replace(" ", "")
    assert "ann@example.org" not in logged


def test_an_unreachable_database_keeps_no_mail_back_and_is_counted(mail, written):
    before = rows()
    with intercepted() as transport:
        transport.fail(unreachable, lambda _: True)
        assert mail() == EMPTY
    assert rows() == before
    logged = written()
    assert "a password mail was not written" in logged
    assert '"PasswordMailsUnwritten":1' in logged.replace(" ", "")
    assert "ann@example.org" not in logged


def test_a_slow_database_keeps_no_mail_back(mail, monkeypatch):
    monkeypatch.setattr(password_mails, "_SECONDS", 0.05)
    monkeypatch.setattr(password_mails, "_write", lambda _: time.sleep(0.5))
    began = time.monotonic()
    assert mail() == EMPTY
    assert time.monotonic() - began < 0.4


def test_a_message_longer_than_cognito_takes_is_left_to_it(mail, monkeypatch, written):
    monkeypatch.setattr(password_mails, "_MAX_MESSAGE", 1000)
    assert mail() == EMPTY
    assert "NotWritable" in written()
