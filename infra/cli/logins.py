"""The logins of a practice's therapists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import ValidationError, field_validator

from infra.cli.audit_log import record
from infra.cli.confirmation import require_confirmation
from infra.cli.output import CommandError, Line, counted
from openhour.api.request_fields import Address, Login, RequestModel
from openhour.api.validation import invalid_request
from openhour.cognito import THERAPISTS, User, UserPool
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import login_name
from openhour.store.clients import all_clients
from openhour.store.practices import read_practice
from openhour.use_cases.therapists import read_therapist

_NEW_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_Options = TypeVar("_Options", bound=RequestModel)


class NewLogin(RequestModel):
    """A login for a practice. `login` replaces the address in the login name."""

    therapist_id: str
    email: Address
    login: Login | None = None

    @field_validator("therapist_id")
    @classmethod
    def _is_new_id(cls, text: str) -> str:
        """Login names are case-insensitive, and names of schedules are short and plain."""
        if not _NEW_ID.fullmatch(text):
            raise ValueError("Must be up to 64 lowercase letters, digits, dots, - and _.")
        return text

    @property
    def username(self) -> str:
        """The login name in Cognito. Raises Invalid if it would be too long."""
        return login_name(self.therapist_id, email=self.email, login=self.login)

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes in Cognito."""
        return {
            "custom:therapist_id": self.therapist_id,
            "email": self.email,
            "email_verified": "true",
        }


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
    name, therapist_id = new.username, new.therapist_id
    users, clients = len(_logins_of(therapist_id)), len(all_clients(therapist_id))
    if THERAPISTS.find(name) or not (users or clients):
        return
    require_confirmation(
        f"The practice {therapist_id} exists, with {counted(users, 'login')} and"
        f" {counted(clients, 'client')}. {name} would read and change everything in it, and"
        f" Cognito would mail its first password to {new.email}. Add this login?"
    )


def invite(new: NewLogin, *, resend_invitation: bool) -> Line:
    """Create the login unless it exists, and enable it; Cognito mails the first password."""
    name, user = new.username, THERAPISTS.find(new.username)
    action, text = "none", f"The login {name} exists."
    if user is None:
        action, text = "created", f"The login {name} is created. Cognito mails the first password."
        record(new.therapist_id, AuditAction.ADD_LOGIN)
        THERAPISTS.create(name, new.attributes)
    elif user.therapist_id != new.therapist_id:
        raise CommandError(f"The login {name} is another user's. Choose another with --login.")
    elif user.must_change_password and resend_invitation:
        action, text = "resent", f"The login {name} exists. Cognito mails another first password."
        record(new.therapist_id, AuditAction.INVITE)
        THERAPISTS.resend_invitation(name)
    elif user.must_change_password:
        text += " Its first password is unused: --resend-invitation mails another."
    if user and not user.enabled:
        THERAPISTS.enable(name)
    return Line("login", text, {"login": name, "action": action})


def print_logins(*, therapist_id: str) -> Iterator[Line]:
    """List the logins of a practice's therapists."""
    read_therapist(therapist_id)
    for name, user in _logins_of(therapist_id).items():
        state = "enabled" if user.enabled else "disabled"
        status = "invited" if user.must_change_password else "confirmed"
        facts = {"login": name, "enabled": user.enabled, "status": status}
        yield Line("login", f"{name:<48} {state:<9} {status}", facts)


def remove(*, therapist_id: str, login: str) -> Iterator[Line]:
    """Delete a login.

    LOGIN is as `logins list` prints it. The last one cannot be deleted.
    """
    others = _logins_of(therapist_id)
    if others.pop(login, None) is None:
        raise _unknown(therapist_id, login)
    if not any(user.enabled for user in others.values()):
        text = (
            f"{login} is the last login of {therapist_id}. Nothing was changed: add another first."
        )
        raise CommandError(text)
    record(therapist_id, AuditAction.REMOVE_LOGIN)
    delete(THERAPISTS, login)
    yield Line("login", f"The login {login} is deleted.", {"login": login, "action": "removed"})


def reset_mfa(*, therapist_id: str, login: str) -> Iterator[Line]:
    """Remove the lost authenticator app of a login, and revoke its tokens.

    Where an app is required, the therapist adds another at the next sign-in.
    """
    if login not in _logins_of(therapist_id):
        raise _unknown(therapist_id, login)
    record(therapist_id, AuditAction.RESET_MFA)
    THERAPISTS.revoke_tokens(login)
    THERAPISTS.remove_app(login)
    text = f"The login {login} has no authenticator app any more, and is signed out."
    yield Line("login", text, {"login": login, "action": "mfa-reset"})


def delete(pool: UserPool, username: str) -> None:
    """Delete a user. Deletion alone would leave the tokens valid until they expire."""
    pool.disable(username)
    pool.revoke_tokens(username)
    pool.delete(username)


def _logins_of(therapist_id: str) -> dict[str, User]:
    """Return the users of the practice's therapists, by login name."""
    return {
        name: user
        for name in THERAPISTS.usernames_with_prefix(f"{therapist_id}/")
        if (user := THERAPISTS.find(name)) and user.therapist_id == therapist_id
    }


def _unknown(therapist_id: str, login: str) -> CommandError:
    command = f"openhour logins list {therapist_id}"
    return CommandError(f"{therapist_id} has no login {login}. `{command}` prints them all.")
