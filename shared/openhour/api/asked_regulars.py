"""Asked regulars: the view of a client's wish that a session of theirs repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from openhour.api.request_fields import WeekdayName
from openhour.api.times import Time, format_time

if TYPE_CHECKING:
    from openhour.rules.asked_regulars import AskedRegular
    from openhour.rules.practice import Practice


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
