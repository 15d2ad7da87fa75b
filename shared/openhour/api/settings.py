"""Settings and hours, as they are shown and changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypedDict

from openhour.api.calendars import ConflictView, conflict_views
from openhour.api.request_fields import Name, Phone, RequestModel, TimeOfDay, Weekday, WeekdayName
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.hours import MAX_ENTRIES, MAX_MINUTES, MIN_MINUTES, Entry
from openhour.rules.practice import Intake, OnStrikeLimit, Practice, ReleaseTime
from openhour.rules.settings import BOUNDS
from openhour.rules.weeks import parse_time

if TYPE_CHECKING:
    from openhour.use_cases.hours import HoursResult

_ETAG = re.compile(r'"([0-9]{1,18})"')
_NO_VERSION = 0
"""Versions begin with 1: this one is always stale."""


def _left_out() -> Any:
    """A field that a patch may leave out, but not set to null."""
    return Field(default_factory=lambda: None)


def _none_if_empty(given: Any) -> Any:
    """An empty text is nothing."""
    return None if given == "" else given


def _tell_empty(schema: dict[str, Any]) -> None:
    """Have the document say that an empty text will do."""
    schema["anyOf"].append({"const": ""})


def _bounded(name: str) -> Any:
    """The bounds of a setting."""
    least, most = BOUNDS[name]
    return Field(ge=least, le=most)


class ReleaseBody(RequestModel):
    """When the week is released."""

    weekday: Weekday
    time: TimeOfDay


class SettingsPatch(RequestModel):
    """The settings that change. An office phone may be taken away."""

    name: Name = _left_out()
    timezone: Annotated[str, Field(max_length=64, examples=["America/New_York"])] = _left_out()
    office_phone: Annotated[
        Phone | None, BeforeValidator(_none_if_empty), Field(json_schema_extra=_tell_empty)
    ] = None
    horizon_weeks: Annotated[int, _bounded("horizon_weeks")] = _left_out()
    booking_notice_hours: Annotated[int, _bounded("booking_notice_hours")] = _left_out()
    cancellation_notice_hours: Annotated[int, _bounded("cancellation_notice_hours")] = _left_out()
    grace_minutes: Annotated[int, _bounded("grace_minutes")] = _left_out()
    max_per_week: Annotated[int, _bounded("max_per_week")] = _left_out()
    strike_limit: Annotated[int, _bounded("strike_limit")] = _left_out()
    strike_window_days: Annotated[int, _bounded("strike_window_days")] = _left_out()
    on_strike_limit: Literal["flag", "suspend"] = _left_out()
    late_move_is_strike: bool = _left_out()
    release: ReleaseBody = _left_out()
    intake: Literal["auto", "open", "closed"] = _left_out()
    intake_weeks: Annotated[int, _bounded("intake_weeks")] = _left_out()
    intake_below: Annotated[float, _bounded("intake_below")] = _left_out()
    intake_per_week: Annotated[int, _bounded("intake_per_week")] = _left_out()

    @property
    def changes(self) -> dict[str, Any]:
        """The settings that are there, as the rules have them."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        made = {name: _MADE[name](given[name]) for name in given.keys() & _MADE.keys()}
        return given | made


class EntryBody(RequestModel):
    """One line of the hours."""

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
        """The line, as the rules have it."""
        return Entry.parse(self.weekday, self.start, self.minutes, prime=self.prime)


class HoursRequest(RequestModel):
    """The hours, all of them."""

    hours: Annotated[list[EntryBody], Field(max_length=MAX_ENTRIES)]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines, as the rules have them."""
        return tuple(line.entry() for line in self.hours)


class SwitchRequest(RequestModel):
    """Whether clients may book; `regulars_entered` is the therapist's word for it."""

    enabled: bool
    regulars_entered: bool = False


class EntryView(TypedDict):
    """One line of the hours."""

    weekday: WeekdayName
    start: str
    minutes: int
    prime: bool


class HoursResultView(TypedDict):
    """The hours, and what stands in their way."""

    hours: list[EntryView]
    conflicts: list[ConflictView]


class ReleaseTimeView(TypedDict):
    """When the week is released."""

    weekday: WeekdayName
    time: str


class SettingsView(TypedDict):
    """A practice's settings. Notice is in hours, grace in minutes."""

    therapist_id: str
    self_scheduling: bool
    released_through: str | None
    hours: list[EntryView]
    name: str
    timezone: str | None
    office_phone: str | None
    horizon_weeks: int
    booking_notice_hours: int
    cancellation_notice_hours: int
    grace_minutes: int
    max_per_week: int
    strike_limit: int
    strike_window_days: int
    on_strike_limit: Literal["flag", "suspend"]
    late_move_is_strike: bool
    release: ReleaseTimeView
    intake: Literal["auto", "open", "closed"]
    intake_weeks: int
    intake_below: float
    intake_per_week: int


def settings_view(practice: Practice) -> SettingsView:
    """A practice's settings."""
    through, release = practice.released_through, practice.release
    return {
        "therapist_id": practice.therapist_id,
        "self_scheduling": practice.self_scheduling,
        "released_through": str(through) if through else None,
        "hours": hours_view(practice),
        "name": practice.name,
        "timezone": practice.timezone,
        "office_phone": practice.office_phone,
        "horizon_weeks": practice.horizon_weeks,
        "booking_notice_hours": practice.booking_notice_hours,
        "cancellation_notice_hours": practice.cancellation_notice_hours,
        "grace_minutes": practice.grace_minutes,
        "max_per_week": practice.max_per_week,
        "strike_limit": practice.strike_limit,
        "strike_window_days": practice.strike_window_days,
        "on_strike_limit": practice.on_strike_limit.value,
        "late_move_is_strike": practice.late_move_is_strike,
        "release": {"weekday": release.weekday, "time": f"{release.time:%H:%M}"},
        "intake": practice.intake.value,
        "intake_weeks": practice.intake_weeks,
        "intake_below": practice.intake_below,
        "intake_per_week": practice.intake_per_week,
    }


def hours_view(practice: Practice) -> list[EntryView]:
    """A practice's hours, in the order of the week."""
    return [
        {
            "weekday": entry.weekday,
            "start": f"{entry.start:%H:%M}",
            "minutes": entry.minutes,
            "prime": entry.prime,
        }
        for entry in practice.hours
    ]


def settings_response(practice: Practice) -> JsonResponse:
    """Answer with the settings, and their version as the ETag."""
    return json_response(settings_view(practice), etag=etag_of(practice))


def hours_response(result: HoursResult) -> JsonResponse:
    """Answer with the hours, what stands in their way, and the version of the settings."""
    body = {
        "hours": hours_view(result.practice),
        "conflicts": conflict_views(result.conflicts),
    }
    return json_response(body, etag=etag_of(result.practice))


def etag_of(practice: Practice) -> str:
    """The ETag of the settings and hours."""
    return f'"{practice.version}"'


def parse_if_match(if_match: str | None) -> int | None:
    """The version that an If-Match wants; None where any will do. One that can't be an ETag of
    ours matches nothing."""
    if if_match is None or if_match.strip() == "*":
        return None
    tag = _ETAG.fullmatch(if_match.strip())
    return int(tag[1]) if tag else _NO_VERSION


def _release_time(body: ReleaseBody) -> ReleaseTime:
    return ReleaseTime(weekday=body.weekday, time=parse_time(body.time))


_MADE: Mapping[str, Callable[[Any], Any]] = {
    "intake": Intake,
    "on_strike_limit": OnStrikeLimit,
    "release": _release_time,
}
"""What the rules have in place of a patch's value."""
