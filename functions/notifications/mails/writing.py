"""Writing: what a mail says, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.catalogue import LETTERS
from functions.notifications.mails.layout import Rendered, render
from functions.notifications.mails.names import clean_line
from openhour.rules.mails import MailFacts, MailKind
from openhour.rules.settings import TherapistMail


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail's subject, and what it says."""

    subject: str
    body: Rendered


def write(facts: MailFacts, *, is_answerable: bool = False) -> Written:
    """Return what a mail says. `is_answerable`: calendars ask for an answer to its entry.

    Raises:
        MissingFact: A fact is missing without which the mail says nothing.
    """
    blocks = Blocks(facts)
    letter = LETTERS[facts.kind](blocks)
    body = render(letter, blocks, notes=_notes(blocks, is_answerable=is_answerable))
    return Written(subject=letter.subject, body=body)


def _notes(blocks: Blocks, *, is_answerable: bool) -> tuple[str, ...]:
    """Return what is said in small print."""
    kind, password = blocks.facts.kind, blocks.facts.password
    if kind is MailKind.REMINDER:
        return (blocks.words.mail_choices,)
    if kind.value in list(TherapistMail):
        return (blocks.words.own_mail_choices,)
    if password and password.username:
        return (blocks.words.whole_username(clean_line(password.username)),)
    is_cancellable = is_answerable and kind not in (MailKind.REGULAR_ENDED, MailKind.DISCHARGED)
    return (blocks.words.calendar_note,) if is_cancellable else ()
