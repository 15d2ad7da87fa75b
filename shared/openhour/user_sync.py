"""User sync: one user in Cognito follows the login that a row asks for.

Every step can be repeated, and completes an earlier run that was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from openhour.cognito import MailNotSent, User, UserPool

_NOT_SENT = "unsent"
"""Recorded on a user in place of the invitation until its mail was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUser:
    """The user that a row asks for.

    `identity` holds the attributes that say whose user it is. Enabled or not, it stays as it is if
    `enabled` is None. `invitation` is when a first password was last requested, in ISO 8601, or
    `unasked`: a user who has chosen a password is then created anew, if that is `renewable`.
    `resend` is when another was last asked for, which changes no password that was chosen, or
    empty.
    """

    pool: UserPool
    username: str
    identity: Mapping[str, str]
    email: str
    enabled: bool | None
    invitation: str
    resend: str
    renewable: bool

    @property
    def mailed(self) -> str:
        """What is recorded on the user once both requests are answered, at most 64 characters."""
        return f"{self.invitation} {self.resend}".strip()

    @property
    def address(self) -> dict[str, str]:
        """The attributes that say where mail goes."""
        return {"email": self.email, "email_verified": "true"}


def sync_user(wanted: WantedUser, *, invites: bool, conflict: Callable[[User], Exception]) -> None:
    """Make the user match. Suspending comes first, since it must not wait for mail.

    `invites` says whether a first password was requested just now. `conflict` returns what is
    raised if the user is somebody else's.

    Raises:
        MailNotSent: The user matches, but its first password can't be mailed.
        ClientError: Cognito can't answer.
    """
    user = wanted.pool.find(wanted.username)
    if user is None:
        _create(wanted)
        return
    if not has_attributes(user, wanted.identity):
        raise conflict(user)
    _sync_enabled(wanted, enabled=user.enabled)
    if not has_attributes(user, wanted.address):
        wanted.pool.update(wanted.username, wanted.address)
    if _is_due(wanted, user, invites=invites):
        _invite_again(wanted, user)
    elif wanted.resend != _mailed(user)[1]:
        _resend(wanted, user)


def remove_user(pool: UserPool, username: str, identity: Mapping[str, str]) -> None:
    """Delete the user with that name if it is whose `identity` says."""
    user = pool.find(username)
    if user and has_attributes(user, identity):
        pool.delete(username)


def resend_stamp(asked_at: datetime) -> str:
    """Return when another first password was asked for, as it is recorded on the user."""
    return f"{asked_at:%Y%m%dT%H%M%SZ}"


def has_attributes(user: User, attributes: Mapping[str, str]) -> bool:
    """Return whether a user has these attributes. A missing one is empty."""
    return all(user.attributes.get(name, "") == value for name, value in attributes.items())


def _is_due(wanted: WantedUser, user: User, *, invites: bool) -> bool:
    """Return whether the last invitation has not been mailed.

    A user created by hand has none recorded, and is invited only on request.
    """
    recorded, _ = _mailed(user)
    return recorded != wanted.invitation if recorded else invites


def _mailed(user: User) -> tuple[str, str]:
    """Return which invitation and which resending are recorded on a user, empty for none."""
    invitation, _, resend = user.attributes.get("custom:invited_at", "").partition(" ")
    return invitation, resend


def _may_be_mailed(wanted: WantedUser, user: User) -> bool:
    return user.must_change_password and wanted.enabled is not False


def _resend(wanted: WantedUser, user: User) -> None:
    """Answer somebody who asks for another first password.

    Anybody may ask in a client's name, so the user is never deleted, and nothing is mailed once a
    password was chosen or if the user may not sign in.
    """
    if _may_be_mailed(wanted, user):
        wanted.pool.resend_invitation(wanted.username)
    _record_invitation(wanted)


def _invite_again(wanted: WantedUser, user: User) -> None:
    """Mail a first password. Cognito does so again only until one is chosen.

    Afterwards a renewable user is created anew.
    """
    if _may_be_mailed(wanted, user):
        # Until the mail is accepted, every later run is to send it.
        wanted.pool.update(wanted.username, {"custom:invited_at": _NOT_SENT})
        wanted.pool.resend_invitation(wanted.username)
        _record_invitation(wanted)
    elif wanted.renewable:
        wanted.pool.delete(wanted.username)
        _create(wanted)
    else:
        _record_invitation(wanted)


def _create(wanted: WantedUser) -> None:
    attributes = {**wanted.identity, **wanted.address, "custom:invited_at": _NOT_SENT}
    try:
        wanted.pool.create(wanted.username, attributes)
    except MailNotSent:
        # A suspended client's user must not stay enabled until the mail can be sent.
        if wanted.pool.find(wanted.username):
            _sync_enabled(wanted, enabled=True)
        raise
    _sync_enabled(wanted, enabled=True)
    _record_invitation(wanted)


def _record_invitation(wanted: WantedUser) -> None:
    """Record on the user what was mailed last, so that a repetition does not mail it again."""
    wanted.pool.update(wanted.username, {"custom:invited_at": wanted.mailed})


def _sync_enabled(wanted: WantedUser, *, enabled: bool) -> None:
    """Enable or disable the user.

    Tokens are revoked after disabling, so that nobody signs in between. That is repeated, since
    nothing tells whether it was done.
    """
    if wanted.enabled is None:
        return
    if wanted.enabled and not enabled:
        wanted.pool.enable(wanted.username)
    if not wanted.enabled and enabled:
        wanted.pool.disable(wanted.username)
    if not wanted.enabled:
        wanted.pool.revoke_tokens(wanted.username)
