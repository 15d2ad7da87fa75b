"""Welcomes: whether a client can be mailed how to book, and what is booked for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from openhour.rules.clients import Client, Mail, Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import (
    BeforeMailFrom,
    ClientSuspended,
    MailStopped,
    MailUnwanted,
    NoAddress,
    NoSender,
    NotInvited,
)

_SAME_REQUEST = timedelta(minutes=1)
"""The time within which welcoming a client again is taken for a repeat, which mails nothing."""


def require_welcome(client: Client, practice: Practice, *, sends_mail: bool, now: datetime) -> None:
    """Check that a client would be mailed a welcome.

    Raises:
        ClientSuspended: They can't book.
        NoSender: No address that sends mail is set up.
        NoAddress: They have none.
        NotInvited: They have no login.
        MailStopped: Mail came back, or was marked as unwanted.
        MailUnwanted: They want no mail.
        BeforeMailFrom: Clients are not mailed yet.
    """
    if client.privilege is Privilege.SUSPENDED:
        raise ClientSuspended
    if not sends_mail:
        raise NoSender
    if not client.email:
        raise NoAddress
    if not client.login:
        raise NotInvited
    if client.mail_stopped:
        raise MailStopped
    if client.mail is Mail.NONE:
        raise MailUnwanted
    if not practice.mails_clients(at=now):
        raise BeforeMailFrom


def was_just_welcomed(client: Client, *, now: datetime) -> bool:
    """Return whether a client was welcomed so lately that this is the same request."""
    return client.welcomed_at is not None and now - client.welcomed_at < _SAME_REQUEST
