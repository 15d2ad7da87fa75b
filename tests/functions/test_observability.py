"""What is noted of each request: ids and the refusal's name, and nothing that tells the hour."""

from __future__ import annotations

import json

import pytest

from tests.functions.http import ANYBODY
from tests.functions.slots import NEXT_TUESDAY_EVENING, TUESDAY, WEDNESDAY


@pytest.fixture
def noted(written):
    """The lines that have been written since the last look."""
    return lambda: [json.loads(line) for line in written().splitlines()]


def _metrics(lines):
    """The metrics among the lines: name, value, and what they are told apart by."""
    found = []
    for line in lines:
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", ()):
            assert directive["Namespace"] == "Openhour"
            by = {name: line[name] for names in directive["Dimensions"] for name in names}
            found += [(each["Name"], line[each["Name"]], by) for each in directive["Metrics"]]
    return found


def test_a_booking_is_counted_once(ann, noted):
    ann("POST /appointments", {"slot_id": TUESDAY})
    assert _metrics(noted()) == [("Bookings", 1, {})]
    ann("POST /appointments", {"slot_id": TUESDAY})
    assert _metrics(noted()) == []


def test_a_refusal_is_noted_and_counted_by_name(ann, noted):
    ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})
    lines = noted()
    assert _metrics(lines) == [("Refusals", 1, {"refusal": "slot-taken"})]
    note = lines[0]
    assert note["refusal"] == "slot-taken"
    assert (note["therapist_id"], note["client_id"]) == ("t1", "annt1")
    assert note["route"] == "POST /appointments"


def test_what_the_client_is_answered_names_the_request_that_is_noted(ann, noted):
    reply = ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})
    note = noted()[0]
    assert reply.body["request_id"] == note["request_id"]
    assert note["request_id"].endswith("=")  # as the gateway writes it, in base64


def test_the_slots_that_a_release_opens_are_counted(therapist, noted):
    therapist("POST /practice/release")
    assert ("SlotsReleased", 1, {}) in _metrics(noted())


def test_nothing_is_noted_that_tells_who_or_when(ann, therapist, written):
    booked = ann("POST /appointments", {"slot_id": TUESDAY}).body["appointment_id"]
    ann(f"DELETE /appointments/{booked}")
    ann(f"DELETE /appointments/{booked}x")
    ann("POST /appointments", {"slot_id": WEDNESDAY + "x"})
    therapist(f"PUT /practice/slots/{WEDNESDAY[:-1]}", {"state": "open"})
    rosa = {"name": "Rosalinde", "email": "ann@example.org", "phone": "86 753"}
    therapist("POST /practice/clients", {**rosa, "invite": True})
    ANYBODY("POST /therapists/t1/registrations", {**rosa, "email": "rosalinde"})
    noted = written()
    assert "refused" in noted
    for told in (
        TUESDAY,
        WEDNESDAY[:-1],
        "20261124",
        "Rosalinde",
        "rosalinde",
        "example.org",
        "86 753",
    ):
        assert told not in noted


def test_an_address_in_a_path_is_not_noted(therapist, written):
    therapist("GET /practice/clients/ann.smith@example.org")
    ANYBODY("GET /therapists/ann.smith@example.org")
    noted = written()
    assert ("unknown-client" in noted, "unknown-therapist" in noted) == (True, True)
    assert "smith" not in noted


def test_an_id_that_can_be_none_is_not_noted(written):
    ANYBODY("GET /therapists/a b <script>")
    noted = written()
    assert "unknown-therapist" in noted
    assert "script" not in noted
