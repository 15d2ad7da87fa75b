"""Contacts: the addresses and the phone by which a person who registers is recognized."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from unicodedata import normalize

from openhour.rules.clients import Client

_PHONE_DIGITS = 10
"""The last digits of a phone that are compared: the number without its country's code."""
BARE_SPAN = timedelta(minutes=1)
"""How long after the entry of a client by name alone another one is a repetition of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturningRegistration:
    """A registration with the address or the phone of a suspended or discharged client."""

    registration_id: str
    client_id: str
    name: str
    email: str
    phone: str
    at: datetime


def canonical_address(email: str) -> str:
    """Return the address in lower case, without what follows a `+` before the `@`."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def canonical_phone(phone: str) -> str | None:
    """Return the last ten digits of a phone, or None if it has fewer."""
    digits = _digits(phone)[-_PHONE_DIGITS:]
    return digits if len(digits) == _PHONE_DIGITS else None


def contact_digests(therapist_id: str, *, email: str | None, phone: str | None) -> tuple[str, ...]:
    """Return the digests of an address, if there is one, and of a phone long enough to compare."""
    number = canonical_phone(phone) if phone else None
    contacts = (("address", canonical_address(email) if email else None), ("phone", number))
    return tuple(_digest(therapist_id, kind, text) for kind, text in contacts if text)


def contacts_of(therapist_id: str, client: Client) -> frozenset[str]:
    """Return the digests of a client's address, of the one they sign in with, and of their phone.

    A login name keeps the address that the client had when it was made.
    """
    login = (client.login or "").partition("/")[2]
    own = contact_digests(therapist_id, email=client.email, phone=client.phone)
    signs_in = contact_digests(therapist_id, email=login if "@" in login else None, phone=None)
    return frozenset((*own, *signs_in))


def entry_digests(
    therapist_id: str, *, name: str, email: str | None, phone: str | None
) -> tuple[str, ...]:
    """Return the digests by which the same client, entered again, is recognized.

    They are those of name and address and of name and phone or, with neither, of the name.
    """
    same_name = " ".join(normalize("NFC", name).casefold().split())
    contacts = [*([email.lower()] if email else []), *([_digits(phone)] if phone else [])]
    return tuple(_digest(therapist_id, "entry", same_name, contact) for contact in contacts or [""])


def _digits(phone: str) -> str:
    return "".join(re.findall(r"[0-9]", phone))


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
