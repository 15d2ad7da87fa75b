"""Problems: refusals as RFC 9457 `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from openhour import clock
from openhour.api.identity import Role, is_id, read_claims, read_request_id
from openhour.api.messages import message_for
from openhour.api.names import named_client_view
from openhour.api.openings import opening_view
from openhour.api.responses import JsonResponse, to_json
from openhour.rules.refusals import Busy, Obstacle, PrivilegeSuspended, Refusal
from openhour.store.clients import client_names
from openhour.store.practices import cached_practice
from openhour.store.regulars import all_regulars

_RETRY_SECONDS = "2"
NOT_FOUND: Mapping[str, Any] = {
    "type": "/problems/not-found",
    "title": "Not found",
    "status": HTTPStatus.NOT_FOUND.value,
    "detail": "There is nothing at this address, or not with this method.",
}
"""The problem of a request of no known route."""


def problem_response(
    refusal: Refusal, event: Mapping[str, Any], *, role: Role | None
) -> JsonResponse:
    """Return the response of a refusal, worded for the role that the function serves."""
    phone = None if role is Role.THERAPIST else _find_phone(event)
    act = _act(event)
    asks = act == "book" and isinstance(refusal, PrivilegeSuspended)
    title, detail = message_for(
        refusal, role=role, phone=phone, act=act, has_regulars=asks and _has_regulars(event)
    )
    return _problem(
        event,
        refusal.status,
        {
            "type": f"/problems/{refusal.name}",
            "title": title,
            "status": refusal.status,
            "detail": detail,
            **({"office_phone": phone} if phone else {}),
            **refusal.extra,
            **(_obstacle_view(refusal.obstacle, event) if role is Role.THERAPIST else {}),
        },
        {"Retry-After": _RETRY_SECONDS} if isinstance(refusal, Busy) else {},
    )


def not_found_response(event: Mapping[str, Any]) -> JsonResponse:
    """Return the response to a request of no known route. It is not logged: anybody may send it."""
    return _problem(event, HTTPStatus.NOT_FOUND.value, NOT_FOUND)


def internal_error_response(event: Mapping[str, Any]) -> JsonResponse:
    """Return the response to an unexpected error."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR.value
    detail = "Something went wrong on our side. Please try again later."
    return _problem(
        event,
        status,
        {"type": "about:blank", "title": "Our mistake", "status": status, "detail": detail},
    )


def _problem(
    event: Mapping[str, Any],
    status: int,
    body: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    return Response(
        status_code=status,
        content_type="application/problem+json",
        body=to_json({**body, "request_id": read_request_id(event)}),
        headers=headers,
    )


def _act(event: Mapping[str, Any]) -> str:
    """Return what a client wants to do: `book`, `cancel` or `move`."""
    method, _, path = str(event.get("routeKey", "")).partition(" ")
    if method == "DELETE" and path.startswith("/appointments"):
        return "cancel"
    return "move" if path.endswith("/move") else "book"


def _has_regulars(event: Mapping[str, Any]) -> bool:
    """Return whether the client has repeating times, or False if they can't be read."""
    claims = read_claims(event)
    therapist_id, client_id = claims.get("custom:therapist_id"), claims.get("custom:client_id")
    with suppress(Exception):
        today = clock.now().astimezone(cached_practice(str(therapist_id)).zone).date()
        regulars = all_regulars(str(therapist_id))
        return any(each.client_id == client_id and each.lasts(today) for each in regulars)
    return False


def _obstacle_view(obstacle: Obstacle | None, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is in the way of a therapist's act, as members of the problem.

    They are left out if the practice or the client can't be read.
    """
    if obstacle is None:
        return {}
    therapist_id = str(read_claims(event).get("custom:therapist_id"))
    members: dict[str, Any] = {}
    with suppress(Exception):
        slot, client_id = obstacle.slot, obstacle.client_id
        if slot:
            zone = cached_practice(therapist_id).zone
            members["slot"] = {**opening_view(slot, zone), "state": slot.state.value}
        if obstacle.regular_id:
            members["regular_id"] = obstacle.regular_id
        if client_id:
            names = client_names(therapist_id, [client_id])
            members["client"] = named_client_view(client_id, names)
    return members


def _find_phone(event: Mapping[str, Any]) -> str | None:
    """Return the office's phone if the settings can be read."""
    named = (event.get("pathParameters") or {}).get("therapist_id")
    therapist_id = str(read_claims(event).get("custom:therapist_id") or named or "")
    with suppress(Exception):
        return cached_practice(therapist_id).office_phone if is_id(therapist_id) else None
    return None
