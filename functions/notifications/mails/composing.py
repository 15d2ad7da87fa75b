"""Composing: a whole mail, with its calendar entries."""

from __future__ import annotations

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.calendar_entries import calendar_entries
from functions.notifications.mails.message import message
from functions.notifications.mails.writing import write
from openhour.rules.mails import MailFacts


def compose(facts: MailFacts) -> bytes:
    """Return the mail as a MIME message.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    entries = calendar_entries(facts, Blocks(facts).words.entry_summary)
    written = write(facts, is_answerable=any(entry.method == "REQUEST" for entry in entries))
    return message(facts, written.subject, written.body, entries)
