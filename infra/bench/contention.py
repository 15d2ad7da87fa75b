"""Contention: 32 clients book at a release, each in a process of their own, as in Lambda.

They press for a slot that is still held until it opens, then for whatever is left.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any

from functions.availability.handler import lambda_handler as availability
from functions.booking.handler import lambda_handler as booking
from functions.release.handler import lambda_handler as release
from infra.bench.calls import event_of
from infra.bench.metering import metered_dynamodb
from infra.bench.report import Figure
from infra.seed import W49, a_practice, an_entry, at, seed_practice
from openhour import clock
from openhour.rules.weeks import WEEKDAYS, start_of
from openhour.store.audit_log import acting_as
from openhour.store.connections import connection
from openhour.store.models import SlotRow
from openhour.store.queries import query

CLIENTS, ROUNDS, ALONE = 32, 5, 30
"""Clients, releases, and requests of one client alone before each release."""
_FRIDAY = at("2026-11-27 18:00")
_HOURS = tuple(
    an_entry(f"{weekday} {start}", prime=True)
    for weekday in WEEKDAYS[:5]
    for start in ("16:30", "17:30")
)
_NAMES = [f"client{number}" for number in range(CLIENTS)]
_LEAD_SECONDS = 0.5
"""Seconds for which the clients press before the release."""
_MAX_PRESSES = 500
_TIMEOUT = 60
_NO_CONTEXT: Any = None


@dataclass(frozen=True)
class Attempts:
    """One client's requests: seconds and status of each, and the slot that the client booked."""

    client_id: str
    seconds: tuple[float, ...]
    statuses: tuple[int, ...]
    booked: str | None


@dataclass(frozen=True)
class Round:
    """One release: seconds of a lone request, the clients' attempts, and the slots' holders."""

    alone: float
    attempts: tuple[Attempts, ...]
    holders: Mapping[str, str | None]

    @property
    def consistent(self) -> int:
        """The slots that exactly one client was granted, who holds it in the end."""
        grants = Counter(each.booked for each in self.attempts)
        granted = {each.booked: each.client_id for each in self.attempts}
        return sum(grants[s] == 1 and granted[s] == holder for s, holder in self.holders.items())


def measure() -> list[Figure]:
    """Return the latency of a request under contention, and how many slots were sold once.

    Raises:
        DynamoDBLocalUnavailable: DynamoDB Local can't run here.
    """
    with metered_dynamodb(), acting_as("operator:bench"):
        rounds = [_round(f"crowd{number}") for number in range(ROUNDS)]
    alone = median(each.alone for each in rounds)
    attempts = [client for each in rounds for client in each.attempts]
    percentiles = quantiles((s for client in attempts for s in client.seconds), n=100)
    slots = sum(len(each.holders) for each in rounds)
    consistent = sum(each.consistent for each in rounds)
    statuses = Counter(status for client in attempts for status in client.statuses)
    details = ", ".join(f"{count} answered {status}" for status, count in sorted(statuses.items()))
    what = f"{CLIENTS} clients at a release"
    return [
        Figure(f"{what}, p50 of a press", f"{percentiles[49] / alone:.1f} times one alone"),
        Figure(f"{what}, p99 of a press", f"{percentiles[98] / alone:.1f} times one alone"),
        Figure(
            f"{what}, {ROUNDS} times, slots with one client each",
            f"{consistent} of {slots}: {details}",
            "all",
            met=consistent == slots,
        ),
    ]


def _round(therapist_id: str) -> Round:
    practice = a_practice(therapist_id=therapist_id, booking_notice_hours=0)
    seed_practice(practice, _HOURS, ("alone", *_NAMES))
    clock.set_now(_FRIDAY)
    slot_ids = [row.slot_id for row in _next_week(therapist_id)]
    alone = median(_book(therapist_id, "alone", slot_ids[0])[0] for _ in range(ALONE))
    attempts = _compete(therapist_id, slot_ids)
    holders = {row.slot_id: row.client_id for row in _next_week(therapist_id)}
    return Round(alone, attempts, holders)


def _next_week(therapist_id: str) -> list[SlotRow]:
    """Return the ten prime slots of next week."""
    return [row for row in query(SlotRow, therapist_id) if row.week == str(W49)]


def _compete(therapist_id: str, slot_ids: Sequence[str]) -> tuple[Attempts, ...]:
    fork = multiprocessing.get_context("fork")
    barrier, released, results = fork.Barrier(CLIENTS + 1), fork.Event(), fork.Queue()
    connection.client.close()  # forked processes can't share a socket
    processes = [
        fork.Process(
            target=_press_until_booked,
            args=(
                (therapist_id, name, slot_ids[number % len(slot_ids)]),
                (barrier, released, results),
            ),
        )
        for number, name in enumerate(_NAMES)
    ]
    for process in processes:
        process.start()
    barrier.wait(_TIMEOUT)
    sleep(_LEAD_SECONDS)
    release({"therapist_id": therapist_id, "scheduled_at": _FRIDAY.isoformat()}, None)
    released.set()
    attempts = tuple(results.get(timeout=_TIMEOUT) for _ in processes)
    for process in processes:
        process.join(_TIMEOUT)
    return attempts


def _press_until_booked(
    wish: tuple[str, str, str], shared: tuple[Barrier, Event, Queue[Attempts]]
) -> None:
    """Request slots until one is booked, or the release is over and no slot is open."""
    therapist_id, client_id, slot_id = wish
    barrier, released, results = shared
    seconds: list[float] = []
    statuses: list[int] = []
    booked = None
    _book(therapist_id, client_id, slot_id)  # opens the connection
    barrier.wait(_TIMEOUT)
    for _ in range(_MAX_PRESSES):
        is_over = released.is_set()
        took, status = _book(therapist_id, client_id, slot_id)
        seconds.append(took)
        statuses.append(status)
        if status == 201:
            booked = slot_id
            break
        alternatives = _open_slots(therapist_id, client_id)
        if is_over and not alternatives:
            break
        slot_id = min(alternatives, key=partial(_distance, slot_id), default=slot_id)
    results.put(Attempts(client_id, tuple(seconds), tuple(statuses), booked))


def _distance(slot_id: str, other: str) -> timedelta:
    return abs(start_of(slot_id) - start_of(other))


def _book(therapist_id: str, client_id: str, slot_id: str) -> tuple[float, int]:
    """Send one request; return its seconds and its status."""
    event = event_of(
        "POST /appointments",
        therapist_id=therapist_id,
        client_id=client_id,
        body={"slot_id": slot_id},
    )
    started = perf_counter()
    response = booking(event, _NO_CONTEXT)
    return perf_counter() - started, response["statusCode"]


def _open_slots(therapist_id: str, client_id: str) -> list[str]:
    """List the open slots of next week, as the page does after a refusal."""
    event = event_of(
        "GET /slots",
        therapist_id=therapist_id,
        client_id=client_id,
        query=f"from={W49.monday}&to={(W49 + 1).monday}",
    )
    response = availability(event, _NO_CONTEXT)
    return [slot["slot_id"] for slot in json.loads(response["body"])["slots"]]
