"""Registrations: the number of new clients in a week."""

from __future__ import annotations

from openhour.rules.intake import registrations_expire_at
from openhour.rules.practice import Practice
from openhour.rules.weeks import Week
from openhour.store.clients import login_key
from openhour.store.models import IntakeRow, LoginRow
from openhour.store.queries import batch_get, get
from openhour.store.transactions import Update


def count_registrations(therapist_id: str, week: Week) -> int:
    """Return how many have registered in a week."""
    return _registered(get(IntakeRow, therapist_id, _key(week)))


def count_registrations_and_find_login(
    therapist_id: str, week: Week, login: str
) -> tuple[int, bool]:
    """Return how many have registered in a week, and whether a login name is reserved.

    One batch reads both, so that the time taken does not depend on the answer.
    """
    count, reserved = batch_get(
        [(IntakeRow, therapist_id, _key(week)), (LoginRow, therapist_id, login_key(login))]
    )
    return _registered(count), reserved is not None


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


def _key(week: Week) -> str:
    return f"{IntakeRow.key_prefix}{week}"


def _registered(row: IntakeRow | None) -> int:
    return int(row.registered) if row else 0
