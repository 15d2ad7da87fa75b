"""A practice at work, in the tables: what the tests of faults, races and round trips begin
with."""

from __future__ import annotations

from openhour.rules.weeks import slot_id_of
from openhour.use_cases import bookings, calendars, clients, regulars
from openhour.use_cases.hours import set_hours
from openhour.use_cases.therapists import open_practice
from tests.tables import rows
from tests.unit.builders import NOW, a_practice, a_regular, an_entry, at, days_ago

THERAPIST = "t1"
HOURS = (
    an_entry("tuesday 17:30"),
    an_entry("wednesday 17:30", prime=True),
    an_entry("thursday 17:30"),
)


def slot(when: str) -> str:
    """The id of the slot that starts then in New York, written `2026-11-24 17:30`."""
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


def furnish() -> None:
    """Monday morning at Dr. Ada's. Slots on Tuesday, Wednesday (prime) and Thursday at 17:30, this
    week and next, and an extra one on Friday noon. Ann has booked Tuesday, Bea is there every
    Thursday, Cyd and Dan have nothing."""
    open_practice(a_practice(hours=(), intake_weeks=1), now=NOW)
    for name in ("ann", "bea", "cyd", "dan"):
        clients.add_client(
            THERAPIST,
            name=name.capitalize(),
            email=f"{name}@example.com",
            phone=None,
            login=None,
            invite=name != "cyd",
            now=days_ago(20),
            client_id=name,
        )
    set_hours(THERAPIST, HOURS, if_match=None, preview=False, now=NOW)
    regulars.add_regular(
        THERAPIST, a_regular(client_id="bea", when="thursday 17:30"), preview=False, now=NOW
    )
    calendars.open_extra(THERAPIST, start=at("2026-11-27 12:00"), minutes=50, prime=False, now=NOW)
    bookings.book(THERAPIST, "ann", TUESDAY, now=days_ago(2))


def appointment_at(slot_id: str) -> str:
    """The appointment that has the slot."""
    row = rows()["openhour-slots"][(THERAPIST, slot_id)]
    appointment_id: str = row["appointment_id"]["S"]
    return appointment_id


def regular_of(client_id: str) -> str:
    """The id of the client's regular."""
    (regular_id,) = (
        regular_id
        for (_, regular_id), row in rows()["openhour-regulars"].items()
        if row["client_id"]["S"] == client_id
    )
    return regular_id
