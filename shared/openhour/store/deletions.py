"""Deletion of all rows of a therapist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pynamodb.exceptions import PynamoDBException

from openhour.store.mapping import owner_of
from openhour.store.models import (
    ClientRow,
    MessageRow,
    PracticeRow,
    RegistrationRow,
    main_models,
)
from openhour.store.queries import query
from openhour.store.retries import busy_if_transient
from openhour.store.tables import Row

_LAST: tuple[type[Row], ...] = (ClientRow, PracticeRow)
"""Appointments can't be found without their clients, and a practice is gone when all else is."""


def delete_rows_of(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Delete a therapist's rows table by table. Yield each table's noun and the number of rows.

    Messages and registrations are deleted without being counted. The audit log stays. What is due
    expires, and finds no practice.

    Raises:
        Busy: DynamoDB can't answer.
    """
    clients = [row.client_id for row in query(ClientRow, therapist_id)]
    for expiring in (MessageRow, RegistrationRow):
        _delete(expiring, query(expiring, therapist_id))
    for model in (*(m for m in main_models() if m not in _LAST), *_LAST):
        by_therapist = model.key_names()[0] == "therapist_id"
        owners = [therapist_id] if by_therapist else [owner_of(therapist_id, c) for c in clients]
        yield model.table.noun, sum(_delete(model, query(model, owner)) for owner in owners)


def _delete(model: type[Row], rows: Sequence[Row]) -> int:
    try:
        with model.batch_write() as batch:
            for row in rows:
                batch.delete(row)
    except PynamoDBException as error:
        raise busy_if_transient(error) from error
    return len(rows)
