"""For each function, the event that checks it and what a sound version answers.

A check passes through the handler to the tables, with ids that nobody has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openhour.api.identity import Role
from openhour.deployment_check import CHECK, CHECKED, NOBODY

_SLOT_ID = "20200101T0000Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a function is called with, and whether an answer to it is that of a sound version.

    An HTTP request to a function that serves `role` carries claims of the role's user pool.
    """

    content: Mapping[str, Any]
    is_sound: Callable[[Any], bool]
    role: Role | None = None

    @property
    def event(self) -> Mapping[str, Any]:
        """The event. The names of the pools are read from the environment."""
        if self.role is None:
            return self.content
        claims = {
            "iss": self.role.issuer,
            "aud": self.role.audience,
            "token_use": "id",
            "custom:therapist_id": NOBODY,
            "custom:login_id": NOBODY,
            "custom:client_id": NOBODY,
        }
        context = {**self.content["requestContext"], "authorizer": {"jwt": {"claims": claims}}}
        return {**self.content, "requestContext": context}


def _is_not_found(answer: Any) -> bool:
    """Return whether an HTTP response says 404, since nobody has the id."""
    return isinstance(answer, dict) and answer.get("statusCode") == 404


def _request(
    method: str,
    path: str,
    role: Role | None,
    body: Mapping[str, Any] | None = None,
    **parameters: str,
) -> Check:
    """Return the check of a function behind HTTP, by a user of a role or the public (None)."""
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
        },
        "pathParameters": parameters,
        "body": json.dumps(body) if body else "",
        "isBase64Encoded": False,
    }
    return Check(content=event, is_sound=_is_not_found, role=role)


def _record(
    keys: Mapping[str, str], before: Mapping[str, str | int], after: Mapping[str, str | int]
) -> Check:
    """Return the check of a stream function: a change of a row that does not exist."""
    images = {"Keys": keys, "OldImage": before, "NewImage": after}
    change: dict[str, Any] = {
        name: {
            column: {"N": str(value)} if isinstance(value, int) else {"S": value}
            for column, value in image.items()
        }
        for name, image in images.items()
    }
    records = [{"eventName": "MODIFY", "dynamodb": {**change, "SequenceNumber": "1"}}]
    return Check(content={"Records": records}, is_sound=lambda a: a == {"batchItemFailures": []})


_ANSWERED_BY_READING = Check(content=CHECK, is_sound=lambda answer: answer == CHECKED)

_SESSION_KEYS: dict[str, str] = {
    "owner": f"{NOBODY}#check",
    "appointment_id": f"{_SLOT_ID}-check-1",
}
_PLACED: Mapping[str, str | int] = {
    "therapist_id": NOBODY,
    "week": "2020-W01",
    "minutes": 50,
    "made_at": "2020-01-01T00:00:00.000000+0000",
    "status": "booked",
    "regular_id": "1",
}

CHECKS: Mapping[str, Check] = {
    "AvailabilityFunction": _request("GET", "/slots", Role.CLIENT),
    "BookingFunction": _request(
        "POST",
        "/appointments/{appointment_id}/move",
        Role.CLIENT,
        {"slot_id": _SLOT_ID},
        appointment_id=NOBODY,
    ),
    "CancellationFunction": _request(
        "DELETE", "/appointments/{appointment_id}", Role.CLIENT, appointment_id=NOBODY
    ),
    "RegistrationFunction": _request(
        "GET", "/therapists/{therapist_id}", None, therapist_id=NOBODY
    ),
    "ConfirmationFunction": _request(
        "POST",
        "/therapists/{therapist_id}/invitations",
        None,
        {"email": "nobody@openhour.example"},
        therapist_id=NOBODY,
    ),
    "WebFunction": _request("GET", "/book/{therapist_id}", None, therapist_id=NOBODY),
    "PrivilegesFunction": _request("GET", "/practice/clients", Role.THERAPIST),
    "PracticeFunction": _request("GET", "/practice", Role.THERAPIST),
    "ReleaseFunction": _ANSWERED_BY_READING,
    "ReleaseMonitor": _ANSWERED_BY_READING,
    "PrivilegesStreamFunction": _record(
        {"therapist_id": NOBODY, "client_id": "check"}, {"login": NOBODY}, {}
    ),
    "PracticeStreamFunction": _record(
        {"therapist_id": NOBODY, "slot_id": _SLOT_ID}, {"state": "booked"}, {"state": "blocked"}
    ),
    # A session that a regular has placed is announced to nobody, but reminded of by the settings.
    "NotificationsStreamFunction": _record(_SESSION_KEYS, {}, {**_SESSION_KEYS, **_PLACED}),
    "MailerFunction": _ANSWERED_BY_READING,
    "SweepFunction": _ANSWERED_BY_READING,
    "MailEventsFunction": _ANSWERED_BY_READING,
    "MailPreviewsFunction": _request(
        "GET", "/practice/mail-previews/{kind}", Role.THERAPIST, kind="booked"
    ),
}
"""The check of each function, by its logical id."""
