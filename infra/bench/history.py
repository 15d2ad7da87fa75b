"""A practice with a long history.

It has 49 slots a week, 14 of them prime, six weeks ahead, and one client with any number of past
appointments, each in a slot of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice
from typing import Any

import boto3

from infra.local.environment import TABLES
from infra.seed import NOW, a_practice, at, days_ago, seed_client, seed_practice
from openhour.rules.weeks import WEEKDAYS, slot_id_of
from openhour.store.mapping import owner_of
from openhour.store.models import SlotRow
from openhour.use_cases import bookings

REGULAR = "ann"
"""The client with the history."""
OTHERS = tuple(f"c{number}" for number in range(1, 7))
HOURS = [
    {"weekday": weekday, "start": f"{hour}:00", "minutes": 50, "prime": hour > 16}
    for weekday in WEEKDAYS
    for hour in range(12, 19)
]
WEEKS_AHEAD = 5
"""Besides the current week."""
LAST_DAY = "2027-02-01T00:00:00+00:00"
_BATCH = 25
"""Writes in one batch (DynamoDB API Reference, BatchWriteItem)."""
_THREADS = 8

_Write = tuple[str, dict[str, Any]]
"""A table and an item to put."""


def open_with_history(therapist_id: str, past: int) -> None:
    """Open the practice, without hours yet, with `past` kept appointments."""
    seed_practice(a_practice(therapist_id=therapist_id, horizon_weeks=WEEKS_AHEAD, max_per_week=7))
    for client_id in (REGULAR, *OTHERS):
        seed_client(therapist_id, client_id, now=days_ago(90))
    writes = (write for hour in range(past) for write in _kept_session(therapist_id, hour))
    dynamodb = boto3.client("dynamodb")

    def write(batch: list[_Write]) -> None:
        request: Any = {}
        for table, item in batch:
            request.setdefault(table, []).append({"PutRequest": {"Item": item}})
        if dynamodb.batch_write_item(RequestItems=request)["UnprocessedItems"]:
            raise RuntimeError("DynamoDB Local left rows unwritten")

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(write, iter(lambda: list(islice(writes, _BATCH)), [])))


def _kept_session(therapist_id: str, hour: int) -> Iterator[_Write]:
    """Yield the rows of a session `hour` hours before Sunday morning."""
    slot_id = slot_id_of(at("2026-11-22 09:00") - timedelta(hours=hour))
    appointment_id = f"{slot_id}-{REGULAR}-old{hour}"
    common = {"week": {"S": "2000-W01"}, "minutes": {"N": "50"}}
    yield (
        TABLES["AppointmentsTable"],
        {
            **common,
            "owner": {"S": owner_of(therapist_id, REGULAR)},
            "appointment_id": {"S": appointment_id},
            "therapist_id": {"S": therapist_id},
            "made_at": {"S": "2000-01-01T00:00:00.000000+0000"},
            "status": {"S": "booked"},
        },
    )
    yield (
        TABLES["SlotsTable"],
        {
            **common,
            "therapist_id": {"S": therapist_id},
            "slot_id": {"S": slot_id},
            "state": {"S": "booked"},
            "returns_to": {"S": "open"},
            "prime": {"BOOL": False},
            "client_id": {"S": REGULAR},
            "appointment_id": {"S": appointment_id},
            "revision": {"N": "1"},
        },
    )


def book_every_slot(therapist_id: str) -> int:
    """Book a client into every future slot and return how many there are."""
    ahead = SlotRow.slot_id > slot_id_of(NOW)
    rows = SlotRow.query(therapist_id, ahead, consistent_read=True)
    for number, row in enumerate(rows, start=1):
        client_id = OTHERS[number % len(OTHERS)]
        bookings.book_for_client(therapist_id, client_id, row.slot_id, now=NOW)
    return number
