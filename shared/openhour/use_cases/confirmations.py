"""Confirmations: a session that the therapist keeps although the plan is against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from openhour.rules.appointments import Appointment, client_id_in, slot_id_in
from openhour.rules.audit_log import AuditAction
from openhour.rules.desired_calendar import is_displaced, is_set_by_hand
from openhour.rules.hours import find_entry
from openhour.rules.practice import Practice
from openhour.rules.refusals import AlreadyStarted, UnknownAppointment
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, local_start
from openhour.store.appointments import confirm_appointment, get_appointment
from openhour.store.audit_log import audit_entry
from openhour.store.regulars import add_exception_of
from openhour.store.slots import find_slot, replace_slot
from openhour.store.transactions import Write
from openhour.use_cases.planning import Intent, commit_and_plan


def confirm(therapist_id: str, appointment_id: str, *, now: datetime) -> Appointment:
    """Keep a session in time off, outside the hours, or at the time that the clock now shows.

    It is then no conflict any more. A regular's session whose local time has changed becomes an
    ordinary one.

    Raises:
        UnknownAppointment: There is no such appointment, or it has ended.
        AlreadyStarted: The session has started.
        Busy: No attempt succeeded.
    """
    client_id, slot_id = client_id_in(appointment_id), slot_id_in(appointment_id)
    if client_id is None:
        raise UnknownAppointment

    def decide(practice: Practice) -> Intent:
        slot = find_slot(therapist_id, slot_id)
        if slot is None or slot.appointment_id != appointment_id:
            raise UnknownAppointment
        if slot.start <= now:
            raise AlreadyStarted
        appointment = get_appointment(therapist_id, client_id, appointment_id)
        writes = _writes(practice, slot, appointment, now=now)
        return Intent(practice=practice, writes=tuple(writes))

    commit_and_plan(therapist_id, decide, now=now)
    return get_appointment(therapist_id, client_id, appointment_id)


def _writes(
    practice: Practice, slot: Slot, appointment: Appointment, *, now: datetime
) -> Iterator[Write]:
    therapist_id, shown = practice.therapist_id, local_start(slot.start, practice.zone)
    confirmed = replace(slot, confirmed_at=now, revision=slot.revision + 1)
    if is_displaced(slot, practice):
        yield from add_exception_of(practice, appointment)
        confirmed = replace(confirmed, local_start=shown, regular_id=None)
        yield confirm_appointment(therapist_id, appointment, promised=shown)
    in_hours = find_entry(practice.hours, WEEKDAYS[shown.weekday()], shown.time())
    if not in_hours and not is_set_by_hand(slot):
        # Once it is free, nobody can book it.
        confirmed = replace(confirmed, manual_state=SlotState.BLOCKED, manual_state_at=now)
    yield replace_slot(therapist_id, confirmed, revision=slot.revision)
    yield audit_entry(
        therapist_id,
        AuditAction.CONFIRM,
        now=now,
        client_id=appointment.client_id,
        target=appointment.appointment_id,
    )
