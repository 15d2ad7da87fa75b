"""The trail: who did what in a practice, when, and to which client."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

_SAFE_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class AuditAction(StrEnum):
    """What a therapist or an operator did. What clients do is on their appointments; what the
    schedule and the streams do is only what these acts, and the settings, ask of them."""

    OPEN_PRACTICE = "open-practice"
    ADD_LOGIN = "add-login"
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
    TAKE_TIME_OFF = "take-time-off"
    END_TIME_OFF = "end-time-off"
    OPEN_EXTRA = "open-extra"
    SET_SLOT = "set-slot"
    RELEASE = "release"
    BOOK = "book"
    CANCEL = "cancel"
    MARK_OUTCOME = "mark-outcome"
    ADD_CLIENT = "add-client"
    CHANGE_CLIENT = "change-client"
    INVITE = "invite"
    SUSPEND = "suspend"
    RESTORE = "restore"
    DISCHARGE = "discharge"
    MIGRATE = "migrate"
    ERASE_CLIENT = "erase-client"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act, as the trail keeps it.

    `actor` is `therapist:` and the id of their login, or `operator:` and a name. `client_id` is
    the client whom it concerned. `target` is what it was done to, by its id: a slot, an
    appointment, a regular, time off, a week. `details` are the names of what changed, or the word
    that was chosen, never what somebody typed. `request_id` finds it in the logs. Raises
    ValueError for anything but ids and words.
    """

    at: datetime
    actor: str
    act: AuditAction
    client_id: str | None = None
    target: str | None = None
    details: tuple[str, ...] = ()
    request_id: str | None = None

    def __post_init__(self) -> None:
        kind, _, name = self.actor.partition(":")
        said = (kind, name, *self.details, *filter(None, (self.client_id, self.target)))
        if not all(map(is_safe_token, said)):
            raise ValueError("the trail keeps ids and words alone")


def changed_fields(before: Any, after: Any) -> tuple[str, ...]:
    """The names of the columns in which two values of one kind differ: never what was in them."""
    names = (column.name for column in fields(before))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def is_safe_token(text: str) -> bool:
    """Whether the trail may keep the text: an id or the name of a column, but no address, no
    phone, and nobody's full name."""
    return _SAFE_TOKEN.fullmatch(text) is not None
