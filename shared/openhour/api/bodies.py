"""Bodies: what requests are made of, and the kinds of field that several share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from openhour.api.identity import is_id
from openhour.rules.appointments import client_id_in, slot_id_in
from openhour.rules.refusals import (
    Refusal,
    UnknownClient,
    UnknownRegular,
    UnknownSlot,
    UnknownTherapist,
    UnknownTimeOff,
)
from openhour.rules.weeks import WEEKDAYS, Week, parse_time, start_of

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years that a date or an instant may name."""
_YEARS = r"^(19[7-9]|2\d\d)\d-"
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's control characters, halves of characters, and breaks of lines and paragraphs."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_MAILBOX}")
"""What mail can be sent to: RFC 5321's dot-string, of 64 characters at most, and domain. SES sends
to ASCII alone (API Reference, Destination)."""
_PHONE = re.compile(r"(?:\D*\d){3}.*")
_LOGIN = re.compile(r'[!"$-.0-~]+')
"""ASCII alone, without # and /: Cognito tells no capital from a small letter, and other letters may
be one to it where they are two to us."""


class Body(BaseModel):
    """A request's body: no field that isn't known, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _checked(read: Callable[[str], object], message: str) -> AfterValidator:
    """A validator that lets through what `read` can read."""

    def check(text: str) -> str:
        try:
            read(text)
        except (ValueError, OverflowError):
            raise ValueError(message) from None
        return text

    return AfterValidator(check)


def _read(read: Callable[[str], Any], message: str) -> BeforeValidator:
    """A validator that gives what `read` makes of the text."""

    def change(given: Any) -> Any:
        try:
            return read(given)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(message) from None

    return BeforeValidator(change)


def _known(may_be: Callable[[str], bool], refusal: type[Refusal]) -> AfterValidator:
    """A validator that refuses what can't be an id as it would one that isn't there."""

    def check(text: str) -> str:
        if not may_be(text):
            raise refusal
        return text

    return AfterValidator(check)


def read_date(text: str) -> date:
    """Read `2026-11-24`. Raises ValueError for anything else, or a year that nobody means."""
    day = date.fromisoformat(text)
    if len(text) != 10 or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("not a date")
    return day


def read_instant(text: str) -> datetime:
    """Read an ISO 8601 instant with its offset from UTC. Raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValueError("not an instant")
    return instant


def _is_slot_id(text: str) -> bool:
    try:
        start_of(text)
    except (ValueError, OverflowError):
        return False
    return True


def _some_appointment_id(text: str) -> str:
    return text if client_id_in(text) and _is_slot_id(slot_id_in(text)) else "-"


def _print(text: str) -> str:
    """Let through what can be written on one line. Raises ValueError for anything else."""
    if any(unicodedata.category(character) in _NO_TEXT for character in text):
        raise ValueError("not one line")
    return text


def _print_lines(text: str) -> str:
    """Let through what can be written on several lines. Raises ValueError for anything else."""
    return _print(text.replace("\n", " "))


def _match(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def match(text: str) -> str:
        if not pattern.fullmatch(_print(text)):
            raise ValueError("of another form")
        return text

    return match


def _line(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


def _told(kind: str | None = None, **more: Any) -> Any:
    """What the document says of a field, besides its type."""
    return Field(json_schema_extra={**({"format": kind} if kind else {}), **more})


Text = Annotated[str, _line(500), _checked(_print_lines, "Must be text.")]
Name = Annotated[str, _line(100), _checked(_print, "Must be one line of text.")]
Address = Annotated[
    str,
    _line(254),
    _checked(_match(_ADDRESS), "Must be an e-mail address."),
    _told("email", pattern=f"^{_MAILBOX}$"),
]
Phone = Annotated[
    str,
    _line(40),
    _checked(_match(_PHONE), "Must be a phone number."),
    _told(pattern=_PHONE.pattern, examples=["+1 212 555 0100"]),
]
Login = Annotated[
    str,
    _line(64),
    _checked(_match(_LOGIN), "Must be plain letters, digits and signs, without spaces, / and #."),
    _told(pattern=f"^{_LOGIN.pattern}$"),
]

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WeekdayName = Annotated[str, _told(enum=list(WEEKDAYS))]
"""A weekday in an answer."""
TimeOfDay = Annotated[
    str,
    _checked(parse_time, "Must be a time of day like 17:30."),
    _told(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["17:30"]),
]
Date = Annotated[
    date,
    _read(read_date, f"Must be a date like 2026-11-24, from {FIRST_YEAR} to {LAST_YEAR}."),
    _told(pattern=_YEARS),
]
Instant = Annotated[
    datetime,
    _read(
        read_instant,
        f"Must be like 2026-11-24T17:30:00-05:00, from {FIRST_YEAR} to {LAST_YEAR}.",
    ),
    _told(pattern=_YEARS),
]
WeekName = Annotated[
    str,
    _checked(Week.parse, "Must be a week like 2026-W48."),
    _told(pattern=r"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$"),
]

Cursor = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""Where a page begins, as the page before it told."""
WantedSlot = Annotated[
    str,
    _checked(start_of, "Must be a slot id like 20261124T2230Z."),
    _told(pattern=r"^\d{8}T\d{4}Z$", examples=["20261124T2230Z"]),
]
"""A slot id in a body: one that can't be read is `invalid`."""
SlotId = Annotated[str, _known(_is_slot_id, UnknownSlot)]
"""A slot id in a path: one that can't be read names no slot."""
AppointmentId = Annotated[str, AfterValidator(_some_appointment_id)]
"""An appointment's id in a path: one that can't be read becomes one that names nothing, so that a
suspended client is told so first."""
ClientId = Annotated[str, _known(is_id, UnknownClient)]
RegularId = Annotated[str, _known(is_id, UnknownRegular)]
TimeOffId = Annotated[str, _known(is_id, UnknownTimeOff)]
TherapistId = Annotated[str, _known(is_id, UnknownTherapist)]
