"""Registration: new clients, counted by the week, answered the same whoever they are."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.clients import Client, login_name, shares_address
from openhour.rules.intake import intake_window, is_accepting, require_accepting
from openhour.rules.practice import Practice
from openhour.rules.settings import Intake
from openhour.rules.slots import Slot
from openhour.store.clients import insert_client
from openhour.store.practices import cached_practice
from openhour.store.registrations import (
    add_registration,
    count_registrations,
    count_registrations_and_find_login,
)
from openhour.store.slots import slots_starting_between
from openhour.store.transactions import Write, commit, retry_on_conflict
from openhour.use_cases.clients import list_clients, new_client_id


def is_accepting_clients(therapist_id: str, *, now: datetime) -> bool:
    """Return whether a new client may register now.

    Raises:
        UnknownTherapist: There is no such practice.
    """
    practice = cached_practice(therapist_id)
    registered = count_registrations(therapist_id, practice.week_of(now))
    slots = _slots_ahead(practice, now=now)
    return is_accepting(practice, slots, registered=registered, now=now)


def register(therapist_id: str, *, name: str, email: str, phone: str, now: datetime) -> None:
    """Register a new client, who gets a first password by mail.

    The address of a client, whatever their login name, changes nothing but the week's count, and
    takes the same reads. So nobody learns who is a client, and a suspended client gets no second
    login.

    Raises:
        UnknownTherapist: There is no such practice.
        Invalid: The address is too long for a login name.
        NotAccepting: New clients may not register now.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    week = practice.week_of(now)
    login = login_name(therapist_id, email=email)
    client = Client(
        client_id=new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login,
        invited_at=now,
    )

    @retry_on_conflict(10)
    def attempt() -> None:
        registered, reserved = count_registrations_and_find_login(therapist_id, week, login)
        shared = [shares_address(other, client) for other in list_clients(therapist_id)]
        slots = _slots_ahead(practice, now=now)
        require_accepting(practice, slots, registered=registered, now=now)
        known = reserved or any(shared)
        new: list[Write] = [] if known else insert_client(therapist_id, client)
        commit([add_registration(practice, week), *new])

    attempt()


def _slots_ahead(practice: Practice, *, now: datetime) -> tuple[Slot, ...]:
    """Return the slots that decide in the intake mode `auto`."""
    if practice.intake is not Intake.AUTO:
        return ()
    return slots_starting_between(practice.therapist_id, *intake_window(practice, now=now))
