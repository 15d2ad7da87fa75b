"""Mails: the wording, the look and the calendar entry of each kind of mail."""

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.calendar_entries import CalendarEntry, calendar_entries
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
    entries = calendar_entries(facts, blocks.words.entry_summary)
    rendered = render(letter, blocks, notes=_notes(blocks, entries))
    return message(facts, letter.subject, rendered, entries)


def _notes(blocks: Blocks, entries: tuple[CalendarEntry, ...]) -> tuple[str, ...]:
    """Return what is said in small print."""
    kind = blocks.facts.kind
    if kind is MailKind.REMINDER:
        return (blocks.words.mail_choices,)
    stands = any(entry.method == "REQUEST" for entry in entries)
    has_ended = kind in (MailKind.REGULAR_ENDED, MailKind.DISCHARGED)
    return (blocks.words.calendar_note,) if stands and not has_ended else ()
