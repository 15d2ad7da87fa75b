"""Whatever fails while a client acts: nothing is doubled, nothing is lost, one step is next."""

from __future__ import annotations

import time
from typing import Any

import pytest

from infra.seed import at
from openhour import clock
from tests.browser.practices import NORA, PETER
from tests.browser.scenes import FRIDAY, TUESDAY
from tests.browser.test_stored_tokens import age

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
BROKEN = "Something went wrong on our side. Please try again, or call us."


@pytest.fixture
def peter(practice, visitors):
    """A client who is about to press "Book session"."""
    peter = visitors(practice).sign_in(PETER)
    peter.button(FRIDAY).click()
    peter.sees("Book this session?")
    return peter


def sessions_of(practice, client="peter"):
    found = practice.therapist("GET", f"/practice/clients/{client}")["appointments"]
    return [each["start"][:16] for each in found if each["status"] == "booked"]


def press_and_see(visitor, *texts, press="Book session"):
    visitor.button(press).click()
    visitor.sees(*texts)


def answer(visitor, path, *answers):
    """Answer the next requests to a path like this, and let all later ones through."""
    waiting = list(answers)

    def handle(route):
        if not waiting:
            route.continue_()
        elif callable(waiting[0]):
            waiting.pop(0)(route)
        else:
            status, headers = waiting.pop(0)
            route.fulfill(status=status, headers=headers, json={"type": "", "detail": ""})

    visitor.page.route(f"{visitor.server.base_url}{path}", handle)


def lose_the_response(route):
    route.fetch()
    route.abort()


def test_a_booking_without_a_connection_is_made_once_it_is_back(practice, peter):
    peter.expected += OFFLINE
    peter.context.set_offline(True)
    press_and_see(peter, "No connection. Your choice is kept.", "Trying again never books twice.")
    assert peter.button("Book session").is_visible()
    peter.context.set_offline(False)
    peter.button("Try again").click()
    peter.heading("You're booked").wait_for()
    assert sessions_of(practice) == ["2026-12-04T13:00"]


def test_a_booking_whose_answer_is_lost_is_not_made_twice(practice, peter):
    peter.expected += OFFLINE
    answer(peter, "/appointments", lose_the_response)
    press_and_see(peter, "No connection. Your choice is kept.")
    peter.button("Try again").click()
    peter.heading("You're booked").wait_for()
    assert sessions_of(practice) == ["2026-12-04T13:00"]


def test_a_move_whose_answer_is_lost_is_made_once(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.button(f"Move {TUESDAY}").click()
    nora.button(FRIDAY).click()
    nora.expected += OFFLINE
    answer(nora, "/appointments/*/move", lose_the_response)
    press_and_see(nora, "No connection. Your choice is kept.", press="Move session")
    nora.button("Try again").click()
    nora.heading("Your session is moved").wait_for()
    assert "2026-12-04T13:00" in sessions_of(practice, "nora")
    assert "2026-12-08T16:30" not in sessions_of(practice, "nora")


def test_a_cancellation_whose_answer_is_lost_is_made_once(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.button(f"Cancel {TUESDAY}").click()
    nora.expected += OFFLINE
    answer(nora, "/appointments/*", lose_the_response)
    press_and_see(nora, "No connection. Your choice is kept.", press="Cancel session")
    nora.button("Try again").click()
    nora.heading("Your session is cancelled").wait_for()
    assert "2026-12-08T16:30" not in sessions_of(practice, "nora")


def test_a_short_rush_is_waited_out_without_a_word(practice, peter):
    peter.expected += ("503", "429")
    answer(peter, "/appointments", (503, {"retry-after": "1"}), (429, {"retry-after": "0"}))
    began = time.monotonic()
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    assert time.monotonic() - began > 1
    assert sessions_of(practice) == ["2026-12-04T13:00"]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([(503, {"retry-after": "0"})] * 3, id="busy for long"),
        pytest.param([(500, {})], id="an error"),
        pytest.param([(502, {})], id="a gateway's error"),
    ],
)
def test_a_failing_server_keeps_the_choice(practice, peter, answers):
    peter.expected += ("50",)
    answer(peter, "/appointments", *answers)
    press_and_see(peter, BROKEN)
    phone = peter.page.get_by_role("dialog").get_by_role("link", name="(802) 555-0148")
    assert phone.is_visible()
    peter.button("Try again").click()
    peter.heading("You're booked").wait_for()
    assert sessions_of(practice) == ["2026-12-04T13:00"]


def test_times_that_could_not_be_loaded_are_not_called_taken(shared_practice, visitors):
    peter = visitors(shared_practice)
    peter.expected += ("500",)
    answer(peter, "/slots", (500, {}))
    peter.sign_in(PETER)
    peter.sees(BROKEN)
    assert peter.page.get_by_text("No open times just now").count() == 0
    peter.button("Try again").click()
    peter.button(FRIDAY).wait_for()


