"""Time off: request model and views."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field, ValidationInfo, field_validator
from typing_extensions import TypedDict

from openhour.api.appointments import TherapistsAppointmentView, therapist_appointment_views
from openhour.api.calendars import ConflictView, conflict_views
from openhour.api.request_fields import Instant, RequestModel, Text
from openhour.api.times import Time, format_time
from openhour.rules.practice import Practice
from openhour.rules.time_off import TimeOff

if TYPE_CHECKING:
    from openhour.use_cases.time_off import TimeOffResult


class TimeOffRequest(RequestModel):
    """A half-open span. `cancel_booked` cancels its sessions, with `message` to clients."""

    begins: Instant = Field(alias="from")
    ends: Instant = Field(alias="to")
    cancel_booked: bool = False
    message: Text | None = None
    notify: bool = True

    @field_validator("ends")
    @classmethod
    def _ends_after_it_begins(cls, ends: datetime, info: ValidationInfo) -> datetime:
        begins = info.data.get("begins")
        if begins and ends <= begins:
            raise ValueError("Must be after the beginning.")
        return ends

    def to_time_off(self, now: datetime) -> TimeOff:
        """Return the wanted time off."""
        return TimeOff(
            time_off_id="",
            begins=self.begins,
            ends=self.ends,
            made_at=now,
            cancel_booked=self.cancel_booked,
            message=self.message,
            notify=self.notify,
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


class TimeOffResultView(TimeOffView):
    """Time off, the appointments that were cancelled for it, and its conflicts.

    Time off that is given back names those that stay cancelled.
    """

    cancelled: list[TherapistsAppointmentView]
    conflicts: list[ConflictView]


class AllTimeOffView(TypedDict):
    """All time off."""

    time_off: list[TimeOffView]


def time_off_view(time_off: TimeOff, practice: Practice) -> TimeOffView:
    """Return the view of time off."""
    return {
        "time_off_id": time_off.time_off_id,
        "from": format_time(time_off.begins, practice.zone),
        "to": format_time(time_off.ends, practice.zone),
        "cancel_booked": time_off.cancel_booked,
        "message": time_off.message,
    }


def time_off_result_view(result: TimeOffResult, practice: Practice) -> TimeOffResultView:
    """Return the view of time off that was taken or given back."""
    return {
        **time_off_view(result.time_off, practice),
        "cancelled": therapist_appointment_views(result.cancelled, practice),
        "conflicts": conflict_views(result.conflicts),
    }
