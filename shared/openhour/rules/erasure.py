"""Erasing a client: what tells who it was goes, what the calendar and the record need stays."""

from __future__ import annotations

from dataclasses import replace

from openhour.rules.clients import Client, Privilege

ANONYMOUS_NAME = "(erased)"
"""What is read in place of the name."""


def anonymized(client: Client) -> Client:
    """The client without anything that tells who it was; privilege, like the client, has ended.
    Sessions, strikes and the record belong to the id alone, which nobody can tell from."""
    return replace(
        client,
        name=ANONYMOUS_NAME,
        email=None,
        phone=None,
        login=None,
        invited_at=None,
        privilege=Privilege.ENDED,
        reason=None,
    )
