"""Mail intents: what a change of a row gives somebody to be told.

An intent has a natural key, so that the same change, seen any number of times, is told once. It
names rows by their ids. The rows are read again before the mail is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.asked_regulars import AskedState
from openhour.rules.clients import Client, DischargeReason, Privilege
from openhour.rules.logins import LoginRole, Logins
from openhour.rules.mails import MailKind
from openhour.rules.regulars import Regular

MAX_AGE = timedelta(hours=6)
"""Older acts are told to nobody: they come from a restore, an import or a replayed stream."""
_CANCELLED = (Status.CANCELLED, Status.LATE_CANCELLED)
_INSTANT = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailIntent:
    """What is to be told to a client, or to the therapist about one.

    `subject` is the id of the appointment, regular or client that it concerns, and `occasion` tells
    it from other mails of that kind about the same subject. `own` marks the answer to the client's
    own act. What concerns a registration has the digest of its address, and no client id.
    `login_id` is the therapist's login that is told: each has a mail of its own.
    """

    kind: MailKind
    subject: str
    client_id: str
    acted_at: datetime
    own: bool = False
    occasion: str = ""
    login_id: str = ""

    @property
    def key(self) -> str:
        """The natural key, such as `<appointment_id>#cancelled`."""
        if self.kind is MailKind.REMINDER:
            return f"{self.kind}#{self.subject}#{self.occasion}"
        parts = (self.subject, self.kind, self.occasion, self.login_id)
        return "#".join(part for part in parts if part)

    def for_logins(self, logins: Logins) -> Iterator[MailIntent]:
        """Yield one intent for each therapist's login, or this one if it is for a client."""
        if not self.kind.is_for_therapist:
            yield self
            return
        for login_id, role in logins:
            if role is LoginRole.THERAPIST:
                yield replace(self, login_id=login_id)

    def is_too_old(self, *, now: datetime) -> bool:
        """Return whether the act is so old that nobody is told of it any more."""
        return now - self.acted_at > MAX_AGE


def intents_of_appointment(
    before: Appointment | None, after: Appointment | None
) -> Iterator[MailIntent]:
    """Yield what a changed appointment gives to be told.

    The plan places and ends the occurrences of regulars silently: a regular is told of once. So is
    a move, by the session that moved away, and a discharge, which ends sessions. A waived strike
    changes no session.
    """
    if after is None or before == after:
        return
    if before is None or before.by_plan:
        yield from _of_new(after)
    elif before.live and not after.live:
        yield from _of_ended(after)


def _of_new(session: Appointment) -> Iterator[MailIntent]:
    silent = session.regular_id or session.moved_from or not session.notify
    if session.status is Status.BOOKED and not silent:
        yield MailIntent(
            kind=MailKind.BOOKED,
            subject=session.appointment_id,
            client_id=session.client_id,
            acted_at=session.made_at,
            own=session.made_by is Party.CLIENT,
        )


def _of_ended(session: Appointment) -> Iterator[MailIntent]:
    kind = MailKind.MOVED if session.status is Status.MOVED else MailKind.CANCELLED
    if session.ended_at is None or not _was_ended_by_person(session):
        return
    own = session.told_at is None and session.ended_by is Party.CLIENT
    told = MailIntent(
        kind=kind,
        subject=session.appointment_id,
        client_id=session.client_id,
        acted_at=session.ended_at,
        own=own,
    )
    if session.notify:
        yield told
    if own and session.late and session.status in _CANCELLED:
        yield MailIntent(
            kind=MailKind.LATE_CANCELLATION,
            subject=session.appointment_id,
            client_id=session.client_id,
            acted_at=session.ended_at,
        )


def _was_ended_by_person(session: Appointment) -> bool:
    """Return whether a person ended it: by hand, or by a sick day, but not by a discharge."""
    if session.by_plan:
        return False
    by_hand = session.ended_by is Party.CLIENT or session.told_at is not None
    return by_hand or session.time_off_id is not None


def intents_of_regular(before: Regular | None, after: Regular | None) -> Iterator[MailIntent]:
    """Yield what a changed regular gives to be told: that it was entered, changed or ended.

    One that is handed to another client ends for the one and is entered for the other. A skipped
    occurrence is told of by its appointment.
    """
    if after is None or before == after or not after.notify or (before and before.ended):
        return
    if after.ended or after.entered_at is None:
        if before and after.ended_at:  # A discharge ends it without one, and is told of itself.
            yield _of_regular(MailKind.REGULAR_ENDED, after, after.ended_at)
    elif before is None:
        yield _of_regular(MailKind.REGULAR_ENTERED, after, after.entered_at)
    elif before.client_id != after.client_id:
        yield _of_regular(MailKind.REGULAR_ENDED, before, after.entered_at)
        yield _of_regular(MailKind.REGULAR_ENTERED, after, after.entered_at)
    elif before.sequence != after.sequence:
        yield _of_regular(MailKind.REGULAR_CHANGED, after, after.entered_at)


