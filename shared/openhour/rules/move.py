"""Moving: one atomic swap of slots, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import (
    Appointment,
    Party,
    Status,
    appointment_id_of,
    free_until,
    free_until_unasked,
    slot_id_in,
)
from openhour.rules.booking import (
    require_bookable_by_therapist,
    require_open_slot,
    require_privilege,
    require_room_in_week,
    require_self_scheduling,
)
from openhour.rules.cancellation import (
    Ending,
    change_weeks,
    client_after_ending,
    is_another_strike,
    require_told_in_time,
)
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, UnknownAppointment, UnknownSlot
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week, local_start

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
    return appointment, target, _ending(appointment, practice, now=now)


def decide_move_by_therapist(
    practice: Practice,
    *,
    client: Client | None,
    appointment: Appointment | None,
    target: Slot | None,
    by: Party,
    told_at: datetime | None,
    now: datetime,
) -> tuple[Appointment, Slot, Ending]:
    """Decide how the therapist's move to the slot `target` ends an appointment.

    The slot may be open, held or blocked, and the client's limits do not apply. In the client's
    name the move counts as theirs, by the notice that they gave at `told_at`.

    Raises:
        UnknownAppointment, UnknownClient, UnknownSlot, AlreadyStarted, SlotTaken, Invalid: The
            first reason to refuse, in this order.
    """
    if appointment is None or not appointment.live:
        raise UnknownAppointment
    if target is None:
        raise UnknownSlot
    if appointment.has_begun(now=now):
        raise AlreadyStarted
    require_bookable_by_therapist(client, target, now=now)
    told_at = require_told_in_time(appointment, told_at, by=by, now=now)
    if by is Party.THERAPIST:
        return appointment, target, UNCHANGED
    return appointment, target, _ending(appointment, practice, now=told_at)


def _ending(appointment: Appointment, practice: Practice, *, now: datetime) -> Ending:
    """Return how a client's move at `now` ends the appointment."""
    late = appointment.is_late(practice, now=now)
    strike = late and practice.late_move_is_strike
    return Ending(late=late, strike=strike and is_another_strike(appointment, practice, now=now))


def session_after_move(
    old: Appointment,
    slot: Slot,
    ending: Ending,
    practice: Practice,
    *,
    token: str,
    moved_at: datetime,
    by_therapist: bool,
) -> Appointment:
    """Return the new session. It keeps the `made_at` of the first booking: a move gives no grace.

    After a late move, cancelling it is late from the instant of the move on.
    """
    promised = (
        free_until_unasked(slot.start, practice, now=moved_at)
        if by_therapist and not ending.late
        else free_until(slot.start, old.made_at, practice)
    )
    return Appointment(
        appointment_id=appointment_id_of(slot.slot_id, old.client_id, token),
        client_id=old.client_id,
        minutes=slot.minutes,
        made_at=old.made_at,
        local_start=local_start(slot.start, practice.zone),
        promised_free_until=promised,
        moved_late_at=moved_at if ending.late else None,
        move_strike=ending.late and (old.move_strike or ending.strike),
        made_by=Party.THERAPIST if by_therapist else Party.CLIENT,
        uid=old.uid or old.appointment_id,
        sequence=old.sequence + 1,
        moved_from=old.appointment_id,
    )


def as_moved(
    appointment: Appointment,
    ending: Ending,
    *,
    to: Appointment,
    now: datetime,
    by: Party = Party.CLIENT,
    told_at: datetime | None = None,
    notify: bool = True,
) -> Appointment:
    """Return the old appointment after the move."""
    return replace(
        appointment,
        status=Status.MOVED,
        ended_at=now,
        ended_by=by,
        told_at=told_at,
        notify=notify,
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
    """Return the client after a session has moved from `week` to `to_week`.

    A move in the therapist's own name is not in the client's conduct.
    """
    by = {} if week == to_week else {week: -1, to_week: 1}
    client = replace(client, weeks=change_weeks(client, practice, by, now=now))
    if ended.ended_by is Party.THERAPIST:
        return client
    counted = replace(client, tally=replace(client.tally, moved=client.tally.moved + 1))
    return client_after_ending(counted, ended, practice, now=now)
