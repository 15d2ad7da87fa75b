"""Mails: what each one is about, as facts that can be written in any language.

Facts hold no wording. Times are instants in UTC with the practice's zone beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "es"]


class MailKind(StrEnum):
    """What a mail tells, to the client or to the therapist."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    REGULAR_ENTERED = "regular-entered"
    REGULAR_CHANGED = "regular-changed"
    REGULAR_ENDED = "regular-ended"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    DISCHARGED = "discharged"
    WELCOME = "welcome"
    CONFIRM_REGISTRATION = "confirm-registration"
    ALREADY_KNOWN = "already-known"
    PLEASE_CALL = "please-call"
    REGULAR_DECLINED = "regular-declined"
    INVITATION = "invitation"
    RESET_CODE = "reset-code"

    LATE_CANCELLATION = "late-cancellation"
    LIMIT_REACHED = "limit-reached"
    REGISTERED = "registered"
    REGISTRATIONS_FULL = "registrations-full"
    REGULAR_ASKED = "regular-asked"
    CONFLICT = "conflict"
    FRIDAY = "friday"
    DIGEST = "digest"
    BOUNCED = "bounced"
    LOGIN_INVITATION = "login-invitation"
    LOGIN_RESET_CODE = "login-reset-code"

    @property
    def is_for_therapist(self) -> bool:
        """Whether the therapist gets it, with initials in place of names."""
        return self in _FOR_THERAPIST

    @property
    def can_be_ended(self) -> bool:
        """Whether the mail carries a link that ends mails of its kind without signing in."""
        return self is MailKind.REMINDER


_FOR_THERAPIST = frozenset(
    {
        *(MailKind.LATE_CANCELLATION, MailKind.LIMIT_REACHED, MailKind.REGISTERED),
        *(MailKind.REGULAR_ASKED, MailKind.CONFLICT, MailKind.FRIDAY, MailKind.DIGEST),
        *(MailKind.BOUNCED, MailKind.REGISTRATIONS_FULL),
        *(MailKind.LOGIN_INVITATION, MailKind.LOGIN_RESET_CODE),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderFacts:
    """The practice, as a mail shows it."""

    therapist_id: str
    name: str
    """The sender's name, which reveals no therapy."""
    address: str
    """The address that sends, which is the organizer of calendar entries, too."""
    zone: ZoneInfo
    office_phone: str
    phone_note: str | None = None
    crisis_line: str | None = None
    place: str | None = None
    """Where sessions take place; none where the therapist keeps it out of mail."""
    page_url: str
    """The client's page, or the console for mails to the therapist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientFacts:
    """Who gets the mail."""

    name: str
    """The whole name; a mail shows the first part of it."""
    address: str
    language: Language
    client_id: str | None = None
    """None for the therapist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """A session, with what a calendar entry needs to follow it."""

    appointment_id: str
    slot_id: str
    start: datetime
    end: datetime
    uid: str
    """The same through all moves."""
    sequence: int
    """Rises with each change."""
    free_until: datetime | None = None
    """Until when a change is free; none where that has passed."""
    occurrence: date | None = None
    """The date for which a regular placed it, also after it was moved. None: the local date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularFacts:
    """A repeating time, with what a calendar entry needs to follow it."""

    regular_id: str
    weekday: int
    """0 for Monday."""
    start: time
    minutes: int
    every_weeks: int
    first: date
    until: date | None
    skipped: tuple[date, ...] = ()
    """Dates that are left out."""
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordFacts:
    """A first password, or the code for a new one."""

    code: str
    sign_in_name: str
    """What is typed to sign in: an address or a name."""
    username: str | None = None
    """The whole name of the user, of which the sign-in name is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """Everything that a mail says. What its kind does not need is left empty."""

    kind: MailKind
    sender: SenderFacts
    recipient: RecipientFacts
    acted_at: datetime
    """When that happened which the mail tells."""
    session: SessionFacts | None = None
    old_session: SessionFacts | None = None
    """Where a moved session was before."""
    regular: RegularFacts | None = None
    by_practice: bool = False
    """Whether the practice, not the client, cancelled or moved."""
    is_today: bool = False
    message: str | None = None
    """The therapist's own words, such as for a sick day."""
    change_policy: str | None = None
    sessions: tuple[SessionFacts, ...] = ()
    """The sessions that stand, or that are near; in a digest, one for each of `people`.

    With a regular, those that were moved away from it, too, so that calendars keep them.
    """
    ended_regulars: tuple[RegularFacts, ...] = ()
    """The regulars that end with a discharge, for calendar entries."""
    ended_sessions: tuple[tuple[SessionFacts, RegularFacts | None], ...] = ()
    """The other sessions that end with it, each with the earlier regular whose occurrence it is."""
    open_slots: tuple[tuple[str, datetime], ...] = ()
    """The nearest open times, as slot ids and starts."""
    people: tuple[str, ...] = ()
    """Names of clients, for the therapist; a mail shows their initials."""
    is_unwanted: bool = False
    """Whether an address takes no more mail because its reader wants none."""
    counts: tuple[tuple[str, int], ...] = ()
    """Figures by name: `opens`, `booked`, `moved`, `cancelled`, `registered`, `conflicts`."""
    token: str | None = None
    """What a link in the mail carries: confirms a registration, or unsubscribes."""
    password: PasswordFacts | None = None
    with_calendar_entry: bool = False
    key: str | None = None
    """The mail's natural key, so that a mail that is sent twice has the same Message-ID."""
    sent_at: datetime | None = None
    """None stands for `acted_at`."""
