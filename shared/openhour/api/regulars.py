"""Regulars: request model and views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator
from typing_extensions import TypedDict

from openhour.api.appointments import NamedAppointmentView, named_appointment_views
from openhour.api.calendars import (
    ConflictView,
    FullWeekView,
    conflict_views,
    full_week_views,
)
from openhour.api.names import NamedClientView, named_client_view
from openhour.api.request_fields import (
    ClientId,
    Date,
    RequestModel,
    TimeOfDay,
    Weekday,
    WeekdayName,
)
from openhour.rules.practice import Practice
from openhour.rules.regulars import MAX_WEEKS_APART, Regular
from openhour.rules.weeks import parse_time

if TYPE_CHECKING:
    from openhour.use_cases.regulars import RegularResult


class RegularRequest(RequestModel):
    """A regular."""

    client_id: ClientId
    weekday: Weekday
    start: TimeOfDay
    every_weeks: Annotated[int, Field(ge=1, le=MAX_WEEKS_APART)] = 1
    first: Date
    until: Date | None = None
    notify: bool = True
    """Whether the client is told."""

    @field_validator("until")
    @classmethod
    def _ends_after_it_begins(cls, until: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("first")
        if until and first and until < first:
            raise ValueError("Must not be before the first.")
        return until

    def to_regular(self, regular_id: str = "") -> Regular:
        """Return the wanted regular, a new one unless it has an id."""
        return Regular(
            regular_id=regular_id,
            client_id=self.client_id,
            weekday=self.weekday,
            start=parse_time(self.start),
            every_weeks=self.every_weeks,
            first=self.first,
            until=self.until,
            notify=self.notify,
        )


class RegularView(TypedDict):
    """A regular."""

    regular_id: str
    client_id: str
    client: NamedClientView
    """The client, with their name."""
    weekday: WeekdayName
    start: str
    every_weeks: int
    first: str
    until: str | None


class RegularResultView(RegularView):
    """A regular, the slots that it occupies, those that it leaves out, and its conflicts."""

    placed: list[str]
    """The ids of the slots that the regular occupies."""
    skipped: list[str]
    """The ids of the slots that it leaves out."""
    conflicts: list[ConflictView]
    cancelled: list[NamedAppointmentView]
    """The sessions that end with the change. A booking of the client's own stays."""
    full_weeks: list[FullWeekView]


class RegularsView(TypedDict):
    """Every regular that has not ended, by weekday, start and client."""

    regulars: list[RegularView]
    """The regulars that have not ended, by weekday, start and client."""


def regular_view(regular: Regular, names: Mapping[str, str]) -> RegularView:
    """Return the view of a regular. `names` are clients' names by id."""
    return {
        "regular_id": regular.regular_id,
        "client_id": regular.client_id,
        "client": named_client_view(regular.client_id, names),
        "weekday": regular.weekday,
        "start": f"{regular.start:%H:%M}",
        "every_weeks": regular.every_weeks,
        "first": regular.first.isoformat(),
        "until": regular.until.isoformat() if regular.until else None,
    }


def regular_result_view(result: RegularResult, practice: Practice) -> RegularResultView:
    """Return the view of an entered, changed or ended regular."""
    return {
        **regular_view(result.regular, result.names),
        "placed": list(result.placed),
        "skipped": list(result.skipped),
        "conflicts": conflict_views(result.conflicts, practice, result.names),
        "cancelled": named_appointment_views(result.cancelled, practice, result.names),
        "full_weeks": full_week_views(result.full_weeks, result.names),
    }
