"""Password mails: what Cognito mails a first password or a code with, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openhour.rules.mails import MailFacts, MailKind, PasswordFacts, RecipientFacts
from openhour.rules.practice import Practice
from openhour.rules.settings import Language
from openhour.store.clients import find_client
from openhour.store.practices import find_practice
from openhour.use_cases.mail_parts import client_recipient, sender_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom Cognito mails: a client, or without `client_id` a login of the practice."""

    therapist_id: str
    client_id: str | None
    address: str


def password_facts(
    recipient: Recipient, password: PasswordFacts, *, is_first: bool, now: datetime
) -> MailFacts | None:
    """Return what the mail says, or None where there is no such practice any more.

    Raises:
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(recipient.therapist_id)
    if practice is None or practice.removed_at:
        return None
    to_client = recipient.client_id is not None
    shown = _shown(practice, recipient)
    language = Language(shown.language)
    return MailFacts(
        kind=_KINDS[to_client, is_first],
        sender=sender_of(practice, language, for_therapist=not to_client),
        recipient=shown,
        acted_at=now,
        password=password,
    )


def _shown(practice: Practice, recipient: Recipient) -> RecipientFacts:
    """Return the recipient, with the client's name and language where there is a client."""
    if recipient.client_id is not None:
        client = find_client(practice.therapist_id, recipient.client_id)
        if client is not None:
            return client_recipient(practice, client)
    return RecipientFacts(
        name="",
        address=recipient.address,
        language=practice.language.value,
        client_id=recipient.client_id,
    )


_KINDS = {
    (True, True): MailKind.INVITATION,
    (True, False): MailKind.RESET_CODE,
    (False, True): MailKind.LOGIN_INVITATION,
    (False, False): MailKind.LOGIN_RESET_CODE,
}
"""The kind of the mail, by whether it is for a client and whether the password is a first one."""
