"""Booking checks: what a client sees of the open slots, and why they can't book one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast

from typing_extensions import TypedDict

from openhour.api.calendars import SlotView, slot_view
from openhour.api.names import NamedClientView, named_client_view
from openhour.api.openings import OpeningsView, openings_view
from openhour.api.times import Time, format_time
from openhour.rules.refusals import Refusal
from openhour.rules.slots import Slot, SlotState

if TYPE_CHECKING:
    from openhour.use_cases.booking_checks import BookingCheck
    from openhour.use_cases.openings import Openings

ReasonName = Literal[
    "privilege-suspended",
    "self-scheduling-off",
    "unknown-slot",
    "already-started",
    "too-soon",
    "slot-taken",
    "first-session-ahead",
    "weekly-limit",
]
_DETAILS: Mapping[str, str] = {
    "privilege-suspended": "This client may not book online just now. You can book for them.",
    "self-scheduling-off": "Online booking is switched off for the whole practice.",
    "unknown-slot": "The calendar has no slot at that time.",
    "already-started": "The slot has started.",
    "too-soon": "It starts too soon: clients can book until {notice} before.",
    "slot-taken": "{taken}",
    "first-session-ahead": (
        "This client registered online, and can have one session ahead until the first is kept."
    ),
    "weekly-limit": "This client has {sessions} in week {week}, and can book {limit}.",
}


class ReasonView(TypedDict):
    """A reason for which a client can't book."""

    name: ReasonName
    """The name of the refusal that the client would get. `first-session-ahead` is the
    `weekly-limit` of a client who registered online and has kept no session yet."""
    detail: str
    """The reason, in a sentence for the therapist."""


class ClientOpeningsView(OpeningsView):
    """What a client sees of the open slots, for the therapist."""

    reasons: list[ReasonView]
    """Why the client sees no slots at all; empty where they see those that are open."""


class BookingCheckView(TypedDict):
    """Every reason against a client's booking of a slot."""

    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""
    client: NamedClientView
    """The client, with their name."""
    slot: SlotView | None
    """The slot; null if the calendar has none at that time."""
    reasons: list[ReasonView]
    """The reasons, the first one first. Without any the booking would succeed."""


def client_openings_view(
    openings: Openings, refusals: Iterable[Refusal], *, now: datetime
) -> ClientOpeningsView:
    """Return the view of what a client sees of the open slots."""
    return {
        **openings_view(openings, now=now),
        "reasons": [_reason_view(refusal, {}) for refusal in refusals],
    }


def booking_check_view(check: BookingCheck, *, now: datetime) -> BookingCheckView:
    """Return the view of a booking check."""
    zone, slot = check.practice.zone, check.slot
    facts = _facts(check)
    return {
        "now": format_time(now, zone),
        "client": named_client_view(check.client.client_id, check.names),
        "slot": slot_view(slot, zone, check.names) if slot else None,
        "reasons": [_reason_view(refusal, facts) for refusal in check.reasons],
    }


def _reason_view(refusal: Refusal, facts: Mapping[str, str]) -> ReasonView:
    name = refusal.cause or refusal.name
    return {"name": cast(ReasonName, name), "detail": _DETAILS[name].format_map(facts)}


def _facts(check: BookingCheck) -> Mapping[str, str]:
    practice, client = check.practice, check.client
    return {
        "notice": _count(practice.booking_notice_hours, "hour"),
        "taken": _taken(check.slot, check.names) if check.slot else "",
        "sessions": _count(client.sessions_in(check.week), "session"),
        "week": str(check.week),
        "limit": str(client.weekly_limit(practice)),
    }


def _taken(slot: Slot, names: Mapping[str, str]) -> str:
    if slot.booked:
        return f"{names.get(slot.client_id or '') or 'Somebody'} has a session there."
    if slot.state is SlotState.HELD:
        return "You hold it." if slot.manual_state else "It is held until its week is released."
    return "It is blocked."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
