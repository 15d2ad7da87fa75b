"""The audit log: who did what in a practice, when, and to which client."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

_SAFE_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class AuditAction(StrEnum):
    """An act of a therapist, the office or an operator.

    Clients' acts are recorded on their appointments. Schedules and streams only carry out what
    these acts and the settings ask of them.
    """

    OPEN_PRACTICE = "open-practice"
    ADD_LOGIN = "add-login"
    REMOVE_LOGIN = "remove-login"
    RESET_MFA = "reset-mfa"
    REMOVE_PRACTICE = "remove-practice"
    REOPEN_PRACTICE = "reopen-practice"
    ERASE_PRACTICE = "erase-practice"
    EXPORT = "export"
    WRITE_BACK = "write-back"
    CHANGE_SETTINGS = "change-settings"
    SET_HOURS = "set-hours"
    SWITCH_ON = "switch-on"
    SWITCH_OFF = "switch-off"
    ADD_REGULAR = "add-regular"
    CHANGE_REGULAR = "change-regular"
    END_REGULAR = "end-regular"
    DECLINE_REGULAR = "decline-regular"
    TAKE_TIME_OFF = "take-time-off"
    END_TIME_OFF = "end-time-off"
    OPEN_EXTRA = "open-extra"
    SET_SLOT = "set-slot"
    RETURN_SLOT = "return-slot"
    RELEASE = "release"
    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    CONFIRM = "confirm"
    MARK_OUTCOME = "mark-outcome"
    ADD_CLIENT = "add-client"
    CHANGE_CLIENT = "change-client"
    INVITE = "invite"
    RESUME_MAIL = "resume-mail"
    WELCOME = "welcome"
    SUSPEND = "suspend"
    RESTORE = "restore"
    DISCHARGE = "discharge"
    DISMISS_REGISTRATION = "dismiss-registration"
    MIGRATE = "migrate"
    ERASE_CLIENT = "erase-client"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act in the audit log.

    `actor` is the role and the id of a login, such as `office:4be1a7c09d52`, or `operator:` and a
    name. `client_id` is the client concerned. `target` is the id of what the act changed: a slot,
    an appointment, a regular, time off, a login or a week. `details` are names of changed fields or
    the chosen value, never free text. `request_id` finds the act in the logs.

    Raises:
        ValueError: A part is neither an id nor a safe token.
    """

    at: datetime
    actor: str
    act: AuditAction
    client_id: str | None = None
    target: str | None = None
    details: tuple[str, ...] = ()
    request_id: str | None = None

    @property
    def login_id(self) -> str | None:
        """The login that acted, or None for an operator."""
        kind, _, name = self.actor.partition(":")
        return None if kind == "operator" else name

    def __post_init__(self) -> None:
        kind, _, name = self.actor.partition(":")
        parts = (kind, name, *self.details, *filter(None, (self.client_id, self.target)))
        if not all(map(is_safe_token, parts)):
            raise ValueError("only ids and safe tokens are recorded")


def changed_fields(before: Any, after: Any) -> tuple[str, ...]:
    """Return the names of the fields in which two values differ, never their values."""
    names = (column.name for column in fields(before))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def is_safe_token(text: str) -> bool:
    """Return whether the audit log may store the text: an id or a field's name.

    An address, a phone number or a full name is not a safe token.
    """
    return _SAFE_TOKEN.fullmatch(text) is not None
