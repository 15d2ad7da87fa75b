"""The watch: a release that should have run and didn't is counted and run, and no other."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from moto.scheduler.models import scheduler_backends

from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP
from infra.local.functions import Function
from infra.local.invocations import invocations
from infra.local.permissions import Permissions
from infra.local.template import load
from openhour import clock, schedules
from openhour.rules.refusals import Busy
from openhour.use_cases import releases
from openhour.use_cases.therapists import list_therapists, remove_therapist
from tests.functions.slots import NEXT_TUESDAY_EVENING

FRIDAY = datetime.fromisoformat("2026-11-27T18:00:00-05:00")
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00-05:00")


def function(name):
    return Function(name, load().handlers()[name], Permissions(load(), name))


@pytest.fixture
def look(practice, written):
    """Have the watch look: how many it counts, and whom it names."""
    watch = function("ReleaseWatch")

    def look():
        written()
        watch.invoke({})
        lines = [json.loads(line) for line in written().splitlines()]
        (counted,) = (line["ReleasesOverdue"] for line in lines if "ReleasesOverdue" in line)
        return counted, sorted(line["therapist_id"] for line in lines if "therapist_id" in line)

    schedules.scheduler_client().create_schedule_group(Name=SCHEDULE_GROUP)
    schedule_all(at=MONDAY)

    def fire(_, text):
        with suppress(Busy):
            function("ReleaseFunction").invoke(json.loads(text))

    with invocations(fire):
        yield look
    del scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP]


def schedule_all(*, at):
    """Every practice's schedule, as if it was last changed at that instant."""
    for practice in list_therapists():
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
def test_a_release_that_did_not_run_is_counted_once_it_can_not_be_under_way(
    look, go_to, when, count
):
    go_to(when)
    assert look()[0] == count


def test_what_did_not_run_is_run_and_counted_no_more(look, go_to, ann):
    go_to("2026-11-27T20:01:00-05:00")
    assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).refusal == "slot-taken"
    assert look() == (2, ["t1", "t2"])
    assert look() == (0, [])
    assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).status == 201


def test_what_still_can_not_be_run_stays_overdue_and_keeps_no_other(look, go_to, monkeypatch):
    go_to("2026-11-27T20:01:00-05:00")
    release_week = releases.release_week

    def fail_for_t1(therapist_id, **when):
        if therapist_id == "t1":
            raise Busy
        return release_week(therapist_id, **when)

    with monkeypatch.context() as patch:
        patch.setattr(releases, "release_week", fail_for_t1)
        assert look() == (2, ["t1", "t2"])
    assert look() == (1, ["t1"])


def test_the_therapists_are_named_and_those_who_were_released_are_not(look, go_to):
    go_to("2026-11-27T20:01:00-05:00")
    release("t1")
    assert look() == (1, ["t2"])


def test_none_is_counted_too(look, go_to):
    go_to("2026-11-28T09:00:00-05:00")
    release("t1", "t2")
    assert look() == (0, [])


def test_two_fridays_in_a_row_are_still_one_therapist_each(look, go_to):
    go_to("2026-12-05T09:00:00-05:00")
    assert look()[0] == 2


def test_a_practice_that_opened_after_friday_evening_has_missed_nothing(look, go_to):
    schedule_all(at=FRIDAY + timedelta(hours=15))
    go_to("2026-11-28T12:00:00-05:00")
    assert look()[0] == 0
    go_to("2026-12-04T20:01:00-05:00")
    assert look()[0] == 2


def test_a_schedule_that_is_gone_is_noticed_by_what_it_did_not_do(look, go_to):
    schedules.remove("t1")
    go_to("2026-11-27T20:01:00-05:00")
    release("t2")
    assert look() == (1, ["t1"])


def test_a_removed_practice_is_left_alone(look, go_to):
    remove_therapist("t1", now=clock.now())
    go_to("2026-11-28T09:00:00-05:00")
    release("t2")
    assert look()[0] == 0
