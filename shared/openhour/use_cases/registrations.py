"""Registrations: new clients ask to be mailed a link, and confirm by it that the address is theirs.

The public function writes a registration and reads no client. What the address is to the practice
already is found out afterwards (see `registration_mails`), so that the answer can't tell it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour.rules.clients import Client, is_same_person, login_name
from openhour.rules.contacts import entry_digests
from openhour.rules.intake import may_register
from openhour.rules.practice import Practice
from openhour.rules.refusals import IntakeFull, NotAccepting, RegistrationExpired
from openhour.rules.registrations import (
    Registration,
    Standing,
    address_digest,
    digest_in,
    standing_of,
)
from openhour.rules.settings import Language
from openhour.store.clients import (
    find_entries,
    find_login_owner,
    get_clients,
    insert_client,
    reserve_login,
    update_client,
)
from openhour.store.practices import cached_practice
from openhour.store.registrations import (
    add_confirmed,
    confirm_registration,
    count_confirmed,
    earlier_registration,
    find_registration,
    insert_registration,
    is_day_full,
)
from openhour.store.transactions import ConditionFailed, Write, commit, retry_on_conflict
from openhour.use_cases.clients import new_client_id
from openhour.use_cases.intake import local_day, may_be_asked


def register(
    therapist_id: str,
    *,
    name: str,
    email: str,
    phone: str,
    language: Language | None = None,
    now: datetime,
) -> None:
    """Keep a registration, whose address is mailed a link to confirm it, at most once a day.

    Reads and writes are the same whatever is known of the address. A second registration of an
    address within a day changes nothing.

    Raises:
        UnknownTherapist: There is no such practice.
        Invalid: The address is too long for a login name.
        NotAccepting: New clients may not register now.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    login_name(therapist_id, email=email)
    registration = Registration(
        digest=address_digest(therapist_id, email),
        email=email,
        name=name,
        phone=phone,
        language=language,
        asked_at=now,
    )
    if not may_be_asked(practice, now=now):
        if _is_repeated(therapist_id, registration):
            return
        raise NotAccepting
    try:
        commit(insert_registration(practice, registration, local_day(practice, now)))
    except ConditionFailed as failed:
        earlier = earlier_registration(failed)
        if is_day_full(failed) and not (earlier and registration.repeats(earlier)):
            raise NotAccepting from failed


def _is_repeated(therapist_id: str, registration: Registration) -> bool:
    earlier = find_registration(therapist_id, registration.digest)
    return earlier is not None and registration.repeats(earlier)


def prospect_of(therapist_id: str, registration: Registration, *, now: datetime) -> Client:
    """Return the client who would come of a registration.

    Raises:
        Invalid: The address is too long for a login name.
    """
    return Client(
        client_id=new_client_id(),
        name=registration.name or "",
        email=registration.email,
        phone=registration.phone,
        login=login_name(therapist_id, email=registration.email),
        language=registration.language,
        created_at=now,
        registered_online=True,
        invited_at=now,
        new=True,
    )


def confirm(therapist_id: str, token: str, *, now: datetime) -> str:
    """Make a client of a registration, who gets a first password, and return their address.

    A client without a login who has the very address is invited, at the stored one. Whoever has a
    login by now gets no second one. A repetition gives the first outcome.

    Raises:
        UnknownTherapist: There is no such practice.
        RegistrationExpired: The token is none that was mailed, or is no longer good.
        IntakeFull: New clients may not be taken any more.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    digest = digest_in(token)
    if digest is None:
        raise RegistrationExpired

    @retry_on_conflict(10)
    def attempt() -> str:
        registration = find_registration(therapist_id, digest)
        if registration is None or not registration.is_opened_by(token, now=now):
            raise RegistrationExpired
        if registration.client_id is None:
            commit(_confirmation(practice, registration, now=now))
        return registration.email

    return attempt()


def _confirmation(practice: Practice, registration: Registration, *, now: datetime) -> list[Write]:
    """Return the writes that confirm a registration: a client's, unless they have a login.

    Raises:
        IntakeFull: New clients may not be taken any more, or not this one.
    """
    therapist_id = practice.therapist_id
    prospect = prospect_of(therapist_id, registration, now=now)
    found = _find_known(therapist_id, registration, prospect)
    match standing_of(prospect, found):
        case Standing.NEW:
            client, writes = prospect, _insert(practice, prospect, now=now)
        case Standing.WAITS:
            (client,) = (each for each in found if is_same_person(each, prospect))
            writes = _invite(therapist_id, client, now=now)
        case Standing.KNOWN:
            client, writes = next(each for each in found if is_same_person(each, prospect)), []
        case _:
            raise IntakeFull
    confirmed = confirm_registration(therapist_id, registration, client.client_id, now=now)
    return [*writes, confirmed]


def _find_known(
    therapist_id: str, registration: Registration, prospect: Client
) -> tuple[Client, ...]:
    """Return who shares a contact with the prospect, by keys alone.

    They are those who did when the registration was made, who has the login name by now, and whom
    the therapist has entered with the same name and contact.
    """
    digests = entry_digests(
        therapist_id, name=prospect.name, email=prospect.email, phone=prospect.phone
    )
    _, entered = find_entries(therapist_id, digests)
    owner = find_login_owner(therapist_id, prospect.login or "")
    others = get_clients(therapist_id, {*registration.owners, *([owner] if owner else [])})
    return tuple({each.client_id: each for each in (*entered, *others.values())}.values())


def _insert(practice: Practice, prospect: Client, *, now: datetime) -> list[Write]:
    """Write a new client, and count them in the week.

    Raises:
        IntakeFull: The week's number is reached, or intake was closed meanwhile.
    """
    week = practice.week_of(now)
    confirmed = count_confirmed(practice.therapist_id, week)
    if not may_register(practice) or confirmed >= practice.intake_per_week:
        raise IntakeFull
    return [*add_confirmed(practice, week), *insert_client(practice.therapist_id, prospect)]


def _invite(therapist_id: str, before: Client, *, now: datetime) -> list[Write]:
    """Give a client without a login one at the stored address."""
    login = login_name(therapist_id, email=before.email)
    after = replace(before, login=login, invited_at=now)
    return [update_client(therapist_id, before, after), reserve_login(therapist_id, after)]
