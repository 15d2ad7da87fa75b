"""The monitor counts and runs overdue releases, and no others."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime

import pytest
from moto.scheduler.models import scheduler_backends

from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP
from infra.local.moto.lambda_invoke import patch_lambda_invoke
from openhour import clock, schedules
from openhour.rules.refusals import Busy
from openhour.store.practices import all_practices
from openhour.use_cases import releases
from openhour.use_cases.therapists import open_practice, remove_therapist
from tests.functions.slots import NEXT_TUESDAY_EVENING
from tests.functions.streams import _function
from tests.unit.builders import a_practice

FRIDAY = datetime.fromisoformat("2026-11-27T18:00:00-05:00")
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00-05:00")


@pytest.fixture
def run_monitor(practice, written):
    """Run the monitor; return its count and the therapists it logs."""
    monitor = _function("ReleaseMonitor")

    def run():
        written()
        monitor.invoke({})
        lines = [json.loads(line) for line in written().splitlines()]
        (counted,) = (line["ReleasesOverdue"] for line in lines if "ReleasesOverdue" in line)
        return counted, sorted(line["therapist_id"] for line in lines if "therapist_id" in line)

    schedules.scheduler_client().create_schedule_group(Name=SCHEDULE_GROUP)
    schedule_all(at=MONDAY)

    def fire(_, text):
        with suppress(Busy):
            _function("ReleaseFunction").invoke(json.loads(text))

    with patch_lambda_invoke(fire):
        yield run
    del scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP]


def schedule_all(*, at):
    """Create every practice's schedule, last changed at that instant."""
    for practice in all_practices():
        schedules.sync(practice)
        group = scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP]
        group.schedules[practice.therapist_id].last_modified_date = at.timestamp()


def release(*therapist_ids):
    for therapist_id in therapist_ids:
        releases.release_week(therapist_id, scheduled_at=FRIDAY, now=clock.now())


@pytest.mark.parametrize(
    ("when", "count"),
    [
        pytest.param("2026-11-27T17:59:00-05:00", 0, id="before it is due"),
        pytest.param("2026-11-27T19:14:00-05:00", 0, id="while it may be late"),
        pytest.param("2026-11-27T19:16:00-05:00", 2, id="an hour and a quarter late"),
        pytest.param("2026-12-04T17:00:00-05:00", 2, id="all the week"),
    ],
)
def test_a_release_is_overdue_an_hour_and_a_quarter_after_its_time(run_monitor, go_to, when, count):
    go_to(when)
    assert run_monitor()[0] == count


def test_an_overdue_release_is_run_and_no_longer_counted(run_monitor, go_to, ann):
    go_to("2026-11-27T20:01:00-05:00")
    assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).refusal == "slot-taken"
    assert run_monitor() == (2, ["t1", "t2"])
    assert run_monitor() == (0, [])
    assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).status == 201


def test_a_release_that_fails_again_stays_overdue_and_does_not_affect_others(
    run_monitor, go_to, monkeypatch
):
    go_to("2026-11-27T20:01:00-05:00")
    release_week = releases.release_week

    def fail_for_t1(therapist_id, **when):
        if therapist_id == "t1":
            raise Busy
        return release_week(therapist_id, **when)

    with monkeypatch.context() as patch:
        patch.setattr(releases, "release_week", fail_for_t1)
        assert run_monitor() == (2, ["t1", "t2"])
    assert run_monitor() == (1, ["t1"])


def test_only_overdue_therapists_are_logged(run_monitor, go_to):
    go_to("2026-11-27T20:01:00-05:00")
    release("t1")
    assert run_monitor() == (1, ["t2"])


def test_a_count_of_zero_is_recorded(run_monitor, go_to):
    go_to("2026-11-28T09:00:00-05:00")
    release("t1", "t2")
    assert run_monitor() == (0, [])


def test_two_missed_releases_count_once_per_therapist(run_monitor, go_to):
    go_to("2026-12-05T09:00:00-05:00")
    assert run_monitor()[0] == 2


def test_a_practice_opened_after_the_release_time_is_not_overdue(run_monitor, go_to):
    go_to("2026-11-28T09:00:00-05:00")
    release("t1", "t2")
    open_practice(a_practice(therapist_id="t3", released_through=None), now=clock.now())
    schedule_all(at=clock.now())
    assert run_monitor() == (0, [])
    go_to("2026-12-04T20:01:00-05:00")
    assert run_monitor() == (3, ["t1", "t2", "t3"])


def test_a_release_that_a_new_time_passes_over_is_run_and_not_counted(
    run_monitor, go_to, therapist
):
    go_to("2026-11-27T17:00:00-05:00")
    therapist("PATCH /practice", {"release": {"weekday": "friday", "time": "16:00"}})
    schedule_all(at=clock.now())
    assert run_monitor() == (0, [])
    upcoming = therapist("GET /practice/release").body
    assert (upcoming["next_at"], upcoming["due"]) == ("2026-12-04T16:00:00-05:00", False)


def test_a_missing_schedule_makes_the_release_overdue(run_monitor, go_to):
    schedules.remove("t1")
    go_to("2026-11-27T20:01:00-05:00")
    release("t2")
    assert run_monitor() == (1, ["t1"])


def test_a_removed_practice_is_ignored(run_monitor, go_to):
    remove_therapist("t1", now=clock.now())
    go_to("2026-11-28T09:00:00-05:00")
    release("t2")
    assert run_monitor()[0] == 0
