"""Intake: whether new clients may register, who did so this week, and who wanted to return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from openhour.mail_sender import sends_mail
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client
from openhour.rules.contacts import ReturningRegistration
from openhour.rules.intake import (
    IntakeCounts,
    booked_share,
    intake_window,
    is_accepting,
    may_register,
    registered_in,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownRegistration
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot
from openhour.store.audit_log import audit_entry
from openhour.store.clients import all_clients
from openhour.store.practices import cached_practice, read_practice
from openhour.store.registrations import (
    delete_returning,
    read_counts,
    read_public_counts,
    returning_registrations,
)
from openhour.store.simultaneous_reads import at_once
from openhour.store.slots import slots_starting_between
from openhour.store.transactions import ConditionFailed, commit


def is_accepting_clients(therapist_id: str, *, now: datetime) -> bool:
    """Return whether a new client may register now.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    return may_be_asked(cached_practice(therapist_id), now=now)


def may_be_asked(practice: Practice, *, now: datetime) -> bool:
    """Return whether a registration is accepted, which takes a mail that can be sent.

    Raises:
        Busy: DynamoDB can't answer.
    """
    if not may_register(practice) or not sends_mail():
        return False
    week, day = practice.week_of(now), local_day(practice, now)
    counts = read_public_counts(practice.therapist_id, week, day)
    return is_accepting(practice, _slots_ahead(practice, now=now), counts=counts, now=now)


def local_day(practice: Practice, now: datetime) -> date:
    """Return the practice's date, by which registrations are counted."""
    return now.astimezone(practice.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeStatus:
    """What decides now whether a new client may register.

    `share` is the booked share of the slots that count in mode `auto`. `registered` are the clients
    who registered this week, oldest first, and `can_mail` says whether a link can be mailed.
    """

    practice: Practice
    share: float
    accepting: bool
    counts: IntakeCounts
    can_mail: bool
    registered: tuple[Client, ...]


def read_intake(therapist_id: str, *, now: datetime) -> IntakeStatus:
    """Return what decides now whether a new client may register, in any mode.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    practice = read_practice(therapist_id)
    week, day = practice.week_of(now), local_day(practice, now)
    slots, (counts, clients) = at_once(
        partial(slots_starting_between, therapist_id, *intake_window(practice, now=now)),
        lambda: at_once(
            partial(read_counts, therapist_id, week, day), partial(all_clients, therapist_id)
        ),
    )
    can_mail = sends_mail()
    return IntakeStatus(
        practice=practice,
        share=booked_share(slots, now=now),
        accepting=can_mail and is_accepting(practice, slots, counts=counts, now=now),
        counts=counts,
        can_mail=can_mail,
        registered=registered_in(clients, practice, week),
    )


def list_returning(therapist_id: str) -> tuple[tuple[ReturningRegistration, Client], ...]:
    """Return the registrations of suspended and discharged clients with those, oldest first."""
    registrations = returning_registrations(therapist_id)
    clients = {each.client_id: each for each in all_clients(therapist_id)}
    listed = [
        (each, clients[each.client_id]) for each in registrations if each.client_id in clients
    ]
    return tuple(sorted(listed, key=lambda pair: (pair[0].at, pair[0].registration_id)))


def dismiss(therapist_id: str, registration_id: str, *, now: datetime) -> None:
    """Delete a listed registration.

    Raises:
        UnknownRegistration: There is no such registration.
        Busy: No attempt succeeded.
    """
    entry = audit_entry(
        therapist_id, AuditAction.DISMISS_REGISTRATION, now=now, target=registration_id
    )
    try:
        commit([delete_returning(therapist_id, registration_id), entry])
    except ConditionFailed as failed:
        raise UnknownRegistration from failed


def _slots_ahead(practice: Practice, *, now: datetime) -> tuple[Slot, ...]:
    """Return the slots that decide in the intake mode `auto`."""
    if practice.intake is not Intake.AUTO:
        return ()
    return slots_starting_between(practice.therapist_id, *intake_window(practice, now=now))
