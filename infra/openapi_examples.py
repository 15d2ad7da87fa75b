"""Examples for the OpenAPI document, built from its schemas and one value for each field."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from openhour.api.identity import Role
from openhour.api.messages import message_for
from openhour.api.problems import NOT_FOUND, internal_error_response
from openhour.api.registrations import RECEIVED
from openhour.rules.refusals import Refusal
from openhour.rules.settings import setting_specs, value_to_json

PHONE = "+1 212 555 0100"
_OPENING = {
    "slot_id": "20261124T2230Z",
    "start": "2026-11-24T17:30:00-05:00",
    "end": "2026-11-24T18:20:00-05:00",
}
_EXAMPLES: Mapping[str, Any] = {
    "appointment_id": "20261124T2230Z-client4-9f2c41d7",
    "at": "2026-11-20T09:15:00-05:00",
    "by": "client",
    "cancelled": [],
    "change_policy": "Please tell us a day ahead.",
    "client_id": "client4",
    "client_name": "Dan",
    "cognito_url": "https://cognito-idp.us-east-1.amazonaws.com/",
    "count": 1,
    "crisis_line": "In a crisis, call or text 988.",
    "email": "dan@example.com",
    "ended": [],
    "first": "2026-12-01",
    "from": "21:00",
    "full_weeks": [],
    "limit": 3,
    "login": "dan.parent",
    "login_id": "4be1a7c09d52",
    "made_at": "2026-11-20T09:15:00-05:00",
    "median_notice_hours": 30.5,
    "minutes": 50,
    "name": "Dan",
    "next_at": "2026-11-27T18:00:00-05:00",
    "note": "Window seat",
    "office_phone": PHONE,
    "opened": [_OPENING["slot_id"]],
    "phone": "+1 212 555 0199",
    "phone_note": "We call back by noon.",
    "place": "12 Elm Street, Suite 4",
    "placed": [_OPENING["slot_id"]],
    "practice_name": "Dr. Ada",
    "privacy_url": "https://practice.example/privacy",
    "published": ["2027-W01"],
    "reason": "Third late change",
    "region": "us-east-1",
    "registration_id": "5f0c2c9a",
    "regular_id": "7b1e44d0",
    "release_time": "18:00",
    "release_weekday": "friday",
    "released_through": "2026-W48",
    "skipped": [],
    "slot_id": _OPENING["slot_id"],
    "state": "booked",
    "start": "17:30",
    "therapist_id": "demo",
    "time": "18:00",
    "time_off_id": "c2a90f13",
    "timezone": "America/New_York",
    "to": "08:00",
    "user_pool_id": "us-east-1_Example",
    "week": "2026-W48",
    "weekday": "tuesday",
    "window_days": 90,
}
"""By the name of the field."""
_INSTANTS = {
    **_OPENING,
    "from": "2026-12-24T00:00:00-05:00",
    "to": "2026-12-27T00:00:00-05:00",
    "asked_at": "2026-11-20T09:15:00-05:00",
    "created_at": "2026-09-07T10:00:00-04:00",
    "invited_at": "2026-09-07T10:00:00-04:00",
    "last_session": "2026-11-17T17:30:00-05:00",
    "signed_in": "2026-09-08T19:30:00-04:00",
    "now": "2026-11-23T09:00:00-05:00",
    "cancel_free_until": "2026-11-23T17:30:00-05:00",
    "told_at": "2026-11-23T08:00:00-05:00",
}
"""By the name of a field that is an instant."""
_DATES = {"from": "2026-11-23", "to": "2026-11-30"}
"""By the name of a field that is a local date."""
_NULL = (
    *("discharge_reason", "discharged_at", "ended_at", "ended_by", "max_per_week", "message"),
    *("next", "notice_hours", "outcome", "time_off_id", "until"),
)
"""The names of fields that are null wherever they may be."""
_SETTINGS = {name: value_to_json(spec.default) for name, spec in setting_specs().items()} | {
    "name": "Dr. Ada",
    "office_phone": PHONE,
    "self_scheduling": True,
    "timezone": "America/New_York",
}
_CHANGES: Mapping[str, dict[str, Any]] = {
    "ClientRequest": {"invite": True},
    "Config": {"client_id": "4example"},
    "MailPreview": {
        "sender": "Appointments",
        "address": "appointments@openhour.example",
        "subject": "Appointment confirmed",
        "text": "Your session is booked",
        "html": "<!doctype html><title>Appointment</title><h1>Your session is booked</h1>",
    },
    "PrivilegeRequest": {"state": "suspended"},
    "Registration": {"privilege": "ended", "discharge_reason": "moved_on"},
    "Practice": _SETTINGS,
    "Settings": _SETTINGS,
    "Therapist": _SETTINGS,
}
"""What differs from the fields' examples, by the name of the schema."""
_OF_SCHEMAS: Mapping[str, Any] = {
    "ClientPatch": {"phone": "+1 212 555 0199", "usual": True},
    "Document": {"openapi": "3.1.0"},
    "Received": RECEIVED,
    "SwitchRequest": {"enabled": True, "regulars_entered": True},
    "SettingsPatch": {"office_phone": PHONE, "release": {"weekday": "friday", "time": "18:00"}},
}
"""Whole examples, by the name of the schema."""
_EXTRA: Mapping[str, dict[str, Any]] = {
    "invalid": {"errors": [{"field": "slot_id", "message": "Required."}]},
    "not-ready": {"missing": ["crisis_line", "conflicts"]},
    "login-kept": {"why": "first"},
    "regular-conflict": {"week": "2026-W50"},
}
"""The members that refusals add."""
_CLIENT = {"client": {"client_id": "client5", "name": "Eve"}}
_OBSTACLES: Mapping[str, dict[str, Any]] = {
    "known-client": _CLIENT,
    "overlap": {"slot": {**_OPENING, "state": "open"}},
    "regular-conflict": {**_CLIENT, "regular_id": "7b1e44d0"},
    "slot-taken": {**_CLIENT, "slot": {**_OPENING, "state": "booked"}},
}
"""What a therapist is told of what is in the way."""
_REQUEST_ID = "JKJaXmPLvHcESHA="


