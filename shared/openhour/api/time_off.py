"""Time off: request model and views."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationInfo, field_validator
from typing_extensions import TypedDict

from openhour.api.appointments import NamedAppointmentView, named_appointment_views
from openhour.api.calendars import ConflictView, conflict_views
from openhour.api.request_fields import Instant, RequestModel, Text
from openhour.api.times import Time, format_time
from openhour.rules.practice import Practice
from openhour.rules.time_off import Call, TimeOff

if TYPE_CHECKING:
    from openhour.use_cases.time_off import TimeOffResult


class TimeOffRequest(RequestModel):
    """The span of time off, and what happens to its sessions."""

    begins: Instant = Field(alias="from")
    """The beginning, inclusive."""
    ends: Instant = Field(alias="to")
    """The end, exclusive."""
    cancel_booked: bool = False
    message: Text | None = None
    notify: bool = True
    notice: Text | None = None
    note: Text | None = None

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
            notice=self.notice,
            note=self.note,
        )


_Span = TypedDict("_Span", {"from": Time, "to": Time})


class TimeOffView(_Span):
    """A span of time off."""

    time_off_id: str
    cancel_booked: bool
    message: str | None
    notice: str | None
    note: str | None


class CallView(TypedDict):
    """A client to call about a session that was cancelled."""

    client_id: str
    name: str
    phone: str | None
    start: Time
    """When the cancelled session would have started."""
    why: Literal["no_address", "not_mailed", "mail_stopped", "mail_off", "soon"]
    """Why mail won't do: the client has no address, the practice mails no clients yet, mail to the
    address is stopped, they want none, or the session started within 24 hours."""


class TimeOffResultView(TimeOffView):
    """Time off, the appointments that were cancelled for it, and its conflicts."""

    cancelled: list[NamedAppointmentView]
    """The sessions that were cancelled for it. They stay cancelled when it is given back."""
    conflicts: list[ConflictView]
    call: list[CallView]
    """The clients of the cancelled sessions whom mail won't reach in time, soonest first."""


class AllTimeOffView(TypedDict):
    """All time off."""

    time_off: list[TimeOffView]
    """Every span of time off."""


def time_off_view(time_off: TimeOff, practice: Practice) -> TimeOffView:
    """Return the view of time off."""
    return {
        "time_off_id": time_off.time_off_id,
        "from": format_time(time_off.begins, practice.zone),
        "to": format_time(time_off.ends, practice.zone),
        "cancel_booked": time_off.cancel_booked,
        "message": time_off.message,
        "notice": time_off.notice,
        "note": time_off.note,
    }


def _call_view(call: Call, practice: Practice) -> CallView:
    return {
        "client_id": call.client.client_id,
        "name": call.client.name,
        "phone": call.client.phone,
        "start": format_time(call.start, practice.zone),
        "why": call.why.value,
    }


def time_off_result_view(result: TimeOffResult, practice: Practice) -> TimeOffResultView:
    """Return the view of time off that was taken or given back."""
    return {
        **time_off_view(result.time_off, practice),
        "cancelled": named_appointment_views(result.cancelled, practice, result.names),
        "conflicts": conflict_views(result.conflicts, practice, result.names),
        "call": [_call_view(call, practice) for call in result.call],
    }
