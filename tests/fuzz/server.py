"""The fuzzed server: two practices, callers with tokens, and the ids of everything that exists.

It is Wednesday 25 November 2026, noon in New York, so some of the week's sessions are past.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from infra.local.demo import PASSWORD
from infra.local.environment import ACCOUNT, REGION
from infra.local.moto.dynamodb import LOCK
from infra.local.server import RunningServer, running
from infra.seed import seed_client, seed_practice
from openhour import clock
from openhour.store import practices
from tests.dynamodb_backends import Record, Rows, rows
from tests.e2e.http_client import HttpClient
from tests.functions.stopping_mail import bounce
from tests.functions.streams import Stream
from tests.registering import mailed_token
from tests.store.invariants import find_faults, read_tables
from tests.unit.builders import NOW, a_practice, an_entry, at
from tests.user_pools import all_users, replace_users

HERE, THERE = "here", "there"
"""The therapist under test, and the neighbour."""
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
USABLE_WEIGHT = 5
GUS = {"name": "Gus", "email": "gus@example.org"}
"""Somebody who has registered, and may confirm it."""
STREAMED = ("PracticesTable", "SlotsTable", "ClientsTable")

Ids = Mapping[str, tuple[str, ...]]
"""Existing ids by the name of the parameter or field that takes them."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Server:
    """The server and its callers.

    `ids` holds every existing id, `examples` one of each kind that a call can act on, `records` the
    streams' records, and `snapshot` all rows.
    """

    local: RunningServer
    callers: Mapping[str, HttpClient]
    ids: Ids
    examples: Mapping[str, str]
    records: Mapping[str, list[Record]]
    snapshot: bytes

    def rewind(self) -> None:
        """Process the streams, and restore every row and login to the snapshot."""
        self.local.wait_for_streams()
        self.restore()

    def restore(self) -> None:
        """Restore every row and login to the snapshot, with no stream record left to process."""
        with LOCK:
            _restore(pickle.loads(self.snapshot))
        practices.invalidate()
        clock.set_now(NOON)

    def violations(self) -> list[str]:
        """Return violated invariants, and stream records that a function gave up."""
        self.local.wait_for_streams()
        given_up = [
            f"{follower.function.name} gave a record up"
            for follower in self.local.stream_poller.sources
            for _ in follower.dead_letters
        ]
        tables = read_tables(self.rows())
        return [*find_faults(tables, now=clock.now()), *given_up]

    def rows(self) -> Rows:
        """Return the rows of all tables."""
        with LOCK:
            return rows()


def rows_of(therapist_id: str, rows: Rows) -> dict[Any, Any]:
    """Return the rows of one therapist."""
    return {
        (table, key): row
        for table, keyed in rows.items()
        for key, row in keyed.items()
        if key[0].split("#")[0] == therapist_id
    }


@contextmanager
def seeded_server() -> Iterator[Server]:
    """Start the server and seed it.

    Streams are processed only on request and no schedule fires, so only calls change the tables.
    """
    with running(now=NOW) as local:
        local.stream_poller.close()
        local.scheduler_thread.close()
        for therapist_id in (HERE, THERE):
            _open(therapist_id)
        local.wait_for_streams()
        callers = _sign_in_callers(local)
        _create_everything(callers)
        local.wait_for_streams()
        clock.set_now(NOON)
        _mark_missed(callers)
        token = mailed_token(HERE, GUS["email"], now=NOON)
        ids = {**_ids(callers), "token": (token,)}
        examples = {**_examples(callers), "token": token}
        yield Server(
            local=local,
            callers=callers,
            ids=ids,
            examples=examples,
            records={table: Stream(table).new() for table in STREAMED},
            snapshot=pickle.dumps(_take_snapshot()),
        )


def _take_snapshot() -> Any:
    """Return everything that calls may change: moto's rows and users."""
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    return {name: table.items for name, table in tables.items()}, all_users()


def _restore(snapshot: Any) -> None:
    items, users = snapshot
    replace_users(users)
    for name, table in dynamodb_backends[ACCOUNT][REGION].tables.items():
        table.items = items[name]


def _open(therapist_id: str) -> None:
    practice = a_practice(
        therapist_id=therapist_id,
        booking_notice_hours=1,
        intake_weeks=1,
        intake_per_week=50,
        max_per_week=7,
        mail_from=date(2026, 11, 1),
    )
    seed_practice(practice, HOURS)
    for name in CLIENTS:
        seed_client(therapist_id, name, email=f"{name}@example.org")


def _sign_in_callers(local: RunningServer) -> dict[str, HttpClient]:
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


