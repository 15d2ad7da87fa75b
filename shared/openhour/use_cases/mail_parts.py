"""Mail parts: sender, recipient, session and regular as a mail shows them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from openhour import mail_sender
from openhour.rules.appointments import Appointment, Status, slot_id_in
from openhour.rules.asked_regulars import AskedRegular
from openhour.rules.clients import Client
from openhour.rules.hours import find_entry
from openhour.rules.logins import LoginRole
from openhour.rules.mails import RecipientFacts, RegularFacts, SenderFacts, SessionFacts
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.settings import Language
from openhour.rules.weeks import WEEKDAYS, local_start, start_of
from openhour.store.logins import find_login
from openhour.store.slots import open_slots

_NEUTRAL_NAMES = {Language.ENGLISH: "Appointments", Language.SPANISH: "Citas"}
"""Senders' names that reveal no therapy."""
USUAL_MINUTES = 50
"""The length of what has no hours and no sessions."""
_SHOWN_SLOTS = 5


def sender_of(practice: Practice, language: Language, *, for_therapist: bool) -> SenderFacts:
    """Return the practice as a mail shows it."""
    page = "console" if for_therapist else f"book/{practice.therapist_id}"
    return SenderFacts(
        therapist_id=practice.therapist_id,
        name=practice.sender_name or _NEUTRAL_NAMES[language],
        address=mail_sender.sender_address(),
        zone=practice.zone,
        office_phone=practice.office_phone or "",
        phone_note=practice.phone_note,
        crisis_line=practice.crisis_line,
        place=practice.place if practice.place_in_mail else None,
        page_url=f"{os.environ['PAGE_URL']}/{page}",
    )


def client_recipient(practice: Practice, client: Client) -> RecipientFacts:
    """Return a client as the recipient of a mail."""
    return RecipientFacts(
        name=client.name,
        address=client.email or "",
        language=(client.language or practice.language).value,
        client_id=client.client_id,
    )


def therapist_recipient(practice: Practice, login_id: str) -> RecipientFacts | None:
    """Return a therapist's login as the recipient of a mail, or None if there is no such login.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if practice.role_of(login_id) is not LoginRole.THERAPIST:
        return None
    login = find_login(practice.therapist_id, login_id)
    if login is None:
        return None
    return RecipientFacts(name=login.name, address=login.email, language=practice.language.value)


def session_facts(practice: Practice, session: Appointment, *, now: datetime) -> SessionFacts:
    """Return a session as a mail and a calendar entry show it."""
    free_until = session.cancel_free_until(practice)
    cancelled = session.status in (Status.CANCELLED, Status.LATE_CANCELLED)
    return SessionFacts(
        appointment_id=session.appointment_id,
        slot_id=session.slot_id,
        start=session.start,
        end=session.end,
        uid=session.uid or session.appointment_id,
        sequence=session.sequence + cancelled,
        free_until=free_until if free_until > now else None,
        occurrence=_first_date(practice, session),
    )


def _first_date(practice: Practice, session: Appointment) -> date:
    """Return the date of the first session of its moves, for which a regular may have placed it."""
    if session.uid is None:
        return session.promised_day(practice.zone)
    return local_start(start_of(slot_id_in(session.uid)), practice.zone).date()


def asked_regular_facts(asked: AskedRegular) -> RegularFacts:
    """Return what a client asks for as a regular, which has no id yet."""
    return RegularFacts(
        regular_id="",
        weekday=WEEKDAYS.index(asked.weekday),
        start=asked.start,
        minutes=USUAL_MINUTES,
        every_weeks=asked.every_weeks,
        first=asked.first,
        until=None,
        sequence=0,
    )


def regular_facts(
    practice: Practice, regular: Regular, sessions: Iterable[Appointment]
) -> RegularFacts:
    """Return a regular as a mail and a calendar entry show it."""
    entry = find_entry(practice.hours, regular.weekday, regular.start)
    lengths = [each.minutes for each in sessions]
    return RegularFacts(
        regular_id=regular.regular_id,
        weekday=WEEKDAYS.index(regular.weekday),
        start=regular.start,
        minutes=entry.minutes if entry else (*lengths, USUAL_MINUTES)[0],
        every_weeks=regular.every_weeks,
        first=regular.anchor,
        until=regular.until,
        skipped=tuple(
            sorted(day for client_id, day in regular.exceptions if client_id == regular.client_id)
        ),
        sequence=regular.sequence + regular.ended,
    )


def nearest_open_slots(practice: Practice, *, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """Return the nearest slots that a client may book.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if not practice.self_scheduling:
        return ()
    first = now + practice.booking_notice
    last = first + timedelta(weeks=practice.horizon_weeks)
    found = open_slots(practice.therapist_id, first, last)
    nearest = sorted(found, key=lambda slot: slot.start)[:_SHOWN_SLOTS]
    return tuple((slot.slot_id, slot.start) for slot in nearest)
