"""What the tests of this folder share: one practice, its therapist and its clients.

The tests form one story and run in the order of their files: each starts from the state that the
previous one left. The story starts on Tuesday, 24 November 2026, 9:00 in New York.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.server import RunningServer
from tests.e2e.http_client import HttpClient, sign_in

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
TIMEOUT_SECONDS = 20
"""Limit for effects of streams and schedules."""

HOURS = [
    {"weekday": weekday, "start": start, "minutes": 50, "prime": start > "17:00"}
    for weekday in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for start in ("10:00", "11:00", "14:00", "17:30", "18:30")
]


@dataclass(frozen=True, slots=True)
class StoryContext:
    """The server, the people who use it, and `memory`, which passes values between tests."""

    local: RunningServer
    therapist: HttpClient
    public: HttpClient
    memory: dict[str, Any]

    def client(self, number: int) -> HttpClient:
        name = f"client{number}"
        if name not in self.memory:
            login = f"demo/{name}@openhour.example"
            self.memory[name] = sign_in(self.local.base_url, login)
        person = self.memory[name]
        assert isinstance(person, HttpClient)
        return person

    def patch(self, **settings: Any) -> None:
        answer = self.therapist.call("PATCH", "/practice", settings)
        assert answer.status == 200, answer

    def find_slot(self, slot_id: str) -> dict[str, Any] | None:
        """Return a slot from the therapist's calendar, or None."""
        day = datetime.fromisoformat(slot_id).astimezone(TUESDAY.tzinfo).date()
        year, week, _ = day.isocalendar()
        calendar = self.therapist.get(f"/practice/calendar?week={year}-W{week:02}")
        return next((slot for slot in calendar["slots"] if slot["slot_id"] == slot_id), None)

    def slot(self, slot_id: str) -> dict[str, Any]:
        slot = self.find_slot(slot_id)
        assert slot is not None, slot_id
        return slot


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until an effect of streams or schedules is visible."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the condition did not become true"
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
