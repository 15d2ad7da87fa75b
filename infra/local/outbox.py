"""The local run's outgoing mail, with first passwords and codes, shown on `/outbox`."""

import json
from dataclasses import asdict, dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as Cognito would send it, with the first password or the code that it contains."""

    to: str
    subject: str
    text: str
    login: str
    password: str = ""
    code: str = ""


class Outbox:
    """All mail since the start, oldest first."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def as_json(self) -> str:
        """Return all mail as JSON, newest first."""
        return json.dumps({"mails": [asdict(mail) for mail in reversed(self.mails)]}, indent=2)

    def as_html(self) -> str:
        """Return all mail as an HTML page, newest first."""
        mails = "".join(
            f"<article><h2>{escape(mail.subject)}</h2><p>To: {escape(mail.to)}</p>"
            f"<p>{escape(mail.text)}</p></article>"
            for mail in reversed(self.mails)
        )
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Outbox</title>'
            f"<h1>Outbox</h1>{mails or '<p>No mail yet.</p>'}</html>"
        )
