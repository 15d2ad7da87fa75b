"""Settings and hours: request models and responses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator
from typing_extensions import TypedDict

from openhour.api.appointments import NamedAppointmentView, named_appointment_views
from openhour.api.calendars import ConflictView, FullWeekView, conflict_views, full_week_views
from openhour.api.logins import SignedInView
from openhour.api.request_fields import (
    Date,
    Name,
    Origin,
    Phone,
    RequestModel,
    TimeOfDay,
    Weekday,
    WeekdayName,
    left_out,
    one_line,
    several_lines,
    web_address,
)
from openhour.api.responses import JsonResponse, json_response
from openhour.api.times import Time, format_time
from openhour.rules.hours import MAX_ENTRIES, MAX_MINUTES, MIN_MINUTES, Entry
from openhour.rules.practice import Practice
from openhour.rules.settings import (
    QuietHours,
    ReleaseTime,
    SettingSpec,
    TherapistMail,
    setting_specs,
    settings_from_json,
    settings_to_json,
)

if TYPE_CHECKING:
    from openhour.use_cases.hours import HoursResult

_ETAG = re.compile(r'"([0-9]{1,18})"')
_NO_VERSION = 0
"""Never a version, as versions begin with 1."""


def _none_if_empty(given: Any) -> Any:
    return None if given == "" else given


def _words_of(members: type[StrEnum]) -> Any:
    return Literal[tuple(member.value for member in members)]


def _allow_empty(schema: dict[str, Any]) -> None:
    """Add the empty text to the documented values."""
    schema["anyOf"].append({"const": ""})


class ReleaseBody(RequestModel):
    """When the week is released."""

    weekday: Weekday
    time: TimeOfDay
    """The local time of day."""


class ReleaseTimeView(TypedDict):
    """When the week is released."""

    weekday: WeekdayName
    time: str
    """The local time of day."""


class QuietHoursBody(RequestModel):
    """The local times between which clients get no mail that can wait."""

    begins: TimeOfDay = Field(alias="from")
    """The local time from which on mail waits."""
    ends: TimeOfDay = Field(alias="to")
    """The local time at which mail is sent again."""

    @model_validator(mode="after")
    def _ends_at_another_time(self) -> Self:
        if self.begins == self.ends:
            raise ValueError("Must end at another time than they begin. Null is no quiet hours.")
        return self


_QuietTimes = TypedDict("_QuietTimes", {"from": str, "to": str})


class QuietHoursView(_QuietTimes):
    """The local times between which clients get no mail that can wait."""


def _removable(kind: Any) -> Any:
    """Return the type of a text that null and the empty text remove."""
    return Annotated[
        kind | None, BeforeValidator(_none_if_empty), Field(json_schema_extra=_allow_empty)
    ]


def _length(name: str) -> int:
    return setting_specs()[name].max_length or 0


_TEXTS: Mapping[str, Any] = {
    "name": Name,
    "timezone": Annotated[str, Field(max_length=64, examples=["America/New_York"])],
    "office_phone": _removable(Phone),
    "place": _removable(one_line(_length("place"))),
    "phone_note": _removable(one_line(_length("phone_note"))),
    "change_policy": _removable(several_lines(_length("change_policy"))),
    "privacy_url": _removable(web_address(_length("privacy_url"))),
    "crisis_line": _removable(several_lines(_length("crisis_line"))),
    "sender_name": _removable(one_line(_length("sender_name"))),
    "embed_origins": Annotated[
        list[Origin], Field(max_length=setting_specs()["embed_origins"].max_items)
    ],
    "therapist_mails": Annotated[
        list[_words_of(TherapistMail)],  # type: ignore[misc]
        Field(max_length=len(TherapistMail)),
    ],
}
"""The types of settings that are texts, or several of them."""
_REQUIRED = ("name", "timezone")
"""The texts that can be changed but not removed."""


def _request_type(spec: SettingSpec) -> Any:
    """Return the type of a setting in a request."""
    if spec.name in _TEXTS:
        return _TEXTS[spec.name]
    if spec.type is ReleaseTime:
        return ReleaseBody
    if spec.type == QuietHours | None:
        return QuietHoursBody | None
    if spec.type == date | None:
        return Date | None
    if spec.minimum is None:
        return _view_type(spec)
    return Annotated[spec.type, Field(ge=spec.minimum, le=spec.maximum)]


def _view_type(spec: SettingSpec) -> Any:
    """Return the type of a setting in a response."""
    if spec.type is ReleaseTime:
        return ReleaseTimeView
    if spec.type == QuietHours | None:
        return QuietHoursView | None
    if spec.type == date | None:
        return Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    if spec.members:
        return list[_words_of(spec.members)]  # type: ignore[misc]
    if isinstance(spec.type, type) and issubclass(spec.type, StrEnum):
        return _words_of(spec.type)
    return spec.type if spec.max_items is None else list[str]


def _may_be_removed(spec: SettingSpec) -> bool:
    return spec.name not in _REQUIRED and type(None) in get_args(spec.type)


if TYPE_CHECKING:
    _PatchFields = RequestModel
    _ViewFields = BaseModel
else:
    _PatchFields = create_model(
        "_PatchFields",
        __base__=RequestModel,
        **{
            name: (_request_type(spec), None if _may_be_removed(spec) else left_out())
            for name, spec in setting_specs().items()
        },
    )
    _ViewFields = create_model(
        "_ViewFields",
        __config__=ConfigDict(extra="forbid"),
        **{name: (_view_type(spec), ...) for name, spec in setting_specs().items()},
    )


class SettingsPatch(_PatchFields):
    """The settings that change. Null removes a setting that has no default, or quiet hours."""

    @property
    def changes(self) -> dict[str, Any]:
        """The given settings as the rules have them."""
        given = self.model_dump(mode="json", by_alias=True, include=self.model_fields_set)
        return settings_from_json(given)


class EntryBody(RequestModel):
    """An entry of the hours."""

    weekday: Weekday
    start: TimeOfDay
    minutes: Annotated[int, Field(ge=MIN_MINUTES, le=MAX_MINUTES)]
    prime: bool = False

    @model_validator(mode="after")
    def _ends_within_its_day(self) -> Self:
        try:
            self.entry()
        except ValueError as error:
            raise ValueError("Must end within its day.") from error
        return self

    def entry(self) -> Entry:
        """Return the entry as the rules have it."""
        return Entry.parse(self.weekday, self.start, self.minutes, prime=self.prime)


class HoursRequest(RequestModel):
    """The whole hours."""

    hours: Annotated[list[EntryBody], Field(max_length=MAX_ENTRIES)]
    """The entries of the week. They replace all others."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries as the rules have them."""
        return tuple(line.entry() for line in self.hours)


