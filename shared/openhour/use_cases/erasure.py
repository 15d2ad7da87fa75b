"""Erasure: remove personal data for good. An interrupted erasure is completed by repeating it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Privilege
from openhour.rules.erasure import anonymized
from openhour.rules.refusals import UnknownClient
from openhour.store.audit_log import audit_entry
from openhour.store.clients import find_client, rows_owned_by, update_client
from openhour.store.deletions import delete_rows_of
from openhour.store.practices import invalidate, write_practice
from openhour.store.registrations import delete_registrations
from openhour.store.regulars import end_regulars_of
from openhour.store.transactions import Write, commit, retry_on_conflict
from openhour.use_cases.therapists import read_therapist

_MAX_OWNED = 40
"""Rows that one transaction deletes besides its other writes."""


def erase_therapist(therapist_id: str) -> Iterator[tuple[str, int]]:
    """Delete every row of a therapist, and yield each table's noun with the number of its rows.

    The therapist was removed so long ago that no function writes their rows any more.

    Raises:
        Busy: DynamoDB can't answer.
    """
    return delete_rows_of(therapist_id)


@retry_on_conflict()
def erase_client(therapist_id: str, client_id: str, *, now: datetime) -> bool:
    """Remove from a client's row what identifies them, and delete the rows that belong to them.

    Those are login names, contacts, registrations and entries, and one that awaits confirmation.

    A client who was not discharged is discharged as well: their regulars end, and their sessions
    are freed once the calendar is planned. Return whether there was anything to remove.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """
    before = find_client(therapist_id, client_id)
    if before is None:
        raise UnknownClient
    after = anonymized(before)
    if before.privilege is not Privilege.ENDED:
        after = replace(after, discharged_at=now)
    owned = [
        *rows_owned_by(therapist_id, client_id),
        *delete_registrations(therapist_id, before.email),
    ]
    if after == before and not owned:
        return False
    while len(owned) > _MAX_OWNED:
        commit(owned[:_MAX_OWNED])
        owned = owned[_MAX_OWNED:]
    writes: list[Write] = [
        update_client(therapist_id, before, after),
        audit_entry(therapist_id, AuditAction.ERASE_CLIENT, now=now, client_id=client_id),
        *owned,
    ]
    if before.privilege is Privilege.ENDED:
        commit(writes)
    else:
        _discharge(therapist_id, client_id, writes)
    return True


def _discharge(therapist_id: str, client_id: str, writes: Sequence[Write]) -> None:
    """Commit the writes with the intent of a discharge. Reopening a removed practice plans it."""
    practice = read_therapist(therapist_id)
    discharging = replace(practice, discharging=practice.discharging | {client_id})
    ended = end_regulars_of(therapist_id, client_id)
    write_practice(practice, discharging, plans=True, others=(*writes, *ended))
    invalidate(therapist_id)
