"""Ending reminders by a mailed link: without signing in, by keyboard, and when something fails."""

from __future__ import annotations

import re

from tests.browser.practices import NORA
from tests.browser.scenes import unsubscribe_link


def wanted(practice):
    return practice.client(NORA, "GET", "/me")["mail"]


def test_looking_at_the_link_ends_nothing(practice, visitors):
    visitor = visitors(practice).open(unsubscribe_link(practice))
    visitor.heading("No more reminders?").wait_for()
    assert "unsubscribe" not in visitor.page.url
    visitor.page.reload()
    visitor.heading("Sign in to book").wait_for()
    assert wanted(practice) == "all"


def test_reminders_end_by_keyboard_and_the_way_back_is_told(practice, visitors):
    visitor = visitors(practice).open(unsubscribe_link(practice))
    for _ in range(9):
        visitor.page.keyboard.press("Tab")
        if visitor.focused() == "No more reminders":
            break
    visitor.page.keyboard.press("Enter")
    visitor.waits_for_focus("No more reminders come")
    visitor.sees("Mails about what you book, move or cancel still come.", "choose Mail in the menu")
    assert wanted(practice) == "changes"
    visitor.button("See my sessions").click()
    visitor.heading("Sign in to book").wait_for()


def test_reminders_may_be_kept(practice, visitors):
    visitor = visitors(practice).open(unsubscribe_link(practice))
    visitor.button("Keep the reminders").click()
    visitor.heading("Sign in to book").wait_for()
    assert wanted(practice) == "all"


def test_whoever_is_signed_in_stays_so(practice, visitors):
    visitor = visitors(practice).sign_in(NORA)
    visitor.heading("Your next session").wait_for()
    visitor.page.goto("about:blank")
    visitor.open(unsubscribe_link(practice))
    visitor.button("No more reminders").click()
    visitor.heading("No more reminders come").wait_for()
    visitor.button("See my sessions").click()
    visitor.heading("Your next session").wait_for()
    visitor.button("Nora Whitfield: menu").click()
    visitor.button("Mail").click()
    assert visitor.page.get_by_label("Only what changes").is_checked()


def test_without_a_connection_it_is_tried_again(practice, visitors):
    visitor = visitors(practice).open(unsubscribe_link(practice))
    visitor.expected += ("Failed to load resource",)
    unsubscribing = re.compile("/unsubscribe/")
    visitor.page.route(unsubscribing, lambda route: route.abort())
    visitor.button("No more reminders").click()
    visitor.sees("No connection.")
    visitor.page.unroute(unsubscribing)
    visitor.button("No more reminders").click()
    visitor.heading("No more reminders come").wait_for()
    assert wanted(practice) == "changes"


def test_the_page_speaks_spanish(practice, visitors):
    visitor = visitors(practice, locale="es-MX").open(unsubscribe_link(practice))
    visitor.button("No más recordatorios").click()
    visitor.heading("Ya no llegan recordatorios").wait_for()
