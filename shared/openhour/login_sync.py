"""Logins: the user that a client has in Cognito follows the client's row, which alone is the truth.

Every step can be repeated, and finds by itself what an earlier run, cut short, has left undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openhour import cognito
from openhour.cognito import User
from openhour.rules.clients import Privilege
from openhour.rules.refusals import UnknownClient
from openhour.use_cases.clients import read_client

_LOGIN_COLUMNS = ("login", "email", "privilege", "invited_at")
"""The columns of a client that a login depends on; other rows of the table have none of them."""
_NOT_SENT = "unsent"
"""Noted on a user in place of an invitation until its mail has been taken."""


class LoginNameConflict(Exception):
    """The login name belongs to a user who isn't this client's. It is left alone."""


class LoginNameStillInUse(Exception):
    """The login name still belongs to a former client, whose own record removes it: try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChange:
    """One change of one row of the clients' table: its columns before and after, none where the
    row was not there."""

    therapist_id: str
    client_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def concerns_login(self) -> bool:
        """Whether a column changed that the login depends on."""
        return any(self._changes(column) for column in _LOGIN_COLUMNS)

    @property
    def invites(self) -> bool:
        """Whether a first password was asked for, of a client who was there already."""
        return bool(self.before) and self._changes("invited_at")

    @property
    def usernames(self) -> set[str]:
        """The login names that the row had."""
        return {image["login"] for image in (self.before, self.after) if image.get("login")}

    def _changes(self, column: str) -> bool:
        return bool(self.before.get(column) != self.after.get(column))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Login:
    """What a client's row asks for. `invitation` is when a first password was last asked for, in
    ISO 8601, or `unasked`."""

    therapist_id: str
    client_id: str
    username: str
    email: str
    active: bool
    invitation: str

    @property
    def identity(self) -> dict[str, str]:
        """The attributes that tell whose user it is."""
        return {"custom:therapist_id": self.therapist_id, "custom:client_id": self.client_id}

    @property
    def address(self) -> dict[str, str]:
        """The attributes that tell where mail goes."""
        return {"email": self.email, "email_verified": "true"}

    def owns(self, user: User) -> bool:
        """Whether the user is this client's own."""
        return _has(user, self.identity)


def sync(change: ClientChange) -> None:
    """Make the client's login what the row, read again, says. Raises Foreign, Taken, Busy, and
    whatever Cognito answers when it can't."""
    if not change.concerns_login:
        return
    login = _read_login(change.therapist_id, change.client_id)
    for username in change.usernames - ({login.username} if login else set()):
        _remove(change, username)
    if login:
        _sync_user(login, invites=change.invites)


def _read_login(therapist_id: str, client_id: str) -> _Login | None:
    """The login that the client is to have; None for one who is gone, or has none."""
    try:
        client = read_client(therapist_id, client_id)
    except UnknownClient:
        return None
    if client.login is None:
        return None
    return _Login(
        therapist_id=therapist_id,
        client_id=client_id,
        username=client.login,
        email=client.email or "",
        active=client.privilege is Privilege.ACTIVE,
        invitation=client.invited_at.isoformat() if client.invited_at else "unasked",
    )


def _remove(change: ClientChange, username: str) -> None:
    """Remove the client's own user of that name, if there is one."""
    user = cognito.find(username)
    own = (change.therapist_id, change.client_id)
    if user and (user.therapist_id, user.client_id) == own:
        cognito.delete(username)


def _sync_user(login: _Login, *, invites: bool) -> None:
    """Suspending comes first: it must not wait for mail that can't be sent."""
    user = cognito.find(login.username)
    if user is None:
        _create(login)
        return
    if not login.owns(user):
        raise _name_error(login, user)
    _sync_privilege(login, enabled=user.enabled)
    if not _has(user, login.address):
        cognito.update(login.username, login.address)
    cognito.join_clients(login.username)
    if _is_due(login, user, invites=invites):
        _invite_again(login, user)


def _name_error(login: _Login, user: User) -> Exception:
    """Why the name can't be had: for good, or until the former client's user is removed."""
    if user.therapist_id != login.therapist_id or not user.client_id:
        return LoginNameConflict()
    holder = _read_login(login.therapist_id, user.client_id)
    return (
        LoginNameConflict()
        if holder and holder.username == login.username
        else LoginNameStillInUse()
    )


def _is_due(login: _Login, user: User, *, invites: bool) -> bool:
    """Whether the last invitation has not been mailed. A user made by another hand has none noted,
    and is invited only when asked for."""
    noted = user.attributes.get("custom:invited_at")
    return noted != login.invitation if noted else invites


def _invite_again(login: _Login, user: User) -> None:
    """Mail a first password. Cognito does so again only until one has been chosen; else the user
    is made anew."""
    if user.must_change_password and login.active:
        cognito.resend_invitation(login.username)
        _record_invitation(login)
    else:
        cognito.delete(login.username)
        _create(login)


def _create(login: _Login) -> None:
    attributes = {**login.identity, **login.address, "custom:invited_at": _NOT_SENT}
    cognito.create(login.username, attributes)
    cognito.join_clients(login.username)
    _sync_privilege(login, enabled=True)
    _record_invitation(login)


def _record_invitation(login: _Login) -> None:
    """Note on the user what was mailed last, so that a repeat doesn't mail it again."""
    cognito.update(login.username, {"custom:invited_at": login.invitation})


def _sync_privilege(login: _Login, *, enabled: bool) -> None:
    """Signing out comes after disabling, so that nobody signs in between, and is repeated, since
    whether it was done can't be read."""
    if login.active and not enabled:
        cognito.enable(login.username)
    if not login.active and enabled:
        cognito.disable(login.username)
    if not login.active:
        cognito.revoke_tokens(login.username)


def _has(user: User, attributes: Mapping[str, str]) -> bool:
    return all(user.attributes.get(name, "") == value for name, value in attributes.items())
