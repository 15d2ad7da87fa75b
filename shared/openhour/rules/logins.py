"""Logins of a practice: its therapists', and those of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openhour.rules.refusals import Forbidden, Invalid, LoginKept, UnknownLogin

MAX_LOGINS = 20
"""Logins of one practice, so that its row stays small."""


class LoginRole(StrEnum):
    """What a login may do: everything, or what the office does for clients who call."""

    THERAPIST = "therapist"
    OFFICE = "office"


Logins = tuple[tuple[str, LoginRole], ...]
"""The ids of a practice's logins with their roles, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLogin:
    """A login of a practice.

    `username` is the login name in Cognito. `invited_at` is when a first password was last asked
    for. A removed login is kept, so that the audit log can say who acted.
    """

    login_id: str
    username: str
    name: str
    email: str
    role: LoginRole
    created_at: datetime
    invited_at: datetime
    removed_at: datetime | None = None


def require_addable(logins: Logins, role: LoginRole) -> None:
    """Check that the practice may get another login.

    Raises:
        Invalid: It has as many as it may, or the first one would be the office's.
    """
    if len(logins) >= MAX_LOGINS:
        raise Invalid.field("email", f"A practice has at most {MAX_LOGINS} logins.")
    if role is LoginRole.OFFICE and first_login(logins) is None:
        raise Invalid.field("role", "The first login is a therapist's.")


def require_removable(logins: Logins, login_id: str, *, by: str | None) -> None:
    """Check that a login may be removed by another login (`by`), or by the operator (None).

    The last therapist's login stays. Nobody removes their own, and only the operator removes the
    first therapist's.

    Raises:
        Forbidden: The login `by` was removed itself.
        UnknownLogin: The practice has no such login.
        LoginKept: It stays.
    """
    if by is not None and by not in dict(logins):
        raise Forbidden
    if login_id not in dict(logins):
        raise UnknownLogin
    if _therapists(logins) == [login_id]:
        raise LoginKept(why="last")
    if by == login_id:
        raise LoginKept(why="own")
    if by is not None and login_id == first_login(logins):
        raise LoginKept(why="first")


def is_removable(logins: Logins, login_id: str, *, by: str) -> bool:
    """Return whether the login `by` may remove another."""
    try:
        require_removable(logins, login_id, by=by)
    except LoginKept:
        return False
    return True


def first_login(logins: Logins) -> str | None:
    """Return the id of the therapist's login that the practice has had for longest."""
    return next(iter(_therapists(logins)), None)


def _therapists(logins: Logins) -> list[str]:
    return [name for name, role in logins if role is LoginRole.THERAPIST]
