"""Mail policy: whether a mail is sent, by the state at the time of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from openhour.rules.appointments import Appointment, Status
from openhour.rules.asked_regulars import AskedState
from openhour.rules.clients import Client, Mail, Privilege
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mails import MailKind
from openhour.rules.practice import Practice
from openhour.rules.quiet_hours import quiet_until
from openhour.rules.regulars import Regular
from openhour.rules.reminders import MAX_LATE, remind_at, reminder_hours
from openhour.rules.settings import TherapistMail
from openhour.rules.strikes import is_flagged

_URGENT = timedelta(hours=24)
"""A cancelled session that would have started within that time is told of in quiet hours, too."""
_NOT_CHANGES = frozenset({MailKind.REMINDER})
"""What a client who wants mails about changes alone does not get."""


class Withheld(StrEnum):
    """Why a mail is not sent. It is the message's outcome."""

    NO_PRACTICE = "no-practice"
    NO_CLIENT = "no-client"
    NO_ADDRESS = "no-address"
    STOPPED = "stopped"
    NO_SENDER = "no-sender"
    BEFORE_MAIL_FROM = "before-mail-from"
    UNWANTED = "unwanted"
    DISCHARGED = "discharged"
    OUTDATED = "outdated"
    TOO_LATE = "too-late"
    NOTHING = "nothing"
    """There is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """The mail is sent later, at `until`."""

    until: datetime


Decision = Withheld | Postponed | None
"""None: the mail is sent now."""


def decide_for_client(intent: MailIntent, practice: Practice, client: Client) -> Decision:
    """Decide whether a client is mailed, by their own state and wishes and the practice's."""
    if not client.email:
        return Withheld.NO_ADDRESS
    if client.mail_stopped:
        return Withheld.STOPPED
    if client.privilege is Privilege.ENDED and intent.kind is not MailKind.DISCHARGED:
        return Withheld.DISCHARGED
    if not practice.mails_clients(at=intent.acted_at):
        return Withheld.BEFORE_MAIL_FROM
    unwanted = client.mail is Mail.CHANGES and intent.kind in _NOT_CHANGES
    return Withheld.UNWANTED if unwanted or client.mail is Mail.NONE else None


def decide_for_therapist(intent: MailIntent, practice: Practice) -> Decision:
    """Decide whether therapists are mailed: not what they can and want to do without."""
    kind = intent.kind.value
    may_be_unwanted = kind in list(TherapistMail) and kind not in practice.therapist_mails
    return Withheld.UNWANTED if may_be_unwanted else None


def decide_for_session(
    intent: MailIntent, practice: Practice, session: Appointment | None, *, now: datetime
) -> Decision:
    """Decide whether a mail about a session is still true and due.

    The session is the new one of a move.
    """
    if session is None:
        return Withheld.OUTDATED
    if intent.kind is not MailKind.CANCELLED:
        if session.status is not Status.BOOKED:
            return Withheld.OUTDATED
        if session.start <= now:
            return Withheld.TOO_LATE
    if intent.kind is MailKind.REMINDER:
        return _decide_reminder(intent, practice, session, now=now)
    urgent = intent.kind is MailKind.CANCELLED and session.start - now <= _URGENT
    return None if urgent else decide_by_hour(intent, practice, now=now)


def decide_by_hour(intent: MailIntent, practice: Practice, *, now: datetime) -> Decision:
    """Postpone a mail in quiet hours, unless it answers the client's own act."""
    until = None if intent.own else quiet_until(practice, now)
    return Postponed(until) if until else None


def is_still_true(
    intent: MailIntent, subject: Client | Regular, practice: Practice | None = None
) -> bool:
    """Return whether what a mail tells of a client or a regular still is so.

    A later change has a mail of its own. A late cancellation stays one until it is waived, which
    its session tells.
    """
    if isinstance(subject, Regular):
        goes_on = not subject.ended and subject.client_id == intent.client_id
        return goes_on is not (intent.kind is MailKind.REGULAR_ENDED)
    asked = subject.asked_regular.state if subject.asked_regular else None
    flagged = practice is not None and is_flagged(subject, practice, now=intent.acted_at)
    still_true = {
        MailKind.SUSPENDED: subject.privilege is Privilege.SUSPENDED,
        MailKind.RESTORED: subject.privilege is Privilege.ACTIVE,
        MailKind.WELCOME: subject.privilege is Privilege.ACTIVE,
        MailKind.REGULAR_ASKED: asked is AskedState.ASKED,
        MailKind.REGULAR_DECLINED: asked is AskedState.DECLINED,
        MailKind.LIMIT_REACHED: flagged,
        MailKind.BOUNCED: subject.mail_stopped is not None,
    }
    return still_true.get(intent.kind, True)


def _decide_reminder(
    intent: MailIntent, practice: Practice, session: Appointment, *, now: datetime
) -> Decision:
    """Decide by the present settings. They may have changed since the reminder was scheduled."""
    if int(intent.occasion) not in reminder_hours(practice):
        return Withheld.OUTDATED
    at = remind_at(practice, session, int(intent.occasion))
    if at > now:
        return Postponed(at)
    return Withheld.TOO_LATE if now - at > MAX_LATE else None
