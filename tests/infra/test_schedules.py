"""Schedules: each due instant fires once, by the practice's clock, in the therapist's zone."""

import json
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

import boto3
import pytest

from infra.local.environment import (
    RELEASE_DEAD_LETTER_ARN,
    RELEASE_FUNCTION_ARN,
    SCHEDULE_GROUP,
    SCHEDULER_ROLE_ARN,
)
from infra.local.schedules import Scheduler, Weekly
from openhour import clock

FRIDAY_AT_SIX = "cron(0 18 ? * FRI *)"
INPUT = '{"therapist_id": "demo", "scheduled_at": "<aws.scheduler.scheduled-time>"}'


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("expression", "zone", "after", "until", "instants"),
    [
        pytest.param(
            FRIDAY_AT_SIX,
            "America/New_York",
            "2026-11-27T17:59:59-05:00",
            "2026-11-27T18:00:00-05:00",
            ["2026-11-27T18:00:00-05:00"],
            id="due on the second",
        ),
        pytest.param(
            FRIDAY_AT_SIX,
            "America/New_York",
            "2026-11-27T18:00:00-05:00",
            "2026-12-04T17:59:59-05:00",
            [],
            id="the week between is quiet",
        ),
        pytest.param(
            FRIDAY_AT_SIX,
            "America/New_York",
            "2026-10-29T00:00:00-04:00",
            "2026-11-07T00:00:00-04:00",
            ["2026-10-30T18:00:00-04:00", "2026-11-06T18:00:00-05:00"],
            id="six stays six when the clocks go back",
        ),
        pytest.param(
            FRIDAY_AT_SIX,
            "Asia/Kolkata",
            "2026-11-27T12:00:00+00:00",
            "2026-11-27T13:00:00+00:00",
            ["2026-11-27T18:00:00+05:30"],
            id="half an hour off",
        ),
        pytest.param(
            FRIDAY_AT_SIX,
            "Pacific/Auckland",
            "2026-11-27T04:59:00+00:00",
            "2026-11-27T05:01:00+00:00",
            ["2026-11-27T18:00:00+13:00"],
            id="far in the east",
        ),
        pytest.param(
            "cron(30 2 ? * SUN *)",
            "America/New_York",
            "2026-03-07T00:00:00-05:00",
            "2026-03-16T00:00:00-04:00",
            ["2026-03-15T02:30:00-04:00"],
            id="a time that the spring skips doesn't come",
        ),
        pytest.param(
            "cron(30 1 ? * SUN *)",
            "America/New_York",
            "2026-11-01T00:00:00-04:00",
            "2026-11-02T00:00:00-05:00",
            ["2026-11-01T01:30:00-04:00"],
            id="a time that comes twice in autumn fires at the first",
        ),
    ],
)
def test_a_weekly_schedule_keeps_to_the_clock_on_the_wall(expression, zone, after, until, instants):
    weekly = Weekly.of(expression, zone)
    assert list(weekly.between(at(after), at(until))) == [at(each) for each in instants]


@pytest.mark.parametrize(
    ("expression", "zone", "problem"),
    [
        pytest.param("rate(7 days)", "Europe/Berlin", ValueError, id="a rate"),
        pytest.param("cron(0 24 ? * FRI *)", "Europe/Berlin", ValueError, id="no such hour"),
        pytest.param("cron(60 8 ? * FRI *)", "Europe/Berlin", ValueError, id="no such minute"),
        pytest.param("cron(0 18 * * FRI *)", "Europe/Berlin", ValueError, id="every day at once"),
        pytest.param(FRIDAY_AT_SIX, "Mars/Olympus", ZoneInfoNotFoundError, id="no such zone"),
    ],
)
def test_what_is_no_weekly_schedule_is_refused(expression, zone, problem):
    with pytest.raises(problem):
        Weekly.of(expression, zone)


class Target:
    """Takes what is fired, and fails as often as it is told to."""

    def __init__(self):
        self.fired = []
        self.failures = 0

    def __call__(self, arn, text):
        assert arn == RELEASE_FUNCTION_ARN
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.fired.append(json.loads(text))


@pytest.fixture
def target():
    return Target()


