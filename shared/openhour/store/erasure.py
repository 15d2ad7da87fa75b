"""Erasing: rows that are to be forgotten for good. Each step can be repeated, and what is left of
one that was cut short a repeat finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pynamodb.exceptions import PynamoDBException
from pynamodb.models import Model

from openhour.store.faults import busy_or
from openhour.store.reading import select
from openhour.store.tables import (
    AppointmentRow,
    ClientRow,
    PracticeRow,
    RegularRow,
    SlotRow,
    TimeOffRow,
)
from openhour.store.values import owner_of


def erase_therapist(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Delete every row of a therapist who was removed so long ago that nobody writes any more: the
    tables' nouns one by one, and how many rows of each were there. A client goes after the
    appointments that only they lead to; the practice goes last. Raises Busy."""
    yield "slots", _delete(SlotRow, select(SlotRow, therapist_id))
    yield "regulars", _delete(RegularRow, select(RegularRow, therapist_id))
    yield "time_off", _delete(TimeOffRow, select(TimeOffRow, therapist_id))
    clients = select(ClientRow, therapist_id)
    owners = (owner_of(therapist_id, client.client_id) for client in clients)
    theirs = (_delete(AppointmentRow, select(AppointmentRow, owner)) for owner in owners)
    yield "appointments", sum(theirs)
    yield "clients", _delete(ClientRow, clients)
    yield "practices", _delete(PracticeRow, select(PracticeRow, therapist_id))


def _delete(model: type[Model], rows: Sequence[Model]) -> int:
    try:
        with model.batch_write() as batch:
            for row in rows:
                batch.delete(row)
    except PynamoDBException as error:
        raise busy_or(error) from error
    return len(rows)
