"""Logs hold ids and names of refusals, and nothing that reveals the time of a session."""

from __future__ import annotations

import json

import pytest

from tests.functions.http import ANYBODY
from tests.functions.slots import NEXT_TUESDAY_EVENING, TUESDAY, WEDNESDAY


@pytest.fixture
def logged(written):
    """The lines that have been written since the last look."""
    return lambda: [json.loads(line) for line in written().splitlines()]


def _metrics(lines):
    """The metrics among the lines: name, value, and what they are told apart by."""
    metrics = []
    for line in lines:
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", ()):
            assert directive["Namespace"] == "Openhour"
            by = {name: line[name] for names in directive["Dimensions"] for name in names}
            metrics += [(each["Name"], line[each["Name"]], by) for each in directive["Metrics"]]
    return metrics


def test_a_booking_is_counted_once(ann, logged):
    ann("POST /appointments", {"slot_id": TUESDAY})
    assert _metrics(logged()) == [("Bookings", 1, {})]
    ann("POST /appointments", {"slot_id": TUESDAY})
    assert _metrics(logged()) == []


def test_a_refusal_is_noted_and_counted_by_name(ann, logged):
    ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})
    lines = logged()
    assert _metrics(lines) == [("Refusals", 1, {"refusal": "slot-taken"})]
    entry = lines[0]
    assert entry["refusal"] == "slot-taken"
    assert (entry["therapist_id"], entry["client_id"]) == ("t1", "annt1")
    assert entry["route"] == "POST /appointments"


def test_the_response_names_the_logged_request(ann, logged):
    reply = ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})
    entry = logged()[0]
    assert reply.body["request_id"] == entry["request_id"]
    assert entry["request_id"].endswith("=")  # as the gateway writes it, in base64


def test_the_slots_that_a_release_opens_are_counted(therapist, logged):
    therapist("POST /practice/release")
    assert ("SlotsReleased", 1, {}) in _metrics(logged())


def test_nothing_is_noted_that_tells_who_or_when(ann, therapist, written):
    booked = ann.book(TUESDAY)
    ann(f"DELETE /appointments/{booked}")
    ann(f"DELETE /appointments/{booked}x")
    ann("POST /appointments", {"slot_id": WEDNESDAY + "x"})
    therapist(f"PUT /practice/slots/{WEDNESDAY[:-1]}", {"state": "open"})
    rosa = {"name": "Rosalinde", "email": "ann@example.org", "phone": "86 753"}
    therapist("POST /practice/clients", {**rosa, "invite": True})
    ANYBODY("POST /therapists/t1/registrations", {**rosa, "email": "rosalinde"})
    logged = written()
    assert "refused" in logged
    for secret in (
        TUESDAY,
        WEDNESDAY[:-1],
        "20261124",
        "Rosalinde",
        "rosalinde",
        "example.org",
        "86 753",
    ):
        assert secret not in logged


def test_an_address_in_a_path_is_not_noted(therapist, written):
    therapist("GET /practice/clients/ann.smith@example.org")
    ANYBODY("GET /therapists/ann.smith@example.org")
    logged = written()
    assert ("unknown-client" in logged, "unknown-therapist" in logged) == (True, True)
    assert "smith" not in logged


def test_an_id_that_can_be_none_is_not_noted(written):
    ANYBODY("GET /therapists/a b <script>")
    logged = written()
    assert "unknown-therapist" in logged
    assert "script" not in logged
