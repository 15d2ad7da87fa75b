"""The therapist runs the week: books, holds, moves, cancels, marks."""

from __future__ import annotations

import pytest

from infra.seed import at
from openhour import clock

FRIDAY = "Friday, December 4, 1:00"
NORAS = "Tuesday, December 8, 4:30"


@pytest.fixture
def ada(practice, staff):
    """A therapist who looks at the week."""
    return staff(practice).sign_in()


def states(practice, week="2026-W49"):
    slots = practice.therapist("GET", f"/practice/calendar?week={week}")["slots"]
    return {slot["start"][:16]: slot["state"] for slot in slots}


def history(practice, client):
    found = practice.therapist("GET", f"/practice/clients/{client}")["appointments"]
    return [(each["start"][:16], each["status"]) for each in found]


def test_a_client_is_booked_by_typing_a_part_of_the_name_and_undone(practice, ada):
    ada.cell(FRIDAY).click()
    ada.sees("Open to clients.")
    ada.type_client("nov")
    ada.page.locator("[role=option]").filter(has_text="Peter Novak").wait_for()
    ada.page.keyboard.press("Enter")
    ada.toast("Peter Novak is booked on Friday, December 4, 1:00")
    assert states(practice)["2026-12-04T13:00"] == "booked"
    ada.button("Undo").click()
    ada.toast("Undone.")
    assert states(practice)["2026-12-04T13:00"] == "open"


def test_the_keyboard_alone_walks_holds_opens_and_blocks(practice, ada):
    ada.page.locator(".cell[tabindex='0']").focus()
    ada.page.keyboard.press("End")
    assert "6:00" in ada.focused()
    ada.page.keyboard.press("ArrowRight")
    assert "Thursday, December 3" in ada.focused()
    ada.page.keyboard.press("Home")
    assert "9:00" in ada.focused()
    for key, state in (("h", "held"), ("b", "blocked"), ("o", "open")):
        ada.page.keyboard.press(key)
        ada.toast(f"Thursday, December 3, 9:00\N{NO-BREAK SPACE}am is {state}.")
        assert states(practice)["2026-12-03T09:00"] == state
        ada.waits_for_focus("Thursday, December 3")
    ada.page.keyboard.press("Control+z")
    ada.toast("Undone.")
    assert states(practice)["2026-12-03T09:00"] == "blocked"


def test_escape_closes_a_slot_and_gives_the_focus_back(ada):
    ada.cell(FRIDAY).focus()
    ada.page.keyboard.press("Enter")
    ada.page.locator("#client-search:focus").wait_for()
    ada.page.keyboard.press("Escape")
    ada.page.locator(".slot-panel").wait_for(state="hidden")
    ada.waits_for_focus("Friday, December 4")


def test_page_down_and_the_address_lead_to_other_weeks(ada):
    ada.page.locator(".cell[tabindex='0']").focus()
    ada.page.keyboard.press("PageDown")
    ada.heading("Dec 7").wait_for()
    ada.page.go_back()
    ada.heading("Nov 30").wait_for()
    ada.button("Go to a date").click()
    ada.page.locator("[name=date]").fill("2026-12-16")
    ada.heading("Dec 14").wait_for()
    ada.page.get_by_role("link", name="Today").click()
    ada.heading("Nov 30").wait_for()


def test_a_session_is_cancelled_in_the_clients_name_and_told_yesterday(practice, ada):
    clock.set_now(at("2026-12-08 09:00"))
    ada.page.reload()
    ada.cell(NORAS).click()
    ada.button("Cancel").click()
    ada.sees("In whose name?", "Less than 24 hours before: it counts as late.")
    ada.page.locator("[name=told_at]").fill("2026-12-07T09:00")
    ada.sees("In time: it does not count as late.")
    ada.button("Cancel Nora Whitfield's session").click()
    ada.toast("Nora Whitfield's session is cancelled.")
    assert ("2026-12-08T16:30", "cancelled") in history(practice, "nora")


def test_a_late_cancellation_is_read_in_the_cell(practice, ada):
    clock.set_now(at("2026-12-08 09:00"))
    ada.page.reload()
    ada.cell(NORAS).click()
    ada.button("Cancel").click()
    ada.button("Cancel Nora Whitfield's session").click()
    ada.toast("It counts as late.")
    ada.page.locator(".cell").filter(has_text="late").filter(has_text="Nora").first.wait_for()
    assert ("2026-12-08T16:30", "late_cancelled") in history(practice, "nora")


