"""Resending: when a client who asks for it is mailed a first password again."""

from __future__ import annotations

from datetime import datetime, timedelta

from openhour.rules.clients import Client, keeps_login
from openhour.rules.practice import Practice

_INTERVAL, _DAY = timedelta(hours=1), timedelta(days=1)
MAX_A_DAY = 3
"""First passwords that one client may be mailed within 24 hours by asking for them."""


def may_resend(client: Client | None, practice: Practice, *, now: datetime) -> bool:
    """Return whether somebody with the client's login name is mailed another first password.

    That is at most once an hour and three times a day, while the client may sign in.
    """
    if client is None or not (client.login and client.email and keeps_login(client, practice)):
        return False
    asked = client.resend_asked_at
    recent = [each for each in asked if now - each < _DAY]
    waited = not asked or now - asked[-1] >= _INTERVAL
    return waited and len(recent) < MAX_A_DAY


def with_resend(asked: tuple[datetime, ...], *, now: datetime) -> tuple[datetime, ...]:
    """Return the instants at which it was asked, as many as decide about the next."""
    return (*asked, now)[-MAX_A_DAY:]
