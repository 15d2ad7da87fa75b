"""Conduct: what a client's counts say to the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from openhour.rules.clients import Client

MAX_NOTICES = 50
"""The number of latest notices from which the median is taken."""


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


def add_notice(notices: tuple[int, ...], notice: timedelta) -> tuple[int, ...]:
    """Return the latest notices with one more, in whole minutes."""
    return (*notices, int(notice.total_seconds() // 60))[-MAX_NOTICES:]
