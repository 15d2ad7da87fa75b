"""For each function, the event that checks it and what a sound version answers.

A check passes through the handler to the tables, with ids that nobody has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openhour.deployment_check import CHECK, CHECKED, NOBODY

_SLOT_ID = "20200101T0000Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An event, and whether an answer to it is that of a sound version."""

    event: Mapping[str, Any]
    is_sound: Callable[[Any], bool]


def _is_not_found(answer: Any) -> bool:
    """Return whether an HTTP response says 404, since nobody has the id."""
    return isinstance(answer, dict) and answer.get("statusCode") == 404


def _request(method: str, path: str, group: str, **parameters: str) -> Check:
    """Return the check of a function behind HTTP, by a user of a group of Cognito's."""
    claims = {
        "token_use": "id",
        "sub": NOBODY,
        "cognito:groups": f"[{group}]",
        "custom:therapist_id": NOBODY,
        "custom:client_id": NOBODY,
    }
    raw_path = path.format(**parameters)
    http = {"method": method, "path": raw_path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}
    event = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": raw_path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "requestContext": {
            "http": http,
            "requestId": NOBODY,
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "authorizer": {"jwt": {"claims": claims}},
        },
        "pathParameters": parameters,
        "body": json.dumps({"slot_id": _SLOT_ID}) if method == "POST" else "",
        "isBase64Encoded": False,
    }
    return Check(event=event, is_sound=_is_not_found)


def _record(keys: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> Check:
    """Return the check of a stream function: a change of a row that does not exist."""
    images = {"Keys": keys, "OldImage": before, "NewImage": after}
    change: dict[str, Any] = {
        name: {column: {"S": value} for column, value in image.items()}
        for name, image in images.items()
    }
    records = [{"eventName": "MODIFY", "dynamodb": {**change, "SequenceNumber": "1"}}]
    return Check(event={"Records": records}, is_sound=lambda a: a == {"batchItemFailures": []})


_ANSWERED_BY_READING = Check(event=CHECK, is_sound=lambda answer: answer == CHECKED)

CHECKS: Mapping[str, Check] = {
    "AvailabilityFunction": _request("GET", "/slots", "clients"),
    "BookingFunction": _request(
        "POST", "/appointments/{appointment_id}/move", "clients", appointment_id=NOBODY
    ),
    "CancellationFunction": _request(
        "DELETE", "/appointments/{appointment_id}", "clients", appointment_id=NOBODY
    ),
    "RegistrationFunction": _request("GET", "/therapists/{therapist_id}", "", therapist_id=NOBODY),
    "WebFunction": _request("GET", "/book/{therapist_id}", "", therapist_id=NOBODY),
    "PrivilegesFunction": _request("GET", "/practice/clients", "therapists"),
    "PracticeFunction": _request("GET", "/practice", "therapists"),
    "ReleaseFunction": _ANSWERED_BY_READING,
    "ReleaseMonitor": _ANSWERED_BY_READING,
    "PrivilegesStreamFunction": _record(
        {"therapist_id": NOBODY, "client_id": "check"}, {"login": NOBODY}, {}
    ),
    "PracticeStreamFunction": _record(
        {"therapist_id": NOBODY, "slot_id": _SLOT_ID}, {"state": "booked"}, {"state": "blocked"}
    ),
}
"""The check of each function, by its logical id."""
