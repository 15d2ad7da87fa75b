"""Prepared updates are bound to the values of each call."""

from __future__ import annotations

import pytest

from openhour.store.booking_writes import occupy_slot_as_expected
from openhour.store.models import SlotRow
from openhour.store.statements import PreparedUpdate, placeholder
from tests.unit.builders import a_slot, an_appointment

SLOT = a_slot("2026-11-24 17:30")


def test_concurrent_calls_do_not_share_bound_values():
    first = occupy_slot_as_expected("t1", an_appointment(), SLOT)
    other = occupy_slot_as_expected("t2", an_appointment(client_id="bob"), SLOT)
    before = first.request()
    other.request()
    assert first.request() == before != other.request()


def test_a_placeholder_must_be_bound():
    revised = SlotRow.revision == placeholder(SlotRow.revision)
    prepared = PreparedUpdate(model=SlotRow, actions=[SlotRow.prime.set(True)], when=revised)
    with pytest.raises(KeyError):
        prepared.bind("t1", SLOT.slot_id).request()
