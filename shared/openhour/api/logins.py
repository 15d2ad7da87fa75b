"""Logins of a practice: the request model and the views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from openhour.api.request_fields import Address, Name, RequestModel
from openhour.api.times import Time, format_time
from openhour.rules.logins import LoginRole, PracticeLogin, is_removable
from openhour.rules.practice import Practice

RoleName = Literal["therapist", "office"]


class LoginRequest(RequestModel):
    """Somebody who is to sign in to the practice."""

    name: Name
    """The name, by which the audit log says who acted."""
    email: Address
    """The address to which the first password is mailed, and with which one signs in."""
    role: RoleName
    """What the login may do. The office books, moves and cancels, holds, opens and blocks slots,
    and reads the calendar, names and phones. It neither sees nor changes anything else."""

    @property
    def login_role(self) -> LoginRole:
        """The role."""
        return LoginRole(self.role)


class LoginView(TypedDict):
    """A login of the practice."""

    login_id: str
    login: str
    """What is typed to sign in, as a rule the address."""
    name: str
    """The name of who signs in."""
    email: str
    """The address to which the first password is mailed."""
    role: RoleName
    """What the login may do."""
    created_at: Time
    """When the login was added."""
    invited_at: Time
    """When a first password was last asked for."""
    removable: bool
    """Whether the login that asks may remove it."""


class LoginsView(TypedDict):
    """The logins of the practice."""

    logins: list[LoginView]
    """The logins, the oldest first."""


class SignedInView(TypedDict):
    """The login that makes the request."""

    login_id: str
    name: str
    """The name of who is signed in."""
    role: RoleName
    """What the login may do."""


def logins_view(logins: Iterable[PracticeLogin], practice: Practice, *, by: str) -> LoginsView:
    """Return the view of a practice's logins for the login `by`."""
    return {"logins": [login_view(each, practice, by=by) for each in logins]}


def login_view(login: PracticeLogin, practice: Practice, *, by: str) -> LoginView:
    """Return the view of a login for the login `by`."""
    zone = practice.zone
    return {
        "login_id": login.login_id,
        "login": login.username.partition("/")[2],
        "name": login.name,
        "email": login.email,
        "role": login.role.value,
        "created_at": format_time(login.created_at, zone),
        "invited_at": format_time(login.invited_at, zone),
        "removable": is_removable(practice.logins, login.login_id, by=by),
    }


def signed_in_view(
    login_id: str, login: PracticeLogin | None, practice: Practice
) -> SignedInView | None:
    """Return the view of who is signed in, or None if the login was removed meanwhile."""
    role = practice.role_of(login_id)
    if role is None:
        return None
    return {"login_id": login_id, "name": login.name if login else "", "role": role.value}
