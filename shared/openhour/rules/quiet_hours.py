"""Quiet hours: when a mail that can wait is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from openhour.rules.practice import Practice
from openhour.rules.weeks import local_start

EVENING_MARGIN = timedelta(minutes=30)
"""How long before quiet hours begin a reminder is sent that would fall into them."""


def quiet_until(practice: Practice, at: datetime) -> datetime | None:
    """Return when the quiet hours end into which an instant falls, or None if it is in none."""
    span = _quiet_span(practice, at)
    return span[1] if span else None


def evening_before(practice: Practice, at: datetime) -> datetime:
    """Return the instant itself or, if it falls into quiet hours, shortly before they begin."""
    span = _quiet_span(practice, at)
    return span[0] - EVENING_MARGIN if span else at


def _quiet_span(practice: Practice, at: datetime) -> tuple[datetime, datetime] | None:
    """Return the beginning and end of the quiet hours around an instant, in UTC."""
    quiet = practice.quiet_hours
    if quiet is None:
        return None
    today = local_start(at, practice.zone).date()
    for day in (today - timedelta(days=1), today):
        last = day if quiet.begins < quiet.ends else day + timedelta(days=1)
        begins = datetime.combine(day, quiet.begins, tzinfo=practice.zone).astimezone(UTC)
        ends = datetime.combine(last, quiet.ends, tzinfo=practice.zone).astimezone(UTC)
        if begins <= at < ends:
            return begins, ends
    return None
