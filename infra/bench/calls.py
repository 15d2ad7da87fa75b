"""The client calls that the bench measures: gateway events, and DynamoDB's responses to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from functions.availability import handler as availability
from functions.booking import handler as booking
from functions.cancellation import handler as cancellation
from infra.bench.http import client_claims, find_route
from infra.local.events import Request, http_event
from infra.seed import NEW_YORK, NOW, W48, a_practice, an_entry, at, days_ago
from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.clients import Client
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, slot_id_of, week_of
from openhour.store.mapping import appointment_row, client_row, settings_columns, slot_row
from openhour.store.models import PracticeRow

Item = dict[str, Any]
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

THERAPIST, CLIENT = "t1", "ann"
LISTED = 30
"""Open slots in a list: five a week for six weeks."""
AHEAD = 31
"""Coming appointments of a client: a weekly regular's, as far as the calendar can be published."""
_PRACTICE = a_practice(
    hours=tuple(
        an_entry(f"{weekday} {hour}:30", prime=hour > "16")
        for weekday in WEEKDAYS[:5]
        for hour in ("09", "10", "11", "14", "15", "17", "18")
    ),
    horizon_weeks=6,
    max_per_week=2,
)
_BOOKED = slot_id_of(at("2026-11-26 10:30"))
_APPOINTMENT = Appointment(
    appointment_id=appointment_id_of(_BOOKED, CLIENT, "b1"),
    client_id=CLIENT,
    minutes=50,
    made_at=days_ago(9),
)
_CLIENT = Client(
    client_id=CLIENT,
    name="Ann",
    email="ann@example.com",
    phone="+1 212 555 0100",
    login="t1/ann@example.com",
    invited_at=days_ago(90),
    weeks={"2026-W48": 1, "2026-W50": 1},
    notices=(2880, 4320, 10080, 1500),
    revision=40,
)


@dataclass(frozen=True)
class Call:
    """A handler's event, DynamoDB's response to each operation, and the expected status."""

    name: str
    handler: Handler
    event: dict[str, Any]
    responses: dict[str, Item]
    status: int = 200
    budget: float | None = None
    compared: tuple[str, float] | None = None
    """Another call by name, and how many times its CPU time this one may take."""


def practice_item() -> Item:
    """Return the practice's row as DynamoDB sends it."""
    columns = {**settings_columns(_PRACTICE), "released_through": str(W48)}
    return PracticeRow(THERAPIST, version=9, plan=12, planned=12, **columns).serialize()


def client_calls() -> Sequence[Call]:
    """Return the most frequent client calls, most frequent first."""
    appointment = appointment_row(THERAPIST, _APPOINTMENT, W48).serialize()
    client = client_row(THERAPIST, _CLIENT).serialize()
    wanted = _slot(at("2026-12-01 17:30"), prime=True)
    target = slot_row(THERAPIST, wanted).serialize()
    rows = {"openhour-appointments": [appointment], "openhour-clients": [client]}
    body = {"slot_id": wanted.slot_id}
    path = f"/appointments/{_APPOINTMENT.appointment_id}"
    written: dict[str, Item] = {"TransactWriteItems": {}}
    listing, booked = f"list {LISTED} open slots", "book"
    return (
        Call(
            listing,
            availability.lambda_handler,
            event_of("GET /slots", query="from=2026-11-23&to=2027-01-04"),
            {"GetItem": {"Item": client}, "Query": _page(_openings())},
            budget=1.35,
        ),
        Call(
            f"see oneself, with {AHEAD} appointments",
            availability.lambda_handler,
            event_of("GET /me"),
            {"GetItem": {"Item": client}, "Query": _page(_appointments_ahead())},
            compared=(listing, 1.3),
        ),
        Call(
            f"see one's {AHEAD} appointments",
            availability.lambda_handler,
            event_of("GET /appointments"),
            {"GetItem": {"Item": client}, "Query": _page(_appointments_ahead())},
            compared=(listing, 1.3),
        ),
        Call(
            booked,
            booking.lambda_handler,
            event_of("POST /appointments", body=body),
            written,
            status=201,
            budget=1.1,
        ),
        Call(
            "be refused a taken slot",
            booking.lambda_handler,
            event_of("POST /appointments", body=body),
            {"TransactWriteItems": _taken(wanted)},
            status=409,
            compared=(booked, 1.2),
        ),
        Call(
            "cancel",
            cancellation.lambda_handler,
            event_of(f"DELETE {path}"),
            {"BatchGetItem": _batch(rows), **written},
            compared=(booked, 1.4),
        ),
        Call(
            "move",
            booking.lambda_handler,
            event_of(f"POST {path}/move", body=body),
            {"BatchGetItem": _batch({**rows, "openhour-slots": [target]}), **written},
        ),
    )


