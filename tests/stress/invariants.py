"""The invariants A to I, checked when every process has stopped and planning is complete.

Most of them are `tests.store.invariants`; here is what only the stress test can know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from openhour.rules.appointments import slot_id_in
from openhour.rules.weeks import slot_id_of
from tests.store.invariants import find_faults, read_tables
from tests.stress.calendar import THERAPIST
from tests.stress.history import KEYS, History, scan

_LIVE = ("booked", "no_show")


def check_invariants(history: History, *, now: datetime) -> Iterator[str]:
    """Yield every violation; the text before the colon names the invariant."""
    tables = {
        f"openhour-{table}": {
            tuple(item[key]["S"] for key in keys if key in item): item
            for item in scan(history.engine, table)
        }
        for table, keys in KEYS.items()
    }
    for fault in find_faults(read_tables(tables), now=now):
        yield f"integrity: {fault}"
    yield from _check_sold_once(history)
    yield from _check_regulars(history)
    yield from _check_release(history, now=now)


def _check_sold_once(history: History) -> Iterator[str]:
    """A: one live appointment a slot."""
    sold = Counter(
        (key[1].partition("#")[0], slot_id_in(key[2]))
        for key, row in history.state("appointments")
        if row["status"] in _LIVE
    )
    for slot, times in sold.items():
        if times > 1:
            yield f"sold twice: {slot} has {times} live appointments"


def _check_regulars(history: History) -> Iterator[str]:
    """D: every regular that has not ended belongs to a client who has not been discharged."""
    clients = {row["client_id"]: row for _, row in history.state("clients") if "privilege" in row}
    for _, row in history.state("regulars"):
        if "client_id" not in row:
            yield f"D: {row} has no client"
        elif not row["ended"] and clients[row["client_id"]]["privilege"] == "ended":
            yield f"D: {row} belongs to a discharged client"


def _check_release(history: History, *, now: datetime) -> Iterator[str]:
    """G: in a released week only manual slots are held; in no other week is a prime slot open."""
    practice = next(row for key, row in history.state("practices") if key[1] == THERAPIST)
    if practice["plan"] != practice["planned"]:
        yield f"I: the plan {practice['plan']} stopped at {practice['planned']}"
    for (_, therapist, slot_id), slot in history.state("slots"):
        if therapist != THERAPIST or slot_id <= slot_id_of(now) or slot.get("manual_state"):
            continue
        released = slot["week"] <= practice["released_through"]
        states = (slot["state"], slot["returns_to"])
        if released and "held" in states:
            yield f"G: {slot_id} is released, but {states}"
        if not released and slot["prime"] and "open" in states:
            yield f"G: {slot_id} is prime and not released, but {states}"
