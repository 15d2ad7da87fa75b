"""A client: identity, privilege and counts of what they have done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from unicodedata import combining, normalize

from openhour.rules.asked_regulars import AskedRegular
from openhour.rules.mail_stops import MailStop
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.regulars import Regular
from openhour.rules.settings import Language
from openhour.rules.weeks import Week

MAX_LOGIN_LENGTH = 128
"""Characters of a login name (Amazon Cognito API Reference, AdminCreateUser)."""


_BASE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h"})
"""Letters with a stroke, which Unicode does not take apart."""


class Privilege(StrEnum):
    """A client's right to self-schedule. It is `ended` after a discharge."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Mail(StrEnum):
    """Which mails a client wants: all, those about changed sessions, or none."""

    ALL = "all"
    CHANGES = "changes"
    NONE = "none"


class DischargeReason(StrEnum):
    """Why a client was discharged."""

    LEFT = "left"
    MOVED_ON = "moved_on"
    DIED = "died"
    OTHER = "other"


class LoginState(StrEnum):
    """Whether a client can sign in."""

    NONE = "none"
    """They have no login."""
    INVITED = "invited"
    """They have a login, and have not signed in yet."""
    ACTIVE = "active"
    DISABLED = "disabled"
    """Their login is disabled while they are suspended."""


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
    minutes. `invited_at` is when a login was last requested, and `welcomed_at` when the office last
    had them mailed how to book. `suspended_by_strike` is the
    appointment whose strike suspended the client, None after a suspension by the therapist.
    `flag_seen_at` is when the therapist last saw the flag. `may_sign_in` is the setting
    `suspended_can_sign_in` that the login was last asked to follow, if it has changed. A client
    who registered online is `new` until a booking finds that they have kept a session. `notify`
    says whether they are told of the latest suspension, restoration or discharge.

    `created_at` is when they were entered or registered, and `registered_online` says that they
    registered. `signed_in_at` is their first sign-in, and `discharged_at` their discharge. Rows
    that are older than these columns have none.

    `resend_asked_at` are the latest instants at which somebody with the client's login name asked
    for another first password, and was to be mailed one.

    `regulars` are the client's regulars that have not ended, without their exceptions, so that the
    client's page needs no further read. They are None in a row that was written before they were
    copied. `asked_regular` is what the client last asked for; see `standing`. `language`, `mail`
    and `calendar_entries` (whether mails carry them) are the client's own choices. `mail_stopped`
    says why nothing is mailed to their address, and `mail_resumed_at` when somebody last asked to
    try it again. `revision` counts the writes of the row.
    """

    client_id: str
    name: str
    email: str | None = None
    phone: str | None = None
    login: str | None = None
    created_at: datetime | None = None
    registered_online: bool = False
    invited_at: datetime | None = None
    welcomed_at: datetime | None = None
    signed_in_at: datetime | None = None
    resend_asked_at: tuple[datetime, ...] = ()
    privilege: Privilege = Privilege.ACTIVE
    reason: str | None = None
    suspended_by_strike: str | None = None
    discharge_reason: DischargeReason | None = None
    discharged_at: datetime | None = None
    flag_seen_at: datetime | None = None
    may_sign_in: bool | None = None
    new: bool = False
    restored_at: datetime | None = None
    usual: bool = False
    max_per_week: int | None = None
    weeks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    strikes: tuple[Strike, ...] = ()
    tally: Tally = Tally()
    notices: tuple[int, ...] = ()
    notify: bool = False
    regulars: tuple[Regular, ...] | None = ()
    asked_regular: AskedRegular | None = None
    language: Language | None = None
    mail: Mail = Mail.ALL
    calendar_entries: bool = False
    mail_stopped: MailStop | None = None
    mail_resumed_at: datetime | None = None
    revision: int = 0

    def weekly_limit(self, practice: Practice) -> int:
        """Return how many sessions a week the client may have by booking."""
        return self.max_per_week or practice.max_per_week

    def sessions_in(self, week: Week) -> int:
        """Return how many sessions the client has in a week."""
        return self.weeks.get(str(week), 0)


def is_same_person(client: Client, registering: Client) -> bool:
    """Return whether somebody who registers has a client's address, whatever its case, or login."""
    same_address = (client.email or "").lower() == (registering.email or "").lower()
    return same_address or client.login == registering.login


def name_key(client: Client) -> tuple[str, str, str]:
    """Return the key by which clients are sorted: the name without case and accents first."""
    parts = normalize("NFKD", client.name.casefold()).translate(_BASE_LETTERS)
    bare = "".join(part for part in parts if not combining(part))
    return bare, client.name, client.client_id


def keeps_login(client: Client, practice: Practice) -> bool:
    """Return whether the client's login is enabled: an active client's, and maybe a suspended's."""
    suspended = client.privilege is Privilege.SUSPENDED
    return client.privilege is Privilege.ACTIVE or (suspended and practice.suspended_can_sign_in)


def login_state(client: Client, practice: Practice) -> LoginState:
    """Return the state of the client's login. A discharge removes it."""
    if client.login is None or client.privilege is Privilege.ENDED:
        return LoginState.NONE
    if not keeps_login(client, practice):
        return LoginState.DISABLED
    return LoginState.ACTIVE if client.signed_in_at else LoginState.INVITED


def waits_for_login(client: Client) -> bool:
    """Return whether a registration with the client's address invites them."""
    return client.login is None and client.privilege is Privilege.ACTIVE


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
