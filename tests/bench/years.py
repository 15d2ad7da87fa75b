"""A practice with years behind it: 49 slots a week, 14 of them prime, six weeks ahead, and one
client who had any number of appointments, each in a slot of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice
from typing import Any

import boto3

from infra.local.environment import TABLES
from openhour.rules.weeks import WEEKDAYS, slot_id_of
from openhour.store.mapping import owner_of
from openhour.store.models import SlotRow
from openhour.use_cases import bookings, clients
from openhour.use_cases.therapists import open_practice
from tests.unit.builders import NOW, a_practice, at, days_ago

REGULAR = "ann"
"""The client with the years; the others have none."""
OTHERS = tuple(f"c{number}" for number in range(1, 7))
HOURS = [
    {"weekday": weekday, "start": f"{hour}:00", "minutes": 50, "prime": hour > 16}
    for weekday in WEEKDAYS
    for hour in range(12, 19)
]
WEEKS_AHEAD = 5
"""Past the current one."""
LAST_DAY = "2027-02-01T00:00:00+00:00"
_BATCH = 25
_AT_ONCE = 8


def open_with_years(therapist_id: str, past: int) -> None:
    """Open the practice, without hours yet, with so many past appointments."""
    practice = a_practice(
        therapist_id=therapist_id, hours=(), horizon_weeks=WEEKS_AHEAD, max_per_week=7
    )
    open_practice(practice, now=NOW)
    for name in (REGULAR, *OTHERS):
        clients.add_client(
            therapist_id,
            name=name.capitalize(),
            email=f"{name}@example.com",
            phone=None,
            login=None,
            invite=True,
            now=days_ago(90),
            client_id=name,
        )
    _remember(therapist_id, past)


def _remember(therapist_id: str, past: int) -> None:
    """One kept appointment an hour, back from this morning."""
    dynamodb = boto3.client("dynamodb")
    rows = (row for hour in range(past) for row in _kept(therapist_id, hour))

    def write(batch: list[tuple[str, dict[str, Any]]]) -> None:
        asked: Any = {}
        for table, item in batch:
            asked.setdefault(table, []).append({"PutRequest": {"Item": item}})
        left = dynamodb.batch_write_item(RequestItems=asked)["UnprocessedItems"]
        if left:
            raise RuntimeError("the engine left rows unwritten")

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(write, _batches(rows)))


def _kept(therapist_id: str, hour: int) -> Iterator[tuple[str, dict[str, Any]]]:
    start = at("2026-11-22 09:00") - timedelta(hours=hour)
    slot_id = slot_id_of(start)
    appointment_id = f"{slot_id}-{REGULAR}-old{hour}"
    both = {"week": {"S": "2000-W01"}, "minutes": {"N": "50"}}
    yield (
        TABLES["AppointmentsTable"],
        {
            **both,
            "owner": {"S": owner_of(therapist_id, REGULAR)},
            "appointment_id": {"S": appointment_id},
            "made_at": {"S": "2000-01-01T00:00:00.000000+0000"},
            "status": {"S": "booked"},
        },
    )
    yield (
        TABLES["SlotsTable"],
        {
            **both,
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


def _batches(
    rows: Iterator[tuple[str, dict[str, Any]]],
) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def fill(therapist_id: str) -> int:
    """Book clients into every slot ahead, and tell how many."""
    ahead = SlotRow.slot_id > slot_id_of(NOW)
    rows = SlotRow.query(therapist_id, ahead, consistent_read=True)
    for number, row in enumerate(rows, start=1):
        client_id = OTHERS[number % len(OTHERS)]
        bookings.book_for_client(therapist_id, client_id, row.slot_id, now=NOW)
    return number
