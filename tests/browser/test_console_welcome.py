"""A welcome: the therapist has a client mailed how to book."""

from __future__ import annotations

import pytest

from tests.browser.practices import NORA


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in, at a client who was invited."""
    ada = staff(practice).sign_in()
    ada.go("clients/nora")
    return ada


def test_a_welcome_is_asked_for_by_name_and_mailed(practice, ada):
    practice.therapist("PATCH", "/practice", {"mail_from": "2026-11-01"})
    welcome = ada.button("Send a welcome")
    welcome.focus()
    ada.page.keyboard.press("Enter")
    ada.sees("Send Nora Whitfield a welcome?", "lists the coming sessions")
    ada.button("Send it").click()
    ada.toast("A welcome for Nora Whitfield is on its way.")
    practice.server.wait_for_streams()
    mails = [mail for mail in practice.server.outbox.mails if mail.tags.get("kind") == "welcome"]
    assert [mail.to for mail in mails] == [NORA]
    ada.button("Send a welcome").click()
    ada.sees("The last one went out on")
    ada.button("Don't send").click()


def test_before_clients_are_mailed_it_says_why_not(practice, ada):
    ada.expected += ("409",)
    practice.therapist("PATCH", "/practice", {"mail_from": None})
    ada.button("Send a welcome").click()
    ada.button("Send it").click()
    ada.sees("Clients are not mailed yet.")


def test_a_suspended_client_is_not_welcomed(practice, ada):
    practice.therapist(
        "PUT", "/practice/clients/nora/privilege", {"state": "suspended", "reason": None}
    )
    ada.page.reload()
    ada.sees("Nora Whitfield")
    ada.button("Restore").wait_for()
    assert ada.button("Send a welcome").count() == 0
