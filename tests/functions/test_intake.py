"""Intake, as the therapist reads it: the booked share, the limit, and who registered this week."""

import pytest

from tests.functions.registering import ask, join
from tests.functions.slots import CLEO, TUESDAY, WEDNESDAY

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
        "per_day": 20,
        "asked_today": 0,
        "can_mail": True,
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
    join(CLEO)
    later(hours=1)
    join(DAN)
    told = intake()
    assert [(each["name"], each["at"]) for each in told["registered"]] == [
        ("Cleo", "2026-11-23T09:00:00-05:00"),
        ("Dan", "2026-11-23T10:00:00-05:00"),
    ]
    assert (told["count"], told["asked_today"], told["accepting"]) == (2, 2, False)
    later(days=7)
    assert (intake()["registered"], intake()["count"], intake()["asked_today"]) == ([], 0, 0)


def test_a_registration_counts_once_it_is_confirmed(intake):
    ask(CLEO)
    assert (intake()["count"], intake()["asked_today"], intake()["registered"]) == (0, 1, [])


def test_a_full_day_and_a_missing_sender_are_told(intake, therapist, monkeypatch):
    therapist("PATCH /practice", {"registrations_per_day": 1})
    ask(CLEO)
    told = intake()
    assert (told["accepting"], told["asked_today"], told["per_day"]) == (False, 1, 1)
    therapist("PATCH /practice", {"registrations_per_day": 2})
    assert intake()["accepting"]
    monkeypatch.setenv("SENDS_MAIL", "")
    assert (intake()["accepting"], intake()["can_mail"]) == (False, False)


def test_nobody_may_register_while_booking_is_off(intake, therapist):
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert intake()["accepting"] is False
