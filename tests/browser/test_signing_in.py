"""A client gets in, stays in as long as wanted, and gets out."""

from __future__ import annotations

import pytest

from tests.browser.practices import NORA, PASSWORD, PETER, PHONE
from tests.browser.scenes import FRIDAY

RUTH, LUCIA = "ruth@example.com", "lucia@example.com"
NEW = "Maple-leaves-2"
REFUSED = "That didn't work. Check what you typed, or call us: we can book for you."


def invite(practice, email=RUTH):
    client = {"name": "Ruth Abara", "email": email, "invite": True}
    practice.therapist("POST", "/practice/clients", client)
    return practice.newest_mail(email).password


def test_the_first_password_from_the_mail_leads_to_the_first_session(practice, visitors):
    ruth = visitors(practice).sign_in(RUTH, invite(practice))
    ruth.heading("Choose your password").wait_for()
    ruth.expected += ("400",)
    ruth.fill_in(new_password="short")
    ruth.button("Save and continue").click()
    ruth.sees("This password is too weak or was used before.")
    ruth.waits_for_focus("New password")
    ruth.fill_in(new_password=NEW)
    ruth.button("Save and continue").click()
    ruth.sees("You have no session booked.")
    ruth.button(FRIDAY).click()
    ruth.button("Book session").click()
    ruth.heading("You're booked").wait_for()
    ruth.button("See my sessions").click()
    ruth.sees("Friday, December 4", "50 minutes")


def test_a_first_password_that_takes_too_long_to_choose_is_asked_for_again(practice, visitors):
    password = invite(practice)
    ruth = visitors(practice).sign_in(RUTH, password)
    ruth.heading("Choose your password").wait_for()
    ruth.expected += ("400",)
    refuse_session(ruth)
    ruth.fill_in(new_password=NEW)
    ruth.button("Save and continue").click()
    ruth.sees("Please sign in again. Nothing was lost.")
    ruth.page.unroute_all()
    ruth.give_password(RUTH, password)
    ruth.heading("Choose your password").wait_for()


def test_a_first_password_that_was_lost_is_sent_again(practice, visitors):
    first = invite(practice)
    ruth = visitors(practice).open()
    ruth.expected += ("400",)  # there is no password yet that could be forgotten
    ruth.button("I can't get in").click()
    ruth.fill_in(username=RUTH)
    ruth.button("Send").click()
    ruth.heading("Look at your mail").wait_for()
    practice.server.wait_for_streams()
    again = practice.newest_mail(RUTH).password
    assert again != first
    ruth.button("I have a first password: sign in").click()
    ruth.give_password(RUTH, again)
    ruth.heading("Choose your password").wait_for()
    ruth.fill_in(new_password=NEW)
    ruth.button("Save and continue").click()
    ruth.sees("You have no session booked.")


def refuse_session(visitor):
    """Have Cognito refuse the session of a sign-in, as after three minutes."""
    problem = {"__type": "NotAuthorizedException", "message": "Invalid session for the user."}

    def refuse(route):
        if "RespondToAuthChallenge" in route.request.headers["x-amz-target"]:
            route.fulfill(status=400, json=problem, headers={"access-control-allow-origin": "*"})
        else:
            route.continue_()

    visitor.page.route(f"{visitor.server.cognito_url}**", refuse)


def test_a_forgotten_password_is_replaced_with_the_code_from_the_mail(practice, visitors):
    peter = visitors(practice).open()
    peter.button("I can't get in").click()
    peter.fill_in(username=PETER)
    peter.button("Send").click()
    peter.heading("Look at your mail").wait_for()
    code = practice.newest_mail(PETER).code
    wrong = "000000" if code != "000000" else "111111"
    peter.expected += ("400",)
    peter.fill_in(code=wrong, new_password=NEW)
    peter.button("Save and continue").click()
    peter.sees("This code is wrong or has expired.")
    peter.waits_for_focus("Code")
    assert peter.field("New password").input_value() == NEW
    peter.fill_in(code=f" {code} ")
    peter.button("Save and continue").click()
    peter.sees("Your password is changed. Sign in with it.")
    peter.give_password(PETER)
    peter.sees(REFUSED)
    peter.give_password(PETER, NEW)
    peter.sees("You have no session booked.")


