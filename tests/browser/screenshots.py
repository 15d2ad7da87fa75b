"""Take pictures of every view at phone and desktop width, light and dark: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from infra.local.maple.seed import seed
from infra.local.server import running
from openhour import clock
from openhour.store.audit_log import acting_as
from tests.browser.console import DESKTOP, Staff
from tests.browser.console_scenes import CONSOLE_SCENES
from tests.browser.practices import NOW, PracticeAtWork
from tests.browser.scenes import SCENES
from tests.browser.visitor import PHONE, Visitor

OUT = Path(__file__).resolve().parents[2] / ".run" / "screenshots"
SIZES = {"phone": PHONE, "desktop": {"width": 1280, "height": 860}}


def main(*names: str) -> None:
    """Take pictures of the named views, or of all."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with (
        running(now=NOW) as server,
        acting_as("operator:screenshots"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for number, name in enumerate(name for name in names or SCENES if name in SCENES):
            clock.set_now(NOW)
            practice = PracticeAtWork.open(server, f"maple{number}")
            visitor = Visitor.enter(browser, server, practice.therapist_id)
            SCENES[name](practice, visitor)
            _take(visitor, name)
        clock.set_now(NOW)
        seed(server)
        for name in names or CONSOLE_SCENES:
            if name in CONSOLE_SCENES:
                staff = Staff.enter(browser, server, "maple", viewport=DESKTOP)
                staff.sign_in("therapist@openhour.example")
                CONSOLE_SCENES[name](staff)
                _take(staff, f"console-{name}")
        browser.close()
    sys.stdout.write(f"The pictures are in {OUT}.\n")


def _take(visitor: Visitor, name: str) -> None:
    for size, viewport in SIZES.items():
        visitor.page.set_viewport_size(viewport)
        for theme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=theme)
            visitor.page.wait_for_timeout(350)
            visitor.page.screenshot(path=OUT / f"{name}-{size}-{theme}.png")
    visitor.leave()
    sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
