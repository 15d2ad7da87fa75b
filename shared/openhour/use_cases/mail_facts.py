"""Mail facts: the rows that an intent names, read again, and whether they are still to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openhour import mail_sender
from openhour.rules.appointments import Appointment, Party, token_in
from openhour.rules.clients import Client
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import (
    Decision,
    Withheld,
    decide_by_hour,
    decide_for_client,
    decide_for_session,
    is_still_true,
)
from openhour.rules.mails import MailFacts, MailKind, RegularFacts, SessionFacts
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.weeks import local_start
from openhour.store.appointments import (
    booked_appointments,
    coming_appointments,
    find_appointment,
)
from openhour.store.clients import find_client
from openhour.store.practices import find_practice
from openhour.store.regulars import all_regulars, find_regular
from openhour.use_cases.mail_parts import (
    client_recipient,
    nearest_open_slots,
    regular_facts,
    sender_of,
    session_facts,
)
from openhour.use_cases.registration_mails import ABOUT_REGISTRATIONS, registration_facts
from openhour.use_cases.therapist_mails import therapist_facts
from openhour.use_cases.unsubscribing import new_unsubscribe_token

_ABOUT_SESSIONS = frozenset(
    {MailKind.BOOKED, MailKind.MOVED, MailKind.CANCELLED, MailKind.REMINDER}
)
_ABOUT_REGULARS = frozenset(
    {MailKind.REGULAR_ENTERED, MailKind.REGULAR_CHANGED, MailKind.REGULAR_ENDED}
)


def gather(therapist_id: str, intent: MailIntent, *, now: datetime) -> MailFacts | Decision:
    """Return what a mail says, or why it is not sent now.

    Raises:
        Busy: DynamoDB can't answer.
    """
    practice = find_practice(therapist_id)
    if not mail_sender.sender_address():
        return Withheld.NO_SENDER
    if practice is None or practice.removed_at:
        return Withheld.NO_PRACTICE
    if intent.kind in ABOUT_REGISTRATIONS:
        return registration_facts(practice, intent, now=now)
    if intent.kind.is_for_therapist:
        return therapist_facts(practice, intent, now=now)
    client = find_client(therapist_id, intent.client_id)
    if client is None:
        return Withheld.NO_CLIENT
    return _for_client(practice, intent, client, now=now)


def _for_client(
    practice: Practice, intent: MailIntent, client: Client, *, now: datetime
) -> MailFacts | Decision:
    about_session = intent.kind in _ABOUT_SESSIONS
    decision = decide_for_client(intent, practice, client)
    if decision is None and not about_session:
        decision = decide_by_hour(intent, practice, now=now)
    if decision is not None:
        return decision
    if about_session:
        return _about_session(practice, intent, client, now=now)
    if intent.kind in _ABOUT_REGULARS:
        return _about_regular(practice, intent, client, now=now)
    return _about_client(practice, intent, client, now=now)


def _to_client(
    practice: Practice, intent: MailIntent, client: Client, *, now: datetime
) -> MailFacts:
    """Return the facts that every mail to a client has."""
    language = client.language or practice.language
    return MailFacts(
        kind=intent.kind,
        sender=sender_of(practice, language, for_therapist=False),
        recipient=client_recipient(practice, client),
        acted_at=intent.acted_at,
        change_policy=practice.change_policy,
        token=new_unsubscribe_token(practice.therapist_id) if intent.kind.can_be_ended else None,
        with_calendar_entry=client.calendar_entries,
        key=intent.key,
        sent_at=now,
    )


def _about_session(
    practice: Practice, intent: MailIntent, client: Client, *, now: datetime
) -> MailFacts | Decision:
    session = find_appointment(practice.therapist_id, client.client_id, intent.subject)
    old = None
    if session and intent.kind is MailKind.MOVED:
        old = session
        session = find_appointment(practice.therapist_id, client.client_id, old.moved_to or "-")
    decision = decide_for_session(intent, practice, session, now=now)
    if decision is not None or session is None:
        return decision
    ended = old or session
    facts = replace(
        _to_client(practice, intent, client, now=now),
        session=session_facts(practice, session, now=now),
        old_session=session_facts(practice, old, now=now) if old else None,
        by_practice=ended.ended_by is Party.THERAPIST,
        is_today=_is_today(practice, session, now=now),
        message=session.message,
    )
    facts = _with_regular(facts, practice, ended)
    if intent.kind is MailKind.CANCELLED and facts.by_practice:
        facts = replace(facts, open_slots=nearest_open_slots(practice, now=now))
    return facts


def _with_regular(facts: MailFacts, practice: Practice, session: Appointment) -> MailFacts:
    """Add the regular that placed a session or the first one of its moves, for calendar entries."""
    regular_id = session.regular_id or (token_in(session.uid) if session.uid else None)
    if regular_id is None or not facts.with_calendar_entry:
        return facts
    regular = find_regular(practice.therapist_id, regular_id)
    if regular is None:
        return facts
    return replace(facts, regular=regular_facts(practice, regular, (session,)))


def _is_today(practice: Practice, session: Appointment, *, now: datetime) -> bool:
    today = local_start(now, practice.zone).date()
    return local_start(session.start, practice.zone).date() == today


def _about_regular(
    practice: Practice, intent: MailIntent, client: Client, *, now: datetime
) -> MailFacts | Decision:
    regular = find_regular(practice.therapist_id, intent.subject)
    if regular is None or not is_still_true(intent, regular):
        return Withheld.OUTDATED
    booked = booked_appointments(practice.therapist_id, client.client_id, now=now)
    own = [each for each in booked if each.regular_id == regular.regular_id]
    if intent.kind is MailKind.REGULAR_ENDED:
        regular = replace(regular, client_id=client.client_id)
    return replace(
        _to_client(practice, intent, client, now=now),
        regular=regular_facts(practice, regular, own),
        sessions=tuple(session_facts(practice, each, now=now) for each in own),
        by_practice=True,
    )


def _about_client(
    practice: Practice, intent: MailIntent, client: Client, *, now: datetime
) -> MailFacts | Decision:
    if not is_still_true(intent, client):
        return Withheld.OUTDATED
    facts = replace(_to_client(practice, intent, client, now=now), by_practice=True)
    if intent.kind is MailKind.DISCHARGED:
        return _with_what_ended(facts, practice, client, now=now)
    booked = booked_appointments(practice.therapist_id, client.client_id, now=now)
    facts = replace(
        facts, sessions=tuple(session_facts(practice, each, now=now) for each in booked)
    )
    if intent.kind is MailKind.WELCOME and len(client.regulars or ()) == 1:
        (regular,) = client.regulars or ()  # The sessions tell of several.
        return replace(facts, regular=regular_facts(practice, regular, booked))
    return facts


def _with_what_ended(
    facts: MailFacts, practice: Practice, client: Client, *, now: datetime
) -> MailFacts:
    """Add what a discharge takes off the client's calendar, whether the plan has ended it yet."""
    if not facts.with_calendar_entry:
        return facts
    therapist_id, client_id = practice.therapist_id, client.client_id
    coming = coming_appointments(therapist_id, client_id, now=facts.acted_at)
    ended = [each for each in coming if each.ended_at is None or each.ended_at >= facts.acted_at]
    regulars = {each.regular_id: each for each in all_regulars(therapist_id)}
    own = {
        name: each
        for name, each in regulars.items()
        if each.client_id == client_id and each.ended and each.ended_at is None
    }  # The therapist has not ended them before, by hand.
    sessions = [(each, each.regular_id or token_in(each.uid or "")) for each in ended]

    def facts_of(regular: Regular | None) -> RegularFacts | None:
        return regular_facts(practice, regular, ended) if regular else None

    return replace(
        facts,
        ended_regulars=tuple(regular_facts(practice, each, ended) for each in own.values()),
        ended_sessions=tuple(
            (_as_cancelled(practice, each, now=now), facts_of(regulars.get(regular_id or "")))
            for each, regular_id in sessions
            if regular_id not in own
        ),
    )


def _as_cancelled(practice: Practice, session: Appointment, *, now: datetime) -> SessionFacts:
    facts = session_facts(practice, session, now=now)
    return replace(facts, sequence=session.sequence + 1)
