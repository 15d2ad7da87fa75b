"""Sweeps: what has become due since the last one is handed to the mailer."""

from __future__ import annotations

from datetime import datetime, timedelta

from openhour import mail_queue
from openhour.store.due import SHARDS, advance_cursor, due_at, minute_of, read_cursors

_MINUTE = timedelta(minutes=1)
_MAX_MINUTES = 120
"""Minutes of one shard in one sweep. More are made up for by the next sweeps."""


def sweep(*, now: datetime) -> int:
    """Hand over what is due, minute by minute, and return how much that was.

    A shard's cursor advances after a minute's intents are on the queue. After a crash they are
    handed over again, and mailed once.

    Raises:
        Busy: DynamoDB can't answer.
        QueueUnavailable: Some intents are not on the queue.
    """
    last = minute_of(now)
    cursors = read_cursors()
    return sum(
        _sweep_shard(shard, cursors.get(shard, last - _MINUTE), last) for shard in range(SHARDS)
    )


def _sweep_shard(shard: int, swept_through: datetime, last: datetime) -> int:
    handed_over = 0
    minute = swept_through + _MINUTE
    stop = min(last, swept_through + _MAX_MINUTES * _MINUTE)
    while minute <= stop:
        due = [intent for _, intent in due_at(minute, shard)]
        mail_queue.enqueue(due)
        handed_over += len(due)
        advance_cursor(shard, minute)
        minute += _MINUTE
    return handed_over
