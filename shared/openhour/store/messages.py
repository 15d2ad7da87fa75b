"""Messages: what is to be told once, claimed before it is sent, and what became of it.

The conditions of the writes keep a message from being sent more than twice, however often it is
handed over: once, and once more if a sender has crashed between sending and recording that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pynamodb.expressions.condition import Condition

from openhour.rules.registrations import hash_of
from openhour.store.models import MessageRow, UnsubscribeRow
from openhour.store.queries import get
from openhour.store.transactions import ConditionFailed, Update, write

EMAIL = "email"
"""The channel of messages that are mailed."""
SENT = "sent"
"""The outcome of a message that was sent."""
MAX_TRIES = 2
CLAIM_LASTS = timedelta(seconds=60)
"""More than the mailer's timeout, and less than the queue's visibility timeout: a message that is
received again after a crash finds its claim lapsed."""
_KEPT = timedelta(days=90)


class Claim(StrEnum):
    """The result of an attempt to claim a message."""

    GRANTED = "granted"
    DONE = "done"
    """The message has an outcome."""
    HELD = "held"
    """Another claim has not lapsed."""
    EXHAUSTED = "exhausted"
    """It was claimed twice, and may have been sent."""


def record(
    therapist_id: str, key: str, intent: Mapping[str, Any], *, channel: str = EMAIL, now: datetime
) -> bool:
    """Write a message, whether it is there or not. Return whether it has no outcome yet.

    Raises:
        Busy: No attempt succeeded.
    """
    actions = [
        MessageRow.channel.set(channel),
        MessageRow.intent.set(dict(intent)),
        MessageRow.expires_at.set(now + _KEPT),
    ]
    return _write(therapist_id, key, actions, MessageRow.outcome.does_not_exist())


def claim(
    therapist_id: str,
    key: str,
    intent: Mapping[str, Any],
    *,
    now: datetime,
    again: bool = False,
) -> Claim:
    """Claim a message, in order to send it.

    `again` claims it although it was claimed twice: the operator hands over a dead letter.

    Raises:
        Busy: No attempt succeeded.
    """
    free: Condition = MessageRow.outcome.does_not_exist() & (
        MessageRow.claimed_at.does_not_exist() | (MessageRow.claimed_at <= now - CLAIM_LASTS)
    )
    if not again:
        free &= MessageRow.tries.does_not_exist() | (MessageRow.tries < MAX_TRIES)
    actions = [
        MessageRow.channel.set(EMAIL),
        MessageRow.intent.set(dict(intent)),
        MessageRow.tries.add(1),
        MessageRow.claimed_at.set(now),
        MessageRow.expires_at.set(now + _KEPT),
    ]
    if _write(therapist_id, key, actions, free):
        return Claim.GRANTED
    return _why_not(therapist_id, key, now=now)


def give_back(therapist_id: str, key: str) -> None:
    """Return a claim whose message was certainly not sent. The try does not count.

    Raises:
        Busy: No attempt succeeded.
    """
    actions = [MessageRow.tries.add(-1), MessageRow.claimed_at.remove()]
    _write(therapist_id, key, actions, MessageRow.claimed_at.exists())


def set_sent(therapist_id: str, key: str, *, ses_id: str, now: datetime) -> None:
    """Record that a message was sent, under that id.

    Raises:
        Busy: No attempt succeeded.
    """
    actions = [
        MessageRow.outcome.set(SENT),
        MessageRow.sent_at.set(now),
        MessageRow.ses_id.set(ses_id),
    ]
    _write(therapist_id, key, actions, MessageRow.therapist_id.exists())


def set_outcome(
    therapist_id: str, key: str, intent: Mapping[str, Any], outcome: str, *, now: datetime
) -> None:
    """Record why a message is not sent, unless it has an outcome. That is final.

    Raises:
        Busy: No attempt succeeded.
    """
    actions = [
        MessageRow.channel.set(EMAIL),
        MessageRow.intent.set(dict(intent)),
        MessageRow.outcome.set(outcome),
        MessageRow.expires_at.set(now + _KEPT),
    ]
    _write(therapist_id, key, actions, MessageRow.outcome.does_not_exist())


def has_outcome(therapist_id: str, key: str) -> bool:
    """Return whether a message has been sent, or is never to be sent."""
    row = get(MessageRow, therapist_id, key)
    return bool(row and row.outcome)


def write_unsubscribe_token(
    therapist_id: str, client_id: str, token: str, *, now: datetime
) -> None:
    """Write whose mails a token ends, for as long as messages are kept.

    Raises:
        Busy: No attempt succeeded.
    """
    column = UnsubscribeRow.client_id
    actions = [column.set(client_id), UnsubscribeRow.expires_at.set(now + _KEPT)]
    row = UnsubscribeRow(therapist_id, _unsubscribe_key(token))
    write(Update(row=row, actions=actions, when=column.does_not_exist()))


def find_subscriber(therapist_id: str, token: str, *, now: datetime) -> str | None:
    """Return the id of the client whose mails a token ends, or None if it is not good."""
    row = get(UnsubscribeRow, therapist_id, _unsubscribe_key(token))
    return row.client_id if row and now < row.expires_at else None


def _unsubscribe_key(token: str) -> str:
    return f"{UnsubscribeRow.key_prefix}{hash_of(token)}"


def _write(therapist_id: str, key: str, actions: Any, when: Condition) -> bool:
    """Update a message. Return whether the condition held."""
    try:
        write(Update(row=MessageRow(therapist_id, key), actions=actions, when=when))
    except ConditionFailed:
        return False
    return True


def _why_not(therapist_id: str, key: str, *, now: datetime) -> Claim:
    row = get(MessageRow, therapist_id, key)
    if row is None:
        return Claim.HELD  # it was erased meanwhile; the next attempt tells
    if row.outcome:
        return Claim.DONE
    claimed_at: datetime | None = row.claimed_at
    held = claimed_at is not None and claimed_at > now - CLAIM_LASTS
    return Claim.HELD if held else Claim.EXHAUSTED
