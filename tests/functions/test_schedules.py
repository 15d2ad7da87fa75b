"""Each therapist's release schedule follows the settings."""

import json
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfoNotFoundError

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from infra.local.environment import (
    RELEASE_DEAD_LETTER_ARN,
    RELEASE_FUNCTION_ARN,
    SCHEDULE_GROUP,
    SCHEDULER_ROLE_ARN,
)
from infra.local.schedules import Weekly
from openhour import schedules
from openhour.rules.settings import ReleaseTime
from tests.functions.streams import listening
from tests.unit.builders import a_practice

LOOK = ["GetSchedule"]


@pytest.fixture(autouse=True)
def _group():
    with mock_aws():
        schedules.scheduler_client().create_schedule_group(Name=SCHEDULE_GROUP)
        yield


def stored(name="t1"):
    return boto3.client("scheduler").get_schedule(GroupName=SCHEDULE_GROUP, Name=name)


def names():
    listed = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    return sorted(schedule["Name"] for schedule in listed)


def asked_of_scheduler(act, *args):
    with listening(schedules.scheduler_client()) as calls:
        act(*args)
    return calls.names


def on(weekday, at):
    return a_practice(therapist_id="t1", release=ReleaseTime(weekday=weekday, time=at))


def test_a_practice_is_released_on_friday_at_six_by_its_own_clock():
    schedules.sync(a_practice(therapist_id="t1"))
    schedule = stored()
    assert schedule["ScheduleExpression"] == "cron(0 18 ? * FRI *)"
    assert schedule["ScheduleExpressionTimezone"] == "America/New_York"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert schedule["State"] == "ENABLED"
    target = schedule["Target"]
    assert (target["Arn"], target["RoleArn"]) == (RELEASE_FUNCTION_ARN, SCHEDULER_ROLE_ARN)
    assert json.loads(target["Input"]) == {
        "therapist_id": "t1",
        "scheduled_at": "<aws.scheduler.scheduled-time>",
    }


def test_a_release_that_can_not_be_handed_over_is_tried_for_a_day_and_then_kept():
    schedules.sync(a_practice(therapist_id="t1"))
    target = stored()["Target"]
    assert target["RetryPolicy"] == {
        "MaximumRetryAttempts": 185,
        "MaximumEventAgeInSeconds": 86400,
    }
    assert target["DeadLetterConfig"] == {"Arn": RELEASE_DEAD_LETTER_ARN}


@pytest.mark.parametrize(
    ("weekday", "at", "expression"),
    [
        pytest.param("monday", time(0), "cron(0 0 ? * MON *)", id="midnight"),
        pytest.param("thursday", time(9, 5), "cron(5 9 ? * THU *)", id="a minute of one figure"),
        pytest.param("wednesday", time(13, 30), "cron(30 13 ? * WED *)", id="after noon"),
        pytest.param("sunday", time(23, 59), "cron(59 23 ? * SUN *)", id="the week's last minute"),
    ],
)
def test_the_therapist_chooses_weekday_and_time(weekday, at, expression):
    schedules.sync(on(weekday, at))
    assert stored()["ScheduleExpression"] == expression
    weekly = Weekly.of(stored()["ScheduleExpression"], stored()["ScheduleExpressionTimezone"])
    assert (weekly.hour, weekly.minute) == (at.hour, at.minute)


@pytest.mark.parametrize(
    "but",
    [
        pytest.param({"release": ReleaseTime(weekday="saturday")}, id="another weekday"),
        pytest.param({"release": ReleaseTime(time=time(19, 15))}, id="another time"),
        pytest.param({"timezone": "Australia/Lord_Howe"}, id="another zone"),
    ],
)
def test_a_changed_setting_changes_the_schedule(but):
    before = a_practice(therapist_id="t1")
    schedules.sync(before)
    asked = asked_of_scheduler(schedules.sync, replace(before, **but))
    assert asked == [*LOOK, "UpdateSchedule"]
    schedule, changed = stored(), replace(before, **but)
    assert schedule["ScheduleExpressionTimezone"] == changed.timezone
    assert schedule["ScheduleExpression"].split()[4] == changed.release.weekday[:3].upper()
    assert schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"] == 185


@pytest.mark.parametrize(
    "but",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"office_phone": "+1 212 555 0199"}, id="the phone"),
        pytest.param({"plan": 7, "planned": 6}, id="the plan"),
    ],
)
def test_unrelated_changes_leave_the_schedule_alone(but):
    before = a_practice(therapist_id="t1")
    schedules.sync(before)
    assert asked_of_scheduler(schedules.sync, replace(before, **but)) == LOOK


