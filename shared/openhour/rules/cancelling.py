"""Cancelling: when it is late, and when that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.booking import refuse_privilege
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, UnknownAppointment


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an appointment ended: whether late, and whether that is a strike (a late move need
    not be)."""

    late: bool
    strike: bool


def is_repeated_cancellation(appointment: Appointment | None) -> bool:
    """Whether it has been cancelled before: then the first outcome is the answer."""
    return appointment is not None and appointment.status in (
        Status.CANCELLED,
        Status.LATE_CANCELLED,
    )


def cancel(
    appointment: Appointment | None,
    client: Client | None,
    practice: Practice,
    *,
    by: Party,
    now: datetime,
) -> Ending:
    """End `appointment` at `now`. A client is late with less notice than the practice's
    `cancellation_notice`, except within its `grace` of making the booking. Raises UnknownClient,
    PrivilegeSuspended, UnknownAppointment or AlreadyStarted."""
    if by is Party.CLIENT:
        refuse_privilege(client)
    if appointment is None or client is None or not appointment.live:
        raise UnknownAppointment
    if appointment.start <= now:
        raise AlreadyStarted
    late = by is Party.CLIENT and is_late(appointment, practice, now=now)
    return Ending(late=late, strike=late)


def is_late(appointment: Appointment, practice: Practice, *, now: datetime) -> bool:
    """Whether to give the session up now is late."""
    short = appointment.start - now < practice.cancellation_notice
    in_grace = now - appointment.made_at <= practice.grace
    return short and not in_grace
