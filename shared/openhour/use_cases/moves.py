"""Moving: the old slot freed and the new one taken in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, Party, client_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import require_client
from openhour.rules.clients import Client
from openhour.rules.move import (
    as_moved,
    client_after_move,
    decide_move,
    decide_move_by_therapist,
    is_repeated_move,
    is_same_slot,
    session_after_move,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownAppointment
from openhour.rules.slots import Slot
from openhour.store.appointments import get_appointment, insert_appointment, read_for_move
from openhour.store.audit_log import audit_entry
from openhour.store.booking_writes import occupy_slot, occupy_slot_if_open
from openhour.store.ending_writes import end_appointment, free_slot, update_client_after_ending
from openhour.store.practices import cached_practice
from openhour.store.regulars import add_exception_of
from openhour.store.transactions import Write, commit, retry_on_conflict
from openhour.tokens import new_token
from openhour.use_cases.cancellations import CancellationResult


def move(
    therapist_id: str, client_id: str, appointment_id: str, slot_id: str, *, now: datetime
) -> CancellationResult:
    """Move a client's appointment to another slot.

    Moving again to the same slot returns the first outcome, and moving to the appointment's own
    slot changes nothing. The new appointment keeps the `made_at` of the first booking, so that a
    move gives no new grace.

    Raises:
        Refusal: As `decide_move` raises.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    token = new_token()

    @retry_on_conflict()
    def attempt() -> CancellationResult:
        appointment, found_week, found_client, target = read_for_move(
            therapist_id, client_id, appointment_id, slot_id
        )
        client = require_client(found_client)
        if appointment and is_same_slot(appointment, slot_id):
            return CancellationResult(
                practice=practice, appointment=appointment, late=False, client=client
            )
        if appointment and is_repeated_move(appointment, slot_id):
            return _first_outcome(practice, appointment, client)
        week = found_week or practice.week_of(now)
        old, slot, ending = decide_move(
            practice, client=client, appointment=appointment, week=week, target=target, now=now
        )
        new = session_after_move(
            old, slot, ending, practice, token=token, moved_at=now, by_therapist=False
        )
        moved = as_moved(old, ending, to=new, now=now)
        after = client_after_move(client, moved, practice, week=week, to_week=slot.week, now=now)
        commit(
            [
                occupy_slot_if_open(therapist_id, new, slot),
                update_client_after_ending(therapist_id, client, after, active=True),
                *_swap(practice, old=old, moved=moved, slot=slot, new=new),
            ]
        )
        return CancellationResult(
            practice=practice, appointment=new, late=ending.late, client=after
        )

    return attempt()


def move_for_client(
    therapist_id: str,
    appointment_id: str,
    slot_id: str,
    *,
    by: Party,
    now: datetime,
    told_at: datetime | None = None,
    notify: bool = True,
) -> CancellationResult:
    """Move an appointment, for the therapist, in their own name or the client's.

    The slot may be open, held or blocked, and the client's limits do not apply. In the client's
    name it counts as the client's move, with the notice that they gave at `told_at`. `notify` is
    kept with both appointments. Repeats are answered as by `move`.

    Raises:
        Refusal: As `decide_move_by_therapist` raises.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    client_id = client_id_in(appointment_id)
    if client_id is None:
        raise UnknownAppointment
    token = new_token()

    @retry_on_conflict()
    def attempt() -> CancellationResult:
        appointment, found_week, client, target = read_for_move(
            therapist_id, client_id, appointment_id, slot_id
        )
        if appointment is None or client is None:
            raise UnknownAppointment
        if is_same_slot(appointment, slot_id):
            return CancellationResult(
                practice=practice, appointment=appointment, late=False, client=client
            )
        if is_repeated_move(appointment, slot_id):
            return _first_outcome(practice, appointment, client)
        old, slot, ending = decide_move_by_therapist(
            practice,
            client=client,
            appointment=appointment,
            target=target,
            by=by,
            told_at=told_at,
            now=now,
        )
        told = told_at or now
        new = session_after_move(
            old, slot, ending, practice, token=token, moved_at=told, by_therapist=True
        )
        new = replace(new, notify=notify)
        moved = as_moved(old, ending, to=new, now=now, by=by, told_at=told, notify=notify)
        week = found_week or practice.week_of(now)
        after = client_after_move(client, moved, practice, week=week, to_week=slot.week, now=now)
        commit(
            [
                occupy_slot(therapist_id, new, slot, now=now),
                update_client_after_ending(therapist_id, client, after, active=False),
                *_swap(practice, old=old, moved=moved, slot=slot, new=new),
                audit_entry(
                    therapist_id,
                    AuditAction.MOVE,
                    now=now,
                    client_id=client_id,
                    target=appointment_id,
                    details=(by,),
                ),
            ]
        )
        return CancellationResult(
            practice=practice, appointment=new, late=ending.late, client=after
        )

    return attempt()


def _swap(
    practice: Practice, *, old: Appointment, moved: Appointment, slot: Slot, new: Appointment
) -> list[Write]:
    therapist_id = practice.therapist_id
    return [
        free_slot(therapist_id, old),
        end_appointment(therapist_id, old, moved),
        insert_appointment(therapist_id, new, slot.week),
        *add_exception_of(practice, old),
    ]


def _first_outcome(
    practice: Practice, appointment: Appointment, client: Client
) -> CancellationResult:
    moved_to = appointment.moved_to or ""
    new = get_appointment(practice.therapist_id, client.client_id, moved_to)
    return CancellationResult(
        practice=practice, appointment=new, late=appointment.late, client=client
    )
