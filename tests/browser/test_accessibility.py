"""No view has a fault that axe finds, in either theme, and none is wider than a small phone."""

from __future__ import annotations

import pytest

from tests.browser.scenes import SCENES

SMALL_PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("scene", SCENES)
def test_a_view_has_no_fault_in_either_theme_and_fits_a_small_phone(practice, visitors, scene):
    visitor = visitors(practice, viewport=SMALL_PHONE)
    SCENES[scene](practice, visitor)
    for theme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert visitor.faults_of_accessibility() == [], theme
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SMALL_PHONE["width"]
