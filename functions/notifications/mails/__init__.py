"""Mails: the wording of each kind of mail."""

from email.message import EmailMessage
from email.utils import formataddr

from openhour.rules.mails import MailFacts


def compose(facts: MailFacts) -> bytes:
    """Return the mail as a MIME message."""
    mail = EmailMessage()
    mail["From"] = formataddr((facts.sender.name, facts.sender.address))
    mail["To"] = facts.recipient.address
    mail["Subject"] = f"Appointment {facts.kind}"
    session = facts.session
    when = session.start.astimezone(facts.sender.zone).isoformat() if session else ""
    link = f"{facts.sender.page_url}#confirm={facts.token}" if facts.token else ""
    mail.set_content(f"{facts.kind} {when}\n{facts.message or link}\n")
    return mail.as_bytes()
