"""Moving: the old slot freed and the new one taken in one transaction, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from openhour.rules import moving
from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.booking import refuse_unknown
from openhour.rules.clients import Client
from openhour.rules.moving import after_moving, is_repeated_move, is_unmoved, moved
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week
from openhour.store.cancellations import Ended, claim_keys
from openhour.store.claims import put_appointment, take_open
from openhour.store.endings import end_appointment, free_slot, record_ending, skip_given_up
from openhour.store.faults import pause
from openhour.store.practices import settings
from openhour.store.reading import fetch_all, need
from openhour.store.tables import AppointmentRow, SlotRow
from openhour.store.transactions import Refused, Write, commit
from openhour.store.values import appointment_in, client_in, owner_of, slot_in

_ATTEMPTS = 20


def move(
    therapist_id: str, client_id: str, appointment_id: str, slot_id: str, *, now: datetime
) -> Ended:
    """Move a client's appointment to another slot. Moving again to the same slot gives the first
    outcome, moving to its own slot changes nothing. The new appointment counts as made when the
    first was, so that a move is no new grace. Raises what the rule for moving raises, Busy."""
    practice = settings(therapist_id)
    keys = (*claim_keys(therapist_id, client_id, appointment_id), (SlotRow, therapist_id, slot_id))
    token = uuid4().hex[:12]
    for attempt in range(_ATTEMPTS):
        row, client_row, slot_row = fetch_all(keys)
        client = refuse_unknown(client_in(client_row) if client_row else None)
        appointment = appointment_in(row) if row else None
        if appointment and is_unmoved(appointment, slot_id):
            return Ended(practice=practice, appointment=appointment, late=False, client=client)
        if appointment and is_repeated_move(appointment, slot_id):
            return _first_outcome(practice, appointment, client)
        week = Week.parse(row.week) if row else practice.week_of(now)
        target = slot_in(slot_row) if slot_row else None
        old, new, ending = moving.move(
            practice, client=client, appointment=appointment, week=week, target=target, now=now
        )
        made = Appointment(
            appointment_id=appointment_id_of(slot_id, client_id, token),
            client_id=client_id,
            minutes=new.minutes,
            made_at=old.made_at,
        )
        ended = moved(old, ending, to=made, now=now)
        after = after_moving(client, ended, practice, week=week, to_week=new.week, now=now)
        try:
            commit(
                _swap(practice, old=old, ended=ended, new=new, made=made, client=(client, after))
            )
        except Refused:
            pause(attempt)
        else:
            return Ended(practice=practice, appointment=made, late=ending.late, client=after)
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
        take_open(therapist_id, made, new),
        record_ending(therapist_id, *client, active=True),
        end_appointment(therapist_id, old, ended),
        put_appointment(therapist_id, made, new.week),
        *skip_given_up(practice, old),
    ]


def _first_outcome(practice: Practice, appointment: Appointment, client: Client) -> Ended:
    owner = owner_of(practice.therapist_id, client.client_id)
    to = appointment_in(need(AppointmentRow, owner, appointment.moved_to or ""))
    return Ended(practice=practice, appointment=to, late=appointment.late, client=client)
