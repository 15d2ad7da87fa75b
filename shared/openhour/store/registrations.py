"""Registrations: the number of new clients in a week, and those who return."""

from __future__ import annotations

from collections.abc import Sequence

from openhour.rules.contacts import ReturningRegistration
from openhour.rules.intake import registrations_expire_at
from openhour.rules.practice import Practice
from openhour.rules.weeks import Week
from openhour.store.clients import contact_key
from openhour.store.mapping import returning_from_row, returning_row
from openhour.store.models import ContactRow, IntakeRow, ReturningRow
from openhour.store.queries import get, query
from openhour.store.transactions import Delete, Put, Update


def count_registrations(therapist_id: str, week: Week) -> int:
    """Return how many have registered in a week."""
    row = get(IntakeRow, therapist_id, _key(week))
    return int(row.registered) if row else 0


def add_registration(practice: Practice, week: Week) -> Update:
    """Count one more registration in a week, if fewer than `intake_per_week` have registered."""
    has_room = IntakeRow.registered < practice.intake_per_week
    return Update(
        row=IntakeRow(practice.therapist_id, _key(week)),
        actions=[
            IntakeRow.registered.add(1),
            IntakeRow.expires_at.set(registrations_expire_at(week)),
            IntakeRow.schema.set(IntakeRow.current_version()),
        ],
        when=IntakeRow.registered.does_not_exist() | has_room,
    )


def find_contacts(therapist_id: str, digests: Sequence[str]) -> list[str]:
    """Return the ids of the clients who have one of the contacts, by contact.

    One query reads each contact, so that the time taken does not depend on the answer.
    """
    return [
        row.owner
        for digest in digests
        for row in query(
            ContactRow, therapist_id, ContactRow.client_id.startswith(contact_key(digest, ""))
        )
    ]


def returning_registrations(therapist_id: str) -> tuple[ReturningRegistration, ...]:
    """Return the registrations of suspended and discharged clients."""
    listed = ReturningRow.client_id.startswith(ReturningRow.key_prefix)
    return tuple(map(returning_from_row, query(ReturningRow, therapist_id, listed)))


def insert_returning(therapist_id: str, registration: ReturningRegistration) -> Put:
    """List a registration of a suspended or discharged client."""
    return Put(row=returning_row(therapist_id, registration))


def delete_returning(therapist_id: str, registration_id: str) -> Delete:
    """Delete a listed registration."""
    row = ReturningRow(therapist_id, f"{ReturningRow.key_prefix}{registration_id}")
    return Delete(row=row, when=ReturningRow.client_id.exists())


def _key(week: Week) -> str:
    return f"{IntakeRow.key_prefix}{week}"
