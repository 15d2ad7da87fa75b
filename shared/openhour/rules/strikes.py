"""Strikes: what counts against a client, and when it has consequences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openhour.rules.clients import Client, Privilege, Strike
from openhour.rules.practice import Practice
from openhour.rules.settings import OnStrikeLimit

MAX_WINDOW = timedelta(days=730)
"""The longest strike window that a practice may set. Older strikes are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeUpdate:
    """A client's strikes and privilege after an act.

    `suspended_by_strike` is the appointment whose strike has suspended the client, if one has.
    """

    strikes: tuple[Strike, ...]
    privilege: Privilege
    suspended_by_strike: str | None

    def apply(self, client: Client) -> Client:
        """Return the client after the act. A suspension that is lifted has no reason any more."""
        lifted = client.privilege is not self.privilege and self.privilege is Privilege.ACTIVE
        return replace(
            client,
            strikes=self.strikes,
            privilege=self.privilege,
            suspended_by_strike=self.suspended_by_strike,
            reason=None if lifted else client.reason,
        )


def count_strikes(client: Client, practice: Practice, *, now: datetime) -> int:
    """Count the strikes within `strike_window_days` and after the client's last restoration."""
    return _count(client.strikes, client, practice, now=now)


def is_flagged(client: Client, practice: Practice, *, now: datetime) -> bool:
    """Return whether the client has reached the strike limit, by a strike not yet seen."""
    reached = count_strikes(client, practice, now=now) >= practice.strike_limit
    return reached and not has_seen_flag(client)


def has_seen_flag(client: Client) -> bool:
    """Return whether the therapist has seen the flag since the latest strike."""
    seen = client.flag_seen_at
    return seen is not None and all(strike.at <= seen for strike in client.strikes)


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
        strikes=strikes,
        privilege=Privilege.SUSPENDED if may_suspend else client.privilege,
        suspended_by_strike=appointment_id if may_suspend else client.suspended_by_strike,
    )


def drop_strike(client: Client, practice: Practice, appointment_id: str) -> StrikeUpdate:
    """Drop an appointment's strike.

    An automatic suspension is lifted if the limit would not have been reached without the strike.
    """
    strikes = tuple(s for s in client.strikes if s.appointment_id != appointment_id)
    by = client.suspended_by_strike
    if client.privilege is not Privilege.SUSPENDED or by is None or strikes == client.strikes:
        return StrikeUpdate(strikes=strikes, privilege=client.privilege, suspended_by_strike=by)
    since = max((s.at for s in client.strikes if s.appointment_id == by), default=None)
    counted = [s for s in client.strikes if since is None or _counts(s, client, practice, since)]
    left = [s for s in counted if s.appointment_id != appointment_id]
    if len(left) == len(counted) or len(left) >= practice.strike_limit:
        latest = max(left, key=lambda s: s.at, default=None)
        by = latest.appointment_id if by == appointment_id and latest else by
        return StrikeUpdate(strikes=strikes, privilege=client.privilege, suspended_by_strike=by)
    return StrikeUpdate(strikes=strikes, privilege=Privilege.ACTIVE, suspended_by_strike=None)


def _count(
    strikes: tuple[Strike, ...], client: Client, practice: Practice, *, now: datetime
) -> int:
    return sum(_counts(strike, client, practice, now) for strike in strikes)


def _counts(strike: Strike, client: Client, practice: Practice, at: datetime) -> bool:
    """Return whether a strike counts at an instant. One after that instant does, too."""
    restored = client.restored_at
    in_window = strike.at > at - timedelta(days=practice.strike_window_days)
    return in_window and (restored is None or strike.at > restored)
