"""A town: the running server with two practices in it, those who may call it, each with a token of
their own, and the ids of everything there is, so that what is sent at random meets what exists.

It is Wednesday 25 November 2026, noon in New York: of the week's sessions some are over.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from moto.cognitoidp.models import cognitoidp_backends
from moto.dynamodb.models import dynamodb_backends

from infra.local.demo import PASSWORD
from infra.local.environment import ACCOUNT, REGION
from infra.local.moto.dynamodb import LOCK
from infra.local.server import RunningServer, running
from infra.local.user_pool import USER_POOL_ID
from openhour import clock
from openhour.store import practices
from openhour.use_cases import clients
from openhour.use_cases.hours import set_hours
from openhour.use_cases.therapists import open_practice
from tests.e2e.http_client import HttpClient
from tests.functions.records import Stream
from tests.store.invariants import find_faults, read_tables
from tests.tables import Record, Rows, rows
from tests.unit.builders import NOW, a_practice, an_entry, at

HERE, THERE = "here", "there"
"""The two therapists."""
NOON = at("2026-11-25 12:00")
HOURS = (
    an_entry("tuesday 10:00"),
    an_entry("wednesday 10:00"),
    an_entry("wednesday 14:00"),
    an_entry("thursday 10:00"),
    an_entry("thursday 17:30", prime=True),
    an_entry("friday 17:30", prime=True),
)
CLIENTS = ("ann", "bob", "cleo", "dan", "eve")
OFTEN = 5
FOLLOWED = ("PracticesTable", "SlotsTable", "ClientsTable")

Ids = Mapping[str, tuple[str, ...]]
"""What there is, by the name of the parameter or field that takes it."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Town:
    """The server, who calls it, what there is, one of each kind `there` to be acted upon, what the
    tables' streams tell of how that came to be, and all rows as they were then."""

    local: RunningServer
    people: Mapping[str, HttpClient]
    ids: Ids
    there: Mapping[str, str]
    records: Mapping[str, list[Record]]
    kept: Any

    def rewind(self) -> None:
        """Put every row and login back, so that each test meets what there was at first."""
        self.local.wait_for_streams()
        with LOCK:
            _put_back(copy.deepcopy(self.kept))
        practices.invalidate()
        clock.set_now(NOON)

    def faults(self) -> list[str]:
        """What is wrong in the tables, and what followed from them and could not be done."""
        self.local.wait_for_streams()
        given_up = [
            f"{follower.function.name} gave a record up"
            for follower in self.local.stream_poller.sources
            for _ in follower.dead_letters
        ]
        tables = read_tables(self.rows())
        return [*find_faults(tables, now=clock.now()), *given_up]

    def rows(self) -> Rows:
        """What is in the tables now."""
        with LOCK:
            return rows()


@contextmanager
def standing() -> Iterator[Town]:
    """Build the town. Nobody follows the streams but when `Town` settles, and no schedule fires, so
    that between two looks at the tables there is only what was called."""
    with running(now=NOW) as local:
        local.stream_poller.close()
        local.scheduler_thread.close()
        for therapist_id in (HERE, THERE):
            _open(therapist_id)
        local.wait_for_streams()
        people = _people(local)
        _live(people)
        local.wait_for_streams()
        clock.set_now(NOON)
        _miss(people)
        ids, there = _ids(people), _there(people)
        yield Town(
            local=local,
            people=people,
            ids=ids,
            there=there,
            records={table: Stream(table).new() for table in FOLLOWED},
            kept=copy.deepcopy(_keep()),
        )


def _keep() -> Any:
    """Everything that calls may change: moto's rows, users and groups."""
    pool = cognitoidp_backends[ACCOUNT][REGION].user_pools[USER_POOL_ID]
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    return {name: table.items for name, table in tables.items()}, pool.users, pool.groups


def _put_back(kept: Any) -> None:
    pool = cognitoidp_backends[ACCOUNT][REGION].user_pools[USER_POOL_ID]
    items, pool.users, pool.groups = kept
    for name, table in dynamodb_backends[ACCOUNT][REGION].tables.items():
        table.items = items[name]


def _open(therapist_id: str) -> None:
    practice = a_practice(
        therapist_id=therapist_id,
        hours=(),
        booking_notice_hours=1,
        intake_weeks=1,
        intake_per_week=50,
        max_per_week=7,
    )
    open_practice(practice, now=NOW)
    set_hours(therapist_id, HOURS, if_match=None, preview=False, now=NOW)
    for name in CLIENTS:
        clients.add_client(
            therapist_id,
            client_id=name,
            name=name.title(),
            email=f"{name}@example.org",
            phone=None,
            login=None,
            invite=True,
            now=NOW,
        )


def _people(local: RunningServer) -> dict[str, HttpClient]:
    def sign_in(login: str) -> HttpClient:
        return HttpClient(local.base_url, local.sign_in(login, PASSWORD))

    for therapist_id in (HERE, THERE):
        local.add_login(f"{therapist_id}/therapist", PASSWORD, therapist_id=therapist_id)
        for name in CLIENTS:
            local.set_password(f"{therapist_id}/{name}@example.org", PASSWORD)
    return {
        "nobody": HttpClient(local.base_url),
        "stranger": HttpClient(local.base_url, "eyJhbGciOiJub25lIn0.e30."),
        "therapist": sign_in(f"{HERE}/therapist"),
        "neighbouring therapist": sign_in(f"{THERE}/therapist"),
        "client": sign_in(f"{HERE}/ann@example.org"),
        "other client": sign_in(f"{HERE}/bob@example.org"),
        "suspended client": sign_in(f"{HERE}/dan@example.org"),
        "neighbouring client": sign_in(f"{THERE}/ann@example.org"),
    }


