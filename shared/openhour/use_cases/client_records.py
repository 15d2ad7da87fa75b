"""Records: clients as the therapist reads them, with their conduct and what they have ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.clients import Client
from openhour.rules.conduct import Conduct, conduct_of
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot, SlotState
from openhour.rules.strikes import count_strikes, is_flagged
from openhour.rules.weeks import slot_id_of
from openhour.store.mapping import slot_from_row
from openhour.store.models import SlotRow
from openhour.store.practices import cached_practice
from openhour.store.queries import query
from openhour.use_cases.clients import list_clients, read_client
from openhour.use_cases.regulars import list_regulars


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecord:
    """A client as the therapist reads them: `upcoming` sessions, the next one, and whether any
    comes from a regular."""

    client: Client
    practice: Practice
    next_slot: Slot | None
    regular: bool
    strikes: int
    flagged: bool
    conduct: Conduct


def read_record(therapist_id: str, client_id: str, *, now: datetime) -> ClientRecord:
    """One client's record. Raises UnknownClient."""
    return _records(therapist_id, (read_client(therapist_id, client_id),), now=now)[0]


def list_records(therapist_id: str, *, now: datetime) -> tuple[ClientRecord, ...]:
    """Every client's record, flagged ones first, then by name: no query for each client."""
    records = _records(therapist_id, list_clients(therapist_id), now=now)
    return tuple(sorted(records, key=lambda r: (not r.flagged, r.client.name, r.client.client_id)))


def _records(
    therapist_id: str, clients: tuple[Client, ...], *, now: datetime
) -> tuple[ClientRecord, ...]:
    practice = cached_practice(therapist_id)
    ahead = SlotRow.slot_id > slot_id_of(now)
    rows = query(SlotRow, therapist_id, ahead, SlotRow.state == SlotState.BOOKED)
    slots: dict[str, list[Slot]] = {}
    for slot in map(slot_from_row, rows):
        slots.setdefault(slot.client_id or "", []).append(slot)
    today = now.astimezone(practice.zone).date()
    regulars = {r.client_id for r in list_regulars(therapist_id) if r.lasts(today)}
    return tuple(
        ClientRecord(
            client=client,
            practice=practice,
            next_slot=next(iter(slots.get(client.client_id, ())), None),
            regular=client.client_id in regulars,
            strikes=count_strikes(client, practice, now=now),
            flagged=is_flagged(client, practice, now=now),
            conduct=conduct_of(client, upcoming=len(slots.get(client.client_id, ()))),
        )
        for client in clients
    )
