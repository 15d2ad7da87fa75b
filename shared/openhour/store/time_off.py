"""Time off: reading and writing its rows."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.time_off import TimeOff
from openhour.store.mapping import time_off_from_row, time_off_row
from openhour.store.models import TimeOffRow
from openhour.store.queries import get, query
from openhour.store.transactions import Delete, Put


def all_time_off(therapist_id: str) -> tuple[TimeOff, ...]:
    """Return all time off, past included."""
    return tuple(map(time_off_from_row, query(TimeOffRow, therapist_id)))


def time_off_between(therapist_id: str, begins: datetime, ends: datetime) -> tuple[TimeOff, ...]:
    """Return the time off that shares any time with the half-open span, in order."""
    shares = (TimeOffRow.begins < ends) & (TimeOffRow.ends > begins)
    found = map(time_off_from_row, query(TimeOffRow, therapist_id, where=shares))
    return tuple(sorted(found, key=lambda each: (each.begins, each.ends, each.time_off_id)))


def find_time_off(therapist_id: str, time_off_id: str) -> TimeOff | None:
    """Return a span of time off, or None."""
    row = get(TimeOffRow, therapist_id, time_off_id)
    return time_off_from_row(row) if row else None


def insert_time_off(therapist_id: str, time_off: TimeOff) -> Put:
    """Write new time off."""
    new = TimeOffRow.time_off_id.does_not_exist()
    return Put(row=time_off_row(therapist_id, time_off), when=new)


def delete_time_off(therapist_id: str, time_off_id: str) -> Delete:
    """Delete time off."""
    exists = TimeOffRow.time_off_id.exists()
    return Delete(row=TimeOffRow(therapist_id, time_off_id), when=exists)
