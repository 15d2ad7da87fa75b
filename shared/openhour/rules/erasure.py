"""Erasure of a client: remove what identifies them, keep what calendar and conduct need."""

from __future__ import annotations

from dataclasses import replace

from openhour.rules.clients import Client, Mail, Privilege

ANONYMOUS_NAME = "(erased)"
"""Stands in place of the name."""


def is_anonymized(client: Client) -> bool:
    """Return whether the client was erased."""
    return client.privilege is Privilege.ENDED and client.name == ANONYMOUS_NAME


def anonymized(client: Client) -> Client:
    """Return the client without identifying data, and with an ended privilege.

    Sessions and strikes stay, under an id that identifies nobody.
    """
    return replace(
        client,
        name=ANONYMOUS_NAME,
        email=None,
        phone=None,
        login=None,
        invited_at=None,
        welcomed_at=None,
        signed_in_at=None,
        resend_asked_at=(),
        privilege=Privilege.ENDED,
        reason=None,
        discharge_reason=None,
        suspended_by_strike=None,
        regulars=client.regulars and (),
        asked_regular=None,
        language=None,
        mail=Mail.ALL,
        calendar_entries=False,
        mail_stopped=None,
        mail_resumed_at=None,
    )
