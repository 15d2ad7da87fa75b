"""Request fields: the base of request models, and the field types that several share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, datetime
from functools import partial
from typing import Annotated, Any, Literal
from unicodedata import category, normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from openhour.api import patterns
from openhour.api.identity import is_id
from openhour.rules.appointments import client_id_in, slot_id_in
from openhour.rules.origins import MAX_ORIGIN_LENGTH, ORIGIN
from openhour.rules.refusals import (
    Refusal,
    UnknownClient,
    UnknownLogin,
    UnknownRegistration,
    UnknownRegular,
    UnknownSlot,
    UnknownTherapist,
    UnknownTimeOff,
)
from openhour.rules.weeks import WEEKDAYS, Week, start_of


class RequestModel(BaseModel):
    """A request's body, without unknown fields or values of other types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def left_out() -> Any:
    """Declare a field that a patch may omit, but not set to null."""
    return Field(default_factory=lambda: None)


def _checked_text(
    pattern: str, message: str, read: Callable[[str], object] = str
) -> AfterValidator:
    """Return a validator that accepts text of a pattern that `read` can read.

    A pattern is compiled when it is first needed: a starting function needs none.
    """

    def check(text: str) -> str:
        _read(pattern, text, read, message)
        return text

    return AfterValidator(check)


def _parsed_text(
    pattern: str, message: str, read: Callable[[str], Any], unreadable: str
) -> BeforeValidator:
    """Return a validator that returns what `read` makes of text of a pattern.

    `unreadable` is the message about text of the pattern that `read` can't read.
    """
    return BeforeValidator(lambda given: _read(pattern, given, read, message, unreadable))


def _read(
    pattern: str,
    given: Any,
    read: Callable[[str], Any],
    message: str,
    unreadable: str | None = None,
) -> Any:
    try:
        fits = re.fullmatch(pattern, given)
    except TypeError:
        fits = None
    if not fits:
        raise ValueError(message)
    try:
        return read(given)
    except (ValueError, OverflowError):
        raise ValueError(unreadable or message) from None


def _require_week(text: str) -> str:
    try:
        Week.parse(text)
    except ValueError:
        year, _, number = text.partition("-W")
        if number == "53" and MINYEAR < int(year) < MAXYEAR:
            raise ValueError(f"The year {year} has no week 53.") from None
        raise ValueError("There is no such week.") from None
    return text


