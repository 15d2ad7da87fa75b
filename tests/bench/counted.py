"""What each call asks of DynamoDB: round trips, and the units that the engine counts, in practices
with ever more years behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from functions.release.handler import lambda_handler as release
from infra.local.environment import TABLES
from openhour import clock
from openhour.store import practices
from tests.bench.engine import Meter, Trip
from tests.bench.figures import Figure
from tests.bench.years import (
    HOURS,
    LAST_DAY,
    OTHERS,
    REGULAR,
    fill,
    open_with_years,
)
from tests.functions.calls import Reply, a_client, a_therapist
from tests.unit.builders import NOW, at

PASTS = (100, 10_000, 50_000)
ROUND_TRIP = 0.010
PATIENCE = 30
"""Seconds: of one round trip, as the budget has it, and of all that one call may make."""
_BOOKED, _MOVED_TO = "20261125T1700Z", "20261125T1800Z"
_FRIDAY = at("2026-11-27 18:00")

Trips = Sequence[Trip]


@dataclass(frozen=True)
class Budget:
    """What a call may ask, in words, and whether it does."""

    words: str
    holds: Callable[[Trips], bool]


@dataclass(frozen=True)
class Counted:
    """A call, and what it asked of DynamoDB."""

    what: str
    trips: Trips
    budget: Budget | None = None


def measure(meter: Meter) -> list[Figure]:
    """A line for each call; where its figures differ with the past, all of them."""
    walks = [Walk(meter, past) for past in PASTS]
    days = [list(walk.some_days()) for walk in walks]
    largest = list(walks[-1].all_weeks())
    return [*(_figure(each) for each in zip(*days, strict=True)), *(_figure([c]) for c in largest)]


def _figure(counted: Sequence[Counted]) -> Figure:
    what, budget = counted[0].what, counted[0].budget
    told = "; ".join(dict.fromkeys(_tell(each.trips) for each in counted))
    if budget is None:
        return Figure(what, told)
    return Figure(what, told, budget.words, met=all(budget.holds(each.trips) for each in counted))


def _tell(trips: Trips) -> str:
    reads = sum(trip.units for trip in trips if trip.reads)
    writes = sum(trip.units for trip in trips if not trip.reads)
    return f"{len(trips)} round trip{'s' * (len(trips) != 1)}, {reads:g} RCU, {writes:g} WCU"


def _asks(*operations: str) -> Callable[[Trips], bool]:
    return lambda trips: [trip.operation for trip in trips] == list(operations)


def _names(trips: Trips, operation: str, table: str) -> int:
    return sum(t.operation == operation and TABLES[table] in t.tables for t in trips)


def _releases(trips: Trips) -> bool:
    queries = _names(trips, "Query", "SlotsTable")
    writes = _names(trips, "TransactWriteItems", "PracticesTable")
    updates = _names(trips, "UpdateItem", "SlotsTable")
    prime = sum(bool(entry["prime"]) for entry in HOURS)
    return queries == writes == 1 and updates == prime and len(trips) == updates + 3


_QUERY = Budget("1 query", _asks("Query"))
_TRANSACTION = Budget("1 transaction", _asks("TransactWriteItems"))
_SWAP = Budget("1 batch, 1 transaction", _asks("BatchGetItem", "TransactWriteItems"))
_ONE_WRITE = Budget("1 write", lambda trips: sum(not trip.reads for trip in trips) == 1)
_RELEASE = Budget("1 query, 1 practice write, 1 update a slot", _releases)
_IN_TIME = Budget(
    f"{PATIENCE} s at {ROUND_TRIP * 1000:g} ms each",
    lambda trips: len(trips) * ROUND_TRIP < PATIENCE,
)


class Walk:
    """The life of a practice with so many appointments in the past, call by call."""

    def __init__(self, meter: Meter, past: int) -> None:
        self._meter = meter
        self._past = past
        self._id = f"t{past:05}"  # of one length, since it counts in every row
        self._therapist = a_therapist(self._id)
        self._client = a_client(self._id, REGULAR)
        self._other = a_client(self._id, OTHERS[0])
        self._reply = Reply(0, {}, "")

    def some_days(self) -> Iterator[Counted]:
        """From the first hours to the release on Friday."""
        clock.set_now(NOW)
        open_with_years(self._id, self._past)
        ada, hours = self._therapist, {"hours": HOURS}
        yield self._ask(ada, "publish 6 weeks of 49 slots", "PUT /practice/hours", hours)
        yield from self._as_client()
        yield from self._as_therapist()
        yield from self._release()

    def _as_client(self) -> Iterator[Counted]:
        week = {"query": "from=2026-11-30&to=2026-12-07"}
        wanted, other = {"slot_id": _BOOKED}, {"slot_id": _MOVED_TO}
        ann = self._client
        yield self._ask(ann, "list the open slots of a week", "GET /slots", budget=_QUERY, **week)
        yield self._ask(ann, "list all open slots", "GET /slots", budget=_QUERY)
        yield self._ask(ann, "book", "POST /appointments", wanted, budget=_TRANSACTION)
        path = self._appointment()
        yield self._ask(ann, "book again what one holds", "POST /appointments", wanted)
        yield self._ask(self._other, "be refused what is taken", "POST /appointments", wanted)
        yield self._ask(ann, "see oneself", "GET /me")
        yield self._ask(ann, "see a page of the past", "GET /appointments", query="past=true")
        yield self._ask(ann, "move", f"POST {path}/move", other, budget=_SWAP)
        path = self._appointment()
        yield self._ask(ann, "cancel", f"DELETE {path}", budget=_SWAP)

    def _as_therapist(self) -> Iterator[Counted]:
        ada, client = self._therapist, f"/practice/clients/{REGULAR}"
        suspended, active = ({"state": s, "reason": None} for s in ("suspended", "active"))
        standing = {
            "client_id": REGULAR,
            "weekday": "wednesday",
            "start": "14:00",
            "every_weeks": 1,
            "first": "2026-11-23",
            "until": None,
        }
        yield self._ask(ada, "read a week's calendar", "GET /practice/calendar")
        yield self._ask(ada, "read 7 clients' records", "GET /practice/clients")
        yield self._ask(ada, "read a client's record and history", f"GET {client}")
        yield self._ask(ada, "suspend", f"PUT {client}/privilege", suspended, budget=_ONE_WRITE)
        yield self._ask(ada, "restore", f"PUT {client}/privilege", active, budget=_ONE_WRITE)
        yield self._ask(ada, "enter a weekly regular", "POST /practice/regulars", standing)
        regular = f"/practice/regulars/{self._reply.body['regular_id']}"
        yield self._ask(ada, "end it again", f"DELETE {regular}")

    def _release(self) -> Iterator[Counted]:
        """Friday evening. The slots are opened first, then what the horizon lacks is published."""
        clock.set_now(_FRIDAY)
        self._meter.read()
        release({"therapist_id": self._id, "scheduled_at": _FRIDAY.isoformat()}, None)
        trips = self._meter.read()
        opened = max(n for n, t in enumerate(trips) if _names([t], "UpdateItem", "SlotsTable"))
        yield Counted("release 14 held slots", trips[: opened + 1], _RELEASE)
        yield Counted("publish the next week of 49 slots", trips[opened + 1 :], _IN_TIME)

    def all_weeks(self) -> Iterator[Counted]:
        """What a therapist can do to all weeks at once."""
        ada = self._therapist
        shorter = {"hours": [{**entry, "minutes": 45} for entry in HOURS]}
        zone, off = {"timezone": "Asia/Kolkata"}, "/practice/time-off"
        span = {"from": NOW.isoformat(), "to": LAST_DAY, "message": None, "cancel_booked": True}
        yield self._ask(ada, "change the hours of 7 weeks of 49", "PUT /practice/hours", shorter)
        yield self._ask(ada, "change the zone over 7 weeks of 49", "PATCH /practice", zone)
        booked = fill(self._id)
        yield self._ask(ada, f"be ill, {booked} sessions cancelled", f"POST {off}", span)
        taken = f"{off}/{self._reply.body['time_off_id']}"
        yield self._ask(ada, "be well again, as many slots freed", f"DELETE {taken}")

    def _ask(
        self,
        who: Any,
        what: str,
        request: str,
        body: Any = None,
        *,
        query: str = "",
        budget: Budget = _IN_TIME,
    ) -> Counted:
        """Make a call that must succeed or be refused, with the settings at hand."""
        practices.read_practice(self._id)
        self._meter.read()
        self._reply = who(request, body, query=query)
        if self._reply.status not in (200, 201, 409):
            raise AssertionError(f"{request}: {self._reply}")
        return Counted(what, self._meter.read(), budget)

    def _appointment(self) -> str:
        body = self._reply.body
        return f"/appointments/{body.get('appointment', body)['appointment_id']}"
