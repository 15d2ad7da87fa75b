"""Login sync: a client's user in Cognito follows the client's row, which is the truth.

Every step can be repeated (see `user_sync`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from openhour.cognito import CLIENTS, User
from openhour.rules.clients import Client, Privilege, keeps_login
from openhour.rules.refusals import UnknownClient
from openhour.store.practices import find_practice
from openhour.use_cases.clients import read_client
from openhour.user_sync import WantedUser, remove_user, resend_stamp, sync_user

_LOGIN_COLUMNS = (
    *("login", "email", "privilege"),
    *("invited_at", "resend_asked_at", "may_sign_in"),
)
"""The columns of a client on which the login depends. Other rows of the table have none of them."""


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
    therapist_id, client_id = change.therapist_id, change.client_id
    wanted = _read_wanted(therapist_id, client_id)
    for username in change.usernames - ({wanted.username} if wanted else set()):
        remove_user(CLIENTS, username, _identity(therapist_id, client_id))
    if wanted:
        conflict = partial(_name_error, therapist_id, wanted.username)
        sync_user(wanted, invites=change.invites, conflict=conflict)


def _read_wanted(therapist_id: str, client_id: str) -> WantedUser | None:
    """Return the user that the client should have, or None."""
    try:
        client = read_client(therapist_id, client_id)
    except UnknownClient:
        return None
    if client.login is None:
        return None
    return WantedUser(
        pool=CLIENTS,
        username=client.login,
        identity=_identity(therapist_id, client_id),
        email=client.email or "",
        enabled=_is_enabled(therapist_id, client),
        invitation=client.invited_at.isoformat() if client.invited_at else "unasked",
        resend=resend_stamp(client.resend_asked_at[-1]) if client.resend_asked_at else "",
        renewable=True,
    )


def _identity(therapist_id: str, client_id: str) -> dict[str, str]:
    return {"custom:therapist_id": therapist_id, "custom:client_id": client_id}


def _is_enabled(therapist_id: str, client: Client) -> bool:
    """Return whether the client may sign in. Only a suspended client needs the settings."""
    if client.privilege is Privilege.ACTIVE:
        return True
    practice = find_practice(therapist_id)
    return practice is not None and keeps_login(client, practice)


def _name_error(therapist_id: str, username: str, user: User) -> Exception:
    """Return why the name can't be used: for good, or until the former client's user is removed."""
    if user.therapist_id != therapist_id or not user.client_id:
        return LoginNameConflict()
    holder = _read_wanted(therapist_id, user.client_id)
    taken = holder is not None and holder.username == username
    return LoginNameConflict() if taken else LoginNameStillInUse()
