"""Clients: who they are, what they may, and what their record says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.booking import require_client
from openhour.rules.clients import Client, Privilege, login_name
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy, Invalid, KnownClient, UnknownClient
from openhour.rules.weeks import Week
from openhour.store.audit_log import audit_entry
from openhour.store.ending_writes import update_client
from openhour.store.mapping import client_from_row, client_row
from openhour.store.models import ClientRow, LoginRow
from openhour.store.queries import get, query
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Delete, Put, Write, commit, write
from openhour.use_cases.planning import Intent, commit_and_plan
from openhour.use_cases.regulars import end_regulars_of

_ATTEMPTS = 20
_AFTER_MARKS = "$"
"""Rows of the clients' table whose key begins with # are no clients: they sort before this."""


def list_clients(therapist_id: str) -> tuple[Client, ...]:
    """Every client who has not been discharged."""
    everyone = list_all_clients(therapist_id)
    return tuple(client for client in everyone if client.privilege is not Privilege.ENDED)


def list_all_clients(therapist_id: str) -> tuple[Client, ...]:
    """Every client, those who were discharged too."""
    rows = query(ClientRow, therapist_id, ClientRow.client_id > _AFTER_MARKS)
    return tuple(map(client_from_row, rows))


def read_client(therapist_id: str, client_id: str) -> Client:
    """One client. Raises UnknownClient for one who is not there or was discharged."""
    row = get(ClientRow, therapist_id, client_id) if _is_client_id(client_id) else None
    return require_client(client_from_row(row) if row else None)


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
    """Add a client; with `invite`, they get a login and a first password by mail, under their
    address or `login`. Raises Invalid for an invitation without an address, a login without an
    invitation or a login name that is too long, KnownClient where it is taken."""
    if login and not invite:
        raise Invalid.field("login", "There is no login without an invitation.")
    client = Client(
        client_id=client_id or new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login_name(therapist_id, email=email, login=login) if invite else None,
        invited_at=_invitation(email, now) if invite else None,
    )
    added = audit_entry(
        therapist_id,
        AuditAction.ADD_CLIENT,
        now=now,
        client_id=client.client_id,
        details=("invite",) if invite else (),
    )
    try:
        commit([*new_client(therapist_id, client), added])
    except ConditionFailed as refused:
        raise KnownClient from refused
    return client


def new_client_id() -> str:
    """An id that nobody can guess."""
    return f"c{uuid4().hex[:15]}"


def new_client(therapist_id: str, client: Client) -> list[Write]:
    """The writes that add a client, and that keep their login name from being given twice."""
    row = client_row(therapist_id, client)
    added: list[Write] = [Put(row=row, when=ClientRow.client_id.does_not_exist())]
    if client.login:
        claim = LoginRow(therapist_id, login_key(client.login), owner=client.client_id)
        added.append(Put(row=claim, when=LoginRow.client_id.does_not_exist()))
    return added


def login_key(login: str) -> str:
    """The key of the row that makes a login name unique."""
    return f"{LoginRow.key_prefix}{login}"


def change_client(
    therapist_id: str, client_id: str, changes: Mapping[str, Any], *, now: datetime
) -> Client:
    """Change a client's name, address, phone, `usual` or `max_per_week`. The login name stays.
    Raises UnknownClient, Invalid where a login would lose its address, Busy."""

    def change(client: Client) -> Client:
        after = replace(client, **changes)
        if after.login and not after.email:
            raise Invalid.field("email", "A client with a login needs an address.")
        return after

    def noted(before: Client, after: Client) -> Put:
        details = changed_fields(before, after)
        return audit_entry(
            therapist_id, AuditAction.CHANGE_CLIENT, now=now, client_id=client_id, details=details
        )

    return _change(therapist_id, client_id, change, noted)


