"""A therapist's clients: listed, suspended or restored by hand, or erased on request."""

from __future__ import annotations

from collections.abc import Iterator

from infra.cli import logins
from infra.cli.output import CommandError, Line, counted, listed
from openhour import clock
from openhour.api.clients import privilege_reason
from openhour.cognito import CLIENTS
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.store.clients import all_clients, find_client
from openhour.store.practices import read_practice
from openhour.use_cases.appointments import upcoming
from openhour.use_cases.clients import discharge as discharge_client
from openhour.use_cases.clients import read_client, set_privilege
from openhour.use_cases.erasure import erase_client
from openhour.use_cases.planning import carry_out_plan
from openhour.use_cases.therapists import read_therapist

_REMAINING_COPIES = (
    "Copies remain in the tables' backups for 35 days and in their streams for one day. Exports,"
    " copies of the tables and what an earlier stack has left are yours to delete. Rows that are"
    " restored from a copy have to be erased again."
)


def print_clients(*, therapist_id: str) -> Iterator[Line]:
    """List all clients, discharged ones included."""
    read_therapist(therapist_id)
    lines = map(_describe, all_clients(therapist_id))
    yield from listed(lines, f"{therapist_id} has no clients.")


def _describe(client: Client) -> Line:
    facts = {
        "client_id": client.client_id,
        "name": client.name,
        "privilege": client.privilege.value,
        "privilege_reason": privilege_reason(client),
    }
    reason = f" ({facts['privilege_reason']})" if facts["privilege_reason"] else ""
    text = "{client_id:<24} {privilege:<10} {name}".format(**facts)
    return Line("client", f"{text}{reason}", facts)


def suspend(*, therapist_id: str, client_id: str, reason: str | None) -> Iterator[Line]:
    """Keep a client from booking, moving and cancelling.

    Booked sessions stay.
    """
    yield _set_privilege(therapist_id, client_id, Privilege.SUSPENDED, reason=reason)


def restore(*, therapist_id: str, client_id: str) -> Iterator[Line]:
    """Restore a suspended client's privilege."""
    yield _set_privilege(therapist_id, client_id, Privilege.ACTIVE, reason=None)


def _set_privilege(
    therapist_id: str, client_id: str, privilege: Privilege, *, reason: str | None
) -> Line:
    read_practice(therapist_id)
    now = clock.now()
    before = read_client(therapist_id, client_id)
    client = set_privilege(therapist_id, client_id, privilege, reason=reason, now=now).client
    sessions = [each.appointment_id for each in upcoming(therapist_id, client_id, now=now)]
    changed = client.privilege is not before.privilege
    facts = {
        "privilege": privilege.value,
        "privilege_reason": privilege_reason(client),
        "changed": changed,
        "booked": sessions,
    }
    verb = "is" if changed else "already was"
    text = (
        f"{client_id} ({client.name}) {verb} {privilege.value}, with"
        f" {counted(len(sessions), 'booked session')}. Reason: {client.reason or 'none given'}."
    )
    if reason and reason != client.reason:
        text += " The new reason was not recorded: restore the client first."
    return Line("privilege", text, {**_ids(therapist_id, client_id), **facts})


def erase(
    *, therapist_id: str, client_id: str, discharge: bool, confirm: str | None, dry_run: bool
) -> Iterator[Line]:
    """Erase a discharged client's personal data.

    That is name, address, phone, login and all notes. The client's opaque id stays, so calendar
    and history remain consistent.
    """
    practice = read_therapist(therapist_id)
    client = find_client(therapist_id, client_id)
    if client is None:
        command = f"openhour clients list {therapist_id}"
        text = f"{therapist_id} has no client {client_id}. `{command}` prints every id."
        raise CommandError(text)
    if confirm != client_id and not dry_run:
        text = (
            f"Erasing {client_id} ({client.name}) cannot be undone. Nothing was erased: repeat the"
            f" command with --confirm {client_id}."
        )
        raise CommandError(text)
    current = client.privilege is not Privilege.ENDED and not practice.removed_at
    if current and not discharge:
        text = (
            f"{client_id} ({client.name}) is not discharged. Nothing was erased: add --discharge,"
            " which also cancels all booked sessions."
        )
        raise CommandError(text)
    work = _preview_erasure if dry_run else _erase
    yield from work(practice, client, discharge=current)


def _preview_erasure(practice: Practice, client: Client, *, discharge: bool) -> Iterator[Line]:
    ids = _ids(practice.therapist_id, client.client_id)
    if discharge:
        sessions = len(upcoming(**ids, now=clock.now()))
        cancelled = counted(sessions, "booked session")
        text = f"{client.client_id} ({client.name}) would be discharged, and {cancelled} cancelled."
        yield Line("discharge", text, {**ids, "sessions": sessions, "dry_run": True})
    has_login = _has_login(practice.therapist_id, client)
    text = "The login would be deleted." if has_login else "There is no login."
    yield Line("login", text, {**ids, "removed": has_login, "dry_run": True})
    yield Line("erased", "Nothing was erased.", {**ids, "changed": False, "dry_run": True})


def _erase(practice: Practice, client: Client, *, discharge: bool) -> Iterator[Line]:
    ids = _ids(practice.therapist_id, client.client_id)
    had_login = _has_login(practice.therapist_id, client)
    if discharge:
        discharge_client(practice.therapist_id, client.client_id, now=clock.now())
        text = f"{client.client_id} is discharged, and every booked session cancelled."
        yield Line("discharge", text, ids)
    elif practice.planned < practice.plan and not practice.removed_at:
        carry_out_plan(practice.therapist_id, now=clock.now())  # completes an interrupted discharge
    yield _delete_login(practice.therapist_id, client, had_login=had_login)
    changed = erase_client(**ids, now=clock.now())
    name = client.client_id
    text = f"{name} is erased." if changed else f"Nothing of {name} was left to erase."
    yield Line("erased", text, {**ids, "changed": changed})
    yield Line("remaining-copies", _REMAINING_COPIES, ids)


def _delete_login(therapist_id: str, client: Client, *, had_login: bool) -> Line:
    """Delete the client's own login at once, while its name is still known.

    The stream of the clients' table may have deleted it since the discharge.
    """
    if client.login and _has_login(therapist_id, client):
        logins.delete(CLIENTS, client.login)
    text = "The login is deleted." if had_login else "There was no login."
    return Line("login", text, {**_ids(therapist_id, client.client_id), "removed": had_login})


def _has_login(therapist_id: str, client: Client) -> bool:
    user = CLIENTS.find(client.login) if client.login else None
    owner = therapist_id, client.client_id
    return bool(user and (user.therapist_id, user.client_id) == owner)


def _ids(therapist_id: str, client_id: str) -> dict[str, str]:
    return {"therapist_id": therapist_id, "client_id": client_id}