def test_a_page_that_starts_without_a_connection_starts_once_it_is_back(shared_practice, visitors):
    nora = visitors(shared_practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.expected += OFFLINE
    answer(nora, "/me", lose_the_response)
    nora.page.reload()
    nora.sees("No connection.", "(802) 555-0148")
    nora.button("Try again").click()
    nora.heading("Your next session").wait_for()


@pytest.mark.parametrize("status", [500, 0], ids=["an error", "no connection"])
def test_a_configuration_that_could_not_be_fetched_is_fetched_again(
    shared_practice, visitors, status
):
    nora = visitors(shared_practice)
    nora.expected += ("500", *OFFLINE)
    failure: Any = (status, {}) if status else (lambda route: route.abort())
    answer(nora, "/config.json", failure, failure)
    nora.sign_in(NORA)
    nora.sees(BROKEN if status else "No connection.")
    assert nora.field("Email or sign-in name").input_value() == NORA
    nora.button("Sign in").click()
    nora.heading("Your next session").wait_for()


def test_a_slow_answer_is_waited_for_with_the_button_and_the_focus_in_place(practice, visitors):
    peter = visitors(practice)
    peter.page.clock.install()
    peter.sign_in(PETER)
    peter.button(FRIDAY).click()
    held: list[Any] = []
    answer(peter, "/appointments", held.append)
    button = peter.page.locator(".sheet button.main")
    button.focus()
    before = button.bounding_box()
    peter.page.keyboard.press("Enter")
    peter.button("Booking…").wait_for()
    assert peter.page.get_by_text("Still working.").count() == 0
    peter.page.clock.fast_forward(4_100)
    peter.sees("Still working. You can wait or call us.")
    peter.waits_for_focus("Booking…")
    assert button.bounding_box()["width"] == before["width"]
    for name in ("Choose another time", "Close"):
        peter.button(name).click()
    peter.page.keyboard.press("Escape")
    peter.page.go_back()
    peter.button("Booking…").wait_for()  # what is under way can't be left
    held[0].continue_()
    peter.heading("You're booked").wait_for()
    assert peter.requests.count("POST /appointments") == 1


def test_a_double_tap_books_once(practice, peter):
    peter.button("Book session").dblclick()
    peter.heading("You're booked").wait_for()
    assert peter.requests.count("POST /appointments") == 1


def test_a_token_that_is_refused_is_renewed_in_the_middle_of_a_booking(practice, peter):
    peter.expected += ("401",)
    answer(peter, "/appointments", (401, {}))
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    assert peter.requests.count("GetTokensFromRefreshToken") == 1
    assert sessions_of(practice) == ["2026-12-04T13:00"]


def end_session(visitor):
    """Let the visitor's tokens expire, also the one that renews them."""
    age(visitor)
    visitor.page.evaluate(
        """(key) => {
          const kept = JSON.parse(sessionStorage.getItem(key));
          sessionStorage.setItem(key, JSON.stringify({ ...kept, refresh_token: "expired" }));
        }""",
        f"openhour:{visitor.therapist_id}",
    )
    visitor.expected += ("400",)


def test_a_choice_waits_while_a_client_signs_in_again(practice, peter):
    end_session(peter)
    press_and_see(peter, "Please sign in again. Nothing was lost.")
    assert peter.page.get_by_role("dialog").count() == 0
    peter.waits_for_focus("Sign in to book")
    peter.give_password(PETER)
    peter.sees("Book this session?", "Friday, December 4")
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    assert sessions_of(practice) == ["2026-12-04T13:00"]


def test_a_choice_does_not_wait_for_somebody_else(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.button(f"Cancel {TUESDAY}").click()
    end_session(nora)
    press_and_see(nora, "Please sign in again.", press="Cancel session")
    nora.give_password(PETER)
    nora.sees("You have no session booked.")
    assert nora.page.get_by_role("dialog").count() == 0
    assert "2026-12-08T16:30" in sessions_of(practice, "nora")


def test_a_move_goes_on_after_signing_in_again(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.button(f"Move {TUESDAY}").click()
    nora.button(FRIDAY).click()
    end_session(nora)
    press_and_see(nora, "Please sign in again.", press="Move session")
    nora.give_password(NORA)
    press_and_see(nora, "Your session is moved", press="Move session")


def test_a_session_that_is_gone_is_no_longer_moved_and_the_list_says_so(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.button(f"Move {TUESDAY}").click()
    nora.button(FRIDAY).click()
    appointment = practice.client(NORA, "GET", "/me")["appointments"][0]["appointment_id"]
    practice.therapist("DELETE", f"/practice/appointments/{appointment}", {"by": "therapist"})
    nora.expected += ("404", "409")
    nora.button("Move session").click()
    nora.sees("This session is no longer yours. The list is now up to date.")
    nora.sees("Tuesday, December 8, 4:30 pm was cancelled by the practice.")
    assert nora.page.get_by_text("stays yours until you do.").count() == 0
    assert nora.button(f"Cancel {TUESDAY}").count() == 0


def test_a_refusal_is_read_where_all_sessions_are_listed(practice, visitors):
    nora = visitors(practice).sign_in(NORA)
    nora.page.locator("main").get_by_role("button", name="All sessions").click()
    nora.button(f"Cancel {TUESDAY}").click()
    clock.set_now(at("2026-12-08 16:45"))
    nora.expected += ("409", "403", "404")
    nora.button("Cancel session").click()
    nora.sees("This session has already started.", "(802) 555-0148")
    nora.waits_for_focus("This session has already started.")


CLOSING = {
    "a suspension": (
        lambda practice: practice.therapist(
            "PUT", "/practice/clients/peter/privilege", {"state": "suspended", "reason": "Three"}
        ),
        ["We'd like to find your next time together with you."],
    ),
    "a practice that is switched off": (
        lambda practice: practice.therapist("PUT", "/practice/self-scheduling", {"enabled": False}),
        ["Times are booked by phone just now."],
    ),
    "a discharge": (
        lambda practice: practice.therapist("DELETE", "/practice/clients/peter"),
        ["You can't book here any more."],
    ),
}


@pytest.mark.parametrize("case", CLOSING)
def test_a_page_that_was_open_before(practice, peter, case):
    close, texts = CLOSING[case]
    close(practice)
    peter.expected += ("403", "404", "400")
    press_and_see(peter, "Please call us to book", *texts)
    assert peter.page.get_by_role("dialog").count() == 0
    peter.waits_for_focus("Please call us to book")
    assert peter.page.locator("main a.phone").first.is_visible()
    assert peter.page.locator("[data-slot]").count() == 0


def test_whoever_was_discharged_can_sign_out(practice, peter):
    practice.therapist("DELETE", "/practice/clients/peter")
    peter.expected += ("403", "404", "400")
    press_and_see(peter, "You can't book here any more.")
    assert peter.page.get_by_text("Novak").count() == 0
    peter.button("Sign out").click()
    peter.heading("Sign in to book").wait_for()


def test_back_and_forward_close_what_was_opened_and_open_nothing(practice, visitors):
    nora = visitors(practice)
    nora.page.goto(f"{nora.server.base_url}/")
    nora.sign_in(NORA)
    nora.button(FRIDAY).click()
    nora.sees("Book this session?")
    nora.page.go_back()
    nora.page.get_by_role("dialog").wait_for(state="hidden")
    nora.waits_for_focus("Friday, December 4, 1:00\N{NO-BREAK SPACE}pm")
    nora.page.go_forward()
    assert nora.page.get_by_role("dialog").count() == 0
    nora.page.locator("main").get_by_role("button", name="All sessions").click()
    nora.heading("Your sessions").wait_for()
    nora.button(f"Cancel {TUESDAY}").click()
    nora.page.go_back()
    nora.page.get_by_role("dialog").wait_for(state="hidden")
    assert nora.heading("Your sessions").is_visible()
    nora.page.go_back()
    nora.button(f"Move {TUESDAY}").click()
    nora.sees("stays yours until you do.")
    nora.page.go_back()
    nora.page.get_by_text("stays yours until you do.").wait_for(state="hidden")
    nora.page.go_back()
    nora.page.wait_for_url(f"{nora.server.base_url}/")


def test_back_leads_through_the_views_before_signing_in(shared_practice, visitors):
    visitor = visitors(shared_practice).open()
    for name, title in (
        ("I can't get in", "Get back in"),
        ("Register", "Register as a new client"),
    ):
        visitor.button(name).click()
        visitor.heading(title).wait_for()
        visitor.page.go_back()
        visitor.heading("Sign in to book").wait_for()


def test_a_reload_in_the_middle_of_a_question_leaves_one_way_back(shared_practice, visitors):
    nora = visitors(shared_practice)
    nora.page.goto(f"{nora.server.base_url}/")
    nora.sign_in(NORA)
    nora.button(FRIDAY).click()
    nora.page.reload()
    nora.button(FRIDAY).click()
    nora.page.go_back()
    nora.page.get_by_role("dialog").wait_for(state="hidden")
    nora.page.go_back()
    nora.page.wait_for_url(f"{nora.server.base_url}/")


def test_the_first_view_takes_one_round_of_requests(shared_practice, visitors):
    nora = visitors(shared_practice)
    requests_of_first_view(nora, ["/config.json", f"/therapists/{nora.therapist_id}"])
    nora.heading("Sign in to book").wait_for()
    nora.give_password(NORA)
    nora.heading("Your next session").wait_for()
    requests_of_first_view(nora, ["/me", "/slots"])
    nora.heading("Your next session").wait_for()


def requests_of_first_view(visitor, paths):
    """Answer no request before all have come: the page shows its first view by these alone."""
    held: list[Any] = []
    visitor.page.unroute_all()
    visitor.requests.clear()
    for path in paths:
        url = f"{visitor.server.base_url}{path}"
        # Playwright takes no methods of built-in types.
        visitor.page.route(url, lambda route: held.append(route))  # noqa: PLW0108
    visitor.page.goto(visitor.address)
    while len(held) < len(paths):
        visitor.page.wait_for_timeout(5)
    for route in held:
        route.continue_()
    visitor.page.locator("h1:not(.read), .slot[data-slot]").first.wait_for()
    asked = [each for each in visitor.requests if "/assets/" not in each and "/book/" not in each]
    assert sorted(asked) == [f"GET {path}" for path in paths]
