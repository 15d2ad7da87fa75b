"""The therapist's office: a practice of today, used over HTTP, and its rows in DynamoDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import boto3

from infra.local.demo import PASSWORD
from infra.local.environment import TABLES
from infra.local.server import Local
from openhour import clock
from openhour.rules.practice import Practice
from openhour.rules.weeks import WEEKDAYS
from openhour.store.audit_log import acting_as
from openhour.use_cases.therapists import open_practice
from tests.artefacts.emulator import Emulator
from tests.e2e.people import Person, sign_in

THERAPIST_ID = "t1"
HOURS = [
    {"weekday": weekday, "start": start, "minutes": 50, "prime": start > "17:00"}
    for weekday in WEEKDAYS
    for start in ("10:00", "17:30")
]
"""Every day an ordinary slot and a prime one, so that there are some to come on any day."""


@dataclass(frozen=True, slots=True)
class Office:
    """The practice, its therapist, the public, and each function by its logical id."""

    local: Local
    emulators: dict[str, Emulator]
    therapist: Person
    public: Person

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Every row of a table, whose name is the template's."""
        rows: list[dict[str, Any]] = boto3.resource("dynamodb").Table(TABLES[table]).scan()["Items"]
        return rows

    def slot(self, slot_id: str) -> dict[str, Any]:
        """One slot's row."""
        (row,) = (each for each in self.rows("SlotsTable") if each["slot_id"] == slot_id)
        return row

    def schedules(self) -> dict[str, str]:
        """When each schedule fires, by the schedule's name."""
        scheduler = boto3.client("scheduler")
        return {
            each["Name"]: scheduler.get_schedule(GroupName=each["GroupName"], Name=each["Name"])[
                "ScheduleExpression"
            ]
            for each in scheduler.list_schedules()["Schedules"]
        }


def open_office(local: Local, emulators: dict[str, Emulator]) -> Office:
    """Open the practice as the operator does, and sign its therapist in."""
    practice = Practice(
        therapist_id=THERAPIST_ID,
        name="Dr. Ada",
        timezone="America/New_York",
        office_phone="+1 212 555 0100",
        horizon_weeks=1,
        booking_notice_hours=0,
    )
    with acting_as("operator:tests"):
        open_practice(practice, now=clock.now())
    login = f"{THERAPIST_ID}/ada@openhour.example"
    local.add_login(login, PASSWORD, therapist_id=THERAPIST_ID)
    therapist = sign_in(local.base_url, login)
    return Office(local, emulators, therapist, Person(local.base_url))
