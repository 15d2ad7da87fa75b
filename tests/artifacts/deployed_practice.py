"""A practice in the local run, used over HTTP, and its rows in DynamoDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import boto3

from infra.local.demo import PASSWORD
from infra.local.environment import TABLES
from infra.local.server import RunningServer
from openhour import clock
from openhour.rules.practice import Practice
from openhour.rules.weeks import WEEKDAYS
from openhour.store.audit_log import acting_as
from openhour.use_cases.therapists import open_practice
from tests.artifacts.emulator import Emulator
from tests.e2e.http_client import HttpClient, sign_in

THERAPIST_ID = "t1"
HOURS = [
    {"weekday": weekday, "start": start, "minutes": 50, "prime": start > "17:00"}
    for weekday in WEEKDAYS
    for start in ("10:00", "17:30")
]
"""An ordinary and a prime slot every day, so that some are in the future on any weekday."""


@dataclass(frozen=True, slots=True)
class DeployedPractice:
    """The practice, its therapist, the public, and each function by its logical id."""

    local: RunningServer
    emulators: dict[str, Emulator]
    therapist: HttpClient
    public: HttpClient

    def rows(self, table: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = boto3.resource("dynamodb").Table(TABLES[table]).scan()["Items"]
        return rows

    def slot(self, slot_id: str) -> dict[str, Any]:
        (row,) = (each for each in self.rows("SlotsTable") if each["slot_id"] == slot_id)
        return row

    def schedules(self) -> dict[str, str]:
        scheduler = boto3.client("scheduler")
        return {
            each["Name"]: scheduler.get_schedule(GroupName=each["GroupName"], Name=each["Name"])[
                "ScheduleExpression"
            ]
            for each in scheduler.list_schedules()["Schedules"]
        }


def open_practice_and_sign_in(
    local: RunningServer, emulators: dict[str, Emulator]
) -> DeployedPractice:
    """Open the practice as the operator does, and sign in its therapist."""
    practice = Practice(
        therapist_id=THERAPIST_ID,
        name="Dr. Ada",
        timezone="America/New_York",
        office_phone="+1 212 555 0100",
        crisis_line="In a crisis, call or text 988.",
        horizon_weeks=1,
        booking_notice_hours=0,
    )
    with acting_as("operator:tests"):
        open_practice(practice, now=clock.now())
    login = f"{THERAPIST_ID}/ada@openhour.example"
    local.add_login(login, PASSWORD, therapist_id=THERAPIST_ID)
    therapist = sign_in(local.base_url, login, pool="therapists")
    return DeployedPractice(local, emulators, therapist, HttpClient(local.base_url))
