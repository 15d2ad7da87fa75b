"""Appointments: a client's booking of a slot, until it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from openhour.rules.practice import Practice
from openhour.rules.weeks import local_start, start_of

_APPOINTMENT_ID = re.compile(r"\d{8}T\d{4}Z-([A-Za-z0-9]{1,64})-[A-Za-z0-9]{1,64}", re.ASCII)


class Status(StrEnum):
    """The status of an appointment. A `booked` one whose time has passed counts as kept."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"
    MOVED = "moved"
    NO_SHOW = "no_show"


class Party(StrEnum):
    """Who ended an appointment, or in whose name."""

    CLIENT = "client"
    THERAPIST = "therapist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booking of the slot with which its id begins, `minutes` long.

    `local_start` is the wall-clock start that was promised. `regular_id` names the regular whose
    occurrence it is. Once ended, `late`, `strike` and `waived` say how that counted, and `moved_to`
    where it went. `by_plan` marks an occurrence that ended because its regular changed, and so may
    be placed again. `time_off_id` names the sick day for which it was cancelled, and `message` is
    what the therapist told the clients of that day.

    `promised_free_until` is the free-cancellation time that its own notice gave when it was made.
    `moved_late_at` is when its client came to it by a late move, and `move_strike` says whether
    that was a strike. `told_at` is when the client told the therapist who ended it for them.
    `notify` says whether the client is told of the therapist's latest act on it. `made_by` is who
    booked it or moved it here.

    `moved_from` is the appointment from which it was moved. `uid` is the first appointment of such
    a chain, None where that is itself, and `sequence` counts the moves, so that calendars recognize
    the session.
    """

    appointment_id: str
    client_id: str
    minutes: int
    made_at: datetime
    local_start: datetime | None = None
    status: Status = Status.BOOKED
    regular_id: str | None = None
    ended_at: datetime | None = None
    ended_by: Party | None = None
    late: bool = False
    strike: bool = False
    waived: bool = False
    by_plan: bool = False
    moved_to: str | None = None
    time_off_id: str | None = None
    message: str | None = None
    promised_free_until: datetime | None = None
    moved_late_at: datetime | None = None
    move_strike: bool = False
    told_at: datetime | None = None
    notify: bool = True
    made_by: Party = Party.CLIENT
    uid: str | None = None
    sequence: int = 0
    moved_from: str | None = None

    @property
    def slot_id(self) -> str:
        """The slot that it occupies."""
        return slot_id_in(self.appointment_id)

    @property
    def start(self) -> datetime:
        """The session's start, in UTC."""
        return start_of(self.slot_id)

    @property
    def end(self) -> datetime:
        """The session's end, in UTC."""
        return self.start + timedelta(minutes=self.minutes)

    def promised_day(self, zone: ZoneInfo) -> date:
        """Return the date that was promised, by the zone's present rules where none is recorded."""
        return (self.local_start or local_start(self.start, zone)).date()

    def has_begun(self, *, now: datetime) -> bool:
        """Return whether the session has begun. A missed session has, whatever `now` is."""
        return self.start <= now or self.status is Status.NO_SHOW

    @property
    def live(self) -> bool:
        """Whether it still occupies its slot."""
        return self.status in (Status.BOOKED, Status.NO_SHOW)

    @property
    def notice(self) -> timedelta | None:
        """The time between its end by a person, or when they told the therapist, and the start."""
        ended_at = self.told_at or self.ended_at
        return self.start - ended_at if ended_at else None

    def cancel_free_until(self, practice: Practice) -> datetime:
        """Return the instant until which the client may cancel without being late.

        For a session to which its client moved late, that is the instant of the move.
        """
        return self.moved_late_at or self.own_free_until(practice)

    def own_free_until(self, practice: Practice) -> datetime:
        """Return the free-cancellation time by the session's own notice, whatever came before it.

        The present settings can make it later than was promised, never earlier.
        """
        by_settings = free_until(self.start, self.made_at, practice)
        return max(by_settings, self.promised_free_until or by_settings)

    def is_late(self, practice: Practice, *, now: datetime) -> bool:
        """Return whether giving the session up now is late: after `cancel_free_until`.

        A session to which its client moved late stays late from the move on.
        """
        return self.moved_late_at is not None or now > self.cancel_free_until(practice)


def free_until(start: datetime, made_at: datetime, practice: Practice) -> datetime:
    """Return the instant until which a client may cancel freely, by the practice's settings.

    That is the end of the time before the cancellation notice, or of the grace after the booking if
    it is later. The grace ends with the start.
    """
    return max(start - practice.cancellation_notice, min(made_at + practice.grace, start))


def free_until_unasked(start: datetime, practice: Practice, *, now: datetime) -> datetime:
    """Return the free-cancellation time of a session that the plan or the therapist makes now.

    A session made inside the cancellation notice may be cancelled freely until its start.
    """
    inside_notice = start - now < practice.cancellation_notice
    return start if inside_notice else free_until(start, now, practice)


def appointment_id_of(slot_id: str, client_id: str, token: str) -> str:
    """Return the id of a booking. `token` makes a rebooking differ, or is a regular's id."""
    return f"{slot_id}-{client_id}-{token}"


def slot_id_in(appointment_id: str) -> str:
    """Return the slot with which an appointment id begins."""
    return appointment_id.partition("-")[0]


def token_in(appointment_id: str) -> str:
    """Return the token with which an appointment id ends: for an occurrence, its regular's id."""
    return appointment_id.rpartition("-")[2]


def client_id_in(appointment_id: str) -> str | None:
    """Return the client whom an appointment id names, or None if it is no such id."""
    match = _APPOINTMENT_ID.fullmatch(appointment_id)
    return match[1] if match else None
