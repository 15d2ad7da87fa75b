"""Letters to the client about a regular."""

from __future__ import annotations

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Block, Letter


def regular_entered(blocks: Blocks) -> Letter:
    """Tell that a time is kept for the client."""
    words, regular = blocks.words, blocks.regular_facts
    return Letter(
        subject=words.confirmed,
        title=words.regular_entered_title,
        blocks=(
            blocks.text(words.regular_entered),
            blocks.regular(regular),
            *blocks.left_out(regular),
            *_what_comes(blocks),
        ),
    )


def regular_changed(blocks: Blocks) -> Letter:
    """Tell that another time is kept for the client."""
    words, regular = blocks.words, blocks.regular_facts
    return Letter(
        subject=words.changed,
        title=words.regular_changed_title,
        blocks=(
            blocks.text(words.regular_changed),
            *blocks.message(),
            blocks.regular(regular),
            *blocks.left_out(regular),
            *_what_comes(blocks),
        ),
    )


def regular_ended(blocks: Blocks) -> Letter:
    """Tell that a time is no longer kept for the client."""
    words, regular = blocks.words, blocks.regular_facts
    return Letter(
        subject=words.cancelled,
        title=words.regular_ended_title,
        blocks=(
            blocks.text(words.regular_ended),
            blocks.regular(regular, solid=False, has_ended=True),
            *blocks.message(),
            *blocks.sessions(words.sessions_stand),
            blocks.action(words.see_times),
        ),
    )


def regular_declined(blocks: Blocks) -> Letter:
    """Tell that the regular that a client asked for is not possible."""
    words, regular = blocks.words, blocks.facts.regular
    return Letter(
        subject=words.about_appointments,
        title=words.regular_declined_title,
        blocks=(
            *([blocks.regular(regular, solid=False)] if regular else []),
            blocks.text(words.regular_declined),
            *blocks.phone(),
            *blocks.sessions(words.next_sessions),
        ),
    )


def _what_comes(blocks: Blocks) -> tuple[Block, ...]:
    words = blocks.words
    return (
        *blocks.sessions(words.next_sessions),
        *blocks.policy(),
        blocks.action(words.see_sessions),
    )
