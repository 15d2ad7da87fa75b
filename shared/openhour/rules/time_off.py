"""Time off: when the therapist is away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client, Mail
from openhour.rules.notices import Notice
from openhour.rules.slots import Slot, SlotState

_MAIL_TAKES = timedelta(hours=24)
"""A mail about a session that starts sooner may be read too late."""
_NOT_ASKED_FOR = ("time_off_id", "made_at", "sessions")
_ID_LENGTH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """A half-open span of instants.

    With `cancel_booked` every session in it is cancelled, and its client is told `message`, unless
    `notify` is false. `sessions` are the ids of the appointments in it when it was taken so.
    Clients see `notice` while it lasts, and never `note`.

    Raises:
        ValueError: It would end before it begins.
    """

    time_off_id: str
    begins: datetime
    ends: datetime
    made_at: datetime
    cancel_booked: bool = False
    message: str | None = None
    notify: bool = True
    notice: str | None = None
    note: str | None = None
    sessions: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("must end after it begins")

    def covers(self, slot: Slot) -> bool:
        """Return whether any part of the slot falls into it."""
        return slot.start < self.ends and self.begins < slot.end

    def blocks(self, slot: Slot) -> bool:
        """Return whether it takes the slot off the calendar.

        A slot that the therapist opened or held by hand afterwards stays. One blocked by hand
        stays blocked, or a regular would be placed there.
        """
        set_since = slot.manual_state_at is not None and slot.manual_state_at > self.made_at
        return self.covers(slot) and not (set_since and slot.manual_state is not SlotState.BLOCKED)


class BlockReason(StrEnum):
    """Why a slot is blocked."""

    BY_HAND = "by-hand"
    """The therapist has blocked it."""
    TIME_OFF = "time-off"
    """It is in time off."""
    NO_NOTICE = "no-notice"
    """A regular's slot that became free too late for the client to be told."""


def why_blocked(
    slot: Slot, time_off: Iterable[TimeOff]
) -> tuple[BlockReason | None, TimeOff | None]:
    """Return why a slot is blocked, and the time off that blocks it; None where none is known."""
    if slot.state is not SlotState.BLOCKED:
        return None, None
    span = next((each for each in time_off if each.blocks(slot)), None)
    if slot.manual_state is SlotState.BLOCKED:
        return BlockReason.BY_HAND, span
    if span:
        return BlockReason.TIME_OFF, span
    return (BlockReason.NO_NOTICE if slot.waiting_since else None), None


def notices_of(time_off: Iterable[TimeOff], *, now: datetime) -> tuple[Notice, ...]:
    """Return the notices of the time off that has not ended, in order of its beginning."""
    unfinished = (each for each in time_off if each.ends > now and each.notice)
    notices = (Notice(begins=t.begins, ends=t.ends, text=t.notice or "") for t in unfinished)
    return tuple(sorted(notices, key=lambda notice: (notice.begins, notice.ends, notice.text)))


def time_off_id_of(wanted: TimeOff) -> str:
    """Return the id of wanted time off: the same for the same request, and for no other."""
    asked = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    text = json.dumps(
        {name: value for name, value in asked.items() if name not in _NOT_ASKED_FOR},
        default=lambda instant: instant.astimezone(UTC).isoformat(),
        sort_keys=True,
    )
    return f"t{sha256(text.encode()).hexdigest()[:_ID_LENGTH]}"


class CallReason(StrEnum):
    """Why a client has to be called."""

    NO_ADDRESS = "no_address"
    NOT_MAILED = "not_mailed"
    """The practice mails no clients yet."""
    MAIL_STOPPED = "mail_stopped"
    """Mails to them came back, or were unwanted."""
    MAIL_OFF = "mail_off"
    """They want no mail."""
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A client to call about a session that was cancelled, since mail won't reach them in time."""

    client: Client
    start: datetime
    why: CallReason


def calls_about(
    cancelled: Iterable[Appointment],
    clients: Mapping[str, Client],
    *,
    are_mailed: bool,
    now: datetime,
) -> tuple[Call, ...]:
    """Return whom to call about cancelled sessions, soonest first.

    They are clients whom no mail reaches, and those whose session starts within 24 hours.
    `are_mailed`: the practice mails its clients.
    """
    calls = []
    for appointment in sorted(cancelled, key=lambda each: (each.start, each.appointment_id)):
        client = clients.get(appointment.client_id)
        if client is None:
            continue
        is_soon = appointment.start - now < _MAIL_TAKES
        why = _why_no_mail(client, are_mailed=are_mailed)
        if why := why or (CallReason.SOON if is_soon else None):
            calls.append(Call(client=client, start=appointment.start, why=why))
    return tuple(calls)


def _why_no_mail(client: Client, *, are_mailed: bool) -> CallReason | None:
    """Return why no mail reaches a client, or None."""
    if not client.email:
        return CallReason.NO_ADDRESS
    if not are_mailed:
        return CallReason.NOT_MAILED
    if client.mail_stopped:
        return CallReason.MAIL_STOPPED
    return CallReason.MAIL_OFF if client.mail is Mail.NONE else None
