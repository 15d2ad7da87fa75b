"""Examples: made-up facts of one mail of each kind, for previews and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openhour.rules.mails import (
    Language,
    MailFacts,
    MailKind,
    PasswordFacts,
    RecipientFacts,
    RegularFacts,
    SenderFacts,
    SessionFacts,
)

CLIENT, THERAPIST, NEWCOMER, OTHER = "Nora Weber", "Ada Lindqvist", "Gus Holm", "Peter van der Berg"
_ADDRESS, _OWN_ADDRESS = "nora.w@example.com", "ada@example.com"
_TOKEN = "example-token-0123456789"  # noqa: S105 - it opens nothing
_LENGTH = timedelta(minutes=50)
_AFTERNOON, _EVENING = time(16, 30), time(17, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Makes up facts in a zone, around a day on which a repeating time falls."""

    therapist_id: str
    zone: ZoneInfo
    today: date
    notice: timedelta = timedelta(days=1)
    """How long before a session a change is free."""
    change_policy: str | None = None

    @property
    def now(self) -> datetime:
        """When that happened which a mail tells."""
        return self.at(0, time(10, 40))

    def at(self, days: int, clock: time) -> datetime:
        """Return the instant of a local time, some days from today."""
        local = datetime.combine(self.today + timedelta(days=days), clock, self.zone)
        return local.astimezone(UTC)

    def session(self, days: int = 2, clock: time = _AFTERNOON, **changes: Any) -> SessionFacts:
        """Return a session, some days from today."""
        return self.session_at(self.at(days, clock), **changes)

    def session_at(self, begin: datetime, **changes: Any) -> SessionFacts:
        """Return a session that begins at an instant."""
        slot_id = begin.strftime("%Y%m%dT%H%MZ")
        values: dict[str, Any] = {
            "appointment_id": f"{slot_id}-c4-1",
            "slot_id": slot_id,
            "start": begin,
            "end": begin + _LENGTH,
            "uid": f"{slot_id}-c4-1",
            "sequence": 0,
            "free_until": begin - self.notice,
        }
        return SessionFacts(**values | changes)

    def regular(self, **changes: Any) -> RegularFacts:
        """Return a repeating time on today's weekday, which begins next week."""
        values: dict[str, Any] = {
            "regular_id": "r-7f3k",
            "weekday": self.today.weekday(),
            "start": _EVENING,
            "minutes": 50,
            "every_weeks": 2,
            "first": self.today + timedelta(weeks=1),
            "until": self.today + timedelta(weeks=30),
            "skipped": (self.today + timedelta(weeks=3),),
            "sequence": 0,
        }
        return RegularFacts(**values | changes)

    @property
    def sessions(self) -> tuple[SessionFacts, ...]:
        """Two sessions that stand."""
        return self.session(), self.session(7, _EVENING)

    @property
    def open_slots(self) -> tuple[tuple[str, datetime], ...]:
        """The nearest open times."""
        starts = (self.at(2, time(9)), self.at(2, time(11)), self.at(3, time(13)))
        return tuple((start.strftime("%Y%m%dT%H%MZ"), start) for start in starts)

    def facts(self, kind: MailKind, sender: SenderFacts, language: Language) -> MailFacts:
        """Return everything that a mail of that kind says."""
        client = RecipientFacts(name=CLIENT, address=_ADDRESS, language=language, client_id="c4")
        therapist = RecipientFacts(name=THERAPIST, address=_OWN_ADDRESS, language=language)
        return MailFacts(
            kind=kind,
            sender=sender,
            recipient=therapist if kind.is_for_therapist else client,
            acted_at=self.now,
            **self._details(kind, language),
        )

    def _details(self, kind: MailKind, language: Language) -> dict[str, Any]:
        """Return what is told beside who is mailed."""
        find = _OF_KIND.get(kind)
        return find(self, language) if find else {}


def _moved(made_up: Examples, _: Language) -> dict[str, Any]:
    old = made_up.session()
    new = made_up.session(3, time(13), sequence=1, uid=old.uid)
    return {"session": new, "old_session": old, "by_practice": True}


