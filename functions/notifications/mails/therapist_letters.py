"""Letters to the therapist, with initials in place of names."""

from __future__ import annotations

from collections.abc import Iterable

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Block, Letter
from functions.notifications.mails.names import initials


def late_cancellation(blocks: Blocks) -> Letter:
    """Tell who cancelled inside the cancellation notice."""
    words, session = blocks.words, blocks.facts.session
    cancelled = [blocks.session(session, solid=False, mark=words.cancelled_mark)] if session else []
    return _letter(
        blocks,
        words.short_notice_subject,
        words.cancelled_at_short_notice(_who(blocks)),
        (*cancelled, blocks.text(words.short_notice_text)),
    )


def limit_reached(blocks: Blocks) -> Letter:
    """Tell who has as many strikes as the limit."""
    words = blocks.words
    title = words.has_reached_limit(_who(blocks))
    return _letter(blocks, words.limit_subject, title, (blocks.text(words.limit_text),))


def registered(blocks: Blocks) -> Letter:
    """Tell who has registered."""
    words = blocks.words
    title = words.has_registered(_who(blocks))
    return _letter(blocks, words.registered_subject, title, (blocks.text(words.registered_text),))


def registrations_full(blocks: Blocks) -> Letter:
    """Tell that no more registrations are taken today."""
    words = blocks.words
    text = blocks.text(words.full_text)
    return _letter(blocks, words.full_subject, words.full_subject, (text,))


def regular_asked(blocks: Blocks) -> Letter:
    """Tell who asks for a regular."""
    words, facts = blocks.words, blocks.facts
    asked: tuple[Block, ...] = ()
    if facts.regular:
        asked = (blocks.regular(facts.regular, solid=False),)
    elif facts.session:
        asked = (blocks.session(facts.session, solid=False),)
    return _letter(
        blocks,
        words.asked_subject,
        words.asks_for_regular(_who(blocks)),
        (*asked, blocks.text(words.asked_text)),
    )


def conflict(blocks: Blocks) -> Letter:
    """Tell that something is in the way of what the calendar plans."""
    words, session = blocks.words, blocks.facts.session
    shown = [blocks.session(session, solid=False)] if session else []
    return _letter(
        blocks,
        words.conflict_subject,
        words.conflict_subject,
        (
            blocks.text(words.conflict_text),
            *shown,
            *_people(blocks),
            *map(blocks.text, _figures(blocks)),
        ),
    )


def friday(blocks: Blocks) -> Letter:
    """Tell what the release opens, and which usual clients have no session."""
    words, facts = blocks.words, blocks.facts
    opens = bool(facts.open_slots or any(count for _, count in facts.counts))
    people = blocks.names(words.without_session, map(initials, facts.people))
    return _letter(
        blocks,
        words.friday_subject,
        words.friday_subject,
        (
            blocks.text(words.friday_text if opens else words.friday_nothing),
            *(() if facts.open_slots else map(blocks.text, _figures(blocks))),
            *blocks.open_times(words.opening_times, are_links=False),
            *people,
        ),
    )


def digest(blocks: Blocks) -> Letter:
    """Tell the day's sessions, and what has changed."""
    words = blocks.words
    sessions = blocks.sessions(words.todays_sessions)
    changes = blocks.names(words.since_yesterday, _figures(blocks))
    return _letter(
        blocks,
        words.digest_subject,
        words.digest_subject,
        (*(sessions or [blocks.text(words.digest_nothing)]), *changes),
    )


def bounced(blocks: Blocks) -> Letter:
    """Tell whose address doesn't take mail, or who wants no more."""
    words = blocks.words
    affected = blocks.names(words.affected, map(initials, blocks.facts.people))
    subject, text = words.bounced_subject, words.bounced_text
    if blocks.facts.is_unwanted:
        subject, text = words.unwanted_subject, words.unwanted_text
    return _letter(blocks, subject, subject, (*affected, blocks.text(text)))


def _letter(blocks: Blocks, subject: str, title: str, contents: Iterable[Block]) -> Letter:
    """Return a letter that ends with a link to the console."""
    console = blocks.action(blocks.words.open_console)
    return Letter(subject=subject, title=title, blocks=(*contents, console))


def _who(blocks: Blocks) -> str:
    """Return the initials of the client whom the mail is about."""
    names = [initials(name) for name in blocks.facts.people]
    return ", ".join(filter(None, names)) or blocks.words.somebody


def _people(blocks: Blocks) -> tuple[Block, ...]:
    names = ", ".join(filter(None, map(initials, blocks.facts.people)))
    return (blocks.text(names),) if names else ()


def _figures(blocks: Blocks) -> list[str]:
    """Return the figures that are not zero."""
    named = blocks.words.figures
    return [f"{named[name]}: {count}" for name, count in blocks.facts.counts if count]