class TestSpread:
    """Many practices, each at a minute of its own."""

    @pytest.fixture(autouse=True)
    def quarter_of_an_hour(self, monkeypatch):
        monkeypatch.setenv("RELEASE_SPREAD_MINUTES", "15")

    @staticmethod
    def minute(name="t1"):
        minute, hour, *_ = stored(name)["ScheduleExpression"].removeprefix("cron(").split()
        assert hour == "18"
        return int(minute)

    def test_each_is_run_within_it_and_not_before_its_time(self):
        names = [f"t{number}" for number in range(40)]
        for name in names:
            schedules.sync(a_practice(therapist_id=name))
        minutes = {self.minute(name) for name in names}
        assert minutes <= set(range(15))
        assert len(minutes) > 5

    def test_the_schedule_fires_at_any_second_of_its_minute(self):
        schedules.sync(a_practice(therapist_id="t1"))
        assert stored()["FlexibleTimeWindow"] == {
            "Mode": "FLEXIBLE",
            "MaximumWindowInMinutes": 1,
        }

    def test_the_minute_stays_after_a_change_of_day_or_zone(self):
        schedules.sync(a_practice(therapist_id="t1"))
        before = self.minute()
        moved = a_practice(
            therapist_id="t1",
            timezone="Australia/Lord_Howe",
            release=ReleaseTime(weekday="thursday"),
        )
        schedules.sync(moved)
        assert (self.minute(), stored()["ScheduleExpressionTimezone"]) == (
            before,
            moved.timezone,
        )

    def test_another_spread_is_followed_with_the_practice_s_next_change(self, monkeypatch):
        practice = a_practice(therapist_id="t1")
        schedules.sync(practice)
        assert self.minute() > 0
        monkeypatch.setenv("RELEASE_SPREAD_MINUTES", "0")
        schedules.sync(practice)
        assert self.minute() == 0


def test_a_schedule_that_was_changed_by_hand_is_put_right():
    practice = a_practice(therapist_id="t1")
    schedules.sync(practice)
    before = stored()
    wanted = ("Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow", "Target")
    by_hand = {name: before[name] for name in wanted} | {"State": "DISABLED"}
    boto3.client("scheduler").update_schedule(**by_hand)
    schedules.sync(practice)
    after = stored()
    assert (after["State"], after["ScheduleExpressionTimezone"]) == ("ENABLED", "America/New_York")


@pytest.mark.parametrize("zone", [None, ""])
def test_no_schedule_while_no_zone_is_set(zone):
    schedules.sync(a_practice(therapist_id="t1"))
    for _ in range(2):
        schedules.sync(a_practice(therapist_id="t1", timezone=zone))
    assert names() == []


def test_the_schedule_goes_with_the_practice():
    for therapist_id in ("t1", "t2"):
        schedules.sync(a_practice(therapist_id=therapist_id))
    schedules.remove("t1")
    schedules.remove("t1")
    assert names() == ["t2"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America/New York", "../UTC"])
def test_a_zone_that_is_none_never_reaches_the_scheduler(zone):
    with (
        listening(schedules.scheduler_client()) as calls,
        pytest.raises((ZoneInfoNotFoundError, ValueError)),
    ):
        schedules.sync(a_practice(therapist_id="t1", timezone=zone))
    assert calls.names == []


def test_every_therapist_has_a_schedule_whatever_the_id():
    ids = ["t1", "t1 ", "dr@home", "d" * 64, "d" * 65, "d" * 66, "ä"]
    for therapist_id in ids:
        schedules.sync(a_practice(therapist_id=therapist_id))
    assert len(names()) == len(ids)
    assert {"t1", "d" * 64} <= set(names())
    inputs = (json.loads(stored(name)["Target"]["Input"])["therapist_id"] for name in names())
    assert sorted(inputs) == sorted(ids)


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
@pytest.mark.parametrize("limit", [0, 1], ids=["at once", "at the second call"])
def test_a_scheduler_that_fails_has_caught_up_once_it_works(limit, lost):
    practice = a_practice(therapist_id="t1")
    with (
        listening(schedules.scheduler_client(), limit=limit, lost=lost),
        pytest.raises(ReadTimeoutError),
    ):
        schedules.sync(practice)
    schedules.sync(practice)
    assert asked_of_scheduler(schedules.sync, practice) == LOOK
