"""No view has a fault that axe finds, in either theme, and none is wider than a small phone."""

from __future__ import annotations

import pytest

from tests.browser.scenes import SCENES

SMALL_PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("scene", SCENES)
def test_a_view_has_no_fault_in_either_theme_and_fits_a_small_phone(practice_of, visitors, scene):
    practice = practice_of(scene)
    visitor = visitors(practice, viewport=SMALL_PHONE)
    SCENES[scene](practice, visitor)
    visitor.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert visitor.faults_of_accessibility() == []
    # Nothing but colours depends on the theme.
    visitor.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert visitor.faults_of_accessibility("color-contrast") == []
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SMALL_PHONE["width"]


MAIN_SCENES = (
    "sign-in",
    "first-view",
    "choosing",
    "cancelling-late",
    "all-sessions",
    "please-call",
)


@pytest.mark.parametrize("scene", MAIN_SCENES)
def test_what_is_pressed_is_large_enough_also_for_twice_the_zoom(practice_of, visitors, scene):
    practice = practice_of(scene)
    # A phone of 390 pixels, its page enlarged to twice the size.
    visitor = visitors(practice, viewport={"width": 195, "height": 422}, device_scale_factor=2)
    SCENES[scene](practice, visitor)
    boxes = visitor.page.evaluate(
        """() => [...document.querySelectorAll("button, .phone, input, label.check")]
          .filter((each) => each.checkVisibility() && !each.closest("[inert]"))
          .filter((each) => !each.matches("label.check input"))
          .map((each) => [each.innerText || each.name, each.getBoundingClientRect().height])"""
    )
    assert len(boxes) > 2
    # A phone number within a sentence is a link within text.
    assert [name for name, height in boxes if height < 43.5 and "555" not in name] == []


@pytest.mark.parametrize("scene", MAIN_SCENES)
def test_every_block_has_an_edge_where_a_system_forces_its_colours(practice_of, visitors, scene):
    practice = practice_of(scene)
    visitor = visitors(practice, forced_colors="active")
    SCENES[scene](practice, visitor)
    edges = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".slot, .session, .main, .banner, .box input")]
          .filter((each) => each.checkVisibility())
          .map((each) => parseFloat(getComputedStyle(each).borderTopWidth))"""
    )
    assert all(edge >= 1 for edge in edges)
