"""A practice's first days, by the built functions alone. The tests are one story: each begins where
the one before it ended."""

from __future__ import annotations

import json

import boto3
import pytest

from functions.registration.handler import DOCUMENT
from infra.local.cognito import USER_POOL_ID
from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP, TABLES
from openhour import clock
from tests.artefacts.emulator import FunctionError
from tests.artefacts.office import HOURS, THERAPIST_ID, Office
from tests.e2e.people import Person, sign_in_first

LOGIN = f"{THERAPIST_ID}/ann@openhour.example"
AN_HOUR = {
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
"""What EventBridge sends every hour."""


@pytest.fixture(scope="module")
def ann(office: Office) -> Person:
    """The client, signed in with the first password that was mailed."""
    (mail,) = office.local.outbox.mails
    return sign_in_first(office.local.base_url, mail.login, mail.password)


def test_hours_that_are_set_are_published(office: Office) -> None:
    answer = office.therapist.call("PUT", "/practice/hours", {"hours": HOURS})
    assert (answer.status, answer.body["conflicts"]) == (200, [])
    states = [slot["state"] for slot in office.rows("SlotsTable")]
    assert len(states) >= len(HOURS), "on a Sunday night nothing is left of the week"
    assert {"open", "held"} == set(states)


def test_the_schedule_follows_the_practice(office: Office) -> None:
    office.local.settle()
    assert office.schedules() == {THERAPIST_ID: "cron(0 18 ? * FRI *)"}


def test_the_login_follows_the_client(office: Office) -> None:
    body = {"name": "Ann", "email": "ann@openhour.example", "invite": True}
    answer = office.therapist.call("POST", "/practice/clients", body)
    assert answer.status == 201
    office.local.settle()
    user = boto3.client("cognito-idp").admin_get_user(UserPoolId=USER_POOL_ID, Username=LOGIN)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert attributes["custom:client_id"] == answer.body["client_id"]
    assert [mail.login for mail in office.local.outbox.mails] == [LOGIN]


def test_what_a_client_sees_and_books_is_in_the_tables(office: Office, ann: Person) -> None:
    switch = {"enabled": True, "regulars_entered": True}
    assert office.therapist.call("PUT", "/practice/self-scheduling", switch).status == 200
    last = ann.get("/slots")["slots"][-1]["slot_id"]

    booked = ann.call("POST", "/appointments", {"slot_id": last})

    assert booked.status == 201
    (appointment,) = office.rows("AppointmentsTable")
    assert appointment["appointment_id"] == booked.body["appointment_id"]
    assert office.slot(last)["appointment_id"] == appointment["appointment_id"]
    assert ann.get("/me")["appointments"] == [booked.body]


def test_a_slot_that_is_gone_is_refused_with_what_is_near(office: Office, ann: Person) -> None:
    held = min(row["slot_id"] for row in office.rows("SlotsTable") if row["state"] == "held")
    refused = ann.call("POST", "/appointments", {"slot_id": held})
    assert (refused.status, refused.refusal) == (409, "slot-taken")
    assert refused.headers["content-type"] == "application/problem+json"


def test_what_a_client_cancels_is_open_again(office: Office, ann: Person) -> None:
    (mine,) = ann.get("/me")["appointments"]
    ended = ann.call("DELETE", f"/appointments/{mine['appointment_id']}")
    assert (ended.status, ended.body["appointment"]["status"]) == (200, "cancelled")
    assert office.slot(mine["slot_id"])["state"] == "open"


def test_a_suspended_client_books_nothing(office: Office, ann: Person) -> None:
    client_id = ann.get("/me")["client_id"]
    body = {"state": "suspended", "reason": "Third late change"}
    path = f"/practice/clients/{client_id}/privilege"
    assert office.therapist.call("PUT", path, body).status == 200
    slot_id = min(row["slot_id"] for row in office.rows("SlotsTable") if row["state"] == "open")
    refused = ann.call("POST", "/appointments", {"slot_id": slot_id})
    assert (refused.status, refused.refusal) == (403, "privilege-suspended")
    office.local.settle()
    user = boto3.client("cognito-idp").admin_get_user(UserPoolId=USER_POOL_ID, Username=LOGIN)
    assert user["Enabled"] is False


def test_the_release_opens_what_is_held_of_next_week(office: Office) -> None:
    held = {row["slot_id"] for row in office.rows("SlotsTable") if row["state"] == "held"}

    answer = office.emulators["ReleaseFunction"].invoke(a_release(THERAPIST_ID))

    opened = set(answer["opened"])
    assert len(opened) == len(HOURS) / 2
    assert opened <= held
    assert {office.slot(slot_id)["state"] for slot_id in opened} == {"open"}


def test_a_release_of_nobody_fails_as_a_function_does(office: Office) -> None:
    with pytest.raises(FunctionError, match="UnknownTherapist"):
        office.emulators["ReleaseFunction"].invoke(a_release("nobody"))


def test_a_release_that_did_not_run_is_counted_and_run(office: Office) -> None:
    watch = office.emulators["ReleaseWatch"]
    watch.invoke(AN_HOUR)
    assert overdue(watch.log()) == [0]
    boto3.resource("dynamodb").Table(TABLES["PracticesTable"]).update_item(
        Key={"therapist_id": THERAPIST_ID},
        UpdateExpression="SET released_through = :w",
        ExpressionAttributeValues={":w": "2020-W01"},
    )
    boto3.client("scheduler").delete_schedule(GroupName=SCHEDULE_GROUP, Name=THERAPIST_ID)
    for _ in range(2):
        watch.invoke(AN_HOUR)
    assert overdue(watch.log()) == [0, 1, 0], "and it was run"


def test_the_public_reads_and_registers(office: Office) -> None:
    assert office.therapist.call("PATCH", "/practice", {"intake": "open"}).status == 200
    assert office.public.get(f"/therapists/{THERAPIST_ID}")["accepting_new_clients"] is True
    body = {"name": "Gus", "email": "gus@example.com", "phone": "+1 212 555 0199"}
    path = f"/therapists/{THERAPIST_ID}/registrations"
    assert office.public.call("POST", path, body).status == 202
    assert "gus@example.com" in {row.get("email") for row in office.rows("ClientsTable")}
    assert office.public.get("/config.json")["user_pool_id"] == USER_POOL_ID
    assert office.public.get("/openapi.json") == json.loads(DOCUMENT.read_text())


def test_no_function_is_left_out(office: Office) -> None:
    idle = {name for name, each in office.emulators.items() if "INVOKE START" not in each.log()}
    assert idle == set()


def a_release(therapist_id: str) -> dict[str, str]:
    """What a schedule sends."""
    return {
        "therapist_id": therapist_id,
        "scheduled_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def overdue(log: str) -> list[int]:
    """How many releases the watch has counted, each time."""
    return [json.loads(line)["ReleasesOverdue"] for line in log.splitlines() if '"_aws"' in line]
