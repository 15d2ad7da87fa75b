"""Registrations: what somebody who wants to become a client has given, until it is confirmed.

A link that is mailed to the address confirms it. Its token names the address by its digest, so that
no search is needed, and only the token's hash is stored.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from openhour.rules.clients import Client, Privilege, is_same_person, waits_for_login
from openhour.rules.contacts import ReturningRegistration, contact_digests
from openhour.rules.settings import Language

LINK_LASTS = timedelta(hours=72)
MAIL_INTERVAL = timedelta(days=1)
"""The least time between two mails to one address."""
_DIGEST = 43
"""Characters of a digest in a token: 32 bytes in base64 without padding."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{86}")


class Standing(StrEnum):
    """What somebody who registers is to the practice already."""

    NEW = "new"
    WAITS = "waits"
    """A client without a login has the very address."""
    KNOWN = "known"
    """A client with a login has the very address."""
    SHARED = "shared"
    """Several clients without a login have the very address, so nobody can tell which it is."""
    FORMER = "former"
    """A suspended or discharged client has the address or the phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A registration, which awaits its confirmation or is confirmed.

    `digest` is that of the address, `owners` are the clients who had its address or phone when it
    was made, and `token_hashes` belong to the mailed links. One that is confirmed has the client's
    id, and no name and phone any more.
    """

    digest: str
    email: str
    name: str | None
    phone: str | None
    language: Language | None
    asked_at: datetime
    owners: frozenset[str] = frozenset()
    token_hashes: frozenset[str] = frozenset()
    client_id: str | None = None

    @property
    def expires_at(self) -> datetime:
        """When the link expires. What a confirmed link has done is told for longer."""
        return self.asked_at + LINK_LASTS

    def is_opened_by(self, token: str, *, now: datetime) -> bool:
        """Return whether a token is that of a mailed link which has not expired."""
        is_in_time = self.client_id is not None or now < self.expires_at
        return is_in_time and hash_of(token) in self.token_hashes

    def repeats(self, other: Registration) -> bool:
        """Return whether the same person gave the same before, a day ago at most."""
        same = (self.email, self.name, self.phone) == (other.email, other.name, other.phone)
        return same and self.asked_at - other.asked_at < MAIL_INTERVAL


def address_digest(therapist_id: str, email: str) -> str:
    """Return the digest of an address, which is compared in lower case and without its tag."""
    (digest,) = contact_digests(therapist_id, email=email, phone=None)
    return digest


def link_token(digest: str, secret: str) -> str:
    """Return the token of a link: the address's digest, then 43 random characters."""
    return urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=") + secret


def digest_in(token: str) -> str | None:
    """Return the digest of the address that a token names, or None if it is no token."""
    if not _TOKEN.fullmatch(token):
        return None
    return urlsafe_b64decode(f"{token[:_DIGEST]}=").hex()


def hash_of(token: str) -> str:
    """Return the hash by which a token is recognized."""
    return sha256(token.encode()).hexdigest()


def standing_of(prospect: Client, found: Iterable[Client]) -> Standing:
    """Return what a prospective client is already, by the clients who share a contact."""
    clients = list(found)
    if any(each.privilege is not Privilege.ACTIVE for each in clients):
        return Standing.FORMER
    same = [each for each in clients if is_same_person(each, prospect)]
    if not same:
        return Standing.NEW
    if not all(map(waits_for_login, same)):
        return Standing.KNOWN
    return Standing.WAITS if len(same) == 1 else Standing.SHARED


def returning_of(registration: Registration, former: Client) -> ReturningRegistration:
    """Return what is listed for the therapist. The same registration always has the same id."""
    made = f"{registration.digest}\n{registration.asked_at.isoformat()}"
    return ReturningRegistration(
        registration_id=f"r{sha256(made.encode()).hexdigest()[:16]}",
        client_id=former.client_id,
        name=registration.name or "",
        email=registration.email,
        phone=registration.phone or "",
        at=registration.asked_at,
    )
