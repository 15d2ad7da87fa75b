"""What happens seldom, and has to work all the same: functions that have just started, hours that
go from under a booking, calls that die half-way, and people who act between two calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

import pytest

from openhour import clock, schedules
from openhour.store import practices, transactions
from openhour.store.audit_log import acting_as
from openhour.use_cases import planning
from openhour.use_cases.therapists import open_practice
from tests.e2e.story.town import HOURS, Town, a_regular, eventually
from tests.unit.builders import a_practice

FRIDAY = datetime.fromisoformat("2026-12-04T18:00:00-05:00")


def hours_without(*gone: str) -> dict[str, Any]:
    """The hours of the story but for some, as `friday 11:00`."""
    return {"hours": [e for e in HOURS if f"{e['weekday']} {e['start']}" not in gone]}


def book_for(town: Town, client_id: str, slot_id: str) -> Any:
    wish = {"client_id": client_id, "slot_id": slot_id}
    return town.therapist.call("POST", "/practice/appointments", wish)


def a_sick_day(day: str, next_day: str) -> dict[str, Any]:
    return {
        "from": f"{day}T00:00:00-05:00",
        "to": f"{next_day}T00:00:00-05:00",
        "cancel_booked": True,
        "message": None,
    }


@contextmanager
def calls_die_half_way() -> Iterator[None]:
    """Whoever plans dies once the intent has been committed."""

    def die(*_: Any, **__: Any) -> None:
        raise RuntimeError("cut short")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "carry_out_plan", die)
        yield


@contextmanager
def nobody_follows(town: Town) -> Iterator[None]:
    """The streams are not followed meanwhile."""
    with ExitStack() as held:
        for follower in town.local.pump.followers:
            held.enter_context(follower._turn)
        yield


def test_a_function_that_has_just_started_reads_the_settings(town: Town) -> None:
    town.patch(intake="auto", intake_below=1.0)
    practices.invalidate()
    assert town.public.get("/therapists/demo")["accepting_new_clients"] is True
    eve = town.client(5)
    practices.invalidate()
    assert "20261215T1500Z" in {slot["slot_id"] for slot in eve.get("/slots")["slots"]}
    practices.invalidate()
    booked = eve.call("POST", "/appointments", {"slot_id": "20261215T1500Z"})
    assert booked.status == 201
    practices.invalidate()
    ended = eve.call("DELETE", f"/appointments/{booked.body['appointment_id']}")
    assert ended.body["appointment"]["status"] == "cancelled"


def test_a_regular_client_moves_one_occurrence_and_it_stays_moved(town: Town) -> None:
    eve = town.client(5)
    (first, *_) = [a for a in eve.get("/appointments")["appointments"] if a["regular"]]
    assert first["slot_id"] == "20261207T2330Z"
    path = f"/appointments/{first['appointment_id']}/move"
    moved = eve.call("POST", path, {"slot_id": "20261208T1600Z"})
    assert (moved.status, moved.body["appointment"]["regular"]) == (200, False)
    assert town.slot("20261207T2330Z")["client"] is None


def test_the_therapist_books_a_client_twice_into_one_slot_and_it_is_one_session(
    town: Town,
) -> None:
    first, again = (book_for(town, "client4", "20261208T1500Z") for _ in range(2))
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body


def test_a_slot_whose_hours_are_gone_stays_as_long_as_somebody_has_it(town: Town) -> None:
    booked = book_for(town, "client4", "20261211T1600Z")
    town.therapist.call("PUT", "/practice/hours", hours_without("friday 11:00"))
    assert town.find_slot("20261218T1600Z") is None
    assert town.slot("20261211T1600Z")["client"]["name"] == "Dan"
    town.client(4).call("DELETE", f"/appointments/{booked.body['appointment_id']}")
    eventually(lambda: town.find_slot("20261211T1600Z") is None)


def test_a_discharge_settles_all_that_the_client_stood_in_the_way_of(town: Town) -> None:
    hal = {"name": "Hal", "email": "hal@example.com", "phone": None, "login": None, "invite": True}
    hal_id = town.therapist.call("POST", "/practice/clients", hal).body["client_id"]
    standing = {**a_regular(1, "tuesday", "14:00", "2026-12-01", 1), "client_id": hal_id}
    assert town.therapist.call("POST", "/practice/regulars", standing).status == 201
    for slot_id in ("20261210T1600Z", "20261211T1900Z"):
        assert book_for(town, hal_id, slot_id).status == 201
    town.therapist.call("PUT", "/practice/hours", hours_without("friday 11:00", "friday 14:00"))
    waits = a_regular(4, "thursday", "11:00", "2026-12-10", 1)
    entered = town.therapist.call("POST", "/practice/regulars", waits)
    assert "20261210T1600Z" not in entered.body["placed"]

    assert town.therapist.call("DELETE", f"/practice/clients/{hal_id}").status == 200
    assert town.slot("20261210T1600Z")["client"]["name"] == "Dan"
    assert town.find_slot("20261211T1900Z") is None
    assert town.slot("20261208T1900Z")["state"] == "open"
    assert town.therapist.get("/practice/conflicts")["conflicts"] == []


def test_a_call_that_died_half_way_is_completed_from_the_stream(town: Town) -> None:
    assert town.slot("20261217T2230Z")["client"] is not None
    with calls_die_half_way():
        sick = a_sick_day("2026-12-17", "2026-12-18")
        died = town.therapist.call("POST", "/practice/time-off", sick)
    assert (died.status, died.body["title"]) == (500, "Our mistake")
    eventually(lambda: town.slot("20261217T2230Z")["state"] == "blocked")


def test_what_is_still_undone_on_friday_is_completed_by_the_release(town: Town) -> None:
    gone = ("friday 11:00", "friday 14:00", "monday 11:00")
    with nobody_follows(town):
        with calls_die_half_way():
            sick = a_sick_day("2026-12-24", "2026-12-25")
            town.therapist.call("POST", "/practice/time-off", sick)
            town.therapist.call("PUT", "/practice/hours", hours_without(*gone))
        assert town.slot("20261224T2230Z")["state"] == "booked"
        release = {"therapist_id": "demo", "scheduled_at": "2026-11-27T18:00:00-05:00"}
        town.local.functions["ReleaseFunction"].invoke(release)
    assert town.slot("20261224T2230Z")["state"] == "blocked"
    assert town.find_slot("20261221T1600Z") is None


def test_a_slot_that_is_kept_back_while_the_release_runs_stays_held(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = "20261210T2330Z"
    write = transactions.write

    def keep_back_first(update: Any) -> Any:
        if update.row.slot_id == late and town.slot(late)["state"] == "held":
            town.therapist.call("PUT", f"/practice/slots/{late}", {"state": "held"})
        return write(update)

    monkeypatch.setattr("openhour.use_cases.releases.write", keep_back_first)
    clock.set_now(FRIDAY)
    eventually(lambda: town.slot("20261208T2330Z")["state"] == "open")
    eventually(lambda: town.therapist.get("/practice")["released_through"] == "2026-W50")
    assert town.slot(late)["state"] == "held"


def test_a_release_time_that_changes_changes_the_schedule(town: Town) -> None:
    town.patch(release={"weekday": "thursday", "time": "17:00"})
    assert town.therapist.get("/practice/release")["next_at"] == "2026-12-10T17:00:00-05:00"
    town.local.settle()


def test_a_practice_that_is_nowhere_yet_has_no_schedule(town: Town) -> None:
    with acting_as("operator:o1"):
        nowhere = a_practice(therapist_id="nowhere", timezone=None, hours=())
        open_practice(nowhere, now=clock.now())
    town.local.settle()


def test_a_release_whose_schedule_somebody_deleted_is_found_to_be_overdue_and_run(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    schedules.remove("demo")
    clock.set_now(datetime.fromisoformat("2026-12-10T19:30:00-05:00"))
    capsys.readouterr()
    for _ in range(2):
        town.local.functions["ReleaseWatch"].invoke({})
    counts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [count["ReleasesOverdue"] for count in counts if "ReleasesOverdue" in count] == [1, 0]
