"""Mail to the therapist: what is ticked in the settings, by mouse and by keyboard."""

from __future__ import annotations

import pytest

USUAL = [
    *("late-cancellation", "limit-reached", "registered", "regular-asked"),
    *("conflict", "friday", "bounced"),
]


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in, at the settings."""
    ada = staff(practice).sign_in()
    ada.go("settings")
    return ada


def mails(practice):
    return practice.therapist("GET", "/practice")["therapist_mails"]


def test_a_mail_is_chosen_and_another_is_left_out(practice, ada):
    assert mails(practice) == USUAL
    ada.page.get_by_label("Somebody registers").uncheck()
    ada.page.get_by_label("Your day").check()
    ada.sees("Mail to you changed.")
    ada.button("Save").click()
    ada.toast("The settings are saved.")
    assert mails(practice) == [
        *("late-cancellation", "limit-reached", "regular-asked", "conflict"),
        *("friday", "digest", "bounced"),
    ]


def test_a_tick_taken_back_leaves_nothing_to_save(ada):
    friday = ada.page.get_by_label("What opens tonight")
    friday.focus()
    ada.page.keyboard.press("Space")
    ada.button("Save").wait_for()
    ada.page.keyboard.press("Space")
    ada.button("Save").wait_for(state="detached")
    assert friday.is_checked()


def test_ticks_stay_when_somebody_else_has_changed_the_settings(practice, ada):
    ada.expected += ("412",)
    ada.page.get_by_label("Your day").check()
    practice.therapist("PATCH", "/practice", {"place": "Room 2"})
    ada.button("Save").click()
    ada.sees("Somebody else changed this meanwhile.")
    assert ada.page.get_by_label("Your day").is_checked()
    ada.button("Save").click()
    ada.toast("The settings are saved.")
    assert mails(practice) == [*USUAL[:6], "digest", "bounced"]
