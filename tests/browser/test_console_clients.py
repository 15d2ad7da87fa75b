"""The therapist's clients: found, added, changed, suspended, discharged, and their record."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta

import pytest

from openhour import clock
from tests.browser.practices import NORA, NOW, PETER

PHONE = {"width": 390, "height": 844}
TOMORROW = "20261203T1400Z"
"""Thursday at 9:00: a session that may be booked now and cancelled late."""


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in."""
    return staff(practice).sign_in()


def client(practice, client_id):
    return practice.therapist("GET", f"/practice/clients/{client_id}")


def names(practice):
    return sorted(
        each["name"] for each in practice.therapist("GET", "/practice/clients")["clients"]
    )


def cancel_late(practice, email=PETER):
    """Have a client book a session of tomorrow, and cancel it."""
    practice.therapist("PATCH", "/practice", {"grace_minutes": 0, "strike_limit": 1})
    booked = practice.client(email, "POST", "/appointments", {"slot_id": TOMORROW})
    practice.client(email, "DELETE", f"/appointments/{booked['appointment_id']}")


# ---------------------------------------------------------------- the list


def test_a_search_finds_clients_whatever_their_accents(practice, ada):
    practice.therapist(
        "POST", "/practice/clients", {"name": "Tomás Álvarez", "phone": "802 555 01"}
    )
    ada.go("clients")
    ada.sees("Tomás Álvarez", "Weekly, Tue 4:30", "Tue, Dec 8, 4:30")
    search = ada.field("Search by name, email or phone")
    for typed in ("alvarez", "TOMAS", "8025550"):
        search.fill(typed)
        ada.page.get_by_text("1 client found").wait_for()
        ada.sees("Tomás Álvarez")
    search.fill("nobody")
    ada.sees("Nobody is called that.")


def test_the_flagged_come_first_and_can_be_had_alone(practice, ada):
    cancel_late(practice)
    ada.go("clients")
    ada.sees("Flagged")
    rows = ada.page.locator(".client-row b")
    assert rows.all_inner_texts() == ["Peter Novak", "Nora Whitfield"]
    ada.button("Flagged 1").click()
    ada.page.get_by_role("link", name="Nora Whitfield").wait_for(state="hidden")
    assert rows.all_inner_texts() == ["Peter Novak"]


def test_two_thousand_clients_are_searched_at_once(practice, ada):
    answer = practice.therapist("GET", "/practice/clients")
    someone = next(each for each in answer["clients"] if each["client_id"] == "peter")
    many = [
        {**someone, "client_id": f"c{number}", "name": f"Person {number:04}"}
        for number in range(2000)
    ]
    url = f"{ada.server.base_url}/practice/clients"
    ada.page.route(url, lambda route: route.fulfill(json={"clients": many}))
    ada.go("clients")
    rows = ada.page.locator(".client-row")
    ada.button("Show 50 more of 1950").click()
    ada.button("Show 50 more of 1900").wait_for()
    assert rows.count() == 100
    started = time.monotonic()
    ada.field("Search by name, email or phone").fill("1234")
    ada.field("Search by name, email or phone").fill("person 1234")
    ada.page.get_by_text("1 client found").wait_for()
    assert time.monotonic() - started < 2
    assert rows.count() == 1


def test_on_a_phone_the_client_replaces_the_list_and_the_way_back_keeps_the_place(practice, staff):
    for number in range(20):
        practice.therapist("POST", "/practice/clients", {"name": f"Ann {number:02}"})
    ada = staff(practice, viewport=PHONE).sign_in()
    ada.go("clients")
    link = ada.page.get_by_role("link", name="Ann 19")
    link.scroll_into_view_if_needed()
    before = ada.page.evaluate("scrollY")
    assert before > 0
    link.click()
    ada.page.locator("h1.client-title").get_by_text("Ann 19").wait_for()
    ada.waits_for_focus("Ann 19")
    ada.page.get_by_role("heading", name="Clients").wait_for(state="hidden")
    ada.page.go_back()
    ada.waits_for_focus("Ann 19")
    assert ada.page.evaluate("scrollY") == before
    ada.page.go_forward()
    ada.page.locator("h1.client-title").get_by_text("Ann 19").wait_for()
    ada.page.reload()
    ada.page.locator("h1.client-title").get_by_text("Ann 19").wait_for()
    ada.page.get_by_role("link", name="Clients", exact=True).first.click()
    ada.heading("Clients").wait_for()


def test_the_keyboard_alone_opens_a_client_and_comes_back(ada):
    ada.go("clients")
    ada.field("Search by name, email or phone").focus()
    ada.page.keyboard.type("nora")
    for _ in range(20):
        ada.page.keyboard.press("Tab")
        if "Nora" in ada.focused():
            break
    ada.page.keyboard.press("Enter")
    ada.waits_for_focus("Nora Whitfield")
    ada.page.locator("h2.client-title").wait_for()
    ada.page.keyboard.press("Escape")
    ada.page.locator(".client-pane").wait_for(state="hidden")
    ada.waits_for_focus("Nora Whitfield")


