"""Reachability: whether mail goes to a client's address, and what stops and resumes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.clients import Client
from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.refusals import MailNotStopped


def with_mail_stopped(
    client: Client, reason: StopReason, *, address: str, sent_at: datetime, now: datetime
) -> Client:
    """Return the client after a mail to an address came back or was unwanted.

    What concerns another address than the present one changes nothing, and neither does a mail
    from before the therapist or the office last asked to try again.
    """
    if client.mail_stopped or not client.email or not is_same_address(client.email, address):
        return client
    if client.mail_resumed_at and sent_at <= client.mail_resumed_at:
        return client
    return replace(client, mail_stopped=MailStop(reason=reason, at=now))


def with_mail_resumed(client: Client, *, now: datetime) -> Client:
    """Return the client to whom mail goes again, as the therapist or the office asks.

    Raises:
        MailNotStopped: Mail goes to the client already.
    """
    if client.mail_stopped is None:
        raise MailNotStopped
    return replace(client, mail_stopped=None, mail_resumed_at=now)


def was_resumed(before: Client | None, after: Client | None) -> bool:
    """Return whether somebody has asked that a client be mailed again at the same address."""
    if before is None or after is None:
        return False
    is_resumed = before.mail_stopped is not None and after.mail_stopped is None
    return is_resumed and after.email is not None and before.email == after.email


def is_same_address(one: str | None, other: str | None) -> bool:
    """Return whether two addresses are the same, whatever their case, or both are missing."""
    return (one or "").lower() == (other or "").lower()
