"""Welcomes: a client whom the office has entered is mailed how to book, and what is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client
from openhour.rules.welcomes import require_welcome, was_just_welcomed
from openhour.store.audit_log import audit_entry
from openhour.store.clients import update_client
from openhour.store.practices import read_practice
from openhour.store.transactions import commit, retry_on_conflict
from openhour.use_cases.clients import read_client


@retry_on_conflict()
def welcome(therapist_id: str, client_id: str, *, sends_mail: bool, now: datetime) -> Client:
    """Record that a client is to be welcomed. The mail follows from the row.

    Raises:
        UnknownClient: There is no such client.
        ClientSuspended, NoSender, NoAddress, NotInvited, MailStopped, MailUnwanted, BeforeMailFrom:
            They would get no mail, or it would not be true.
        Busy: No attempt succeeded.
    """
    practice, before = read_practice(therapist_id), read_client(therapist_id, client_id)
    require_welcome(before, practice, sends_mail=sends_mail, now=now)
    if was_just_welcomed(before, now=now):
        return before
    after = replace(before, welcomed_at=now)
    entry = audit_entry(therapist_id, AuditAction.WELCOME, now=now, client_id=client_id)
    commit([update_client(therapist_id, before, after), entry])
    return after
