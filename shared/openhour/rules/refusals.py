"""The one family of refusals: everything Openhour may answer instead of doing what was asked."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """An act that was not done, and why. Nothing has changed."""

    name: ClassVar[str]
    status: ClassVar[int]

    def __init__(self, **extra: Any) -> None:
        super().__init__(self.name)
        self.extra = extra
        """What helps next: members added to the answer."""


class Forbidden(Refusal):
    """The token belongs to another group of users."""

    name, status = "forbidden", 403


class PrivilegeSuspended(Refusal):
    """The client has lost the right to self-schedule."""

    name, status = "privilege-suspended", 403


class SelfSchedulingOff(Refusal):
    """The therapist has not switched self-scheduling on."""

    name, status = "self-scheduling-off", 403


class NotAccepting(Refusal):
    """Intake is closed, or the schedule is too full for new clients."""

    name, status = "not-accepting", 403


class UnknownTherapist(Refusal):
    """No such therapist."""

    name, status = "unknown-therapist", 404


class UnknownSlot(Refusal):
    """No such slot in this calendar."""

    name, status = "unknown-slot", 404


class UnknownAppointment(Refusal):
    """No such appointment, or none that this act could still change."""

    name, status = "unknown-appointment", 404


class UnknownClient(Refusal):
    """No such client, or one who has been discharged."""

    name, status = "unknown-client", 404


class UnknownRegular(Refusal):
    """No such regular, or one that has ended."""

    name, status = "unknown-regular", 404


class UnknownTimeOff(Refusal):
    """No such time off."""

    name, status = "unknown-time-off", 404


class SlotTaken(Refusal):
    """The slot is booked, held or blocked: a client is not told which."""

    name, status = "slot-taken", 409


class TooSoon(Refusal):
    """The slot starts within the practice's booking notice."""

    name, status = "too-soon", 409


class WeeklyLimit(Refusal):
    """The client has as many sessions in that week as are allowed."""

    name, status = "weekly-limit", 409


class AlreadyStarted(Refusal):
    """The session has started."""

    name, status = "already-started", 409


class NotStarted(Refusal):
    """The session has not started, so it has no outcome yet."""

    name, status = "not-started", 409


class NotReady(Refusal):
    """Self-scheduling can't be switched on; `missing` names what is."""

    name, status = "not-ready", 409


class RegularConflict(Refusal):
    """Two regulars would meet in one slot; `week` is the first week in which they do."""

    name, status = "regular-conflict", 409


class Overlap(Refusal):
    """An extra opening would overlap another slot."""

    name, status = "overlap", 409


class KnownClient(Refusal):
    """A client with that login name is there already."""

    name, status = "known-client", 409


class ZoneInUse(Refusal):
    """The time zone can't change while a future slot is booked."""

    name, status = "zone-in-use", 409


class Stale(Refusal):
    """The settings have changed since they were read."""

    name, status = "stale", 412


class UnsupportedMediaType(Refusal):
    """The body is not JSON."""

    name, status = "unsupported-media-type", 415


class Invalid(Refusal):
    """The request can't be understood or breaks a bound; `errors` says where."""

    name, status = "invalid", 422

    @classmethod
    def field(cls, field: str, message: str) -> Invalid:
        """One field that is wrong."""
        return cls(errors=[{"field": field, "message": message}])


class Busy(Refusal):
    """The calendar is too contended, or the database can't answer, just now; try again."""

    name, status = "busy", 503
