"""Mail: what the story's people are told, on the outbox of the local run.

The tests before these have moved the clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import boto3
import pytest
import requests

from infra.local.environment import MAIL_QUEUE_URL
from openhour import clock
from openhour.store.messages import write_unsubscribe_token
from openhour.store.models import DueRow, MessageRow
from tests.e2e.story.context import StoryContext

THERAPIST = "therapist@openhour.example"
EVE = "client5@openhour.example"
EVES = "client5"


@pytest.fixture
def told(story: StoryContext) -> Callable[[], list[tuple[str, str]]]:
    """Return to whom and of what kind the mails since the last call are."""
    seen = len(outbox(story))

    def look() -> list[tuple[str, str]]:
        nonlocal seen
        story.local.wait_for_streams()
        mails = outbox(story)
        new = mails[: len(mails) - seen]
        seen = len(mails)
        return [(mail["to"], mail["tags"]["kind"]) for mail in reversed(new)]

    return look


def outbox(story: StoryContext) -> list[dict[str, Any]]:
    mails: list[dict[str, Any]] = requests.get(
        f"{story.local.base_url}/outbox", headers={"accept": "application/json"}, timeout=10
    ).json()["mails"]
    return [mail for mail in mails if mail["sender"]]


def free_slots(story: StoryContext, client: int = 5) -> list[str]:
    return [slot["slot_id"] for slot in story.client(client).get("/slots")["slots"]]


def test_nobody_is_mailed_before_the_practice_says_so(story: StoryContext, told) -> None:
    story.patch(mail_from="2027-06-01")
    body = {"client_id": "client4", "slot_id": free_slots(story, 4)[-1]}
    assert story.therapist.call("POST", "/practice/appointments", body).status == 201
    assert told() == []
    story.patch(mail_from="2026-12-01", quiet_hours=None, max_per_week=7)
    active = {"state": "active", "reason": None}
    assert story.therapist.call("PUT", f"/practice/clients/{EVES}/privilege", active).status == 200


def test_a_client_is_told_of_booking_moving_and_cancelling(story: StoryContext, told) -> None:
    eve, (first, second, *_) = story.client(5), reversed(free_slots(story))
    booked = eve.call("POST", "/appointments", {"slot_id": first})
    assert booked.status == 201, booked
    assert told() == [(EVE, "booked")]
    moved = eve.call("POST", f"{booked.headers['location']}/move", {"slot_id": second})
    assert told() == [(EVE, "moved")]
    eve.call("DELETE", f"/appointments/{moved.body['appointment']['appointment_id']}")
    assert told() == [(EVE, "cancelled")]


def test_what_the_queue_delivers_twice_is_mailed_once(story: StoryContext, told) -> None:
    body = {"slot_id": free_slots(story)[-1]}
    booked = story.client(5).call("POST", "/appointments", body).body
    assert told() == [(EVE, "booked")]
    message = MessageRow.get("demo", f"{booked['appointment_id']}#booked")
    boto3.client("sqs").send_message(
        QueueUrl=MAIL_QUEUE_URL, MessageBody=json.dumps(message.intent)
    )
    assert told() == []


def test_the_therapist_acts_silently_or_not(story: StoryContext, told) -> None:
    slot_id = free_slots(story)[-1]
    body = {"client_id": "client4", "slot_id": slot_id}
    booked = story.therapist.call("POST", "/practice/appointments", body)
    path = f"/practice/appointments/{booked.body['appointment_id']}"
    assert told() == [("client4@openhour.example", "booked")]
    assert story.therapist.call("DELETE", f"{path}?notify=false").status == 200
    assert told() == []


def test_a_sick_day_is_told_with_the_nearest_open_times(story: StoryContext, told) -> None:
    sessions = story.client(5).get("/appointments")["appointments"]
    booked = next(each for each in sessions if each["status"] == "booked")
    body = {
        "from": booked["start"],
        "to": booked["end"],
        "cancel_booked": True,
        "message": "I am ill.",
    }
    taken = story.therapist.call("POST", "/practice/time-off", body)
    assert taken.status == 201, taken
    assert told() == [(EVE, "cancelled")]
    assert "I am ill." in outbox(story)[0]["text"]
    path = f"/practice/time-off/{taken.body['time_off_id']}"
    assert story.therapist.call("DELETE", path).status == 200


def test_a_suspension_is_told_with_the_sessions_that_stand(story: StoryContext, told) -> None:
    path = f"/practice/clients/{EVES}/privilege"
    for state, kind in (("suspended", "suspended"), ("active", "restored")):
        body = {"state": state, "reason": None, "notify": True}
        assert story.therapist.call("PUT", path, body).status == 200
        assert told() == [(EVE, kind)]


def test_reminders_follow_the_settings(story: StoryContext, told) -> None:
    body = {"client_id": EVES, "slot_id": free_slots(story)[-1]}
    assert story.therapist.call("POST", "/practice/appointments", body).status == 201
    assert told() == [(EVE, "booked")]
    story.patch(reminder_hours=24)
    story.local.wait_for_streams()
    story.local.functions["SweepFunction"].invoke({})
    assert told() == []


def test_a_regular_is_told_once(story: StoryContext, told) -> None:
    regular = next(
        each
        for each in story.therapist.get("/practice/regulars")["regulars"]
        if each["client_id"] == "client1"
    )
    body = {name: value for name, value in regular.items() if name != "regular_id"}
    path = f"/practice/regulars/{regular['regular_id']}"
    wanted = {name: body[name] for name in ("client_id", "weekday", "start", "first", "until")}
    changed = story.therapist.call("PUT", path, {**wanted, "every_weeks": 2})
    assert changed.status == 200, changed
    assert told() == [("client1@openhour.example", "regular-changed")]
    story.therapist.call("PUT", path, {**wanted, "every_weeks": regular["every_weeks"]})
    told()


BOUNCING = "bounce+eve@simulator.amazonses.com"


def test_mail_that_comes_back_is_stopped_told_and_tried_again(story: StoryContext, told) -> None:
    path = f"/practice/clients/{EVES}"
    assert story.therapist.call("PATCH", path, {"email": BOUNCING}).status == 200
    slot_id = free_slots(story)[-1]
    booked = story.client(5).call("POST", "/appointments", {"slot_id": slot_id})
    assert booked.status == 201, booked
    assert told() == [(BOUNCING, "booked"), (THERAPIST, "bounced")]
    assert story.therapist.get(path)["mail_stopped"]["why"] == "bounced"
    assert story.client(5).get("/me")["mail_stopped"] == "bounced"
    story.client(5).call("DELETE", booked.headers["location"])
    assert told() == []
    assert story.therapist.call("DELETE", f"{path}/mail-stop").body["mail_stopped"] is None
    assert story.therapist.call("DELETE", f"{path}/mail-stop").status == 409
    assert story.therapist.call("PATCH", path, {"email": EVE}).status == 200
    assert told() == []


def test_a_link_in_a_reminder_ends_reminders(story: StoryContext, told) -> None:
    token = f"demo.{'x' * 43}"
    write_unsubscribe_token("demo", EVES, token, now=clock.now())
    assert story.public.call("GET", f"/unsubscribe/{token}").status == 404
    assert story.client(5).get("/me")["mail"] == "all"
    url = f"{story.local.base_url}/unsubscribe/{token}"
    answer = requests.post(url, data={"List-Unsubscribe": "One-Click"}, timeout=10)
    assert answer.status_code == 202, answer.text
    assert story.client(5).get("/me")["mail"] == "changes"


def test_the_therapist_is_told_the_day_by_choice(story: StoryContext, told) -> None:
    story.patch(therapist_mails=["digest"])
    story.local.wait_for_streams()
    clock.set_now(datetime.fromisoformat("2026-12-11T07:00:30-05:00"))
    due = next(row.intent for row in DueRow.scan() if "#2026-12-11#digest#" in row.entry)
    boto3.client("sqs").send_message(QueueUrl=MAIL_QUEUE_URL, MessageBody=json.dumps(due))
    assert (THERAPIST, "digest") in told()
