"""Logins of practices: reading and writing their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pynamodb.expressions.update import Action

from openhour.rules.logins import PracticeLogin
from openhour.rules.practice import Practice
from openhour.store.mapping import login_from_row, login_row
from openhour.store.models import ClientRow, PracticeLoginRow
from openhour.store.queries import batch_get, get
from openhour.store.transactions import Put, Update


def find_login(therapist_id: str, login_id: str) -> PracticeLogin | None:
    """Return a login, removed or not, or None."""
    row = get(PracticeLoginRow, therapist_id, login_id)
    return login_from_row(row) if row else None


def logins_of(practice: Practice) -> tuple[PracticeLogin, ...]:
    """Return the logins of a practice, the oldest first, by one batch read."""
    keys = [(PracticeLoginRow, practice.therapist_id, name) for name, _ in practice.logins]
    return tuple(login_from_row(row) for row in batch_get(keys) if row)


def names_of(
    therapist_id: str, *, client_ids: Iterable[str], login_ids: Iterable[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the names of clients and of logins by id, with one batch read for every hundred."""
    rows = batch_get(
        [
            *((ClientRow, therapist_id, client_id) for client_id in sorted(set(client_ids))),
            *((PracticeLoginRow, therapist_id, login_id) for login_id in sorted(set(login_ids))),
        ]
    )
    clients = {row.client_id: row.name for row in rows if isinstance(row, ClientRow)}
    logins = {row.login_id: row.name for row in rows if isinstance(row, PracticeLoginRow)}
    return clients, logins


def insert_login(therapist_id: str, login: PracticeLogin) -> Put:
    """Write a new login."""
    return Put(row=login_row(therapist_id, login), when=PracticeLoginRow.login_id.does_not_exist())


def ask_for_first_password(therapist_id: str, login: PracticeLogin, *, now: datetime) -> Update:
    """Have another first password mailed, unless the login was removed."""
    return _update(therapist_id, login, PracticeLoginRow.invited_at.set(now))


def mark_removed(therapist_id: str, login: PracticeLogin, *, now: datetime) -> Update:
    """Mark a login as removed."""
    return _update(therapist_id, login, PracticeLoginRow.removed_at.set(now))


def _update(therapist_id: str, login: PracticeLogin, action: Action) -> Update:
    kept = PracticeLoginRow.login_id.exists() & PracticeLoginRow.removed_at.does_not_exist()
    row = PracticeLoginRow(therapist_id, login.login_id)
    return Update(row=row, actions=[action], when=kept)
