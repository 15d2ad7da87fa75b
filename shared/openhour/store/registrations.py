"""Registrations: their rows, the numbers of them by week and day, and those who return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.contacts import ReturningRegistration
from openhour.rules.intake import IntakeCounts, day_expires_at, registrations_expire_at
from openhour.rules.practice import Practice
from openhour.rules.registrations import (
    LINK_LASTS,
    MAIL_INTERVAL,
    Registration,
    address_digest,
    hash_of,
)
from openhour.rules.weeks import Week
from openhour.store.clients import contact_key
from openhour.store.mapping import (
    registration_from_row,
    registration_row,
    returning_from_row,
    returning_row,
)
from openhour.store.models import (
    ContactRow,
    IntakeRow,
    RegistrationCountRow,
    RegistrationRow,
    ReturningRow,
)
from openhour.store.queries import batch_get, get, query
from openhour.store.transactions import ConditionFailed, Delete, Put, Update, write


def read_public_counts(therapist_id: str, week: Week, day: date) -> IntakeCounts:
    """Return how many were confirmed in a week and made on a day, without the clients table."""
    rows = batch_get([(RegistrationCountRow, therapist_id, _key(span)) for span in (week, day)])
    confirmed, asked = (int(row.number) if row else 0 for row in rows)
    return IntakeCounts(confirmed=confirmed, asked=asked)


def read_counts(therapist_id: str, week: Week, day: date) -> IntakeCounts:
    """Return how many were confirmed in a week and made on a day."""
    row = get(RegistrationCountRow, therapist_id, _key(day))
    confirmed = count_confirmed(therapist_id, week)
    return IntakeCounts(confirmed=confirmed, asked=int(row.number) if row else 0)


def count_confirmed(therapist_id: str, week: Week) -> int:
    """Return how many were confirmed in a week."""
    row = get(IntakeRow, therapist_id, _intake_key(week))
    return int(row.registered) if row else 0


def add_confirmed(practice: Practice, week: Week) -> list[Update]:
    """Count one more that is confirmed in a week, if fewer than `intake_per_week` were."""
    limit, expires_at = practice.intake_per_week, registrations_expire_at(week)
    counted = Update(
        row=IntakeRow(practice.therapist_id, _intake_key(week)),
        actions=[
            IntakeRow.registered.add(1),
            IntakeRow.expires_at.set(expires_at),
            IntakeRow.schema.set(IntakeRow.current_version()),
        ],
        when=IntakeRow.registered.does_not_exist() | (IntakeRow.registered < limit),
    )
    return [counted, _count(practice, week, limit=limit, expires_at=expires_at)]


def insert_registration(
    practice: Practice, registration: Registration, day: date
) -> list[Put | Update]:
    """Write a registration and count it on its day, at most `registrations_per_day` times.

    It replaces an earlier one of the same address a day later at the earliest.
    """
    row = registration_row(practice.therapist_id, registration)
    free = RegistrationRow.asked_at.does_not_exist() | (
        RegistrationRow.asked_at <= registration.asked_at - MAIL_INTERVAL
    )
    limit, expires_at = practice.registrations_per_day, day_expires_at(day)
    return [Put(row=row, when=free), _count(practice, day, limit=limit, expires_at=expires_at)]


def earlier_registration(failed: ConditionFailed) -> Registration | None:
    """Return the registration of the same address that made a transaction fail, or None."""
    row = failed.old_rows.get(RegistrationRow)
    return registration_from_row(row) if row is not None else None


def is_day_full(failed: ConditionFailed) -> bool:
    """Return whether a transaction failed because the day's number is reached."""
    return RegistrationCountRow in failed.old_rows


def find_registration(therapist_id: str, digest: str) -> Registration | None:
    """Return the registration of an address, confirmed or not, or None."""
    row = get(RegistrationRow, therapist_id, digest)
    return registration_from_row(row) if row else None


def write_owners(therapist_id: str, registration: Registration, owners: Iterable[str]) -> bool:
    """Write which clients share a contact with a registration. Return whether it awaits still.

    Raises:
        Busy: No attempt succeeded.
    """
    column, found = RegistrationRow.owners, set(owners)
    return _update_awaiting(
        therapist_id,
        registration.digest,
        registration.asked_at,
        column.set(found) if found else column.remove(),
    )


def write_token(therapist_id: str, digest: str, asked_at: datetime, token: str) -> bool:
    """Write the hash of a link's token. Return whether the registration awaits still.

    A mail that is sent twice after a crash carries two tokens, and both are good.

    Raises:
        Busy: No attempt succeeded.
    """
    hashes = RegistrationRow.token_hashes.add({hash_of(token)})
    return _update_awaiting(therapist_id, digest, asked_at, hashes)


def confirm_registration(
    therapist_id: str, registration: Registration, client_id: str, *, now: datetime
) -> Update:
    """Write which client came of a registration, and drop what the client's row has now."""
    return Update(
        row=RegistrationRow(therapist_id, registration.digest),
        actions=[
            RegistrationRow.client_id.set(client_id),
            RegistrationRow.name.remove(),
            RegistrationRow.phone.remove(),
            RegistrationRow.expires_at.set(now + LINK_LASTS),
        ],
        when=_awaits(registration.asked_at),
    )


def delete_registrations(therapist_id: str, email: str | None) -> list[Delete]:
    """Delete the registration of an address, confirmed or not, if there is one."""
    digest = address_digest(therapist_id, email) if email else None
    if digest is None or get(RegistrationRow, therapist_id, digest) is None:
        return []
    return [Delete(row=RegistrationRow(therapist_id, digest))]


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


def _count(practice: Practice, span: Week | date, *, limit: int, expires_at: datetime) -> Update:
    column = RegistrationCountRow.number
    return Update(
        row=RegistrationCountRow(practice.therapist_id, _key(span)),
        actions=[column.add(1), RegistrationCountRow.expires_at.set(expires_at)],
        when=column.does_not_exist() | (column < limit),
    )


def _update_awaiting(therapist_id: str, digest: str, asked_at: datetime, action: Action) -> bool:
    """Update a registration. Return whether it is the same one still, and is not confirmed."""
    row = RegistrationRow(therapist_id, digest)
    try:
        write(Update(row=row, actions=[action], when=_awaits(asked_at)))
    except ConditionFailed:
        return False
    return True


def _awaits(asked_at: datetime) -> Condition:
    same: Condition = RegistrationRow.asked_at == asked_at
    awaits: Condition = same & RegistrationRow.client_id.does_not_exist()
    return awaits


def _key(span: Week | date) -> str:
    return f"{RegistrationCountRow.key_prefix}{span}"


def _intake_key(week: Week) -> str:
    return f"{IntakeRow.key_prefix}{week}"
