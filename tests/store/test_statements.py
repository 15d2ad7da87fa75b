"""Prepared updates equal updates that are built for each call."""

from __future__ import annotations

import re
from typing import Any

import pytest

from openhour.rules.clients import Privilege
from openhour.rules.slots import SlotState
from openhour.store.booking_writes import count_session_within_limit, occupy_slot_as_expected
from openhour.store.ending_writes import free_slot
from openhour.store.models import ClientRow, SlotRow
from openhour.store.statements import PreparedUpdate, placeholder
from openhour.store.transactions import Update, Write
from tests.unit.builders import a_practice, a_slot, an_appointment

APPOINTMENT = an_appointment()
SLOT = a_slot("2026-11-24 17:30")
SESSIONS, OWN = ClientRow.weeks["2026-W48"], ClientRow.max_per_week


def statement_of(write: Write) -> dict[str, Any]:
    """What an update asks for, with names and values in their places."""
    asked = dict(write.request()["Update"])
    marks = asked.pop("ExpressionAttributeNames") | {
        mark: repr(value) for mark, value in asked.pop("ExpressionAttributeValues").items()
    }
    for text in ("UpdateExpression", "ConditionExpression"):
        asked[text] = re.sub(r"[#:]\d+", lambda mark: marks[mark[0]], asked[text])
    return asked


@pytest.mark.parametrize(
    ("prepared", "anew"),
    [
        pytest.param(
            occupy_slot_as_expected("t1", APPOINTMENT, SLOT),
            Update(
                row=SlotRow("t1", SLOT.slot_id),
                actions=[
                    SlotRow.state.set(SlotState.BOOKED),
                    SlotRow.client_id.set("ann"),
                    SlotRow.appointment_id.set(APPOINTMENT.appointment_id),
                    SlotRow.revision.add(1),
                ],
                when=(SlotRow.state == SlotState.OPEN)
                & ((SlotRow.week == "2026-W48") & (SlotRow.minutes == 50)),
            ),
            id="a slot taken",
        ),
        pytest.param(
            count_session_within_limit(a_practice(max_per_week=3), "ann", SLOT),
            Update(
                row=ClientRow("t1", "ann"),
                actions=[
                    SESSIONS.set((SESSIONS | 0) + 1),
                    ClientRow.booked.add(1),
                    ClientRow.revision.add(1),
                ],
                when=(ClientRow.privilege == Privilege.ACTIVE)
                & (
                    SESSIONS.does_not_exist()
                    | (OWN.exists() & (SESSIONS < OWN))
                    | (OWN.does_not_exist() & (SESSIONS < 3))
                ),
            ),
            id="a session counted, in a week that is filled in",
        ),
        pytest.param(
            free_slot("t1", APPOINTMENT),
            Update(
                row=SlotRow("t1", APPOINTMENT.slot_id),
                actions=[
                    SlotRow.state.set(SlotRow.returns_to),
                    SlotRow.client_id.remove(),
                    SlotRow.appointment_id.remove(),
                    SlotRow.regular_id.remove(),
                    SlotRow.revision.add(1),
                ],
                when=SlotRow.appointment_id == APPOINTMENT.appointment_id,
            ),
            id="a slot freed",
        ),
    ],
)
def test_a_prepared_update_is_the_one_that_would_be_written_anew(prepared, anew):
    assert statement_of(prepared) == statement_of(anew)


def test_concurrent_calls_do_not_share_bound_values():
    first = occupy_slot_as_expected("t1", APPOINTMENT, SLOT)
    other = occupy_slot_as_expected("t2", an_appointment(client_id="bob"), SLOT)
    before = first.request()
    other.request()
    assert first.request() == before != other.request()


def test_a_placeholder_must_be_bound():
    revised = SlotRow.revision == placeholder(SlotRow.revision)
    prepared = PreparedUpdate(model=SlotRow, actions=[SlotRow.prime.set(True)], when=revised)
    with pytest.raises(KeyError):
        prepared.bind("t1", SLOT.slot_id).request()
