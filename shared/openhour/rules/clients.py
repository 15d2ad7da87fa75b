"""A client: identity, privilege and counts of what they have done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.weeks import Week

MAX_LOGIN_LENGTH = 128
"""Characters of a login name (Amazon Cognito API Reference, AdminCreateUser)."""


class Privilege(StrEnum):
    """A client's right to self-schedule. It is `ended` after a discharge."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A late cancellation or a missed session that counts, dated by the act."""

    appointment_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a client did each thing, ever.

    `cancelled_by_therapist` counts sessions that the therapist ended. They are nobody's conduct,
    but were not kept either.
    """

    booked: int = 0
    cancelled: int = 0
    late_cancelled: int = 0
    moved: int = 0
    no_shows: int = 0
    cancelled_by_therapist: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client of one therapist.

    `weeks` counts the live appointments of each week from the current one on. `strikes` are those
    not waived. `notices` are the latest notices of the client's cancellations and moves, in
    minutes. `invited_at` is when a login was last requested. `notify` says whether they are
    told of the latest suspension, restoration or discharge. `revision` counts the writes of the
    row.
    """

    client_id: str
    name: str
    email: str | None = None
    phone: str | None = None
    login: str | None = None
    invited_at: datetime | None = None
    privilege: Privilege = Privilege.ACTIVE
    reason: str | None = None
    restored_at: datetime | None = None
    usual: bool = False
    max_per_week: int | None = None
    weeks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    strikes: tuple[Strike, ...] = ()
    tally: Tally = Tally()
    notices: tuple[int, ...] = ()
    notify: bool = False
    revision: int = 0

    def weekly_limit(self, practice: Practice) -> int:
        """Return how many sessions a week the client may have by booking."""
        return self.max_per_week or practice.max_per_week

    def sessions_in(self, week: Week) -> int:
        """Return how many sessions the client has in a week."""
        return self.weeks.get(str(week), 0)


def shares_address(one: Client, other: Client) -> bool:
    """Return whether two clients have the same address, whatever its case."""
    return bool(one.email) and (one.email or "").lower() == (other.email or "").lower()


def login_name(therapist_id: str, *, email: str | None, login: str | None = None) -> str:
    """Return the login name in Cognito: the therapist id, then the address or `login` in its place.

    Raises:
        Invalid: The name is too long.
    """
    name = f"{therapist_id}/{(login or email or '').lower()}"
    if len(name) > MAX_LOGIN_LENGTH:
        room = MAX_LOGIN_LENGTH - len(f"{therapist_id}/")
        message = f"Must have at most {room} characters to be a login name."
        raise Invalid.field("login" if login else "email", message)
    return name
