"""Calls of every use case that writes, on the practice of `seed`; each can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from openhour.rules.appointments import Party
from openhour.rules.clients import Mail, Privilege
from openhour.rules.hours import Entry
from openhour.rules.logins import LoginRole
from openhour.rules.outcomes import Outcome
from openhour.rules.settings import Intake
from openhour.rules.slots import SlotState
from openhour.store import audit_log
from openhour.use_cases import (
    asked_regulars,
    bookings,
    calendars,
    cancellations,
    clients,
    hours,
    invitations,
    logins,
    me,
    moves,
    outcomes,
    planning,
    registration_mails,
    registrations,
    regulars,
    releases,
    settings,
)
from openhour.use_cases import time_off as times_off
from tests.registering import mailed, mailed_token
from tests.store.seed import (
    FRIDAY,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    appointment_at,
    regular_of,
)
from tests.unit.builders import NOW, a_regular, an_entry, at, time_off

Act = Callable[[], Any]
LATE = at("2026-11-24 09:00")
"""Tuesday morning: too late to cancel Tuesday evening's session without consequences."""
AFTERWARDS = at("2026-11-24 19:00")
FRIDAY_EVENING = at("2026-11-27 18:00")


def book(client_id: str = "cyd", slot_id: str = NEXT_TUESDAY) -> Act:
    return partial(bookings.book, THERAPIST, client_id, slot_id, now=NOW)


def book_for(client_id: str = "dan", slot_id: str = NEXT_WEDNESDAY) -> Act:
    return partial(bookings.book_for_client, THERAPIST, client_id, slot_id, now=NOW)


def cancel(client_id: str = "ann", slot_id: str = TUESDAY, now: datetime = NOW) -> Act:
    held = appointment_at(slot_id)
    return partial(cancellations.cancel_own, THERAPIST, client_id, held, now=now)


def cancel_for(by: Party, slot_id: str = TUESDAY, now: datetime = NOW) -> Act:
    held = appointment_at(slot_id)
    return partial(cancellations.cancel_for_client, THERAPIST, held, by=by, now=now)


def move(
    client_id: str = "ann", slot_id: str = TUESDAY, to: str = NEXT_TUESDAY, now: datetime = NOW
) -> Act:
    return partial(moves.move, THERAPIST, client_id, appointment_at(slot_id), to, now=now)


def ask_to_register(name: str = "eve") -> Act:
    given: Any = {"name": name.title(), "email": f"{name}@example.com", "phone": "5"}
    return partial(registrations.register, THERAPIST, **given, now=NOW)


def register(name: str = "eve") -> Act:
    """Confirm a registration by the link that was mailed."""
    ask_to_register(name)()
    token = mailed_token(THERAPIST, f"{name}@example.com", now=NOW)
    return partial(registrations.confirm, THERAPIST, token, now=NOW)


def return_as_another() -> Act:
    """Register with Ann's address and a tag."""
    ask_to_register("ann+2")()
    return partial(mailed, THERAPIST, "ann+2@example.com", now=NOW)


def suspend(client_id: str = "ann") -> Act:
    return _set_privilege(client_id, Privilege.SUSPENDED)


def restore(client_id: str = "ann") -> Act:
    return _set_privilege(client_id, Privilege.ACTIVE)


def _set_privilege(client_id: str, privilege: Privilege) -> Act:
    return partial(clients.set_privilege, THERAPIST, client_id, privilege, reason="Rests.", now=NOW)


def move_for(
    by: Party,
    client_id: str = "ann",
    slot_id: str = TUESDAY,
    to: str = NEXT_WEDNESDAY,
    now: datetime = NOW,
) -> Act:
    """Move a client's session, for the therapist, by default Ann's to a held slot."""
    name = appointment_at(slot_id)
    return partial(moves.move_for_client, THERAPIST, name, to, by=by, now=now)


