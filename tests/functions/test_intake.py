"""Intake, as the therapist reads it: the booked share, the limit, and who registered this week."""

import pytest

from tests.functions.http import ANYBODY
from tests.functions.slots import CLEO, TUESDAY, WEDNESDAY

REGISTER = "POST /therapists/t1/registrations"
DAN = {"name": "Dan", "email": "dan@example.org", "phone": "+1 555 0124"}


@pytest.fixture
def intake(therapist):
    def read():
        reply = therapist("GET /practice/intake")
        assert reply.status == 200
        return reply.body

    return read


def test_an_empty_week_is_open_to_new_clients(intake):
    assert intake() == {
        "now": "2026-11-23T09:00:00-05:00",
        "mode": "auto",
        "share": 0,
        "below": 0.6,
        "weeks": 1,
        "accepting": True,
        "per_week": 2,
        "count": 0,
        "registered": [],
    }


def test_the_share_counts_what_is_booked(intake, ann, therapist):
    ann.book(TUESDAY)
    assert intake()["share"] == pytest.approx(1 / 4)
    therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
    assert intake()["share"] == pytest.approx(1 / 3)
    therapist("PATCH /practice", {"intake_below": 0.3})
    assert (intake()["accepting"], intake()["below"]) == (False, 0.3)


@pytest.mark.parametrize(
    ("changes", "accepting"),
    [({"intake": "open"}, True), ({"intake": "closed"}, False), ({"intake_per_week": 0}, False)],
    ids=str,
)
def test_the_share_is_told_in_every_mode(intake, therapist, ann, changes, accepting):
    ann.book(TUESDAY)
    therapist("PATCH /practice", changes)
    told = intake()
    assert (told["share"], told["accepting"]) == (pytest.approx(1 / 4), accepting)
    assert (told["mode"], told["per_week"]) == (
        changes.get("intake", "auto"),
        changes.get("intake_per_week", 2),
    )


def test_who_registered_this_week_is_listed_in_order(intake, later):
    ANYBODY(REGISTER, CLEO)
    later(hours=1)
    ANYBODY(REGISTER, DAN)
    told = intake()
    assert [(each["name"], each["at"]) for each in told["registered"]] == [
        ("Cleo", "2026-11-23T09:00:00-05:00"),
        ("Dan", "2026-11-23T10:00:00-05:00"),
    ]
    assert (told["count"], told["accepting"]) == (2, False)
    later(days=7)
    assert (intake()["registered"], intake()["count"]) == ([], 0)


def test_a_registration_of_somebody_known_counts_without_a_client(intake):
    ANYBODY(REGISTER, {**CLEO, "name": "Ann", "email": "ann@example.org"})
    assert (intake()["count"], intake()["registered"]) == (1, [])


def test_nobody_may_register_while_booking_is_off(intake, therapist):
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert intake()["accepting"] is False