class SwitchRequest(RequestModel):
    """The switch of self-scheduling."""

    enabled: bool
    """Whether clients may book."""
    regulars_entered: bool = False
    """Confirms that every regular is entered. Switching on requires it."""


class EntryView(TypedDict):
    """An entry of the hours."""

    weekday: WeekdayName
    start: str
    minutes: int
    prime: bool


class HoursResultView(TypedDict):
    """The hours, the conflicts with them, and the sessions that end."""

    hours: list[EntryView]
    conflicts: list[ConflictView]
    cancelled: list[NamedAppointmentView]
    """The sessions that end with the change."""
    full_weeks: list[FullWeekView]


class SettingsView(_ViewFields):
    """A practice's settings. Notice is in hours, grace in minutes."""

    therapist_id: str
    self_scheduling: bool
    released_through: str | None
    """The last week whose held slots were released, or null."""
    published_through: str | None
    """The last week whose slots are on the calendar, or null."""
    hours: list[EntryView]
    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""


class PracticeView(SettingsView):
    """The practice: its settings, and who is signed in. Notice is in hours, grace in minutes."""

    signed_in: SignedInView
    """Who is signed in, and in which role."""


def settings_view(practice: Practice, *, now: datetime) -> dict[str, Any]:
    """Return a practice's settings, of the shape of `SettingsView`."""
    released, published = practice.released_through, practice.published_through
    return {
        "now": format_time(now, practice.zone),
        "therapist_id": practice.therapist_id,
        "self_scheduling": practice.self_scheduling,
        "released_through": str(released) if released else None,
        "published_through": str(published) if published else None,
        "hours": hours_view(practice),
        **settings_to_json(practice),
    }


def hours_view(practice: Practice) -> list[EntryView]:
    """Return a practice's hours in the order of the week."""
    return [
        {
            "weekday": entry.weekday,
            "start": f"{entry.start:%H:%M}",
            "minutes": entry.minutes,
            "prime": entry.prime,
        }
        for entry in practice.hours
    ]


def settings_response(practice: Practice, *, now: datetime) -> JsonResponse:
    """Return the response with the settings, and their version as the ETag."""
    return json_response(settings_view(practice, now=now), etag=etag_of(practice))


def practice_response(
    practice: Practice, signed_in: SignedInView, *, now: datetime
) -> JsonResponse:
    """Return the response with the settings and who is signed in, and the version as the ETag."""
    view = {**settings_view(practice, now=now), "signed_in": signed_in}
    return json_response(view, etag=etag_of(practice))


def hours_response(result: HoursResult) -> JsonResponse:
    """Return the response with the hours, their conflicts, and the version as the ETag."""
    practice, names = result.practice, result.names
    body: HoursResultView = {
        "hours": hours_view(practice),
        "conflicts": conflict_views(result.conflicts, practice, names),
        "cancelled": named_appointment_views(result.cancelled, practice, names),
        "full_weeks": full_week_views(result.full_weeks, names),
    }
    return json_response(body, etag=etag_of(practice))


def etag_of(practice: Practice) -> str:
    """Return the ETag of the settings and hours."""
    return f'"{practice.version}"'


def parse_if_match(if_match: str | None) -> int | None:
    """Return the version that an If-Match header names, or None if any version will do.

    A value that is not one of our ETags matches no version.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    tag = _ETAG.fullmatch(if_match.strip())
    return int(tag[1]) if tag else _NO_VERSION
