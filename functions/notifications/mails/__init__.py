"""Mails: the wording, the look and the calendar entry of each kind of mail."""

from dataclasses import dataclass

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.calendar_entries import CalendarEntry, calendar_entry
from functions.notifications.mails.catalogue import LETTERS
from functions.notifications.mails.layout import Rendered, render
from functions.notifications.mails.message import message
from functions.notifications.mails.names import clean_line
from openhour.rules.mails import MailFacts, MailKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail in words."""

    subject: str
    body: Rendered
    entry: CalendarEntry | None


def write(facts: MailFacts) -> Written:
    """Return what a mail says.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    blocks = Blocks(facts)
    letter = LETTERS[facts.kind](blocks)
    entry = calendar_entry(facts, blocks.words.entry_summary)
    body = render(letter, blocks, notes=_notes(blocks, entry))
    return Written(subject=letter.subject, body=body, entry=entry)


def compose(facts: MailFacts) -> bytes:
    """Return the mail as a MIME message.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    written = write(facts)
    return message(facts, written.subject, written.body, written.entry)


def _notes(blocks: Blocks, entry: CalendarEntry | None) -> tuple[str, ...]:
    """Return what is said in small print."""
    kind = blocks.facts.kind
    if kind is MailKind.REMINDER:
        return (blocks.words.mail_choices,)
    if blocks.facts.password and blocks.facts.password.username:
        return (blocks.words.whole_username(clean_line(blocks.facts.password.username)),)
    is_cancellable = kind is not MailKind.REGULAR_ENDED and entry and entry.method == "REQUEST"
    return (blocks.words.calendar_note,) if is_cancellable else ()