def add_examples(operation: dict[str, Any], components: dict[str, Any], role: Role | None) -> None:
    """Add examples to an operation's request and responses, and their values to the components."""
    for status, content in _contents(operation):
        for name, value in _values(status, content, components["schemas"], role).items():
            components["examples"][name] = {"value": value}
            content.setdefault("examples", {})[name] = {"$ref": f"#/components/examples/{name}"}


def refusals_in(response: Mapping[str, Any]) -> list[str]:
    """Return the names of the refusals that a response may be."""
    schema = response["content"].get("application/problem+json", {}).get("schema", {})
    types = schema["allOf"][1]["properties"]["type"]["enum"] if "allOf" in schema else []
    return [each.removeprefix("/problems/") for each in types]


def _contents(operation: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the bodies of an operation, each with the status of its response, or no status."""
    bodies = {"": operation.get("requestBody", {"content": {}}), **operation["responses"]}
    for status, body in bodies.items():
        for content in body["content"].values():
            yield status, content


def _values(
    status: str, content: Mapping[str, Any], schemas: Mapping[str, Any], role: Role | None
) -> dict[str, Any]:
    """Return the examples of a body, by name."""
    if content["schema"].get("type") == "string":
        return {"file": "The text of the file."}
    if "allOf" in content["schema"]:
        refusals = refusals_in({"content": {"application/problem+json": content}})
        return {f"{role or 'public'}.{name}": problem_example(name, role) for name in refusals}
    name = content["schema"]["$ref"].rpartition("/")[2]
    if name == "GatewayMessage":
        return {f"gateway.{status}": {"message": HTTPStatus(int(status)).phrase}}
    if name == "Problem" and status == "404":
        return {"not-found": {**NOT_FOUND, "request_id": _REQUEST_ID}}
    return {name: internal_error_example() if name == "Problem" else _of_reference(name, schemas)}


def problem_example(name: str, role: Role | None) -> dict[str, Any]:
    """Return an example of a refusal, worded for a role or the public (None)."""
    kinds = {each.name: each for each in Refusal.__subclasses__()}
    refusal = kinds[name](**_EXTRA.get(name, {}))
    phone = None if role is Role.THERAPIST else PHONE
    title, detail = message_for(refusal, role=role, phone=phone)
    return {
        "type": f"/problems/{name}",
        "title": title,
        "status": refusal.status,
        "detail": detail,
        **({"office_phone": phone} if phone else {}),
        **refusal.extra,
        **(_OBSTACLES.get(name, {}) if role is Role.THERAPIST else {}),
        "request_id": _REQUEST_ID,
    }


def internal_error_example() -> dict[str, Any]:
    """Return an example of the response to an unexpected error."""
    body = internal_error_response({"requestContext": {"requestId": _REQUEST_ID}}).body
    example: dict[str, Any] = json.loads(body or "")
    return example


def _of_reference(name: str, schemas: Mapping[str, Any]) -> Any:
    if name in _OF_SCHEMAS:
        return _OF_SCHEMAS[name]
    example = _of(schemas[name], "", schemas)
    changes = _CHANGES.get(name, {})
    if not isinstance(example, dict):
        return example
    return example | {field: changes[field] for field in changes.keys() & example.keys()}


def _of(schema: Mapping[str, Any], field: str, schemas: Mapping[str, Any]) -> Any:
    """Return an example of a schema, which is that of a field."""
    choices = schema.get("anyOf", [schema])
    known = _known(field, choices)
    return _from_schema(choices[0], schemas) if known is NotImplemented else known


def _from_schema(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Return the example that a schema itself suggests."""
    if "$ref" in schema:
        return _of_reference(schema["$ref"].rpartition("/")[2], schemas)
    for values in ([schema.get("default")], schema.get("examples"), schema.get("enum")):
        if values and values[0] is not None:
            return values[0]
    if schema["type"] == "object":
        fields = schema["properties"].items()
        return {name: _of(each, name, schemas) for name, each in fields}
    if schema["type"] == "array":
        return [_of(schema["items"], "", schemas)]
    return {"boolean": False, "integer": 1, "number": 0.5, "string": "Closed for holidays."}[
        schema["type"]
    ]


def _known(field: str, choices: list[Mapping[str, Any]]) -> Any:
    """Return the value that the field has in every example, or NotImplemented."""
    first = choices[0]
    if first.get("format") == "date-time" and field in _INSTANTS:
        return _INSTANTS[field]
    if first.get("format") == "date" and field in _DATES:
        return _DATES[field]
    if field in _NULL and {"type": "null"} in choices:
        return None
    if field not in _EXAMPLES or not _allows(_EXAMPLES[field], choices):
        return NotImplemented
    return _EXAMPLES[field]


def _allows(value: Any, choices: list[Mapping[str, Any]]) -> bool:
    """Return whether one of the schemas has the value's type, and its enum, if any, the value."""
    names = {str: "string", int: "integer", float: "number", list: "array", type(None): "null"}
    fitting = [each for each in choices if each.get("type") == names[type(value)]]
    return any(value in each.get("enum", [value]) for each in fitting)
