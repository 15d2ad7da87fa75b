"""Registration: new clients, counted by the week, answered the same whoever they are."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.clients import Client, login_name, shares_address
from openhour.rules.intake import expires_at, intake_window, is_accepting, require_accepting
from openhour.rules.practice import Intake, Practice
from openhour.rules.refusals import Busy
from openhour.rules.slots import Slot
from openhour.rules.weeks import slot_id_of
from openhour.store.mapping import slot_from_row
from openhour.store.models import IntakeRow, LoginRow, SlotRow
from openhour.store.practices import cached_practice
from openhour.store.queries import batch_get, get, query
from openhour.store.retries import back_off
from openhour.store.transactions import ConditionFailed, Update, Write, commit
from openhour.use_cases.clients import list_clients, login_key, new_client, new_client_id

_ATTEMPTS = 10


def is_accepting_clients(therapist_id: str, *, now: datetime) -> bool:
    """Whether a new client may register now. Raises UnknownTherapist."""
    practice = cached_practice(therapist_id)
    count = get(IntakeRow, therapist_id, _intake_key(practice, now))
    registered = int(count.registered) if count else 0
    return is_accepting(practice, _ahead(practice, now=now), registered=registered, now=now)


def register(therapist_id: str, *, name: str, email: str, phone: str, now: datetime) -> None:
    """Register a new client, who gets a first password by mail. The address of a client, whatever
    their login name, changes nothing but the week's count, after the same reads: so nobody learns
    who is a client, and who may not book gets no second login. Raises UnknownTherapist, Invalid
    for an address too long for a login name, NotAccepting, Busy."""
    practice = cached_practice(therapist_id)
    login = login_name(therapist_id, email=email)
    client = Client(
        client_id=new_client_id(),
        name=name,
        email=email,
        phone=phone,
        login=login,
        invited_at=now,
    )
    for attempt in range(_ATTEMPTS):
        registered, known = _read(practice, client, now=now)
        ahead = _ahead(practice, now=now)
        require_accepting(practice, ahead, registered=registered, now=now)
        writes: list[Write] = [] if known else new_client(therapist_id, client)
        try:
            commit([_count(practice, now=now), *writes])
        except ConditionFailed:
            back_off(attempt)
        else:
            return
    raise Busy


def _read(practice: Practice, client: Client, *, now: datetime) -> tuple[int, bool]:
    """How many have registered this week, and whether the client's login name or address is
    known."""
    therapist_id = practice.therapist_id
    count, claim = batch_get(
        [
            (IntakeRow, therapist_id, _intake_key(practice, now)),
            (LoginRow, therapist_id, login_key(client.login or "")),
        ]
    )
    shares = [shares_address(other, client) for other in list_clients(therapist_id)]
    return (int(count.registered) if count else 0), claim is not None or any(shares)


def _ahead(practice: Practice, *, now: datetime) -> tuple[Slot, ...]:
    """The slots that decide under `auto`."""
    if practice.intake is not Intake.AUTO:
        return ()
    first, last = (slot_id_of(instant) for instant in intake_window(practice, now=now))
    rows = query(SlotRow, practice.therapist_id, SlotRow.slot_id.between(first, last))
    return tuple(map(slot_from_row, rows))


def _count(practice: Practice, *, now: datetime) -> Update:
    room = IntakeRow.registered < practice.intake_per_week
    return Update(
        row=IntakeRow(practice.therapist_id, _intake_key(practice, now)),
        actions=[
            IntakeRow.registered.add(1),
            IntakeRow.expires_at.set(expires_at(practice.week_of(now))),
            IntakeRow.schema.set(IntakeRow.current_version()),
        ],
        when=IntakeRow.registered.does_not_exist() | room,
    )


def _intake_key(practice: Practice, now: datetime) -> str:
    return f"{IntakeRow.key_prefix}{practice.week_of(now)}"
