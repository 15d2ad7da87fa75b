"""Schedules: each practice's weekly release in EventBridge Scheduler follows the practice's row."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from openhour.rules.practice import Practice, ReleaseTime
from openhour.rules.release import missed_since, staggered_time

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

_NAME = re.compile(r"[0-9A-Za-z_.-]{1,64}")
"""What Scheduler takes for a name (EventBridge Scheduler API Reference, CreateSchedule)."""
_WITHIN_THE_MINUTE = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1}
"""Of a minute that a practice shares with others. The scheduled time that Scheduler then gives is
still the minute's beginning."""
_MAX_ATTEMPTS = 185
_MAX_AGE_SECONDS = 24 * 60 * 60
"""How often and how long Scheduler tries to hand a release to Lambda: as much as it allows. One
that then fails is tried twice more within minutes (Lambda Developer Guide, "How Lambda handles
errors and retries with asynchronous invocation"); after that the watch sees to it."""


@cache
def scheduler_client() -> EventBridgeSchedulerClient:
    """The client of Scheduler, made when first needed. Its session is its own: threads can't make
    clients of one session at once."""
    config = Config(connect_timeout=2, read_timeout=8, retries={"mode": "standard"})
    return boto3.Session().client("scheduler", config=config)


def sync(practice: Practice) -> None:
    """Make the practice's schedule what its settings say; none while no zone is set. Raises
    ZoneInfoNotFoundError for a zone that is none, before Scheduler sees it, and whatever
    Scheduler answers when it can't."""
    if not practice.timezone:
        remove(practice.therapist_id)
        return
    wanted = _schedule(practice)
    found = _find(practice.therapist_id)
    if found is None:
        scheduler_client().create_schedule(**wanted)
    elif any(found.get(name) != value for name, value in wanted.items()):
        scheduler_client().update_schedule(**wanted)


def remove(therapist_id: str) -> None:
    """Remove a practice's schedule, if there is one."""
    with suppress(scheduler_client().exceptions.ResourceNotFoundException):
        scheduler_client().delete_schedule(**_name(therapist_id))


def last_modified(therapist_id: str) -> datetime | None:
    """When the practice's schedule was made or last changed; None where there is none."""
    found = _find(therapist_id)
    return found["LastModificationDate"] if found else None


def overdue_since(practice: Practice, *, now: datetime) -> datetime | None:
    """The instant of a release that was missed though it was scheduled: not before the practice
    opened, nor by a time that was set only later. Raises whatever Scheduler answers when it
    can't."""
    since = missed_since(practice, now=now)
    if since is None:
        return None
    scheduled = last_modified(practice.therapist_id)
    return since if scheduled is None or scheduled <= since else None


def _find(therapist_id: str) -> dict[str, Any] | None:
    with suppress(scheduler_client().exceptions.ResourceNotFoundException):
        return dict(scheduler_client().get_schedule(**_name(therapist_id)))
    return None


def _schedule(practice: Practice) -> dict[str, Any]:
    """The whole of the schedule: an update forgets what it doesn't name."""
    minutes = int(os.environ["RELEASE_SPREAD_MINUTES"])
    runs = staggered_time(practice.release, practice.therapist_id, within_minutes=minutes)
    return {
        **_name(practice.therapist_id),
        "ScheduleExpression": _cron(runs),
        "ScheduleExpressionTimezone": practice.zone.key,
        "FlexibleTimeWindow": _WITHIN_THE_MINUTE if minutes else {"Mode": "OFF"},
        "State": "ENABLED",
        "Target": {
            "Arn": os.environ["RELEASE_FUNCTION_ARN"],
            "RoleArn": os.environ["SCHEDULER_ROLE_ARN"],
            "Input": json.dumps(
                {
                    "therapist_id": practice.therapist_id,
                    "scheduled_at": "<aws.scheduler.scheduled-time>",
                }
            ),
            "RetryPolicy": {
                "MaximumRetryAttempts": _MAX_ATTEMPTS,
                "MaximumEventAgeInSeconds": _MAX_AGE_SECONDS,
            },
            "DeadLetterConfig": {"Arn": os.environ["RELEASE_DEAD_LETTER_ARN"]},
        },
    }


def _name(therapist_id: str) -> dict[str, str]:
    """The schedule's group and name: the therapist's id, or its digest where it can't be one."""
    fits = _NAME.fullmatch(therapist_id)
    name = therapist_id if fits else sha256(therapist_id.encode()).hexdigest()
    return {"GroupName": os.environ["SCHEDULE_GROUP"], "Name": name}


def _cron(release: ReleaseTime) -> str:
    """The cron expression of a weekday and a local time, its seconds left out."""
    return f"cron({release.time.minute} {release.time.hour} ? * {release.weekday[:3].upper()} *)"
