"""What stands in a browser's storage may be forged, old, of somebody else, or not be there."""

from __future__ import annotations

import base64
import json

import pytest

from tests.browser.practices import NORA, PASSWORD, PETER, PracticeAtWork
from tests.browser.scenes import FRIDAY, cancelling_late

ANY_REFUSAL = ("400", "401", "403")
SHIFT_CLOCK = """
const Real = Date, shift = Number(sessionStorage.getItem("shift") ?? %d);
globalThis.Date = class extends Real {
  constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + shift); }
  static now() { return Real.now() + shift; }
};
"""
BLOCK_STORAGE = """
for (const name of ["getItem", "setItem", "removeItem"]) {
  Storage.prototype[name] = () => { throw new DOMException("blocked", "SecurityError"); };
}
"""


def tokens(practice, email):
    """Sign in past the page, and return what the page would keep."""
    login = f"{practice.therapist_id}/{email}"
    return {"id_token": practice.server.sign_in(login, PASSWORD), "refresh_token": "unknown"}


def forged(practice):
    header, payload, _ = tokens(practice, NORA)["id_token"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps({**claims, "custom:client_id": "peter"}).encode())
    return {"id_token": f"{header}.{other.decode().rstrip('=')}.x", "refresh_token": "x"}


@pytest.fixture(scope="module")
def other_practice(server):
    """Another practice at the same address, with clients of the same names."""
    return PracticeAtWork.open(server, "elsewhere")


REFUSED = {
    "a text that is no tokens": lambda *_: "rubbish",
    "another shape": lambda *_: json.dumps({"id_token": 1, "refresh_token": None}),
    "tokens that are no tokens": lambda *_: kept({"id_token": "a.b.c", "refresh_token": "d"}),
    "a forged token": lambda practice, _: kept(forged(practice)),
    "a token that is no longer fresh, and can't be refreshed": lambda practice, _: kept(
        tokens(practice, NORA), received_at=0
    ),
    "a token of a browser whose clock was set back": lambda practice, _: kept(
        tokens(practice, NORA), received_at=9e15
    ),
    "another practice's token": lambda _, other: kept(tokens(other, NORA)),
    "a therapist's token": lambda practice, _: kept(tokens(practice, "therapist@example.com")),
}


def kept(found, received_at=None):
    return json.dumps({**found, "received_at": received_at or 0, "now": received_at is None})


def put(visitor, text):
    """Put a text where the page keeps its tokens; `now` stands for the browser's own clock."""
    visitor.page.evaluate(
        """([key, text]) => {
          let found = text;
          try {
            const kept = JSON.parse(text);
            found = JSON.stringify(kept.now ? { ...kept, received_at: Date.now() } : kept);
          } catch {}
          sessionStorage.setItem(key, found);
        }""",
        [f"openhour:{visitor.therapist_id}", text],
    )


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_token_of_a_client_here_leads_to_the_sign_in(
    shared_practice, other_practice, visitors, case
):
    visitor = visitors(shared_practice).open()
    visitor.expected += ANY_REFUSAL
    put(visitor, REFUSED[case](shared_practice, other_practice))
    visitor.open()
    visitor.heading("Sign in to book").wait_for()
    assert visitor.page.get_by_text("Nora").count() == 0
    visitor.give_password(NORA)
    visitor.heading("Your next session").wait_for()


def test_the_token_of_another_client_shows_that_client_alone(shared_practice, visitors):
    visitor = visitors(shared_practice).sign_in(NORA)
    visitor.heading("Your next session").wait_for()
    put(visitor, kept(tokens(shared_practice, PETER)))
    visitor.page.reload()
    visitor.sees("You have no session booked.")
    assert visitor.page.get_by_text("Nora").count() == 0


def test_an_old_token_is_renewed_without_a_word(shared_practice, visitors):
    nora = visitors(shared_practice).sign_in(NORA)
    nora.heading("Your next session").wait_for()
    age(nora)
    nora.requests.clear()
    nora.page.reload()
    nora.heading("Your next session").wait_for()
    assert nora.requests.count("GetTokensFromRefreshToken") == 1


