"""Erasing: rows that are to be forgotten for good. Each step can be repeated, and what is left of
one that was cut short a repeat finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import PynamoDBException
from pynamodb.models import Model

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client, Privilege
from openhour.rules.erasure import anonymized
from openhour.rules.refusals import Busy, UnknownClient
from openhour.store.audit_log import audit_entry
from openhour.store.ending_writes import update_client
from openhour.store.mapping import client_from_row, owner_of
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    LoginRow,
    PracticeRow,
    RegularRow,
    SlotRow,
    TimeOffRow,
)
from openhour.store.practices import invalidate, write_practice
from openhour.store.queries import get, query
from openhour.store.retries import back_off, busy_if_transient
from openhour.store.transactions import ConditionFailed, Delete, Write, commit
from openhour.use_cases.regulars import end_regulars_of
from openhour.use_cases.therapists import read_therapist

_ATTEMPTS = 20


def erase_therapist(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Delete every row of a therapist who was removed so long ago that nobody writes any more: the
    tables' nouns one by one, and how many rows of each were there. A client goes after the
    appointments that only they lead to; the practice goes last. Raises Busy."""
    yield "slots", _delete(SlotRow, query(SlotRow, therapist_id))
    yield "regulars", _delete(RegularRow, query(RegularRow, therapist_id))
    yield "time_off", _delete(TimeOffRow, query(TimeOffRow, therapist_id))
    clients = query(ClientRow, therapist_id)
    owners = (owner_of(therapist_id, client.client_id) for client in clients)
    theirs = (_delete(AppointmentRow, query(AppointmentRow, owner)) for owner in owners)
    yield "appointments", sum(theirs)
    yield "clients", _delete(ClientRow, clients)
    yield "practices", _delete(PracticeRow, query(PracticeRow, therapist_id))


def find_client(therapist_id: str, client_id: str) -> Client | None:
    """A client, discharged or not; None where there was none. Raises Busy."""
    row = get(ClientRow, therapist_id, client_id) if client_id.isalnum() else None
    return client_from_row(row) if row else None


def erase_client(therapist_id: str, client_id: str, *, now: datetime) -> bool:
    """Take off a client's row all that tells who it was, and give up every login name that was
    kept for them; whether there was anything. One who was not discharged is so with it: their
    regulars end, and their sessions are freed once the calendar is planned. Raises UnknownClient,
    Busy."""
    for attempt in range(_ATTEMPTS):
        before = find_client(therapist_id, client_id)
        if before is None:
            raise UnknownClient
        after = anonymized(before)
        names = query(
            LoginRow, therapist_id, LoginRow.client_id.startswith("#"), LoginRow.owner == client_id
        )
        if after == before and not names:
            return False
        writes: list[Write] = [
            update_client(therapist_id, before, after),
            audit_entry(therapist_id, AuditAction.ERASE_CLIENT, now=now, client_id=client_id),
            *(Delete(row=name, when=LoginRow.owner == client_id) for name in names),
        ]
        try:
            if before.privilege is Privilege.ENDED:
                commit(writes)
            else:
                _discharge(therapist_id, client_id, writes)
        except ConditionFailed:
            back_off(attempt)
        else:
            return True
    raise Busy


def _discharge(therapist_id: str, client_id: str, writes: Sequence[Write]) -> None:
    """Commit the writes with the intent of a discharge; whoever brings the practice back carries
    it out."""
    practice = read_therapist(therapist_id)
    leaving = replace(practice, discharging=practice.discharging | {client_id})
    ended = end_regulars_of(therapist_id, client_id)
    write_practice(practice, leaving, plans=True, others=(*writes, *ended))
    invalidate(therapist_id)


def _delete(model: type[Model], rows: Sequence[Model]) -> int:
    try:
        with model.batch_write() as batch:
            for row in rows:
                batch.delete(row)
    except PynamoDBException as error:
        raise busy_if_transient(error) from error
    return len(rows)
