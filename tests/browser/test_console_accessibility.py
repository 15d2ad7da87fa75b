"""No view of the console has a fault that axe finds, and none is wider than a small phone."""

from __future__ import annotations

import pytest

from tests.browser.console_scenes import CONSOLE_SCENES
from tests.browser.test_accessibility import SMALL_PHONE

WIDE = {"week", "free-slot", "hours", "client", "settings", "mails"}
"""The views that are drawn otherwise on a wide screen."""


@pytest.mark.parametrize("scene", CONSOLE_SCENES)
def test_a_view_has_no_fault_in_either_theme_and_fits_a_small_phone(maple_therapist, scene):
    CONSOLE_SCENES[scene](maple_therapist)
    if scene in WIDE:
        assert maple_therapist.faults_of_accessibility() == []
    maple_therapist.page.set_viewport_size(SMALL_PHONE)
    maple_therapist.page.wait_for_timeout(100)
    assert maple_therapist.faults_of_accessibility() == []
    maple_therapist.page.emulate_media(color_scheme="dark")
    assert maple_therapist.faults_of_accessibility("color-contrast") == []
    assert (
        maple_therapist.page.evaluate("document.documentElement.scrollWidth")
        <= SMALL_PHONE["width"]
    )


@pytest.mark.parametrize("scene", ["week", "hours", "friday", "settings"])
def test_what_is_pressed_is_large_enough_on_a_phone(maple_therapist, scene):
    maple_therapist.page.set_viewport_size(SMALL_PHONE)
    CONSOLE_SCENES[scene](maple_therapist)
    boxes = maple_therapist.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, label.check")]
          .filter((each) => each.checkVisibility() && !each.closest("label:not(.number-box)"))
          .map((each) => [each.innerText || each.name, each.getBoundingClientRect().height])"""
    )
    assert len(boxes) > 2
    assert [name for name, height in boxes if height < 43.5] == []
