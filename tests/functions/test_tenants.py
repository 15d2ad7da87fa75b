"""Another tenant's resources can't be read, changed or detected."""

from __future__ import annotations

import pytest

from openhour import clock
from tests.dynamodb_backends import remember
from tests.functions.http import a_client, a_therapist
from tests.functions.registering import ask
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    TUESDAY,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAYS,
)
from tests.functions.test_bad_input import each_path
from tests.unit.builders import NOW


@pytest.fixture(scope="module")
def neighbours(two_practices):
    """The other therapist has a booking, a regular, time off and a slot of their own."""
    two_practices()
    clock.set_now(NOW)
    other = a_therapist("t2")
    weekly = {**WEDNESDAYS, "client_id": "bobt2", "start": "11:00"}
    extra = {"start": "2026-11-26T10:00:00-05:00", "minutes": 50}
    other("PATCH /practice", {"intake": "open"})
    other("PUT /practice/clients/bobt2/privilege", {"state": "suspended"})
    returning = {"name": "Bob", "email": "bob+2@example.org", "phone": "+1 555 0123"}
    ask(returning, "t2")
    (registration,) = other("GET /practice/registrations").body["registrations"]
    ids = {
        "unknown-registration": registration["registration_id"],
        "unknown-appointment": a_client("t2", "annt2").book(WEDNESDAY),
        "unknown-regular": other("POST /practice/regulars", weekly).body["regular_id"],
        "unknown-time-off": other("POST /practice/time-off", TUESDAY_OFF).body["time_off_id"],
        "unknown-slot": other("POST /practice/slots", extra).body["slot_id"],
        "unknown-client": "annt2",
        "unknown-login": "login-of-t2",
        "unknown-therapist": "t9",
    }
    return ids, remember()


@pytest.fixture
def neighbour(practice, neighbours):
    """The neighbour's ids, by the refusal of an id that is nobody's."""
    ids, restore = neighbours
    restore()
    return ids


@each_path
def test_another_therapists_id_in_a_path_is_unknown(
    neighbour, callers, unchanged, who, what, body, refusal
):
    with unchanged():
        reply = callers[who](what.format(neighbour[refusal]), body)
    assert (reply.status, reply.refusal) == (404, refusal)


@pytest.mark.parametrize(
    ("who", "what", "body", "field", "refusal"),
    [
        ("ann", "POST /appointments", {}, "slot_id", "unknown-slot"),
        ("ann", "POST /appointments/{own}/move", {}, "slot_id", "unknown-slot"),
        (
            "therapist",
            "POST /practice/appointments",
            {"client_id": "annt1"},
            "slot_id",
            "unknown-slot",
        ),
        (
            "therapist",
            "POST /practice/appointments",
            {"slot_id": TUESDAY},
            "client_id",
            "unknown-client",
        ),
        ("therapist", "POST /practice/regulars", WEDNESDAYS, "client_id", "unknown-client"),
        (
            "ann",
            "PUT /me/regular-request",
            {"every_weeks": 1},
            "appointment_id",
            "unknown-appointment",
        ),
    ],
)
def test_another_therapists_id_in_a_body_is_unknown(
    neighbour, callers, unchanged, who, what, body, field, refusal
):
    own = callers["ann"].book(NEXT_TUESDAY)
    with unchanged():
        reply = callers[who](what.format(own=own), {**body, field: neighbour[refusal]})
    assert (reply.status, reply.refusal) == (404, refusal)


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("ann", "GET /me"),
        ("ann", "GET /slots"),
        ("ann", "GET /appointments"),
        ("therapist", "GET /practice"),
        ("therapist", "GET /practice/regulars"),
        ("therapist", "GET /practice/time-off"),
        ("therapist", "GET /practice/conflicts"),
        ("therapist", "GET /practice/calendar"),
        ("therapist", "GET /practice/release"),
        ("therapist", "GET /practice/clients"),
    ],
    ids=lambda text: text,
)
def test_nothing_of_the_neighbours_shows(two_practices, neighbours, callers, who, what):
    alone = callers[who](what).body
    _, restore = neighbours
    restore()
    among_others = callers[who](what).body
    assert {**among_others, "now": None} == {**alone, "now": None}


def test_calls_to_one_tenant_leave_the_other_unchanged(therapist, ann, neighbour, aws):
    def of_neighbour():
        rows: list[str] = []
        for table in aws.list_tables()["TableNames"]:
            rows += map(str, aws.scan(TableName=table)["Items"])
        return sorted(row for row in rows if "'t2" in row)

    before = of_neighbour()
    assert before
    ann("PUT /me/regular-request", {"appointment_id": ann.book(TUESDAY), "every_weeks": 1})
    ann("PATCH /me", {"language": "es"})
    therapist("POST /practice/release")
    therapist("PUT /practice/hours", {"hours": []})
    therapist("PATCH /practice", {"horizon_weeks": 2})
    therapist("DELETE /practice/clients/annt1")
    assert of_neighbour() == before


def test_the_same_slot_is_each_therapists_own(practice, ann):
    zoe = a_client("t2", "annt2")
    assert ann("POST /appointments", {"slot_id": TUESDAY}).status == 201
    assert zoe("POST /appointments", {"slot_id": TUESDAY}).status == 201


def test_one_person_may_be_a_client_of_two_therapists(therapist):
    twice = {"name": "Ann", "email": "ann2@example.org", "invite": True}
    assert therapist("POST /practice/clients", twice).status == 201
    assert a_therapist("t2")("POST /practice/clients", twice).status == 201


def test_a_token_of_two_tenants_counts_for_the_one_it_names(practice, ann):
    mixed = a_client("t1", "annt2")
    reply = mixed("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})
    assert (reply.status, reply.refusal) == (404, "unknown-client")
