"""Clients: added, changed, invited, suspended, restored and discharged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.booking import require_client
from openhour.rules.clients import Client, Privilege, login_name
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, KnownClient, UnknownClient
from openhour.rules.weeks import Week
from openhour.store.audit_log import audit_entry
from openhour.store.clients import (
    all_clients,
    find_client,
    free_login,
    insert_client,
    is_login_of_another,
    reserve_login,
    update_client,
)
from openhour.store.regulars import end_regulars_of
from openhour.store.transactions import (
    ConditionFailed,
    Put,
    Write,
    commit,
    retry_on_conflict,
    write,
)
from openhour.tokens import new_token
from openhour.use_cases.planning import Intent, commit_and_plan


def list_clients(therapist_id: str) -> tuple[Client, ...]:
    """Return every client who has not been discharged."""
    clients = all_clients(therapist_id)
    return tuple(client for client in clients if client.privilege is not Privilege.ENDED)


def read_client(therapist_id: str, client_id: str) -> Client:
    """Return one client.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
    """
    return require_client(find_client(therapist_id, client_id))


def add_client(
    therapist_id: str,
    *,
    name: str,
    email: str | None,
    phone: str | None,
    login: str | None,
    invite: bool,
    now: datetime,
    client_id: str | None = None,
) -> Client:
    """Add a client. With `invite` they get a login and, by mail, a first password.

    The login name is their address or, if given, `login`.

    Raises:
        Invalid: An invitation without an address, a login without an invitation, or a login name
            that is too long.
        KnownClient: The login name is taken.
    """
    if login and not invite:
        raise Invalid.field("login", "There is no login without an invitation.")
    client = Client(
        client_id=client_id or new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login_name(therapist_id, email=email, login=login) if invite else None,
        invited_at=_invited_at(email, now) if invite else None,
    )
    entry = audit_entry(
        therapist_id,
        AuditAction.ADD_CLIENT,
        now=now,
        client_id=client.client_id,
        details=("invite",) if invite else (),
    )
    try:
        commit([*insert_client(therapist_id, client), entry])
    except ConditionFailed as failed:
        raise KnownClient from failed
    return client


def new_client_id() -> str:
    """Return an id that nobody can guess."""
    return f"c{new_token(16)}"


def change_client(
    therapist_id: str, client_id: str, changes: Mapping[str, Any], *, now: datetime
) -> Client:
    """Change a client's name, address, phone, `usual` or `max_per_week`.

    The login name stays.

    Raises:
        UnknownClient: There is no such client.
        Invalid: A client with a login would lose the address.
        Busy: No attempt succeeded.
    """

    def change(client: Client) -> Client:
        after = replace(client, **changes)
        if after.login and not after.email:
            raise Invalid.field("email", "A client with a login needs an address.")
        return after

    def entry(before: Client, after: Client) -> Put:
        return audit_entry(
            therapist_id,
            AuditAction.CHANGE_CLIENT,
            now=now,
            client_id=client_id,
            details=changed_fields(before, after),
        )

    return _change(therapist_id, client_id, change, entry)


@retry_on_conflict()
def invite(therapist_id: str, client_id: str, *, now: datetime) -> Client:
    """Give a client a login, or send a first password again.

    Raises:
        UnknownClient: There is no such client.
        Invalid: The client has no address, or one too long for a login name.
        KnownClient: Another client has that login name.
        Busy: No attempt succeeded.
    """
    before = read_client(therapist_id, client_id)
    invited_at = _invited_at(before.email, now)
    login = before.login or login_name(therapist_id, email=before.email)
    after = replace(before, login=login, invited_at=invited_at)
    writes: list[Write] = [
        update_client(therapist_id, before, after),
        audit_entry(therapist_id, AuditAction.INVITE, now=now, client_id=client_id),
    ]
    if not before.login:
        writes.append(reserve_login(therapist_id, after))
    try:
        commit(writes)
    except ConditionFailed as failed:
        if is_login_of_another(failed, client_id):
            raise KnownClient from failed
        raise
    return after


def set_privilege(
    therapist_id: str,
    client_id: str,
    privilege: Privilege,
    *,
    reason: str | None,
    now: datetime,
    notify: bool = False,
) -> Client:
    """Suspend or restore a client. Repeating it changes nothing.

    Strikes from before a restoration no longer count.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """
    restores = privilege is Privilege.ACTIVE

    def change(client: Client) -> Client:
        if client.privilege is privilege:
            return client
        restored_at = now if restores else client.restored_at
        return replace(
            client,
            privilege=privilege,
            reason=reason,
            restored_at=restored_at,
            notify=notify,
        )

    def entry(_before: Client, _after: Client) -> Put:
        action = AuditAction.RESTORE if restores else AuditAction.SUSPEND
        return audit_entry(therapist_id, action, now=now, client_id=client_id)

    return _change(therapist_id, client_id, change, entry)


def discharge(therapist_id: str, client_id: str, *, now: datetime, notify: bool = False) -> Client:
    """End a client's privilege and regulars at once, then free their sessions.

    The row stays, since login sync learns from it which login to remove.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """

    def decide(practice: Practice) -> Intent:
        before = read_client(therapist_id, client_id)
        ended = replace(before, privilege=Privilege.ENDED, notify=notify)
        writes: list[Write] = [update_client(therapist_id, before, ended)]
        writes += end_regulars_of(therapist_id, client_id)
        writes += [free_login(therapist_id, before)] if before.login else []
        writes.append(
            audit_entry(therapist_id, AuditAction.DISCHARGE, now=now, client_id=client_id)
        )
        return Intent(
            practice=replace(practice, discharging=practice.discharging | {client_id}),
            writes=tuple(writes),
        )

    commit_and_plan(therapist_id, decide, now=now)
    client = find_client(therapist_id, client_id)
    if client is None:
        raise UnknownClient
    return client


def drop_past_weeks(therapist_id: str, current: Week) -> None:
    """Drop the weeks before the current one from the clients' session counts."""
    for client in list_clients(therapist_id):
        if any(week < str(current) for week in client.weeks):
            with suppress(UnknownClient):  # The client was discharged meanwhile.
                _change(therapist_id, client.client_id, lambda c: _without_past_weeks(c, current))


def _without_past_weeks(client: Client, current: Week) -> Client:
    return replace(client, weeks={w: n for w, n in client.weeks.items() if w >= str(current)})


@retry_on_conflict()
def _change(
    therapist_id: str,
    client_id: str,
    change: Callable[[Client], Client],
    entry: Callable[[Client, Client], Put] | None = None,
) -> Client:
    """Change a client together with the audit entry, if it is somebody's act."""
    before = read_client(therapist_id, client_id)
    after = change(before)
    if after == before:
        return before
    update = update_client(therapist_id, before, after)
    if entry:
        commit([update, entry(before, after)])
    else:
        write(update)
    return after


def _invited_at(email: str | None, now: datetime) -> datetime:
    if not email:
        raise Invalid.field("email", "An invitation needs an address.")
    return now
