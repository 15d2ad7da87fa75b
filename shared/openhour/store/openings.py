"""Openings: the slots that a client may book now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from pynamodb.expressions.condition import Condition

from openhour.rules.booking import refuse_switched_off
from openhour.rules.practice import Practice
from openhour.rules.slots import Opening, SlotState
from openhour.rules.weeks import slot_id_of
from openhour.store.practices import settings
from openhour.store.reading import select
from openhour.store.tables import OpeningRow, SlotRow

_IS_OPEN: Condition = SlotRow.state == SlotState.OPEN


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
    practice = settings(therapist_id)
    refuse_switched_off(practice)
    first = now + practice.booking_notice
    if since is not None:
        first = max(first, datetime.combine(since, time.min, tzinfo=practice.zone))
    last = datetime.max.replace(tzinfo=UTC)
    if until is not None:
        last = datetime.combine(until, time.min, tzinfo=practice.zone)
    if last <= first:
        return Openings(practice=practice, slots=())
    within = OpeningRow.slot_id.between(slot_id_of(first), slot_id_of(last))
    rows = select(OpeningRow, therapist_id, within, _IS_OPEN, columns=("slot_id", "minutes"))
    slots = (Opening.of(row.slot_id, int(row.minutes)) for row in rows)
    return Openings(practice=practice, slots=tuple(s for s in slots if first <= s.start < last))
