"""Letters to the client about a session, the sign-in and registering."""

from __future__ import annotations

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Block, Letter
from openhour.rules.mails import SessionFacts


def booked(blocks: Blocks) -> Letter:
    """Tell of a booking."""
    words, session = blocks.words, blocks.session_facts
    return Letter(
        subject=words.confirmed,
        title=words.booked_title,
        blocks=(
            blocks.session(session),
            *_changing(blocks, session),
            blocks.action(words.see_sessions, session=session.appointment_id),
        ),
    )


def moved(blocks: Blocks) -> Letter:
    """Tell of a move."""
    words, session, old = blocks.words, blocks.session_facts, blocks.facts.old_session
    by_practice = blocks.facts.by_practice
    return Letter(
        subject=words.changed,
        title=words.moved_title,
        blocks=(
            *([blocks.text(words.moved_by_practice)] if by_practice else []),
            *blocks.message(),
            blocks.session(session),
            *([blocks.text(words.before(blocks.dates.write_moment(old.start)))] if old else []),
            *_changing(blocks, session),
            blocks.action(words.see_sessions, session=session.appointment_id),
        ),
    )


def cancelled(blocks: Blocks) -> Letter:
    """Tell of a cancellation, and where the next time may be."""
    words, facts, session = blocks.words, blocks.facts, blocks.session_facts
    today = facts.by_practice and facts.is_today
    told = words.cancelled_by_practice if facts.by_practice else words.cancelled_as_asked
    soon = not facts.by_practice and session.free_until is None
    return Letter(
        subject=words.cancelled_today if today else words.cancelled,
        title=words.cancelled_title,
        blocks=(
            blocks.text(told),
            blocks.session(session, solid=False, mark=words.cancelled_mark),
            *blocks.message(),
            *([blocks.text(words.tell_us)] if soon else []),
            *blocks.open_times(words.nearest_times),
            blocks.action(words.choose_time),
        ),
    )


def reminder(blocks: Blocks) -> Letter:
    """Remind of a session while moving and cancelling it is free."""
    words, session = blocks.words, blocks.session_facts
    return Letter(
        subject=words.reminder,
        title=words.reminder_title,
        blocks=(
            blocks.session(session),
            *_changing(blocks, session),
            blocks.action(words.move_or_cancel, session=session.appointment_id),
        ),
    )


def suspended(blocks: Blocks) -> Letter:
    """Ask the client to call in order to book."""
    words = blocks.words
    return Letter(
        subject=words.about_appointments,
        title=words.call_to_book_title,
        blocks=(
            blocks.text(words.call_to_book),
            *blocks.phone(),
            *blocks.sessions(words.sessions_stand),
        ),
    )


def restored(blocks: Blocks) -> Letter:
    """Tell that the client may book again."""
    words = blocks.words
    return Letter(
        subject=words.about_appointments,
        title=words.restored_title,
        blocks=(
            blocks.text(words.restored),
            *blocks.sessions(words.next_sessions),
            blocks.action(words.see_times, primary=True),
        ),
    )


def discharged(blocks: Blocks) -> Letter:
    """Tell that the sign-in has ended."""
    words = blocks.words
    return Letter(
        subject=words.about_appointments,
        title=words.discharged_title,
        blocks=(blocks.text(words.discharged), *blocks.phone()),
    )


def welcome(blocks: Blocks) -> Letter:
    """Tell a client whom the office has entered how to book, and what is booked."""
    words, regular = blocks.words, blocks.facts.regular
    return Letter(
        subject=words.about_appointments,
        title=words.welcome_title,
        blocks=(
            blocks.text(words.welcome),
            blocks.action(words.open_page, primary=True),
            *([blocks.regular(regular)] if regular else []),
            *blocks.sessions(words.next_sessions),
        ),
    )


def confirm_registration(blocks: Blocks) -> Letter:
    """Ask whoever reads an address to confirm a registration."""
    words, token = blocks.words, blocks.facts.token
    return Letter(
        subject=words.confirm_address,
        title=words.confirm_title,
        blocks=(
            blocks.text(words.confirm),
            blocks.action(
                words.confirm_action, primary=True, **({"confirm": token} if token else {})
            ),
            blocks.text(words.confirm_ignore),
        ),
        greets=False,
    )


def already_known(blocks: Blocks) -> Letter:
    """Explain to a client who registers again how to sign in."""
    words = blocks.words
    return Letter(
        subject=words.how_to_sign_in,
        title=words.already_known_title,
        blocks=(
            blocks.text(words.already_known),
            blocks.action(words.open_page, primary=True),
        ),
        greets=False,
    )


def please_call(blocks: Blocks) -> Letter:
    """Ask somebody who may not register to call."""
    words = blocks.words
    return Letter(
        subject=words.please_call,
        title=words.please_call,
        blocks=(blocks.text(words.please_call_text), *blocks.phone()),
        greets=False,
    )


def _changing(blocks: Blocks, session: SessionFacts) -> tuple[Block, ...]:
    """Say until when the session can be changed freely, and what the practice says about that."""
    words, until = blocks.words, session.free_until
    free = words.free_until(blocks.dates.write_moment(until)) if until else words.cant_come
    return (blocks.text(free), *blocks.policy())
