"""Announcements: what a change gives to be told is recorded, then handed to the mailer.

A message that has no outcome is handed over, whether it was recorded before or not. So a crash
between the two loses nothing, and a record that is seen twice is mailed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from openhour import mail_queue, ses
from openhour.rules.appointments import Appointment
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mails import MailKind
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.reminders import reminders_of
from openhour.store import messages
from openhour.store.due import add_due
from openhour.store.practices import cached_practice


def announce(therapist_id: str, intents: Iterable[MailIntent], *, now: datetime) -> int:
    """Record intents and hand them to the mailer, but not those of old acts.

    Return how many were too old. Without a sender, nothing is recorded.

    Raises:
        Busy: DynamoDB can't answer.
        QueueUnavailable: Some are not on the queue.
    """
    if not ses.sender_address():
        return 0
    told = list(intents)
    fresh = [each for each in told if not each.is_too_old(now=now)]
    unsent = [
        intent_to_json(therapist_id, intent)
        for intent in fresh
        if messages.record(therapist_id, intent.key, intent_to_json(therapist_id, intent), now=now)
    ]
    mail_queue.enqueue(unsent)
    return len(told) - len(fresh)


def schedule_reminders(therapist_id: str, session: Appointment, *, now: datetime) -> None:
    """Have the client of a booked session reminded, as the settings say now.

    The state is read again before a reminder is sent, so nothing is scheduled off.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if not ses.sender_address():
        return
    try:
        practice = cached_practice(therapist_id)
    except UnknownTherapist:
        return
    for at, intent in reminders_of(practice, session, now=now):
        add_due(therapist_id, intent.key, intent_to_json(therapist_id, intent), at=at, now=now)


def intent_to_json(therapist_id: str, intent: MailIntent) -> dict[str, Any]:
    """Return an intent with its therapist as JSON values."""
    values = {**asdict(intent), "acted_at": intent.acted_at.isoformat()}
    return {"therapist_id": therapist_id, **values}


def intent_from_json(values: Mapping[str, Any]) -> tuple[str, MailIntent]:
    """Return the therapist id and the intent of JSON values.

    Raises:
        KeyError, ValueError: The values are no intent.
    """
    return values["therapist_id"], MailIntent(
        kind=MailKind(values["kind"]),
        subject=values["subject"],
        client_id=values["client_id"],
        acted_at=datetime.fromisoformat(values["acted_at"]),
        own=values["own"],
        occasion=values["occasion"],
    )
