"""Registering up to the mailed link, as the stream function and the mailer do it."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.mails import MailFacts, MailKind
from openhour.rules.registrations import address_digest
from openhour.store.practices import read_practice
from openhour.store.registrations import find_registration
from openhour.use_cases import registrations
from openhour.use_cases.registration_mails import follow_up, keep_token, registration_facts


def mailed(therapist_id: str, email: str, *, now: datetime) -> MailFacts | None:
    """Return what the address of a registration is mailed, or None if it awaits nothing."""
    registration = find_registration(therapist_id, address_digest(therapist_id, email))
    assert registration
    for intent in follow_up(therapist_id, registration, now=now):
        facts = registration_facts(read_practice(therapist_id), intent, now=now)
        assert isinstance(facts, MailFacts)
        assert keep_token(therapist_id, intent, facts)
        return facts
    return None


def mailed_token(therapist_id: str, email: str, *, now: datetime) -> str:
    """Return the token of the link that the address of a registration is mailed."""
    facts = mailed(therapist_id, email, now=now)
    assert facts
    assert facts.kind is MailKind.CONFIRM_REGISTRATION
    return facts.token or ""


def become_client(therapist_id: str, *, name: str, email: str, phone: str, now: datetime) -> None:
    """Register, and confirm it at once."""
    registrations.register(therapist_id, name=name, email=email, phone=phone, now=now)
    registrations.confirm(therapist_id, mailed_token(therapist_id, email, now=now), now=now)
