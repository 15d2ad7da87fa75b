"""What is due: intents that are handed to the mail queue at a minute, in eight shards.

Each shard has a cursor, the last minute of which everything was handed over. A sweep goes on from
there, so that a missed sweep is made up for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from openhour.store.models import DueRow
from openhour.store.queries import batch_get, query
from openhour.store.transactions import ConditionFailed, Update, write

SHARDS = 8
_MINUTE = "%Y-%m-%dT%H:%MZ"
_CURSOR = "cursor"
_KEPT = timedelta(days=14)
_AHEAD = timedelta(minutes=1)
"""The least time from writing a row to its minute, since a sweep may be at the present one."""


def add_due(
    therapist_id: str, key: str, intent: Mapping[str, Any], *, at: datetime, now: datetime
) -> None:
    """Have an intent handed over at an instant, or in a minute if that has passed.

    Repeating it changes nothing.

    Raises:
        Busy: No attempt succeeded.
    """
    minute = _next_minute(max(at, now + _AHEAD))
    entry = f"{therapist_id}#{key}"
    row = DueRow(_bucket(minute, crc32(entry.encode()) % SHARDS), entry)
    actions = [
        DueRow.therapist_id.set(therapist_id),
        DueRow.intent.set(dict(intent)),
        DueRow.expires_at.set(minute + _KEPT),
    ]
    write(Update(row=row, actions=actions, when=DueRow.swept_through.does_not_exist()))


def due_at(minute: datetime, shard: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the therapist id and the intent of everything due in a minute, of one shard.

    Raises:
        Busy: DynamoDB can't answer.
    """
    for row in query(DueRow, _bucket(minute, shard)):
        yield row.therapist_id, row.intent


def read_cursors() -> dict[int, datetime]:
    """Return through which minute each shard has been swept; a new deployment has none.

    Raises:
        Busy: DynamoDB can't answer.
    """
    rows = batch_get([(DueRow, f"{_CURSOR}#{shard}", _CURSOR) for shard in range(SHARDS)])
    return {
        shard: datetime.strptime(row.swept_through, _MINUTE).replace(tzinfo=UTC)
        for shard, row in enumerate(rows)
        if row
    }


def advance_cursor(shard: int, minute: datetime) -> None:
    """Record that a shard has been swept through a minute, unless it has been further.

    Raises:
        Busy: No attempt succeeded.
    """
    text = minute.strftime(_MINUTE)
    column = DueRow.swept_through
    try:
        write(
            Update(
                row=DueRow(f"{_CURSOR}#{shard}", _CURSOR),
                actions=[column.set(text)],
                when=column.does_not_exist() | (column < text),
            )
        )
    except ConditionFailed:
        return


def minute_of(instant: datetime) -> datetime:
    """Return the minute in which an instant is."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _next_minute(instant: datetime) -> datetime:
    """Return the first whole minute at or after an instant."""
    minute = minute_of(instant)
    return minute if minute == instant else minute + timedelta(minutes=1)


def _bucket(minute: datetime, shard: int) -> str:
    return f"{minute.strftime(_MINUTE)}#{shard}"
