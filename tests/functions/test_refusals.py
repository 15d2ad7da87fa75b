"""Every refusal over HTTP: its status, its message, and that nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openhour.rules.refusals import Busy, Refusal
from tests.functions.http import ANYBODY, Reply, a_client
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NOWHERE,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
)

PHONE = "+1 555 0100"
GONE = f"{WEDNESDAY}-annt1-gone"
WEDNESDAYS = {
    "client_id": "annt1",
    "weekday": "wednesday",
    "start": "10:00",
    "first": "2026-11-23",
}
REFUSALS: dict[str, list[Callable[[Any], Callable[[], Reply]]]] = {}
"""By name: what leads to the refusal, and the call that is refused."""


def refused_as(name):
    """Register a case: a function that arranges it and gives the call."""

    def register(case):
        REFUSALS.setdefault(name, []).append(case)
        return case

    return register


class World:
    """Who and what the cases need."""

    def __init__(self, ann, bob, therapist, go_to):
        self.ann, self.bob, self.therapist, self.go_to = ann, bob, therapist, go_to

    def books(self, client, slot_id):
        return client("POST /appointments", {"slot_id": slot_id}).body["appointment_id"]

    def suspends(self, client_id="annt1"):
        path = f"PUT /practice/clients/{client_id}/privilege"
        self.therapist(path, {"state": "suspended", "reason": "too many"})


@pytest.fixture
def world(ann, bob, therapist, go_to):
    return World(ann, bob, therapist, go_to)


@refused_as("forbidden")
def a_client_asks_for_the_console(world):
    return lambda: world.ann("GET /practice")


@refused_as("forbidden")
def the_therapist_books_as_a_client(world):
    return lambda: world.therapist("POST /appointments", {"slot_id": TUESDAY})


@refused_as("privilege-suspended")
def a_suspended_client_books(world):
    world.suspends()
    return lambda: world.ann("POST /appointments", {"slot_id": TUESDAY})


@refused_as("privilege-suspended")
def a_suspended_client_cancels_what_was_never_there(world):
    world.suspends()
    return lambda: world.ann("DELETE /appointments/nonsense")


@refused_as("self-scheduling-off")
def a_client_books_while_booking_is_off(world):
    world.therapist("PUT /practice/self-scheduling", {"enabled": False})
    return lambda: world.ann("POST /appointments", {"slot_id": TUESDAY})


@refused_as("not-accepting")
def somebody_registers_while_intake_is_closed(world):
    world.therapist("PATCH /practice", {"intake": "closed"})
    cleo = {"name": "Cleo", "email": "cleo@example.org", "phone": "555 0123"}
    return lambda: ANYBODY("POST /therapists/t1/registrations", cleo)


@refused_as("unknown-therapist")
def somebody_looks_for_no_therapist(world):
    return lambda: ANYBODY("GET /therapists/t9")


@refused_as("unknown-slot")
def a_client_books_where_the_hours_have_nothing(world):
    return lambda: world.ann("POST /appointments", {"slot_id": NOWHERE})


@refused_as("unknown-slot")
def the_therapist_sets_a_slot_that_is_not_there(world):
    return lambda: world.therapist(f"PUT /practice/slots/{NOWHERE}", {"state": "open"})


@refused_as("unknown-appointment")
def a_client_cancels_what_was_never_there(world):
    return lambda: world.ann(f"DELETE /appointments/{GONE}")


@refused_as("unknown-appointment")
def a_client_cancels_somebody_elses_session(world):
    booked = world.books(world.bob, WEDNESDAY)
    return lambda: world.ann(f"DELETE /appointments/{booked}")


@refused_as("unknown-appointment")
def a_client_moves_somebody_elses_session(world):
    booked = world.books(world.bob, WEDNESDAY)
    return lambda: world.ann(f"POST /appointments/{booked}/move", {"slot_id": TUESDAY})


@refused_as("unknown-client")
def a_discharged_client_books(world):
    world.therapist("DELETE /practice/clients/annt1")
    return lambda: world.ann("POST /appointments", {"slot_id": TUESDAY})


@refused_as("unknown-client")
def the_therapist_looks_for_no_client(world):
    return lambda: world.therapist("GET /practice/clients/nobody")


@refused_as("unknown-regular")
def the_therapist_ends_no_regular(world):
    return lambda: world.therapist("DELETE /practice/regulars/r9")


@refused_as("unknown-time-off")
def the_therapist_gives_no_time_off_back(world):
    return lambda: world.therapist("DELETE /practice/time-off/t9")


@refused_as("slot-taken")
def a_client_books_what_somebody_has(world):
    world.books(world.bob, WEDNESDAY)
    return lambda: world.ann("POST /appointments", {"slot_id": WEDNESDAY})


@refused_as("slot-taken")
def a_client_books_what_is_held(world):
    return lambda: world.ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING})


@refused_as("slot-taken")
def a_client_books_what_is_blocked(world):
    world.therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
    return lambda: world.ann("POST /appointments", {"slot_id": WEDNESDAY})


@refused_as("slot-taken")
def the_therapist_blocks_what_somebody_has(world):
    world.books(world.bob, WEDNESDAY)
    return lambda: world.therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})


@refused_as("too-soon")
def a_client_books_half_an_hour_before(world):
    world.go_to("2026-11-24T09:30:00-05:00")
    return lambda: world.ann("POST /appointments", {"slot_id": TUESDAY})


@refused_as("weekly-limit")
def a_client_books_twice_in_a_week(world):
    world.books(world.ann, TUESDAY)
    return lambda: world.ann("POST /appointments", {"slot_id": WEDNESDAY})


@refused_as("already-started")
def a_client_books_what_has_begun(world):
    world.go_to("2026-11-24T10:00:00-05:00")
    return lambda: world.ann("POST /appointments", {"slot_id": TUESDAY})


@refused_as("already-started")
def a_client_cancels_what_has_begun(world):
    booked = world.books(world.ann, TUESDAY)
    world.go_to("2026-11-24T10:00:00-05:00")
    return lambda: world.ann(f"DELETE /appointments/{booked}")


@refused_as("not-started")
def the_therapist_marks_what_is_to_come(world):
    booked = world.books(world.ann, TUESDAY)
    path = f"PUT /practice/appointments/{booked}/outcome"
    return lambda: world.therapist(path, {"outcome": "no_show"})


@refused_as("not-ready")
def the_therapist_lets_clients_in_too_early(world):
    world.therapist("PUT /practice/self-scheduling", {"enabled": False})
    return lambda: world.therapist("PUT /practice/self-scheduling", {"enabled": True})


@refused_as("regular-conflict")
def two_regulars_would_meet(world):
    world.therapist("POST /practice/regulars", WEDNESDAYS)
    bobs = {**WEDNESDAYS, "client_id": "bobt1", "every_weeks": 2}
    return lambda: world.therapist("POST /practice/regulars", bobs)


@refused_as("overlap")
def an_extra_opening_overlaps(world):
    extra = {"start": "2026-11-24T10:30:00-05:00", "minutes": 50}
    return lambda: world.therapist("POST /practice/slots", extra)


@refused_as("known-client")
def two_clients_would_share_a_login(world):
    ann = {"name": "Ann", "email": "ann@example.org", "invite": True}
    return lambda: world.therapist("POST /practice/clients", ann)


@refused_as("zone-in-use")
def the_zone_changes_under_a_booking(world):
    world.books(world.ann, NEXT_TUESDAY)
    return lambda: world.therapist("PATCH /practice", {"timezone": "Europe/Berlin"})


@refused_as("stale")
def somebody_else_has_changed_the_settings(world):
    return lambda: world.therapist("PATCH /practice", {"name": "Dr. Eve"}, if_match='"1"')


@refused_as("unsupported-media-type")
def a_client_sends_a_form(world):
    form = {"raw": f"slot_id={TUESDAY}", "content_type": "application/x-www-form-urlencoded"}
    return lambda: world.ann("POST /appointments", **form)


@refused_as("invalid")
def a_client_sends_nothing(world):
    return lambda: world.ann("POST /appointments", {})


CASES = [
    pytest.param(name, case, id=case.__name__.replace("_", " "))
    for name, cases in REFUSALS.items()
    for case in cases
]
STATUS = {refusal.name: refusal.status for refusal in Refusal.__subclasses__()}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_refused_call_changes_nothing(name, case, world, everything):
    call = case(world)
    before = everything()
    reply = call()
    assert everything() == before
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.body["type"] == f"/problems/{name}"
    assert reply.status == reply.body["status"] == STATUS[name]
    assert reply.body["title"]
    assert reply.body["detail"]


def test_every_refusal_has_its_case():
    assert set(REFUSALS) == set(STATUS) - {Busy.name}


BY_CLIENTS = ("a client", "a suspended", "a discharged", "somebody looks", "somebody registers")
CLIENTS = [case for case in CASES if str(case.id).startswith(BY_CLIENTS)]
HARSH = ("strike", "suspend", "privilege", "conduct", "flag", "no-show", "no_show")


@pytest.mark.parametrize(("name", "case"), CLIENTS)
def test_a_client_reads_kind_words(name, case, world):
    problem = case(world)().body
    read = f"{problem['title']} {problem['detail']} {problem.get('errors', '')}".lower()
    assert not [word for word in HARSH if word in read]


@pytest.mark.parametrize("name", ["privilege-suspended", "self-scheduling-off", "not-accepting"])
def test_refusals_include_the_office_phone(name, world):
    problem = REFUSALS[name][0](world)().body
    assert problem["office_phone"] == PHONE
    assert f": {PHONE}" in problem["detail"]


def test_a_suspended_client_is_told_that_the_repeating_times_are_kept(world):
    problem = a_suspended_client_books(world)().body
    assert problem["detail"] == f"Please call us to book: {PHONE}. Your repeating times are kept."


def test_the_therapist_is_not_told_to_call_the_office(world):
    problem = the_therapist_looks_for_no_client(world)().body
    assert "office_phone" not in problem


@pytest.mark.parametrize(
    ("arranged", "name"),
    [
        pytest.param("suspended booking-off", "privilege-suspended", id="suspended, first of all"),
        pytest.param("booking-off", "self-scheduling-off", id="then that booking is off"),
    ],
)
def test_the_first_of_several_reasons_is_given(world, arranged, name):
    world.books(world.bob, WEDNESDAY)
    if "suspended" in arranged:
        world.suspends()
    world.therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert world.ann("POST /appointments", {"slot_id": WEDNESDAY}).refusal == name


def test_a_slot_both_too_soon_and_gone_is_too_soon(world):
    world.books(world.bob, TUESDAY)
    world.books(world.ann, WEDNESDAY)
    world.go_to("2026-11-24T09:30:00-05:00")
    assert world.ann("POST /appointments", {"slot_id": TUESDAY}).refusal == "too-soon"


def test_a_slot_that_is_gone_in_a_full_week_is_gone(world):
    world.books(world.bob, TUESDAY)
    world.books(world.ann, WEDNESDAY)
    assert world.ann("POST /appointments", {"slot_id": TUESDAY}).refusal == "slot-taken"
    assert world.ann("POST /appointments", {"slot_id": TUESDAY_EVENING}).refusal == "weekly-limit"


def test_a_client_without_a_practice_is_known_to_no_therapist(practice):
    reply = a_client("t9", "ann")("POST /appointments", {"slot_id": TUESDAY})
    assert (reply.status, reply.refusal) == (404, "unknown-therapist")
