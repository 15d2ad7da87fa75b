"""Settings: what a therapist may set, with default, bounds and meaning.

Each setting is declared once, here. The request model, the row, the answer and the documented
table derive from the fields of `Settings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_type_hints

from openhour.rules.weeks import WEEKDAYS, parse_time


class OnStrikeLimit(StrEnum):
    """What happens to a client who reaches the strike limit."""

    FLAG = "flag"
    SUSPEND = "suspend"


class Language(StrEnum):
    """A language in which clients read their pages and mails."""

    ENGLISH = "en"
    SPANISH = "es"


class Intake(StrEnum):
    """Whether new clients may register."""

    AUTO = "auto"
    OPEN = "open"
    CLOSED = "closed"


class TherapistMail(StrEnum):
    """A kind of mail that a therapist may do without."""

    LATE_CANCELLATION = "late-cancellation"
    LIMIT_REACHED = "limit-reached"
    REGISTERED = "registered"
    REGULAR_ASKED = "regular-asked"
    CONFLICT = "conflict"
    FRIDAY = "friday"
    DIGEST = "digest"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTime:
    """When the week is released: a weekday and a local time.

    Raises:
        ValueError: The weekday is unknown.
    """

    weekday: str = "friday"
    time: time = time(18)

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS:
            raise ValueError("not a weekday")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The local times between which clients get no mail that can wait, past midnight or not.

    Raises:
        ValueError: Both times are the same.
    """

    begins: time = time(21)
    ends: time = time(8)

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("must end at another time than they begin")


