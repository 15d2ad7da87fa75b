"""Login sync: a client's user in Cognito follows the client's row, which is the truth.

Every step can be repeated, and completes an earlier run that was interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openhour.cognito import CLIENTS, MailNotSent, User
from openhour.rules.clients import Client, Privilege, keeps_login
from openhour.rules.refusals import UnknownClient
from openhour.store.practices import find_practice
from openhour.use_cases.clients import read_client

_LOGIN_COLUMNS = (
    *("login", "email", "privilege"),
    *("invited_at", "resend_asked_at", "may_sign_in"),
)
"""The columns of a client on which the login depends. Other rows of the table have none of them."""
_NOT_SENT = "unsent"
"""Recorded on a user in place of the invitation until its mail was accepted."""


class LoginNameConflict(Exception):
    """The login name belongs to a user who is not this client's. It is left alone."""


class LoginNameStillInUse(Exception):
    """The login name still belongs to a former client, whose own record removes it. Try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChange:
    """A change of a row of the clients table: its columns before and after.

    A side is empty where the row did not exist.
    """

    therapist_id: str
    client_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def concerns_login(self) -> bool:
        """Whether a column changed on which the login depends."""
        return any(self._changes(column) for column in _LOGIN_COLUMNS)

    @property
    def invites(self) -> bool:
        """Whether a first password was requested for a client who existed before."""
        return bool(self.before) and self._changes("invited_at")

    @property
    def usernames(self) -> set[str]:
        """The login names that the row had."""
        return {image["login"] for image in (self.before, self.after) if image.get("login")}

    def _changes(self, column: str) -> bool:
        return bool(self.before.get(column) != self.after.get(column))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Login:
    """The login that a client's row asks for.

    `invitation` is when a first password was last requested by the therapist, in ISO 8601, or
    `unasked`. `resend` is when the client last asked for another, or empty.
    """

    therapist_id: str
    client_id: str
    username: str
    email: str
    enabled: bool
    invitation: str
    resend: str

    @property
    def mailed(self) -> str:
        """What is recorded on the user once both requests are answered, at most 64 characters."""
        return f"{self.invitation} {self.resend}".strip()

    @property
    def identity(self) -> dict[str, str]:
        """The attributes that say whose user it is."""
        return {"custom:therapist_id": self.therapist_id, "custom:client_id": self.client_id}

    @property
    def address(self) -> dict[str, str]:
        """The attributes that say where mail goes."""
        return {"email": self.email, "email_verified": "true"}

    def owns(self, user: User) -> bool:
        """Return whether the user is this client's."""
        return _has(user, self.identity)


def sync(change: ClientChange) -> None:
    """Make the client's login match the row, which is read again.

    Raises:
        LoginNameConflict: The name belongs to another user.
        LoginNameStillInUse: The name belongs to a former client.
        MailNotSent: The login matches, but its first password can't be mailed.
        Busy: DynamoDB can't answer.
        ClientError: Cognito can't.
    """
    if not change.concerns_login:
        return
    login = _read_login(change.therapist_id, change.client_id)
    for username in change.usernames - ({login.username} if login else set()):
        _remove(change, username)
    if login:
        _sync_user(login, invites=change.invites)


def _read_login(therapist_id: str, client_id: str) -> _Login | None:
    """Return the login that the client should have, or None."""
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
        enabled=_is_enabled(therapist_id, client),
        invitation=client.invited_at.isoformat() if client.invited_at else "unasked",
        resend=f"{client.resend_asked_at[-1]:%Y%m%dT%H%M%SZ}" if client.resend_asked_at else "",
    )


def _is_enabled(therapist_id: str, client: Client) -> bool:
    """Return whether the client may sign in. Only a suspended client needs the settings."""
    if client.privilege is Privilege.ACTIVE:
        return True
    practice = find_practice(therapist_id)
    return practice is not None and keeps_login(client, practice)


def _remove(change: ClientChange, username: str) -> None:
    """Delete the client's own user with that name, if there is one."""
    user = CLIENTS.find(username)
    own = (change.therapist_id, change.client_id)
    if user and (user.therapist_id, user.client_id) == own:
        CLIENTS.delete(username)


def _sync_user(login: _Login, *, invites: bool) -> None:
    """Make the user match. Suspending comes first, since it must not wait for mail."""
    user = CLIENTS.find(login.username)
    if user is None:
        _create(login)
        return
    if not login.owns(user):
        raise _name_error(login, user)
    _sync_privilege(login, enabled=user.enabled)
    if not _has(user, login.address):
        CLIENTS.update(login.username, login.address)
    if _is_due(login, user, invites=invites):
        _invite_again(login, user)
    elif login.resend != _mailed(user)[1]:
        _resend(login, user)


def _name_error(login: _Login, user: User) -> Exception:
    """Return why the name can't be used: for good, or until the former client's user is removed."""
    if user.therapist_id != login.therapist_id or not user.client_id:
        return LoginNameConflict()
    holder = _read_login(login.therapist_id, user.client_id)
    return (
        LoginNameConflict()
        if holder and holder.username == login.username
        else LoginNameStillInUse()
    )


def _is_due(login: _Login, user: User, *, invites: bool) -> bool:
    """Return whether the last invitation has not been mailed.

    A user created by hand has none recorded, and is invited only on request.
    """
    recorded, _ = _mailed(user)
    return recorded != login.invitation if recorded else invites


def _mailed(user: User) -> tuple[str, str]:
    """Return which invitation and which resending are recorded on a user, empty for none."""
    invitation, _, resend = user.attributes.get("custom:invited_at", "").partition(" ")
    return invitation, resend


def _resend(login: _Login, user: User) -> None:
    """Answer a client who asks for another first password.

    Anybody may ask in their name, so their user is never deleted, and nothing is mailed once they
    have chosen a password or if they may not sign in.
    """
    if user.must_change_password and login.enabled:
        CLIENTS.resend_invitation(login.username)
    _record_invitation(login)


def _invite_again(login: _Login, user: User) -> None:
    """Mail a first password. Cognito does so again only until one is chosen.

    Afterwards the user is created anew.
    """
    if user.must_change_password and login.enabled:
        # Until the mail is accepted, every later run is to send it.
        CLIENTS.update(login.username, {"custom:invited_at": _NOT_SENT})
        CLIENTS.resend_invitation(login.username)
        _record_invitation(login)
    else:
        CLIENTS.delete(login.username)
        _create(login)


def _create(login: _Login) -> None:
    attributes = {**login.identity, **login.address, "custom:invited_at": _NOT_SENT}
    try:
        CLIENTS.create(login.username, attributes)
    except MailNotSent:
        # A suspended client's user must not stay enabled until the mail can be sent.
        if CLIENTS.find(login.username):
            _sync_privilege(login, enabled=True)
        raise
    _sync_privilege(login, enabled=True)
    _record_invitation(login)


def _record_invitation(login: _Login) -> None:
    """Record on the user what was mailed last, so that a repetition does not mail it again."""
    CLIENTS.update(login.username, {"custom:invited_at": login.mailed})


def _sync_privilege(login: _Login, *, enabled: bool) -> None:
    """Enable or disable the user.

    Tokens are revoked after disabling, so that nobody signs in between. That is repeated, since
    nothing tells whether it was done.
    """
    if login.enabled and not enabled:
        CLIENTS.enable(login.username)
    if not login.enabled and enabled:
        CLIENTS.disable(login.username)
    if not login.enabled:
        CLIENTS.revoke_tokens(login.username)


def _has(user: User, attributes: Mapping[str, str]) -> bool:
    return all(user.attributes.get(name, "") == value for name, value in attributes.items())
