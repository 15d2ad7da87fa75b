"""Registration: new clients, counted by the week, answered the same whoever they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import (
    Client,
    Privilege,
    is_same_person,
    login_name,
    waits_for_login,
)
from openhour.rules.contacts import ReturningRegistration, contact_digests
from openhour.rules.intake import (
    booked_share,
    intake_window,
    is_accepting,
    may_register,
    registered_in,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import NotAccepting, UnknownRegistration
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot
from openhour.store.audit_log import audit_entry
from openhour.store.clients import (
    all_clients,
    get_clients,
    insert_client,
    reserve_login,
    update_client,
)
from openhour.store.practices import cached_practice, read_practice
from openhour.store.registrations import (
    add_registration,
    count_registrations,
    delete_returning,
    find_contacts,
    insert_returning,
    returning_registrations,
)
from openhour.store.simultaneous_reads import at_once
from openhour.store.slots import slots_starting_between
from openhour.store.transactions import ConditionFailed, Write, commit, retry_on_conflict
from openhour.tokens import new_token
from openhour.use_cases.clients import new_client_id


def is_accepting_clients(therapist_id: str, *, now: datetime) -> bool:
    """Return whether a new client may register now.

    Raises:
        UnknownTherapist: There is no such practice.
    """
    return _is_accepting(cached_practice(therapist_id), now=now)


def register(therapist_id: str, *, name: str, email: str, phone: str, now: datetime) -> None:
    """Register a new client, who gets a first password by mail.

    A person who is known makes no second client. One with the address or phone of a suspended or
    discharged client is listed for the therapist. A client without a login who has the very
    address is invited, at the stored one. Any other address of a client, whatever
    their login name, changes nothing but the week's count. All take the same reads, so nobody
    learns who is a client. Where registration is closed, no client is read.

    Raises:
        UnknownTherapist: There is no such practice.
        Invalid: The address is too long for a login name.
        NotAccepting: New clients may not register now.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    week = practice.week_of(now)
    digests = contact_digests(therapist_id, email=email, phone=phone)
    client = Client(
        client_id=new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login_name(therapist_id, email=email),
        created_at=now,
        registered_online=True,
        invited_at=now,
        new=True,
    )

    @retry_on_conflict(10)
    def attempt() -> None:
        if not _is_accepting(practice, now=now):
            raise NotAccepting
        owners = find_contacts(therapist_id, digests)
        # The new id is read too, so that the reads are the same when nobody is known.
        clients = get_clients(therapist_id, [*owners, client.client_id])
        matches = [clients[owner] for owner in owners if owner in clients]
        former = next((each for each in matches if each.privilege is not Privilege.ACTIVE), None)
        known = {each.client_id: each for each in matches if is_same_person(each, client)}
        writes: list[Write] = []
        if former:
            writes = [insert_returning(therapist_id, _returning(client, former, now=now))]
        elif not known:
            writes = insert_client(therapist_id, client)
        elif len(known) == 1 and all(map(waits_for_login, known.values())):
            writes = _invite(therapist_id, *known.values(), now=now)
        commit([add_registration(practice, week), *writes])

    attempt()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeStatus:
    """What decides now whether a new client may register.

    `share` is the booked share of the slots that count in mode `auto`. `count` is the number of
    registrations of this week, and `registered` the clients who came by them, oldest first.
    """

    practice: Practice
    share: float
    accepting: bool
    count: int
    registered: tuple[Client, ...]


def read_intake(therapist_id: str, *, now: datetime) -> IntakeStatus:
    """Return what decides now whether a new client may register, in any mode.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    practice = read_practice(therapist_id)
    week = practice.week_of(now)
    slots, (count, clients) = at_once(
        partial(slots_starting_between, therapist_id, *intake_window(practice, now=now)),
        lambda: at_once(
            partial(count_registrations, therapist_id, week), partial(all_clients, therapist_id)
        ),
    )
    return IntakeStatus(
        practice=practice,
        share=booked_share(slots, now=now),
        accepting=is_accepting(practice, slots, registered=count, now=now),
        count=count,
        registered=registered_in(clients, practice, week),
    )


def list_returning(therapist_id: str) -> tuple[tuple[ReturningRegistration, Client], ...]:
    """Return the registrations of suspended and discharged clients with those, oldest first."""
    registrations = returning_registrations(therapist_id)
    clients = {each.client_id: each for each in all_clients(therapist_id)}
    listed = [
        (each, clients[each.client_id]) for each in registrations if each.client_id in clients
    ]
    return tuple(sorted(listed, key=lambda pair: (pair[0].at, pair[0].registration_id)))


def dismiss(therapist_id: str, registration_id: str, *, now: datetime) -> None:
    """Delete a listed registration.

    Raises:
        UnknownRegistration: There is no such registration.
        Busy: No attempt succeeded.
    """
    entry = audit_entry(
        therapist_id, AuditAction.DISMISS_REGISTRATION, now=now, target=registration_id
    )
    try:
        commit([delete_returning(therapist_id, registration_id), entry])
    except ConditionFailed as failed:
        raise UnknownRegistration from failed


def _returning(client: Client, former: Client, *, now: datetime) -> ReturningRegistration:
    return ReturningRegistration(
        registration_id=f"r{new_token(16)}",
        client_id=former.client_id,
        name=client.name,
        email=client.email or "",
        phone=client.phone or "",
        at=now,
    )


def _invite(therapist_id: str, before: Client, *, now: datetime) -> list[Write]:
    """Give a client without a login one at the stored address."""
    login = login_name(therapist_id, email=before.email)
    after = replace(before, login=login, invited_at=now)
    return [update_client(therapist_id, before, after), reserve_login(therapist_id, after)]


def _is_accepting(practice: Practice, *, now: datetime) -> bool:
    if not may_register(practice):
        return False
    registered = count_registrations(practice.therapist_id, practice.week_of(now))
    slots = _slots_ahead(practice, now=now)
    return is_accepting(practice, slots, registered=registered, now=now)


def _slots_ahead(practice: Practice, *, now: datetime) -> tuple[Slot, ...]:
    """Return the slots that decide in the intake mode `auto`."""
    if practice.intake is not Intake.AUTO:
        return ()
    return slots_starting_between(practice.therapist_id, *intake_window(practice, now=now))
