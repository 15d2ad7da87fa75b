"""Clients: reading and writing their rows, and the rows that make login names unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.clients import Client
from openhour.rules.contacts import contacts_of
from openhour.store.mapping import client_from_row, client_row, instants_column
from openhour.store.models import ClientRow, ContactRow, EntryRow, LoginRow
from openhour.store.queries import batch_get, get, query
from openhour.store.transactions import Check, ConditionFailed, Delete, Put, Update, Write

_AFTER_PREFIXES = "$"
"""Keys of other models in the clients table begin with `#`, which sorts before this."""


def find_client(therapist_id: str, client_id: str) -> Client | None:
    """Return a client, discharged or not, or None."""
    row = get(ClientRow, therapist_id, client_id) if _is_client_id(client_id) else None
    return client_from_row(row) if row else None


def all_clients(therapist_id: str) -> tuple[Client, ...]:
    """Return every client, discharged ones included."""
    rows = query(ClientRow, therapist_id, ClientRow.client_id > _AFTER_PREFIXES)
    return tuple(map(client_from_row, rows))


def get_clients(therapist_id: str, client_ids: Iterable[str]) -> Mapping[str, Client]:
    """Return clients by id, with one batch read for every hundred."""
    keys = [(ClientRow, therapist_id, client_id) for client_id in sorted(set(client_ids))]
    return {row.client_id: client_from_row(row) for row in batch_get(keys) if row}


def client_names(therapist_id: str, client_ids: Iterable[str]) -> Mapping[str, str]:
    """Return clients' names by id, with one batch read for every hundred."""
    keys = [(ClientRow, therapist_id, client_id) for client_id in sorted(set(client_ids))]
    return {row.client_id: row.name for row in batch_get(keys) if row}


def insert_client(therapist_id: str, client: Client) -> list[Write]:
    """Write a new client with their contacts and, if they have a login, reserve its name."""
    row = client_row(therapist_id, client)
    new: list[Write] = [Put(row=row, when=ClientRow.client_id.does_not_exist())]
    new += write_contacts(therapist_id, None, client)
    if client.login:
        new.append(reserve_login(therapist_id, client))
    return new


def update_client(therapist_id: str, before: Client, after: Client) -> Update:
    """Write what has changed of a client, if the row is as it was read."""
    old = client_row(therapist_id, before).attribute_values
    new = client_row(therapist_id, after).attribute_values
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return Update(
        row=ClientRow(therapist_id, before.client_id),
        actions=[
            *column_actions(ClientRow, {name: new.get(name) for name in names}),
            ClientRow.revision.add(1),
        ],
        when=ClientRow.revision == before.revision,
    )


def check_unchanged(therapist_id: str, client: Client) -> Check:
    """Require that the client's row is as it was read."""
    same = ClientRow.revision == client.revision
    return Check(model=ClientRow, owner=therapist_id, name=client.client_id, when=same)


def reserve_login(therapist_id: str, client: Client) -> Put:
    """Reserve a client's login name, if nobody has it."""
    row = LoginRow(therapist_id, login_key(client.login or ""), owner=client.client_id)
    return Put(row=row, when=LoginRow.client_id.does_not_exist())


def free_login(therapist_id: str, client: Client) -> Delete:
    """Free the login name that a client has reserved."""
    row = LoginRow(therapist_id, login_key(client.login or ""))
    return Delete(row=row, when=LoginRow.owner == client.client_id)


def find_login_owner(therapist_id: str, login: str) -> str | None:
    """Return the id of the client who has reserved a login name, or None."""
    row = get(LoginRow, therapist_id, login_key(login))
    return row.owner if row else None


def record_resend(
    therapist_id: str,
    client_id: str,
    *,
    login: str,
    before: tuple[datetime, ...],
    after: tuple[datetime, ...],
) -> Update:
    """Record that another first password is asked for, if the client still has that login name.

    Nobody may have asked meanwhile.
    """
    column = ClientRow.resend_asked_at
    unchanged = column == instants_column(before) if before else column.does_not_exist()
    return Update(
        row=ClientRow(therapist_id, client_id),
        actions=[column.set(instants_column(after)), ClientRow.revision.add(1)],
        when=(ClientRow.login == login) & unchanged,
    )


