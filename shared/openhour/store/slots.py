"""Slots: reading and writing rows of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from openhour.rules.clients import Client
from openhour.rules.hours import MAX_MINUTES
from openhour.rules.practice import Practice
from openhour.rules.slots import Opening, Slot, SlotState
from openhour.rules.weeks import Week, slot_id_of
from openhour.store.clients import find_client
from openhour.store.mapping import slot_from_row, slot_row
from openhour.store.models import SlotRow
from openhour.store.queries import get, query, query_items
from openhour.store.simultaneous_reads import at_once
from openhour.store.transactions import Put, Update

_LONGEST = timedelta(minutes=MAX_MINUTES)
_DAY = timedelta(days=1)
_OPEN_SLOTS = {
    "KeyConditionExpression": "therapist_id = :therapist AND slot_id BETWEEN :first AND :last",
    "FilterExpression": "#state = :open",
    "ProjectionExpression": "slot_id, #minutes",
    "ExpressionAttributeNames": {"#state": "state", "#minutes": "minutes"},
    "ConsistentRead": True,
}
"""The most frequent query. PynamoDB would write it anew for each call and make a row of each slot,
which takes a fifth of the time of a listing."""


def find_slot(therapist_id: str, slot_id: str) -> Slot | None:
    """Return a slot, or None."""
    row = get(SlotRow, therapist_id, slot_id)
    return slot_from_row(row) if row else None


def future_slots(
    therapist_id: str, *, now: datetime, state: SlotState | None = None
) -> tuple[Slot, ...]:
    """Return the slots that start after `now`, only those in `state` if one is given."""
    in_state = SlotRow.state == state if state else None
    rows = query(SlotRow, therapist_id, SlotRow.slot_id > slot_id_of(now), in_state)
    return tuple(map(slot_from_row, rows))


def unfinished_slots(therapist_id: str, *, now: datetime) -> tuple[Slot, ...]:
    """Return the slots that end after `now`."""
    since = SlotRow.slot_id >= slot_id_of(now - _LONGEST)
    slots = map(slot_from_row, query(SlotRow, therapist_id, since))
    return tuple(slot for slot in slots if slot.end > now)


def slots_starting_between(therapist_id: str, first: datetime, last: datetime) -> tuple[Slot, ...]:
    """Return the slots that start between two instants, both included."""
    within = SlotRow.slot_id.between(slot_id_of(first), slot_id_of(last))
    return tuple(map(slot_from_row, query(SlotRow, therapist_id, within)))


def overlapping_slots(therapist_id: str, begins: datetime, ends: datetime) -> tuple[Slot, ...]:
    """Return the slots that share any time with the half-open span."""
    near = slots_starting_between(therapist_id, begins - _LONGEST, ends)
    return tuple(slot for slot in near if slot.start < ends and begins < slot.end)


def slots_of_week(practice: Practice, week: Week) -> tuple[Slot, ...]:
    """Return the slots of a week of the therapist's calendar.

    A slot keeps the week in which it was published, also when the zone has changed since. So the
    query reads one day more on either side.
    """
    begins, ends = practice.span_of(week)
    within = SlotRow.slot_id.between(slot_id_of(begins - _DAY), slot_id_of(ends + _DAY))
    rows = query(SlotRow, practice.therapist_id, within, SlotRow.week == str(week))
    return tuple(map(slot_from_row, rows))


def open_slots(therapist_id: str, first: datetime, last: datetime) -> Iterator[Opening]:
    """Yield the open slots from `first` until before `last`, by one query.

    Raises:
        Busy: DynamoDB can't answer.
    """
    values = {
        ":therapist": {"S": therapist_id},
        ":first": {"S": slot_id_of(first)},
        ":last": {"S": slot_id_of(last)},
        ":open": {"S": SlotState.OPEN},
    }
    table = {"TableName": SlotRow.Meta.table_name, "ExpressionAttributeValues": values}
    for item in query_items({**_OPEN_SLOTS, **table}):
        opening = Opening.of(item["slot_id"]["S"], int(item["minutes"]["N"]))
        if first <= opening.start < last:
            yield opening


def open_slots_and_client(
    therapist_id: str, client_id: str, first: datetime, last: datetime
) -> tuple[tuple[Opening, ...], Client | None]:
    """Return the open slots from `first` until before `last`, and a client, read at one time.

    Raises:
        Busy: DynamoDB can't answer.
    """
    client, slots = at_once(
        partial(find_client, therapist_id, client_id),
        lambda: tuple(open_slots(therapist_id, first, last)),
    )
    return slots, client


def insert_slot(therapist_id: str, slot: Slot) -> Put:
    """Write a slot where there is none with its id."""
    return Put(row=slot_row(therapist_id, slot), when=SlotRow.slot_id.does_not_exist())


def replace_slot(therapist_id: str, slot: Slot, *, revision: int) -> Put:
    """Write a slot in place of the row with that revision."""
    return Put(row=slot_row(therapist_id, slot), when=SlotRow.revision == revision)


def update_state(therapist_id: str, before: Slot, after: Slot) -> Update:
    """Write a slot's state and the state it returns to, if the row is as it was read."""
    return Update(
        row=SlotRow(therapist_id, before.slot_id),
        actions=[
            SlotRow.state.set(after.state),
            SlotRow.returns_to.set(after.returns_to),
            SlotRow.revision.add(1),
        ],
        when=SlotRow.revision == before.revision,
    )