def mark(outcome: Outcome) -> Act:
    held = appointment_at(TUESDAY)
    return partial(outcomes.mark_outcome, THERAPIST, held, outcome, now=AFTERWARDS)


def add_client() -> Act:
    given: Any = {"name": "Eve", "email": "eve@example.com", "phone": None, "login": None}
    return partial(clients.add_client, THERAPIST, **given, invite=True, now=NOW)


def set_slot(slot_id: str = FRIDAY, state: SlotState = SlotState.HELD) -> Act:
    return partial(calendars.set_slot, THERAPIST, slot_id, state, now=NOW)


def change_settings(**changes: Any) -> Act:
    return partial(settings.change_settings, THERAPIST, changes, if_match=None, now=NOW)


def set_hours(*entries: Entry) -> Act:
    return partial(hours.set_hours, THERAPIST, entries, if_match=None, preview=False, now=NOW)


def set_other_hours() -> Act:
    """Tuesday's and Thursday's sessions grow, Wednesday's goes, Friday's comes."""
    return set_hours(
        an_entry("tuesday 17:30", 60),
        an_entry("thursday 17:30", 60),
        an_entry("friday 17:30", prime=True),
    )


def enter_regular(client_id: str = "cyd", when: str = "tuesday 17:30", every_weeks: int = 1) -> Act:
    wish = a_regular(client_id=client_id, when=when, every_weeks=every_weeks)
    return partial(regulars.add_regular, THERAPIST, wish, preview=False, now=NOW)


def change_regular() -> Act:
    """Bea goes over to Wednesdays, every other week."""
    rhythm = {"every_weeks": 2, "first": date(2026, 11, 25)}
    wish = a_regular(regular_of("bea"), "bea", "wednesday 17:30", **rhythm)
    return partial(regulars.change_regular, THERAPIST, wish, preview=False, now=NOW)


def end_regular(client_id: str = "bea") -> Act:
    return partial(regulars.end_regular, THERAPIST, regular_of(client_id), preview=False, now=NOW)


def take_time_off(*, cancel_booked: bool = False) -> Act:
    """From Tuesday noon to Friday midnight."""
    wish = time_off("2026-11-24 12:00", "2026-11-28 00:00", cancel_booked=cancel_booked)
    return partial(times_off.take_time_off, THERAPIST, wish, preview=False, now=NOW)


def open_extra() -> Act:
    start = at("2026-12-04 12:00")
    return partial(calendars.open_extra, THERAPIST, start=start, minutes=50, prime=True, now=NOW)


def ask(client_id: str = "ann", slot_id: str = TUESDAY, every_weeks: int = 1) -> Act:
    held = appointment_at(slot_id)
    return partial(asked_regulars.ask, THERAPIST, client_id, held, every_weeks=every_weeks, now=NOW)


def withdraw(client_id: str = "ann") -> Act:
    """Withdraw what the client has asked for."""
    ask()()
    return partial(asked_regulars.withdraw, THERAPIST, client_id)


def decline(client_id: str = "ann") -> Act:
    """Decline what the client has asked for."""
    ask()()
    return partial(asked_regulars.decline, THERAPIST, client_id, now=NOW)


def ask_for_invitation(client_id: str = "ann") -> Act:
    email = f"{client_id}@example.com"
    return partial(invitations.ask_for_invitation, THERAPIST, email=email, now=NOW)


def choose(client_id: str = "ann", **changes: Any) -> Act:
    return partial(me.change_preferences, THERAPIST, client_id, changes or {"mail": Mail.NONE})


def discharge(client_id: str = "bea") -> Act:
    return partial(clients.discharge, THERAPIST, client_id, now=NOW)


def release() -> Act:
    return partial(releases.release_week, THERAPIST, scheduled_at=FRIDAY_EVENING, now=NOW)


def release_early() -> Act:
    return partial(releases.release_early, THERAPIST, now=NOW)


