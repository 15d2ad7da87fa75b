"""Therapist mails: what the mails to a practice's therapists say, read when they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from openhour.rules.appointments import Status
from openhour.rules.clients import Client
from openhour.rules.digest import digest_of
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Decision, Withheld, decide_for_therapist, is_still_true
from openhour.rules.mail_stops import StopReason
from openhour.rules.mails import MailFacts, MailKind, RecipientFacts, RegularFacts, SessionFacts
from openhour.rules.new_conflicts import find_conflict
from openhour.rules.practice import Practice
from openhour.rules.scheduled_mails import decide_by_schedule
from openhour.rules.weeks import instant_of
from openhour.store.appointments import appointments_starting_between, find_appointment
from openhour.store.clients import all_clients, find_client
from openhour.store.simultaneous_reads import at_once
from openhour.use_cases.calendars import list_conflicts
from openhour.use_cases.mail_parts import (
    USUAL_MINUTES,
    asked_regular_facts,
    sender_of,
    session_facts,
    therapist_recipient,
)
from openhour.use_cases.releases import preview_release

_DAY = timedelta(days=1)
_FARTHEST = timedelta(weeks=60)
"""More than the longest horizon, past which nothing is booked but extra openings."""


def therapist_facts(
    practice: Practice, intent: MailIntent, *, now: datetime
) -> MailFacts | Decision:
    """Return what a mail to a therapist says, or why it is not sent.

    Raises:
        Busy: DynamoDB can't answer.
    """
    decision = decide_for_therapist(intent, practice)
    if decision is not None:
        return decision
    recipient = therapist_recipient(practice, intent.login_id)
    if recipient is None:
        return Withheld.NO_ADDRESS
    to_therapist = _to_therapist(practice, intent, recipient, now=now)
    match intent.kind:
        case MailKind.FRIDAY:
            return _friday(practice, intent, to_therapist, now=now)
        case MailKind.DIGEST:
            return _digest(practice, intent, to_therapist, now=now)
        case MailKind.CONFLICT:
            return _conflict(practice, intent, to_therapist, now=now)
    return _about_client(practice, intent, to_therapist, now=now)


def _to_therapist(
    practice: Practice, intent: MailIntent, recipient: RecipientFacts, *, now: datetime
) -> MailFacts:
    """Return the facts that every mail to a therapist has."""
    return MailFacts(
        kind=intent.kind,
        sender=sender_of(practice, practice.language, for_therapist=True),
        recipient=recipient,
        acted_at=intent.acted_at,
        key=intent.key,
        sent_at=now,
    )


def _friday(
    practice: Practice, intent: MailIntent, facts: MailFacts, *, now: datetime
) -> MailFacts | Decision:
    """Tell what the release opens tonight, and which usual clients have no session."""
    decision = decide_by_schedule(intent, practice, now=now)
    if decision is not None:
        return decision
    preview = preview_release(practice.therapist_id, now=now)
    slots, people = preview.slots_to_open, preview.without_session
    if not (slots or people):
        return Withheld.NOTHING
    return replace(
        facts,
        open_slots=tuple((slot.slot_id, slot.start) for slot in slots),
        people=tuple(each.client.name for each in people),
    )


def _digest(
    practice: Practice, intent: MailIntent, facts: MailFacts, *, now: datetime
) -> MailFacts | Decision:
    """Tell the day's sessions, and what has happened since the digest of the day before."""
    decision = decide_by_schedule(intent, practice, now=now)
    if decision is not None:
        return decision
    day, therapist_id = date.fromisoformat(intent.subject), practice.therapist_id
    since = instant_of(day - _DAY, time(), practice.zone) or now - _DAY
    appointments, clients = at_once(
        partial(appointments_starting_between, therapist_id, since, now + _FARTHEST),
        partial(all_clients, therapist_id),
    )
    digest = digest_of(practice, day, appointments, clients)
    if digest.is_empty:
        return Withheld.NOTHING
    names = {client.client_id: client.name for client in clients}
    conflicts = len(list_conflicts(therapist_id, now=now))
    return replace(
        facts,
        sessions=tuple(session_facts(practice, each, now=now) for each in digest.sessions),
        people=tuple(names.get(each.client_id, "") for each in digest.sessions),
        counts=(*digest.counts, ("conflicts", conflicts)),
    )


def _conflict(
    practice: Practice, intent: MailIntent, facts: MailFacts, *, now: datetime
) -> MailFacts | Decision:
    """Tell what is in the way of the plan, unless it is settled by now."""
    conflict = find_conflict(list_conflicts(practice.therapist_id, now=now), intent)
    if conflict is None:
        return Withheld.OUTDATED
    ids = [conflict.booked_client_id, conflict.waiting_client_id, conflict.client_id]
    known = [find_client(practice.therapist_id, each) for each in dict.fromkeys(ids) if each]
    return replace(
        facts,
        session=SessionFacts(
            appointment_id=conflict.appointment_id or "",
            slot_id=conflict.slot_id,
            start=conflict.start,
            end=conflict.end or conflict.start + timedelta(minutes=USUAL_MINUTES),
            uid="",
            sequence=0,
        ),
        people=tuple(each.name for each in known if each),
    )


def _about_client(
    practice: Practice, intent: MailIntent, facts: MailFacts, *, now: datetime
) -> MailFacts | Decision:
    client = find_client(practice.therapist_id, intent.client_id)
    if client is None:
        return Withheld.NO_CLIENT
    if not is_still_true(intent, client, practice):
        return Withheld.OUTDATED
    session = None
    if intent.kind is MailKind.LATE_CANCELLATION:
        session = find_appointment(practice.therapist_id, client.client_id, intent.subject)
        if session is None or session.status is not Status.LATE_CANCELLED:
            return Withheld.OUTDATED
    return replace(
        facts,
        session=session_facts(practice, session, now=now) if session else None,
        people=(client.name,),
        is_unwanted=_is_unwanted(client),
        regular=_asked_regular(client) if intent.kind is MailKind.REGULAR_ASKED else None,
    )


def _is_unwanted(client: Client) -> bool:
    stop = client.mail_stopped
    return stop is not None and stop.reason is StopReason.COMPLAINED


def _asked_regular(client: Client) -> RegularFacts | None:
    asked = client.asked_regular
    return asked_regular_facts(asked) if asked else None