def _of_regular(kind: MailKind, regular: Regular, acted_at: datetime) -> MailIntent:
    return MailIntent(
        kind=kind,
        subject=regular.regular_id,
        client_id=regular.client_id,
        acted_at=acted_at,
        occasion=acted_at.strftime(_INSTANT),
    )


def intents_of_client(
    before: Client | None, after: Client | None, *, seen_at: datetime
) -> Iterator[MailIntent]:
    """Yield what a changed client gives to be told to them or to the therapist.

    `seen_at` is the present, for acts whose instant the row does not hold.
    """
    if after is None or before == after:
        return
    if before is None:
        if after.registered_online and after.created_at:
            yield _of_client(MailKind.REGISTERED, after, after.created_at)
        return
    if after.welcomed_at and before.welcomed_at != after.welcomed_at:
        yield _of_client(MailKind.WELCOME, after, after.welcomed_at)
    yield from _of_privilege(before, after, seen_at)
    yield from _of_strikes(before, after)
    yield from _of_asked_regular(before, after, seen_at)
    if after.mail_stopped and after.mail_stopped != before.mail_stopped:
        yield _of_client(MailKind.BOUNCED, after, after.mail_stopped.at)


def _of_privilege(before: Client, after: Client, seen_at: datetime) -> Iterator[MailIntent]:
    if before.privilege is after.privilege:
        return
    if after.privilege is Privilege.ENDED:
        if after.notify and after.discharge_reason is not DischargeReason.DIED:
            yield _of_client(MailKind.DISCHARGED, after, after.discharged_at or seen_at)
    elif after.privilege is Privilege.SUSPENDED:
        yield from _of_suspension(after, seen_at)
    elif before.suspended_by_strike and before.restored_at == after.restored_at:
        # The therapist has waived the strike. Its suspension was told of, whatever `notify` says.
        yield _of_client(MailKind.RESTORED, after, seen_at, occasion=before.suspended_by_strike)
    elif after.notify:
        yield _of_client(MailKind.RESTORED, after, after.restored_at or seen_at)


def _of_suspension(client: Client, seen_at: datetime) -> Iterator[MailIntent]:
    """Yield the suspension. One by a strike answers the client's own act."""
    by = client.suspended_by_strike
    strike = next((each for each in client.strikes if each.appointment_id == by), None)
    if strike:
        yield _of_client(MailKind.SUSPENDED, client, strike.at, own=True)
    elif client.notify:
        yield _of_client(MailKind.SUSPENDED, client, seen_at, occasion=f"r{client.revision}")


def _of_strikes(before: Client, after: Client) -> Iterator[MailIntent]:
    """Yield one intent for a new strike. The settings decide whether it reaches the limit."""
    known = {strike.appointment_id for strike in before.strikes}
    new = [strike for strike in after.strikes if strike.appointment_id not in known]
    for strike in new[-1:]:
        yield MailIntent(
            kind=MailKind.LIMIT_REACHED,
            subject=after.client_id,
            client_id=after.client_id,
            acted_at=strike.at,
            occasion=strike.appointment_id,
        )


def _of_asked_regular(before: Client, after: Client, seen_at: datetime) -> Iterator[MailIntent]:
    old, new = before.asked_regular, after.asked_regular
    if new is None or old == new:
        return
    if new.state is AskedState.ASKED:
        yield _of_client(MailKind.REGULAR_ASKED, after, new.asked_at)
    elif new.state is AskedState.DECLINED:
        occasion = new.asked_at.strftime(_INSTANT)
        yield _of_client(MailKind.REGULAR_DECLINED, after, seen_at, occasion=occasion)


def _of_client(
    kind: MailKind,
    client: Client,
    acted_at: datetime,
    *,
    own: bool = False,
    occasion: str | None = None,
) -> MailIntent:
    return MailIntent(
        kind=kind,
        subject=client.client_id,
        client_id=client.client_id,
        acted_at=acted_at,
        own=own,
        occasion=occasion or acted_at.strftime(_INSTANT),
    )