OF_CLIENTS: dict[str, Callable[[], Act]] = {
    "a client books": book,
    "a client books outside the hours": lambda: book(slot_id=FRIDAY),
    "a client cancels": cancel,
    "a client cancels late": lambda: cancel(now=LATE),
    "a client gives up an occurrence": lambda: cancel("bea", THURSDAY),
    "a client moves": move,
    "a client moves an occurrence": lambda: move("bea", THURSDAY, WEDNESDAY),
    "a client asks for a regular": ask,
    "a client withdraws a request": withdraw,
    "a client chooses": choose,
    "a client asks for a first password": ask_for_invitation,
    "somebody asks to register": ask_to_register,
    "somebody registers": register,
}
"""What clients do."""


def add_login(email: str = "una@example.com", role: LoginRole = LoginRole.THERAPIST) -> Act:
    return partial(logins.add_login, THERAPIST, name="Una", email=email, role=role, now=NOW)


def remove_login(login_id: str) -> Act:
    return partial(logins.remove_login, THERAPIST, login_id, by=None, now=NOW)


OF_THE_THERAPIST: dict[str, Callable[[], Act]] = {
    "books for a client": book_for,
    "cancels for a client": lambda: cancel_for(Party.CLIENT, now=LATE),
    "cancels": lambda: cancel_for(Party.THERAPIST),
    "moves for a client": lambda: move_for(Party.CLIENT, now=LATE),
    "moves an occurrence": lambda: move_for(Party.THERAPIST, "bea", THURSDAY),
    "marks a missed session": lambda: mark(Outcome.NO_SHOW),
    "suspends": suspend,
    "declines a request": decline,
    "marks a usual client": lambda: partial(
        clients.change_client, THERAPIST, "cyd", {"usual": True}, now=NOW
    ),
    "adds a client": add_client,
    "invites": lambda: partial(clients.invite, THERAPIST, "cyd", now=NOW),
    "adds a login": add_login,
    "sets a slot": set_slot,
    "changes a setting": lambda: change_settings(max_per_week=2, intake=Intake.OPEN),
    "switches off": lambda: partial(
        settings.switch, THERAPIST, enabled=False, regulars_entered=True, now=NOW
    ),
}
"""What the therapist does that moves nothing else."""

PLANNING: dict[str, Callable[[], Act]] = {
    "sets other hours": set_other_hours,
    "looks further ahead": lambda: change_settings(horizon_weeks=2),
    "enters a regular": enter_regular,
    "changes a regular": change_regular,
    "ends a regular": end_regular,
    "takes time off": take_time_off,
    "falls ill": lambda: take_time_off(cancel_booked=True),
    "opens an extra slot": open_extra,
    "discharges": discharge,
    "releases": release,
}
"""What the therapist does, and the whole calendar follows."""

ALL = {**OF_CLIENTS, **OF_THE_THERAPIST, **PLANNING}

REPEATABLE = {
    name: ready
    for name, ready in {**OF_CLIENTS, **OF_THE_THERAPIST}.items()
    if name not in ("adds a client", "invites", "sets a slot")
}
"""Of all these, what gives the first outcome when it is asked for again. To add a client again is
refused, to invite again mails again, to set a slot again sets it."""


def complete() -> None:
    """What the stream's consumer does with a planning act that was cut short."""
    planning.carry_out_plan(THERAPIST, now=NOW)


def repeatable_ids(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have the store draw the same ids again after each call of what is returned, so that two runs
    of an act can be held against each other. The tokens of transactions stay random."""
    drawn = SimpleNamespace(numbers=count(1))

    def draw(length: int = 12) -> str:
        return f"{next(drawn.numbers):0{length}}"

    for module in (bookings, moves, clients, logins, regulars, audit_log):
        monkeypatch.setattr(module, "new_token", draw)
    monkeypatch.setattr(registration_mails, "new_secret", lambda: draw(43))

    def again() -> None:
        drawn.numbers = count(1)

    return again
