"""Another tenant's resources can't be read, changed or detected."""

from __future__ import annotations

import pytest

from tests.functions.http import a_client, a_therapist
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

WEDNESDAYS = {
    "weekday": "wednesday",
    "start": "11:00",
    "first": "2026-11-23",
}


@pytest.fixture
def neighbour(practice):
    """What the other therapist has: a booking, a regular, time off, a slot of their own."""
    zoe, other = a_client("t2", "annt2"), a_therapist("t2")
    return {
        "appointment_id": zoe.book(WEDNESDAY),
        "regular_id": other("POST /practice/regulars", {"client_id": "bobt2", **WEDNESDAYS}).body[
            "regular_id"
        ],
        "time_off_id": other(
            "POST /practice/time-off",
            {"from": "2026-11-24T00:00:00-05:00", "to": "2026-11-25T00:00:00-05:00"},
        ).body["time_off_id"],
        "slot_id": other(
            "POST /practice/slots", {"start": "2026-11-26T10:00:00-05:00", "minutes": 50}
        ).body["slot_id"],
        "client_id": "annt2",
    }


PLACES = [
    ("ann", "POST /appointments", {"slot_id": "{slot_id}"}, "unknown-slot"),
    ("ann", "POST /appointments/{own}/move", {"slot_id": "{slot_id}"}, "unknown-slot"),
    (
        "ann",
        "POST /appointments/{appointment_id}/move",
        {"slot_id": WEDNESDAY_AT_11},
        "unknown-appointment",
    ),
    ("ann", "DELETE /appointments/{appointment_id}", None, "unknown-appointment"),
    ("therapist", "DELETE /practice/appointments/{appointment_id}", None, "unknown-appointment"),
    (
        "therapist",
        "PUT /practice/appointments/{appointment_id}/outcome",
        {"outcome": "kept"},
        "unknown-appointment",
    ),
    ("therapist", "PUT /practice/slots/{slot_id}", {"state": "blocked"}, "unknown-slot"),
    (
        "therapist",
        "POST /practice/appointments",
        {"client_id": "{client_id}", "slot_id": TUESDAY},
        "unknown-client",
    ),
    (
        "therapist",
        "POST /practice/appointments",
        {"client_id": "annt1", "slot_id": "{slot_id}"},
        "unknown-slot",
    ),
    (
        "therapist",
        "POST /practice/regulars",
        {"client_id": "{client_id}", **WEDNESDAYS},
        "unknown-client",
    ),
    (
        "therapist",
        "PUT /practice/regulars/{regular_id}",
        {"client_id": "annt1", **WEDNESDAYS},
        "unknown-regular",
    ),
    ("therapist", "DELETE /practice/regulars/{regular_id}", None, "unknown-regular"),
    ("therapist", "DELETE /practice/time-off/{time_off_id}", None, "unknown-time-off"),
    ("therapist", "GET /practice/clients/{client_id}", None, "unknown-client"),
    ("therapist", "PATCH /practice/clients/{client_id}", {"usual": True}, "unknown-client"),
    ("therapist", "DELETE /practice/clients/{client_id}", None, "unknown-client"),
    ("therapist", "POST /practice/clients/{client_id}/invitation", None, "unknown-client"),
    (
        "therapist",
        "PUT /practice/clients/{client_id}/privilege",
        {"state": "suspended"},
        "unknown-client",
    ),
]


@pytest.mark.parametrize(
    ("who", "what", "body", "refusal"),
    [pytest.param(*place, id=f"{place[1]} {place[2] or ''}") for place in PLACES],
)
def test_another_therapists_id_is_one_of_nothing(
    ann, therapist, neighbour, unchanged, who, what, body, refusal
):
    own = ann.book(NEXT_TUESDAY)
    ids = {**neighbour, "own": own}
    body = body and {
        name: value.format(**ids) if isinstance(value, str) else value
        for name, value in body.items()
    }
    with unchanged():
        reply = {"ann": ann, "therapist": therapist}[who](what.format(**ids), body)
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
def test_nothing_of_the_neighbours_shows(practice, request, ann, therapist, who, what):
    asker = {"ann": ann, "therapist": therapist}[who]
    alone = asker(what).text
    request.getfixturevalue("neighbour")
    assert asker(what).text == alone


def test_calls_to_one_tenant_leave_the_other_unchanged(therapist, ann, neighbour, aws):
    def of_neighbour():
        rows: list[str] = []
        for table in aws.list_tables()["TableNames"]:
            rows += map(str, aws.scan(TableName=table)["Items"])
        return sorted(row for row in rows if "'t2" in row)

    before = of_neighbour()
    assert before
    ann("POST /appointments", {"slot_id": TUESDAY})
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
