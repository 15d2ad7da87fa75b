"""Clients: added, changed, invited, suspended, restored and discharged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from openhour.rules.audit_log import AuditAction, changed_fields
from openhour.rules.booking import require_client
from openhour.rules.clients import Client, DischargeReason, Privilege, login_name, name_key
from openhour.rules.contacts import BARE_SPAN, entry_digests
from openhour.rules.erasure import is_anonymized
from openhour.rules.practice import Practice
from openhour.rules.reachability import is_same_address
from openhour.rules.refusals import Invalid, KnownClient, Obstacle, UnknownClient
from openhour.rules.regulars import copies_for
from openhour.rules.strikes import count_strikes, has_seen_flag
from openhour.rules.weeks import Week
from openhour.store.audit_log import audit_entry
from openhour.store.clients import (
    all_clients,
    check_unchanged,
    find_client,
    find_entries,
    free_login,
    insert_client,
    insert_entry,
    is_entry_of_another,
    login_owner,
    reserve_login,
    update_client,
    write_contacts,
)
from openhour.store.practices import cached_practice, read_practice
from openhour.store.regulars import all_regulars, end_regulars_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedClient:
    """A client, and whether this call added them. Otherwise they had been added before."""

    client: Client
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivilegeChange:
    """A suspended or restored client, and how many of the strikes count no longer."""

    client: Client
    strikes_reset: int


def list_clients(therapist_id: str) -> tuple[Client, ...]:
    """Return every client who has not been discharged."""
    clients = all_clients(therapist_id)
    return tuple(client for client in clients if client.privilege is not Privilege.ENDED)


def list_discharged(therapist_id: str) -> tuple[Client, ...]:
    """Return every client who was discharged and not erased."""
    clients = all_clients(therapist_id)
    return tuple(
        each for each in clients if each.privilege is Privilege.ENDED and not is_anonymized(each)
    )


def list_contacts(therapist_id: str) -> tuple[Client, ...]:
    """Return every client who has not been discharged, by name."""
    return tuple(sorted(list_clients(therapist_id), key=name_key))


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
) -> AddedClient:
    """Add a client. With `invite` they get a login and, by mail, a first password.

    The login name is their address or, if given, `login`. A client with the same name and address,
    or name and phone, was added before: the first outcome is returned. A bare name is a repetition
    within a minute.

    Raises:
        Invalid: An invitation without an address, a login without an invitation, or a login name
            that is too long.
        KnownClient: The login name is taken.
        Busy: No attempt succeeded.
    """
    if login and not invite:
        raise Invalid.field("login", "There is no login without an invitation.")
    client = Client(
        client_id=client_id or new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login_name(therapist_id, email=email, login=login) if invite else None,
        created_at=now,
        invited_at=_invited_at(email, now) if invite else None,
    )
    entry = audit_entry(
        therapist_id,
        AuditAction.ADD_CLIENT,
        now=now,
        client_id=client.client_id,
        details=("invite",) if invite else (),
    )
    digests = entry_digests(therapist_id, name=name, email=email, phone=phone)
    bare = not email and not phone

    @retry_on_conflict()
    def attempt() -> AddedClient:
        entries, owners = find_entries(therapist_id, digests)
        for owner in owners:
            since = max(at for client_id, at in entries.values() if client_id == owner.client_id)
            if owner.privilege is not Privilege.ENDED and (not bare or now - since < BARE_SPAN):
                return AddedClient(client=owner, new=False)
        remembered = [
            insert_entry(
                therapist_id,
                digest,
                client.client_id,
                at=now,
                expires_at=now + timedelta(days=1) if bare else None,
                replaces=entries[digest][0] if digest in entries else None,
            )
            for digest in digests
        ]
        try:
            commit([*insert_client(therapist_id, client), *remembered, entry])
        except ConditionFailed as failed:
            if is_entry_of_another(failed):
                raise
            raise KnownClient(obstacle=Obstacle(client_id=login_owner(failed))) from failed
        return AddedClient(client=client, new=True)

    return attempt()


def new_client_id() -> str:
    """Return an id that nobody can guess."""
    return f"c{new_token(16)}"


def change_client(
    therapist_id: str, client_id: str, changes: Mapping[str, Any], *, now: datetime
) -> Client:
    """Change a client's name, address, phone, limits, or what they want by mail.

    The login name stays. `flag_seen` keeps a flag quiet until the next strike. To a new address
    mail goes again. Language, mail and calendar entries are as the client asks.

    Raises:
        UnknownClient: There is no such client.
        Invalid: A client with a login would lose the address, or one with a regular not be usual.
        Busy: No attempt succeeded.
    """
    if changes.get("usual") is False and _has_regular(therapist_id, client_id, now=now):
        message = "A client with a repeating time is usual. End the regular first."
        raise Invalid.field("usual", message)

    def change(client: Client) -> Client:
        fields = dict(changes)
        if fields.pop("flag_seen", has_seen_flag(client)) != has_seen_flag(client):
            fields["flag_seen_at"] = None if has_seen_flag(client) else now
        after = replace(client, **fields)
        if not is_same_address(client.email, after.email):
            after = replace(after, mail_stopped=None)
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
        owner = login_owner(failed)
        if owner and owner != client_id:
            raise KnownClient(obstacle=Obstacle(client_id=owner)) from failed
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
) -> PrivilegeChange:
    """Suspend or restore a client. Repeating it changes nothing.

    A restoration without a reason keeps that of the suspension that it lifts.

    Strikes from before a restoration no longer count. An automatic suspension that the therapist
    confirms is lifted by the therapist alone.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    restores, reset = privilege is Privilege.ACTIVE, 0

    def change(client: Client) -> Client:
        if client.privilege is privilege and not client.suspended_by_strike:
            return client
        kept = client.reason if restores and not client.suspended_by_strike else None
        return replace(
            client,
            privilege=privilege,
            reason=kept if reason is None else reason,
            restored_at=now if restores else client.restored_at,
            suspended_by_strike=None,
            notify=notify,
        )

    def entry(before: Client, after: Client) -> Put:
        nonlocal reset
        reset = count_strikes(before, practice, now=now) - count_strikes(after, practice, now=now)
        action = AuditAction.RESTORE if restores else AuditAction.SUSPEND
        return audit_entry(therapist_id, action, now=now, client_id=client_id)

    return PrivilegeChange(
        client=_change(therapist_id, client_id, change, entry), strikes_reset=reset
    )


