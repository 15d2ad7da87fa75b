"""A practice's first days, handled by the built functions alone.

Each test starts from the state that the previous one left.
"""

from __future__ import annotations

import json

import boto3
import pytest

from functions.deployment_check.checks import CHECKS
from functions.web.built_files import DOCUMENT
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP, TABLES
from infra.local.user_pools import CLIENTS
from openhour import clock
from tests.artifacts.deployed_practice import HOURS, THERAPIST_ID, DeployedPractice
from tests.artifacts.emulator import FunctionError
from tests.e2e.http_client import HttpClient, sign_in_first

LOGIN = f"{THERAPIST_ID}/ann@openhour.example"
HOURLY_EVENT = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": ACCOUNT,
    "time": "2026-11-25T14:00:00Z",
    "region": REGION,
    "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/hourly"],
    "detail": {},
}


@pytest.fixture(scope="module")
def ann(practice: DeployedPractice) -> HttpClient:
    """The client, signed in with the temporary password from the invitation."""
    (mail,) = (mail for mail in practice.local.outbox.mails if mail.login == LOGIN)
    return sign_in_first(practice.local.base_url, mail.login, mail.password)


def test_setting_hours_publishes_slots(practice: DeployedPractice) -> None:
    answer = practice.therapist.call("PUT", "/practice/hours", {"hours": HOURS})
    assert (answer.status, answer.body["conflicts"]) == (200, [])
    states = [slot["state"] for slot in practice.rows("SlotsTable")]
    assert len(states) >= len(HOURS), "on a Sunday night no slot of the week remains"
    assert {"open", "held"} == set(states)


def test_the_practice_stream_creates_the_schedule(practice: DeployedPractice) -> None:
    practice.local.wait_for_streams()
    assert practice.schedules() == {THERAPIST_ID: "cron(0 18 ? * FRI *)"}


def test_the_clients_stream_creates_the_login(practice: DeployedPractice) -> None:
    body = {"name": "Ann", "email": "ann@openhour.example", "invite": True}
    answer = practice.therapist.call("POST", "/practice/clients", body)
    assert answer.status == 201
    practice.local.wait_for_streams()
    user = boto3.client("cognito-idp").admin_get_user(UserPoolId=CLIENTS.pool_id, Username=LOGIN)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert attributes["custom:client_id"] == answer.body["client_id"]
    assert LOGIN in {mail.login for mail in practice.local.outbox.mails}


def test_a_booking_is_written_to_the_tables(practice: DeployedPractice, ann: HttpClient) -> None:
    switch = {"enabled": True, "regulars_entered": True}
    assert practice.therapist.call("PUT", "/practice/self-scheduling", switch).status == 200
    slot_id = ann.get("/slots")["slots"][-1]["slot_id"]

    booked = ann.call("POST", "/appointments", {"slot_id": slot_id})

    assert booked.status == 201
    (appointment,) = practice.rows("AppointmentsTable")
    assert appointment["appointment_id"] == booked.body["appointment_id"]
    assert practice.slot(slot_id)["appointment_id"] == appointment["appointment_id"]
    assert ann.get("/me")["appointments"] == [booked.body]


def test_booking_a_held_slot_is_refused(practice: DeployedPractice, ann: HttpClient) -> None:
    held = min(row["slot_id"] for row in practice.rows("SlotsTable") if row["state"] == "held")
    refused = ann.call("POST", "/appointments", {"slot_id": held})
    assert (refused.status, refused.refusal) == (409, "slot-taken")
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_cancelled_slot_is_open_again(practice: DeployedPractice, ann: HttpClient) -> None:
    (mine,) = ann.get("/me")["appointments"]
    ended = ann.call("DELETE", f"/appointments/{mine['appointment_id']}")
    assert (ended.status, ended.body["appointment"]["status"]) == (200, "cancelled")
    assert practice.slot(mine["slot_id"])["state"] == "open"