def _call(person: HttpClient, call: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    method, path = call.split(" ")
    answer = person.call(method, path, body)
    assert answer.status < 300, (call, answer)
    return answer.body


def _slot(when: str) -> str:
    return f"{at(when):%Y%m%dT%H%MZ}"


def _create_everything(callers: Mapping[str, HttpClient]) -> None:
    """Create something of every kind in both practices, as of Wednesday noon."""
    therapist, ann, bob = callers["therapist"], callers["client"], callers["other client"]
    wish = {"weekday": "thursday", "start": "10:00", "first": "2026-11-23"}
    for who in (therapist, callers["neighbouring therapist"]):
        _call(who, "POST /practice/regulars", {"client_id": "cleo", **wish})
        again = {"client_id": "eve", **wish, "start": "17:30", "every_weeks": 2}
        ended = _call(who, "POST /practice/regulars", again)
        _call(who, f"DELETE /practice/regulars/{ended['regular_id']}")
        off = {"from": "2026-12-02T13:00:00-05:00", "to": "2026-12-02T20:00:00-05:00"}
        _call(who, "POST /practice/time-off", off)
        extra = {"start": "2026-11-28T10:00:00-05:00", "minutes": 50}
        _call(who, "POST /practice/slots", extra)
    tuesday, wednesday = _slot("2026-11-24 10:00"), _slot("2026-11-25 10:00")
    _call(ann, "POST /appointments", {"slot_id": tuesday})
    _call(bob, "POST /appointments", {"slot_id": wednesday})
    _call(callers["neighbouring client"], "POST /appointments", {"slot_id": wednesday})
    late = _call(ann, "POST /appointments", {"slot_id": _slot("2026-11-25 14:00")})
    clock.set_now(at("2026-11-24 18:00"))
    _call(ann, f"DELETE /appointments/{late['appointment_id']}")
    to_move = _call(ann, "POST /appointments", {"slot_id": _slot("2026-11-28 10:00")})
    to = {"slot_id": _slot("2026-12-01 10:00")}
    moved = _call(ann, f"POST /appointments/{to_move['appointment_id']}/move", to)
    asked = {"appointment_id": moved["appointment"]["appointment_id"], "every_weeks": 2}
    _call(ann, "PUT /me/regular-request", asked)
    _call(bob, "POST /appointments", {"slot_id": _slot("2026-12-02 10:00")})
    blocked = f"PUT /practice/slots/{_slot('2026-11-28 10:00')}"
    _call(therapist, blocked, {"state": "blocked"})
    _call(therapist, "PUT /practice/clients/dan/privilege", {"state": "suspended"})
    bounce(HERE, "eve")
    desk = {"name": "Otto", "email": "otto@example.org", "role": "office"}
    _call(therapist, "POST /practice/logins", desk)
    dan = {"name": "Dan", "email": "dan+2@example.org", "phone": "555 0100"}
    _call(callers["nobody"], f"POST /therapists/{HERE}/registrations", dan)
    _call(callers["nobody"], f"POST /therapists/{HERE}/registrations", {**dan, **GUS})


def _mark_missed(callers: Mapping[str, HttpClient]) -> None:
    """Mark Ann's session on Tuesday as missed."""
    for appointment in _call(callers["client"], "GET /appointments?past=true")["appointments"]:
        if appointment["status"] == "booked":
            outcome = f"PUT /practice/appointments/{appointment['appointment_id']}/outcome"
            _call(callers["therapist"], outcome, {"outcome": "no_show"})


def _ids(callers: Mapping[str, HttpClient]) -> Ids:
    """Collect every id, the neighbour's included; those that a client can use come often."""
    ids_by_name: dict[str, list[str]] = defaultdict(list)
    ids_by_name["therapist_id"] = [HERE, THERE]
    ids_by_name["client_id"] = [*CLIENTS, "zoe"]
    for who in (callers["therapist"], callers["neighbouring therapist"]):
        for client_id in CLIENTS:
            client = _call(who, f"GET /practice/clients/{client_id}")
            ids_by_name["appointment_id"] += [
                each["appointment_id"] for each in client["appointments"]
            ]
        for week in ("2026-W48", "2026-W49"):
            slots = _call(who, f"GET /practice/calendar?week={week}")["slots"]
            ids_by_name["slot_id"] += [slot["slot_id"] for slot in slots]
        listed_things = {
            "regular_id": "regulars",
            "time_off_id": "time-off",
            "registration_id": "registrations",
            "login_id": "logins",
        }
        for name, things in listed_things.items():
            (listed,) = _call(who, f"GET /practice/{things}").values()
            ids_by_name[name] += [each[name] for each in listed]
    ahead = _call(callers["client"], "GET /appointments")["appointments"]
    ids_by_name["appointment_id"] += USABLE_WEIGHT * [each["appointment_id"] for each in ahead]
    ids_by_name["slot_id"] += USABLE_WEIGHT * [
        s["slot_id"] for s in _call(callers["client"], "GET /slots")["slots"]
    ]
    return {name: tuple(ids) for name, ids in ids_by_name.items()}


def _examples(callers: Mapping[str, HttpClient]) -> Mapping[str, str]:
    """Return Ann's next session, a missed one, a bookable slot, a regular and time off."""
    ann, therapist = callers["client"], callers["therapist"]
    past = _call(ann, "GET /appointments?past=true")["appointments"]
    return {
        "appointment_id": next(
            each["appointment_id"]
            for each in _call(ann, "GET /appointments")["appointments"]
            if each["status"] == "booked"
        ),
        "registration_id": _call(therapist, "GET /practice/registrations")["registrations"][0][
            "registration_id"
        ],
        "login_id": _call(therapist, "GET /practice/logins")["logins"][-1]["login_id"],
        "missed": next(a["appointment_id"] for a in past if a["status"] == "no_show"),
        "slot_id": _call(ann, "GET /slots")["slots"][-1]["slot_id"],
        "regular_id": _call(therapist, "GET /practice/regulars")["regulars"][0]["regular_id"],
        "time_off_id": _call(therapist, "GET /practice/time-off")["time_off"][0]["time_off_id"],
    }
