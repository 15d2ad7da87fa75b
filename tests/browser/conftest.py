"""The pages in Debian's Chromium, served by the local run.

A test that changes something has a practice of its own. It is Wednesday 2 December 2026, 10:40 in
New York.
"""

from __future__ import annotations

import itertools
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from infra.local.maple import seed as maple
from infra.local.server import running
from openhour import clock
from openhour.store.audit_log import acting_as
from tests.browser.console import DESKTOP, Staff
from tests.browser.practices import NOW, PASSWORD, PracticeAtWork
from tests.browser.scenes import READING
from tests.browser.visitor import Visitor

NUMBERS = itertools.count(1)
OFF = (
    *("ThirdPartyStoragePartitioning", "PaintHolding", "HttpsUpgrades"),
    # They would draw a page of the browser's own for every window, which takes as long as a test.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    f"--disable-features={','.join(OFF)}",
]
"""Chromium runs as root in CI, and draws without a graphics card."""


@pytest.fixture(scope="session")
def built_pages():
    """Serve the pages as they were built."""


@pytest.fixture(scope="session")
def server(built_pages):
    with running(now=NOW) as local, acting_as("operator:tests"):
        # Nothing is released here, and the schedules of a hundred practices take long to read.
        local.scheduler_thread.close()
        yield local


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=FLAGS,
        )
        yield browser
        browser.close()


@pytest.fixture
def practice(server):
    """A practice with open hours, one client with a weekly session and one without."""
    clock.set_now(NOW)
    return PracticeAtWork.open(server, f"p{next(NUMBERS)}")


@pytest.fixture(scope="session")
def _shared(server):
    return PracticeAtWork.open(server, f"p{next(NUMBERS)}")


@pytest.fixture
def shared_practice(_shared):
    """The same practice for all tests that change nothing in it."""
    clock.set_now(NOW)
    return _shared


@pytest.fixture
def practice_of(request):
    """Return the practice for a scene: its own, if it changes something there."""
    return lambda scene: request.getfixturevalue(
        "shared_practice" if scene in READING else "practice"
    )


@pytest.fixture(scope="session")
def _maple(server):
    clock.set_now(NOW)
    maple.seed(server)
    server.practices.pop()  # the local run's first page stays as other tests expect it
    return PracticeAtWork(server, "maple", server.sign_in(maple.THERAPIST, PASSWORD))


@pytest.fixture
def maple_practice(_maple):
    """The lived-in practice `maple`, in which no test changes anything."""
    clock.set_now(NOW)
    return _maple


@pytest.fixture
def visitors(server, chromium):
    """Return a context manager for a visitor's browser, in which nothing may go wrong unseen."""
    with _visiting(server, chromium) as visit:
        yield visit


@pytest.fixture
def staff(server, chromium):
    """Return a context manager for the browser of somebody who works in the practice."""
    with _visiting(server, chromium, Staff, viewport=DESKTOP) as visit:
        yield visit


@pytest.fixture(scope="module")
def _maple_therapist(_maple, server, chromium):
    with _visiting(server, chromium, Staff, viewport=DESKTOP, reduced_motion="reduce") as visit:
        yield visit(_maple).sign_in(maple.THERAPIST.partition("/")[2])


@pytest.fixture
def maple_therapist(maple_practice, _maple_therapist):
    """The therapist of `maple`, signed in, in a page that was loaded anew."""
    _maple_therapist.page.set_viewport_size(DESKTOP)
    _maple_therapist.page.emulate_media(color_scheme="light")
    _maple_therapist.page.goto("about:blank")
    return _maple_therapist.open()


@contextmanager
def _visiting(server, chromium, kind=Visitor, **defaults):
    visitors = []

    def visit(practice, **options):
        chosen = {**defaults, **options}
        visitors.append(kind.enter(chromium, server, practice.therapist_id, **chosen))
        return visitors[-1]

    try:
        yield visit
        for visitor in visitors:
            assert visitor.complaints == [], visitor.therapist_id
    finally:
        for visitor in visitors:
            visitor.leave()
