"""Deletion of all rows of a therapist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pynamodb.exceptions import PynamoDBException

from openhour.store.mapping import owner_of
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    PracticeRow,
    RegularRow,
    Row,
    SlotRow,
    TimeOffRow,
)
from openhour.store.queries import query
from openhour.store.retries import busy_if_transient


def delete_rows_of(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Delete a therapist's rows table by table. Yield each table's noun and the number of rows.

    Clients are deleted after their appointments, which can't be found without them, and the
    practice last.

    Raises:
        Busy: DynamoDB can't answer.
    """
    yield "slots", _delete(SlotRow, query(SlotRow, therapist_id))
    yield "regulars", _delete(RegularRow, query(RegularRow, therapist_id))
    yield "time_off", _delete(TimeOffRow, query(TimeOffRow, therapist_id))
    clients = query(ClientRow, therapist_id)
    owners = (owner_of(therapist_id, client.client_id) for client in clients)
    counts = (_delete(AppointmentRow, query(AppointmentRow, owner)) for owner in owners)
    yield "appointments", sum(counts)
    yield "clients", _delete(ClientRow, clients)
    yield "practices", _delete(PracticeRow, query(PracticeRow, therapist_id))


def _delete(model: type[Row], rows: Sequence[Row]) -> int:
    try:
        with model.batch_write() as batch:
            for row in rows:
                batch.delete(row)
    except PynamoDBException as error:
        raise busy_if_transient(error) from error
    return len(rows)