def test_a_suspended_client_cannot_book(practice: DeployedPractice, ann: HttpClient) -> None:
    client_id = ann.get("/me")["client_id"]
    body = {"state": "suspended", "reason": "Third late change"}
    path = f"/practice/clients/{client_id}/privilege"
    assert practice.therapist.call("PUT", path, body).status == 200
    slot_id = min(row["slot_id"] for row in practice.rows("SlotsTable") if row["state"] == "open")
    refused = ann.call("POST", "/appointments", {"slot_id": slot_id})
    assert (refused.status, refused.refusal) == (403, "privilege-suspended")
    practice.local.wait_for_streams()
    user = boto3.client("cognito-idp").admin_get_user(UserPoolId=CLIENTS.pool_id, Username=LOGIN)
    assert user["Enabled"] is False


def test_the_release_opens_next_weeks_held_slots(practice: DeployedPractice) -> None:
    held = {row["slot_id"] for row in practice.rows("SlotsTable") if row["state"] == "held"}

    answer = practice.emulators["ReleaseFunction"].invoke(a_release(THERAPIST_ID))

    opened = set(answer["opened"])
    assert len(opened) == len(HOURS) / 2
    assert opened <= held
    assert {practice.slot(slot_id)["state"] for slot_id in opened} == {"open"}


def test_a_release_for_an_unknown_therapist_raises_a_function_error(
    practice: DeployedPractice,
) -> None:
    with pytest.raises(FunctionError, match="UnknownTherapist"):
        practice.emulators["ReleaseFunction"].invoke(a_release("nobody"))


def test_the_monitor_counts_and_runs_an_overdue_release(practice: DeployedPractice) -> None:
    monitor = practice.emulators["ReleaseMonitor"]
    monitor.invoke(HOURLY_EVENT)
    assert overdue(monitor.log()) == [0]
    boto3.resource("dynamodb").Table(TABLES["PracticesTable"]).update_item(
        Key={"therapist_id": THERAPIST_ID},
        UpdateExpression="SET released_through = :w REMOVE release_due",
        ExpressionAttributeValues={":w": "2020-W01"},
    )
    boto3.client("scheduler").delete_schedule(GroupName=SCHEDULE_GROUP, Name=THERAPIST_ID)
    for _ in range(2):
        monitor.invoke(HOURLY_EVENT)
    assert overdue(monitor.log()) == [0, 1, 0], "and it was run"


def test_the_public_routes_answer(practice: DeployedPractice) -> None:
    assert practice.therapist.call("PATCH", "/practice", {"intake": "open"}).status == 200
    assert practice.public.get(f"/therapists/{THERAPIST_ID}")["accepting_new_clients"] is True
    body = {"name": "Gus", "email": "gus@example.com", "phone": "+1 212 555 0199"}
    path = f"/therapists/{THERAPIST_ID}/registrations"
    assert practice.public.call("POST", path, body).status == 202
    kept = {row.get("email") for row in practice.rows("RegistrationsTable")}
    assert "gus@example.com" in kept
    confirmed = practice.public.call("POST", f"{path}/confirm", {"token": "x" * 86})
    assert confirmed.refusal == "registration-expired"
    assert practice.public.get("/config.json")["clients"]["user_pool_id"] == CLIENTS.pool_id
    assert practice.public.get("/openapi.json") == json.loads(DOCUMENT.read_text())


@pytest.mark.parametrize("name", CHECKS)
def test_every_function_answers_its_check_before_it_takes_traffic(
    practice: DeployedPractice, name: str
) -> None:
    check = CHECKS[name]
    answer = practice.emulators[name].invoke(check.event)
    assert check.is_sound(answer), practice.emulators[name].log()


def test_the_hook_reports_a_deployment_that_it_cannot_read(practice: DeployedPractice) -> None:
    """The local AWS has no CodeDeploy: it can't answer, nor accept a report."""
    hook = practice.emulators["DeploymentCheckFunction"]
    event = {"DeploymentId": "d-ABCDEF123", "LifecycleEventHookExecutionId": "execution"}
    with pytest.raises(FunctionError):
        hook.invoke(event)
    assert "a new version failed its check" in hook.log()


def test_every_function_was_invoked(practice: DeployedPractice) -> None:
    idle = {name for name, each in practice.emulators.items() if "INVOKE START" not in each.log()}
    assert idle == set()


def a_release(therapist_id: str) -> dict[str, str]:
    return {
        "therapist_id": therapist_id,
        "scheduled_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def overdue(log: str) -> list[int]:
    """Return the monitor's counts of overdue releases, in order."""
    return [json.loads(line)["ReleasesOverdue"] for line in log.splitlines() if '"_aws"' in line]
