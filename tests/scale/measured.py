"""What each operation takes, as DynamoDB Local counts it, in the typical practice: its hours, its
regulars, its clients and half a year behind them. The settings are read anew for every call, as in
a function that starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from functions.practice.stream_handler import complete_planning
from functions.release.handler import lambda_handler as release
from infra.local.environment import TABLES
from openhour import clock, login_sync
from openhour.rules.hours import Entry
from openhour.rules.regulars import Regular
from openhour.rules.weeks import start_of
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.store.mapping import appointment_row
from openhour.use_cases import clients, hours, regulars, settings
from openhour.use_cases.therapists import list_therapists, open_practice
from tests.bench.engine import Meter, Trip, metered_engine
from tests.functions.calls import ANYBODY, Caller, Reply, a_client, a_therapist
from tests.scale.habits import TYPICAL
from tests.scale.operations import Operation
from tests.scale.units import Taken, Units
from tests.unit.builders import NOW, a_practice, an_appointment

_THERAPIST, _ANN, _BOB = "t1", "other1", "other2"
_HISTORY = 26
"""Past appointments of a client whose record is read."""
_FRIDAYS = ("2026-11-27T18:00:00-05:00", "2026-12-04T18:00:00-05:00")
"""The second is measured: by then there are past weeks to drop."""
_FENCE = _ROW = 2
"""Units of a row in a transaction; the practice's is the fence."""


def measure() -> Taken:
    """Every operation's units. Raises NoEngine."""
    with metered_engine() as meter, acting_as("operator:scale"):
        clock.set_now(NOW)
        _found()
        return _Walk(meter).walk()


def _found() -> None:
    """The practice with everybody in it, self-scheduling on."""
    open_practice(
        a_practice(therapist_id=_THERAPIST, hours=(), horizon_weeks=6, self_scheduling=False),
        now=NOW,
    )
    hours.set_hours(_THERAPIST, TYPICAL.hours, if_match=None, preview=False, now=NOW)
    rhythms = [1] * TYPICAL.weekly_regulars + [2] * TYPICAL.fortnightly_regulars
    standing = [f"regular{number}" for number in range(len(rhythms))]
    for name in (*standing, *(f"other{number}" for number in range(TYPICAL.others))):
        clients.add_client(
            _THERAPIST,
            name=name.capitalize(),
            email=f"{name}@example.com",
            phone="+1 212 555 0100",
            login=None,
            invite=True,
            now=NOW,
            client_id=name,
        )
    free = _times()
    for name, every_weeks in zip(standing, rhythms, strict=True):
        entry = next(free)
        wish = Regular(
            regular_id="",
            client_id=name,
            weekday=entry.weekday,
            start=entry.start,
            every_weeks=every_weeks,
            first=NOW.date(),
        )
        regulars.add_regular(_THERAPIST, wish, preview=False, now=NOW)
    settings.switch(_THERAPIST, enabled=True, regulars_entered=True, now=NOW)
    for week in range(_HISTORY):
        past = an_appointment(NOW - timedelta(weeks=week + 1), client_id=_ANN)
        appointment_row(_THERAPIST, past, a_practice().week_of(past.start)).save()


def _times() -> Iterator[Entry]:
    """The hours' entries, evenings first, as the therapist gives them away."""
    return iter(sorted(TYPICAL.hours, key=lambda e: (not e.prime, e.start, e.weekday)))


