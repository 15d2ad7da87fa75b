"""Composing: a whole mail, with its calendar entry."""

from __future__ import annotations

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.calendar_entries import calendar_entry
from functions.notifications.mails.message import message
from functions.notifications.mails.writing import write
from openhour.rules.mails import MailFacts


def compose(facts: MailFacts) -> bytes:
    """Return the mail as a MIME message.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    entry = calendar_entry(facts, Blocks(facts).words.entry_summary)
    written = write(facts, is_answerable=entry is not None and entry.method == "REQUEST")
    return message(facts, written.subject, written.body, entry)
