"""Conduct: what a client's counts say to the therapist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.clients import Client

MAX_NOTICES = 50
"""The number of latest notices from which the median is taken."""


MAX_RECENT = 10
"""The number of latest sessions whose outcomes are listed."""
RECENT_SPAN = timedelta(weeks=20)
"""How far back they may lie: ten sessions of a client who comes every other week."""


class RecentOutcome(StrEnum):
    """What became of a session."""

    KEPT = "kept"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"
    MOVED = "moved"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """A client's conduct. `median_notice_hours` covers their latest cancellations and moves."""

    booked: int
    kept: int
    cancelled: int
    late_cancelled: int
    moved: int
    no_shows: int
    median_notice_hours: float | None


def conduct_of(client: Client, *, upcoming: int) -> Conduct:
    """Return the conduct of a client with `upcoming` sessions that have not ended.

    Sessions that the therapist ended are nobody's conduct. A session whose time has passed unmarked
    counts as kept. A moved session counts as booked once.
    """
    tally = client.tally
    booked = tally.booked - tally.cancelled_by_therapist
    not_kept = tally.cancelled + tally.late_cancelled + tally.no_shows + upcoming
    return Conduct(
        booked=booked,
        kept=max(0, booked - not_kept),
        cancelled=tally.cancelled,
        late_cancelled=tally.late_cancelled,
        moved=tally.moved,
        no_shows=tally.no_shows,
        median_notice_hours=median(client.notices) // 6 / 10 if client.notices else None,
    )


def recent_outcomes(
    appointments: Iterable[Appointment], *, now: datetime
) -> Mapping[str, tuple[RecentOutcome, ...]]:
    """Return what became of each client's latest ten sessions, newest last, by client id.

    `appointments` are in order of time. Sessions that are to come, or that the therapist ended, are
    left out.
    """
    found: dict[str, list[RecentOutcome]] = {}
    for appointment in appointments:
        outcome = _recent_outcome(appointment, now=now)
        if outcome:
            found.setdefault(appointment.client_id, []).append(outcome)
    return {client_id: tuple(each[-MAX_RECENT:]) for client_id, each in found.items()}


def _recent_outcome(appointment: Appointment, *, now: datetime) -> RecentOutcome | None:
    if appointment.status is Status.BOOKED:
        return RecentOutcome.KEPT if appointment.end <= now else None
    if appointment.start > now or appointment.ended_by is Party.THERAPIST:
        return None
    return RecentOutcome(appointment.status.value)


def add_notice(notices: tuple[int, ...], notice: timedelta) -> tuple[int, ...]:
    """Return the latest notices with one more, in whole minutes."""
    return (*notices, int(notice.total_seconds() // 60))[-MAX_NOTICES:]