def invite(therapist_id: str, client_id: str, *, now: datetime) -> Client:
    """Give a client a login, or send a first password again. Raises UnknownClient, Invalid without
    an address or where it is too long for a login name, KnownClient, Busy."""
    for attempt in range(_ATTEMPTS):
        before = read_client(therapist_id, client_id)
        invited_at = _invitation(before.email, now)
        login = before.login or login_name(therapist_id, email=before.email)
        after = replace(before, login=login, invited_at=invited_at)
        invited = audit_entry(therapist_id, AuditAction.INVITE, now=now, client_id=client_id)
        writes: list[Write] = [update_client(therapist_id, before, after), invited]
        if not before.login:
            claim = LoginRow(therapist_id, login_key(login), owner=client_id)
            writes.append(Put(row=claim, when=LoginRow.client_id.does_not_exist()))
        try:
            commit(writes)
        except ConditionFailed as refused:
            theirs = refused.old_rows.get(LoginRow)
            if theirs is not None and theirs.owner != client_id:
                raise KnownClient from refused
            back_off(attempt)
        else:
            return after
    raise Busy


def set_privilege(
    therapist_id: str,
    client_id: str,
    privilege: Privilege,
    *,
    reason: str | None,
    now: datetime,
) -> Client:
    """Suspend a client, or restore them, from when on earlier strikes don't count. Again changes
    nothing. Raises UnknownClient, Busy."""
    restores = privilege is Privilege.ACTIVE

    def change(client: Client) -> Client:
        if client.privilege is privilege:
            return client
        restored_at = now if restores else client.restored_at
        return replace(client, privilege=privilege, reason=reason, restored_at=restored_at)

    def noted(_before: Client, _after: Client) -> Put:
        act = AuditAction.RESTORE if restores else AuditAction.SUSPEND
        return audit_entry(therapist_id, act, now=now, client_id=client_id)

    return _change(therapist_id, client_id, change, noted)


def discharge(therapist_id: str, client_id: str, *, now: datetime) -> Client:
    """End a client's privilege and regulars at once, then free their sessions. The row stays: it
    tells the login's follower which one to remove. Raises UnknownClient, Busy."""

    def decide(practice: Practice) -> Intent:
        before = read_client(therapist_id, client_id)
        ended = replace(before, privilege=Privilege.ENDED)
        writes: list[Write] = [update_client(therapist_id, before, ended)]
        writes += end_regulars_of(therapist_id, client_id)
        writes += [_release_login(therapist_id, before)] if before.login else []
        writes.append(
            audit_entry(therapist_id, AuditAction.DISCHARGE, now=now, client_id=client_id)
        )
        return Intent(
            practice=replace(practice, discharging=practice.discharging | {client_id}),
            writes=tuple(writes),
        )

    commit_and_plan(therapist_id, decide, now=now)
    row = get(ClientRow, therapist_id, client_id)
    return client_from_row(row) if row else read_client(therapist_id, client_id)


def drop_past_weeks(therapist_id: str, current: Week) -> None:
    """Drop the weeks before the current one from the clients' counts."""
    for client in list_clients(therapist_id):
        gone = [week for week in client.weeks if week < str(current)]
        if gone:
            with suppress(UnknownClient):  # discharged since
                _change(therapist_id, client.client_id, lambda c: _without_past(c, current))


def _without_past(client: Client, current: Week) -> Client:
    return replace(client, weeks={w: n for w, n in client.weeks.items() if w >= str(current)})


def _change(
    therapist_id: str,
    client_id: str,
    change: Callable[[Client], Client],
    noted: Callable[[Client, Client], Put] | None = None,
) -> Client:
    """Change a client, and where that is somebody's act, keep it with the change itself."""
    for attempt in range(_ATTEMPTS):
        before = read_client(therapist_id, client_id)
        after = change(before)
        if after == before:
            return before
        update = update_client(therapist_id, before, after)
        try:
            if noted:
                commit([update, noted(before, after)])
            else:
                write(update)
        except ConditionFailed:
            back_off(attempt)
        else:
            return after
    raise Busy


def _invitation(email: str | None, now: datetime) -> datetime:
    if not email:
        raise Invalid.field("email", "An invitation needs an address.")
    return now


def _release_login(therapist_id: str, client: Client) -> Delete:
    theirs = LoginRow.owner == client.client_id
    return Delete(row=LoginRow(therapist_id, login_key(client.login or "")), when=theirs)


def _is_client_id(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= 64
