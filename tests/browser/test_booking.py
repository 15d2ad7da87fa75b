"""A client books, moves and cancels."""

from __future__ import annotations

from tests.browser.practices import NORA, PETER


def test_a_client_books_a_session_in_two_taps(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    peter.sees("You have no session booked.", "Open times", "Eastern Time")
    peter.button("Friday, December 4, 1:00 pm").click()
    peter.sees("Book this session?", "218 Maple Street, Room 2", "50 minutes, until 1:50")
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    booked = practice.therapist("GET", "/practice/clients/peter")["appointments"]
    assert [each["start"] for each in booked] == ["2026-12-04T13:00:00-05:00"]


def test_a_regular_sees_the_next_session_first(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.sees("50 minutes, every week")
