"""The whole journey by keyboard alone: each step has the focus where the next one begins."""

from __future__ import annotations

from tests.browser.practices import NORA, PASSWORD, PETER
from tests.browser.scenes import FRIDAY, TUESDAY


def tab_to(visitor, name, *, back=False, most=60):
    """Press Tab until the focus is on what has a name that begins like this."""
    for _ in range(most):
        if visitor.focused().replace("\xa0", " ").startswith(name):
            return
        visitor.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no way to {name!r}: the focus is on {visitor.focused()!r}")


def press(visitor, key):
    visitor.page.keyboard.press(key)


def sign_in(visitor, email):
    visitor.open()
    tab_to(visitor, "Email or sign-in name")
    visitor.page.keyboard.type(email)
    press(visitor, "Tab")
    visitor.page.keyboard.type(PASSWORD)
    press(visitor, "Enter")
    visitor.heading("Open times").wait_for()


def test_signing_in_booking_moving_cancelling_and_signing_out(practice, visitors):
    peter = visitors(practice)
    sign_in(peter, PETER)
    tab_to(peter, FRIDAY)
    press(peter, "Enter")
    peter.waits_for_focus("Book this session?")
    tab_to(peter, "Book session", most=3)
    press(peter, "Enter")
    peter.waits_for_focus("You're booked")

    tab_to(peter, f"Move {FRIDAY}", most=3)
    press(peter, "Space")
    peter.sees("stays yours until you do.")
    tab_to(peter, "Friday, December 4, 10:00 am")
    press(peter, "Space")
    peter.waits_for_focus("Move your session here?")
    tab_to(peter, "Move session", most=3)
    press(peter, "Space")
    peter.waits_for_focus("Your session is moved")

    tab_to(peter, "Cancel Friday, December 4, 10:00 am", most=4)
    press(peter, "Enter")
    peter.waits_for_focus("Cancel this session?")
    tab_to(peter, "Cancel session", most=5)
    press(peter, "Enter")
    peter.waits_for_focus("Your session is cancelled")

    tab_to(peter, "Peter Novak: menu", back=True)
    press(peter, "Enter")
    tab_to(peter, "Sign out", most=4)
    press(peter, "Enter")
    peter.heading("Sign in to book").wait_for()


def test_a_question_keeps_the_focus_and_escape_gives_it_back(practice, visitors):
    peter = visitors(practice)
    sign_in(peter, PETER)
    tab_to(peter, FRIDAY)
    press(peter, "Enter")
    peter.waits_for_focus("Book this session?")
    inside = "document.querySelector('.sheet').contains(document.activeElement)"
    for key in ["Tab"] * 6 + ["Shift+Tab"] * 7:
        press(peter, key)
        assert peter.page.evaluate(inside)
    press(peter, "Escape")
    peter.waits_for_focus("Friday, December 4")
    press(peter, "Enter")
    peter.waits_for_focus("Book this session?")
    tab_to(peter, "Choose another time", most=4)
    press(peter, "Enter")
    peter.waits_for_focus("Friday, December 4")


def test_the_focus_walks_from_the_session_to_the_times_and_the_phone(practice, visitors):
    nora = visitors(practice)
    sign_in(nora, NORA)
    nora.page.reload()
    nora.heading("Open times").wait_for()
    order = [
        "Skip to open times",
        "Español",
        "Nora Whitfield: menu",
        f"Move {TUESDAY}",
        f"Cancel {TUESDAY}",
        "All sessions",
        "Thursday, December 3, 9:00 am",
        "Thursday, December 3, 11:00 am",
    ]
    for name in order:
        press(nora, "Tab")
        assert nora.focused().replace("\xa0", " ") == name
    tab_to(nora, "(802) 555-0148")
    tab_to(nora, "988", most=2)


def test_the_skip_link_leads_to_the_times(practice, visitors):
    nora = visitors(practice)
    sign_in(nora, NORA)
    nora.page.reload()
    nora.heading("Open times").wait_for()
    press(nora, "Tab")
    press(nora, "Enter")
    press(nora, "Tab")
    nora.waits_for_focus("Thursday, December 3, 9:00")


def test_later_days_and_weeks_unfold(practice, visitors):
    peter = visitors(practice)
    sign_in(peter, PETER)
    tab_to(peter, "Week of Dec 14")
    press(peter, "Enter")
    press(peter, "Tab")
    assert peter.focused().replace("\xa0", " ") == "Monday, December 14, 11:00 am"
