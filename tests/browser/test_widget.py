"""The widget in a therapist's site on another origin: it books, and the site learns only sizes."""

from __future__ import annotations

import http.server
import itertools
import threading
from contextlib import contextmanager

import pytest

from openhour import clock
from tests.browser.practices import NORA, NOW, PETER, PHONE, PracticeAtWork
from tests.browser.scenes import FRIDAY, TUESDAY
from tests.browser.visitor import View

NUMBERS = itertools.count(1)
DESKTOP = {"width": 1280, "height": 800}
RECORD = """
window.told = [];
addEventListener("message", (event) => told.push(event.data));
"""
"""The site keeps every message that it gets."""


@contextmanager
def a_site(base_url):
    """Serve a site that embeds the practices named in its address; yield its origin."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            tags = "".join(
                f'<openhour-widget therapist="{each}"></openhour-widget>'
                for each in self.path.strip("/").split(",")
            )
            body = (
                '<!doctype html><html lang="en"><title>Maple Street</title><h1>Book a session</h1>'
                f'<script src="{base_url}/widget.js" async></script>{tags}</html>'
            ).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header(
                "content-security-policy",
                f"default-src 'none'; script-src {base_url}; frame-src {base_url}",
            )
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"localhost:{site.server_port}"
        site.shutdown()


@pytest.fixture
def site(server):
    """A site, by the name `localhost`: a browser takes it for another site than 127.0.0.1."""
    with a_site(server.base_url) as host:
        yield host


@pytest.fixture
def embedded(server, site):
    """A practice that the site may embed."""
    clock.set_now(NOW)
    return PracticeAtWork.open(server, f"w{next(NUMBERS)}", embed_origins=(f"http://{site}",))


def visit(visitors, practice, site, *others, **options):
    """Open the site as a visitor; return the visitor and a view of each widget."""
    visitor = visitors(practice, **{"viewport": DESKTOP, **options})
    visitor.hosts.add(site)
    visitor.expected += ("favicon", "404")
    visitor.context.add_init_script(RECORD)
    practices = (practice, *others)
    visitor.page.goto(f"http://{site}/{','.join(each.therapist_id for each in practices)}")
    frames = visitor.page.locator("openhour-widget")
    return visitor, *(
        View(frames.nth(index).frame_locator("iframe")) for index in range(len(practices))
    )


def frame_fits(visitor):
    """Wait until the frame is as high as its content, so that it needs no scroll bar."""
    (frame,) = [each for each in visitor.page.frames if "/book/" in each.url]
    visitor.page.wait_for_function("() => document.querySelector('iframe').style.height")
    content = "() => document.documentElement.scrollHeight <= innerHeight"
    frame.wait_for_function(content)


def test_a_client_books_in_the_site_and_the_site_learns_only_sizes(embedded, site, visitors):
    visitor, widget = visit(visitors, embedded, site)
    widget.heading("Sign in to book").wait_for()
    frame_fits(visitor)
    widget.give_password(PETER)
    widget.sees("You have no session booked.")
    frame_fits(visitor)
    widget.button(FRIDAY).click()
    widget.heading("Book this session?").wait_for()
    frame_fits(visitor)
    assert widget.root.get_by_role("dialog").count() == 0
    box = widget.button("Book session").bounding_box()
    assert 0 <= box["y"] <= DESKTOP["height"] - box["height"]
    day = widget.root.locator(".day", has=widget.root.locator("[aria-pressed=true]"))
    assert day.locator("xpath=following-sibling::*[1]").get_attribute("class") == "in-place"
    widget.button("Book session").click()
    widget.heading("You're booked").wait_for()
    frame_fits(visitor)

    told = visitor.page.evaluate("told")
    assert {each["openhour"] for each in told} == {"height", "reveal"}
    for message in told:
        assert all(isinstance(v, int | float) for k, v in message.items() if k != "openhour")
        assert message.keys() <= {"openhour", "height", "top", "bottom"}
    page = visitor.page
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert (
        page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    )


def test_escape_and_choosing_another_time_give_the_focus_back(embedded, site, visitors):
    visitor, widget = visit(visitors, embedded, site)
    widget.give_password(PETER)
    for leave in (
        lambda: visitor.page.keyboard.press("Escape"),
        widget.button("Choose another time").click,
    ):
        widget.button(FRIDAY).click()
        widget.heading("Book this session?").wait_for()
        leave()
        widget.heading("Book this session?").wait_for(state="detached")
        focused = widget.root.locator(":focus").get_attribute("aria-label")
        assert focused.replace("\xa0", " ") == FRIDAY


def test_cancelling_asks_in_place_beside_the_session(embedded, site, visitors):
    visitor, widget = visit(visitors, embedded, site, viewport={"width": 390, "height": 700})
    widget.give_password(NORA)
    widget.button(f"Cancel {TUESDAY}").click()
    widget.sees("Cancel this session?")
    frame_fits(visitor)
    assert widget.root.get_by_role("dialog").count() == 0
    widget.button("Cancel session").click()
    widget.heading("Your session is cancelled").wait_for()


def test_the_site_chooses_language_theme_and_accent_at_any_time(embedded, site, visitors):
    visitor, widget = visit(visitors, embedded, site)
    widget.heading("Sign in to book").wait_for()
    visitor.page.evaluate(
        """() => {
          const widget = document.querySelector("openhour-widget");
          for (const [name, value] of [["lang", "es"], ["theme", "dark"], ["accent", "#b0305a"]])
            widget.setAttribute(name, value);
        }"""
    )
    widget.heading("Entre para reservar").wait_for()
    root = widget.root.locator("html")
    assert root.get_attribute("lang") == "es"
    assert root.get_attribute("data-theme") == "dark"
    assert root.evaluate("each => each.style.getPropertyValue('--hue')") == "5"
    visitor.page.evaluate(
        """() => document.querySelector("openhour-widget").setAttribute("accent", "red; x")"""
    )
    root.evaluate("each => new Promise((done) => setTimeout(done, 100))")
    assert root.evaluate("each => each.style.getPropertyValue('--hue')") == ""


def test_forged_messages_move_nothing(embedded, site, visitors):
    visitor, widget = visit(visitors, embedded, site)
    widget.heading("Sign in to book").wait_for()
    frame_fits(visitor)
    height = "document.querySelector('iframe').style.height"
    before = visitor.page.evaluate(height)
    visitor.page.evaluate("postMessage({ openhour: 'height', height: 5 }, '*')")
    visitor.page.wait_for_function("told.some((each) => each.height === 5)")
    assert visitor.page.evaluate(height) == before


def test_widgets_of_two_practices_keep_their_sessions_apart(server, embedded, site, visitors):
    other = PracticeAtWork.open(server, f"w{next(NUMBERS)}", embed_origins=(f"http://{site}",))
    _, widget, neighbour = visit(visitors, embedded, site, other)
    widget.give_password(NORA)
    widget.heading("Your next session").wait_for()
    neighbour.heading("Sign in to book").wait_for()
    neighbour.give_password(PETER)
    neighbour.sees("You have no session booked.")
    widget.heading("Your next session").wait_for()


def test_a_site_that_is_not_allowed_shows_nothing_of_the_practice(practice, site, visitors):
    visitor = visitors(practice, viewport=DESKTOP)
    visitor.hosts.add(site)
    visitor.expected += ("frame-ancestors", "favicon", "404", "policy: frame-src")
    visitor.page.goto(f"http://{site}/{practice.therapist_id}")
    visitor.page.wait_for_timeout(500)
    for frame in visitor.page.frames[1:]:
        assert "Maple Street Therapy" not in frame.content()
        assert PHONE not in frame.content()