def _cancelled(made_up: Examples, language: Language) -> dict[str, Any]:
    return {
        "session": made_up.session(0, sequence=1, free_until=None),
        "by_practice": True,
        "is_today": True,
        "message": _MESSAGES[language],
        "open_slots": made_up.open_slots,
    }


def _friday(made_up: Examples, _: Language) -> dict[str, Any]:
    return {
        "people": (CLIENT, OTHER),
        "open_slots": made_up.open_slots,
        "counts": (("opens", 3),),
    }


def _digest(made_up: Examples, _: Language) -> dict[str, Any]:
    return {
        "people": (CLIENT, NEWCOMER),
        "sessions": (made_up.session(0), made_up.session(0, _EVENING)),
        "counts": (("booked", 2), ("cancelled", 1), ("moved", 0)),
    }


def _invitation(therapist_id: str, address: str) -> PasswordFacts:
    username = f"{therapist_id}/{address}"
    return PasswordFacts(code="Kf7mQ2xTzR4b", sign_in_name=address, username=username)


def _code(address: str) -> PasswordFacts:
    return PasswordFacts(code="482913", sign_in_name=address)


_OF_KIND: Mapping[MailKind, Callable[[Examples, Language], dict[str, Any]]] = {
    MailKind.BOOKED: lambda e, _: {"session": e.session(), "change_policy": e.change_policy},
    MailKind.MOVED: _moved,
    MailKind.CANCELLED: _cancelled,
    MailKind.REMINDER: lambda e, _: {"session": e.session(), "token": _TOKEN},
    MailKind.REGULAR_ENTERED: lambda e, _: {"regular": e.regular(), "sessions": e.sessions[1:]},
    MailKind.REGULAR_CHANGED: lambda e, _: {"regular": e.regular(sequence=1, start=time(16))},
    MailKind.REGULAR_ENDED: lambda e, _: {
        "regular": e.regular(sequence=3, first=e.today - timedelta(weeks=13)),
        "sessions": e.sessions[:1],
    },
    MailKind.SUSPENDED: lambda e, _: {"sessions": e.sessions},
    MailKind.RESTORED: lambda e, _: {"sessions": e.sessions},
    MailKind.DISCHARGED: lambda e, _: {
        "ended_regulars": (e.regular(sequence=1),),
        "ended_sessions": ((e.session(sequence=1), None),),
    },
    MailKind.WELCOME: lambda e, _: {"regular": e.regular(), "sessions": e.sessions},
    MailKind.CONFIRM_REGISTRATION: lambda *_: {"token": _TOKEN},
    MailKind.REGULAR_DECLINED: lambda e, _: {"sessions": e.sessions[:1]},
    MailKind.INVITATION: lambda e, _: {"password": _invitation(e.therapist_id, _ADDRESS)},
    MailKind.RESET_CODE: lambda *_: {"password": _code(_ADDRESS)},
    MailKind.LATE_CANCELLATION: lambda e, _: {
        "session": e.session(0, free_until=None),
        "people": (CLIENT,),
    },
    MailKind.LIMIT_REACHED: lambda *_: {"people": (CLIENT,)},
    MailKind.REGISTERED: lambda *_: {"people": (NEWCOMER,)},
    MailKind.REGULAR_ASKED: lambda e, _: {"people": (CLIENT,), "regular": e.regular(skipped=())},
    MailKind.CONFLICT: lambda e, _: {
        "people": (CLIENT,),
        "session": e.session(),
        "counts": (("conflicts", 2),),
    },
    MailKind.FRIDAY: _friday,
    MailKind.DIGEST: _digest,
    MailKind.BOUNCED: lambda *_: {"people": (NEWCOMER,)},
    MailKind.LOGIN_INVITATION: lambda e, _: {"password": _invitation(e.therapist_id, _OWN_ADDRESS)},
    MailKind.LOGIN_RESET_CODE: lambda *_: {"password": _code(_OWN_ADDRESS)},
}
"""What each kind tells; a kind without an entry tells nothing more."""
_MESSAGES: Mapping[Language, str] = {
    "en": "I am ill today, and hope to be back on Thursday.",
    "es": "Hoy estoy enferma. Espero volver el jueves.",
}
