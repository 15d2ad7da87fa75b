"""A therapist, or somebody of the office, in the console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.practices import PASSWORD
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Locator

THERAPIST = "therapist@example.com"
DESKTOP = {"width": 1440, "height": 900}


@dataclass
class Staff(Visitor):
    """A browser in which somebody of the practice works."""

    @property
    def address(self) -> str:
        """The address of the console."""
        return f"{self.server.base_url}/console"

    def open(self, fragment: str = "") -> Staff:
        """Open the console at a view, such as `#/friday`."""
        self.page.goto(f"{self.address}{fragment}")
        self.page.locator("openhour-console h1").first.wait_for()
        return self

    def sign_in(self, email: str = THERAPIST, password: str = PASSWORD) -> Staff:
        """Sign in, and wait for the view that the address names."""
        self.page.goto(self.address)
        self.page.locator("openhour-sign-in h1").wait_for()
        self.give_login(email, password)
        self.page.locator("#content h1").wait_for()
        return self

    def give_login(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the form that is shown, and send it."""
        self.fill_in(practice=self.therapist_id, username=email, password=password)
        self.page.locator("button.main").click()

    def go(self, view: str) -> None:
        """Go to a view by its address, such as `clients/nora`, and wait for its heading."""
        self.page.evaluate("(hash) => { location.hash = hash }", f"#/{view}")
        self.page.locator(f"openhour-{view.partition('/')[0]} h1").wait_for()

    def cell(self, when: str) -> Locator:
        """Return the slot of the week whose name begins with a date and time."""
        date, _, time = when.rpartition(", ")
        return self.page.locator(".cell").filter(has_text=date).filter(has_text=time).first

    def type_client(self, name: str) -> None:
        """Type a part of a client's name into the search that has opened with the focus in it."""
        self.page.locator("#client-search:focus").wait_for()
        self.page.keyboard.type(name)
        self.page.locator("[role=option][aria-selected=true]").wait_for()

    def toast(self, text: str) -> None:
        """Wait until a sentence says what was done."""
        self.page.locator(".toast").filter(has_text=text).wait_for()
