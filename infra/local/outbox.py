"""The mail that nobody sends on one machine: first passwords, to be read on a page."""

import json
from dataclasses import asdict, dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One invitation, as Cognito would have mailed it."""

    to: str
    subject: str
    text: str
    login: str
    password: str


class Outbox:
    """Every mail of this run, oldest first."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def add(self, mail: Mail) -> None:
        """Keep `mail`."""
        self.mails.append(mail)

    def as_json(self) -> str:
        """Tell every mail, newest first."""
        return json.dumps({"mails": [asdict(mail) for mail in reversed(self.mails)]}, indent=2)

    def as_page(self) -> str:
        """Show every mail, newest first."""
        mails = "".join(
            f"<article><h2>{escape(mail.subject)}</h2><p>To: {escape(mail.to)}</p>"
            f"<p>{escape(mail.text)}</p></article>"
            for mail in reversed(self.mails)
        )
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Outbox</title>'
            f"<h1>Outbox</h1>{mails or '<p>No mail yet.</p>'}</html>"
        )
