"""Thirty-two clients press at a release, each in a process of their own, as each has a function of
their own in AWS. They press for what is still held until it opens, then for whatever is left."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any

from functions.booking.handler import lambda_handler as booking
from functions.release.handler import lambda_handler as release
from openhour import clock
from openhour.rules.weeks import WEEKDAYS
from openhour.store.connections import connection
from openhour.store.models import SlotRow
from openhour.store.queries import query
from openhour.use_cases import clients, hours
from openhour.use_cases.therapists import open_practice
from tests.bench.acts import event_of
from tests.bench.figures import Figure
from tests.unit.builders import NOW, W49, a_practice, an_entry, at

CROWD, ROUNDS, ALONE = 32, 5, 30
"""Clients, releases, and presses of one client alone before each."""
_FRIDAY = at("2026-11-27 18:00")
_HOURS = tuple(
    an_entry(f"{weekday} {start}", prime=True)
    for weekday in WEEKDAYS[:5]
    for start in ("16:30", "17:30")
)
_EARLY = 0.5
"""Seconds for which the crowd presses before the release."""
_MOST_PRESSES = 500
_PATIENCE = 60
_NO_CONTEXT: Any = None


@dataclass(frozen=True)
class Pressed:
    """What one client came to: how long each press took, in seconds, and the slot they got."""

    client_id: str
    seconds: tuple[float, ...]
    statuses: tuple[int, ...]
    got: str | None


@dataclass(frozen=True)
class Round:
    """One release: how long a press takes alone, the crowd, and who has which slot in the end."""

    alone: float
    crowd: tuple[Pressed, ...]
    holders: dict[str, str | None]

    @property
    def kept(self) -> int:
        """The slots that exactly one client was told to have got, who has it in the end."""
        told = Counter(each.got for each in self.crowd)
        got = {each.got: each.client_id for each in self.crowd}
        return sum(told[s] == 1 and got[s] == holder for s, holder in self.holders.items())


def measure() -> list[Figure]:
    """How long a press takes in the crowd, against one alone, and how many got what."""
    rounds = [_round(f"crowd{number}") for number in range(ROUNDS)]
    alone = median(each.alone for each in rounds)
    presses = [client for each in rounds for client in each.crowd]
    percentiles = quantiles((s for client in presses for s in client.seconds), n=100)
    slots, kept = sum(len(each.holders) for each in rounds), sum(each.kept for each in rounds)
    statuses = Counter(status for client in presses for status in client.statuses)
    told = ", ".join(f"{times} answered {status}" for status, times in sorted(statuses.items()))
    what = f"{CROWD} clients at a release"
    return [
        Figure(f"{what}, p50 of a press", f"{percentiles[49] / alone:.1f} times one alone"),
        Figure(f"{what}, p99 of a press", f"{percentiles[98] / alone:.1f} times one alone"),
        Figure(
            f"{what}, {ROUNDS} times, slots with one client each",
            f"{kept} of {slots}: {told}",
            "all",
            met=kept == slots,
        ),
    ]


def _round(therapist_id: str) -> Round:
    _open(therapist_id)
    clock.set_now(_FRIDAY)
    rows = [row for row in query(SlotRow, therapist_id) if row.week == str(W49)]
    wanted = [row.slot_id for row in rows]
    alone = median(_press(therapist_id, "alone", wanted[0])[0] for _ in range(ALONE))
    crowd = _crowd(therapist_id, wanted)
    rows = [row for row in query(SlotRow, therapist_id) if row.week == str(W49)]
    return Round(alone, crowd, {row.slot_id: row.client_id for row in rows})


def _open(therapist_id: str) -> None:
    """Ten held slots next week, none of which is open to anyone yet."""
    practice = a_practice(therapist_id=therapist_id, hours=(), booking_notice_hours=0)
    open_practice(practice, now=NOW)
    hours.set_hours(therapist_id, _HOURS, if_match=None, preview=False, now=NOW)
    for name in ("alone", *_names()):
        clients.add_client(
            therapist_id,
            name=name,
            email=None,
            phone=None,
            login=None,
            invite=False,
            now=NOW,
            client_id=name,
        )


def _names() -> list[str]:
    return [f"client{number}" for number in range(CROWD)]


def _crowd(therapist_id: str, wanted: Sequence[str]) -> tuple[Pressed, ...]:
    fork = multiprocessing.get_context("fork")
    gate, released, answers = fork.Barrier(CROWD + 1), fork.Event(), fork.Queue()
    connection.client.close()  # a socket can't be shared
    people = [
        fork.Process(
            target=_press_on,
            args=(therapist_id, name, wanted[number % len(wanted)], gate, released, answers),
        )
        for number, name in enumerate(_names())
    ]
    for each in people:
        each.start()
    gate.wait(_PATIENCE)
    sleep(_EARLY)
    release({"therapist_id": therapist_id, "scheduled_at": _FRIDAY.isoformat()}, None)
    released.set()
    crowd = tuple(answers.get(timeout=_PATIENCE) for _ in people)
    for each in people:
        each.join(_PATIENCE)
    return crowd


def _press_on(
    therapist_id: str,
    client_id: str,
    slot_id: str,
    gate: Barrier,
    released: Event,
    answers: Queue[Pressed],
) -> None:
    """Press until one has a slot, or the release is over and nothing is open any more."""
    seconds: list[float] = []
    statuses: list[int] = []
    got = None
    _press(therapist_id, client_id, slot_id)  # which opens the connection
    gate.wait(_PATIENCE)
    for _ in range(_MOST_PRESSES):
        over = released.is_set()
        took, status, nearest = _press(therapist_id, client_id, slot_id)
        seconds.append(took)
        statuses.append(status)
        if status == 201:
            got = slot_id
            break
        if over and not nearest:
            break
        slot_id = nearest[0] if nearest else slot_id
    answers.put(Pressed(client_id, tuple(seconds), tuple(statuses), got))


def _press(therapist_id: str, client_id: str, slot_id: str) -> tuple[float, int, list[str]]:
    """Press once: how long it took, the status, and what else is open."""
    event = event_of(
        "POST /appointments",
        therapist_id=therapist_id,
        client_id=client_id,
        body={"slot_id": slot_id},
    )
    begun = perf_counter()
    answer = booking(event, _NO_CONTEXT)
    took = perf_counter() - begun
    nearest = json.loads(answer["body"]).get("nearest", [])
    return took, answer["statusCode"], [slot["slot_id"] for slot in nearest]
