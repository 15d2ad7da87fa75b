"""Client records: clients as the therapist reads them, with conduct and the next session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from openhour.rules.appointments import Appointment, Status
from openhour.rules.asked_regulars import AskedRegular, standing
from openhour.rules.clients import Client, name_key
from openhour.rules.conduct import (
    RECENT_SPAN,
    Conduct,
    RecentOutcome,
    conduct_of,
    recent_outcomes,
)
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot
from openhour.rules.strikes import count_strikes, is_flagged
from openhour.store.appointments import (
    appointments_starting_between,
    booked_appointments,
    get_appointments,
)
from openhour.store.practices import cached_practice
from openhour.store.simultaneous_reads import at_once
from openhour.store.slots import unfinished_slots
from openhour.use_cases.clients import list_clients, list_discharged
from openhour.use_cases.regulars import list_regulars


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecord:
    """A client with their next session, whether they have a regular, strikes and conduct.

    `asked` is the regular that they ask for, if its session is ahead. `recent` is what became of
    their latest sessions, newest last, in a list of clients; elsewhere it is empty.
    """

    client: Client
    practice: Practice
    next_session: Slot | Appointment | None
    regular: bool
    asked: AskedRegular | None
    strikes: int
    flagged: bool
    conduct: Conduct
    recent: tuple[RecentOutcome, ...] = ()


def record_of(therapist_id: str, client: Client, *, now: datetime) -> ClientRecord:
    """Return the record of a client who was just read or written, discharged or not.

    Raises:
        Busy: DynamoDB can't answer.
    """
    return record_with_upcoming(therapist_id, client, now=now)[0]


def record_with_upcoming(
    therapist_id: str, client: Client, *, now: datetime
) -> tuple[ClientRecord, tuple[Appointment, ...]]:
    """Return what `record_of` does, and the client's booked sessions that have not ended.

    Raises:
        Busy: DynamoDB can't answer.
    """
    regulars, upcoming = at_once(
        partial(list_regulars, therapist_id, now=now),
        partial(booked_appointments, therapist_id, client.client_id, now=now),
    )
    regular = any(each.client_id == client.client_id for each in regulars)
    practice = cached_practice(therapist_id)
    return _record(practice, client, upcoming, regular=regular, now=now), upcoming


def list_records(
    therapist_id: str, *, discharged: bool = False, now: datetime
) -> tuple[ClientRecord, ...]:
    """Return every client's record, flagged ones first, then by name; or of the discharged ones.

    The number of queries does not depend on the number of clients.

    Raises:
        Busy: DynamoDB can't answer.
    """
    practice = cached_practice(therapist_id)
    clients, (upcoming, (regulars, past)) = at_once(
        partial(list_discharged if discharged else list_clients, therapist_id),
        lambda: at_once(
            partial(_upcoming_slots, therapist_id, now=now),
            lambda: at_once(
                partial(list_regulars, therapist_id, now=now),
                partial(appointments_starting_between, therapist_id, now - RECENT_SPAN, now),
            ),
        ),
    )
    slots: dict[str, list[Slot]] = {}
    for slot in upcoming:
        slots.setdefault(slot.client_id or "", []).append(slot)
    with_regular = {regular.client_id for regular in regulars}
    recent = recent_outcomes(past, now=now)
    records = (
        _record(
            practice,
            client,
            slots.get(client.client_id, ()),
            regular=client.client_id in with_regular,
            recent=recent.get(client.client_id, ()),
            now=now,
        )
        for client in clients
    )
    return tuple(sorted(records, key=lambda r: (not r.flagged, *name_key(r.client))))


def _record(
    practice: Practice,
    client: Client,
    upcoming: Sequence[Slot | Appointment],
    *,
    regular: bool,
    recent: tuple[RecentOutcome, ...] = (),
    now: datetime,
) -> ClientRecord:
    return ClientRecord(
        client=client,
        practice=practice,
        next_session=upcoming[0] if upcoming else None,
        regular=regular,
        asked=standing(client.asked_regular, upcoming),
        strikes=count_strikes(client, practice, now=now),
        flagged=is_flagged(client, practice, now=now),
        conduct=conduct_of(client, upcoming=len(upcoming)),
        recent=recent,
    )


def _upcoming_slots(therapist_id: str, *, now: datetime) -> tuple[Slot, ...]:
    """Return the booked slots that have not ended, in order.

    A session that is running and already marked as missed is left out.
    """
    booked = [slot for slot in unfinished_slots(therapist_id, now=now) if slot.booked]
    running = {(s.client_id or "", s.appointment_id or "") for s in booked if s.start <= now}
    found = get_appointments(therapist_id, running) if running else ()
    missed = {each.appointment_id for each in found if each.status is not Status.BOOKED}
    return tuple(slot for slot in booked if slot.appointment_id not in missed)
