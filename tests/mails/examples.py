"""Examples: the facts of one mail of each kind, in both languages and both kinds of habits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from functions.notifications.mails.examples import Examples
from openhour.rules.mails import (
    Language,
    MailFacts,
    MailKind,
    RecipientFacts,
    RegularFacts,
    SenderFacts,
    SessionFacts,
)

NEW_YORK, MADRID = ZoneInfo("America/New_York"), ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 12, 1, 15, 40, tzinfo=UTC)
"""Tuesday, 10:40 am in New York."""
MADE_UP = Examples(
    therapist_id="maple",
    zone=NEW_YORK,
    today=date(2026, 12, 1),
    change_policy="Please tell us a day ahead.\nThen somebody else can have the time.",
)


def at(text: str) -> datetime:
    """An instant written `2026-12-03 21:30` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_session(start: str = "2026-12-03 21:30", **changes: Any) -> SessionFacts:
    return MADE_UP.session_at(at(start), **changes)


def a_regular(**changes: Any) -> RegularFacts:
    return MADE_UP.regular(**changes)


def a_sender(**changes: Any) -> SenderFacts:
    values: dict[str, Any] = {
        "therapist_id": "maple",
        "name": "Appointments",
        "address": "appointments@mail.example.com",
        "zone": NEW_YORK,
        "office_phone": "(802) 555-0148",
        "phone_note": "We call back between 1 and 2 pm.",
        "crisis_line": "In a crisis, call or text 988.",
        "place": "218 Maple Street, Room 2",
        "page_url": "https://book.example.com/book/maple",
    }
    return SenderFacts(**values | changes)


def a_client(language: Language = "en", **changes: Any) -> RecipientFacts:
    values: dict[str, Any] = {
        "name": "Nora Weber",
        "address": "nora.w@example.com",
        "language": language,
        "client_id": "c4",
    }
    return RecipientFacts(**values | changes)


def a_therapist(language: Language = "en") -> RecipientFacts:
    return RecipientFacts(name="Ada Lindqvist", address="ada@example.com", language=language)


SESSIONS, OPEN_SLOTS = MADE_UP.sessions, MADE_UP.open_slots


def facts_of(kind: MailKind, language: Language = "en", **changes: Any) -> MailFacts:
    """The facts of one mail. `changes` replace any of them."""
    sender = a_sender()
    if kind.is_for_therapist:
        sender = replace(sender, page_url="https://book.example.com/console")
    facts = replace(
        MADE_UP.facts(kind, sender, language), with_calendar_entry=not kind.is_for_therapist
    )
    return replace(facts, **changes)
