"""The MIME message: headers and parts of a mail."""

from __future__ import annotations

from datetime import UTC
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import quote, urlsplit

from functions.notifications.mails.calendar_entries import CalendarEntry
from functions.notifications.mails.layout import Rendered
from functions.notifications.mails.names import sender_name
from openhour.rules.mails import MailFacts

_POLICY = policy.SMTP.clone(max_line_length=998)
"""Longer lines than SMTP's own policy writes: it would break the link to unsubscribe."""


def message(
    facts: MailFacts, subject: str, rendered: Rendered, entries: tuple[CalendarEntry, ...]
) -> bytes:
    """Return a mail as SES sends it. The same facts give the same bytes.

    Of several calendar entries, the first is an alternative to the text, and each is attached.
    """
    mail = EmailMessage(policy=_POLICY)
    digest = _digest(facts)
    _add_headers(mail, facts, subject, digest)
    mail.set_content(rendered.text, cte="quoted-printable")
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    for entry in entries[:1]:
        mail.add_alternative(
            entry.content, subtype="calendar", params={"method": entry.method}, cte="base64"
        )
    for number, entry in enumerate(entries, start=1):
        name = "invite.ics" if number == 1 else f"invite-{number}.ics"
        mail.add_attachment(
            entry.content.encode(), maintype="application", subtype="ics", filename=name
        )
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(f"={number}={digest}=")
    mail["Content-Language"] = facts.recipient.language  # set_content would move it to a part
    return mail.as_bytes()


def _add_headers(mail: EmailMessage, facts: MailFacts, subject: str, digest: str) -> None:
    sender, name = facts.sender, sender_name(facts.sender.name)
    domain = sender.address.rpartition("@")[2]
    mail["From"] = Address(display_name=name, addr_spec=sender.address)
    mail["To"] = Address(addr_spec=facts.recipient.address)
    mail["Subject"] = subject
    mail["Date"] = (facts.sent_at or facts.acted_at).astimezone(UTC)
    mail["Message-ID"] = f"<{digest}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if facts.token and facts.kind.can_be_ended:
        page = urlsplit(sender.page_url)
        path = f"/unsubscribe/{quote(facts.token, safe='')}"
        mail["List-Unsubscribe"] = f"<{page.scheme}://{page.netloc}{path}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _digest(facts: MailFacts) -> str:
    """Return a name of the mail: by its natural key, or by what it is about."""
    subject = (facts.session or facts.regular) and repr((facts.session, facts.regular))
    about = facts.key or f"{facts.kind} {facts.acted_at.isoformat()} {subject}"
    recipient = facts.recipient.client_id or facts.recipient.address
    name = f"{facts.sender.therapist_id} {recipient} {about}"
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