def _done(person: HttpClient, call: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    method, path = call.split(" ")
    answer = person.call(method, path, body)
    assert answer.status < 300, (call, answer)
    return answer.body


def _slot(when: str) -> str:
    return f"{at(when):%Y%m%dT%H%MZ}"


def _live(people: Mapping[str, HttpClient]) -> None:
    """What has happened by Wednesday noon, in both practices: something of every kind there is."""
    therapist, ann, bob = people["therapist"], people["client"], people["other client"]
    wish = {"weekday": "thursday", "start": "10:00", "first": "2026-11-23"}
    for who in (therapist, people["neighbouring therapist"]):
        _done(who, "POST /practice/regulars", {"client_id": "cleo", **wish})
        again = {"client_id": "eve", **wish, "start": "17:30", "every_weeks": 2}
        ended = _done(who, "POST /practice/regulars", again)
        _done(who, f"DELETE /practice/regulars/{ended['regular_id']}")
        off = {"from": "2026-12-02T13:00:00-05:00", "to": "2026-12-02T20:00:00-05:00"}
        _done(who, "POST /practice/time-off", off)
        extra = {"start": "2026-11-28T10:00:00-05:00", "minutes": 50}
        _done(who, "POST /practice/slots", extra)
    tuesday, wednesday = _slot("2026-11-24 10:00"), _slot("2026-11-25 10:00")
    _done(ann, "POST /appointments", {"slot_id": tuesday})
    _done(bob, "POST /appointments", {"slot_id": wednesday})
    _done(people["neighbouring client"], "POST /appointments", {"slot_id": wednesday})
    late = _done(ann, "POST /appointments", {"slot_id": _slot("2026-11-25 14:00")})
    clock.set_now(at("2026-11-24 18:00"))
    _done(ann, f"DELETE /appointments/{late['appointment_id']}")
    to_move = _done(ann, "POST /appointments", {"slot_id": _slot("2026-11-28 10:00")})
    to = {"slot_id": _slot("2026-12-01 10:00")}
    _done(ann, f"POST /appointments/{to_move['appointment_id']}/move", to)
    _done(bob, "POST /appointments", {"slot_id": _slot("2026-12-02 10:00")})
    blocked = f"PUT /practice/slots/{_slot('2026-11-28 10:00')}"
    _done(therapist, blocked, {"state": "blocked"})
    _done(therapist, "PUT /practice/clients/dan/privilege", {"state": "suspended"})


def _miss(people: Mapping[str, HttpClient]) -> None:
    """Ann did not come on Tuesday."""
    for appointment in _done(people["client"], "GET /appointments?past=true")["appointments"]:
        if appointment["status"] == "booked":
            outcome = f"PUT /practice/appointments/{appointment['appointment_id']}/outcome"
            _done(people["therapist"], outcome, {"outcome": "no_show"})


def _ids(people: Mapping[str, HttpClient]) -> Ids:
    """What there is, the neighbours' things as well, which are nobody's here. What a client of this
    therapist's could book or give up comes often."""
    found: dict[str, list[str]] = defaultdict(list)
    found["therapist_id"] = [HERE, THERE]
    found["client_id"] = [*CLIENTS, "zoe"]
    for who in (people["therapist"], people["neighbouring therapist"]):
        for client_id in CLIENTS:
            client = _done(who, f"GET /practice/clients/{client_id}")
            found["appointment_id"] += [each["appointment_id"] for each in client["appointments"]]
        for week in ("2026-W48", "2026-W49"):
            slots = _done(who, f"GET /practice/calendar?week={week}")["slots"]
            found["slot_id"] += [slot["slot_id"] for slot in slots]
        for name, things in (("regular_id", "regulars"), ("time_off_id", "time-off")):
            (listed,) = _done(who, f"GET /practice/{things}").values()
            found[name] += [each[name] for each in listed]
    ahead = _done(people["client"], "GET /appointments")["appointments"]
    found["appointment_id"] += OFTEN * [each["appointment_id"] for each in ahead]
    found["slot_id"] += OFTEN * [
        s["slot_id"] for s in _done(people["client"], "GET /slots")["slots"]
    ]
    return {name: tuple(ids) for name, ids in found.items()}


def _there(people: Mapping[str, HttpClient]) -> Mapping[str, str]:
    """Ann's session that is ahead and one that she missed, a slot that she can book, a regular and
    time off of her therapist's."""
    ann, therapist = people["client"], people["therapist"]
    past = _done(ann, "GET /appointments?past=true")["appointments"]
    return {
        "appointment_id": _done(ann, "GET /appointments")["appointments"][0]["appointment_id"],
        "missed": next(a["appointment_id"] for a in past if a["status"] == "no_show"),
        "slot_id": _done(ann, "GET /slots")["slots"][-1]["slot_id"],
        "regular_id": _done(therapist, "GET /practice/regulars")["regulars"][0]["regular_id"],
        "time_off_id": _done(therapist, "GET /practice/time-off")["time_off"][0]["time_off_id"],
    }
