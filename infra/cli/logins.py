"""The logins of a practice: its therapists' and the office's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

from pydantic import ValidationError, field_validator

from infra.cli.audit_log import record
from infra.cli.confirmation import require_confirmation
from infra.cli.output import CommandError, Line, counted
from openhour import clock
from openhour.api.request_fields import Address, Login, Name, RequestModel
from openhour.api.validation import invalid_request
from openhour.cognito import THERAPISTS, UserPool
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import login_name
from openhour.rules.logins import LoginRole, PracticeLogin
from openhour.rules.refusals import LoginKept
from openhour.store.clients import all_clients
from openhour.store.logins import logins_of
from openhour.store.practices import read_practice
from openhour.use_cases.logins import add_login, remove_login
from openhour.use_cases.therapists import read_therapist

_NEW_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_Options = TypeVar("_Options", bound=RequestModel)


class NewLogin(RequestModel):
    """A login for a practice. `login` replaces the address in the login name."""

    therapist_id: str
    email: Address
    login: Login | None = None
    owner: Name | None = None
    role: Literal["therapist", "office"] = "therapist"

    @field_validator("therapist_id")
    @classmethod
    def _is_new_id(cls, text: str) -> str:
        """Login names are case-insensitive; schedules and tags of mails take no other signs."""
        if not _NEW_ID.fullmatch(text):
            raise ValueError("Must be up to 64 lowercase letters, digits, - and _.")
        return text

    @property
    def username(self) -> str:
        """The login name in Cognito. Raises Invalid if it would be too long."""
        return login_name(self.therapist_id, email=self.email, login=self.login)

    @property
    def owner_name(self) -> str:
        """The name of who signs in: their address if none is given."""
        return self.owner or self.email


def parse_options(model: type[_Options], options: Mapping[str, str | None]) -> _Options:
    """Parse command-line options, of which None is left out. Raises Invalid."""
    try:
        return model.model_validate({n: v for n, v in options.items() if v is not None})
    except ValidationError as error:
        raise invalid_request(error.errors()) from error


def add(*, resend_invitation: bool, yes: bool, **options: str | None) -> Iterator[Line]:
    """Add another login to an existing practice, after asking."""
    new = parse_options(NewLogin, options)
    read_practice(new.therapist_id)
    if not yes:
        confirm(new)
    yield invite(new, resend_invitation=resend_invitation)


def confirm(new: NewLogin) -> None:
    """Ask before a login is created that can read what a practice already holds.

    Raises:
        CommandError: the operator does not agree.
    """
    practice, clients = read_therapist(new.therapist_id), len(all_clients(new.therapist_id))
    listed = logins_of(practice)
    if new.username in [each.username for each in listed] or not (listed or clients):
        return
    reads = "read and change everything in it" if new.role == "therapist" else "read its calendar"
    require_confirmation(
        f"The practice {new.therapist_id} exists, with {counted(len(listed), 'login')} and"
        f" {counted(clients, 'client')}. {new.username} would {reads}, and"
        f" Cognito would mail its first password to {new.email}. Add this login?"
    )


def invite(new: NewLogin, *, resend_invitation: bool) -> Line:
    """Add the login unless it exists, and enable it. Its user follows the row."""
    name, user = new.username, THERAPISTS.find(new.username)
    if user and user.therapist_id != new.therapist_id:
        raise CommandError(f"The login {name} is another user's. Choose another with --login.")
    if user and not user.login_id:
        delete(THERAPISTS, name)  # It is older than the rows of logins, and can't be used any more.
        user = None
    listed = logins_of(read_practice(new.therapist_id))
    is_listed = name in [each.username for each in listed]
    unused = user is not None and user.must_change_password
    action, text = "none", f"The login {name} exists."
    if not is_listed or user is None:
        action, text = "created", f"The login {name} is created. Cognito mails the first password."
    elif unused and resend_invitation:
        action, text = "resent", f"The login {name} exists. Cognito mails another first password."
    elif unused:
        text += " Its first password is unused: --resend-invitation mails another."
    if action != "none":
        add_login(
            new.therapist_id,
            name=new.owner_name,
            email=new.email,
            role=LoginRole(new.role),
            login=new.login,
            repeats=action == "resent",
            now=clock.now(),
        )
    if user and not user.enabled:
        THERAPISTS.enable(name)
    return Line("login", text, {"login": name, "action": action})


def print_logins(*, therapist_id: str) -> Iterator[Line]:
    """List the logins of a practice, and the state of each in Cognito."""
    for login in logins_of(read_therapist(therapist_id)):
        user = THERAPISTS.find(login.username)
        state, status = "missing", "-"
        if user:
            state = "enabled" if user.enabled else "disabled"
            status = "invited" if user.must_change_password else "confirmed"
        facts = {
            "login": login.username,
            "login_id": login.login_id,
            "role": login.role.value,
            "enabled": user is not None and user.enabled,
            "status": status,
        }
        yield Line("login", f"{login.username:<48} {login.role:<10} {state:<9} {status}", facts)


def remove(*, therapist_id: str, login: str) -> Iterator[Line]:
    """Remove a login.

    LOGIN is as `logins list` prints it. The last therapist's cannot be removed. Cognito follows.
    """
    login_id = _find(therapist_id, login).login_id
    try:
        remove_login(therapist_id, login_id, by=None, now=clock.now())
    except LoginKept as refused:
        text = (
            f"{login} is the last login of a therapist in {therapist_id}. Nothing was changed: add"
            " another first."
        )
        raise CommandError(text) from refused
    yield Line("login", f"The login {login} is removed.", {"login": login, "action": "removed"})


def reset_mfa(*, therapist_id: str, login: str) -> Iterator[Line]:
    """Remove the lost authenticator app of a login, and revoke its tokens.

    Where an app is required, its user adds another at the next sign-in.
    """
    login_id = _find(therapist_id, login).login_id
    record(therapist_id, AuditAction.RESET_MFA, target=login_id)
    THERAPISTS.revoke_tokens(login)
    THERAPISTS.remove_app(login)
    text = f"The login {login} has no authenticator app any more, and is signed out."
    yield Line("login", text, {"login": login, "action": "mfa-reset"})


def delete(pool: UserPool, username: str) -> None:
    """Delete a user. Deletion alone would leave the tokens valid until they expire."""
    pool.disable(username)
    pool.revoke_tokens(username)
    pool.delete(username)


def _find(therapist_id: str, login: str) -> PracticeLogin:
    """Return the practice's login with that login name."""
    for each in logins_of(read_therapist(therapist_id)):
        if each.username == login:
            return each
    command = f"openhour logins list {therapist_id}"
    raise CommandError(f"{therapist_id} has no login {login}. `{command}` prints them all.")
