"""Letters with a first password, or with a code for a new one."""

from __future__ import annotations

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Block, Letter, Typed
from functions.notifications.mails.names import clean_line


def invitation(blocks: Blocks) -> Letter:
    """Tell a client how to sign in for the first time."""
    words = blocks.words
    return _invitation(
        blocks,
        words.invitation,
        blocks.action(words.open_page, primary=True),
        words.invitation_lasts,
    )


def login_invitation(blocks: Blocks) -> Letter:
    """Tell a therapist or the office how to sign in for the first time."""
    words = blocks.words
    practice = Typed(name=words.login_practice, value=blocks.facts.sender.therapist_id)
    return _invitation(
        blocks,
        words.login_invitation,
        blocks.action(words.open_console, primary=True),
        words.login_invitation_lasts,
        practice,
    )


def reset_code(blocks: Blocks) -> Letter:
    """Give a client the code for a new password."""
    return _code(blocks, blocks.words.open_page)


def login_reset_code(blocks: Blocks) -> Letter:
    """Give a therapist or the office the code for a new password."""
    return _code(blocks, blocks.words.open_console)


def _invitation(blocks: Blocks, text: str, action: Block, lasts: str, *first: Typed) -> Letter:
    words, password = blocks.words, blocks.password_facts
    return Letter(
        subject=words.invitation_subject,
        title=words.invitation_title,
        blocks=(
            blocks.text(text),
            *first,
            Typed(name=words.sign_in_name, value=clean_line(password.sign_in_name)),
            Typed(name=words.invitation_code, value=password.code),
            action,
            blocks.text(lasts),
        ),
    )


def _code(blocks: Blocks, label: str) -> Letter:
    words = blocks.words
    return Letter(
        subject=words.code_subject,
        title=words.code_title,
        blocks=(
            blocks.text(words.code),
            Typed(name=words.code_name, value=blocks.password_facts.code),
            blocks.text(words.code_lasts),
            blocks.action(label),
        ),
    )
