"""Booking checks: why a client can't book a slot, for the therapist. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from openhour.rules.booking import (
    has_first_session_ahead,
    reasons_against_booking,
    require_client,
)
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import Refusal
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week, start_of
from openhour.store.appointments import read_slot_and_client
from openhour.store.practices import read_practice
from openhour.store.simultaneous_reads import at_once
from openhour.use_cases.bookings import appointments_of_new
from openhour.use_cases.calendars import names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCheck:
    """The reasons against a client's booking, in the order in which one of them is given.

    `names` has the names of the client and of the one who has the slot.
    """

    practice: Practice
    client: Client
    slot: Slot | None
    week: Week
    reasons: tuple[Refusal, ...]
    names: Mapping[str, str]


def check_booking(
    therapist_id: str, client_id: str, slot_id: str, *, now: datetime
) -> BookingCheck:
    """Return every reason for which the client could not book the slot now.

    Without reasons the booking would succeed, as it does where the client has the slot already.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
        Busy: DynamoDB can't answer.
    """
    practice, (slot, found) = at_once(
        partial(read_practice, therapist_id),
        partial(read_slot_and_client, therapist_id, slot_id, client_id),
    )
    client = require_client(found)
    week = slot.week if slot else practice.week_of(start_of(slot_id))
    return BookingCheck(
        practice=practice,
        client=client,
        slot=slot,
        week=week,
        reasons=_reasons(practice, client, slot, week, now=now),
        names=names_in(therapist_id, [slot] if slot else [], [client_id]),
    )


def _reasons(
    practice: Practice, client: Client, slot: Slot | None, week: Week, *, now: datetime
) -> tuple[Refusal, ...]:
    if slot and slot.booked and slot.client_id == client.client_id:
        return ()
    own = appointments_of_new(practice.therapist_id, client)
    return tuple(
        reasons_against_booking(
            practice,
            client=client,
            slot=slot,
            week=week,
            has_session_ahead=has_first_session_ahead(own, now=now),
            now=now,
        )
    )