class _Walk:
    """One call after another, each noted with what it takes."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._taken: dict[Operation, Units] = {}
        self._parts: dict[Operation, list[tuple[float, Trip]]] = defaultdict(list)
        self._reply = Reply(0, {}, "")
        self._ann, self._bob = (a_client(_THERAPIST, name) for name in (_ANN, _BOB))
        self._ada = a_therapist(_THERAPIST)

    def walk(self) -> Taken:
        """All of them, in an order in which each succeeds."""
        self._as_clients()
        self._as_public()
        self._as_therapist()
        self._planning()
        self._following()
        return {**self._taken, **{part: _each(part, each) for part, each in self._parts.items()}}

    def _as_clients(self) -> None:
        """List, book, look, be beaten, move, cancel."""
        self._ask(Operation.SLOTS, self._ann, "GET /slots")
        first, second = (slot["slot_id"] for slot in self._reply.body["slots"][:2])
        self._ask(Operation.BOOK, self._ann, "POST /appointments", {"slot_id": first})
        path = f"/appointments/{self._reply.body['appointment_id']}"
        self._ask(Operation.ME, self._ann, "GET /me")
        self._ask(Operation.REFUSED, self._bob, "POST /appointments", {"slot_id": first})
        self._ask(Operation.MOVE, self._ann, f"POST {path}/move", {"slot_id": second})
        path = f"/appointments/{self._reply.body['appointment']['appointment_id']}"
        self._ask(Operation.CANCEL, self._ann, f"DELETE {path}")

    def _as_public(self) -> None:
        """Somebody new looks at the practice, and registers."""
        self._ada("PATCH /practice", {"intake": "open"})
        who = {"name": "Gus", "email": "gus@example.com", "phone": "+1 212 555 0199"}
        path = f"/therapists/{_THERAPIST}"
        self._ask(Operation.THERAPIST, ANYBODY, f"GET {path}")
        self._ask(Operation.REGISTER, ANYBODY, f"POST {path}/registrations", who)

    def _as_therapist(self) -> None:
        """What needs no planning."""
        record = f"/practice/clients/{_ANN}"
        for operation, request in (
            (Operation.PRACTICE, "GET /practice"),
            (Operation.CALENDAR, "GET /practice/calendar?week=2026-W49"),
            (Operation.FORESEE, "GET /practice/release"),
            (Operation.CLIENTS, "GET /practice/clients"),
            (Operation.CLIENT, f"GET {record}"),
        ):
            self._ask(operation, self._ada, request)
        third, fourth = (slot["slot_id"] for slot in self._ann("GET /slots").body["slots"][2:4])
        self._ask(Operation.SET_SLOT, self._ada, f"PUT /practice/slots/{third}", {"state": "held"})
        wish = {"client_id": _ANN, "slot_id": fourth}
        self._ask(Operation.BOOK_FOR, self._ada, "POST /practice/appointments", wish)
        path = f"/practice/appointments/{self._reply.body['appointment_id']}/outcome"
        clock.set_now(start_of(fourth) + timedelta(minutes=50))
        self._ask(Operation.OUTCOME, self._ada, f"PUT {path}", {"outcome": "no_show"})
        clock.set_now(NOW)
        new = {"name": "Hal", "email": "hal@example.com", "invite": True}
        self._ask(Operation.ADD_CLIENT, self._ada, "POST /practice/clients", new)
        state = {"state": "suspended", "reason": None}
        self._ask(Operation.PRIVILEGE, self._ada, f"PUT {record}/privilege", state)

    def _planning(self) -> None:
        """What is followed by planning, whose parts are told apart."""
        off = {
            "from": "2026-12-14T00:00:00-05:00",
            "to": "2026-12-19T00:00:00-05:00",
            "cancel_booked": True,
        }
        placed, ended = Operation.PLACED, Operation.ENDED
        self._plan(Operation.TIME_OFF, "POST /practice/time-off", off, wholes=ended)
        entry = list(_times())[-1]
        wish = {
            "client_id": _BOB,
            "weekday": entry.weekday,
            "start": f"{entry.start:%H:%M}",
            "every_weeks": 1,
            "first": "2026-11-30",
            "until": None,
        }
        self._plan(Operation.ADD_REGULAR, "POST /practice/regulars", wish, wholes=placed)
        path = f"DELETE /practice/regulars/{self._reply.body['regular_id']}"
        self._plan(Operation.END_REGULAR, path, wholes=ended)
        self._plan(Operation.DISCHARGE, "DELETE /practice/clients/regular0", wholes=ended)
        self._release(_FRIDAYS[0])
        trips = self._listen(partial(self._release, _FRIDAYS[1]))
        self._tell_apart(Operation.RELEASE, trips, wholes=placed)

    def _release(self, friday: str) -> None:
        clock.set_now(datetime.fromisoformat(friday))
        release({"therapist_id": _THERAPIST, "scheduled_at": friday}, None)

    def _following(self) -> None:
        """What the followers of the streams read."""
        change = login_sync.ClientChange(
            therapist_id=_THERAPIST, client_id=_ANN, before={"booked": 1}, after={"booked": 2}
        )
        for operation, act in (
            (Operation.FOLLOW_CLIENT, lambda: login_sync.sync(change)),
            (Operation.FOLLOW_PRACTICE, lambda: practices.read_practice(_THERAPIST)),
            (Operation.FOLLOW_SLOT, lambda: complete_planning(_THERAPIST)),
            (Operation.WATCH, lambda: list(list_therapists())),
        ):
            self._taken[operation] = _sum(self._listen(act))

    def _ask(self, operation: Operation, who: Caller, request: str, body: Any = None) -> None:
        self._taken[operation] = _sum(self._call(who, request, body))

    def _plan(
        self, operation: Operation, request: str, body: Any = None, *, wholes: Operation
    ) -> None:
        self._tell_apart(operation, self._call(self._ada, request, body), wholes=wholes)

    def _call(self, who: Caller, request: str, body: Any) -> list[Trip]:
        path, _, query = request.partition("?")

        def call() -> None:
            self._reply = who(path, body, query=query)
            if self._reply.status >= 400 and not self._reply.refusal == "slot-taken":
                raise AssertionError(f"{request}: {self._reply}")

        return self._listen(call)

    def _listen(self, act: Callable[[], object]) -> list[Trip]:
        practices.invalidate()
        self._meter.read()
        act()
        return self._meter.read()

    def _tell_apart(
        self, operation: Operation, trips: Sequence[Trip], *, wholes: Operation
    ) -> None:
        """Note the parts of a planning act apart from what it takes whatever its size; `wholes`:
        what a transaction with an appointment in it did."""
        rest = []
        for trip in trips:
            part = _part_of(trip, releasing=operation is Operation.RELEASE, wholes=wholes)
            if part is None:
                rest.append(trip)
                continue
            rows = (trip.units - _FENCE) / _ROW if part is Operation.PUBLISHED else 1
            self._parts[part].append((rows, trip))
        self._taken[operation] = _sum(rest)


def _part_of(trip: Trip, *, releasing: bool, wholes: Operation) -> Operation | None:
    tables = {name for name, table in TABLES.items() if table in trip.tables}
    if trip.operation == "TransactWriteItems" and {"PracticesTable", "SlotsTable"} <= tables:
        return wholes if "AppointmentsTable" in tables else Operation.PUBLISHED
    if releasing and trip.operation == "UpdateItem" and tables == {"SlotsTable"}:
        return Operation.OPENED
    if releasing and trip.operation in ("GetItem", "UpdateItem") and tables == {"ClientsTable"}:
        return Operation.DROPPED
    return None


def _sum(trips: Sequence[Trip]) -> Units:
    return Units(
        reads=sum(trip.units for trip in trips if trip.reads),
        writes=sum(trip.units for trip in trips if not trip.reads),
        trips=len(trips),
    )


def _each(part: Operation, noted: Sequence[tuple[float, Trip]]) -> Units:
    """What one part takes, of all that were noted: dropping a client's weeks is a read and a
    write."""
    whole = _sum([trip for _, trip in noted])
    times = len(noted) / 2 if part is Operation.DROPPED else sum(rows for rows, _ in noted)
    return Units(reads=whole.reads / times, writes=whole.writes / times, trips=whole.trips / times)
