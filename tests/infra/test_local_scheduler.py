"""Schedules run once per occurrence, by the practice's clock, in the therapist's time zone."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import boto3
import pytest

from infra.local.environment import (
    RELEASE_DEAD_LETTER_ARN,
    RELEASE_FUNCTION_ARN,
    SCHEDULE_GROUP,
    SCHEDULER_ROLE_ARN,
)
from infra.local.overdue_monitor import HourlyMonitor
from infra.local.schedules import Scheduler, Weekly
from openhour import clock

FRIDAY_AT_SIX = "cron(0 18 ? * FRI *)"
INPUT = '{"therapist_id": "demo", "scheduled_at": "<aws.scheduler.scheduled-time>"}'


def at(text):
    return datetime.fromisoformat(text)


NEW_YORK = "America/New_York"
AT_HALF_PAST_TWO, AT_HALF_PAST_ONE = "cron(30 2 ? * SUN *)", "cron(30 1 ? * SUN *)"
OCCURRENCES = {
    "due on the second": (FRIDAY_AT_SIX, NEW_YORK, "11-27 17:59:59", "11-27 18:00", "11-27 18:00"),
    "the week between": (FRIDAY_AT_SIX, NEW_YORK, "11-27 18:00", "12-04 17:59:59"),
    "six stays six when the clocks go back": (
        *(FRIDAY_AT_SIX, NEW_YORK, "10-29 00:00", "11-07 00:00"),
        *("10-30 18:00", "11-06 18:00"),
    ),
    "half an hour off": (
        *(FRIDAY_AT_SIX, "Asia/Kolkata", "11-27 17:30", "11-27 18:30"),
        "11-27 18:00",
    ),
    "far in the east": (
        *(FRIDAY_AT_SIX, "Pacific/Auckland", "11-27 17:59", "11-27 18:01"),
        "11-27 18:00",
    ),
    "a time that spring skips": (
        *(AT_HALF_PAST_TWO, NEW_YORK, "03-07 00:00", "03-16 00:00"),
        "03-15 02:30",
    ),
    "the first of two equal times in autumn": (
        *(AT_HALF_PAST_ONE, NEW_YORK, "11-01 00:00", "11-02 00:00"),
        "11-01 01:30",
    ),
}
"""Expression, zone, beginning and end of a span, and the occurrences in it, by the zone's clock."""


