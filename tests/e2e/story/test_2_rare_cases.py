"""Rare cases: cold starts, hours removed under a booking, interrupted and concurrent requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import pytest
import requests

from functions.deployment_check.checks import CHECKS
from openhour import clock, schedules
from openhour.store import practices, transactions
from openhour.store.audit_log import acting_as
from openhour.use_cases import planning
from openhour.use_cases.therapists import open_practice
from tests.e2e.story.context import HOURS, TIMEOUT_SECONDS, StoryContext, a_regular, eventually
from tests.functions.deployments import HOOK, Aws
from tests.unit.builders import a_practice

FRIDAY = datetime.fromisoformat("2026-12-04T18:00:00-05:00")


def hours_without(*gone: str) -> dict[str, Any]:
    """Return the story's hours without some, such as `friday 11:00`."""
    return {"hours": [e for e in HOURS if f"{e['weekday']} {e['start']}" not in gone]}


def book_for(story: StoryContext, client_id: str, slot_id: str) -> Any:
    body = {"client_id": client_id, "slot_id": slot_id}
    return story.therapist.call("POST", "/practice/appointments", body)


def a_sick_day(day: str, next_day: str) -> dict[str, Any]:
    return {
        "from": f"{day}T00:00:00-05:00",
        "to": f"{next_day}T00:00:00-05:00",
        "cancel_booked": True,
        "message": None,
    }


@contextmanager
def interrupted_requests() -> Iterator[None]:
    """Interrupt every request after it has committed its plan."""

    def interrupt(*_: Any, **__: Any) -> None:
        raise RuntimeError("interrupted")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "carry_out_plan", interrupt)
        yield


def test_a_cold_start_reads_the_settings(story: StoryContext) -> None:
    story.patch(intake="auto", intake_below=1.0)
    practices.invalidate()
    assert story.public.get("/therapists/demo")["accepting_new_clients"] is True
    practices.invalidate()
    invited = {"email": "nobody@example.com"}
    assert story.public.call("POST", "/therapists/demo/invitations", invited).status == 202
    practices.invalidate()
    page = requests.get(f"{story.local.base_url}/book/demo", timeout=TIMEOUT_SECONDS)
    assert "Demo Practice" in page.text
    eve = story.client(5)
    practices.invalidate()
    assert "20261215T1500Z" in {slot["slot_id"] for slot in eve.get("/slots")["slots"]}
    practices.invalidate()
    booked = eve.call("POST", "/appointments", {"slot_id": "20261215T1500Z"})
    assert booked.status == 201
    story.local.wait_for_streams()  # their functions read the settings, too
    practices.invalidate()
    ended = eve.call("DELETE", f"/appointments/{booked.body['appointment_id']}")
    assert ended.body["appointment"]["status"] == "cancelled"
    story.local.wait_for_streams()
    practices.invalidate()
    preview = story.therapist.get("/practice/mail-previews/cancelled?language=es")
    assert preview["subject"] == "La cita de hoy está cancelada"


def test_a_moved_occurrence_stays_moved(story: StoryContext) -> None:
    eve = story.client(5)
    (first, *_) = [a for a in eve.get("/appointments")["appointments"] if a["regular"]]
    assert first["slot_id"] == "20261207T2330Z"
    path = f"/appointments/{first['appointment_id']}/move"
    moved = eve.call("POST", path, {"slot_id": "20261208T1600Z"})
    assert (moved.status, moved.body["appointment"]["regular"]) == (200, False)
    assert story.slot("20261207T2330Z")["client"] is None


def test_repeating_a_booking_for_a_client_changes_nothing(
    story: StoryContext,
) -> None:
    first, again = (book_for(story, "client4", "20261208T1500Z") for _ in range(2))
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body


def test_a_booked_slot_outlives_its_removed_hours(story: StoryContext) -> None:
    booked = book_for(story, "client4", "20261211T1600Z")
    story.therapist.call("PUT", "/practice/hours", hours_without("friday 11:00"))
    assert story.find_slot("20261218T1600Z") is None
    assert story.slot("20261211T1600Z")["client"]["name"] == "Dan"
    story.client(4).call("DELETE", f"/appointments/{booked.body['appointment_id']}")
    eventually(lambda: story.find_slot("20261211T1600Z") is None)


def test_a_discharge_resolves_the_clients_conflicts(story: StoryContext) -> None:
    hal = {"name": "Hal", "email": "hal@example.com", "phone": None, "login": None, "invite": True}
    hal_id = story.therapist.call("POST", "/practice/clients", hal).body["client_id"]
    standing = {**a_regular(1, "tuesday", "14:00", "2026-12-01", 1), "client_id": hal_id}
    assert story.therapist.call("POST", "/practice/regulars", standing).status == 201
    for slot_id in ("20261210T1600Z", "20261211T1900Z"):
        assert book_for(story, hal_id, slot_id).status == 201
    story.therapist.call("PUT", "/practice/hours", hours_without("friday 11:00", "friday 14:00"))
    waits = a_regular(4, "thursday", "11:00", "2026-12-10", 1)
    entered = story.therapist.call("POST", "/practice/regulars", waits)
    assert "20261210T1600Z" not in entered.body["placed"]
    with story.local.stream_poller.paused():  # or it might plan first
        assert story.therapist.call("DELETE", f"/practice/clients/{hal_id}").status == 200
    assert story.slot("20261210T1600Z")["client"]["name"] == "Dan"
    assert story.find_slot("20261211T1900Z") is None
    assert story.slot("20261208T1900Z")["state"] == "open"
    assert story.therapist.get("/practice/conflicts")["conflicts"] == []


