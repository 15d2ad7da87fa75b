"""Logins of a practice: listed, added and removed. Login sync follows their rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import login_name
from openhour.rules.logins import (
    LoginRole,
    PracticeLogin,
    require_addable,
    require_removable,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import KnownLogin, UnknownLogin
from openhour.store.audit_log import audit_entry
from openhour.store.logins import (
    ask_for_first_password,
    find_login,
    insert_login,
    logins_of,
    mark_removed,
)
from openhour.store.practices import read_practice, write_practice
from openhour.store.simultaneous_reads import at_once
from openhour.store.transactions import commit, retry_on_conflict
from openhour.tokens import new_token

_SAME_REQUEST = timedelta(minutes=1)
"""The time within which adding the same login again is taken for a repeat, which mails nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginResult:
    """A login, and the practice as it then is. `new`: it was not there before."""

    practice: Practice
    login: PracticeLogin
    new: bool = False


def list_logins(therapist_id: str) -> tuple[Practice, tuple[PracticeLogin, ...]]:
    """Return the practice and its logins, the oldest first."""
    practice = read_practice(therapist_id)
    return practice, logins_of(practice)


def read_practice_and_login(
    therapist_id: str, login_id: str
) -> tuple[Practice, PracticeLogin | None]:
    """Return the practice and a login, read at the same time."""
    return at_once(lambda: read_practice(therapist_id), lambda: find_login(therapist_id, login_id))


@retry_on_conflict()
def add_login(
    therapist_id: str,
    *,
    name: str,
    email: str,
    role: LoginRole,
    login: str | None = None,
    repeats: bool = False,
    now: datetime,
) -> LoginResult:
    """Add a login, or have another first password mailed to one that is there.

    `login` replaces the address in the login name. A login name is unique, since adding one
    requires that the practice's logins are those that were read. A repeat within a minute mails
    nothing, unless `repeats`.

    Raises:
        KnownLogin: A login with another role has the name.
        Invalid: The name is too long, or the practice has as many logins as it may.
        Busy: No attempt succeeded.
    """
    practice = read_practice(therapist_id)
    username = login_name(therapist_id, email=email, login=login)
    found = next((each for each in logins_of(practice) if each.username == username), None)
    if found:
        if found.role is not role:
            raise KnownLogin
        if repeats or now - found.invited_at >= _SAME_REQUEST:
            found = _invite_again(therapist_id, found, now=now)
        return LoginResult(practice=practice, login=found)
    require_addable(practice.logins, role)
    new = PracticeLogin(
        login_id=new_token(),
        username=username,
        name=name,
        email=email,
        role=role,
        created_at=now,
        invited_at=now,
    )
    after = replace(practice, logins=(*practice.logins, (new.login_id, role)))
    entry = audit_entry(
        therapist_id, AuditAction.ADD_LOGIN, now=now, target=new.login_id, details=(role,)
    )
    others = [insert_login(therapist_id, new), entry]
    written = write_practice(practice, after, plans=False, others=others)
    return LoginResult(practice=written, login=new, new=True)


@retry_on_conflict()
def remove_login(therapist_id: str, login_id: str, *, by: str | None, now: datetime) -> LoginResult:
    """Remove a login, as the login `by` or as the operator (None).

    Two removals at once can't remove the last login, since each requires that the practice's
    logins are those that it has read.

    Raises:
        Forbidden: The login `by` was removed itself.
        UnknownLogin: The practice has no such login.
        LoginKept: It is the last one, the caller's own, or the first one.
        Busy: No attempt succeeded.
    """
    practice = read_practice(therapist_id)
    require_removable(practice.logins, login_id, by=by)
    login = find_login(therapist_id, login_id)
    if login is None:
        raise UnknownLogin
    others = tuple(each for each in practice.logins if each[0] != login_id)
    entry = audit_entry(therapist_id, AuditAction.REMOVE_LOGIN, now=now, target=login_id)
    written = write_practice(
        practice,
        replace(practice, logins=others),
        plans=False,
        others=[mark_removed(therapist_id, login, now=now), entry],
    )
    return LoginResult(practice=written, login=replace(login, removed_at=now))


def _invite_again(therapist_id: str, login: PracticeLogin, *, now: datetime) -> PracticeLogin:
    """Ask for another first password. Login sync mails it only while the first one is unused."""
    entry = audit_entry(therapist_id, AuditAction.INVITE, now=now, target=login.login_id)
    commit([ask_for_first_password(therapist_id, login, now=now), entry])
    return replace(login, invited_at=now)
