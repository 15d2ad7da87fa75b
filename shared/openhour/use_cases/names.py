"""Names: of the clients in what the therapist reads, by one batch read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openhour.rules.appointments import Appointment
from openhour.rules.conflicts import Conflict
from openhour.rules.planning import FullWeek
from openhour.store.clients import client_names


def names_in_result(
    therapist_id: str,
    *,
    conflicts: Iterable[Conflict] = (),
    cancelled: Iterable[Appointment] = (),
    full_weeks: Iterable[FullWeek] = (),
    client_ids: Iterable[str] = (),
) -> Mapping[str, str]:
    """Return the names of the clients in a planning act's result, and of others, by client id.

    Raises:
        Busy: DynamoDB can't answer.
    """
    concerned = clients_in_result(conflicts=conflicts, cancelled=cancelled, full_weeks=full_weeks)
    return client_names(therapist_id, concerned.union(client_ids))


def clients_in_result(
    *,
    conflicts: Iterable[Conflict],
    cancelled: Iterable[Appointment],
    full_weeks: Iterable[FullWeek] = (),
) -> frozenset[str]:
    """Return the ids of the clients in a planning act's result."""
    in_conflicts = ((each.client_id, each.waiting_client_id) for each in conflicts)
    ids = {client_id for pair in in_conflicts for client_id in pair if client_id}
    ids.update(each.client_id for each in cancelled)
    ids.update(each.client_id for each in full_weeks)
    return frozenset(ids)