def _read_instant_or_date(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _known_id(may_be: Callable[[str], bool], refusal: type[Refusal]) -> AfterValidator:
    """Return a validator that refuses malformed ids like ids that don't exist."""

    def check(text: str) -> str:
        if not may_be(text):
            raise refusal
        return text

    return AfterValidator(check)


def _is_slot_id(text: str) -> bool:
    try:
        start_of(text)
    except (ValueError, OverflowError):
        return False
    return True


def _some_appointment_id(text: str) -> str:
    return text if client_id_in(text) and _is_slot_id(slot_id_in(text)) else "-"


def _require_readable(text: str) -> str:
    """Require a letter or a digit, and no invisible character, also of those beyond U+FFFF."""
    if not re.search(patterns.NAMED, text):
        raise ValueError("Must have a letter or a digit.")
    if any(category(c) == "Cf" and c not in patterns.JOINERS for c in text):
        raise ValueError(_ONE_LINE)
    return text


def _max_length(longest: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=longest)


def _documented(pattern: str, kind: str | None = None, **extra: Any) -> Any:
    """Return what the OpenAPI document says of a field besides its type."""
    schema = {"pattern": f"^{pattern}$", **({"format": kind} if kind else {}), **extra}
    return Field(json_schema_extra=schema)


_ONE_LINE = "Must be one line of text, without invisible characters."
_YEARS = f"from {patterns.FIRST_YEAR} to {patterns.LAST_YEAR}"
_STRIPPED = AfterValidator(str.strip)

Text = Annotated[
    str,
    _max_length(500),
    _checked_text(patterns.LINES, "Must be text, without invisible characters."),
    _STRIPPED,
    _documented(patterns.LINES),
]
Name = Annotated[
    str,
    AfterValidator(partial(normalize, "NFC")),
    _max_length(100),
    _checked_text(patterns.LINE, _ONE_LINE),
    AfterValidator(_require_readable),
    _STRIPPED,
    _documented(patterns.LINE),
]
Address = Annotated[
    str,
    _STRIPPED,
    _max_length(254),
    _checked_text(patterns.ADDRESS, "Must be an e-mail address."),
    _checked_text(patterns.SHORT_ENOUGH, "Must be an e-mail address."),
    _documented(patterns.ADDRESS, "email"),
]
Phone = Annotated[
    str,
    _max_length(40),
    _checked_text(patterns.PHONE, "Must be a phone number."),
    _STRIPPED,
    _documented(patterns.PHONE, examples=["+1 212 555 0100"]),
]
Login = Annotated[
    str,
    _max_length(64),
    _checked_text(
        patterns.LOGIN, "Must be plain letters, digits and signs, without spaces, / and #."
    ),
    _documented(patterns.LOGIN),
]
SignInName = Annotated[
    str,
    _STRIPPED,
    _max_length(254),
    _checked_text(patterns.SIGN_IN_NAME, "Must be an e-mail address or a sign-in name."),
    _documented(patterns.SIGN_IN_NAME, examples=["dan@example.com"]),
]
Origin = Annotated[
    str,
    _max_length(MAX_ORIGIN_LENGTH),
    _checked_text(ORIGIN, "Must be an origin like https://www.example.com."),
    _documented(ORIGIN, examples=["https://www.example.com"]),
]


def one_line(longest: int) -> Any:
    """Return the type of one line of text."""
    return Annotated[
        str,
        _max_length(longest),
        _checked_text(patterns.LINE, "Must be one line of text."),
        _STRIPPED,
        _documented(patterns.LINE),
    ]


def several_lines(longest: int) -> Any:
    """Return the type of text on one or several lines."""
    return Annotated[
        str,
        _max_length(longest),
        _checked_text(patterns.LINES, "Must be text."),
        _STRIPPED,
        _documented(patterns.LINES),
    ]


def web_address(longest: int) -> Any:
    """Return the type of an https address."""
    return Annotated[
        str,
        _max_length(longest),
        _checked_text(
            patterns.WEB_ADDRESS, "Must be an address like https://practice.example/privacy."
        ),
        _documented(patterns.WEB_ADDRESS, examples=["https://practice.example/privacy"]),
    ]


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WeekdayName = Annotated[str, Field(json_schema_extra={"enum": list(WEEKDAYS)})]
"""A weekday in a response."""
TimeOfDay = Annotated[
    str,
    _checked_text(patterns.TIME_OF_DAY, "Must be a time of day like 17:30."),
    _documented(patterns.TIME_OF_DAY, examples=["17:30"]),
]
Date = Annotated[
    date,
    _parsed_text(
        patterns.DATE,
        f"Must be a date like 2026-11-24, {_YEARS}.",
        date.fromisoformat,
        "There is no such date.",
    ),
    _documented(patterns.DATE),
]
Instant = Annotated[
    datetime,
    _parsed_text(
        patterns.INSTANT,
        f"Must be a time with its offset like 2026-11-24T17:30:00-05:00, {_YEARS}.",
        datetime.fromisoformat,
        "There is no such date.",
    ),
    _documented(patterns.INSTANT),
]
InstantOrDate = Annotated[
    datetime | date,
    _parsed_text(
        patterns.INSTANT_OR_DATE,
        f"Must be a date like 2026-11-24, or a time with its offset, {_YEARS}.",
        _read_instant_or_date,
        "There is no such date.",
    ),
    WithJsonSchema({"type": "string", "pattern": f"^{patterns.INSTANT_OR_DATE}$"}),
]
WeekName = Annotated[
    str,
    _checked_text(patterns.WEEK, "Must be a week like 2026-W48."),
    AfterValidator(_require_week),
    _documented(patterns.WEEK),
]

Cursor = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""Where a page begins, as the page before it said."""
WantedSlot = Annotated[
    str,
    _checked_text(patterns.SLOT_ID, "Must be a slot id like 20261124T2230Z.", start_of),
    _documented(patterns.SLOT_ID, examples=["20261124T2230Z"]),
]
"""A slot id in a body. A malformed one is `invalid`."""
SlotId = Annotated[str, _known_id(_is_slot_id, UnknownSlot)]
"""A slot id in a path. A malformed one is an unknown slot."""
AppointmentId = Annotated[str, AfterValidator(_some_appointment_id)]
"""An appointment id in a path. A malformed one becomes one that names nothing, so that a suspended
client is told so first."""
ClientId = Annotated[str, _known_id(is_id, UnknownClient)]
RegistrationId = Annotated[str, _known_id(is_id, UnknownRegistration)]
LoginId = Annotated[str, _known_id(is_id, UnknownLogin)]
RegularId = Annotated[str, _known_id(is_id, UnknownRegular)]
TimeOffId = Annotated[str, _known_id(is_id, UnknownTimeOff)]
TherapistId = Annotated[str, _known_id(is_id, UnknownTherapist)]