@pytest.mark.parametrize("case", OCCURRENCES.values(), ids=OCCURRENCES)
def test_a_weekly_schedule_follows_local_time(case):
    expression, zone, *times = case
    after, until, *occurrences = (
        at(f"2026-{text}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for text in times
    )
    assert list(Weekly.of(expression, zone).between(after, until)) == occurrences


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
def test_other_schedules_are_rejected(expression, zone, problem):
    with pytest.raises(problem):
        Weekly.of(expression, zone)


class Target:
    """A target that records its runs, after a number of failures."""

    def __init__(self):
        self.runs = []
        self.failures = 0

    def __call__(self, arn, text):
        assert arn == RELEASE_FUNCTION_ARN
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.runs.append(json.loads(text))


@pytest.fixture
def target():
    return Target()


@pytest.fixture
def schedule(aws):
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
def scheduler(aws, target):
    clock.set_now(at("2026-11-27T17:58:00-05:00"))
    return Scheduler(boto3.client("scheduler"), SCHEDULE_GROUP, clock.now, target, retry_seconds=0)


@pytest.fixture
def run_at(scheduler):
    """A function that runs what is due at a time of that Friday, or of another day."""

    def run_at(time, day="2026-11-27"):
        clock.set_now(at(f"{day}T{time}-05:00"))
        scheduler.run_due()

    return run_at


def test_a_due_schedule_runs_once_with_its_scheduled_time(schedule, run_at, target):
    schedule()
    run_at("17:59:59")
    assert target.runs == []
    run_at("18:00:07")
    run_at("18:00:08")
    assert target.runs == [{"therapist_id": "demo", "scheduled_at": "2026-11-27T23:00:00Z"}]


def test_a_flexible_window_runs_at_its_start(schedule, run_at, target):
    schedule(window=1)
    for time in ("17:59:59", "18:00:00", "18:00:59"):
        run_at(time)
        assert len(target.runs) == (time > "18")
    assert target.runs[0]["scheduled_at"] == "2026-11-27T23:00:00Z"


def test_skipped_occurrences_run_in_order(schedule, run_at, target):
    schedule()
    run_at("18:00:00", day="2026-12-11")
    assert [each["scheduled_at"] for each in target.runs] == [
        "2026-11-27T23:00:00Z",
        "2026-12-04T23:00:00Z",
        "2026-12-11T23:00:00Z",
    ]


def test_an_occurrence_does_not_repeat_if_the_clock_is_set_back(schedule, run_at, target):
    schedule()
    for time in ("18:01:00", "17:59:00") * 2:
        run_at(time)
    assert len(target.runs) == 1


def test_a_disabled_schedule_does_not_run(schedule, run_at, target):
    schedule(state="DISABLED")
    run_at("18:01:00")
    assert target.runs == []


@pytest.mark.parametrize(
    ("failures", "runs", "dead_letters"),
    [pytest.param(2, 1, 0, id="succeeds in the end"), pytest.param(3, 0, 1, id="never succeeds")],
)
def test_a_failed_run_is_retried_twice(
    schedule, scheduler, run_at, target, failures, runs, dead_letters
):
    schedule()
    target.failures = failures
    for _ in range(5):
        run_at("18:01:00")
    assert len(target.runs) == runs
    instants = [json.loads(each)["scheduled_at"] for each in scheduler.dead_letters]
    assert instants == ["2026-11-27T23:00:00Z"] * dead_letters


def test_an_invalid_schedule_is_reported_and_does_not_affect_others(
    schedule, run_at, target, capsys
):
    schedule("broken", expression="rate(7 days)")
    schedule("demo")
    run_at("18:01:00")
    assert len(target.runs) == 1
    assert "broken" in capsys.readouterr().err


def test_the_next_due_instant_is_that_of_the_first_schedule(schedule, scheduler, run_at, target):
    schedule("late", expression="cron(30 18 ? * FRI *)")
    schedule("early")
    schedule("off", expression="cron(15 17 ? * FRI *)", state="DISABLED")
    schedule("broken", expression="rate(7 days)")
    until = at("2026-11-27T18:30:00-05:00")
    assert scheduler.next_due(until) == at("2026-11-27T18:00:00-05:00")
    run_at("18:00:00")
    assert scheduler.next_due(until) == until
    assert scheduler.next_due(until - timedelta(seconds=1)) is None
    run_at("18:30:00")
    assert scheduler.next_due(until) is None
    assert len(target.runs) == 2


def test_runs_that_failed_are_left_until_they_succeed(schedule, scheduler, run_at, target):
    schedule()
    target.failures = 1
    clock.set_now(at("2026-11-27T18:00:00-05:00"))
    assert scheduler.run_due() is False
    assert scheduler.run_due() is True


def test_a_restarted_scheduler_has_run_nothing_and_skips_what_lies_behind(
    schedule, scheduler, run_at, target
):
    schedule()
    target.failures = 4
    for _ in range(4):
        run_at("18:01:00")
    run_at("18:01:00", day="2026-12-04")
    with scheduler.restarting():
        clock.set_now(at("2026-11-27T17:00:00-05:00"))
    assert scheduler.dead_letters == []
    assert scheduler.run_due() is True
    run_at("18:01:00")
    assert [each["scheduled_at"] for each in target.runs] == ["2026-11-27T23:00:00Z"]


def test_a_schedules_change_is_dated_by_the_practices_clock(schedule, scheduler):
    schedule()
    (listed,) = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    assert abs(listed["LastModificationDate"] - clock.now()) < timedelta(minutes=1)


@pytest.fixture
def monitored():
    """A monitor that began at midnight, and the minutes of its runs; call it with minutes."""
    ran: list[int] = []
    minutes = [0]
    beginning = datetime(2026, 11, 27, tzinfo=UTC)
    monitor = HourlyMonitor(
        lambda: ran.append(minutes[0]), lambda: beginning + timedelta(minutes=minutes[0])
    )

    def run_at(minute):
        minutes[0] = minute
        return monitor.run_due()

    return monitor, run_at, ran


def test_the_monitor_runs_once_an_hour_by_the_practices_clock(monitored):
    _, run_at, ran = monitored
    for minute in (0, 59, 60, 61, 119, 125, 500):
        run_at(minute)
    assert ran == [60, 125, 500]


def test_a_restarted_monitor_begins_a_new_hour(monitored):
    monitor, run_at, ran = monitored
    run_at(500)
    with monitor.restarting():
        pass
    run_at(559)
    run_at(560)
    assert ran == [500, 560]


def test_a_monitor_that_fails_runs_again_an_hour_later(capsys):
    minutes = [0]

    def fail():
        raise RuntimeError(f"minute {minutes[0]}")

    beginning = datetime(2026, 11, 27, tzinfo=UTC)
    monitor = HourlyMonitor(fail, lambda: beginning + timedelta(minutes=minutes[0]))
    for minutes[0] in (60, 90, 120):
        assert monitor.run_due() is True
    assert re.findall(r"RuntimeError: (.+)", capsys.readouterr().err) == ["minute 60", "minute 120"]