# ---------------------------------------------------------------- one client


def test_details_are_changed_and_what_is_wrong_stands_beside_its_field(practice, ada):
    ada.go("clients/peter")
    ada.button("Edit").click()
    ada.waits_for_focus("Name")
    ada.fill_in(name="Piotr Novák", email="piotr at example", phone="12")
    ada.button("Save").click()
    ada.sees("This is not an email address.", "A phone needs at least three digits.")
    ada.waits_for_focus("Email")
    ada.fill_in(email="piotr@example.com", phone="(802) 555-0199")
    ada.button("Save").click()
    ada.toast("Saved.")
    ada.heading("Piotr Novák").wait_for()
    changed = client(practice, "peter")
    assert (changed["email"], changed["phone"]) == ("piotr@example.com", "(802) 555-0199")
    assert "Piotr Novák" in ada.page.locator(".client-rows").inner_text()


def test_an_address_that_signs_in_is_not_removed(ada):
    ada.expected += ("422",)
    ada.go("clients/peter")
    ada.button("Edit").click()
    ada.fill_in(email="")
    ada.button("Save").click()
    ada.sees("This client signs in, so an email is needed.")


def test_a_rule_of_their_own_is_set_and_undone(practice, ada):
    ada.go("clients/peter")
    ada.page.get_by_role("switch", name="Usual client").click()
    ada.toast("Saved.")
    assert client(practice, "peter")["usual"] is True
    ada.button("Undo").click()
    ada.toast("Undone.")
    assert client(practice, "peter")["usual"] is False
    ada.field("Sessions a week").select_option("2")
    ada.toast("Saved.")
    assert client(practice, "peter")["max_per_week"] == 2


def test_a_client_is_suspended_with_a_reason_and_restored(practice, ada):
    ada.go("clients/nora")
    ada.button("Suspend…").click()
    ada.sees("From now on Nora Whitfield can't book", "booked sessions stay")
    ada.field("Reason").fill("Please call first.")
    ada.button("Suspend Nora Whitfield").click()
    ada.toast("Nora Whitfield is suspended.")
    ada.sees("“Please call first.”")
    found = client(practice, "nora")
    assert (found["privilege"], found["privilege_reason"]) == ("suspended", "Please call first.")
    ada.button("Restore").click()
    ada.sees("Let Nora Whitfield book again?")
    ada.page.locator(".sheet").get_by_role("button", name="Restore").click()
    ada.toast("Nora Whitfield can book again.")
    assert client(practice, "nora")["privilege"] == "active"


def test_a_flag_is_seen_before_anybody_is_suspended(practice, ada):
    cancel_late(practice)
    ada.go("clients/peter")
    ada.sees("1 late change or missed session in 90 days", "Your limit is 1.")
    ada.button("Seen").click()
    ada.toast("The flag stays quiet until the next late change.")
    ada.button("Seen").wait_for(state="hidden")
    assert client(practice, "peter")["flag_seen"] is True


def test_a_late_change_is_waived_once_it_is_confirmed(practice, ada):
    cancel_late(practice)
    ada.go("clients/peter")
    ada.sees("Cancelled late, 22 hours", "Notice before a change")
    ada.button("Waive Thursday, December 3").click()
    ada.sees("no longer counts", "This can't be undone.")
    ada.page.locator(".sheet").get_by_role("button", name="Waive").click()
    ada.toast("It no longer counts.")
    ada.button("Waive Thursday, December 3").wait_for(state="hidden")
    assert client(practice, "peter")["strikes"]["count"] == 0
    assert client(practice, "peter")["flagged"] is False


def test_the_chart_has_a_table_with_the_same_rows(practice, ada):
    cancel_late(practice)
    ada.go("clients/peter")
    chart = ada.page.locator(".notice-chart")
    assert "1 change, of which 1 was late" in chart.get_attribute("aria-label")
    assert ada.page.locator(".notice-chart .point").count() == 1
    ada.button("As a table").click()
    ada.sees("What happened")
    assert ada.page.locator(".client-pane tbody tr").count() == 1
    chart.wait_for(state="hidden")


def test_a_discharge_lists_what_ends_and_needs_a_reason(practice, ada):
    ada.go("clients/nora")
    ada.button("Discharge…").click()
    ada.sees("What ends", "The repeating time, weekly, Tue 4:30", "Tue, Dec 8, 4:30")
    ada.button("Discharge Nora Whitfield").click()
    ada.sees("Please choose a reason.")
    ada.page.get_by_label("Died").check()
    ada.sees("Nobody is told")
    ada.page.get_by_label("Tell the client").wait_for(state="hidden")
    ada.page.get_by_label("Left therapy").check()
    ada.button("Discharge Nora Whitfield").click()
    ada.toast("Nora Whitfield is discharged.")
    ada.page.get_by_role("link", name="Nora Whitfield").wait_for(state="hidden")
    assert names(practice) == ["Peter Novak"]
    assert practice.therapist("GET", "/practice/regulars")["regulars"] == []
    ada.button("Discharged").click()
    ada.sees("Nora Whitfield", "Left therapy")


