"""The practice with which the tests of faults, races and round trips start."""

from __future__ import annotations

from infra.seed import seed_client, seed_practice
from openhour.rules.weeks import slot_id_of
from openhour.use_cases import bookings, calendars, regulars
from tests.dynamodb_backends import rows
from tests.unit.builders import NOW, a_practice, a_regular, an_entry, at, days_ago

THERAPIST = "t1"
HOURS = (
    an_entry("tuesday 17:30"),
    an_entry("wednesday 17:30", prime=True),
    an_entry("thursday 17:30"),
)


def slot(when: str) -> str:
    """Return the id of the slot that starts then in New York, written `2026-11-24 17:30`."""
    return slot_id_of(at(when))


TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_THURSDAY = map(
    slot,
    (
        "2026-11-24 17:30",
        "2026-11-25 17:30",
        "2026-11-26 17:30",
        "2026-11-27 12:00",
        "2026-12-01 17:30",
        "2026-12-02 17:30",
        "2026-12-03 17:30",
    ),
)


def seed() -> None:
    """Store Dr. Ada's practice as of Monday morning.

    Slots start at 17:30 on Tuesday, Wednesday (prime) and Thursday, this week and next; an extra
    slot is on Friday noon. Ann has booked Tuesday, Bea is a regular on Thursdays, Cyd and Dan have
    no sessions.
    """
    seed_practice(a_practice(intake_weeks=1), HOURS)
    for client_id in ("ann", "bea", "cyd", "dan"):
        seed_client(THERAPIST, client_id, now=days_ago(20), invite=client_id != "cyd")
    regulars.add_regular(
        THERAPIST, a_regular(client_id="bea", when="thursday 17:30"), preview=False, now=NOW
    )
    calendars.open_extra(THERAPIST, start=at("2026-11-27 12:00"), minutes=50, prime=False, now=NOW)
    bookings.book(THERAPIST, "ann", TUESDAY, now=days_ago(2))


def appointment_at(slot_id: str) -> str:
    """Return the appointment in a slot."""
    row = rows()["openhour-slots"][(THERAPIST, slot_id)]
    appointment_id: str = row["appointment_id"]["S"]
    return appointment_id


def regular_of(client_id: str) -> str:
    """Return the id of the client's regular."""
    (regular_id,) = (
        regular_id
        for (_, regular_id), row in rows()["openhour-regulars"].items()
        if row["client_id"]["S"] == client_id
    )
    return regular_id
