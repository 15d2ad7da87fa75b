"""What must hold of an office at any time: the guarantees A, D and E, over the tables in memory."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise

from openhour.rules.desired_calendar import desired_calendar
from openhour.rules.slots import SlotState
from tests.scale.office import Office


def check(office: Office, *, now: datetime) -> None:
    """Raise AssertionError where one of them does not hold."""
    _check_claims(office)
    _check_regulars(office, now=now)
    _check_weeks(office, now=now)


def _check_claims(office: Office) -> None:
    """A: a booked slot and its live appointment point at each other; no two live ones overlap."""
    live = {name: made for name, made in office.appointments.items() if made.live}
    held = {slot.appointment_id: slot for slot in office.slots.values() if slot.booked}
    assert live.keys() == held.keys()
    for name, made in live.items():
        slot = held[name]
        assert (slot.slot_id, slot.client_id) == (made.slot_id, made.client_id)
    for one, other in pairwise(sorted(held.values(), key=lambda slot: slot.start)):
        assert one.end <= other.start


def _check_regulars(office: Office, *, now: datetime) -> None:
    """D: no regular's slot is open unless a person gave the occurrence up."""
    agenda = desired_calendar(office.calendar(now=now), now=now)
    for slot_id in agenda.regulars_by_slot:
        assert office.slots[slot_id].state is not SlotState.OPEN


def _check_weeks(office: Office, *, now: datetime) -> None:
    """E: `weeks` counts the live appointments of every week from the current one on."""
    current = str(office.practice.week_of(now))
    counted: Counter[tuple[str, str]] = Counter()
    for slot in office.slots.values():
        if slot.booked and str(slot.week) >= current:
            counted[slot.client_id or "", str(slot.week)] += 1
    noted = {
        (client.client_id, week): sessions
        for client in office.clients.values()
        for week, sessions in client.weeks.items()
        if week >= current and sessions
    }
    assert noted == dict(counted)
