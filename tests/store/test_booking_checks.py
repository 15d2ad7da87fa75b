"""A booking check has no reasons exactly where the booking succeeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from openhour.rules.appointments import Appointment, Status, appointment_id_of
from openhour.rules.clients import Client, Privilege
from openhour.rules.practice import Practice
from openhour.rules.refusals import Refusal, UnknownClient
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import slot_id_of
from openhour.store.mapping import appointment_row, client_row, slot_row
from openhour.store.practices import insert_practice
from openhour.use_cases.booking_checks import check_booking
from openhour.use_cases.bookings import book
from tests.dynamodb_backends import empty_tables, fresh_tables, rows
from tests.unit.builders import W48, W49, a_practice, a_slot, an_entry, at

START = at("2026-11-24 10:00")
SLOT_ID = slot_id_of(START)
NOTICE = 12
BEFORE = (72, NOTICE, NOTICE - 1, 1, 0, -1)
"""Hours between now and the slot's start."""


@dataclass(frozen=True)
class State:
    practice: Practice
    client: Client
    slot: Slot | None
    sessions: tuple[Appointment, ...]
    now: datetime


@st.composite
def states(draw: st.DrawFn) -> State:
    now = START - timedelta(hours=draw(st.sampled_from(BEFORE)))
    practice = a_practice(
        therapist_id="t1",
        self_scheduling=draw(st.sampled_from((True, True, False))),
        booking_notice_hours=NOTICE,
        max_per_week=draw(st.integers(1, 2)),
        hours=draw(st.sampled_from(((an_entry("tuesday 10:00"),), ()))),
    )
    client = Client(
        client_id="ann",
        name="Ann",
        privilege=draw(st.sampled_from((Privilege.ACTIVE, *Privilege))),
        new=draw(st.booleans()),
        max_per_week=draw(st.sampled_from((None, 1, 2))),
        weeks=draw(st.dictionaries(st.sampled_from((str(W48), str(W49))), st.integers(0, 2))),
    )
    kinds = st.lists(st.sampled_from(("kept", "missed", "ahead", "cancelled")), max_size=2)
    sessions = tuple(_session(kind, n, now) for n, kind in enumerate(draw(kinds)))
    slot = draw(st.none() | slots())
    # A discharge frees the client's sessions.
    assume(not (client.privilege is Privilege.ENDED and slot and slot.client_id == "ann"))
    return State(practice, client, slot, sessions, now)


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    state = draw(st.sampled_from((SlotState.OPEN, *SlotState)))
    slot = a_slot(
        "2026-11-24 10:00",
        state=state,
        week=draw(st.sampled_from((W48, W49))),
        minutes=draw(st.sampled_from((50, 45))),
    )
    if state is not SlotState.BOOKED:
        return slot
    holder = draw(st.sampled_from(("ann", "bob")))
    name = appointment_id_of(SLOT_ID, holder, "b1")
    return replace(slot, client_id=holder, appointment_id=name)


def _session(kind: str, number: int, now: datetime) -> Appointment:
    days = 3 + number
    start = now + timedelta(days=days if kind in {"ahead", "cancelled"} else -days)
    statuses = {"missed": Status.NO_SHOW, "cancelled": Status.CANCELLED}
    return Appointment(
        appointment_id=appointment_id_of(slot_id_of(start), "ann", f"s{number}"),
        client_id="ann",
        minutes=50,
        made_at=now - timedelta(days=20),
        status=statuses.get(kind, Status.BOOKED),
    )


def _write(state: State) -> None:
    empty_tables()
    insert_practice(state.practice, others=())
    client_row("t1", state.client).save()
    sessions = list(state.sessions)
    if state.slot:
        slot_row("t1", state.slot).save()
        if state.slot.appointment_id:
            held = replace(
                _session("kept", 9, state.now),
                appointment_id=state.slot.appointment_id,
                client_id=state.slot.client_id or "",
            )
            sessions.append(held)
    for session in sessions:
        appointment_row("t1", session, W48).save()


@pytest.fixture(scope="module", autouse=True)
def tables() -> Iterator[None]:
    with fresh_tables():
        yield


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(state=states())
def test_a_check_has_no_reasons_exactly_where_the_booking_succeeds(state: State) -> None:
    _write(state)
    before = rows()
    reasons = _reasons(state)
    assert rows() == before
    assert _refusal(state) == (type(reasons[0]) if reasons else None)


def _reasons(state: State) -> tuple[Refusal, ...]:
    try:
        return check_booking("t1", "ann", SLOT_ID, now=state.now).reasons
    except UnknownClient as unknown:
        return (unknown,)


def _refusal(state: State) -> type[Refusal] | None:
    """Book, and return the kind of refusal, or None."""
    try:
        book("t1", "ann", SLOT_ID, now=state.now)
    except Refusal as refusal:
        return type(refusal)
    return None