@retry_on_conflict()
def sync_sign_in(therapist_id: str) -> None:
    """Have login sync look again at each suspended client, after `suspended_can_sign_in` changed.

    Repeating it changes nothing.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: No attempt succeeded.
    """
    rule = read_practice(therapist_id).suspended_can_sign_in
    for client in list_clients(therapist_id):
        follows = client.may_sign_in == rule
        if client.login and client.privilege is Privilege.SUSPENDED and not follows:
            write(update_client(therapist_id, client, replace(client, may_sign_in=rule)))


def discharge(
    therapist_id: str,
    client_id: str,
    *,
    reason: DischargeReason | None = None,
    now: datetime,
    notify: bool = False,
) -> Client:
    """End a client's privilege and regulars at once, then free their sessions.

    The row stays, since login sync learns from it which login to remove.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """

    def decide(practice: Practice) -> Intent:
        before = read_client(therapist_id, client_id)
        ended = replace(
            before,
            privilege=Privilege.ENDED,
            discharge_reason=reason,
            discharged_at=now,
            suspended_by_strike=None,
            regulars=(),
            asked_regular=None,
            notify=notify,
        )
        writes: list[Write] = [update_client(therapist_id, before, ended)]
        writes += end_regulars_of(therapist_id, client_id)
        writes += [free_login(therapist_id, before)] if before.login else []
        writes.append(
            audit_entry(
                therapist_id,
                AuditAction.DISCHARGE,
                now=now,
                client_id=client_id,
                details=(reason,) if reason else (),
            )
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


def restore_contacts(therapist_id: str, client: Client) -> None:
    """Write the contacts of a client whose row is older than contacts are.

    Raises:
        Busy: No attempt succeeded.
    """
    writes = write_contacts(therapist_id, None, client)
    if writes:
        commit([check_unchanged(therapist_id, client), *writes])


def refresh_rows(therapist_id: str, current: Week) -> None:
    """Drop the weeks before the current one from the clients' rows, and copy their regulars anew.

    The copies of rows that an earlier version wrote may be missing or outdated. Clients are read
    before regulars, so that a row is left alone whose regulars change meanwhile.
    """
    clients = list_clients(therapist_id)
    regulars = all_regulars(therapist_id)
    for client in clients:
        own = copies_for(client.client_id, regulars)
        after = replace(_without_past_weeks(client, current), regulars=own)
        if after != client:
            with suppress(ConditionFailed):  # Changed meanwhile: the next release drops them.
                write(update_client(therapist_id, client, after))


def _without_past_weeks(client: Client, current: Week) -> Client:
    return replace(client, weeks={w: n for w, n in client.weeks.items() if w >= str(current)})


@retry_on_conflict()
def _change(
    therapist_id: str,
    client_id: str,
    change: Callable[[Client], Client],
    entry: Callable[[Client, Client], Put],
) -> Client:
    """Change a client together with the audit entry."""
    before = read_client(therapist_id, client_id)
    after = change(before)
    if after == before:
        return before
    update = update_client(therapist_id, before, after)
    contacts = write_contacts(therapist_id, before, after)
    commit([update, *contacts, entry(before, after)])
    return after


def _has_regular(therapist_id: str, client_id: str, *, now: datetime) -> bool:
    practice = cached_practice(therapist_id)
    today = now.astimezone(practice.zone).date()
    return any(
        each.client_id == client_id and each.lasts(today) for each in all_regulars(therapist_id)
    )


def _invited_at(email: str | None, now: datetime) -> datetime:
    if not email:
        raise Invalid.field("email", "An invitation needs an address.")
    return now
