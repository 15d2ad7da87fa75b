"""Cancelling: when it is late, and when it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.clients import Client
from openhour.rules.conduct import add_notice
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, Invalid, UnknownAppointment
from openhour.rules.strikes import add_strike
from openhour.rules.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an appointment ended: whether late, and whether that is a strike."""

    late: bool
    strike: bool


def is_repeated_cancellation(appointment: Appointment | None) -> bool:
    """Return whether the appointment was cancelled before. Its first outcome is then the answer."""
    return appointment is not None and appointment.status in (
        Status.CANCELLED,
        Status.LATE_CANCELLED,
    )


def cancel(
    appointment: Appointment | None,
    practice: Practice,
    *,
    by: Party,
    now: datetime,
    told_at: datetime | None = None,
) -> Ending:
    """Decide how cancelling an appointment at `now` ends it.

    A client is late after `cancel_free_until`, counted from `told_at` if they told the therapist
    before now. A therapist is never late.

    Raises:
        Invalid: `told_at` is not between the booking and now.
        UnknownAppointment: There is no such appointment, or it has ended.
        AlreadyStarted: The session has started.
    """
    if appointment is None or not appointment.live:
        raise UnknownAppointment
    if appointment.has_begun(now=now):
        raise AlreadyStarted
    told_at = require_told_in_time(appointment, told_at, by=by, now=now)
    late = by is Party.CLIENT and appointment.is_late(practice, now=told_at)
    strike = late and is_another_strike(appointment, practice, now=told_at)
    return Ending(late=late, strike=strike)


def is_another_strike(appointment: Appointment, practice: Practice, *, now: datetime) -> bool:
    """Return whether giving up the session late now is a strike besides that of a late move to it.

    The strike of the move is not repeated, unless the session is given up inside its own notice.
    """
    return not appointment.move_strike or now > appointment.own_free_until(practice)


def require_told_in_time(
    appointment: Appointment, told_at: datetime | None, *, by: Party, now: datetime
) -> datetime:
    """Return when the client gave the session up: `told_at`, or now if it is not given.

    Raises:
        Invalid: It is not between the booking and now, or the therapist acts in their own name.
    """
    if told_at is None:
        return now
    if by is not Party.CLIENT:
        raise Invalid.field("told_at", "Give it only with `by=client`.")
    if not appointment.made_at <= told_at <= now:
        raise Invalid.field("told_at", "Must be between the booking and now.")
    return told_at


def as_cancelled(
    appointment: Appointment,
    ending: Ending,
    *,
    by: Party,
    now: datetime,
    told_at: datetime | None = None,
    notify: bool = True,
) -> Appointment:
    """Return the appointment after the cancellation."""
    return replace(
        appointment,
        told_at=told_at,
        notify=notify,
        status=Status.LATE_CANCELLED if ending.late else Status.CANCELLED,
        ended_at=now,
        ended_by=by,
        late=ending.late,
        strike=ending.strike,
    )


def client_after_cancellation(
    client: Client, ended: Appointment, practice: Practice, *, week: Week, now: datetime
) -> Client:
    """Return the client after the cancellation of an appointment of `week`.

    They have one session fewer. A cancellation by them is in their conduct.
    """
    tally = client.tally
    weeks = change_weeks(client, practice, {week: -1}, now=now)
    if ended.ended_by is Party.THERAPIST:
        cancelled_by_therapist = replace(
            tally, cancelled_by_therapist=tally.cancelled_by_therapist + 1
        )
        return replace(client, weeks=weeks, tally=cancelled_by_therapist)
    counted = replace(
        tally,
        cancelled=tally.cancelled + (not ended.late),
        late_cancelled=tally.late_cancelled + ended.late,
    )
    return client_after_ending(
        replace(client, weeks=weeks, tally=counted), ended, practice, now=now
    )


def client_after_ending(
    client: Client, ended: Appointment, practice: Practice, *, now: datetime
) -> Client:
    """Return the client with the notice that they gave and, if it is one, the strike."""
    client = replace(client, notices=add_notice(client.notices, ended.notice or timedelta(0)))
    if not ended.strike:
        return client
    return add_strike(client, practice, ended.appointment_id, now=now).apply(client)


def change_weeks(
    client: Client, practice: Practice, changes: Mapping[Week, int], *, now: datetime
) -> Mapping[str, int]:
    """Return the client's sessions per week after some changes, without past weeks."""
    counts = {str(week): client.sessions_in(week) + more for week, more in changes.items()}
    current = str(practice.week_of(now))
    return {week: n for week, n in {**client.weeks, **counts}.items() if week >= current and n}
