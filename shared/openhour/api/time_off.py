"""Time off, as it is taken and shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field, ValidationInfo, field_validator
from typing_extensions import TypedDict

from openhour.api.appointments import TherapistsAppointmentView, show_all_to_therapist
from openhour.api.bodies import Body, Instant, Text
from openhour.api.calendars import ConflictView, show_conflicts
from openhour.api.times import Time, show_time
from openhour.rules.practice import Practice
from openhour.rules.time_off import TimeOff

if TYPE_CHECKING:
    from openhour.store.time_off import TimeOffSet


class TimeOffRequest(Body):
    """A span, half open; with `cancel_booked` everyone in it is cancelled and told `message`."""

    begins: Instant = Field(alias="from")
    ends: Instant = Field(alias="to")
    cancel_booked: bool = False
    message: Text | None = None

    @field_validator("ends")
    @classmethod
    def _ends_after_it_begins(cls, ends: datetime, info: ValidationInfo) -> datetime:
        begins = info.data.get("begins")
        if begins and ends <= begins:
            raise ValueError("Must be after the beginning.")
        return ends

    def wish(self, now: datetime) -> TimeOff:
        """The time off that is wanted."""
        return TimeOff(
            time_off_id="",
            begins=self.begins,
            ends=self.ends,
            made_at=now,
            cancel_booked=self.cancel_booked,
            message=self.message,
        )


TimeOffView = TypedDict(
    "TimeOffView",
    {
        "time_off_id": str,
        "from": Time,
        "to": Time,
        "cancel_booked": bool,
        "message": str | None,
    },
)


class TimeOffSetView(TimeOffView):
    """Time off, the appointments that were cancelled for it, and what stands in its way."""

    cancelled: list[TherapistsAppointmentView]
    conflicts: list[ConflictView]


class AllTimeOffView(TypedDict):
    """All time off."""

    time_off: list[TimeOffView]


def show_time_off(time_off: TimeOff, practice: Practice) -> TimeOffView:
    """A span of time off."""
    return {
        "time_off_id": time_off.time_off_id,
        "from": show_time(time_off.begins, practice.zone),
        "to": show_time(time_off.ends, practice.zone),
        "cancel_booked": time_off.cancel_booked,
        "message": time_off.message,
    }


def show_time_off_set(result: TimeOffSet, practice: Practice) -> TimeOffSetView:
    """What came of taking time off, or of giving it back."""
    return {
        **show_time_off(result.time_off, practice),
        "cancelled": show_all_to_therapist(result.cancelled, practice),
        "conflicts": show_conflicts(result.conflicts),
    }
