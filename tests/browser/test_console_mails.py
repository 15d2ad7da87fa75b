"""What mail looks like in the console, and whether anybody is mailed at all."""

from __future__ import annotations

import re

import pytest

from tests.browser.visitor import PHONE


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in."""
    return staff(practice).sign_in()


def mail(staff):
    """The mail in its frame."""
    return staff.page.frame_locator("openhour-mail-frame iframe")


def test_a_mail_is_read_in_both_languages_themes_and_forms(practice, ada):
    practice.therapist("PATCH", "/practice", {"sender_name": "Ada's office"})
    ada.go("mails")
    frame = mail(ada)
    frame.get_by_role("heading", name="Your session is booked").wait_for()
    ada.sees("Ada's office", "appointments@openhour.example", "Appointment confirmed")
    ada.page.get_by_text("Español").last.click()
    frame.get_by_role("heading", name="Su sesión está reservada").wait_for()
    ada.sees("Cita confirmada")
    ada.page.get_by_text("Dark").click()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert _inside(ada, ground) == "rgb(24, 21, 20)"
    ada.page.get_by_text("Light").click()
    assert _inside(ada, ground) == "rgb(252, 250, 248)"
    ada.page.get_by_text("As text").click()
    ada.sees("Su sesión está reservada")
    assert ada.page.locator("openhour-mail-frame").count() == 0


def _inside(staff, expression):
    """Evaluate an expression about the mail, whose page runs no script of its own."""
    about = expression.replace("document.", "page.")
    return staff.page.evaluate(
        f"""() => {{
          const page = document.querySelector("openhour-mail-frame iframe").contentDocument;
          return {about};
        }}"""
    )


def test_the_styles_of_a_mail_are_in_force_and_nothing_in_it_runs_or_leads_away(ada):
    ada.go("mails/invitation")
    mail(ada).get_by_text("First password").first.wait_for()
    assert _inside(ada, "getComputedStyle(document.querySelector('h1')).fontSize") == "26px"
    assert _inside(ada, "document.querySelectorAll('a[href], script').length") == 0
    attack = "<img src=x onerror='parent.attacked = true'><script>parent.attacked = true</script>"
    ada.page.evaluate(
        """(html) => { document.querySelector("openhour-mail-frame").mail = html; }""", attack
    )
    ada.page.wait_for_timeout(300)
    assert ada.page.evaluate("window.attacked") is None
    assert any("img-src" in each or "default-src" in each for each in ada.complaints)
    ada.complaints.clear()


def test_the_frame_is_as_high_as_the_mail(ada):
    ada.go("mails/cancelled")
    mail(ada).get_by_text("Nearest open times").wait_for()
    measure = "[document.body.scrollHeight, document.defaultView.innerHeight]"
    inner, outer = _inside(ada, measure)
    assert abs(inner - outer) <= 1
    ada.page.get_by_text("Phone", exact=True).click()
    ada.page.wait_for_timeout(200)
    assert _inside(ada, "document.defaultView.innerWidth") == 390
    inner, outer = _inside(ada, measure)
    assert abs(inner - outer) <= 1


def test_the_list_and_the_choices_work_by_keyboard(ada):
    ada.go("mails")
    link = ada.page.get_by_role("link", name="A session is moved")
    link.focus()
    ada.page.keyboard.press("Enter")
    mail(ada).get_by_role("heading", name="Your session has a new time").wait_for()
    assert link.get_attribute("aria-current") == "true"
    ada.waits_for_focus("A session is moved")
    ada.page.get_by_role("radio", name="English").focus()
    ada.page.keyboard.press("ArrowRight")
    mail(ada).get_by_role("heading", name="Su sesión tiene una nueva hora").wait_for()


def test_on_a_phone_the_mails_are_a_field(ada):
    ada.page.set_viewport_size(PHONE)
    ada.go("mails")
    field = ada.page.get_by_role("combobox", name="Mails")
    field.select_option(label="What opens tonight")
    mail(ada).get_by_role("heading", name="What opens tonight").wait_for()
    assert ada.page.url.endswith("#/mails/friday")
    assert ada.page.get_by_role("link", name="What opens tonight").count() == 0


def test_a_mail_that_cannot_be_loaded_says_so_and_the_last_one_stays(ada):
    ada.go("mails")
    mail(ada).get_by_role("heading", name="Your session is booked").wait_for()
    ada.expected += ("ERR_FAILED",)
    ada.page.route(re.compile("mail-previews/moved"), lambda route: route.abort())
    ada.page.get_by_role("link", name="A session is moved").click()
    ada.page.get_by_role("alert").wait_for()
    ada.page.unroute(re.compile("mail-previews/moved"))
    ada.page.get_by_role("link", name="A session is cancelled").click()
    mail(ada).get_by_role("heading", name="Your session is cancelled").wait_for()
    assert ada.page.get_by_role("alert").count() == 0


def test_settings_say_from_when_on_clients_are_mailed(practice, ada):
    practice.therapist("PATCH", "/practice", {"mail_from": None})
    ada.go("settings")
    ada.sees("No client is mailed yet.", "Choose the day from which on your clients are.")
    practice.therapist("PATCH", "/practice", {"mail_from": "2026-12-07"})
    ada.page.reload()
    ada.sees("Clients are mailed from Monday, December 7 on.")
    ada.page.get_by_role("link", name="See what mail looks like").click()
    mail(ada).get_by_role("heading", name="Your session is booked").wait_for()


def test_without_a_sender_settings_readiness_and_mails_say_what_is_missing(
    practice, ada, monkeypatch
):
    monkeypatch.setenv("SENDS_MAIL", "")
    monkeypatch.setenv("MAIL_SENDER", "")
    practice.therapist(
        "PUT", "/practice/self-scheduling", {"enabled": False, "regulars_entered": True}
    )
    ada.go("settings")
    ada.sees("Nobody is mailed yet.")
    words = ada.page.get_by_text("has not set up an address that sends mail")
    assert words.count() == 2  # in the list of what is missing, and beside the settings
    ada.go("mails")
    ada.sees("Nobody is mailed yet.")
    mail(ada).get_by_role("heading", name="Your session is booked").wait_for()
