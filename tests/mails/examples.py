"""Examples: the facts of one mail of each kind, in both languages and both kinds of habits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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


def at(text: str) -> datetime:
    """An instant written `2026-12-03 21:30` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_session(start: str = "2026-12-03 21:30", **changes: Any) -> SessionFacts:
    begin = at(start)
    slot_id = begin.strftime("%Y%m%dT%H%MZ")
    values: dict[str, Any] = {
        "appointment_id": f"{slot_id}-c4-1",
        "slot_id": slot_id,
        "start": begin,
        "end": begin + timedelta(minutes=50),
        "uid": f"{slot_id}-c4-1",
        "sequence": 0,
        "free_until": begin - timedelta(days=1),
    }
    return SessionFacts(**values | changes)


def a_regular(**changes: Any) -> RegularFacts:
    values: dict[str, Any] = {
        "regular_id": "r-7f3k",
        "weekday": 1,
        "start": time(17, 30),
        "minutes": 50,
        "every_weeks": 2,
        "first": date(2026, 12, 8),
        "until": date(2027, 6, 29),
        "skipped": (date(2026, 12, 22),),
        "sequence": 0,
    }
    return RegularFacts(**values | changes)


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


SESSIONS = (a_session("2026-12-03 21:30"), a_session("2026-12-08 22:30"))
OPEN_SLOTS = (
    ("20261203T1400Z", at("2026-12-03 14:00")),
    ("20261203T1600Z", at("2026-12-03 16:00")),
    ("20261204T1800Z", at("2026-12-04 18:00")),
)

DETAILS: dict[MailKind, dict[str, Any]] = {
    MailKind.BOOKED: {
        "session": a_session(),
        "change_policy": "Please tell us a day ahead.\nThen somebody else can have the time.",
    },
    MailKind.MOVED: {
        "session": a_session("2026-12-04 18:00", sequence=1, uid="20261203T2130Z-c4-1"),
        "old_session": a_session(),
        "by_practice": True,
    },
    MailKind.CANCELLED: {
        "session": a_session("2026-12-01 21:30", sequence=1, free_until=None),
        "by_practice": True,
        "is_today": True,
        "message": "I am ill today, and hope to be back on Thursday.",
        "open_slots": OPEN_SLOTS,
    },
    MailKind.REMINDER: {"session": a_session(), "token": "unsubscribe-token-0123456789"},
    MailKind.REGULAR_ENTERED: {"regular": a_regular(), "sessions": SESSIONS[1:]},
    MailKind.REGULAR_CHANGED: {"regular": a_regular(sequence=1, start=time(16, 0))},
    MailKind.REGULAR_ENDED: {
        "regular": a_regular(sequence=3, first=date(2026, 9, 1)),
        "sessions": SESSIONS[:1],
    },
    MailKind.SUSPENDED: {"sessions": SESSIONS},
    MailKind.RESTORED: {"sessions": SESSIONS},
    MailKind.DISCHARGED: {
        "ended_regulars": (a_regular(sequence=1),),
        "ended_sessions": ((a_session(sequence=1), None),),
    },
    MailKind.WELCOME: {"regular": a_regular(), "sessions": SESSIONS},
    MailKind.CONFIRM_REGISTRATION: {"token": "confirm-token-0123456789"},
    MailKind.ALREADY_KNOWN: {},
    MailKind.PLEASE_CALL: {},
    MailKind.REGULAR_DECLINED: {"sessions": SESSIONS[:1]},
    MailKind.LATE_CANCELLATION: {
        "session": a_session("2026-12-01 21:30", free_until=None),
        "people": ("Nora Weber",),
    },
    MailKind.LIMIT_REACHED: {"people": ("Nora Weber",)},
    MailKind.REGISTERED: {"people": ("Gus Holm",)},
    MailKind.REGISTRATIONS_FULL: {},
    MailKind.REGULAR_ASKED: {"people": ("Nora Weber",), "regular": a_regular(skipped=())},
    MailKind.CONFLICT: {
        "people": ("Nora Weber",),
        "session": a_session(),
        "counts": (("conflicts", 2),),
    },
    MailKind.FRIDAY: {
        "people": ("Nora Weber", "Peter van der Berg"),
        "open_slots": OPEN_SLOTS,
        "counts": (("opens", 3),),
    },
    MailKind.DIGEST: {
        "people": ("Nora Weber", "Gus Holm"),
        "sessions": SESSIONS,
        "counts": (("booked", 2), ("cancelled", 1), ("moved", 0)),
        "token": "unsubscribe-token-0123456789",
    },
    MailKind.BOUNCED: {"people": ("Gus Holm",)},
}


def facts_of(kind: MailKind, language: Language = "en", **changes: Any) -> MailFacts:
    """The facts of one mail. `changes` replace any of them."""
    sender = a_sender()
    if kind.is_for_therapist:
        sender = replace(sender, page_url="https://book.example.com/console")
    values: dict[str, Any] = {
        "kind": kind,
        "sender": sender,
        "recipient": (a_therapist if kind.is_for_therapist else a_client)(language),
        "acted_at": NOW,
        "with_calendar_entry": not kind.is_for_therapist,
        **DETAILS[kind],
    }
    return MailFacts(**values | changes)
