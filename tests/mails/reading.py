"""Reading mails as a recipient's program does."""

from __future__ import annotations

import html
import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from functions.notifications.mails.composing import compose
from openhour.rules.mails import MailFacts


def read(facts: MailFacts) -> EmailMessage:
    """Compose a mail and parse it."""
    mail = message_from_bytes(compose(facts), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    return _body(mail, "plain")


def html_of(mail: EmailMessage) -> str:
    return _body(mail, "html")


def shown_text(mail: EmailMessage) -> str:
    """The words that the HTML shows, on one line."""
    return shown_in(html_of(mail))


def shown_in(body: str) -> str:
    """The words that a mail's HTML shows, on one line."""
    body = body[body.index("<body") :]
    body = re.sub(r'<div style="display:none.*?</div>|<!--.*?-->', " ", body, flags=re.DOTALL)
    return one_line(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def one_line(text: str) -> str:
    return " ".join(text.split())


def calendar_of(mail: EmailMessage) -> str | None:
    """The calendar entry among the alternatives."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content.decode()
    return None


def attached_to(mail: EmailMessage) -> list[str]:
    """The calendar entries that are attached, in order."""
    contents = [part.get_payload(decode=True) for part in mail.iter_attachments()]
    return [content.decode() for content in contents if isinstance(content, bytes)]


def _body(mail: EmailMessage, form: str) -> str:
    part = mail.get_body((form,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
