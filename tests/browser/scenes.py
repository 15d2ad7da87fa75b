"""Every view of the client's page, as a scene that a visitor can be brought to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from infra.seed import at
from openhour import clock
from openhour.store.messages import write_unsubscribe_token
from openhour.use_cases.unsubscribing import new_unsubscribe_token
from tests.browser.practices import NORA, PETER
from tests.functions.stopping_mail import bounce

if TYPE_CHECKING:
    from tests.browser.practices import PracticeAtWork
    from tests.browser.visitor import Visitor

Scene = Callable[["PracticeAtWork", "Visitor"], None]
SCENES: dict[str, Scene] = {}
"""By name. Each leaves the page as its picture shall show it."""
READING = frozenset(
    {
        *("sign-in", "sign-in-refused", "sign-in-empty", "cant-get-in", "code", "register"),
        *("link-expired", "first-view", "first-view-without-session", "menu", "unfolded"),
        *("own-zone", "choosing", "moving", "move-question", "cancelling", "cancelling-late"),
        *("all-sessions", "no-connection", "unknown-practice"),
    }
)
"""Those that change nothing in the practice."""
TUESDAY = "Tuesday, December 8, 4:30 pm"
FRIDAY = "Friday, December 4, 1:00 pm"


def _scene(function: Scene) -> Scene:
    SCENES[function.__name__.replace("_", "-")] = function
    return function


@_scene
def sign_in(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.open()
    visitor.sees("There is room for new clients.")


@_scene
def sign_in_refused(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.expected += ("400",)
    visitor.sign_in(PETER, "Wrong-password-1")
    visitor.sees("That didn't work.")


@_scene
def sign_in_empty(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.open()
    visitor.button("Sign in").click()
    visitor.sees("Please fill this in.")


@_scene
def first_password(practice: PracticeAtWork, visitor: Visitor) -> None:
    client = {"name": "Ruth Abara", "email": "ruth@example.com", "invite": True}
    practice.therapist("POST", "/practice/clients", client)
    mail = practice.newest_mail("ruth@example.com")
    visitor.sign_in("ruth@example.com", mail.password)
    visitor.heading("Choose your password").wait_for()


@_scene
def cant_get_in(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.open()
    visitor.button("I can't get in").click()
    visitor.heading("Get back in").wait_for()


@_scene
def code(practice: PracticeAtWork, visitor: Visitor) -> None:
    cant_get_in(practice, visitor)
    visitor.page.get_by_label("Email or sign-in name").fill(PETER)
    visitor.button("Send").click()
    visitor.heading("Look at your mail").wait_for()


@_scene
def register(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.open()
    visitor.button("Register").click()
    visitor.heading("Register as a new client").wait_for()


@_scene
def registered(practice: PracticeAtWork, visitor: Visitor) -> None:
    register(practice, visitor)
    for label, text in (
        ("Name", "Lucia Romano"),
        ("Email", "lucia@example.com"),
        ("Phone", "802 555 0101"),
    ):
        visitor.page.get_by_label(label).fill(text)
    visitor.button("Register").click()
    visitor.heading("Thank you").wait_for()


def _follow_link(practice: PracticeAtWork, visitor: Visitor) -> str:
    given = {"name": "Lucia Romano", "email": "lucia@example.com", "phone": "802 555 0101"}
    token = practice.register(given)
    visitor.follow_link(token)
    visitor.heading("Confirm your registration").wait_for()
    return token


@_scene
def confirm(practice: PracticeAtWork, visitor: Visitor) -> None:
    _follow_link(practice, visitor)


@_scene
def confirmed(practice: PracticeAtWork, visitor: Visitor) -> None:
    _follow_link(practice, visitor)
    visitor.button("Confirm").click()
    visitor.heading("Look at your mail").wait_for()


@_scene
def full_meanwhile(practice: PracticeAtWork, visitor: Visitor) -> None:
    _follow_link(practice, visitor)
    practice.therapist("PATCH", "/practice", {"intake": "closed"})
    visitor.expected += ("403",)
    visitor.button("Confirm").click()
    visitor.heading("New clients: please call us").wait_for()


@_scene
def link_expired(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.follow_link("x" * 86)
    visitor.expected += ("410",)
    visitor.button("Confirm").click()
    visitor.heading("This link has expired").wait_for()


@_scene
def no_room(practice: PracticeAtWork, visitor: Visitor) -> None:
    practice.therapist("PATCH", "/practice", {"intake": "closed"})
    visitor.open()
    visitor.sees("New clients: please call us.")


@_scene
def first_view(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.sign_in(NORA)
    visitor.heading("Your next session").wait_for()


@_scene
def first_view_without_session(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.sign_in(PETER)
    visitor.sees("You have no session booked.")


@_scene
def menu(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    visitor.button("Nora Whitfield: menu").click()
    visitor.button("Sign out").wait_for()


@_scene
def unfolded(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    for each in visitor.page.locator("button.fold").all()[:3]:
        each.click()


@_scene
def own_zone(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.become(timezone_id="America/Los_Angeles")
    first_view(practice, visitor)
    visitor.sees("Eastern Time, yours in brackets", "1:30 pm for you")


@_scene
def notice(practice: PracticeAtWork, visitor: Visitor) -> None:
    away = {
        "from": "2026-12-02T00:00:00-05:00",
        "to": "2026-12-05T00:00:00-05:00",
        "notice": "We are away until Friday. Urgent? The crisis line answers at any hour.",
    }
    practice.therapist("POST", "/practice/time-off", away)
    visitor.sign_in(PETER)
    visitor.sees("We are away until Friday.")


@_scene
def cancelled_by_practice(practice: PracticeAtWork, visitor: Visitor) -> None:
    ill = {
        "from": "2026-12-08T00:00:00-05:00",
        "to": "2026-12-09T00:00:00-05:00",
        "cancel_booked": True,
        "message": "I'm ill and sorry to cancel. Please take another time.",
    }
    practice.therapist("POST", "/practice/time-off", ill)
    visitor.sign_in(NORA)
    visitor.sees("was cancelled by the practice.", "sorry to cancel")


@_scene
def nothing_open(practice: PracticeAtWork, visitor: Visitor) -> None:
    practice.therapist("PUT", "/practice/hours", {"hours": []})
    visitor.sign_in(PETER)
    visitor.heading("No open times just now").wait_for()


@_scene
def choosing(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view_without_session(practice, visitor)
    visitor.button(FRIDAY).click()
    visitor.sees("Book this session?")


@_scene
def choosing_soon(practice: PracticeAtWork, visitor: Visitor) -> None:
    practice.therapist("PATCH", "/practice", {"booking_notice_hours": 0})
    first_view_without_session(practice, visitor)
    visitor.button("Wednesday, December 2, 2:00 pm").click()
    visitor.sees("This session is soon")


@_scene
def booked(practice: PracticeAtWork, visitor: Visitor) -> None:
    choosing(practice, visitor)
    visitor.button("Book session").click()
    visitor.heading("You're booked").wait_for()


@_scene
def taken_meanwhile(practice: PracticeAtWork, visitor: Visitor) -> None:
    choosing(practice, visitor)
    slot = visitor.slot_id(FRIDAY)
    practice.client(NORA, "POST", "/appointments", {"slot_id": slot})
    visitor.expected += ("409",)
    visitor.button("Book session").click()
    visitor.sees("This time is gone", "Nearest:")


@_scene
def moving(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    visitor.button(f"Move {TUESDAY}").click()
    visitor.sees("stays yours until you do.")


@_scene
def move_question(practice: PracticeAtWork, visitor: Visitor) -> None:
    moving(practice, visitor)
    visitor.button(FRIDAY).click()
    visitor.sees("Move your session here?")


@_scene
def moved(practice: PracticeAtWork, visitor: Visitor) -> None:
    move_question(practice, visitor)
    visitor.button("Move session").click()
    visitor.heading("Your session is moved").wait_for()


@_scene
def cancelling(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    visitor.button(f"Cancel {TUESDAY}").click()
    visitor.sees("Cancel this session?")


@_scene
def cancelling_late(practice: PracticeAtWork, visitor: Visitor) -> None:
    _until_tuesday_morning()
    first_view(practice, visitor)
    visitor.button(f"Cancel {TUESDAY}").click()
    visitor.sees("It starts in 7 hours, so this is a late change.")


@_scene
def cancelling_before_the_limit(practice: PracticeAtWork, visitor: Visitor) -> None:
    practice.therapist("PATCH", "/practice", {"strike_limit": 1, "on_strike_limit": "suspend"})
    cancelling_late(practice, visitor)
    visitor.sees("After this one we ask you to book by phone for a while.")


@_scene
def cancelled_late(practice: PracticeAtWork, visitor: Visitor) -> None:
    cancelling_late(practice, visitor)
    visitor.button("Cancel session").click()
    visitor.heading("Your session is cancelled").wait_for()


@_scene
def moving_late(practice: PracticeAtWork, visitor: Visitor) -> None:
    cancelling_late(practice, visitor)
    visitor.button("Move it instead").click()
    visitor.sees("Moving it does not count as late.")


@_scene
def all_sessions(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    visitor.button("All sessions").click()
    visitor.heading("Your sessions").wait_for()


@_scene
def asking(practice: PracticeAtWork, visitor: Visitor) -> None:
    booked(practice, visitor)
    visitor.button("Ask").click()
    visitor.sees("Ask for this time?")


@_scene
def asked(practice: PracticeAtWork, visitor: Visitor) -> None:
    asking(practice, visitor)
    visitor.button("Ask for every week").click()
    visitor.sees("You asked for")


@_scene
def declined(practice: PracticeAtWork, visitor: Visitor) -> None:
    asked(practice, visitor)
    practice.therapist("DELETE", "/practice/clients/peter/regular-request")
    visitor.page.reload()
    visitor.button("All sessions").click()
    visitor.sees("isn't possible just now.")


@_scene
def please_call(practice: PracticeAtWork, visitor: Visitor) -> None:
    # Whoever is signed in stays so until the token ends.
    first_view(practice, visitor)
    suspended = {"state": "suspended", "reason": "Three late changes"}
    practice.therapist("PUT", "/practice/clients/nora/privilege", suspended)
    visitor.expected += ("403",)
    visitor.page.reload()
    visitor.sees("Please call us to book", "Your repeating times are kept.")


@_scene
def by_phone_only(practice: PracticeAtWork, visitor: Visitor) -> None:
    practice.therapist("PUT", "/practice/self-scheduling", {"enabled": False})
    visitor.expected += ("403",)
    visitor.sign_in(NORA)
    visitor.sees("Times are booked by phone just now.")


@_scene
def no_longer_a_client(practice: PracticeAtWork, visitor: Visitor) -> None:
    first_view(practice, visitor)
    practice.therapist("DELETE", "/practice/clients/nora")
    visitor.expected += ("404",)
    visitor.page.reload()
    visitor.sees("You can't book here any more.")


@_scene
def no_connection(practice: PracticeAtWork, visitor: Visitor) -> None:
    choosing(practice, visitor)
    visitor.expected += ("ERR_INTERNET_DISCONNECTED",)
    visitor.context.set_offline(True)
    visitor.button("Book session").click()
    visitor.sees("No connection. Your choice is kept.")


@_scene
def unknown_practice(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.expected += ("404",)
    visitor.page.goto(f"{visitor.server.base_url}/book/nobody")
    visitor.heading("There is no practice at this address").wait_for()


def _until_tuesday_morning() -> None:
    clock.set_now(at("2026-12-08 09:15"))


def unsubscribe_link(practice: PracticeAtWork, client_id: str = "nora") -> str:
    """Return the link of a reminder that a client was mailed, as it stands behind the address."""
    token = new_unsubscribe_token(practice.therapist_id)
    write_unsubscribe_token(practice.therapist_id, client_id, token, now=clock.now())
    return f"#unsubscribe={token}"


@_scene
def unsubscribe(practice: PracticeAtWork, visitor: Visitor) -> None:
    visitor.open(unsubscribe_link(practice))
    visitor.heading("No more reminders?").wait_for()


@_scene
def unsubscribed(practice: PracticeAtWork, visitor: Visitor) -> None:
    unsubscribe(practice, visitor)
    visitor.button("No more reminders").click()
    visitor.heading("No more reminders come").wait_for()


@_scene
def mail_came_back(practice: PracticeAtWork, visitor: Visitor) -> None:
    bounce(practice.therapist_id, "nora")
    visitor.sign_in(NORA)
    visitor.button("Nora Whitfield: menu").click()
    visitor.button("Mail").click()
    visitor.sees("Mails to you came back", "Please tell us your address.")
