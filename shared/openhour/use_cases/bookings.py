"""Booking: one transaction, in which the slot, the client and the appointment agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.appointments import (
    Appointment,
    Party,
    appointment_id_of,
    free_until,
    free_until_unasked,
)
from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import (
    CONDITION_HELD,
    ConditionHeld,
    has_first_session_ahead,
    has_kept_session,
    require_bookable,
    require_bookable_by_therapist,
)
from openhour.rules.clients import Client
from openhour.rules.hours import find_entry
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, UnknownSlot
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, local_start, start_of
from openhour.store.appointments import (
    all_appointments,
    get_appointment,
    insert_appointment,
    read_slot_and_client,
)
from openhour.store.audit_log import audit_entry
from openhour.store.booking_writes import (
    client_failed_on,
    count_session,
    count_session_of_new_client,
    count_session_within_limit,
    occupy_slot,
    occupy_slot_as_expected,
    slot_failed_on,
)
from openhour.store.practices import cached_practice
from openhour.store.transactions import ConditionFailed, commit, retry_on_conflict
from openhour.tokens import new_token

_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingResult:
    """An appointment, and whether this call made it. Otherwise the client held it already."""

    practice: Practice
    appointment: Appointment
    new: bool


def book(therapist_id: str, client_id: str, slot_id: str, *, now: datetime) -> BookingResult:
    """Book an open slot for a client who asks for it.

    Nothing is read before the transaction: the expected slot comes from the cached settings, and
    the reason of a refusal from the rows that the failed transaction returns. Rows are read first
    only where the booking can't succeed or the slot is an extra opening. A client who registered
    online fails the first transaction, and their appointments are read, until one is kept.

    Raises:
        Refusal: As `require_bookable` raises.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    expected = _expected_slot(practice, slot_id, now=now)
    slot: Slot | ConditionHeld | None = CONDITION_HELD
    client: Client | ConditionHeld | None = CONDITION_HELD
    if expected is None:
        slot, client = read_slot_and_client(therapist_id, slot_id, client_id)
    token = new_token()
    for _ in range(_ATTEMPTS):
        if isinstance(slot, Slot) and slot.booked and slot.client_id == client_id:
            return _held_already(practice, slot, token)
        expected = slot if isinstance(slot, Slot) else expected
        week = expected.week if expected else practice.week_of(now)
        own = appointments_of_new(therapist_id, client)
        require_bookable(
            practice,
            client=client,
            slot=slot,
            week=week,
            has_session_ahead=has_first_session_ahead(own, now=now),
            now=now,
        )
        if expected is None:
            raise UnknownSlot
        counted = count_session_within_limit(practice, client_id, expected)
        if isinstance(client, Client) and client.new:
            kept = has_kept_session(own, now=now)
            counted = count_session_of_new_client(practice, client, expected, kept=kept)
        promised = free_until(expected.start, now, practice)
        appointment = _new_appointment(
            practice, expected, client_id, token, promised=promised, now=now
        )
        try:
            commit(
                [
                    occupy_slot_as_expected(therapist_id, appointment, expected),
                    counted,
                    insert_appointment(therapist_id, appointment, expected.week),
                ]
            )
        except ConditionFailed as failed:
            slot, client = slot_failed_on(failed), client_failed_on(failed)
        else:
            return BookingResult(practice=practice, appointment=appointment, new=True)
    raise Busy


def book_for_client(
    therapist_id: str, client_id: str, slot_id: str, *, now: datetime, notify: bool = True
) -> BookingResult:
    """Book a client, for the therapist, into a slot that nobody has.

    The client's limits do not apply. `notify` is kept with the appointment.

    Raises:
        UnknownClient: There is no such client.
        UnknownSlot: There is no such slot.
        AlreadyStarted: The slot has ended.
        SlotTaken: Somebody else has the slot.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    token = new_token()

    @retry_on_conflict(_ATTEMPTS)
    def attempt() -> BookingResult:
        found, client = read_slot_and_client(therapist_id, slot_id, client_id)
        if found and client and found.client_id == client_id:
            return _held_already(practice, found, token)
        _, slot = require_bookable_by_therapist(client, found, now=now)
        promised = free_until_unasked(slot.start, practice, now=now)
        appointment = _new_appointment(
            practice,
            slot,
            client_id,
            token,
            promised=promised,
            notify=notify,
            made_by=Party.THERAPIST,
            now=now,
        )
        commit(
            [
                occupy_slot(therapist_id, appointment, slot, now=now),
                count_session(practice, client_id, slot),
                insert_appointment(therapist_id, appointment, slot.week),
                audit_entry(
                    therapist_id,
                    AuditAction.BOOK,
                    now=now,
                    client_id=client_id,
                    target=appointment.appointment_id,
                ),
            ]
        )
        return BookingResult(practice=practice, appointment=appointment, new=True)

    return attempt()


def appointments_of_new(
    therapist_id: str, client: Client | ConditionHeld | None
) -> tuple[Appointment, ...]:
    """Return the appointments of a new client, which decide whether they may book another."""
    if isinstance(client, Client) and client.new:
        return all_appointments(therapist_id, client.client_id)
    return ()


def _expected_slot(practice: Practice, slot_id: str, *, now: datetime) -> Slot | None:
    """Return the open slot that the hours have at that time, if a client may book it at all."""
    start = start_of(slot_id)
    near = start - now < practice.booking_notice or start <= now
    local = start.astimezone(practice.zone)
    entry = find_entry(practice.hours, WEEKDAYS[local.weekday()], local.time())
    if entry is None or near or not practice.self_scheduling:
        return None
    return Slot(
        slot_id=slot_id,
        week=practice.week_of(start),
        minutes=entry.minutes,
        state=SlotState.OPEN,
        returns_to=SlotState.OPEN,
    )


def _new_appointment(
    practice: Practice,
    slot: Slot,
    client_id: str,
    token: str,
    *,
    promised: datetime,
    notify: bool = True,
    made_by: Party = Party.CLIENT,
    now: datetime,
) -> Appointment:
    return Appointment(
        appointment_id=appointment_id_of(slot.slot_id, client_id, token),
        client_id=client_id,
        minutes=slot.minutes,
        made_at=now,
        local_start=local_start(slot.start, practice.zone),
        promised_free_until=promised,
        notify=notify,
        made_by=made_by,
    )


def _held_already(practice: Practice, slot: Slot, token: str) -> BookingResult:
    """Return the appointment that holds the slot.

    It is new if it has this call's token: the answer of the first attempt was lost.
    """
    name = slot.appointment_id or ""
    appointment = get_appointment(practice.therapist_id, slot.client_id or "", name)
    return BookingResult(practice=practice, appointment=appointment, new=name.endswith(token))
