"""What a client does, as the events that the gateway hands over and the answers of DynamoDB: the
acts whose work is measured. It is Monday 23 November 2026, nine in the morning in New York."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from functions.availability import handler as availability
from functions.booking import handler as booking
from functions.cancellation import handler as cancellation
from infra.local.events import Request, http_event
from infra.local.template import Route
from openhour.rules.weeks import WEEKDAYS, week_of
from openhour.store.mapping import appointment_row, client_row, settings_columns, slot_row
from openhour.store.models import PracticeRow
from tests.unit.builders import (
    NEW_YORK,
    NOW,
    W48,
    a_booking,
    a_client,
    a_practice,
    a_slot,
    an_appointment,
    an_entry,
    at,
    days_ago,
)

Item = dict[str, Any]
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

THERAPIST, CLIENT = "t1", "ann"
LISTED = 30
"""Open slots in a list: five a week for six weeks."""
PRACTICE = a_practice(
    hours=tuple(
        an_entry(f"{weekday} {hour}:30", prime=hour > "16")
        for weekday in WEEKDAYS[:5]
        for hour in ("09", "10", "11", "14", "15", "17", "18")
    ),
    horizon_weeks=6,
    max_per_week=2,
)
WANTED = a_slot("2026-12-01 17:30", prime=True)
HELD = a_booking("2026-11-26 10:30")
CLAIM = an_appointment(HELD.start, made_at=days_ago(9))
ANN = a_client(
    email="ann@example.com",
    phone="+1 212 555 0100",
    login="t1/ann@example.com",
    invited_at=days_ago(90),
    weeks={"2026-W48": 1, "2026-W50": 1},
    notices=(2880, 4320, 10080, 1500),
    revision=40,
)


@dataclass(frozen=True)
class Act:
    """A call of a handler, and DynamoDB's answer to each operation that it asks for."""

    name: str
    handler: Handler
    event: dict[str, Any]
    answers: dict[str, Item]
    status: int
    budget: float | None = None


def practice_item() -> Item:
    """The practice's row, as DynamoDB gives it."""
    columns = {**settings_columns(PRACTICE), "released_through": str(W48)}
    return PracticeRow(THERAPIST, version=9, plan=12, planned=12, **columns).to_dynamodb_dict()


def all_acts() -> Sequence[Act]:
    """What clients do most, in the order of how often they do it."""
    claim = appointment_row(THERAPIST, CLAIM, HELD.week).to_dynamodb_dict()
    client = client_row(THERAPIST, ANN).to_dynamodb_dict()
    wanted = slot_row(THERAPIST, WANTED).to_dynamodb_dict()
    rows = {"openhour-appointments": [claim], "openhour-clients": [client]}
    body = {"slot_id": WANTED.slot_id}
    path = f"/appointments/{CLAIM.appointment_id}"
    named = {"appointment_id": CLAIM.appointment_id}
    return (
        Act(
            f"list {LISTED} open slots",
            availability.lambda_handler,
            event_of("GET /slots", query="from=2026-11-23&to=2027-01-04"),
            {"Query": _page(_openings())},
            200,
        ),
        Act(
            "see oneself, with one appointment",
            availability.lambda_handler,
            event_of("GET /me"),
            {"GetItem": {"Item": client}, "Query": _page([claim])},
            200,
        ),
        Act(
            "book",
            booking.lambda_handler,
            event_of("POST /appointments", body=body),
            {"TransactWriteItems": {}},
            201,
            budget=2.5,
        ),
        Act(
            "cancel",
            cancellation.lambda_handler,
            event_of("DELETE /appointments/{appointment_id}", path=path, named=named),
            {"BatchGetItem": _batch(rows), "TransactWriteItems": {}},
            200,
        ),
        Act(
            "move",
            booking.lambda_handler,
            event_of(
                "POST /appointments/{appointment_id}/move",
                path=f"{path}/move",
                named=named,
                body=body,
            ),
            {
                "BatchGetItem": _batch({**rows, "openhour-slots": [wanted]}),
                "TransactWriteItems": {},
            },
            200,
        ),
    )


def _openings() -> list[Item]:
    starts = (
        at(f"2026-11-24 {hour}:30") + timedelta(weeks=week)
        for week in range(6)
        for hour in ("09", "10", "11", "14", "15")
    )
    slots = (
        a_slot(f"{start.astimezone(NEW_YORK):%Y-%m-%d %H:%M}", week=week_of(start, NEW_YORK))
        for start in starts
    )
    asked = ("slot_id", "minutes")
    rows = (slot_row(THERAPIST, slot).to_dynamodb_dict() for slot in slots)
    return [{name: row[name] for name in asked} for row in rows]


def _page(items: list[Item]) -> Item:
    return {"Items": items, "Count": len(items), "ScannedCount": len(items)}


def _batch(items: dict[str, list[Item]]) -> Item:
    return {"Responses": items, "UnprocessedKeys": {}}


def event_of(
    route: str,
    *,
    therapist_id: str = THERAPIST,
    client_id: str = CLIENT,
    path: str | None = None,
    named: dict[str, str] | None = None,
    query: str = "",
    body: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The event of a client's request: a phone's browser on a therapist's own site."""
    method, pattern = route.split(" ")
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
        path=path or pattern,
        query=query,
        headers=headers,
        body=json.dumps(body).encode() if body else b"",
    )
    route_ = Route(method=method, path=pattern, function="", public=False)
    return http_event(request, route_, named or {}, _claims(therapist_id, client_id))


def _claims(therapist_id: str, client_id: str) -> dict[str, str]:
    """An ID token's claims, as the gateway hands them over."""
    begun = int(NOW.timestamp())
    return {
        "aud": "1example23456789",
        "auth_time": str(begun),
        "cognito:groups": "[clients]",
        "cognito:username": "t1/ann@example.com",
        "custom:client_id": client_id,
        "custom:therapist_id": therapist_id,
        "email": "ann@example.com",
        "email_verified": "true",
        "event_id": "64f513be-32db-42b0-b78e-b02127b4f463",
        "exp": str(begun + 1800),
        "iat": str(begun),
        "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_openhour",
        "jti": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "token_use": "id",
    }
