"""Intake: when new clients may register, and what to do about those who came back."""

from __future__ import annotations

import pytest

CLEO = {"name": "Cleo Hart", "email": "cleo@example.com", "phone": "(802) 555-0177"}


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in."""
    return staff(practice).sign_in()


def test_mode_and_numbers_are_changed_together(practice, ada):
    ada.go("intake")
    ada.sees(
        "New clients may register just now.", "is booked", "The limit, drawn as a line, is 60 %."
    )
    ada.page.get_by_label("Always").check()
    ada.field("Booked share below").fill("101")
    ada.button("Save").click()
    ada.sees("Type a whole number from 0 to 100.")
    ada.waits_for_focus("Booked share below")
    ada.field("Booked share below").fill("45")
    ada.field("New clients a week").fill("4")
    ada.button("Save").click()
    ada.toast("Intake is saved.")
    settings = practice.therapist("GET", "/practice")
    found = [settings[name] for name in ("intake", "intake_below", "intake_per_week")]
    assert found == ["open", 0.45, 4]


def test_what_somebody_else_changed_comes_in_place_and_what_is_typed_stays(practice, ada):
    ada.expected += ("412",)
    ada.go("intake")
    ada.field("New clients a week").fill("5")
    practice.therapist("PATCH", "/practice", {"intake_per_week": 3, "intake_weeks": 1})
    ada.button("Save").click()
    ada.sees("Somebody else changed this meanwhile.", "It was 3.")
    assert ada.field("New clients a week").input_value() == "5"
    assert ada.field("Weeks that count").input_value() == "1"
    ada.button("Save").click()
    ada.toast("Intake is saved.")
    assert practice.therapist("GET", "/practice")["intake_per_week"] == 5


def test_who_registered_this_week_leads_to_the_client(practice, ada):
    practice.confirm(practice.register(CLEO))
    ada.go("intake")
    ada.sees("1 of 2 that you allow.")
    ada.page.get_by_role("link", name="Cleo Hart").click()
    ada.page.locator(".client-title").get_by_text("Cleo Hart").wait_for()
    ada.sees("Registered online")


def test_a_full_week_says_why_nobody_may_register(practice, ada):
    practice.therapist("PATCH", "/practice", {"intake_per_week": 1})
    practice.confirm(practice.register(CLEO))
    ada.go("intake")
    ada.sees("New clients can't register just now.", "1 client has registered this week")


def test_a_full_day_says_why_nobody_may_register(practice, ada):
    practice.register(CLEO)
    ada.go("intake")
    ada.sees("0 of 2 that you allow.")
    ada.field("Registrations a day").fill("1")
    ada.button("Save").click()
    ada.toast("Intake is saved.")
    ada.sees("New clients can't register just now.", "1 person has asked to register today")


def test_somebody_suspended_who_registers_again_is_restored_or_dismissed(practice, ada):
    practice.therapist("PUT", "/practice/clients/peter/privilege", {"state": "suspended"})
    practice.register({**CLEO, "email": "peter@example.com"})
    ada.go("intake")
    ada.sees("1 registered again", "Peter Novak is suspended.")
    ada.button("Restore").click()
    ada.page.locator(".sheet").get_by_role("button", name="Restore").click()
    ada.toast("Peter Novak can book again.")
    ada.button("Dismiss Cleo Hart").click()
    ada.sees("Dismiss Cleo Hart's registration?")
    ada.page.locator(".sheet").get_by_role("button", name="Dismiss").click()
    ada.sees("Nobody who was suspended or discharged has registered again.")
    assert practice.therapist("GET", "/practice/registrations")["registrations"] == []


def test_somebody_discharged_who_registers_again_is_proposed_as_a_new_client(practice, ada):
    practice.therapist("DELETE", "/practice/clients/peter?reason=left")
    practice.register({**CLEO, "email": "peter@example.com"})
    ada.go("intake")
    ada.sees("Peter Novak was discharged (left therapy).")
    ada.button("Add as a new client").click()
    ada.heading("Add clients").wait_for()
    assert ada.field("Name").input_value() == "Cleo Hart"
    assert ada.field("Email").input_value() == "peter@example.com"