def write_first_sign_in(therapist_id: str, client_id: str, *, at: datetime) -> Update:
    """Write when a client first signed in, unless it is written. Other rows have no privilege."""
    column = ClientRow.signed_in_at
    return Update(
        row=ClientRow(therapist_id, client_id),
        actions=[column.set(at), ClientRow.revision.add(1)],
        when=ClientRow.privilege.exists() & column.does_not_exist(),
    )


def write_contacts(therapist_id: str, before: Client | None, after: Client) -> list[Write]:
    """Write the contacts that a client has gained, and delete those lost, since `before`."""
    old = contacts_of(therapist_id, before) if before else frozenset()
    new = contacts_of(therapist_id, after)

    def row(digest: str) -> ContactRow:
        key = contact_key(digest, after.client_id)
        return ContactRow(therapist_id, key, owner=after.client_id)

    dropped = [Delete(row=row(digest)) for digest in sorted(old - new)]
    return [*dropped, *(Put(row=row(digest)) for digest in sorted(new - old))]


def contact_key(digest: str, client_id: str) -> str:
    """Return the range key of the row of a client's contact."""
    return f"{ContactRow.key_prefix}{digest}#{client_id}"


def rows_owned_by(therapist_id: str, client_id: str) -> list[Delete]:
    """Delete every row that belongs to a client: login names, contacts, registrations, entries."""
    marked = LoginRow.client_id.startswith("#")
    rows = query(LoginRow, therapist_id, marked, LoginRow.owner == client_id)
    return [Delete(row=row, when=LoginRow.owner == client_id) for row in rows]


def find_entries(
    therapist_id: str, digests: Sequence[str]
) -> tuple[dict[str, tuple[str, datetime]], tuple[Client, ...]]:
    """Return the earlier entries (client id and instant by digest), and the clients of them."""
    rows = batch_get([(EntryRow, therapist_id, _entry_key(digest)) for digest in digests])
    entries = {
        digest: (row.owner, row.at) for digest, row in zip(digests, rows, strict=True) if row
    }
    owners = sorted({owner for owner, _ in entries.values()})
    clients = batch_get([(ClientRow, therapist_id, owner) for owner in owners])
    return entries, tuple(client_from_row(row) for row in clients if row)


def insert_entry(
    therapist_id: str,
    digest: str,
    client_id: str,
    *,
    at: datetime,
    expires_at: datetime | None,
    replaces: str | None,
) -> Put:
    """Write the entry of a client, if there is none but that of the client whom it replaces."""
    free: Condition = EntryRow.client_id.does_not_exist()
    if replaces:
        free |= EntryRow.owner == replaces
    row = EntryRow(therapist_id, _entry_key(digest), owner=client_id, at=at, expires_at=expires_at)
    return Put(row=row, when=free)


def _entry_key(digest: str) -> str:
    return f"{EntryRow.key_prefix}{digest}"


def login_owner(failed: ConditionFailed) -> str | None:
    """Return the id of the client whose login name made a transaction fail, or None."""
    row = failed.old_rows.get(LoginRow)
    return row.owner if row is not None else None


def is_entry_of_another(failed: ConditionFailed) -> bool:
    """Return whether a transaction failed because the same client was entered meanwhile."""
    return EntryRow in failed.old_rows


def login_key(login: str) -> str:
    """Return the range key of the row that reserves a login name."""
    return f"{LoginRow.key_prefix}{login}"


def column_actions(model: Any, columns: Mapping[str, Any]) -> Iterator[Action]:
    """Yield actions that set columns to values, and remove those whose value is None."""
    for name, value in columns.items():
        column = getattr(model, name)
        yield column.remove() if value is None else column.set(value)


def _is_client_id(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= 64
