"""Moving: one atomic swap of slots, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, Party, Status, slot_id_in
from openhour.rules.booking import (
    require_open_slot,
    require_privilege,
    require_room_in_week,
    require_self_scheduling,
)
from openhour.rules.cancellation import Ending, change_weeks, client_after_ending, is_late
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, UnknownAppointment, UnknownSlot
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week

UNCHANGED = Ending(late=False, strike=False)
"""The outcome of moving an appointment to its own slot."""


def is_same_slot(appointment: Appointment | None, slot_id: str) -> bool:
    """Return whether the move leads to the appointment's own slot."""
    return (
        appointment is not None
        and appointment.status is Status.BOOKED
        and appointment.slot_id == slot_id
    )


def is_repeated_move(appointment: Appointment | None, slot_id: str) -> bool:
    """Return whether it was moved to that slot before. Its first outcome is then the answer."""
    return (
        appointment is not None
        and appointment.moved_to is not None
        and slot_id_in(appointment.moved_to) == slot_id
    )


def decide_move(
    practice: Practice,
    *,
    client: Client | None,
    appointment: Appointment | None,
    week: Week,
    target: Slot | None,
    now: datetime,
) -> tuple[Appointment, Slot, Ending]:
    """Decide how a client's move from an appointment in `week` to the slot `target` ends it.

    The weekly limit does not apply within one week. The move is late by the rule for cancelling,
    and a strike only where `late_move_is_strike` is set.

    Raises:
        UnknownClient, PrivilegeSuspended, UnknownAppointment, SelfSchedulingOff, UnknownSlot,
        AlreadyStarted, TooSoon, SlotTaken, WeeklyLimit: The first reason to refuse, in this order.
    """
    require_privilege(client)
    if appointment is None or not appointment.live:
        raise UnknownAppointment
    require_self_scheduling(practice)
    if target is None:
        raise UnknownSlot
    if appointment.has_begun(now=now):
        raise AlreadyStarted
    require_open_slot(practice, target, now=now)
    if target.week != week:
        require_room_in_week(practice, client, target.week)
    late = is_late(appointment, practice, now=now)
    return appointment, target, Ending(late=late, strike=late and practice.late_move_is_strike)


def as_moved(
    appointment: Appointment, ending: Ending, *, to: Appointment, now: datetime
) -> Appointment:
    """Return the old appointment after the move."""
    return replace(
        appointment,
        status=Status.MOVED,
        ended_at=now,
        ended_by=Party.CLIENT,
        late=ending.late,
        strike=ending.strike,
        moved_to=to.appointment_id,
    )


def client_after_move(
    client: Client,
    ended: Appointment,
    practice: Practice,
    *,
    week: Week,
    to_week: Week,
    now: datetime,
) -> Client:
    """Return the client after a session has moved from `week` to `to_week`."""
    by = {} if week == to_week else {week: -1, to_week: 1}
    counted = replace(
        client,
        weeks=change_weeks(client, practice, by, now=now),
        tally=replace(client.tally, moved=client.tally.moved + 1),
    )
    return client_after_ending(counted, ended, practice, now=now)
