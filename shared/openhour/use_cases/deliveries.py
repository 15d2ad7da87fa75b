"""Deliveries: one message at a time is decided, claimed, sent and recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from openhour import ses
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Postponed, Withheld
from openhour.rules.mails import MailFacts
from openhour.rules.scheduled_mails import SCHEDULED as SCHEDULED_KINDS
from openhour.store import messages
from openhour.store.clients import find_client
from openhour.store.due import add_due
from openhour.store.messages import Claim
from openhour.use_cases.announcements import (
    MAIL_RESUMED,
    REMINDERS,
    THERAPIST_MAILS,
    intent_from_json,
    schedule_all_reminders,
    schedule_therapist_mails,
)
from openhour.use_cases.mail_facts import gather
from openhour.use_cases.registration_mails import keep_token

Compose = Callable[[MailFacts], bytes]
"""Writes a mail as a MIME message."""
POSTPONED = "postponed"
REJECTED = "rejected"
REPEATED = "repeated"
SCHEDULED = "scheduled"
RESUMED = "resumed"

_SCHEDULES: Mapping[str, Callable[..., None]] = {
    REMINDERS: schedule_all_reminders,
    THERAPIST_MAILS: schedule_therapist_mails,
}
"""What messages ask for that schedule mails."""


class NotClaimed(Exception):
    """The message can't be claimed now: another delivery has it, or it was tried twice."""


def deliver(
    values: Mapping[str, Any], compose: Compose, *, now: datetime, again: bool = False
) -> str:
    """Deliver a message, if it is still to be sent, and return what came of it.

    `again` delivers one that was tried twice, as the operator has asked.

    Raises:
        KeyError, ValueError: The values are no intent.
        NotClaimed: The message can't be claimed now.
        MailNotSent: SES does not send now. The try does not count.
        Busy: DynamoDB can't answer.
        BotoCoreError, ClientError: SES did not say whether it has sent the mail.
    """
    for name, schedule in _SCHEDULES.items():
        if name in values:
            schedule(values["therapist_id"], now=now)
            return SCHEDULED
    if MAIL_RESUMED in values:
        _mail_again(values["therapist_id"], values["client_id"])
        return RESUMED
    therapist_id, intent = intent_from_json(values)
    if intent.kind in SCHEDULED_KINDS:  # whatever becomes of this one
        schedule_therapist_mails(therapist_id, after=intent, now=now)
    return _deliver(therapist_id, intent, values, compose, now=now, again=again)


def _mail_again(therapist_id: str, client_id: str) -> None:
    """Have SES mail a client again, unless the practice mails them no more.

    SES keeps a list of its own of addresses that have bounced or complained.

    Raises:
        Busy: DynamoDB can't answer.
        BotoCoreError, ClientError: SES can't answer.
    """
    client = find_client(therapist_id, client_id)
    if client and client.email and not client.mail_stopped:
        ses.allow_again(client.email)


def _deliver(
    therapist_id: str,
    intent: MailIntent,
    values: Mapping[str, Any],
    compose: Compose,
    *,
    now: datetime,
    again: bool,
) -> str:
    facts = gather(therapist_id, intent, now=now)
    match facts:
        case Withheld():
            messages.set_outcome(therapist_id, intent.key, values, facts, now=now)
            return facts
        case Postponed():
            add_due(therapist_id, intent.key, values, at=facts.until, now=now)
            return POSTPONED
        case MailFacts():
            mail = compose(facts)
            if not keep_token(therapist_id, intent, facts):
                messages.set_outcome(therapist_id, intent.key, values, Withheld.OUTDATED, now=now)
                return Withheld.OUTDATED
            return _send(therapist_id, intent, values, facts.token, mail, now=now, again=again)
        case None:
            raise NotClaimed  # never: either facts or a reason


def _send(
    therapist_id: str,
    intent: MailIntent,
    values: Mapping[str, Any],
    token: str | None,
    mail: bytes,
    *,
    now: datetime,
    again: bool,
) -> str:
    key = intent.key
    claim = messages.claim(therapist_id, key, values, now=now, again=again)
    if claim is Claim.DONE:
        return REPEATED
    if claim is not Claim.GRANTED:
        raise NotClaimed(claim)
    if token and intent.kind.can_be_ended:
        messages.write_unsubscribe_token(therapist_id, intent.client_id, token, now=now)
    tags = {"therapist_id": therapist_id, "client_id": intent.client_id, "kind": intent.kind}
    if not intent.client_id:
        del tags["client_id"]  # SES refuses an empty one
    try:
        ses_id = ses.send(mail, tags)
    except ses.MailNotSent:
        messages.give_back(therapist_id, key)
        raise
    except ses.MailRejected:
        messages.set_outcome(therapist_id, key, values, REJECTED, now=now)
        return REJECTED
    messages.set_sent(therapist_id, key, ses_id=ses_id, now=now)
    return messages.SENT
