"""One client of one therapist: suspended or restored by hand, or erased on request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.operate.told import Declined, Told
from openhour import clock, cognito
from openhour.rules.clients import Client, Privilege
from openhour.store.clients import find_client
from openhour.store.practices import read_practice
from openhour.use_cases.appointments import upcoming
from openhour.use_cases.clients import discharge as discharge_client
from openhour.use_cases.clients import read_client, set_privilege
from openhour.use_cases.erasure import erase_client
from openhour.use_cases.planning import carry_out_plan
from openhour.use_cases.therapists import read_therapist

_KEPT = (
    "Copies are left in the tables' backups for 35 days and in their streams for one; and in every"
    " export that was made, in copies of the tables and in the tables and the user pool that an"
    " earlier stack has left: those are yours to delete. Rows written back from a copy have to be"
    " erased again."
)


def suspend(*, therapist_id: str, client_id: str, reason: str | None) -> Iterator[Told]:
    """Let a client book, move and cancel nothing from now on; what is booked stays."""
    yield _set(therapist_id, client_id, Privilege.SUSPENDED, reason=reason)


def restore(*, therapist_id: str, client_id: str) -> Iterator[Told]:
    """Let a client book again; earlier strikes no longer count."""
    yield _set(therapist_id, client_id, Privilege.ACTIVE, reason=None)


def _set(therapist_id: str, client_id: str, privilege: Privilege, *, reason: str | None) -> Told:
    read_practice(therapist_id)
    was = read_client(therapist_id, client_id).privilege
    now = clock.now()
    set_privilege(therapist_id, client_id, privilege, reason=reason, now=now)
    ahead = [each.appointment_id for each in upcoming(therapist_id, client_id, now=now)]
    word = "was" if was is privilege else "is"
    text = f"{client_id} {word} {privilege.value}; the login follows. {len(ahead)} sessions ahead."
    facts = {"privilege": privilege.value, "changed": was is not privilege, "ahead": ahead}
    return Told("privilege", text, {**_named(therapist_id, client_id), **facts})


def erase(
    *, therapist_id: str, client_id: str, discharge: bool, confirm: str | None
) -> Iterator[Told]:
    """Erase who a discharged client was: name, address, phone, login and what was written about
    them. The id, which tells nobody, keeps the calendar and the record whole."""
    practice = read_therapist(therapist_id)
    client = find_client(therapist_id, client_id)
    if client is None:
        raise Declined(f"{therapist_id} has no client {client_id}.")
    if confirm != client_id:
        raise Declined(f"This can't be undone: --confirm {client_id} says that you mean it.")
    staying = client.privilege is not Privilege.ENDED and not practice.removed_at
    if staying and not discharge:
        raise Declined(f"{client_id} is not discharged: --discharge cancels what is ahead, too.")
    named = _named(therapist_id, client_id)
    if staying:
        discharge_client(therapist_id, client_id, now=clock.now())
        yield Told("discharge", f"{client_id} is discharged, and every session ahead freed.", named)
    elif practice.planned < practice.plan and not practice.removed_at:
        carry_out_plan(therapist_id, now=clock.now())  # a discharge that was cut short
    yield _take_login(therapist_id, client)
    done = erase_client(therapist_id, client_id, now=clock.now())
    text = f"{client_id} is erased." if done else f"Nothing was left of {client_id} to be erased."
    yield Told("erased", text, {**named, "changed": done})
    yield Told("kept", _KEPT, named)


def _take_login(therapist_id: str, client: Client) -> Told:
    """Delete the client's own login at once, while its name is still known."""
    user = cognito.find(client.login) if client.login else None
    own = bool(user and (user.therapist_id, user.client_id) == (therapist_id, client.client_id))
    if client.login and own:
        cognito.disable(client.login)
        cognito.revoke_tokens(client.login)
        cognito.delete(client.login)
    text = "The login is gone." if own else "There was no login."
    return Told("login", text, {**_named(therapist_id, client.client_id), "taken": own})


def _named(therapist_id: str, client_id: str) -> dict[str, Any]:
    return {"therapist_id": therapist_id, "client_id": client_id}