def test_an_address_that_nobody_has_is_answered_like_any_other(practice, visitors):
    stranger = visitors(practice).open()
    stranger.button("I can't get in").click()
    stranger.fill_in(username="nobody@example.com")
    stranger.button("Send").click()
    stranger.heading("Look at your mail").wait_for()
    stranger.sees("If we know this address, a mail is on its way.")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param(PETER, "Wrong-password-1", id="a wrong password"),
        pytest.param("nobody@example.com", PASSWORD, id="an unknown address"),
        pytest.param("ruth@example.com", PASSWORD, id="a login that was taken away"),
    ],
)
def test_whatever_is_wrong_the_words_are_the_same_with_the_phone(
    practice, visitors, email, password
):
    if email == RUTH:
        invite(practice)
        practice.server.set_password(f"{practice.therapist_id}/{RUTH}", PASSWORD)
        found = practice.therapist("GET", "/practice/clients")["clients"]
        [ruth] = [each["client_id"] for each in found if each["email"] == RUTH]
        practice.therapist("DELETE", f"/practice/clients/{ruth}")
    visitor = visitors(practice)
    visitor.expected += ("400",)
    visitor.sign_in(email, password)
    visitor.sees(REFUSED)
    assert visitor.page.locator("[role=alert]").get_by_text(PHONE).is_visible()
    assert visitor.page.locator("[role=alert] a").get_attribute("href") == "tel:8025550148"
    assert visitor.field("Email or sign-in name").input_value() == email


def test_the_name_may_be_typed_with_capitals_and_spaces(shared_practice, visitors):
    nora = visitors(shared_practice).sign_in(f"  {NORA.upper()} ")
    nora.heading("Your next session").wait_for()


def test_a_typed_password_can_be_shown_and_hidden_in_either_language(shared_practice, visitors):
    visitor = visitors(shared_practice).open()
    visitor.fill_in(password="Maple-1")
    visitor.button("Show password").click()
    assert visitor.page.locator("#password").get_attribute("type") == "text"
    visitor.button("Español").click()
    visitor.button("Ocultar la contraseña").click()
    assert visitor.page.locator("#password").get_attribute("type") == "password"
    assert visitor.button("Mostrar la contraseña").inner_text() == "Mostrar"
    assert visitor.page.locator("#password").input_value() == "Maple-1"


def test_a_form_says_what_is_missing_and_goes_there(shared_practice, visitors):
    visitor = visitors(shared_practice).open()
    visitor.fill_in(username=NORA)
    visitor.button("Sign in").click()
    visitor.sees("Please fill this in.")
    visitor.waits_for_focus("Password")
    visitor.button("Español").click()
    visitor.sees("Complete este campo, por favor.")


def test_password_managers_know_every_field(shared_practice, visitors):
    visitor = visitors(shared_practice).open()
    fields = visitor.page.locator("input:not([type=checkbox])")

    def complete():
        return [each.get_attribute("autocomplete") for each in fields.all()]

    visitor.heading("Sign in to book").wait_for()
    assert complete() == ["username", "current-password"]
    visitor.button("I can't get in").click()
    visitor.heading("Get back in").wait_for()
    assert complete() == ["username"]
    visitor.fill_in(username="nobody@example.com")
    visitor.button("Send").click()
    visitor.heading("Look at your mail").wait_for()
    assert complete() == ["one-time-code", "new-password"]