@pytest.fixture
def schedule(cloud):
    client = boto3.client("scheduler")

    def create(name="demo", *, expression=FRIDAY_AT_SIX, state="ENABLED", window=0):
        client.create_schedule(
            GroupName=SCHEDULE_GROUP,
            Name=name,
            ScheduleExpression=expression,
            ScheduleExpressionTimezone="America/New_York",
            FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": window}
            if window
            else {"Mode": "OFF"},
            State=state,
            Target={
                "Arn": RELEASE_FUNCTION_ARN,
                "RoleArn": SCHEDULER_ROLE_ARN,
                "Input": INPUT,
                "DeadLetterConfig": {"Arn": RELEASE_DEAD_LETTER_ARN},
            },
        )

    yield create
    for each in client.list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]:
        client.delete_schedule(GroupName=SCHEDULE_GROUP, Name=each["Name"])


@pytest.fixture
def scheduler(cloud, target):
    clock.set_now(at("2026-11-27T17:58:00-05:00"))
    return Scheduler(boto3.client("scheduler"), SCHEDULE_GROUP, clock.now, target, pause_seconds=0)


def test_friday_at_six_fires_once_with_the_scheduled_instant(schedule, scheduler, target):
    schedule()
    scheduler.turn()
    assert target.fired == []
    clock.set_now(at("2026-11-27T18:00:07-05:00"))
    scheduler.turn()
    scheduler.turn()
    assert target.fired == [{"therapist_id": "demo", "scheduled_at": "2026-11-27T23:00:00Z"}]


def test_one_that_may_run_at_any_second_of_a_minute_runs_at_the_first(schedule, scheduler, target):
    schedule(window=1)
    for second in ("17:59:59", "18:00:00", "18:00:59"):
        clock.set_now(at(f"2026-11-27T{second}-05:00"))
        scheduler.turn()
        assert len(target.fired) == (second > "18")
    assert target.fired[0]["scheduled_at"] == "2026-11-27T23:00:00Z"


def test_every_friday_that_the_clock_jumps_over_is_fired_in_order(schedule, scheduler, target):
    schedule()
    clock.set_now(at("2026-12-11T18:00:00-05:00"))
    scheduler.turn()
    assert [each["scheduled_at"] for each in target.fired] == [
        "2026-11-27T23:00:00Z",
        "2026-12-04T23:00:00Z",
        "2026-12-11T23:00:00Z",
    ]


def test_an_instant_does_not_come_again_when_the_clock_is_set_back(schedule, scheduler, target):
    schedule()
    for text in ("2026-11-27T18:01:00-05:00", "2026-11-27T17:59:00-05:00") * 2:
        clock.set_now(at(text))
        scheduler.turn()
    assert len(target.fired) == 1


def test_a_schedule_that_is_switched_off_does_not_fire(schedule, scheduler, target):
    schedule(state="DISABLED")
    clock.set_now(at("2026-11-27T18:01:00-05:00"))
    scheduler.turn()
    assert target.fired == []


def test_a_run_that_fails_is_tried_again_until_it_succeeds(schedule, scheduler, target):
    schedule()
    target.failures = 2
    clock.set_now(at("2026-11-27T18:01:00-05:00"))
    for _ in range(4):
        scheduler.turn()
    assert len(target.fired) == 1
    assert scheduler.dead == []


def test_a_run_that_fails_for_good_is_put_aside(schedule, scheduler, target):
    schedule()
    target.failures = 9
    clock.set_now(at("2026-11-27T18:01:00-05:00"))
    for _ in range(4):
        scheduler.turn()
    assert [json.loads(each)["scheduled_at"] for each in scheduler.dead] == ["2026-11-27T23:00:00Z"]
    assert target.failures == 9 - 3, "as often as Lambda tries"


def test_a_schedule_that_nobody_can_read_is_told_and_stops_no_other(
    schedule, scheduler, target, capsys
):
    schedule("broken", expression="rate(7 days)")
    schedule("demo")
    clock.set_now(at("2026-11-27T18:01:00-05:00"))
    scheduler.turn()
    assert len(target.fired) == 1
    assert "broken" in capsys.readouterr().err
