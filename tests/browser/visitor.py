"""A visitor of the pages: a browser of their own, and what goes wrong in it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from tests.browser.practices import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        FrameLocator,
        Locator,
        Page,
        Request,
    )

    from infra.local.server import RunningServer

_AXE = Path(__file__).resolve().parents[2] / "functions/web/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
_WATCH_POLICY = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
_FOCUSED = """() => {
  const element = document.activeElement;
  const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText;
  return element === document.body ? "" : (name ?? element.innerText).trim();
}"""


@functools.cache
def _axe() -> str:
    return _AXE.read_text()


class View:
    """The client's page, in a tab or in a frame, as a client finds things in it."""

    def __init__(self, root: Page | FrameLocator) -> None:
        self.root = root

    def button(self, name: str) -> Locator:
        """Return the button with an accessible name."""
        return self.root.get_by_role("button", name=name)

    def heading(self, name: str) -> Locator:
        """Return the heading with a text."""
        return self.root.get_by_role("heading", name=name)

    def field(self, label: str) -> Locator:
        """Return the field with a label."""
        return self.root.get_by_label(label, exact=True)

    def sees(self, *texts: str) -> None:
        """Wait until the page shows all these texts."""
        for text in texts:
            self.root.get_by_text(text).first.wait_for()

    def fill_in(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, text in fields.items():
            self.root.locator(f"[name={name}]").fill(text)

    def give_password(self, email: str, password: str = PASSWORD) -> None:
        """Sign in by the form that is shown."""
        self.fill_in(username=email, password=password)
        self.root.locator("button.main").click()

    def slot_id(self, name: str) -> str:
        """Return the id of the slot whose button has a name."""
        button = self.root.get_by_role("button", name=name, include_hidden=True)
        return str(button.get_attribute("data-slot"))


@dataclass
class Visitor(View):
    """A browser with one page, and what it complained about."""

    browser: Browser
    server: RunningServer
    therapist_id: str
    options: dict[str, Any]
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    """Method and path of each request, and of Cognito's the action."""
    expected: tuple[str, ...] = ()
    """Parts of messages that a test provokes, such as `503`."""
    hosts: set[str] = field(default_factory=set)
    """Hosts that may be asked, besides Openhour's own."""

    @classmethod
    def enter(
        cls, browser: Browser, server: RunningServer, therapist_id: str, **options: Any
    ) -> Self:
        """Open an empty browser; `options` are Playwright's for a context."""
        defaults = {"viewport": PHONE, "timezone_id": "America/New_York", "locale": "en-US"}
        chosen = {**defaults, **options}
        visitor = cls(browser, server, therapist_id, chosen)
        visitor.become()
        return visitor

    def become(self, **options: Any) -> None:
        """Begin anew in an empty browser with other options."""
        if hasattr(self, "context"):
            self.context.close()
        self.options = {**self.options, **options}
        self.context = self.browser.new_context(**self.options)
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(_WATCH_POLICY)
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        """Open one more tab, and collect what goes wrong in it."""
        page = self.context.new_page()
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("request", self._check)
        return page

    @property
    def root(self) -> Page:
        """The tab in which the visitor is."""
        return self.page

    def _check(self, request: Request) -> None:
        url, server = urlsplit(request.url), self.server
        own = {urlsplit(each).netloc for each in (server.base_url, server.cognito_url)}
        action = request.headers.get("x-amz-target", "").partition(".")[2]
        self.requests.append(action or f"{request.method} {url.path}")
        if url.netloc not in own | self.hosts:
            self._note("error", f"a request to {request.url}")

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(each in text for each in self.expected):
            self.complaints.append(text)

    @property
    def address(self) -> str:
        """The address of the client's page."""
        return f"{self.server.base_url}/book/{self.therapist_id}"

    def open(self, fragment: str = "") -> Visitor:
        """Open the client's page."""
        self.page.goto(f"{self.address}{fragment}")
        self.page.locator("openhour-book .page h1:not([role])").first.wait_for()
        return self

    def follow_link(self, token: str) -> Visitor:
        """Open the client's page by the link of a registration's mail."""
        return self.open(f"#confirm={token}")

    def sign_in(self, email: str, password: str = PASSWORD) -> Visitor:
        """Open the page and sign in."""
        self.open()
        self.give_password(email, password)
        return self

    def waits_for_focus(self, name: str) -> None:
        """Wait until the focus is on what has a name that begins like this."""
        waiting = f"(name) => ({_FOCUSED})().startsWith(name)"
        self.page.wait_for_function(waiting, arg=name)

    def focused(self) -> str:
        """Return the accessible name of what has the focus, or its text."""
        return str(self.page.evaluate(_FOCUSED))

    def faults_of_accessibility(self, *rules: str) -> list[str]:
        """Return what axe finds in the page as it is, by these of its rules or by all."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(_axe())
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _TAGS}
        result = self.page.evaluate(
            "(runOnly) => axe.run(document, { runOnly, resultTypes: ['violations'] })", only
        )
        return [
            f"{found['id']}: {node['html']} {node['failureSummary']}"
            for found in result["violations"]
            for node in found["nodes"]
        ]

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()
