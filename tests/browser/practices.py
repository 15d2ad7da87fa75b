"""Practices for the browser tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import requests

from infra.seed import at, seed_client, seed_practice
from openhour import clock
from openhour.rules.hours import Entry
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.weeks import WEEKDAYS
from openhour.use_cases.regulars import add_regular
from openhour.use_cases.settings import switch

if TYPE_CHECKING:
    from infra.local.outbox import Mail
    from infra.local.server import RunningServer

NOW: datetime = at("2026-12-02 10:40")
PASSWORD = "Openhour-demo-1"
NORA, PETER = "nora@example.com", "peter@example.com"
"""Nora comes every Tuesday at 16:30; Peter has no session."""
PHONE = "(802) 555-0148"

_HOURS = tuple(
    Entry(weekday=weekday, start=time(*start), minutes=50, prime=False)
    for weekday, starts in {
        "monday": [(11, 0), (14, 0)],
        "tuesday": [(10, 0), (16, 30)],
        "wednesday": [(14, 0), (18, 0)],
        "thursday": [(9, 0), (11, 0), (14, 0)],
        "friday": [(10, 0), (13, 0)],
    }.items()
    for start in starts
)


@dataclass(frozen=True)
class PracticeAtWork:
    """A practice of one test, and its therapist's requests."""

    server: RunningServer
    therapist_id: str
    token: str

    @classmethod
    def open(cls, server: RunningServer, therapist_id: str, **settings: Any) -> PracticeAtWork:
        """Open a practice with two clients, who have passwords, and switch it on."""
        now = clock.now()
        practice = Practice(
            therapist_id=therapist_id,
            name="Maple Street Therapy",
            timezone="America/New_York",
            office_phone=PHONE,
            crisis_line="In a crisis, call or text 988, day or night.",
            place="218 Maple Street, Room 2",
            phone_note="We call back the same day.",
            **{"horizon_weeks": 2, **settings},
        )
        seed_practice(practice, _HOURS, now=now)
        for client_id, name, email in (
            ("nora", "Nora Whitfield", NORA),
            ("peter", "Peter Novak", PETER),
        ):
            seed_client(therapist_id, client_id, name=name, email=email, now=now)
        tuesdays = Regular(
            regular_id="",
            client_id="nora",
            weekday=WEEKDAYS[1],
            start=time(16, 30),
            every_weeks=1,
            first=date(2026, 12, 8),
        )
        add_regular(therapist_id, tuesdays, preview=False, now=now)
        switch(therapist_id, enabled=True, regulars_entered=True, now=now)
        server.wait_for_streams()
        login = f"{therapist_id}/therapist@example.com"
        server.add_login(login, PASSWORD, therapist_id=therapist_id)
        for email in (NORA, PETER):
            server.set_password(f"{therapist_id}/{email}", PASSWORD)
        return cls(server, therapist_id, server.sign_in(login, PASSWORD))

    def therapist(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request as the therapist."""
        return self._send(method, path, body, self.token)

    def client(self, email: str, method: str, path: str, body: Any = None) -> Any:
        """Send a request as a client, past the page."""
        token = self.server.sign_in(f"{self.therapist_id}/{email}", PASSWORD)
        return self._send(method, path, body, token)

    def newest_mail(self, address: str) -> Mail:
        """Return the newest mail to an address."""
        return [mail for mail in self.server.outbox.mails if mail.to == address][-1]

    def named(self, name: str) -> list[str]:
        """Return the ids of the clients of a name."""
        found = self.therapist("GET", "/practice/clients")["clients"]
        return [each["client_id"] for each in found if each["name"] == name]

    def register(self, person: dict[str, str]) -> str:
        """Register somebody, and return the token of the link that is mailed, if one is."""
        self._send_publicly("/registrations", person)
        return self.token_for(person["email"])

    def token_for(self, address: str) -> str:
        """Return the token of the newest link to an address, or nothing."""
        self.server.wait_for_streams()
        texts = [mail.text for mail in self.server.outbox.mails if mail.to == address]
        found = [re.search(r"#confirm=([\w-]+)", text) for text in texts]
        return [each[1] if each else "" for each in found][-1]

    def confirm(self, token: str) -> None:
        """Confirm a registration, past the page."""
        self._send_publicly("/registrations/confirm", {"token": token})

    def _send_publicly(self, path: str, body: dict[str, str]) -> None:
        url = f"{self.server.base_url}/therapists/{self.therapist_id}{path}"
        requests.post(url, json=body, timeout=30).raise_for_status()
        self.server.wait_for_streams()

    def _send(self, method: str, path: str, body: Any, token: str) -> Any:
        response = requests.request(
            method,
            self.server.base_url + path,
            json=body,
            headers={"authorization": f"Bearer {token}"},
            timeout=30,
        )
        response.raise_for_status()
        if method != "GET":
            self.server.wait_for_streams()
        return response.json()
