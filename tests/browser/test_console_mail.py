"""What clients want by mail, and addresses from which it comes back, in the console."""

from __future__ import annotations

import re

import pytest

from tests.functions.stopping_mail import bounce

STOP = re.compile("/mail-stop$")


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in."""
    return staff(practice).sign_in()


def nora(practice):
    return practice.therapist("GET", "/practice/clients/nora")


def test_the_list_and_the_record_say_that_mail_comes_back_and_it_is_tried_again(practice, ada):
    bounce(practice.therapist_id, "nora")
    ada.go("clients")
    ada.sees("Mail comes back, weekly")
    ada.page.get_by_role("link", name="Nora Whitfield").click()
    ada.sees("Mail has come back since Dec 2", "Ask for the right one.")
    ada.button("Try again").click()
    ada.toast("Nora Whitfield is mailed again.")
    ada.page.get_by_text("Mail has come back").wait_for(state="detached")
    assert nora(practice)["mail_stopped"] is None


def test_a_lost_answer_to_trying_again_is_no_refusal(practice, ada):
    bounce(practice.therapist_id, "nora")
    ada.go("clients/nora")
    ada.sees("Mail has come back")
    practice.therapist("DELETE", "/practice/clients/nora/mail-stop")
    ada.expected += ("409",)
    ada.button("Try again").click()
    ada.toast("Nora Whitfield is mailed again.")


def test_what_fails_is_said_beside_it(practice, ada):
    bounce(practice.therapist_id, "nora")
    ada.go("clients/nora")
    ada.expected += ("Failed to load resource",)
    ada.page.route(STOP, lambda route: route.abort())
    ada.button("Try again").click()
    ada.sees("No connection")
    assert nora(practice)["mail_stopped"]


def test_a_new_address_is_mailed_again(practice, ada):
    bounce(practice.therapist_id, "nora")
    ada.go("clients/nora")
    ada.button("Change the address").click()
    ada.field("Email").fill("nora@new.example")
    ada.button("Save").click()
    ada.toast("Saved.")
    ada.page.get_by_text("Mail has come back").wait_for(state="detached")
    assert nora(practice)["mail_stopped"] is None


def test_what_a_client_wants_by_mail_is_changed_by_keyboard(practice, ada):
    ada.go("clients/nora")
    ada.sees("Mail with reminders")
    ada.page.get_by_role("button", name="Edit", exact=True).click()
    ada.page.get_by_label("Everything, with reminders").focus()
    ada.page.keyboard.press("ArrowDown")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Space")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.type("Esp")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Enter")
    ada.toast("Saved.")
    ada.sees("Mail only about changes, with calendar entries, in Español")
    saved = nora(practice)
    assert (saved["mail"], saved["calendar_entries"], saved["language"]) == ("changes", True, "es")
    entry = practice.therapist("GET", "/practice/audit-log")["entries"][0]
    assert entry["details"] == ["calendar_entries", "language", "mail"]


def test_a_client_without_mail_is_to_be_called_about_time_off(practice, ada):
    practice.therapist("PATCH", "/practice", {"mail_from": "2026-11-01"})
    practice.therapist("PATCH", "/practice/clients/nora", {"mail": "none"})
    ada.go("clients/nora")
    ada.sees("No mail")
    ada.go("time-off")
    ada.button("Add time off").click()
    ada.page.locator("[name=from]").fill("2026-12-08")
    ada.page.locator("[name=to]").fill("2026-12-08")
    ada.page.locator("[name=cancels]").check()
    ada.sees("1 session is cancelled")
    ada.button("Save").click()
    ada.sees("Nora Whitfield will not be told by us")
    ada.button("Cancel 1 session").click()
    ada.sees("Please call", "wants no mail")
