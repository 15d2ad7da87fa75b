"""Registration mails: what an address is to the practice already, and what it is told.

It is found out from the registration's stream, so that whoever registers learns nothing of it.
"""

from __future__ import annotations

from datetime import datetime

from openhour.rules.clients import Privilege
from openhour.rules.contacts import contact_digests
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Withheld
from openhour.rules.mails import MailFacts, MailKind, RecipientFacts
from openhour.rules.practice import Practice
from openhour.rules.registrations import (
    Registration,
    Standing,
    link_token,
    returning_of,
    standing_of,
)
from openhour.store.clients import get_clients
from openhour.store.practices import find_practice
from openhour.store.registrations import (
    find_contacts,
    find_registration,
    insert_returning,
    write_owners,
    write_token,
)
from openhour.store.transactions import commit
from openhour.tokens import new_secret
from openhour.use_cases.mail_parts import sender_of, therapist_recipient
from openhour.use_cases.registrations import prospect_of

_KINDS = {
    Standing.NEW: MailKind.CONFIRM_REGISTRATION,
    Standing.WAITS: MailKind.CONFIRM_REGISTRATION,
    Standing.KNOWN: MailKind.ALREADY_KNOWN,
    Standing.SHARED: MailKind.PLEASE_CALL,
    Standing.FORMER: MailKind.PLEASE_CALL,
}
ABOUT_REGISTRATIONS = frozenset({*_KINDS.values(), MailKind.REGISTRATIONS_FULL})
"""The kinds that are about no client."""


def follow_up(therapist_id: str, registration: Registration, *, now: datetime) -> list[MailIntent]:
    """Return what the address of a registration is told, if it still awaits its confirmation.

    One of a suspended or discharged client is listed for the therapist, and confirms nothing.
    Repeating it changes nothing.

    Raises:
        Busy: No attempt succeeded.
    """
    digests = contact_digests(therapist_id, email=registration.email, phone=registration.phone)
    owners = set(find_contacts(therapist_id, digests))
    clients = get_clients(therapist_id, owners).values()
    standing = standing_of(prospect_of(therapist_id, registration, now=now), clients)
    if not write_owners(therapist_id, registration, owners):
        return []
    if standing is Standing.FORMER:
        former = next(each for each in clients if each.privilege is not Privilege.ACTIVE)
        commit([insert_returning(therapist_id, returning_of(registration, former))])
    return [
        MailIntent(
            kind=_KINDS[standing],
            subject=registration.digest,
            client_id="",
            acted_at=registration.asked_at,
            own=True,
            occasion=f"{registration.asked_at:%Y%m%dT%H%M%S.%fZ}",
        )
    ]


def tell_day_is_full(
    therapist_id: str, day: str, before: int, after: int, *, now: datetime
) -> list[MailIntent]:
    """Return what the therapist is told if a day's number of registrations was just reached.

    Raises:
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(therapist_id)
    if practice is None or not before < practice.registrations_per_day <= after:
        return []
    kind = MailKind.REGISTRATIONS_FULL
    return [MailIntent(kind=kind, subject=day, client_id="", acted_at=now)]


def registration_facts(
    practice: Practice, intent: MailIntent, *, now: datetime
) -> MailFacts | Withheld:
    """Return what a mail about a registration says, or why it is not sent.

    It answers the person's own act, so it is sent at any hour and before `mail_from`, too.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if intent.kind is MailKind.REGISTRATIONS_FULL:
        return _day_is_full(practice, intent)
    registration = find_registration(practice.therapist_id, intent.subject)
    if registration is None or registration.asked_at != intent.acted_at:
        return Withheld.OUTDATED
    if registration.client_id is not None or now >= registration.expires_at:
        return Withheld.OUTDATED
    language = registration.language or practice.language
    confirms = intent.kind is MailKind.CONFIRM_REGISTRATION
    return MailFacts(
        kind=intent.kind,
        sender=sender_of(practice, language, for_therapist=False),
        recipient=RecipientFacts(
            name=registration.name or "", address=registration.email, language=language.value
        ),
        acted_at=intent.acted_at,
        token=link_token(registration.digest, new_secret()) if confirms else None,
    )


def keep_token(therapist_id: str, intent: MailIntent, facts: MailFacts) -> bool:
    """Store the hash of the token that a mail carries, and return whether it is good for anything.

    Raises:
        Busy: No attempt succeeded.
    """
    if intent.kind is not MailKind.CONFIRM_REGISTRATION:
        return True
    return write_token(therapist_id, intent.subject, intent.acted_at, facts.token or "")


def _day_is_full(practice: Practice, intent: MailIntent) -> MailFacts | Withheld:
    recipient = therapist_recipient(practice, intent.login_id)
    if recipient is None:
        return Withheld.NO_ADDRESS
    return MailFacts(
        kind=intent.kind,
        sender=sender_of(practice, practice.language, for_therapist=True),
        recipient=recipient,
        acted_at=intent.acted_at,
        counts=(("registrations", practice.registrations_per_day),),
    )
