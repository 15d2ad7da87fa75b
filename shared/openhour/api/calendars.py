"""The calendar: request models and views of slots, weeks, conflicts and the release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, cast
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from openhour.api.openings import OpeningView, opening_view
from openhour.api.request_fields import Instant, RequestModel, Text
from openhour.api.times import Time, format_time
from openhour.rules.appointments import Appointment
from openhour.rules.conflicts import Conflict
from openhour.rules.hours import MAX_MINUTES, MIN_MINUTES
from openhour.rules.outcomes import Outcome
from openhour.rules.planning import FullWeek
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from openhour.use_cases.calendars import CalendarWeek
    from openhour.use_cases.releases import ReleasePreview, ReleaseResult


def _to_the_minute(start: datetime) -> datetime:
    if start.second or start.microsecond:
        raise ValueError("Must be a whole minute.")
    return start


class ExtraRequest(RequestModel):
    """An opening outside the hours."""

    start: Annotated[Instant, AfterValidator(_to_the_minute)]
    """When the slot starts, in whole minutes."""
    minutes: Annotated[int, Field(ge=MIN_MINUTES, le=MAX_MINUTES)]
    prime: bool = False
    note: Text | None = None


class SlotRequest(RequestModel):
    """The state to which the therapist sets a slot by hand."""

    state: Literal["held", "open", "blocked"]
    """The state that the slot gets."""
    note: Text | None = None
    """A note for the therapist alone. It stays if it is left out, and null removes it."""

    @property
    def wanted(self) -> SlotState:
        """The wanted state."""
        return SlotState(self.state)

    @property
    def notes(self) -> dict[str, str | None]:
        """The note, if one is given or removed."""
        return {"note": self.note} if "note" in self.model_fields_set else {}


class NamedClientView(TypedDict):
    """A client's id and name."""

    client_id: str
    name: str


class SlotView(OpeningView):
    """A slot, for the therapist."""

    state: Literal["open", "held", "booked", "blocked"]
    """Whether the slot is open to clients, held for its week's release, booked, or blocked."""
    prime: bool
    note: NotRequired[str | None]
    """A note for the therapist alone. It is left out for the office."""
    client: NamedClientView | None
    """The client who has the slot, or null."""
    appointment_id: str | None
    regular_id: str | None


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


class CalendarView(TypedDict):
    """One week of the calendar."""

    week: str
    published: bool
    """Whether the week's slots are on the calendar."""
    released: bool
    """Whether the week's held slots were released."""
    slots: list[CalendarSlotView]
    """The week's slots, in order of time."""


class ConflictView(TypedDict):
    """Something that the plan wants and a booking prevents."""

    slot_id: str
    reason: Literal["booked", "no-hours", "overlap", "time-off", "clock-change", "no-notice"]
    """What is in the way: `booked`, another client has the slot of a regular; `no-hours`, the hours
    have no slot at that time; `overlap`, a slot of the hours would overlap one that stays;
    `time-off`, a booking in time off; `clock-change`, a start that the clock skips or shows at
    another time than promised; `no-notice`, a slot that became free too late for the client of a
    regular to be told."""
    client_id: str | None
    appointment_id: str | None
    regular_id: str | None


class FullWeekView(TypedDict):
    """A week in which a client would have more sessions than before, and more than one."""

    client_id: str
    week: str
    """The week with several sessions."""


class ReturnedSlotView(SlotView):
    """A slot returned to the plan."""

    removed: bool
    """Whether the calendar no longer has a slot there."""


class ConflictsView(TypedDict):
    """Every conflict that nobody has settled."""

    conflicts: list[ConflictView]


class UpcomingReleaseView(TypedDict):
    """What the next release will open, and which usual clients have no session that week."""

    next_at: Time
    """When the next release runs. It is in the past only while `due` is true."""
    due: bool
    """Whether the release's time has passed; it then runs within the hour."""
    week: str
    """The week that will be released."""
    will_open: list[OpeningView]
    """The held slots that will open."""
    without_session: list[NamedClientView]
    """The usual clients without a session in that week."""


class ReleasedView(TypedDict):
    """What a release opened and published."""

    week: str
    """The week that was released."""
    opened: list[str]
    """The ids of the slots that opened."""
    published: list[str]
    """The weeks that were published."""


def slot_view(slot: Slot, zone: ZoneInfo, names: Mapping[str, str]) -> SlotView:
    """Return the therapist's view of a slot. `names` are clients' names by id."""
    client_id = slot.client_id
    return {
        **opening_view(slot, zone),
        "state": slot.state.value,
        "prime": slot.prime,
        "note": slot.note,
        "client": {"client_id": client_id, "name": names.get(client_id, "")} if client_id else None,
        "appointment_id": slot.appointment_id,
        "regular_id": slot.regular_id,
    }


def week_view(calendar: CalendarWeek) -> CalendarView:
    """Return the therapist's view of a week."""
    zone, names = calendar.practice.zone, calendar.names
    return {
        "week": str(calendar.week),
        "published": calendar.published,
        "released": calendar.released,
        "slots": [
            {
                **slot_view(slot, zone, names),
                "outcome": _outcome_name(calendar.outcomes.get(slot.slot_id)),
                "ended": [
                    _ended_session_view(each, names)
                    for each in calendar.ended
                    if each.slot_id == slot.slot_id
                ],
            }
            for slot in calendar.slots
        ],
    }


def _outcome_name(outcome: Outcome | None) -> Literal["kept", "no_show"] | None:
    if outcome is None:
        return None
    return "no_show" if outcome is Outcome.NO_SHOW else "kept"


def _ended_session_view(ended: Appointment, names: Mapping[str, str]) -> EndedSessionView:
    client_id, status = ended.client_id, ended.status.value
    return {
        "appointment_id": ended.appointment_id,
        "client": {"client_id": client_id, "name": names.get(client_id, "")},
        "status": cast(Literal["cancelled", "late_cancelled", "moved"], status),
        "ended_by": ended.ended_by.value if ended.ended_by else None,
        "late": ended.late,
    }


def full_week_views(full_weeks: Iterable[FullWeek]) -> list[FullWeekView]:
    """Return the views of weeks in which a client has several sessions."""
    return [{"client_id": each.client_id, "week": str(each.week)} for each in full_weeks]


def conflict_views(conflicts: Iterable[Conflict]) -> list[ConflictView]:
    """Return the views of conflicts."""
    return [
        {
            "slot_id": conflict.slot_id,
            "reason": conflict.reason.value,
            "client_id": conflict.client_id,
            "appointment_id": conflict.appointment_id,
            "regular_id": conflict.regular_id,
        }
        for conflict in conflicts
    ]


def upcoming_release_view(foreseen: ReleasePreview) -> UpcomingReleaseView:
    """Return the view of the next release."""
    zone = foreseen.practice.zone
    return {
        "next_at": format_time(foreseen.next_at, zone),
        "due": foreseen.due,
        "week": str(foreseen.week),
        "will_open": [opening_view(slot, zone) for slot in foreseen.slots_to_open],
        "without_session": [
            {"client_id": client.client_id, "name": client.name}
            for client in foreseen.without_session
        ],
    }


def released_view(released: ReleaseResult) -> ReleasedView:
    """Return the view of a release."""
    return {
        "week": str(released.week),
        "opened": list(released.opened),
        "published": list(map(str, released.published)),
    }


def week_or_current(text: str | None, practice: Practice, *, now: datetime) -> Week:
    """Return the named week, or the current one."""
    return Week.parse(text) if text else practice.week_of(now)