def _slot(start: datetime, *, prime: bool = False) -> Slot:
    return Slot(
        slot_id=slot_id_of(start),
        week=week_of(start, NEW_YORK),
        minutes=50,
        state=SlotState.OPEN,
        returns_to=SlotState.OPEN,
        prime=prime,
    )


def _openings() -> list[Item]:
    slots = (
        _slot(at(f"2026-11-24 {hour}:30") + timedelta(weeks=week))
        for week in range(6)
        for hour in ("09", "10", "11", "14", "15")
    )
    rows = (slot_row(THERAPIST, slot).serialize() for slot in slots)
    return [{name: row[name] for name in ("slot_id", "minutes")} for row in rows]


def _appointments_ahead() -> list[Item]:
    rows = []
    for week in range(AHEAD):
        slot = _slot(at("2026-11-26 10:30") + timedelta(weeks=week))
        name = appointment_id_of(slot.slot_id, CLIENT, "b1")
        appointment = replace(_APPOINTMENT, appointment_id=name)
        rows.append(appointment_row(THERAPIST, appointment, slot.week).serialize())
    return rows


def _taken(slot: Slot) -> Item:
    """Return the error of a transaction that found the slot booked by somebody else."""
    booked = replace(
        slot,
        state=SlotState.BOOKED,
        client_id="bob",
        appointment_id=appointment_id_of(slot.slot_id, "bob", "b2"),
    )
    item = slot_row(THERAPIST, booked).serialize()
    return {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled [ConditionalCheckFailed, None, None]",
        "CancellationReasons": [
            {
                "Code": "ConditionalCheckFailed",
                "Message": "The conditional request failed",
                "Item": item,
            },
            {"Code": "None"},
            {"Code": "None"},
        ],
    }


def _page(items: list[Item]) -> Item:
    return {"Items": items, "Count": len(items), "ScannedCount": len(items)}


def _batch(items: dict[str, list[Item]]) -> Item:
    return {"Responses": items, "UnprocessedKeys": {}}


def event_of(
    request_line: str,
    *,
    therapist_id: str = THERAPIST,
    client_id: str = CLIENT,
    query: str = "",
    body: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return the event of a client's request from a phone's browser on a therapist's own site."""
    method, path = request_line.split(" ")
    headers = {
        "accept": "application/json",
        "accept-encoding": "gzip, deflate, br",
        "accept-language": "en-US,en;q=0.9",
        "authorization": f"Bearer {'x' * 900}",
        "host": "abcdefghij.execute-api.us-east-1.amazonaws.com",
        "origin": "https://dr-ada.example",
        "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)",
        "x-amzn-trace-id": "Root=1-6744a1b2-1234567890abcdef12345678",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        **({"content-type": "application/json"} if body else {}),
    }
    request = Request(
        method=method,
        path=path,
        query=query,
        headers=headers,
        body=json.dumps(body).encode() if body else b"",
    )
    route, parameters = find_route(method, path)
    return http_event(request, route, parameters, _claims(therapist_id, client_id))


def _claims(therapist_id: str, client_id: str) -> dict[str, str]:
    """Return the claims of an ID token as the gateway passes them on."""
    issued = int(NOW.timestamp())
    return {
        **client_claims(therapist_id, client_id),
        "auth_time": str(issued),
        "cognito:username": "t1/ann@example.com",
        "email": "ann@example.com",
        "email_verified": "true",
        "event_id": "64f513be-32db-42b0-b78e-b02127b4f463",
        "exp": str(issued + 1800),
        "iat": str(issued),
        "jti": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    }
