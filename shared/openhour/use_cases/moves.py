"""Moving: the old slot freed and the new one taken in one transaction, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.booking import require_client
from openhour.rules.clients import Client
from openhour.rules.move import (
    as_moved,
    client_after_move,
    decide_move,
    is_repeated_move,
    is_same_slot,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week
from openhour.store.booking_writes import occupy_slot_if_open, put_appointment
from openhour.store.ending_writes import (
    add_exception_of,
    end_appointment,
    free_slot,
    update_client_after_ending,
)
from openhour.store.mapping import appointment_from_row, client_from_row, owner_of, slot_from_row
from openhour.store.models import AppointmentRow, SlotRow
from openhour.store.practices import cached_practice
from openhour.store.queries import batch_get, get_referenced
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Write, commit
from openhour.use_cases.cancellations import CancellationResult, appointment_and_client_keys

_ATTEMPTS = 20


def move(
    therapist_id: str, client_id: str, appointment_id: str, slot_id: str, *, now: datetime
) -> CancellationResult:
    """Move a client's appointment to another slot. Moving again to the same slot gives the first
    outcome, moving to its own slot changes nothing. The new appointment counts as made when the
    first was, so that a move is no new grace. Raises what the rule for moving raises, Busy."""
    practice = cached_practice(therapist_id)
    keys = (
        *appointment_and_client_keys(therapist_id, client_id, appointment_id),
        (SlotRow, therapist_id, slot_id),
    )
    token = uuid4().hex[:12]
    for attempt in range(_ATTEMPTS):
        row, client_row, slot_row = batch_get(keys)
        client = require_client(client_from_row(client_row) if client_row else None)
        appointment = appointment_from_row(row) if row else None
        if appointment and is_same_slot(appointment, slot_id):
            return CancellationResult(
                practice=practice, appointment=appointment, late=False, client=client
            )
        if appointment and is_repeated_move(appointment, slot_id):
            return _first_outcome(practice, appointment, client)
        week = Week.parse(row.week) if row else practice.week_of(now)
        target = slot_from_row(slot_row) if slot_row else None
        old, new, ending = decide_move(
            practice, client=client, appointment=appointment, week=week, target=target, now=now
        )
        made = Appointment(
            appointment_id=appointment_id_of(slot_id, client_id, token),
            client_id=client_id,
            minutes=new.minutes,
            made_at=old.made_at,
        )
        ended = as_moved(old, ending, to=made, now=now)
        after = client_after_move(client, ended, practice, week=week, to_week=new.week, now=now)
        try:
            commit(
                _swap(practice, old=old, ended=ended, new=new, made=made, client=(client, after))
            )
        except ConditionFailed:
            back_off(attempt)
        else:
            return CancellationResult(
                practice=practice, appointment=made, late=ending.late, client=after
            )
    raise Busy


def _swap(
    practice: Practice,
    *,
    old: Appointment,
    ended: Appointment,
    new: Slot,
    made: Appointment,
    client: tuple[Client, Client],
) -> list[Write]:
    therapist_id = practice.therapist_id
    return [
        free_slot(therapist_id, old),
        occupy_slot_if_open(therapist_id, made, new),
        update_client_after_ending(therapist_id, *client, active=True),
        end_appointment(therapist_id, old, ended),
        put_appointment(therapist_id, made, new.week),
        *add_exception_of(practice, old),
    ]


def _first_outcome(
    practice: Practice, appointment: Appointment, client: Client
) -> CancellationResult:
    owner = owner_of(practice.therapist_id, client.client_id)
    to = appointment_from_row(get_referenced(AppointmentRow, owner, appointment.moved_to or ""))
    return CancellationResult(
        practice=practice, appointment=to, late=appointment.late, client=client
    )
