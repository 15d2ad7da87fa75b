"""The local run's outgoing mail, with first passwords and codes, shown on `/outbox`."""

import email
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from email import policy
from email.message import EmailMessage
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a mail, or a part that calendars read."""

    name: str
    content_type: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as Cognito or SES would send it.

    Cognito's has the login, and the first password or the code that it contains.
    """

    to: str
    subject: str
    text: str
    login: str = ""
    password: str = ""
    code: str = ""
    sender: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def in_own_words(mail: Mail, written: tuple[str, str] | None) -> Mail:
    """Return a mail of Cognito's as a trigger has written it: the subject, and HTML alone."""
    if written is None:
        return mail
    subject, html = written
    return replace(mail, subject=subject, text="", html=html)


def mail_from_mime(raw: bytes, tags: Mapping[str, str]) -> Mail:
    """Return the mail of a MIME message that was sent with those tags."""
    message = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - by the policy
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    parts = [part for part in message.walk() if not part.is_multipart()]
    return Mail(
        to=str(message["To"]),
        sender=str(message["From"]),
        tags=tags,
        subject=str(message["Subject"]),
        text=str(text.get_content()) if text else "",
        html=str(html.get_content()) if html else "",
        attachments=tuple(_attachment(part) for part in parts if part not in (text, html)),
    )


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_content()
    return Attachment(
        name=part.get_filename() or "",
        content_type=part["Content-Type"],
        content=content if isinstance(content, str) else content.decode(errors="replace"),
    )


class Outbox:
    """All mail since the start, oldest first."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def as_json(self) -> str:
        """Return all mail as JSON, newest first."""
        return json.dumps({"mails": [asdict(mail) for mail in reversed(self.mails)]}, indent=2)

    def as_html(self) -> str:
        """Return all mail as an HTML page, newest first."""
        mails = "".join(map(_article, reversed(self.mails)))
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Outbox</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="stylesheet" href="/local/demo.css">'
            f'<h1>Outbox</h1><main class="mails">{mails or "<p>No mail yet.</p>"}</main></html>'
        )


def _article(mail: Mail) -> str:
    sender = f"From: {escape(mail.sender)}<br>" if mail.sender else ""
    attachments = "".join(
        f"<details><summary>{escape(each.name or each.content_type)}</summary>"
        f"<pre>{escape(each.content)}</pre></details>"
        for each in mail.attachments
    )
    return (
        f"<article><h2>{escape(mail.subject)}</h2>"
        f'<p class="small">{sender}To: {escape(mail.to)}</p>{_content(mail)}{attachments}</article>'
    )


def _content(mail: Mail) -> str:
    text = f'<p class="text">{escape(mail.text)}</p>'
    if not mail.html:
        return text
    # Scripts and remote content of a mail are never run, as in a mail program.
    as_text = f"<details><summary>As text</summary>{text}</details>" if mail.text else ""
    return f'<iframe title="HTML" sandbox srcdoc="{escape(mail.html)}"></iframe>{as_text}'
