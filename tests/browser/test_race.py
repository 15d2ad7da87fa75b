"""Two clients press for one slot: one books it, the other reads what is free nearby."""

from __future__ import annotations

from typing import Any

from tests.browser.practices import NORA, PETER

ROUNDS = 20
OUTCOME = "h1#title, #notice b"


def test_of_two_who_press_at_once_one_books_and_the_other_reads_what_is_near(practice, visitors):
    practice.therapist("PATCH", "/practice", {"max_per_week": 7})
    racers = [visitors(practice).sign_in(email) for email in (NORA, PETER)]
    for racer in racers:
        racer.expected += ("409",)
        racer.heading("Open times").wait_for()
    books = f"{practice.server.base_url}/appointments"
    slots = racers[0].page.locator("button.slot")
    for _ in range(ROUNDS):
        slot = slots.first.get_attribute("data-slot")
        held: list[Any] = []
        for racer in racers:
            racer.page.route(books, lambda route: held.append(route))  # noqa: PLW0108, B023
            racer.page.locator(f'.day [data-slot="{slot}"]').click()
            racer.button("Book session").click()
        while len(held) < len(racers):
            racers[0].page.wait_for_timeout(10)
        for route in held:
            route.continue_()
        seen = [racer.page.locator(OUTCOME).first.inner_text() for racer in racers]
        assert sorted(seen) == ["This time is gone", "You're booked"], seen
        winner, loser = sorted(racers, key=lambda racer: seen[racers.index(racer)], reverse=True)
        assert loser.page.locator(".nearest .slot").count() == 3
        sold = [
            each["appointment_id"]
            for name in ("nora", "peter")
            for each in practice.therapist("GET", f"/practice/clients/{name}")["appointments"]
            if each["slot_id"] == slot and each["status"] == "booked"
        ]
        assert len(sold) == 1
        practice.therapist("DELETE", f"/practice/appointments/{sold[0]}?by=therapist")
        winner.button("See my sessions").click()
        winner.button("See open times").click()
        for racer in racers:
            racer.page.unroute(books)
