"""Mails: the wording, the look and the calendar entry of each kind of mail."""

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.calendar_entries import CalendarEntry, calendar_entry
from functions.notifications.mails.catalogue import LETTERS
from functions.notifications.mails.layout import render
from functions.notifications.mails.message import message
from openhour.rules.mails import MailFacts, MailKind


def compose(facts: MailFacts) -> bytes:
    """Return the mail as a MIME message.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    blocks = Blocks(facts)
    letter = LETTERS[facts.kind](blocks)
    entry = calendar_entry(facts, blocks.words.entry_summary)
    rendered = render(letter, blocks, notes=_notes(blocks, entry))
    return message(facts, letter.subject, rendered, entry)


def _notes(blocks: Blocks, entry: CalendarEntry | None) -> tuple[str, ...]:
    """Return what is said in small print."""
    kind = blocks.facts.kind
    if kind is MailKind.REMINDER:
        return (blocks.words.mail_choices,)
    is_cancellable = kind is not MailKind.REGULAR_ENDED and entry and entry.method == "REQUEST"
    return (blocks.words.calendar_note,) if is_cancellable else ()