def test_an_interrupted_request_is_completed_from_the_stream(story: StoryContext) -> None:
    assert story.slot("20261217T2230Z")["client"] is not None
    with interrupted_requests():
        sick = a_sick_day("2026-12-17", "2026-12-18")
        died = story.therapist.call("POST", "/practice/time-off", sick)
    assert (died.status, died.body["title"]) == (500, "Our mistake")
    eventually(lambda: story.slot("20261217T2230Z")["state"] == "blocked")


def test_the_release_completes_interrupted_planning(story: StoryContext) -> None:
    gone = ("friday 11:00", "friday 14:00", "monday 11:00")
    with story.local.stream_poller.paused():
        with interrupted_requests():
            sick = a_sick_day("2026-12-24", "2026-12-25")
            story.therapist.call("POST", "/practice/time-off", sick)
            story.therapist.call("PUT", "/practice/hours", hours_without(*gone))
        assert story.slot("20261224T2230Z")["state"] == "booked"
        release = {"therapist_id": "demo", "scheduled_at": "2026-11-27T18:00:00-05:00"}
        story.local.functions["ReleaseFunction"].invoke(release)
    assert story.slot("20261224T2230Z")["state"] == "blocked"
    assert story.find_slot("20261221T1600Z") is None


@pytest.mark.parametrize(
    "completed_by", ["the request", "the stream", "the release", "a discharge"]
)
def test_a_regular_that_changes_its_time_leaves_no_cancelled_session(
    story: StoryContext, completed_by: str
) -> None:
    """A session that another one of the same week replaces is in nobody's history."""
    wanted = a_regular(4, "wednesday", "14:00", "2026-12-23", 1)
    entered = story.therapist.call("POST", "/practice/regulars", wanted)
    assert entered.status == 201, entered
    path = f"/practice/regulars/{entered.body['regular_id']}"
    with ExitStack() as stack:
        if completed_by in ("the release", "a discharge"):
            stack.enter_context(story.local.stream_poller.paused())
        with interrupted_requests() if completed_by != "the request" else nullcontext():
            story.therapist.call("PUT", path, {**wanted, "start": "17:30"})
        if completed_by == "the release":
            release = {"therapist_id": "demo", "scheduled_at": "2026-11-27T18:00:00-05:00"}
            story.local.functions["ReleaseFunction"].invoke(release)
        elif completed_by == "a discharge":
            gus = story.therapist.call("POST", "/practice/clients", {"name": "Gus"}).body
            story.therapist.call("DELETE", f"/practice/clients/{gus['client_id']}")
    eventually(lambda: story.slot("20261223T2230Z")["client"] is not None)
    assert story.therapist.get(path)["start"] == "17:30"
    history = story.therapist.get("/practice/clients/client4")["appointments"]
    assert "20261223T1900Z" not in [each["slot_id"] for each in history]
    story.therapist.call("DELETE", path)


def test_a_slot_held_back_during_the_release_stays_held(
    story: StoryContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = "20261210T2330Z"
    write = transactions.write

    def keep_back_first(update: Any) -> Any:
        if update.row.slot_id == late and story.slot(late)["state"] == "held":
            story.therapist.call("PUT", f"/practice/slots/{late}", {"state": "held"})
        return write(update)

    monkeypatch.setattr("openhour.use_cases.releases.write", keep_back_first)
    clock.set_now(FRIDAY)
    eventually(lambda: story.slot("20261208T2330Z")["state"] == "open")
    eventually(lambda: story.therapist.get("/practice")["released_through"] == "2026-W50")
    assert story.slot(late)["state"] == "held"


def test_a_changed_release_time_changes_the_schedule(story: StoryContext) -> None:
    story.patch(release={"weekday": "thursday", "time": "17:00"})
    assert story.therapist.get("/practice/release")["next_at"] == "2026-12-10T17:00:00-05:00"
    story.local.wait_for_streams()


def test_a_practice_without_a_time_zone_has_no_schedule(story: StoryContext) -> None:
    with acting_as("operator:o1"):
        nowhere = a_practice(therapist_id="nowhere", timezone=None, hours=())
        open_practice(nowhere, now=clock.now())
    story.local.wait_for_streams()


def test_the_monitor_runs_the_release_of_a_deleted_schedule(
    story: StoryContext, capsys: pytest.CaptureFixture[str]
) -> None:
    schedules.remove("demo")
    clock.set_now(datetime.fromisoformat("2026-12-10T19:30:00-05:00"))
    capsys.readouterr()
    for _ in range(2):
        story.local.functions["ReleaseMonitor"].invoke({})
    counts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [count["ReleasesOverdue"] for count in counts if "ReleasesOverdue" in count] == [1, 0]


@pytest.mark.parametrize("function", CHECKS)
def test_the_hook_of_a_deployment_checks_every_function(story: StoryContext, function: str) -> None:
    assert Aws(function).check(story.local.functions[HOOK]) == "Succeeded"
