"""Moving: one swap, or nothing."""

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
from openhour.rules.cancellation import Ending, change_weeks, is_late, record_ending
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, UnknownAppointment, UnknownSlot
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week

UNCHANGED = Ending(late=False, strike=False)
"""The outcome of moving an appointment to its own slot."""


def is_same_slot(appointment: Appointment | None, slot_id: str) -> bool:
    """Whether the move leads to the slot that the appointment has."""
    return (
        appointment is not None
        and appointment.status is Status.BOOKED
        and appointment.slot_id == slot_id
    )


def is_repeated_move(appointment: Appointment | None, slot_id: str) -> bool:
    """Whether it has been moved to that slot before: then the first outcome is the answer."""
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
    """What a client's move from `appointment`, in `week`, to `target` comes to. Within one week
    it never meets the weekly limit. Late by the rule for cancelling; a strike only where the
    practice says so.

    Raises UnknownClient, PrivilegeSuspended, UnknownAppointment, SelfSchedulingOff, UnknownSlot,
    AlreadyStarted, TooSoon, SlotTaken or WeeklyLimit.
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
    """The old appointment once its client has moved to another."""
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
    """The client once a session has moved from `week` to `to_week`."""
    by = {} if week == to_week else {week: -1, to_week: 1}
    counted = replace(
        client,
        weeks=change_weeks(client, practice, by, now=now),
        tally=replace(client.tally, moved=client.tally.moved + 1),
    )
    return record_ending(counted, ended, practice, now=now)
