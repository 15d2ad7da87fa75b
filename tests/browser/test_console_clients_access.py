"""Clients and intake have no fault that axe finds, in either theme, on small and large screens."""

from __future__ import annotations

import pytest

from tests.browser.test_accessibility import SMALL_PHONE
from tests.browser.test_console_adding import LIST, look_over
from tests.browser.test_console_clients import cancel_late


def _client(practice, ada):
    cancel_late(practice)
    ada.go("clients/peter")
    ada.sees("Notice before a change")


def _table(practice, ada):
    _client(practice, ada)
    ada.button("As a table").click()
    ada.button("All sessions").click()


def _pressed(*names):
    def show(practice, ada):
        _client(practice, ada)
        for name in names:
            ada.button(name).first.click()
        ada.page.wait_for_load_state("networkidle")

    return show


def _suspended(practice, ada):
    practice.therapist("PUT", "/practice/clients/nora/privilege", {"state": "suspended"})
    ada.page.evaluate("location.hash = '#/clients/nora'")
    ada.sees("Suspended", "Coming sessions")


def _adding(practice, ada):
    ada.page.evaluate("location.hash = '#/clients/add'")
    ada.heading("Many at once").wait_for()


def _review(practice, ada):
    _adding(practice, ada)
    look_over(ada, LIST)


def _done(practice, ada):
    _review(practice, ada)
    ada.button("Add 2 clients").click()
    ada.sees("The list is done", "Invite the first few")


def _intake(practice, ada):
    practice.therapist("PUT", "/practice/clients/peter/privilege", {"state": "suspended"})
    ada.go("intake")
    ada.field("Booked share below").fill("101")
    ada.button("Save").click()
    ada.sees("Type a whole number")


def _list(practice, ada):
    cancel_late(practice)
    ada.go("clients")
    ada.page.locator(".client-row .flag").wait_for()


SCENES = {
    "list": _list,
    "client": _client,
    "table": _table,
    "editing": _pressed("Edit", "Save"),
    "suspending": _pressed("Suspend"),
    "discharging": _pressed("Discharge…"),
    "as-they-see-it": _pressed("As they see it"),
    "why-not": _pressed("Why can't they book?"),
    "suspended": _suspended,
    "adding": _adding,
    "review": _review,
    "done": _done,
    "intake": _intake,
}


@pytest.mark.parametrize("scene", SCENES)
def test_a_view_has_no_fault_in_either_theme_and_fits_a_small_phone(practice, staff, scene):
    ada = staff(practice, reduced_motion="reduce").sign_in()
    SCENES[scene](practice, ada)
    assert ada.faults_of_accessibility() == []
    ada.page.set_viewport_size(SMALL_PHONE)
    ada.page.wait_for_timeout(100)
    assert ada.faults_of_accessibility() == []
    ada.page.emulate_media(color_scheme="dark")
    assert ada.faults_of_accessibility("color-contrast") == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]
