"""The therapist's desk: the acts that need the therapist, and the planning that follows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product

from openhour.rules.clients import Client, Privilege
from openhour.rules.intake import intake_window, require_accepting
from openhour.rules.refusals import RegularConflict
from openhour.rules.regulars import Regular, require_no_collision
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import Week
from tests.scale.ledger import THERAPIST
from tests.scale.office import Office
from tests.scale.operations import Operation


def look(office: Office, operation: Operation, *, now: datetime) -> None:
    """The therapist reads something."""
    office.ledger.note(operation, now=now)
    office.ledger.see(THERAPIST, now=now)


def register(office: Office, client_id: str, *, registered: int, now: datetime) -> None:
    """Somebody new asks whether the practice takes new clients, and registers if it does. Raises
    NotAccepting."""
    first, last = intake_window(office.practice, now=now)
    ahead = [slot for slot in office.since(first) if slot.start <= last]
    office.ledger.note(Operation.THERAPIST, now=now)
    require_accepting(office.practice, ahead, registered=registered, now=now)
    office.ledger.note(Operation.REGISTER, now=now)
    _welcome(office, client_id, now=now)


def add_client(office: Office, client_id: str, *, now: datetime) -> None:
    """The therapist enters a client, with a login."""
    look(office, Operation.ADD_CLIENT, now=now)
    _welcome(office, client_id, now=now)


def _welcome(office: Office, client_id: str, *, now: datetime) -> None:
    office.clients[client_id] = Client(client_id=client_id, name=client_id, invited_at=now)
    office.ledger.note(Operation.FOLLOW_CLIENT, now=now)
    office.ledger.note(Operation.INVITE, now=now)
    office.ledger.see(client_id, now=now)


def discharge(office: Office, client_id: str, *, now: datetime) -> None:
    """The therapist discharges a client: regulars and future sessions end with it."""
    look(office, Operation.DISCHARGE, now=now)
    office.clients[client_id] = replace(office.clients[client_id], privilege=Privilege.ENDED)
    for regular in office.regulars.values():
        if regular.client_id == client_id:
            office.regulars[regular.regular_id] = replace(regular, ended=True)
    office.practice = replace(office.practice, discharging=frozenset({client_id}))
    office.plan(now=now)
    office.ledger.see(client_id, now=now)


def set_privilege(office: Office, client_id: str, state: Privilege, *, now: datetime) -> None:
    """The therapist suspends a client or lets one book again."""
    look(office, Operation.PRIVILEGE, now=now)
    restored_at = now if state is Privilege.ACTIVE else None
    office.clients[client_id] = replace(
        office.clients[client_id], privilege=state, restored_at=restored_at
    )
    office.ledger.note(Operation.FOLLOW_CLIENT, now=now)
    office.ledger.see(client_id, now=now)


def set_slot(office: Office, slot_id: str, state: SlotState, *, now: datetime) -> None:
    """The therapist sets a free slot by hand."""
    look(office, Operation.SET_SLOT, now=now)
    slot = office.slots[slot_id]
    office.slots[slot_id] = replace(
        slot,
        state=state,
        returns_to=state,
        manual_state=state,
        manual_state_at=now,
        revision=slot.revision + 1,
    )


def take_time_off(office: Office, begins: datetime, ends: datetime, *, now: datetime) -> set[str]:
    """The therapist is away; the clients whose sessions that calls off."""
    look(office, Operation.TIME_OFF, now=now)
    name = f"o{len(office.time_off)}"
    span = TimeOff(time_off_id=name, begins=begins, ends=ends, made_at=now, cancel_booked=True)
    affected = {
        slot.client_id
        for slot in office.since(now)
        if slot.start > now and slot.client_id and span.covers(slot)
    }
    office.time_off.append(span)
    office.practice = replace(office.practice, sick_days=frozenset({name}))
    office.plan(now=now)
    return affected


def add_regular(office: Office, client_id: str, *, every_weeks: int, now: datetime) -> bool:
    """The therapist gives a client a repeating time from next week on, or the week after: the
    first that no regular has, evenings first, since that is what people ask for."""
    today = now.astimezone(office.practice.zone).date()
    entries = sorted(office.practice.hours, key=lambda e: (not e.prime, e.start, e.weekday))
    for entry, first in product(entries, (1, 2)):
        regular = Regular(
            regular_id=f"r{len(office.regulars)}",
            client_id=client_id,
            weekday=entry.weekday,
            start=entry.start,
            every_weeks=every_weeks,
            first=(Week.of(today) + first).day(entry.weekday),
        )
        try:
            require_no_collision(regular, tuple(office.regulars.values()))
        except RegularConflict:
            continue
        look(office, Operation.ADD_REGULAR, now=now)
        office.regulars[regular.regular_id] = regular
        office.plan(now=now)
        return True
    return False


def end_regular(office: Office, regular_id: str, *, now: datetime) -> None:
    """The therapist ends a repeating time."""
    look(office, Operation.END_REGULAR, now=now)
    office.regulars[regular_id] = replace(office.regulars[regular_id], ended=True)
    office.plan(now=now)