def _setting(
    default: Any,
    about: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    max_length: int | None = None,
    max_items: int | None = None,
) -> Any:
    """Declare a setting. Both bounds are allowed values. `max_length` is in characters."""
    metadata = {
        "about": about,
        "minimum": minimum,
        "maximum": maximum,
        "max_length": max_length,
        "max_items": max_items,
    }
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A therapist's settings. A setting is one line here."""

    name: str = _setting("", "The practice's name, shown to clients.")
    timezone: str | None = _setting(None, "The IANA time zone of the hours.")
    office_phone: str | None = _setting(None, "The number that clients are told to call.")
    horizon_weeks: int = _setting(6, "Weeks published past the current one.", minimum=1, maximum=26)
    booking_notice_hours: int = _setting(
        12, "Hours before its start until which a slot may be booked.", minimum=0, maximum=168
    )
    cancellation_notice_hours: int = _setting(
        24, "A cancellation with fewer hours of notice is late.", minimum=0, maximum=168
    )
    grace_minutes: int = _setting(
        15, "Minutes after a booking in which cancelling is never late.", minimum=0, maximum=120
    )
    max_per_week: int = _setting(1, "Sessions that a client may book a week.", minimum=1, maximum=7)
    strike_limit: int = _setting(
        3, "Strikes after which a client is flagged or suspended.", minimum=1, maximum=20
    )
    strike_window_days: int = _setting(90, "Days in which a strike counts.", minimum=7, maximum=730)
    on_strike_limit: OnStrikeLimit = _setting(
        OnStrikeLimit.FLAG, "What happens at the strike limit."
    )
    suspended_can_sign_in: bool = _setting(
        default=False, about="Whether a suspended client may sign in and read their sessions."
    )
    late_move_is_strike: bool = _setting(default=False, about="Whether a late move is a strike.")
    release: ReleaseTime = _setting(
        ReleaseTime(), "The weekday and local time at which next week's held slots open."
    )
    intake: Intake = _setting(
        Intake.AUTO, "Whether new clients may register; `auto`: while few slots are booked."
    )
    intake_weeks: int = _setting(
        2, "Weeks ahead whose slots `auto` counts, at most the horizon.", minimum=1, maximum=26
    )
    intake_below: float = _setting(
        0.6, "The booked share of slots below which `auto` accepts.", minimum=0, maximum=1
    )
    intake_per_week: int = _setting(
        2, "New clients who may register in one week.", minimum=0, maximum=50
    )
    registrations_per_day: int = _setting(
        20, "Registrations a day that are mailed a link to confirm.", minimum=1, maximum=200
    )
    phone_note: str | None = _setting(
        None, "Shown with the phone, such as when the office calls back.", max_length=120
    )
    change_policy: str | None = _setting(
        None, "The rule of late changes, shown when booking and cancelling late.", max_length=300
    )
    privacy_url: str | None = _setting(
        None, "The https address of the practice's privacy notice.", max_length=500
    )
    crisis_line: str | None = _setting(
        None,
        "Whom to turn to in a crisis. Clients see it; without one they can't book or register.",
        max_length=200,
    )
    place: str | None = _setting(
        None, "Where sessions take place, as clients read it.", max_length=200
    )
    language: Language = _setting(Language.ENGLISH, "The language of clients who have chosen none.")
    embed_origins: tuple[str, ...] = _setting(
        (),
        "The https origins of the sites that may embed the client's page, in lower case.",
        max_items=5,
    )
    mail_from: date | None = _setting(
        None, "The local date from which on clients are mailed; none: they are not."
    )
    quiet_hours: QuietHours | None = _setting(
        QuietHours(), "The local times between which clients get no mail that can wait."
    )
    sender_name: str | None = _setting(
        None, "The sender's name in mails; none: a word that reveals no therapy.", max_length=100
    )
    place_in_mail: bool = _setting(default=False, about="Whether mails tell the place.")
    reminder_hours: int | None = _setting(
        48, "Hours before a session at which its client is reminded.", minimum=1, maximum=336
    )
    second_reminder_hours: int | None = _setting(
        None, "Hours before a session of a second reminder.", minimum=1, maximum=336
    )
    therapist_mails: tuple[TherapistMail, ...] = _setting(
        tuple(kind for kind in TherapistMail if kind is not TherapistMail.DIGEST),
        "The mails that the practice's therapists get.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpec:
    """The declaration of a setting: its name, type, default, bounds and meaning."""

    name: str
    type: Any
    default: Any
    minimum: float | None
    maximum: float | None
    max_length: int | None
    max_items: int | None
    about: str

    @property
    def members(self) -> type[StrEnum] | None:
        """The words of which the setting holds some, or None if it is no such list."""
        first = (*get_args(self.type), None)[0]
        return first if isinstance(first, type) and issubclass(first, StrEnum) else None


@cache
def setting_specs() -> Mapping[str, SettingSpec]:
    """Return the declaration of every setting by name."""
    types = get_type_hints(Settings)
    return {
        each.name: SettingSpec(
            name=each.name, type=types[each.name], default=each.default, **each.metadata
        )
        for each in fields(Settings)
    }


def settings_to_json(settings: Settings) -> dict[str, Any]:
    """Return settings as JSON values, by name."""
    return {name: value_to_json(getattr(settings, name)) for name in setting_specs()}


def settings_from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings among JSON values, by name. Missing ones keep their defaults."""
    return dict(_from_json(values))


def value_to_json(value: Any) -> Any:
    """Return a setting's value as JSON."""
    if isinstance(value, ReleaseTime):
        return {"weekday": value.weekday, "time": f"{value.time:%H:%M}"}
    if isinstance(value, QuietHours):
        return {"from": f"{value.begins:%H:%M}", "to": f"{value.ends:%H:%M}"}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value.value if isinstance(value, StrEnum) else value


def _from_json(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, spec in setting_specs().items():
        if name in values:
            value = values[name]
            yield name, None if value is None else _value_from_json(spec, value)


def _value_from_json(spec: SettingSpec, value: Any) -> Any:
    if spec.type is ReleaseTime:
        return ReleaseTime(weekday=value["weekday"], time=parse_time(value["time"]))
    if spec.type == QuietHours | None:
        return QuietHours(begins=parse_time(value["from"]), ends=parse_time(value["to"]))
    if spec.type == date | None:
        return date.fromisoformat(value)
    if spec.members or spec.max_items is not None:
        return tuple(each for each in spec.members or value if each in value)
    if isinstance(spec.type, type) and issubclass(spec.type, StrEnum):
        return spec.type(value)
    return value
