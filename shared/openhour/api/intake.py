"""Intake: what decides whether new clients may register, and who registered this week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from openhour.api.times import Time, format_time

if TYPE_CHECKING:
    from datetime import datetime

    from openhour.use_cases.intake import IntakeStatus


class RegisteredView(TypedDict):
    """A client who registered online."""

    client_id: str
    name: str
    at: Time | None
    """When the client registered."""


class IntakeView(TypedDict):
    """What decides now whether new clients may register."""

    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""
    mode: Literal["auto", "open", "closed"]
    """The setting `intake`."""
    share: float
    """The booked share of the future slots of the next `weeks` weeks; 1 if there are none. Mode
    `auto` accepts while it is below `below`."""
    below: float
    """The setting `intake_below`."""
    weeks: int
    """The setting `intake_weeks`."""
    accepting: bool
    """Whether a new client may register now."""
    per_week: int
    """The setting `intake_per_week`."""
    count: int
    """The registrations that were confirmed this week, which may be at most `per_week`."""
    per_day: int
    """The setting `registrations_per_day`."""
    asked_today: int
    """The registrations of today, confirmed or not, which may be at most `per_day`."""
    can_mail: bool
    """Whether mail can be sent, without which nobody can register."""
    registered: list[RegisteredView]
    """The clients who registered this week, oldest first."""


def intake_view(status: IntakeStatus, *, now: datetime) -> IntakeView:
    """Return the view of what decides whether new clients may register."""
    practice = status.practice
    return {
        "now": format_time(now, practice.zone),
        "mode": practice.intake.value,
        "share": status.share,
        "below": practice.intake_below,
        "weeks": practice.intake_weeks,
        "accepting": status.accepting,
        "per_week": practice.intake_per_week,
        "count": status.counts.confirmed,
        "per_day": practice.registrations_per_day,
        "asked_today": status.counts.asked,
        "can_mail": status.can_mail,
        "registered": [
            {
                "client_id": client.client_id,
                "name": client.name,
                "at": format_time(client.created_at, practice.zone),
            }
            for client in status.registered
        ],
    }
