"""Openings: the slots that a client may book now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from openhour.rules.booking import require_self_scheduling
from openhour.rules.practice import Practice
from openhour.rules.slots import Opening, SlotState
from openhour.rules.weeks import slot_id_of
from openhour.store.models import SlotRow
from openhour.store.practices import cached_practice
from openhour.store.queries import query_items

_OPEN_ONES = {
    "TableName": SlotRow.Meta.table_name,
    "KeyConditionExpression": "therapist_id = :therapist AND slot_id BETWEEN :first AND :last",
    "FilterExpression": "#state = :open",
    "ProjectionExpression": "slot_id, #minutes",
    "ExpressionAttributeNames": {"#state": "state", "#minutes": "minutes"},
    "ConsistentRead": True,
}
"""What is asked most of all: PynamoDB would write it anew each time, and make a row of each slot,
for a fifth of the work of listing them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """The open slots of a practice."""

    practice: Practice
    slots: tuple[Opening, ...]


def list_open(
    therapist_id: str, *, since: date | None, until: date | None, now: datetime
) -> Openings:
    """The open slots, far enough away to book, from local midnight of `since` until that of
    `until`: one query, which reads the rows of that span alone. Raises SelfSchedulingOff."""
    practice = cached_practice(therapist_id)
    require_self_scheduling(practice)
    first = now + practice.booking_notice
    if since is not None:
        first = max(first, datetime.combine(since, time.min, tzinfo=practice.zone))
    last = datetime.max.replace(tzinfo=UTC)
    if until is not None:
        last = datetime.combine(until, time.min, tzinfo=practice.zone)
    if last <= first:
        return Openings(practice=practice, slots=())
    values = {
        ":therapist": {"S": therapist_id},
        ":first": {"S": slot_id_of(first)},
        ":last": {"S": slot_id_of(last)},
        ":open": {"S": SlotState.OPEN},
    }
    items = query_items({**_OPEN_ONES, "ExpressionAttributeValues": values})
    slots = (Opening.of(item["slot_id"]["S"], int(item["minutes"]["N"])) for item in items)
    return Openings(practice=practice, slots=tuple(s for s in slots if first <= s.start < last))
