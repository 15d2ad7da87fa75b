"""Reminders: when a client is reminded of a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from openhour.rules.appointments import Appointment, Status
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mails import MailKind
from openhour.rules.practice import Practice
from openhour.rules.quiet_hours import evening_before

MAX_LATE = timedelta(hours=1)
"""A reminder that is later than that is not sent any more."""


def reminder_hours(practice: Practice) -> tuple[int, ...]:
    """Return how many hours before a session its client is reminded."""
    hours = (practice.reminder_hours, practice.second_reminder_hours)
    return tuple(sorted({each for each in hours if each is not None}, reverse=True))


def remind_at(practice: Practice, session: Appointment, hours: int) -> datetime:
    """Return when a client is reminded of a session, not in quiet hours but the evening before."""
    return evening_before(practice, session.start - timedelta(hours=hours))


def reminders_of(
    practice: Practice, session: Appointment, *, now: datetime
) -> Iterator[tuple[datetime, MailIntent]]:
    """Yield each reminder of a booked session that lies ahead, with its instant."""
    if session.status is not Status.BOOKED:
        return
    for hours in reminder_hours(practice):
        at = remind_at(practice, session, hours)
        if at > now:
            yield at, reminder(session, hours, at)


def reminder(session: Appointment, hours: int, at: datetime) -> MailIntent:
    """Return a reminder of a session, `hours` before it."""
    return MailIntent(
        kind=MailKind.REMINDER,
        subject=session.appointment_id,
        client_id=session.client_id,
        acted_at=at,
        occasion=str(hours),
    )
