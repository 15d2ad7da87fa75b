"""English and Spanish: who reads which, and that no sentence is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.practices import NORA, PASSWORD, PETER
from tests.browser.scenes import SCENES

PAGES = Path(__file__).resolve().parents[2] / "functions" / "web"
SPANISH = {"locale": "es-MX"}


def test_a_client_signs_in_books_and_cancels_in_spanish(practice, visitors):
    peter = visitors(practice, **SPANISH).open()
    peter.heading("Entre para reservar").wait_for()
    assert peter.page.locator("html").get_attribute("lang") == "es"
    peter.give_password(PETER)
    peter.sees("No tiene ninguna sesión reservada.", "hora oriental")
    peter.page.locator("button.slot").first.click()
    peter.sees("¿Reservar esta sesión?", "jueves 3 de diciembre", "50 minutos, hasta las 9:50")
    peter.button("Reservar sesión").click()
    peter.heading("Su sesión está reservada").wait_for()
    peter.page.get_by_role("button", name=re.compile("^Cancelar jueves")).click()
    peter.sees("¿Cancelar esta sesión?", "Mejor cambiarla")
    peter.page.locator(".pair").get_by_role("button", name="Cancelar sesión").click()
    peter.heading("Su sesión está cancelada").wait_for()
    assert "Reservar" in peter.page.title()


def test_the_switch_is_remembered_on_the_device_and_for_mails(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    peter.heading("Open times").wait_for()
    with peter.page.expect_response("**/me"):
        peter.button("Español").click()
    peter.heading("Horas libres").wait_for()
    peter.page.reload()
    peter.heading("Horas libres").wait_for()
    assert practice.client(PETER, "GET", "/me")["language"] == "es"
    other = visitors(practice).sign_in(PETER)
    other.heading("Horas libres").wait_for()


def test_a_language_chosen_before_signing_in_counts_for_mails_too(practice, visitors):
    peter = visitors(practice).open()
    peter.button("Español").click()
    peter.give_password(PETER)
    peter.heading("Horas libres").wait_for()
    peter.page.wait_for_load_state("networkidle")
    assert practice.client(PETER, "GET", "/me")["language"] == "es"


def test_a_practices_language_is_that_of_browsers_that_speak_neither(practice, visitors):
    practice.therapist("PATCH", "/practice", {"language": "es"})
    visitors(practice, locale="fr-FR").open().heading("Entre para reservar").wait_for()
    visitors(practice, locale="en-GB").open().heading("Sign in to book").wait_for()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_of_the_catalogue_is_said_somewhere(language):
    catalogue = (PAGES / "shared" / "strings" / f"{language}.ts").read_text()
    keys = set(re.findall(r"^  (\w+):", catalogue, re.MULTILINE))
    sources = "".join(
        path.read_text() for folder in ("book", "shared") for path in (PAGES / folder).glob("*.ts")
    )
    # Some are named first and looked up when they are shown, in the language of then.
    said = set(re.findall(r"strings\s*\.(\w+)|\"(\w+)\"", sources))
    said = {key for pair in said for key in pair}
    assert len(keys) > 100
    assert keys - said == set()


@pytest.mark.parametrize(
    "scene", ["sign-in", "register", "first-view", "choosing", "cancelling-late", "all-sessions"]
)
def test_a_view_in_spanish_fits_a_small_phone(practice, visitors, scene):
    # The scene is reached in English, then read in Spanish.
    visitor = visitors(practice, viewport={"width": 320, "height": 640})
    SCENES[scene](practice, visitor)
    visitor.page.evaluate("document.querySelector('header [lang=es]').click()")
    visitor.page.wait_for_function("document.documentElement.lang === 'es'")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_wrong_password_is_answered_in_the_language_of_the_page(shared_practice, visitors):
    nora = visitors(shared_practice, **SPANISH)
    nora.expected += ("400",)
    nora.sign_in(NORA, f"{PASSWORD}-wrong")
    nora.sees("No funcionó. Revise lo que escribió o llámenos: podemos reservar por usted.")
