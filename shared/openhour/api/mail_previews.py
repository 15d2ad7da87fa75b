"""Previews of mails: what a mail of each kind says, with made-up people and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from openhour.api.me import LanguageName
from openhour.rules.mails import MailKind

if TYPE_CHECKING:
    from openhour.rules.mails import MailFacts


class MailPreviewView(TypedDict):
    """A mail as it is sent, with made-up people and times."""

    kind: MailKind
    """What the mail tells."""
    language: LanguageName
    """The language in which it is written."""
    sender: str
    """The sender's name."""
    address: str | None
    """The address that sends; null if none is set up, so that nobody is mailed."""
    subject: str
    """The mail's subject."""
    text: str
    """What a program shows that shows no HTML."""
    html: str
    """The same as an HTML document, without scripts and remote content."""


def mail_preview_view(facts: MailFacts, *, subject: str, text: str, html: str) -> MailPreviewView:
    """Return the view of a mail that is written."""
    return {
        "kind": facts.kind,
        "language": facts.recipient.language,
        "sender": facts.sender.name,
        "address": facts.sender.address or None,
        "subject": subject,
        "text": text,
        "html": html,
    }
