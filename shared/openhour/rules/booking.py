"""Booking: who may take which slot."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import (
    AlreadyStarted,
    PrivilegeSuspended,
    SelfSchedulingOff,
    SlotTaken,
    TooSoon,
    UnknownClient,
    UnknownSlot,
    WeeklyLimit,
)
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week


class ConditionHeld(Enum):
    """What stands for a row against which the database found nothing."""

    CONDITION_HELD = "fine"


CONDITION_HELD = ConditionHeld.CONDITION_HELD


def require_bookable(
    practice: Practice,
    *,
    client: Client | ConditionHeld | None,
    slot: Slot | ConditionHeld | None,
    week: Week,
    now: datetime,
) -> None:
    """Raise the first refusal that stands between a client and a slot of `week`, if there is
    one. None stands for a row that is not there."""
    require_privilege(client)
    require_self_scheduling(practice)
    require_open_slot(practice, slot, now=now)
    require_room_in_week(practice, client, week)


def require_privilege(client: Client | ConditionHeld | None) -> None:
    """Raise UnknownClient for one who is not there or was discharged, PrivilegeSuspended for
    one who may not self-schedule."""
    if client is not CONDITION_HELD and require_client(client).privilege is Privilege.SUSPENDED:
        raise PrivilegeSuspended


def require_client(client: Client | None) -> Client:
    """The client; raises UnknownClient where there is none, or one who was discharged."""
    if client is None or client.privilege is Privilege.ENDED:
        raise UnknownClient
    return client


def require_self_scheduling(practice: Practice) -> None:
    """Raise SelfSchedulingOff while the practice's switch is off."""
    if not practice.self_scheduling:
        raise SelfSchedulingOff


def require_open_slot(
    practice: Practice, slot: Slot | ConditionHeld | None, *, now: datetime
) -> None:
    """Raise what keeps a client from the slot: it is unknown, has started, starts within the
    booking notice, or isn't open."""
    if slot is CONDITION_HELD:
        return
    if slot is None:
        raise UnknownSlot
    if slot.start <= now:
        raise AlreadyStarted
    if slot.start - now < practice.booking_notice:
        raise TooSoon
    if slot.state is not SlotState.OPEN:
        raise SlotTaken


def require_room_in_week(
    practice: Practice, client: Client | ConditionHeld | None, week: Week
) -> None:
    """Raise WeeklyLimit where the client has as many sessions in `week` as they may."""
    if isinstance(client, Client) and client.sessions_in(week) >= client.weekly_limit(practice):
        raise WeeklyLimit


def require_bookable_by_therapist(
    client: Client | None, slot: Slot | None, *, now: datetime
) -> tuple[Client, Slot]:
    """The client and the slot that the therapist may join: any slot that isn't booked and has
    not ended, free of the client's limits. Raises UnknownClient, UnknownSlot, AlreadyStarted
    or SlotTaken."""
    known = require_client(client)
    if slot is None:
        raise UnknownSlot
    if slot.end <= now:
        raise AlreadyStarted
    if slot.booked:
        raise SlotTaken
    return known, slot
