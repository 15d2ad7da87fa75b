"""Strikes: what counts against a client, and when it has consequences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from openhour.rules.clients import Client, Privilege, Strike
from openhour.rules.practice import Practice
from openhour.rules.settings import OnStrikeLimit

MAX_WINDOW = timedelta(days=730)
"""The longest strike window that a practice may set. Older strikes are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeUpdate:
    """A client's strikes and privilege after an act."""

    strikes: tuple[Strike, ...]
    privilege: Privilege


def count_strikes(client: Client, practice: Practice, *, now: datetime) -> int:
    """Count the strikes within `strike_window_days` and after the client's last restoration."""
    return _count(client.strikes, client, practice, now=now)


def is_flagged(client: Client, practice: Practice, *, now: datetime) -> bool:
    """Return whether the client has reached the strike limit."""
    return count_strikes(client, practice, now=now) >= practice.strike_limit


def add_strike(
    client: Client, practice: Practice, appointment_id: str, *, now: datetime
) -> StrikeUpdate:
    """Add a strike, once for each appointment.

    Reaching the limit suspends the client where `on_strike_limit` says so.
    """
    others = (s for s in client.strikes if s.appointment_id != appointment_id)
    recent = tuple(s for s in others if now - s.at <= MAX_WINDOW)
    strikes = (*recent, Strike(appointment_id=appointment_id, at=now))
    reached = _count(strikes, client, practice, now=now) >= practice.strike_limit
    suspends = reached and practice.on_strike_limit is OnStrikeLimit.SUSPEND
    may_suspend = suspends and client.privilege is Privilege.ACTIVE
    return StrikeUpdate(
        strikes=strikes, privilege=Privilege.SUSPENDED if may_suspend else client.privilege
    )


def drop_strike(client: Client, appointment_id: str) -> tuple[Strike, ...]:
    """Return the client's strikes without that appointment's. A suspension stays."""
    return tuple(s for s in client.strikes if s.appointment_id != appointment_id)


def _count(
    strikes: tuple[Strike, ...], client: Client, practice: Practice, *, now: datetime
) -> int:
    since = now - timedelta(days=practice.strike_window_days)
    restored = client.restored_at
    return sum(s.at > since and (restored is None or s.at > restored) for s in strikes)
