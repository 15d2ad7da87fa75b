"""Asked regulars: the request model and view of a client's wish that a session of theirs repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from openhour.api.request_fields import AppointmentId, RequestModel, WeekdayName
from openhour.api.responses import JsonResponse, json_response
from openhour.api.times import Time, format_time
from openhour.rules.regulars import MAX_WEEKS_APART

if TYPE_CHECKING:
    from openhour.rules.asked_regulars import AskedRegular
    from openhour.rules.practice import Practice
    from openhour.use_cases.asked_regulars import AskedResult


class AskedRegularRequest(RequestModel):
    """The session that a client asks to repeat."""

    appointment_id: AppointmentId
    every_weeks: Annotated[int, Field(ge=1, le=MAX_WEEKS_APART)]


class AskedRegularView(TypedDict):
    """A client's wish that a session of theirs repeat."""

    appointment_id: str
    weekday: WeekdayName
    start: str
    """The local time at which the session starts."""
    first: str
    """The local date of the session."""
    every_weeks: int
    state: Literal["asked", "declined"]
    """Whether the therapist has yet to answer, or has declined."""
    asked_at: Time
    """When the client asked."""


class AskedRegularResultView(TypedDict):
    """What a client asks for."""

    regular_request: AskedRegularView | None
    """The session that the client asks to repeat; null for none."""


def asked_regular_response(result: AskedResult) -> JsonResponse:
    """Return the response to asking or withdrawing."""
    return json_response({"regular_request": asked_regular_view(result.asked, result.practice)})


def asked_regular_view(asked: AskedRegular | None, practice: Practice) -> AskedRegularView | None:
    """Return the view of what a client asks for, None for nothing."""
    if asked is None:
        return None
    return {
        "appointment_id": asked.appointment_id,
        "weekday": asked.weekday,
        "start": f"{asked.start:%H:%M}",
        "first": asked.first.isoformat(),
        "every_weeks": asked.every_weeks,
        "state": asked.state.value,
        "asked_at": format_time(asked.asked_at, practice.zone),
    }
