"""Booking: which client may take which slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum

from openhour.rules.appointments import Appointment, Status
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import (
    AlreadyStarted,
    FirstSessionAhead,
    Obstacle,
    PrivilegeSuspended,
    Refusal,
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
    """Stands for a row that the database did not return because its condition held."""

    CONDITION_HELD = "fine"


CONDITION_HELD = ConditionHeld.CONDITION_HELD


def require_bookable(
    practice: Practice,
    *,
    client: Client | ConditionHeld | None,
    slot: Slot | ConditionHeld | None,
    week: Week,
    has_session_ahead: bool = False,
    now: datetime,
) -> None:
    """Require that a client may book a slot.

    Raises:
        Refusal: The first of `reasons_against_booking`.
    """
    for reason in reasons_against_booking(
        practice, client=client, slot=slot, week=week, has_session_ahead=has_session_ahead, now=now
    ):
        raise reason


def reasons_against_booking(
    practice: Practice,
    *,
    client: Client | ConditionHeld | None,
    slot: Slot | ConditionHeld | None,
    week: Week,
    has_session_ahead: bool = False,
    now: datetime,
) -> Iterator[Refusal]:
    """Yield every reason for which a client may not book a slot of `week`, the first one first.

    None stands for a row that does not exist. `has_session_ahead` says of a new client that they
    hold a session and have kept none yet.
    """
    yield from reasons_against_client(client)
    yield from reasons_against_practice(practice)
    yield from _reasons_against_slot(practice, slot, now=now)
    if has_session_ahead:
        yield FirstSessionAhead()
    yield from _reasons_against_week(practice, client, week)


def has_kept_session(appointments: Iterable[Appointment], *, now: datetime) -> bool:
    """Return whether one of a client's appointments was kept: it is over, and not given up."""
    return any(each.status is Status.BOOKED and each.end <= now for each in appointments)


def has_first_session_ahead(appointments: Iterable[Appointment], *, now: datetime) -> bool:
    """Return whether a client with these appointments holds one and has kept none."""
    own = tuple(appointments)
    return not has_kept_session(own, now=now) and any(a.live and a.end > now for a in own)


def require_privilege(client: Client | ConditionHeld | None) -> None:
    """Require that the client exists and may self-schedule.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
        PrivilegeSuspended: The client may not self-schedule.
    """
    for reason in reasons_against_client(client):
        raise reason


def reasons_against_client(client: Client | ConditionHeld | None) -> Iterator[Refusal]:
    """Yield why the client may not self-schedule."""
    if client is CONDITION_HELD:
        return
    if client is None or client.privilege is Privilege.ENDED:
        yield UnknownClient()
    elif client.privilege is Privilege.SUSPENDED:
        yield PrivilegeSuspended()


def require_client(client: Client | None) -> Client:
    """Return the client.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
    """
    if client is None or client.privilege is Privilege.ENDED:
        raise UnknownClient
    return client


def require_self_scheduling(practice: Practice) -> None:
    """Require that the practice's switch is on.

    Raises:
        SelfSchedulingOff: It is off.
    """
    for reason in reasons_against_practice(practice):
        raise reason


def reasons_against_practice(practice: Practice) -> Iterator[Refusal]:
    """Yield why no client of the practice may self-schedule."""
    if not practice.self_scheduling:
        yield SelfSchedulingOff()


def require_open_slot(
    practice: Practice, slot: Slot | ConditionHeld | None, *, now: datetime
) -> None:
    """Require that the slot is open and far enough away for a client.

    Raises:
        UnknownSlot: There is no such slot.
        AlreadyStarted: It has started.
        TooSoon: It starts within the booking notice.
        SlotTaken: It is not open.
    """
    for reason in _reasons_against_slot(practice, slot, now=now):
        raise reason


def _reasons_against_slot(
    practice: Practice, slot: Slot | ConditionHeld | None, *, now: datetime
) -> Iterator[Refusal]:
    if slot is CONDITION_HELD:
        return
    if slot is None:
        yield UnknownSlot()
        return
    if slot.start <= now:
        yield AlreadyStarted()
    elif slot.start - now < practice.booking_notice:
        yield TooSoon()
    if slot.state is not SlotState.OPEN:
        yield SlotTaken(obstacle=Obstacle.at(slot))


def require_room_in_week(
    practice: Practice, client: Client | ConditionHeld | None, week: Week
) -> None:
    """Require that the client is below the weekly limit in `week`.

    Raises:
        WeeklyLimit: The client has as many sessions as allowed.
    """
    for reason in _reasons_against_week(practice, client, week):
        raise reason


def _reasons_against_week(
    practice: Practice, client: Client | ConditionHeld | None, week: Week
) -> Iterator[Refusal]:
    if isinstance(client, Client) and client.sessions_in(week) >= client.weekly_limit(practice):
        yield WeeklyLimit()


def require_bookable_by_therapist(
    client: Client | None, slot: Slot | None, *, now: datetime
) -> tuple[Client, Slot]:
    """Return the client and the slot if the therapist may book the one into the other.

    The slot may be open, held or blocked, and the client's limits do not apply.

    Raises:
        UnknownClient: There is no such client.
        UnknownSlot: There is no such slot.
        AlreadyStarted: The slot has ended.
        SlotTaken: The slot is booked.
    """
    known = require_client(client)
    if slot is None:
        raise UnknownSlot
    if slot.end <= now:
        raise AlreadyStarted
    if slot.booked:
        raise SlotTaken(obstacle=Obstacle.at(slot))
    return known, slot