def age(visitor, storage="sessionStorage"):
    """Make the kept tokens as old as if half an hour had passed."""
    visitor.page.evaluate(
        """([storage, key]) => {
          const kept = JSON.parse(globalThis[storage].getItem(key));
          kept.received_at -= 1_800_000;
          globalThis[storage].setItem(key, JSON.stringify(kept));
        }""",
        [storage, f"openhour:{visitor.therapist_id}"],
    )


def test_two_tabs_of_a_device_renew_their_token_once(shared_practice, visitors):
    nora = visitors(shared_practice).open()
    nora.field("Keep me signed in on this device").check()
    nora.give_password(NORA)
    nora.heading("Your next session").wait_for()
    tabs = [nora.page, nora.open_tab()]
    tabs[1].goto(nora.address)
    tabs[1].get_by_role("heading", name="Your next session").wait_for()
    age(nora, "localStorage")
    nora.requests.clear()
    for tab in tabs:
        tab.evaluate("setTimeout(() => location.reload())")
    for tab in tabs:
        tab.wait_for_load_state()
        tab.get_by_role("heading", name="Your next session").wait_for()
    # A token that is sent twice in one minute is accepted twice: both tabs stay signed in.
    assert 1 <= nora.requests.count("GetTokensFromRefreshToken") <= 2
    age(nora, "localStorage")
    nora.requests.clear()
    nora.page.goto(nora.address)
    nora.heading("Your next session").wait_for()
    assert nora.requests.count("GetTokensFromRefreshToken") == 1


@pytest.mark.parametrize("shift", [-86_400_000, 86_400_000], ids=["a day slow", "a day fast"])
def test_a_wrong_clock_in_the_browser_changes_nothing(practice, visitors, shift):
    nora = visitors(practice)
    nora.context.add_init_script(SHIFT_CLOCK % shift)
    cancelling_late(practice, nora)
    nora.sees("Cancel today's session?")
    nora.button("Cancel session").click()
    nora.heading("Your session is cancelled").wait_for()
    assert nora.requests.count("GetTokensFromRefreshToken") == 0


@pytest.mark.parametrize("shift", [-86_400_000, 86_400_000], ids=["back", "forward"])
def test_a_clock_that_is_set_while_somebody_is_signed_in_renews_the_token(
    shared_practice, visitors, shift
):
    nora = visitors(shared_practice)
    nora.context.add_init_script(SHIFT_CLOCK % 0)
    nora.sign_in(NORA)
    nora.heading("Your next session").wait_for()
    nora.page.evaluate("(shift) => sessionStorage.setItem('shift', shift)", shift)
    nora.page.reload()
    nora.heading("Your next session").wait_for()
    assert nora.requests.count("GetTokensFromRefreshToken") == 1


def test_a_browser_without_storage_books_until_it_is_closed(practice, visitors):
    peter = visitors(practice)
    peter.context.add_init_script(BLOCK_STORAGE)
    peter.open()
    peter.field("Keep me signed in on this device").check()
    peter.give_password(PETER)
    peter.button("Español").click()
    peter.sees("No tiene ninguna sesión reservada.")
    peter.button("English").click()
    peter.button(FRIDAY).click()
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    peter.open()
    peter.heading("Sign in to book").wait_for()


def test_without_scripts_the_page_says_so_and_gives_the_phone(shared_practice, visitors):
    visitor = visitors(shared_practice, java_script_enabled=False)
    visitor.page.goto(visitor.address)
    visitor.sees("You can always call us:")
    assert visitor.page.locator("noscript p").inner_text() == "Booking online needs JavaScript."
    phone = visitor.page.get_by_role("link", name="(802) 555-0148")
    assert phone.get_attribute("href") == "tel:8025550148"
    assert not visitor.page.get_by_text("This browser is too old").is_visible()
