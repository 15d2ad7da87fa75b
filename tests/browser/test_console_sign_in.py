"""A therapist signs in to the console, and stays in or out as wanted."""

from __future__ import annotations

import base64
import time

from infra.local.moto.software_token import totp
from tests.browser.console import THERAPIST
from tests.browser.practices import PASSWORD

NEW = "Maple-leaves-22"
REFUSED = "That didn't work. Check the practice, the email and the password."


def app_code(secret, steps=0):
    """Return what an authenticator app shows, some steps of 30 seconds from now."""
    return totp(base64.b32decode(secret + "=" * (-len(secret) % 8)), int(time.time()) // 30 + steps)


def test_practice_and_address_are_remembered_and_the_password_is_not(practice, staff):
    ada = staff(practice).sign_in()
    ada.button("Sign out").first.click()
    ada.heading("Sign in to your practice").wait_for()
    assert ada.field("Practice").input_value() == practice.therapist_id
    assert ada.field("Email").input_value() == THERAPIST
    assert ada.page.locator("[name=password]").input_value() == ""
    ada.page.reload()
    ada.heading("Sign in to your practice").wait_for()


def test_a_wrong_password_says_what_to_check(practice, staff):
    ada = staff(practice)
    ada.expected += ("400",)
    ada.open()
    ada.give_login(THERAPIST, "Wrong-password-11")
    ada.sees(REFUSED)
    ada.give_login(THERAPIST)
    ada.page.locator("openhour-week h1").wait_for()


def test_a_client_is_no_therapist(practice, staff):
    nora = staff(practice)
    nora.expected += ("400",)
    nora.open()
    nora.give_login("nora@example.com")
    nora.sees(REFUSED)


def test_a_form_says_what_is_missing(practice, staff):
    ada = staff(practice).open()
    ada.page.locator("button.main").click()
    ada.sees("Please fill this in.")
    ada.waits_for_focus("Practice")


def test_a_forgotten_password_is_replaced_with_the_code_from_the_mail(practice, staff):
    ada = staff(practice).open()
    ada.button("I forgot my password").click()
    ada.fill_in(practice=practice.therapist_id, username=THERAPIST)
    ada.button("Send the code").click()
    ada.heading("Look at your mail").wait_for()
    code = practice.newest_mail(THERAPIST).code
    ada.fill_in(code=code, new_password=NEW)
    ada.button("Continue").click()
    ada.sees("Your password is changed. Sign in with it.")
    ada.give_login(THERAPIST, NEW)
    ada.page.locator("openhour-week h1").wait_for()


def test_a_new_login_of_the_office_chooses_a_password(practice, staff):
    ada = staff(practice).sign_in()
    ada.go("settings")
    ada.button("Add a login").click()
    ada.fill_in(login_name="Otto Berg", login_email="otto@example.com")
    ada.page.locator("[name=role][value=office]").check()
    ada.page.locator("openhour-logins button.main").click()
    ada.toast("A first password is on its way to otto@example.com.")
    practice.server.wait_for_streams()
    otto = staff(practice).open()
    otto.give_login("otto@example.com", practice.newest_mail("otto@example.com").password)
    otto.heading("Choose your password").wait_for()
    otto.fill_in(new_password=NEW)
    otto.button("Continue").click()
    otto.page.locator("openhour-week h1").wait_for()
    ada.page.reload()
    ada.button("Remove Otto Berg's login").click()
    ada.button("Remove the login").click()
    ada.toast("Otto Berg's login is removed.")


def test_an_authenticator_app_is_set_up_and_asked_for(practice, staff):
    ada = staff(practice).sign_in()
    ada.go("settings")
    ada.button("Set up an app").click()
    secret = ada.page.locator(".secret").inner_text().replace(" ", "")
    assert ada.page.get_by_role("img", name="QR code for your authenticator app").is_visible()
    ada.fill_in(code="000000" if app_code(secret) != "000000" else "111111")
    ada.expected += ("400",)
    ada.button("Continue").click()
    ada.sees("This code is wrong or has expired.")
    ada.fill_in(code=app_code(secret))
    ada.button("Continue").click()
    ada.toast("The app is set up.")
    ada.button("Sign out").first.click()
    ada.heading("Sign in to your practice").wait_for()
    ada.give_login(THERAPIST)
    ada.heading("Your authenticator app").wait_for()
    ada.fill_in(code=app_code(secret, 1))  # each code is good once
    ada.button("Continue").click()
    ada.page.locator("#content h1").wait_for()


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(practice, staff):
    ada, other = staff(practice).sign_in(), staff(practice).sign_in()
    ada.button("Sign out everywhere").click()
    ada.heading("Sign in to your practice").wait_for()
    other.expected += ("400", "401")
    other.page.evaluate("""() => {
      const key = "openhour:console";
      const kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.setItem(key, JSON.stringify({ ...kept, received_at: 0 }));
    }""")
    other.page.reload()
    other.heading("Sign in to your practice").wait_for()


def test_a_reload_keeps_the_view_and_back_leads_to_the_one_before(practice, staff):
    ada = staff(practice).sign_in()
    ada.go("friday")
    ada.go("time-off")
    ada.page.reload()
    ada.heading("Time off").first.wait_for()
    ada.page.go_back()
    ada.heading("Friday").first.wait_for()
    ada.page.go_back()
    ada.page.locator("openhour-week h1").wait_for()


def test_the_console_speaks_spanish(practice, staff):
    ada = staff(practice, locale="es-US")
    ada.open()
    ada.heading("Entre en su consulta").wait_for()
    ada.give_login(THERAPIST, PASSWORD)
    ada.page.locator("openhour-week h1").wait_for()
    ada.sees("Semana", "Ajustes", "Hoy")
    ada.button("English").click()
    ada.sees("Time off")