def test_a_session_lasts_as_long_as_the_tab(shared_practice, visitors):
    nora = visitors(shared_practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.page.reload()
    nora.heading("Your next session").wait_for()
    nora.page = nora.open_tab()
    nora.open()
    nora.heading("Sign in to book").wait_for()


def test_a_client_who_asks_to_stay_signed_in_stays_so_on_this_device(practice, visitors):
    nora = visitors(practice).open()
    keep = nora.field("Keep me signed in on this device")
    assert not keep.is_checked()
    keep.check()
    nora.give_password(NORA)
    nora.heading("Your next session").wait_for()
    first = nora.page
    nora.page = nora.open_tab()
    nora.open()
    nora.heading("Your next session").wait_for()
    stored = nora.context.storage_state()
    nora.become(storage_state=stored)  # the browser is closed, and opened again
    nora.open()
    nora.heading("Your next session").wait_for()
    assert first.is_closed()


def test_signing_out_in_one_tab_signs_out_of_all(practice, visitors):
    nora = visitors(practice).open()
    nora.field("Keep me signed in on this device").check()
    nora.give_password(NORA)
    nora.heading("Your next session").wait_for()
    other, nora.page = nora.page, nora.open_tab()
    nora.open()
    sign_out(nora, "Nora Whitfield")
    other.get_by_role("heading", name="Sign in to book").wait_for()
    assert other.get_by_text("Nora").count() == 0


def test_a_tab_shows_whoever_signed_in_last_on_the_device(practice, visitors):
    nora = visitors(practice).open()
    nora.field("Keep me signed in on this device").check()
    nora.give_password(NORA)
    nora.heading("Your next session").wait_for()
    nora.button(FRIDAY).click()
    other, nora.page = nora.page, nora.open_tab()
    nora.open()
    sign_out(nora, "Nora Whitfield")
    nora.field("Keep me signed in on this device").check()
    nora.give_password(PETER)
    nora.sees("You have no session booked.")
    other.get_by_text("You have no session booked.").wait_for()
    assert other.get_by_role("dialog").count() == 0


def test_after_signing_out_neither_back_nor_a_kept_page_shows_anything(practice, visitors):
    nora = visitors(practice)
    nora.page.goto(f"{nora.server.base_url}/")
    nora.sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.button("Move Tuesday, December 8, 4:30 pm").click()
    sign_out(nora, "Nora Whitfield")
    nora.waits_for_focus("Sign in to book")
    for _ in range(2):
        nora.page.go_back()
        assert nora.page.get_by_text("Whitfield").count() == 0
        assert nora.page.get_by_text("Your next session").count() == 0
    nora.open()
    nora.heading("Sign in to book").wait_for()


def test_a_page_kept_in_the_history_forgets_who_has_signed_out(shared_practice, visitors):
    nora = visitors(shared_practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    # What another page of this tab does before the browser goes back to this one.
    nora.page.evaluate("sessionStorage.clear()")
    nora.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    nora.heading("Sign in to book").wait_for()
    assert nora.page.get_by_text("Whitfield").count() == 0


def test_signing_out_waits_for_nobody(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.expected += ("ERR_INTERNET_DISCONNECTED",)
    nora.context.set_offline(True)
    sign_out(nora, "Nora Whitfield")
    assert nora.page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_signing_out_ends_the_session_at_cognito_too(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    kept = nora.page.evaluate("JSON.stringify({ ...sessionStorage })")
    with nora.page.expect_response(
        lambda response: "RevokeToken" in response.request.headers.get("x-amz-target", "")
    ):
        sign_out(nora, "Nora Whitfield")
    nora.expected += ("400",)
    nora.page.evaluate(
        """(kept) => {
          for (const [key, text] of Object.entries(JSON.parse(kept))) {
            sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), received_at: 0 }));
          }
        }""",
        kept,
    )
    nora.open()
    nora.heading("Sign in to book").wait_for()


def sign_out(visitor, name):
    visitor.button(f"{name}: menu").click()
    visitor.button("Sign out").click()
    visitor.heading("Sign in to book").wait_for()


def test_a_new_client_registers_and_gets_in(practice, visitors):
    lucia = visitors(practice).open()
    lucia.button("Register").click()
    lucia.sees("Nobody reads this page at night.", "In a crisis, call or text")
    lucia.expected += ("422",)
    lucia.fill_in(name="Lucia Romano", email="not an address", phone="802 555 0101")
    lucia.button("Register").click()
    lucia.sees("Please check this.")
    lucia.waits_for_focus("Email")
    lucia.fill_in(email=LUCIA)
    lucia.button("Register").click()
    lucia.heading("Thank you").wait_for()
    lucia.sees("Confirm within 72 hours by the link in it.")
    lucia.follow_link(practice.token_for(LUCIA))
    lucia.heading("Confirm your registration").wait_for()
    assert "#" not in lucia.page.url
    assert practice.named("Lucia Romano") == [], "looking at the link confirms nothing"
    lucia.button("Confirm").click()
    lucia.heading("Look at your mail").wait_for()
    lucia.sees(f"Your first password is on its way to {LUCIA}.")
    lucia.waits_for_focus("Look at your mail")
    assert lucia.field("Email or sign-in name").input_value() == LUCIA
    practice.server.wait_for_streams()
    lucia.give_password(LUCIA, practice.newest_mail(LUCIA).password)
    lucia.heading("Choose your password").wait_for()
    assert len(practice.named("Lucia Romano")) == 1


def test_a_link_that_was_followed_before_leads_to_the_same(practice, visitors):
    link = register_lucia(practice)
    lucia = visitors(practice).follow_link(link)
    lucia.button("Confirm").click()
    lucia.heading("Look at your mail").wait_for()
    lucia.follow_link(link)
    lucia.button("Confirm").click()
    lucia.heading("Look at your mail").wait_for()
    assert len(practice.named("Lucia Romano")) == 1


def test_a_link_in_spanish(practice, visitors):
    lucia = visitors(practice).follow_link(register_lucia(practice))
    lucia.button("Español").click()
    lucia.heading("Confirme su registro").wait_for()
    lucia.button("Confirmar").click()
    lucia.sees(f"Enviamos su primera contraseña a {LUCIA}.")


def test_who_confirms_too_late_reads_that_the_last_place_has_gone(practice, visitors):
    lucia = visitors(practice).follow_link(register_lucia(practice))
    practice.therapist("PATCH", "/practice", {"intake": "closed"})
    lucia.expected += ("403",)
    lucia.button("Confirm").click()
    lucia.heading("New clients: please call us").wait_for()
    lucia.sees("The last place for a new client has gone", PHONE, "In a crisis, call or text")
    lucia.waits_for_focus("New clients: please call us")


def test_a_link_that_has_expired_leads_to_another_registration(practice, visitors):
    link = register_lucia(practice)
    lucia = visitors(practice).follow_link(f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}")
    lucia.expected += ("410",)
    lucia.button("Confirm").click()
    lucia.heading("This link has expired").wait_for()
    lucia.sees(PHONE, "In a crisis, call or text")
    lucia.button("Register again").click()
    lucia.heading("Register as a new client").wait_for()


def test_a_confirmation_that_got_lost_is_sent_again(practice, visitors):
    lucia = visitors(practice).follow_link(register_lucia(practice))
    lucia.heading("Confirm your registration").wait_for()
    lucia.expected += ("ERR_INTERNET_DISCONNECTED",)
    lucia.context.set_offline(True)
    lucia.button("Confirm").click()
    lucia.sees("No connection")
    lucia.context.set_offline(False)
    lucia.button("Confirm").click()
    lucia.heading("Look at your mail").wait_for()


def register_lucia(practice):
    """Register, and return the token of the link that is mailed."""
    given = {"name": "Lucia Romano", "email": LUCIA, "phone": "802 555 0101"}
    return practice.register(given)


def test_who_comes_while_the_form_is_open_reads_that_the_room_is_gone(practice, visitors):
    lucia = visitors(practice).open()
    lucia.button("Register").click()
    practice.therapist("PATCH", "/practice", {"intake": "closed"})
    lucia.fill_in(name="Lucia Romano", email=LUCIA, phone="802 555 0101")
    lucia.expected += ("403", "409")
    lucia.button("Register").click()
    lucia.sees("There is no room for new clients just now. Please call us.")
    assert lucia.page.locator("[role=alert]").get_by_text(PHONE).is_visible()
    assert lucia.field("Name").input_value() == "Lucia Romano"
