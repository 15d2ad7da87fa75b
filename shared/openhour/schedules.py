"""Schedules: each practice's weekly release in EventBridge Scheduler follows its row."""

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

from openhour.rules.practice import Practice
from openhour.rules.release import Overdue, is_due, overdue_since, staggered_time
from openhour.rules.settings import ReleaseTime

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

_NAME = re.compile(r"[0-9A-Za-z_.-]{1,64}")
"""The allowed names (EventBridge Scheduler API Reference, CreateSchedule)."""
_WITHIN_THE_MINUTE = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1}
"""Spreads schedules of the same minute. The scheduled time that Scheduler passes on is still the
beginning of the minute."""
_MAX_ATTEMPTS = 185
_MAX_AGE_SECONDS = 24 * 60 * 60
"""How often and how long Scheduler tries to invoke a release: its maximum. Lambda retries a failed
release twice within minutes (Lambda Developer Guide, "How Lambda handles errors and retries
with asynchronous invocation"). Afterwards the overdue monitor runs it."""


@cache
def scheduler_client() -> EventBridgeSchedulerClient:
    """Return the Scheduler client, which is created on first use.

    It has a session of its own, since threads can't create clients of one session at once.
    """
    config = Config(connect_timeout=2, read_timeout=8, retries={"mode": "standard"})
    return boto3.Session().client("scheduler", config=config)


def sync(practice: Practice) -> None:
    """Make the practice's schedule match its settings. Without a time zone there is none.

    Raises:
        ZoneInfoNotFoundError: The zone does not exist.
        ClientError: Scheduler can't.
    """
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
    """Delete a practice's schedule, if there is one."""
    with suppress(scheduler_client().exceptions.ResourceNotFoundException):
        scheduler_client().delete_schedule(**_name(therapist_id))


def last_modified(therapist_id: str) -> datetime | None:
    """Return when the practice's schedule was created or last changed, or None."""
    found = _find(therapist_id)
    return found["LastModificationDate"] if found else None


def find_overdue(practice: Practice, *, now: datetime) -> Overdue | None:
    """Return the release that should run now and that the schedule will not run, or None.

    Raises:
        ClientError: Scheduler can't answer.
    """
    if not is_due(practice, now=now):
        return None
    scheduled_at = last_modified(practice.therapist_id)
    return overdue_since(practice, scheduled_at=scheduled_at, now=now)


def _find(therapist_id: str) -> dict[str, Any] | None:
    with suppress(scheduler_client().exceptions.ResourceNotFoundException):
        return dict(scheduler_client().get_schedule(**_name(therapist_id)))
    return None


def _schedule(practice: Practice) -> dict[str, Any]:
    """Return the whole schedule. An update drops what it does not name."""
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
    """Return the group and name: the therapist id, or its digest where it is no allowed name."""
    fits = _NAME.fullmatch(therapist_id)
    name = therapist_id if fits else sha256(therapist_id.encode()).hexdigest()
    return {"GroupName": os.environ["SCHEDULE_GROUP"], "Name": name}


def _cron(release: ReleaseTime) -> str:
    """Return the cron expression of a weekday and a local time, to the minute."""
    return f"cron({release.time.minute} {release.time.hour} ? * {release.weekday[:3].upper()} *)"
