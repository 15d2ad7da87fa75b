"""What each call asks of DynamoDB: round trips and units, in practices with longer histories."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from functions.release.handler import lambda_handler as release
from infra.bench import http
from infra.bench.history import HOURS, LAST_DAY, OTHERS, REGULAR, book_every_slot, open_with_history
from infra.bench.metering import Meter, RoundTrip, metered_dynamodb
from infra.bench.report import Figure
from infra.local.environment import TABLES
from infra.seed import NOW, at
from openhour import clock
from openhour.store import practices
from openhour.store.audit_log import acting_as

PASTS = (100, 10_000, 50_000)
"""Past appointments of each practice."""
ROUND_TRIP, LIMIT = 0.010, 30
"""Seconds of one round trip, as the budget assumes, and of all that one call may make."""
_FIRST, _SECOND = {"slot_id": "20261125T1700Z"}, {"slot_id": "20261125T1800Z"}
_FRIDAY = at("2026-11-27 18:00")

Trips = Sequence[RoundTrip]


@dataclass(frozen=True)
class Budget:
    """What a call may request, in words and as a predicate."""

    words: str
    holds: Callable[[Trips], bool]


@dataclass(frozen=True)
class Measured:
    """A call and its round trips."""

    what: str
    trips: Trips
    budget: Budget


def measure() -> list[Figure]:
    """Return a line for each call; where its figures depend on the history, all of them.

    Raises:
        DynamoDBLocalUnavailable: DynamoDB Local can't run here.
    """
    with metered_dynamodb() as meter, acting_as("operator:bench"):
        practices_ = [_Practice(meter, past) for past in PASTS]
        weeks = [list(practice.one_week()) for practice in practices_]
        rows = [*zip(*weeks, strict=True), *zip(practices_[-1].all_weeks())]
        return [_figure(row) for row in rows]


def _figure(row: Sequence[Measured]) -> Figure:
    what, budget = row[0].what, row[0].budget
    counts = list(dict.fromkeys(_count_units(each.trips) for each in row))
    return Figure(
        what,
        "; ".join(itertools.starmap(_spell, counts)),
        budget.words,
        met=all(budget.holds(each.trips) for each in row),
        numbers=tuple(itertools.chain.from_iterable(counts)),
    )


def _count_units(trips: Trips) -> tuple[int, float, float]:
    reads = sum(trip.units for trip in trips if trip.is_read)
    writes = sum(trip.units for trip in trips if not trip.is_read)
    return len(trips), reads, writes


def _spell(trips: int, reads: float, writes: float) -> str:
    return f"{trips} round trip{'s' * (trips != 1)}, {reads:g} RCU, {writes:g} WCU"


def _exactly(*operations: str) -> Callable[[Trips], bool]:
    return lambda trips: [trip.operation for trip in trips] == list(operations)


def _is_query_and_read(trips: Trips) -> bool:
    return sorted(trip.operation for trip in trips) == ["GetItem", "Query"]


def _is_read_write_answer(trips: Trips) -> bool:
    read, write, *queries = (trip.operation for trip in trips)
    return (read, write, queries) == ("GetItem", "TransactWriteItems", ["Query", "Query"])


def _count(trips: Trips, operation: str, table: str) -> int:
    return sum(trip.operation == operation and TABLES[table] in trip.tables for trip in trips)


def _is_minimal_release(trips: Trips) -> bool:
    queries = _count(trips, "Query", "SlotsTable")
    writes = _count(trips, "TransactWriteItems", "PracticesTable")
    updates = _count(trips, "UpdateItem", "SlotsTable")
    prime = sum(bool(entry["prime"]) for entry in HOURS)
    return queries == writes == 1 and updates == prime and len(trips) == updates + 3


_QUERY_AND_READ = Budget("1 query and 1 read at once", _is_query_and_read)
_TRANSACTION = Budget("1 transaction", _exactly("TransactWriteItems"))
_BATCH_TRANSACTION = Budget(
    "1 batch, 1 transaction", _exactly("BatchGetItem", "TransactWriteItems")
)
_READ_WRITE_ANSWER = Budget("1 read, 1 transaction, 2 queries at once", _is_read_write_answer)
_RELEASE = Budget("1 query, 1 practice write, 1 update a slot", _is_minimal_release)
_IN_TIME = Budget(
    f"{LIMIT} s at {ROUND_TRIP * 1000:g} ms each", lambda trips: len(trips) * ROUND_TRIP < LIMIT
)


class _Practice:
    """A practice with a number of past appointments, and the calls that are made to it."""

    def __init__(self, meter: Meter, past: int) -> None:
        self._meter = meter
        self._past = past
        self._id = f"t{past:05}"  # of one length, since it counts in every row
        self._therapist = http.therapist_claims(self._id)
        self._client = http.client_claims(self._id, REGULAR)
        self._other = http.client_claims(self._id, OTHERS[0])
        self._response = http.Response(0, {}, "")

    def one_week(self) -> Iterator[Measured]:
        """Make every call from entering the hours to Friday's release."""
        clock.set_now(NOW)
        open_with_history(self._id, self._past)
        hours = {"hours": HOURS}
        yield self._call(
            self._therapist, "publish 6 weeks of 49 slots", "PUT /practice/hours", hours
        )
        yield from self._client_calls()
        yield from self._therapist_calls()
        yield from self._release()

    def _client_calls(self) -> Iterator[Measured]:
        ann, week = self._client, "from=2026-11-30&to=2026-12-07"
        yield self._call(
            ann, "list the open slots of a week", "GET /slots", query=week, budget=_QUERY_AND_READ
        )
        yield self._call(ann, "list all open slots", "GET /slots", budget=_QUERY_AND_READ)
        yield self._call(ann, "book", "POST /appointments", _FIRST, budget=_TRANSACTION)
        path = self._appointment_path()
        yield self._call(ann, "book again what one holds", "POST /appointments", _FIRST)
        yield self._call(
            self._other,
            "be refused what is taken",
            "POST /appointments",
            _FIRST,
            budget=_TRANSACTION,
        )
        yield self._call(ann, "see oneself", "GET /me", budget=_QUERY_AND_READ)
        yield self._call(
            ann,
            "see a page of the past",
            "GET /appointments",
            query="past=true",
            budget=_QUERY_AND_READ,
        )
        yield self._call(ann, "move", f"POST {path}/move", _SECOND, budget=_BATCH_TRANSACTION)
        path = self._appointment_path()
        yield self._call(ann, "cancel", f"DELETE {path}", budget=_BATCH_TRANSACTION)

    def _therapist_calls(self) -> Iterator[Measured]:
        ada, client = self._therapist, f"/practice/clients/{REGULAR}"
        suspended, active = ({"state": s, "reason": None} for s in ("suspended", "active"))
        regular = {
            "client_id": REGULAR,
            "weekday": "wednesday",
            "start": "14:00",
            "every_weeks": 1,
            "first": "2026-11-23",
            "until": None,
        }
        yield self._call(ada, "read a week's calendar", "GET /practice/calendar")
        yield self._call(ada, "read 7 clients' records", "GET /practice/clients")
        yield self._call(ada, "read a client's record and history", f"GET {client}")
        path = f"PUT {client}/privilege"
        yield self._call(ada, "suspend", path, suspended, budget=_READ_WRITE_ANSWER)
        yield self._call(ada, "restore", path, active, budget=_READ_WRITE_ANSWER)
        yield self._call(ada, "enter a weekly regular", "POST /practice/regulars", regular)
        path = f"/practice/regulars/{self._response.body['regular_id']}"
        yield self._call(ada, "end it again", f"DELETE {path}")

    def _release(self) -> Iterator[Measured]:
        """Run Friday's release, which opens slots first and then publishes the next week."""
        clock.set_now(_FRIDAY)
        self._meter.take()
        release({"therapist_id": self._id, "scheduled_at": _FRIDAY.isoformat()}, None)
        trips = self._meter.take()
        last = max(n for n, trip in enumerate(trips) if _count([trip], "UpdateItem", "SlotsTable"))
        yield Measured("release 14 held slots", trips[: last + 1], _RELEASE)
        yield Measured("publish the next week of 49 slots", trips[last + 1 :], _IN_TIME)

    def all_weeks(self) -> Iterator[Measured]:
        """Make the therapist's calls that affect every week at once."""
        ada, off = self._therapist, "/practice/time-off"
        shorter = {"hours": [{**entry, "minutes": 45} for entry in HOURS]}
        zone = {"timezone": "Asia/Kolkata"}
        span = {"from": NOW.isoformat(), "to": LAST_DAY, "message": None, "cancel_booked": True}
        yield self._call(ada, "change the hours of 7 weeks of 49", "PUT /practice/hours", shorter)
        yield self._call(ada, "change the zone over 7 weeks of 49", "PATCH /practice", zone)
        booked = book_every_slot(self._id)
        yield self._call(ada, f"be ill, {booked} sessions cancelled", f"POST {off}", span)
        path = f"{off}/{self._response.body['time_off_id']}"
        yield self._call(ada, "be well again, as many slots freed", f"DELETE {path}")

    def _call(
        self,
        claims: dict[str, str],
        what: str,
        request_line: str,
        body: Any = None,
        *,
        query: str = "",
        budget: Budget = _IN_TIME,
    ) -> Measured:
        """Make a call that succeeds or is refused, with the practice's settings cached."""
        practices.read_practice(self._id)
        self._meter.take()
        _, self._response = http.send(claims, request_line, body, query=query)
        if self._response.status not in (200, 201, 409):
            raise RuntimeError(f"{request_line}: {self._response}")
        return Measured(what, self._meter.take(), budget)

    def _appointment_path(self) -> str:
        body = self._response.body
        return f"/appointments/{body.get('appointment', body)['appointment_id']}"
