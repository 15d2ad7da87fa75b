"""A client books, moves and cancels."""

from __future__ import annotations

from tests.browser.practices import NORA, PETER
from tests.browser.scenes import FRIDAY, asked


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


def test_a_client_takes_one_of_the_nearest_times_to_a_lost_one(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    slot = peter.slot_id(FRIDAY)
    peter.button(FRIDAY).click()
    peter.sees("Book this session?")
    practice.client(NORA, "POST", "/appointments", {"slot_id": slot})
    peter.expected += ("409",)
    peter.button("Book session").click()
    peter.sees("This time is gone")
    peter.root.locator("#notice [data-slot]").last.click()
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    booked = practice.therapist("GET", "/practice/clients/peter")["appointments"]
    assert [each["status"] for each in booked] == ["booked"]


def test_a_client_takes_back_what_they_asked_for(practice, visitors):
    peter = visitors(practice)
    asked(practice, peter)
    peter.button("Take it back").click()
    peter.root.get_by_text("You asked for").wait_for(state="hidden")
    assert practice.client(PETER, "GET", "/me")["regular_request"] is None


def test_a_page_that_nobody_looked_at_for_long_is_loaded_anew(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    slot = peter.slot_id(FRIDAY)
    practice.client(NORA, "POST", "/appointments", {"slot_id": slot})
    peter.page.evaluate("""() => {
      const now = Date.now;
      Date.now = () => now() + 600_000;
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    peter.button(FRIDAY).wait_for(state="hidden")


def test_the_practices_privacy_notice_stands_at_the_foot(practice, visitors):
    notice = "https://maple.example/privacy"
    practice.therapist("PATCH", "/practice", {"privacy_url": notice})
    peter = visitors(practice).open()
    link = peter.page.get_by_role("link", name="Privacy")
    assert link.get_attribute("href") == notice


def test_a_link_of_a_mail_leads_to_its_time_once_the_client_has_signed_in(practice, visitors):
    peter = visitors(practice).open("#book=20261204T1800Z")
    peter.give_password(PETER)
    peter.sees("Book this session?", "Friday, December 4")
    assert "#" not in peter.page.url
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    peter.open("#book=20261205T1800Z")
    peter.sees("This time is gone.")
    peter.open("#book=20261204T1800Z")
    peter.heading("Your sessions").wait_for()  # it is Peter's own by now


def test_a_client_chooses_which_mail_to_get(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    peter.button("Peter Novak: menu").click()
    peter.button("Mail").click()
    peter.page.get_by_label("Only what changes").check()
    peter.page.get_by_label("Put a calendar entry into each mail").check()
    peter.button("Save").click()
    peter.sees("Saved.")
    me = practice.client(PETER, "GET", "/me")
    assert (me["mail"], me["calendar_entries"]) == ("changes", True)
