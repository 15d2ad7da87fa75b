"""The office answers the phone: it books and moves, and reads nothing that is private."""

from __future__ import annotations

import pytest

from tests.functions.stopping_mail import bounce

NEW = "Maple-leaves-22"


@pytest.fixture
def otto(practice, staff):
    """Somebody of the office, signed in."""
    login = {"name": "Otto Berg", "email": "otto@example.com", "role": "office"}
    practice.therapist("POST", "/practice/logins", login)
    password = practice.newest_mail("otto@example.com").password
    otto = staff(practice).open()
    otto.give_login("otto@example.com", password)
    otto.fill_in(new_password=NEW)
    otto.button("Continue").click()
    otto.page.locator("openhour-week h1").wait_for()
    otto.sees("Otto Berg")
    return otto


def test_the_office_books_and_cancels_for_a_client(practice, otto):
    otto.cell("Friday, December 4, 1:00").click()
    otto.type_client("nov")
    otto.page.locator("[role=option]").filter(has_text="Peter Novak").wait_for()
    otto.page.keyboard.press("Enter")
    otto.toast("Peter Novak is booked")
    otto.cell("Friday, December 4, 1:00").click()
    otto.button("Cancel").click()
    otto.button("Cancel Peter Novak's session").click()
    otto.toast("Peter Novak's session is cancelled.")


def test_the_office_sees_its_views_alone(otto):
    menu = otto.page.get_by_role("navigation", name="Menu")
    assert menu.get_by_role("link").all_inner_texts() == ["Week", "Friday"]
    otto.go("week/2026-W50")
    otto.cell("Tuesday, December 8, 4:30").click()
    panel = otto.page.locator(".slot-panel")
    panel.get_by_text("Nora Whitfield").wait_for()
    assert panel.get_by_role("link", name="Nora Whitfield").count() == 0
    assert panel.get_by_role("button", name="Make weekly").count() == 0


def test_a_view_that_the_office_may_not_see_says_so(otto):
    otto.expected += ("403",)
    otto.page.evaluate("location.hash = '#/settings'")
    otto.sees("Your login isn't allowed to do this.")


def test_the_office_tries_mail_again_and_changes_what_a_client_wants(practice, otto):
    bounce(practice.therapist_id, "nora")
    otto.page.reload()
    otto.go("week/2026-W50")
    otto.cell("Tuesday, December 8, 4:30").click()
    otto.sees("Mail has come back since Dec 2")
    otto.button("Try again").click()
    otto.toast("Nora Whitfield is mailed again.")
    otto.page.get_by_text("Mail has come back").wait_for(state="detached")
    otto.button("Mail").click()
    otto.waits_for_focus("Everything, with reminders")
    otto.page.keyboard.press("ArrowDown")
    assert otto.faults_of_accessibility() == []
    otto.page.keyboard.press("Enter")
    otto.toast("Saved.")
    assert practice.therapist("GET", "/practice/clients/nora")["mail"] == "changes"
    acts = practice.therapist("GET", "/practice/audit-log")["entries"][:2]
    assert [each["act"] for each in acts] == ["change-client", "resume-mail"]
    assert {each["actor"]["kind"] for each in acts} == {"office"}


def test_the_office_reads_what_mail_looks_like(otto):
    otto.go("mails")
    frame = otto.page.frame_locator("openhour-mail-frame iframe")
    frame.get_by_role("heading", name="Your session is booked").wait_for()
    assert otto.page.get_by_role("link", name="Settings").count() == 0
