"""The calendar: request models and views of slots, weeks, conflicts and the release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from openhour.api.names import NamedClientView, named_client_view
from openhour.api.openings import OpeningView, opening_view
from openhour.api.request_fields import Instant, RequestModel, Text, WeekdayName
from openhour.api.times import Time, format_time
from openhour.rules.conflicts import Conflict
from openhour.rules.hours import MAX_MINUTES, MIN_MINUTES
from openhour.rules.planning import FullWeek
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from openhour.use_cases.releases import ReleasePreview, ReleaseResult, WithoutSession


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


class ConflictView(TypedDict):
    """Something that the plan wants and a booking prevents."""

    slot_id: str
    reason: Literal["booked", "no-hours", "overlap", "time-off", "clock-change", "no-notice"]
    """What is in the way: `booked`, another client has the slot of a regular; `no-hours`, the hours
    have no slot at that time; `overlap`, a slot of the hours would overlap one that stays;
    `time-off`, a booking in time off; `clock-change`, a start that the clock skips or shows at
    another time than promised; `no-notice`, a slot that became free too late for the client of a
    regular to be told."""
    start: Time
    """When the slot starts."""
    end: Time | None
    """When the slot ends; null where neither the calendar nor the hours have one."""
    client: NamedClientView | None
    """The client whose booking is in the way, or null."""
    waiting: NamedClientView | None
    """The client of the regular that waits or can't be placed, or null."""
    client_id: str | None
    """The client whose booking is in the way, or else the one of the regular."""
    appointment_id: str | None
    regular_id: str | None


class FullWeekView(TypedDict):
    """A week in which a client would have more sessions than before, and more than one."""

    client_id: str
    client: NamedClientView
    """The client, with their name."""
    week: str
    """The week with several sessions."""


class ReturnedSlotView(SlotView):
    """A slot returned to the plan."""

    removed: bool
    """Whether the calendar no longer has a slot there."""


class ConflictsView(TypedDict):
    """Every conflict that nobody has settled."""

    conflicts: list[ConflictView]


class RegularTimeView(TypedDict):
    """The time of a regular."""

    regular_id: str
    weekday: WeekdayName
    start: str
    """The local time at which its sessions start."""
    every_weeks: int


class WithoutSessionView(NamedClientView):
    """A usual client without a session in a week."""

    phone: str | None
    regular: RegularTimeView | None
    """The client's regular that falls on the week, given up or not; null for none."""
    last_session: Time | None
    """When the last session started that the client kept in the past twenty weeks, or null."""


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
    without_session: list[WithoutSessionView]
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
    return {
        **opening_view(slot, zone),
        "state": slot.state.value,
        "prime": slot.prime,
        "note": slot.note,
        "client": named_client_view(slot.client_id, names),
        "appointment_id": slot.appointment_id,
        "regular_id": slot.regular_id,
    }


def full_week_views(full_weeks: Iterable[FullWeek], names: Mapping[str, str]) -> list[FullWeekView]:
    """Return the views of weeks in which a client has several sessions."""
    return [
        {
            "client_id": each.client_id,
            "client": named_client_view(each.client_id, names),
            "week": str(each.week),
        }
        for each in full_weeks
    ]


def conflict_views(
    conflicts: Iterable[Conflict], practice: Practice, names: Mapping[str, str]
) -> list[ConflictView]:
    """Return the views of conflicts. `names` are clients' names by id."""
    zone = practice.zone
    return [
        {
            "slot_id": conflict.slot_id,
            "reason": conflict.reason.value,
            "start": format_time(conflict.start, zone),
            "end": format_time(conflict.end, zone),
            "client": named_client_view(conflict.booked_client_id, names),
            "waiting": named_client_view(conflict.waiting_client_id, names),
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
        "without_session": [_without_session_view(each, zone) for each in foreseen.without_session],
    }


def _without_session_view(without: WithoutSession, zone: ZoneInfo) -> WithoutSessionView:
    client, regular, last = without.client, without.regular, without.last_session
    return {
        "client_id": client.client_id,
        "name": client.name,
        "phone": client.phone,
        "regular": _regular_time_view(regular) if regular else None,
        "last_session": format_time(last.start, zone) if last else None,
    }


def _regular_time_view(regular: Regular) -> RegularTimeView:
    return {
        "regular_id": regular.regular_id,
        "weekday": regular.weekday,
        "start": f"{regular.start:%H:%M}",
        "every_weeks": regular.every_weeks,
    }


def released_view(released: ReleaseResult) -> ReleasedView:
    """Return the view of a release."""
    return {
        "week": str(released.week),
        "opened": list(released.opened),
        "published": list(map(str, released.published)),
    }
