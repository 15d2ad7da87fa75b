"""Refusals: every reason for which Openhour declines a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from openhour.rules.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What is in the way of a therapist's act: a slot, a client or a regular."""

    slot: Slot | None = None
    client_id: str | None = None
    regular_id: str | None = None

    @classmethod
    def at(cls, slot: Slot) -> Obstacle:
        """Return a slot with whoever has it."""
        return cls(slot=slot, client_id=slot.client_id, regular_id=slot.regular_id)


class Refusal(Exception):
    """A declined request. Nothing has changed."""

    name: ClassVar[str]
    status: ClassVar[int]
    cause: ClassVar[str | None] = None
    """What logs and metrics tell apart, where `name` does not."""

    def __init__(self, *, obstacle: Obstacle | None = None, **extra: Any) -> None:
        super().__init__(self.name)
        self.obstacle = obstacle
        """What is in the way. Only the therapist is told."""
        self.extra = extra
        """What helps next: members added to the answer."""


class Forbidden(Refusal):
    """The token is for another role, or its login may not do this."""

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


class IntakeFull(Refusal):
    """Intake has filled up since the registration that is confirmed."""

    name, status = "intake-full", 403


class UnknownTherapist(Refusal):
    """No such therapist."""

    name, status = "unknown-therapist", 404


class UnknownSlot(Refusal):
    """No such slot in this calendar."""

    name, status = "unknown-slot", 404


class UnknownAppointment(Refusal):
    """There is no such appointment, or it can no longer be changed."""

    name, status = "unknown-appointment", 404


class UnknownClient(Refusal):
    """No such client, or one who has been discharged."""

    name, status = "unknown-client", 404


class UnknownRegistration(Refusal):
    """No such returning registration."""

    name, status = "unknown-registration", 404


class UnknownRegular(Refusal):
    """No such regular, or one that has ended."""

    name, status = "unknown-regular", 404


class UnknownRegularRequest(Refusal):
    """The client asks for no regular, or not any more."""

    name, status = "unknown-regular-request", 404


class MailNotStopped(Refusal):
    """Mail goes to the client already."""

    name, status = "mail-not-stopped", 409


class UnknownLogin(Refusal):
    """No such login of the practice."""

    name, status = "unknown-login", 404


class UnknownTimeOff(Refusal):
    """No such time off."""

    name, status = "unknown-time-off", 404


class SlotTaken(Refusal):
    """The slot is booked, held or blocked. A client is not told which."""

    name, status = "slot-taken", 409


class TooSoon(Refusal):
    """The slot starts within the practice's booking notice."""

    name, status = "too-soon", 409


class WeeklyLimit(Refusal):
    """The client has as many sessions in that week as are allowed."""

    name, status = "weekly-limit", 409


class FirstSessionAhead(WeeklyLimit):
    """The client registered online, has kept no session yet, and has one ahead."""

    cause = "first-session-ahead"


class AlreadyStarted(Refusal):
    """The session has started."""

    name, status = "already-started", 409


class AlreadyRegular(Refusal):
    """The session is a regular's, so it repeats already."""

    name, status = "already-regular", 409


class NotStarted(Refusal):
    """The session has not started, so it has no outcome yet."""

    name, status = "not-started", 409


class NotReady(Refusal):
    """Self-scheduling can't be switched on. `missing` names what is missing."""

    name, status = "not-ready", 409


class RegularConflict(Refusal):
    """Two regulars would have the same slot. `week` is the first such week."""

    name, status = "regular-conflict", 409


class Overlap(Refusal):
    """An extra opening would overlap another slot."""

    name, status = "overlap", 409


class KnownClient(Refusal):
    """Another client has that login name."""

    name, status = "known-client", 409


class KnownLogin(Refusal):
    """A login of the practice with another role has that address."""

    name, status = "known-login", 409


class LoginKept(Refusal):
    """The login can't be removed: `why` says `own`, `first` or `last`."""

    name, status = "login-kept", 409


class ClientSuspended(Refusal):
    """The client is suspended, so they can't be told that they may book."""

    name, status = "client-suspended", 409


class NoSender(Refusal):
    """No address that sends mail is set up."""

    name, status = "no-sender", 409


class NoAddress(Refusal):
    """The client has no address."""

    name, status = "no-address", 409


class NotInvited(Refusal):
    """The client has no login."""

    name, status = "not-invited", 409


class MailStopped(Refusal):
    """Mail to the client came back, or was marked as unwanted."""

    name, status = "mail-stopped", 409


class MailUnwanted(Refusal):
    """The client wants no mail."""

    name, status = "mail-unwanted", 409


class BeforeMailFrom(Refusal):
    """The practice does not mail its clients yet."""

    name, status = "before-mail-from", 409


class ZoneInUse(Refusal):
    """The time zone can't change while a future slot is booked."""

    name, status = "zone-in-use", 409


class RegistrationExpired(Refusal):
    """The link of a registration has expired, or a newer one has replaced it."""

    name, status = "registration-expired", 410


class Stale(Refusal):
    """The settings have changed since they were read."""

    name, status = "stale", 412


class UnsupportedMediaType(Refusal):
    """The body is not JSON."""

    name, status = "unsupported-media-type", 415


class Invalid(Refusal):
    """The request is malformed or out of bounds. `errors` says where."""

    name, status = "invalid", 422

    @classmethod
    def field(cls, field: str, message: str) -> Invalid:
        """Return the refusal of one invalid field."""
        return cls(errors=[{"field": field, "message": message}])


class Busy(Refusal):
    """There is too much contention, or the database can't answer, just now."""

    name, status = "busy", 503


class OutdatedZoneData(Busy):
    """The calendar was planned by newer rules of its time zone than this process has."""

    cause = "outdated-zone-data"