def test_the_history_is_a_file_without_formulas(practice, ada):
    cancel_late(practice)
    ada.go("clients/peter")
    with ada.page.expect_download() as download:
        ada.button("Download as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert download.value.suggested_filename == "history-peter.csv"
    assert rows[0][:3] == ["Date", "Time", "What happened"]
    assert rows[1][:4] == ["2026-12-03", "09:00", "Cancelled late", "client"]
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]


def test_older_sessions_come_page_by_page_and_stay(practice, ada):
    cancel_late(practice)
    first = client(practice, "peter")
    (session,) = first["appointments"]
    older = {**session, "appointment_id": "older", "start": "2025-11-06T09:00:00-05:00"}
    pages = {"": {**first, "next": "more"}, "cursor=more": {**first, "appointments": [older]}}

    def answer(route):
        route.fulfill(json=pages[route.request.url.partition("?")[2]])

    ada.page.route(f"{ada.server.base_url}/practice/clients/peter*", answer)
    ada.go("clients/peter")
    ada.button("Older sessions").click()
    ada.sees("Nov 6, 2025")
    ada.button("Older sessions").wait_for(state="hidden")
    assert ada.page.locator(".history li").count() == 2
    with ada.page.expect_response("**/practice/clients/peter"):
        ada.button("Seen").click()
    ada.toast("The flag stays quiet")
    assert ada.page.locator(".history li").count() == 2


def test_an_invitation_is_sent_again(practice, ada):
    ada.go("clients/nora")
    before = len([mail for mail in practice.server.outbox.mails if mail.to == NORA])
    clock.set_now(NOW + timedelta(days=1))
    ada.button("Invite again").first.click()
    ada.toast("An invitation for Nora Whitfield is on its way.")
    practice.server.wait_for_streams()
    after = len([mail for mail in practice.server.outbox.mails if mail.to == NORA])
    assert after == before + 1


def test_a_request_is_accepted_where_regulars_are_entered_or_declined(practice, ada):
    booked = practice.client(PETER, "POST", "/appointments", {"slot_id": TOMORROW})
    asked = {"appointment_id": booked["appointment_id"], "every_weeks": 2}
    practice.client(PETER, "PUT", "/me/regular-request", asked)
    ada.go("clients/peter")
    ada.sees("Asks for every two weeks, Thu 9:00")
    accept = ada.page.get_by_role("link", name="Accept").get_attribute("href")
    assert accept == "#/regulars/new/peter/thursday/09%3A00/2026-12-03/2"
    ada.button("Decline").click()
    ada.toast("Peter Novak's request is declined.")
    assert client(practice, "peter")["regular_request"]["state"] == "declined"


# ---------------------------------------------------------------- what a client sees


def test_what_a_client_sees_and_why_one_cant_book(practice, ada):
    ada.go("clients/peter")
    ada.button("As they see it").click()
    ada.sees("What Peter Novak sees", "times are open to them now.")
    assert ada.page.locator(".seen-times li").count() > 3
    ada.page.keyboard.press("Escape")
    ada.button("Why can't they book?").click()
    ada.page.locator("[name=why-day]").fill("2026-12-08")
    ada.page.locator(".why-times button").filter(has_text="4:30").click()
    ada.sees("Nora Whitfield has this time.")
    ada.page.locator(".why-times button").filter(has_text="10:00").click()
    ada.sees("Nothing stands in the way")
    ada.page.locator("[name=why-day]").fill("2026-12-02")
    ada.page.locator(".why-times button").filter(has_text="2:00").click()
    ada.sees("It is less than 12 hours away")


def test_a_suspended_client_sees_nothing_and_the_reason_is_said(practice, ada):
    practice.therapist("PUT", "/practice/clients/peter/privilege", {"state": "suspended"})
    ada.go("clients/peter")
    ada.button("As they see it").click()
    ada.sees("They are suspended.", "So their page shows no times.")


def test_initials_hide_names_and_contacts(practice, ada):
    ada.go("clients/nora")
    ada.sees(NORA)
    ada.page.evaluate("localStorage.setItem('openhour:initials', 'yes')")
    ada.page.reload()
    ada.page.locator(".client-title").get_by_text("NW", exact=True).wait_for()
    content = ada.page.locator("#content").inner_text()
    assert "Nora" not in content
    assert NORA not in content


def test_the_language_changes_at_once_inside_and_out(ada):
    ada.go("clients/nora")
    ada.sees("Coming sessions", "Sessions a week")
    ada.button("Español").first.click()
    ada.sees("Próximas sesiones", "Sesiones por semana", "Historial")
    assert ada.page.locator("html").get_attribute("lang") == "es"
