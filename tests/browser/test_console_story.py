"""A therapist's first week in the console, from an empty practice to Friday's release."""

from __future__ import annotations

import pytest

from infra.seed import at
from openhour import clock
from openhour.rules.practice import Practice
from openhour.use_cases.therapists import open_practice
from tests.browser.conftest import NUMBERS
from tests.browser.console import THERAPIST
from tests.browser.practices import NOW, PASSWORD, PracticeAtWork

LIST = """Name;Email;Phone
Ada Byron;ada@example.com;802 555 0111
Ben Cole;ben@example.com;802 555 0112
"Diaz, Eva";eva@example.com;802 555 0113
Finn Gale;finn@example.com;802 555 0114
Hana Ito;hana@example.com;
Jo King;jo@example.com;802 555 0116
"""


@pytest.fixture
def empty(server):
    """A practice as `openhour therapists add` leaves it: a name and a login."""
    clock.set_now(NOW)
    therapist_id = f"p{next(NUMBERS)}"
    open_practice(Practice(therapist_id=therapist_id, name="Oak Practice"), now=NOW)
    login = f"{therapist_id}/{THERAPIST}"
    server.add_login(login, PASSWORD, therapist_id=therapist_id)
    return PracticeAtWork(server, therapist_id, server.sign_in(login, PASSWORD))


def test_a_practice_is_set_up_books_itself_and_releases_on_friday(empty, staff, visitors):
    ada = staff(empty).sign_in()
    _say_who_and_where(ada)
    _paint_hours(ada)
    _import_clients(ada)
    _enter_regulars(ada)
    _switch_on(ada)
    eva = visitors(empty)
    _invite_and_book(empty, ada, eva)
    _release(empty, ada, eva)


def _say_who_and_where(ada):
    ada.go("settings")
    ada.sees("5 things are left")
    ada.page.locator("[name=timezone]").select_option("America/New_York")
    ada.page.locator("[name=office_phone]").fill("(802) 555-0148")
    ada.page.locator("[name=crisis_line]").fill("In a crisis, call or text 988.")
    ada.page.locator(".save-bar").get_by_role("button", name="Save").click()
    ada.toast("The settings are saved.")


def _paint_hours(ada):
    ada.go("hours")
    ada.button("Type a time").click()
    for start, prime in (("09:00", False), ("10:00", False), ("17:30", True)):
        for weekday in ("monday", "tuesday", "thursday"):
            ada.page.locator(f"[name=weekday][value={weekday}]").check()
        ada.page.locator("[name=start]").fill(start)
        ada.page.locator("[name=prime]").set_checked(prime)
        ada.page.locator("form.typing button[type=submit]").click()
    ada.sees("9 times added")
    ada.button("Save hours").click()
    ada.toast("The hours are saved.")


def _import_clients(ada):
    ada.go("clients/add")
    ada.page.locator("textarea").fill(LIST)
    ada.button("Look it over").click()
    ada.sees("Look over 6 clients", "6 are ready.")
    ada.button("Add 6 clients").click()
    ada.sees("The list is done", "6 added")


def _enter_regulars(ada):
    for name, when, rhythm in (
        ("Ada Byron", "monday 09:00", "1"),
        ("Ben Cole", "tuesday 17:30", "2"),
        ("Finn Gale", "tuesday 17:30", "2"),
    ):
        ada.go("regulars/new")
        ada.page.locator("#client-search").fill(name)
        ada.page.locator("[role=option]").filter(has_text=name).click()
        ada.page.locator("[name=time]").select_option(when)
        ada.page.locator("[name=every_weeks]").select_option(rhythm)
        ada.page.locator(".facts-list").wait_for()
        ada.button("Save").click()
        ada.toast(f"{name}'s repeating time is saved.")
    ada.sees("alternates with Finn Gale")


def _switch_on(ada):
    ada.go("settings")
    ada.page.locator("[name=regulars_entered]").check()
    ada.page.get_by_role("switch").click()
    ada.toast("Self-scheduling is on.")


def _invite_and_book(empty, ada, eva):
    ada.go("clients")
    ada.page.get_by_role("link", name="Eva Diaz").or_(
        ada.page.get_by_role("link", name="Diaz, Eva")
    ).first.click()
    ada.button("Invite").click()
    ada.page.locator(".toast").filter(has_text="is on its way.").wait_for()
    empty.server.wait_for_streams()
    eva.sign_in("eva@example.com", empty.newest_mail("eva@example.com").password)
    eva.fill_in(new_password="Oak-leaves-2026")
    eva.button("Save and continue").click()
    eva.sees("You have no session booked.")
    assert eva.button("Tuesday, December 8, 5:30").count() == 0, "prime time is held"
    eva.button("Thursday, December 3, 5:30").click()
    eva.button("Book session").click()
    eva.heading("You're booked").wait_for()
    ada.go("week")
    ada.page.locator(".cell").filter(has_text="5:30").filter(has_text="Eva").wait_for()


def _release(empty, ada, eva):
    clock.set_now(at("2026-12-04 17:30"))
    ada.go("friday")
    ada.page.reload()
    ada.sees("held times will open")
    ada.button("Release now").click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Open").click()
    ada.page.locator(".toast").filter(has_text="open.").wait_for()
    eva.page.reload()
    eva.button("Monday, December 7, 5:30").wait_for()
    assert empty.therapist("GET", "/practice")["released_through"] == "2026-W50"
