"""Responses and logs when DynamoDB is unavailable or an unexpected error occurs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.functions.slots import TUESDAY, WEDNESDAY, WEDNESDAYS
from tests.store.transport import intercepted, request_lost, respond, throttled

SECRET = "ann@example.org"


@pytest.fixture
def transport(monkeypatch):
    """Every request to DynamoDB, with nobody waiting between attempts."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    with intercepted() as transport:
        yield transport


def broken(request, _):
    """An error that no second attempt would mend, and that quotes what was sent."""
    kind = "com.amazonaws.dynamodb.v20120810#ValidationException"
    return respond(request, 400, {"__type": kind, "message": f"bad value: {SECRET}"})


CALLS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("ann", "POST /appointments", {"slot_id": TUESDAY}),
    ("ann", "GET /me", None),
    ("ann", "GET /appointments", None),
    ("ann", "PATCH /me", {"language": "es"}),
    ("ann", "DELETE /me/regular-request", None),
    (
        "ann",
        "PUT /me/regular-request",
        {"appointment_id": f"{WEDNESDAY}-annt1-x", "every_weeks": 1},
    ),
    ("ann", f"DELETE /appointments/{WEDNESDAY}-annt1-x", None),
    ("ann", f"POST /appointments/{WEDNESDAY}-annt1-x/move", {"slot_id": TUESDAY}),
    ("therapist", "GET /practice", None),
    ("therapist", "PATCH /practice", {"name": "Dr. Eve"}),
    ("therapist", "PUT /practice/hours", {"hours": []}),
    ("therapist", "POST /practice/regulars", WEDNESDAYS),
    ("therapist", "GET /practice/clients", None),
    ("therapist", "PUT /practice/clients/annt1/privilege", {"state": "suspended"}),
    ("therapist", "POST /practice/release", None),
]


@pytest.mark.parametrize(("who", "what", "body"), CALLS, ids=[what for _, what, _ in CALLS])
@pytest.mark.parametrize("fault", [throttled, request_lost], ids=["throttled", "no answer"])
def test_an_unavailable_database_is_reported_as_busy(
    callers, unchanged, transport, who, what, body, fault
):
    with unchanged():
        transport.fault_for = lambda _: fault
        reply = callers[who](what, body)
    assert (reply.status, reply.refusal) == (503, "busy")
    assert int(reply.headers["retry-after"]) > 0


def test_busy_includes_the_office_phone(ann, transport):
    ann("GET /slots")
    transport.fault_for = lambda _: throttled
    reply = ann("POST /appointments", {"slot_id": TUESDAY})
    assert (reply.refusal, reply.body["office_phone"]) == ("busy", "+1 555 0100")


@pytest.mark.parametrize(("who", "what", "body"), CALLS, ids=[what for _, what, _ in CALLS])
def test_an_unexpected_error_is_a_500(callers, unchanged, transport, written, who, what, body):
    with unchanged():
        transport.fault_for = lambda _: broken
        reply = callers[who](what, body)
    assert reply.status == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert SECRET not in reply.text
    noted = written()
    assert SECRET not in noted
    assert '"failed"' in noted


def test_an_error_is_logged_with_its_type_and_location(ann, transport, written):
    transport.fault_for = lambda _: broken
    reply = ann("GET /appointments")
    note = json.loads(written().splitlines()[0])
    assert note["request_id"] == reply.body["request_id"] != ""
    assert note["error"]
    assert note["where"]
    assert (note["therapist_id"], note["client_id"]) == ("t1", "annt1")
