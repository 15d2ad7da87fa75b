"""Therapist mails: what the mails to a practice's therapists say, read when they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Status
from openhour.rules.clients import Client
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Decision, Withheld, decide_for_therapist, is_still_true
from openhour.rules.mails import MailFacts, MailKind, RecipientFacts, RegularFacts
from openhour.rules.practice import Practice
from openhour.store.appointments import find_appointment
from openhour.store.clients import find_client
from openhour.use_cases.mail_parts import (
    asked_regular_facts,
    sender_of,
    session_facts,
    therapist_recipient,
)


def therapist_facts(
    practice: Practice, intent: MailIntent, *, now: datetime
) -> MailFacts | Decision:
    """Return what a mail to a therapist says, or why it is not sent.

    Raises:
        Busy: DynamoDB can't answer.
    """
    decision = decide_for_therapist(intent, practice)
    if decision is not None:
        return decision
    recipient = therapist_recipient(practice, intent.login_id)
    if recipient is None:
        return Withheld.NO_ADDRESS
    return _about_client(practice, intent, recipient, now=now)


def _to_therapist(
    practice: Practice, intent: MailIntent, recipient: RecipientFacts, *, now: datetime
) -> MailFacts:
    """Return the facts that every mail to a therapist has."""
    return MailFacts(
        kind=intent.kind,
        sender=sender_of(practice, practice.language, for_therapist=True),
        recipient=recipient,
        acted_at=intent.acted_at,
        key=intent.key,
        sent_at=now,
    )


def _about_client(
    practice: Practice, intent: MailIntent, recipient: RecipientFacts, *, now: datetime
) -> MailFacts | Decision:
    client = find_client(practice.therapist_id, intent.client_id)
    if client is None:
        return Withheld.NO_CLIENT
    if not is_still_true(intent, client, practice):
        return Withheld.OUTDATED
    session = None
    if intent.kind is MailKind.LATE_CANCELLATION:
        session = find_appointment(practice.therapist_id, client.client_id, intent.subject)
        if session is None or session.status is not Status.LATE_CANCELLED:
            return Withheld.OUTDATED
    return replace(
        _to_therapist(practice, intent, recipient, now=now),
        session=session_facts(practice, session, now=now) if session else None,
        people=(client.name,),
        regular=_asked_regular(client) if intent.kind is MailKind.REGULAR_ASKED else None,
    )


def _asked_regular(client: Client) -> RegularFacts | None:
    asked = client.asked_regular
    return asked_regular_facts(asked) if asked else None