def test_a_session_is_moved_to_a_free_time(practice, ada):
    ada.go("week/2026-W50")
    ada.cell(NORAS).click()
    ada.button("Move").click()
    ada.heading("Move Nora Whitfield's session").wait_for()
    ada.button("Thursday, December 10, 9:00").click()
    ada.toast("Nora Whitfield is moved to Thursday, December 10, 9:00")
    assert ("2026-12-10T09:00", "booked") in history(practice, "nora")
    ada.page.locator(".cell").filter(has_text="moved").wait_for(state="hidden")


def test_a_missed_session_is_marked_and_unmarked(practice, ada):
    clock.set_now(at("2026-12-08 17:00"))
    ada.page.reload()
    ada.cell(NORAS).click()
    ada.button("Missed").last.click()
    ada.toast("Nora Whitfield is marked as missed.")
    assert ("2026-12-08T16:30", "no_show") in history(practice, "nora")
    ada.button("Undo").click()
    ada.toast("Undone.")
    assert ("2026-12-08T16:30", "booked") in history(practice, "nora")


def test_today_offers_the_next_session_with_free_times_only(practice, ada):
    clock.set_now(at("2026-12-08 17:00"))
    ada.page.reload()
    today = ada.page.locator("openhour-today")
    today.get_by_text("Now, until 5:20").wait_for()
    today.get_by_role("button", name="Next session").click()
    ada.heading("Nora Whitfield's next session").wait_for()
    assert ada.page.locator("openhour-free-times").get_by_text("Peter").count() == 0
    ada.button("Monday, December 14, 11:00").click()
    ada.toast("Nora Whitfield is booked on Monday, December 14")
    assert ("2026-12-14T11:00", "booked") in history(practice, "nora")


def test_a_request_is_accepted_into_the_form_of_the_regular(practice, ada):
    slot = practice.client("peter@example.com", "GET", "/slots")["slots"][-1]
    booked = practice.client(
        "peter@example.com", "POST", "/appointments", {"slot_id": slot["slot_id"]}
    )
    request = {"appointment_id": booked["appointment_id"], "every_weeks": 1}
    practice.client("peter@example.com", "PUT", "/me/regular-request", request)
    ada.page.reload()
    ada.sees("Peter Novak asks")
    ada.button("Accept").click()
    ada.heading("Add a regular").wait_for()
    ada.page.locator(".facts-list").wait_for()
    ada.button("Save").click()
    ada.toast("Peter Novak's repeating time is saved.")
    assert practice.client("peter@example.com", "GET", "/me")["regular_request"] is None


def test_two_of_the_office_act_on_one_slot_and_the_second_reads_who_has_it(practice, ada, staff):
    other = staff(practice).sign_in()
    for each in (ada, other):
        each.cell(FRIDAY).click()
        each.type_client("peter" if each is ada else "nora")
    ada.page.keyboard.press("Enter")
    ada.toast("Peter Novak is booked")
    other.expected += ("409",)
    other.page.keyboard.press("Enter")
    other.sees("Peter Novak has this time.")


def test_a_lost_answer_books_once(practice, ada):
    path = f"{practice.server.base_url}/practice/appointments"

    def lose(route):
        route.fetch()
        route.abort()

    ada.page.route(path, lose, times=1)
    ada.expected += ("ERR_FAILED",)
    ada.cell(FRIDAY).click()
    ada.type_client("peter")
    ada.page.keyboard.press("Enter")
    ada.sees("No connection. Nothing was lost")
    ada.page.locator("#client-search").focus()
    ada.page.keyboard.press("Enter")
    ada.toast("Peter Novak is booked")
    assert [status for _, status in history(practice, "peter")] == ["booked"]


def test_what_others_change_appears_without_a_reload(practice, ada):
    slot = "20261204T1800Z"
    practice.therapist("PUT", f"/practice/slots/{slot}", {"state": "held"})
    ada.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ada.page.locator(f".cell.held[data-slot='{slot}']").wait_for()


def test_initials_hide_names_from_who_looks_over_the_shoulder(practice, ada):
    ada.go("week/2026-W50")
    ada.page.get_by_role("switch", name="Initials").click()
    ada.page.locator(".cell").filter(has_text="NW").wait_for()
    assert ada.page.get_by_text("Nora Whitfield").count() == 0


def test_the_first_view_takes_one_round_of_requests(practice, staff):
    ada = staff(practice).sign_in()
    ada.page.wait_for_load_state("networkidle")
    ada.requests.clear()
    ada.page.reload()
    ada.page.locator("openhour-week h1").wait_for()
    asked = [each for each in ada.requests if "/practice" in each]
    assert sorted(asked[:2]) == ["GET /practice", "GET /practice/calendar"]
    ada.page.wait_for_load_state("networkidle")
    asked = [each for each in ada.requests if "/practice" in each]
    assert asked[2:] == ["GET /practice/clients"], "what the search and the menu need, later"
