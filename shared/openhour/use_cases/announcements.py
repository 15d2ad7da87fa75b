"""Announcements: what a change gives to be told is recorded, then handed to the mailer.

A message that has no outcome is handed over, whether it was recorded before or not. So a crash
between the two loses nothing, and a record that is seen twice is mailed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from openhour import mail_queue, mail_sender
from openhour.rules.appointments import Appointment
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mails import MailKind
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.reminders import reminders_of
from openhour.rules.scheduled_mails import next_mails
from openhour.store import messages
from openhour.store.appointments import appointments_starting_between
from openhour.store.due import add_due
from openhour.store.practices import find_practice, read_practice

REMINDERS = "reminders"
"""Marks a message on the mail queue that asks for reminders to be scheduled."""
THERAPIST_MAILS = "therapist-mails"
"""Marks one that asks for the mails to therapists to be scheduled."""
MAIL_RESUMED = "mail-resumed"
"""Marks one that asks that SES mail a client again."""
REQUESTS = (REMINDERS, THERAPIST_MAILS, MAIL_RESUMED)
"""The marks of messages that are no intents."""
_FARTHEST = timedelta(weeks=60)
"""More than the longest horizon, past which nothing is booked but extra openings."""


def announce(therapist_id: str, intents: Iterable[MailIntent], *, now: datetime) -> int:
    """Record intents and hand them to the mailer, but not those of old acts.

    Return how many were too old. Without a sender, nothing is recorded.

    Raises:
        Busy: DynamoDB can't answer.
        QueueUnavailable: Some are not on the queue.
    """
    if not mail_sender.sender_address():
        return 0
    told = list(_for_each_login(therapist_id, intents))
    fresh = [each for each in told if not each.is_too_old(now=now)]
    unsent = [
        intent_to_json(therapist_id, intent)
        for intent in fresh
        if messages.record(therapist_id, intent.key, intent_to_json(therapist_id, intent), now=now)
    ]
    mail_queue.enqueue(unsent)
    return len(told) - len(fresh)


def _for_each_login(therapist_id: str, intents: Iterable[MailIntent]) -> Iterator[MailIntent]:
    """Yield the intents, those for therapists once for each of their logins."""
    found = list(intents)
    practice = None
    if any(intent.kind.is_for_therapist for intent in found):
        practice = find_practice(therapist_id)
    for intent in found:
        yield from intent.for_logins(practice.logins if practice else ())


def schedule_reminders(therapist_id: str, session: Appointment, *, now: datetime) -> None:
    """Have the client of a booked session reminded, as the settings say now.

    The state is read again before a reminder is sent, so nothing is scheduled off.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if not mail_sender.sender_address():
        return
    try:
        practice = read_practice(therapist_id)
    except UnknownTherapist:
        return
    for at, intent in reminders_of(practice, session, now=now):
        add_due(therapist_id, intent.key, intent_to_json(therapist_id, intent), at=at, now=now)


def ask_for_reminders(therapist_id: str) -> None:
    """Have the mailer schedule the reminders of all sessions that lie ahead.

    Raises:
        QueueUnavailable: The request is not on the queue.
    """
    if mail_sender.sender_address():
        mail_queue.enqueue([{"therapist_id": therapist_id, REMINDERS: True}])


def schedule_all_reminders(therapist_id: str, *, now: datetime) -> None:
    """Schedule the reminders of all sessions that lie ahead. Repeating it changes nothing.

    Raises:
        Busy: DynamoDB can't answer.
    """
    last = now + _FARTHEST
    for session in appointments_starting_between(therapist_id, now, last):
        schedule_reminders(therapist_id, session, now=now)


def ask_for_therapist_mails(therapist_id: str) -> None:
    """Have the mailer schedule the next mails to the practice's therapists.

    Raises:
        QueueUnavailable: The request is not on the queue.
    """
    if mail_sender.sender_address():
        mail_queue.enqueue([{"therapist_id": therapist_id, THERAPIST_MAILS: True}])


def ask_to_mail_again(therapist_id: str, client_id: str) -> None:
    """Have the mailer ask SES to mail a client again, to whose address it mails nothing.

    Raises:
        QueueUnavailable: The request is not on the queue.
    """
    if mail_sender.sender_address():
        request = {"therapist_id": therapist_id, "client_id": client_id, MAIL_RESUMED: True}
        mail_queue.enqueue([request])


def schedule_therapist_mails(
    therapist_id: str, *, after: MailIntent | None = None, now: datetime
) -> None:
    """Schedule the next mails to the practice's therapists, or the one that follows `after`.

    Repeating it changes nothing.

    Raises:
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(therapist_id)
    if practice is None or not mail_sender.sender_address():
        return
    for at, intent in next_mails(practice, now=now):
        if after is None or (intent.kind, intent.login_id) == (after.kind, after.login_id):
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
        login_id=values.get("login_id", ""),
    )
