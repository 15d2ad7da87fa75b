"""One week of the calendar, for the therapist: its slots, what became of them, and time off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NotRequired, cast

from typing_extensions import TypedDict

from openhour.api.calendars import SlotView, slot_view
from openhour.api.entity_tags import response_unless_known
from openhour.api.names import NamedClientView, named_client_view
from openhour.api.responses import JsonResponse
from openhour.api.time_off import TimeOffView, time_off_view
from openhour.api.times import DateText, Time, format_time
from openhour.rules.appointments import Appointment
from openhour.rules.outcomes import Outcome
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot
from openhour.rules.time_off import why_blocked
from openhour.rules.weeks import Week

if TYPE_CHECKING:
    from openhour.use_cases.calendars import CalendarWeek


class EndedSessionView(TypedDict):
    """A session that was cancelled or moved."""

    appointment_id: str
    client: NamedClientView
    """The client who had the session."""
    status: Literal["cancelled", "late_cancelled", "moved"]
    """How the session ended."""
    ended_by: Literal["client", "therapist"] | None
    late: bool


class CalendarSlotView(SlotView):
    """A slot with the outcome of its session and the sessions that ended in it."""

    outcome: NotRequired[Literal["kept", "no_show"] | None]
    """The outcome of the slot's session. It is null before the session's end, unless it is already
    marked as missed, and left out for the office."""
    ended: NotRequired[list[EndedSessionView]]
    """The sessions in this slot that were cancelled or moved. They are left out for the office."""
    reason: NotRequired[Literal["by-hand", "time-off", "no-notice"] | None]
    """Why the slot is blocked: `by-hand`, the therapist has blocked it; `time-off`, it is in time
    off; `no-notice`, a regular's slot that became free too late for its client to be told. It is
    null for a slot that is not blocked, or if none of these is the reason, and left out for the
    office."""
    time_off_id: NotRequired[str | None]
    """The id of the time off in which the blocked slot is, or null; left out for the office."""


_Dates = TypedDict("_Dates", {"from": DateText, "to": DateText})


class CalendarView(_Dates):
    """One week of the calendar, from its Monday until before the next, by local date."""

    week: str
    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""
    published: bool
    """Whether the week's slots are on the calendar."""
    released: bool
    """Whether the week's held slots were released."""
    slots: list[CalendarSlotView]
    """The week's slots, in order of time."""
    time_off: NotRequired[list[TimeOffView]]
    """The time off in the week, in order of time. It is left out for the office."""


def week_response(
    calendar: CalendarWeek, if_none_match: str | None, *, now: datetime
) -> JsonResponse:
    """Return the response with a week, or 304 if the caller has it as it is."""
    at = format_time(now, calendar.practice.zone)
    return response_unless_known(_week_view(calendar), if_none_match, now=at)


def _week_view(calendar: CalendarWeek) -> dict[str, Any]:
    """Return a week, of the shape of `CalendarView` but for `now`."""
    week = calendar.week
    return {
        "week": str(week),
        "from": week.monday.isoformat(),
        "to": (week + 1).monday.isoformat(),
        "published": calendar.published,
        "released": calendar.released,
        "slots": [_calendar_slot_view(slot, calendar) for slot in calendar.slots],
        "time_off": [time_off_view(each, calendar.practice) for each in calendar.time_off],
    }


def _calendar_slot_view(slot: Slot, calendar: CalendarWeek) -> CalendarSlotView:
    names = calendar.names
    reason, span = why_blocked(slot, calendar.time_off)
    ended = (each for each in calendar.ended if each.slot_id == slot.slot_id)
    return {
        **slot_view(slot, calendar.practice.zone, names),
        "outcome": _outcome_name(calendar.outcomes.get(slot.slot_id)),
        "ended": [_ended_session_view(each, names) for each in ended],
        "reason": reason.value if reason else None,
        "time_off_id": span.time_off_id if span else None,
    }


def _outcome_name(outcome: Outcome | None) -> Literal["kept", "no_show"] | None:
    if outcome is None:
        return None
    return "no_show" if outcome is Outcome.NO_SHOW else "kept"


def _ended_session_view(ended: Appointment, names: Mapping[str, str]) -> EndedSessionView:
    status = ended.status.value
    return {
        "appointment_id": ended.appointment_id,
        "client": named_client_view(ended.client_id, names),
        "status": cast(Literal["cancelled", "late_cancelled", "moved"], status),
        "ended_by": ended.ended_by.value if ended.ended_by else None,
        "late": ended.late,
    }


def week_or_current(text: str | None, practice: Practice, *, now: datetime) -> Week:
    """Return the named week, or the current one."""
    return Week.parse(text) if text else practice.week_of(now)
