"""The town in which the story takes place: one practice, its therapist and its clients.

The tests of this folder are one story, told in the order of its files: each begins where the one
before it ended. It begins on Tuesday, 24 November 2026, nine in the morning in New York.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.server import Local
from tests.e2e.people import Person, sign_in

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
PATIENCE = 20
"""Seconds until what the streams or the schedule do must have been done."""

HOURS = [
    {"weekday": weekday, "start": start, "minutes": 50, "prime": start > "17:00"}
    for weekday in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for start in ("10:00", "11:00", "14:00", "17:30", "18:30")
]


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody in the story, and what they remember."""

    local: Local
    therapist: Person
    public: Person
    memory: dict[str, Any]

    def client(self, number: int) -> Person:
        """One of the demo's clients, signed in once."""
        name = f"client{number}"
        if name not in self.memory:
            login = f"demo/{name}@openhour.example"
            self.memory[name] = sign_in(self.local.base_url, login)
        person = self.memory[name]
        assert isinstance(person, Person)
        return person

    def patch(self, **settings: Any) -> None:
        """The therapist changes settings."""
        answer = self.therapist.call("PATCH", "/practice", settings)
        assert answer.status == 200, answer

    def find_slot(self, slot_id: str) -> dict[str, Any] | None:
        """A slot as the therapist's calendar shows it, if it is there."""
        day = datetime.fromisoformat(slot_id).astimezone(TUESDAY.tzinfo).date()
        year, week, _ = day.isocalendar()
        calendar = self.therapist.get(f"/practice/calendar?week={year}-W{week:02}")
        return next((slot for slot in calendar["slots"] if slot["slot_id"] == slot_id), None)

    def slot(self, slot_id: str) -> dict[str, Any]:
        """A slot that has to be there."""
        found = self.find_slot(slot_id)
        assert found is not None, slot_id
        return found


def eventually(true: Callable[[], bool]) -> None:
    """Wait for what streams and schedules do."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


def a_regular(client: int, weekday: str, start: str, first: str, every: int) -> dict[str, Any]:
    return {
        "client_id": f"client{client}",
        "weekday": weekday,
        "start": start,
        "every_weeks": every,
        "first": first,
        "until": None,
    }
