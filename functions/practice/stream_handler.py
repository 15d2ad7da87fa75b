"""Stream handler of the practices' and the slots' tables.

It updates the release schedule and the logins of suspended clients, and completes planning that was
interrupted or that waited for a slot to become free.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock, schedules
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.settings import setting_specs, value_to_json
from openhour.rules.slots import SlotState
from openhour.store.practices import read_practice
from openhour.streams import handle_records
from openhour.use_cases.announcements import ask_for_reminders
from openhour.use_cases.clients import sync_sign_in
from openhour.use_cases.planning import carry_out_plan

logger = Logger(service="openhour")

_SIGN_IN = "suspended_can_sign_in"
_REMINDERS = ("timezone", "quiet_hours", "reminder_hours", "second_reminder_hours")
_DEFAULTS = {name: value_to_json(setting_specs()[name].default) for name in (_SIGN_IN, *_REMINDERS)}

Task = Callable[[str], None]
"""A task for one therapist's practice, by therapist id."""


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Handle a batch of records, and report those to be retried."""
    return handle_records(event, context, _once_per_therapist(), logger)


def _once_per_therapist() -> Callable[[StreamRecord], None]:
    """Return a handler that runs each task once per therapist.

    A task reads the current rows, which contain the writes of the whole batch, so one run serves
    all records of a therapist. If it fails, the batch is retried from its first record.
    """
    started: set[tuple[str, Task]] = set()

    def handle(record: StreamRecord) -> None:
        therapist_id = record.keys["therapist_id"]
        for task in _tasks_for(record):
            if (therapist_id, task) not in started:
                started.add((therapist_id, task))
                task(therapist_id)

    return handle


def _tasks_for(record: StreamRecord) -> tuple[Task, ...]:
    """Return the tasks for a record.

    A slot matters only if its booking ended and left it blocked: a planned occurrence may wait for
    it.
    """
    keys = record.keys
    if "slot_id" not in keys:
        before, after = (_settings(image) for image in (record.old_image, record.new_image))
        lasts = bool(record.old_image and record.new_image)
        return (
            *([sync_logins] if before[_SIGN_IN] != after[_SIGN_IN] else []),
            *([remind_anew] if lasts and any(before[n] != after[n] for n in _REMINDERS) else []),
            sync_practice,
        )
    states = record.old_image.get("state"), record.new_image.get("state")
    return (complete_planning,) if states == (SlotState.BOOKED, SlotState.BLOCKED) else ()


def _settings(image: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of a practice's row on which tasks depend, with their defaults."""
    settings = json.loads(image.get("settings", "{}"))
    stored = {**settings, "timezone": image.get("timezone")}
    return {name: stored.get(name, _DEFAULTS[name]) for name in _DEFAULTS}


def sync_logins(therapist_id: str) -> None:
    """Let the logins of suspended clients follow the settings, unless the practice is gone."""
    with suppress(UnknownTherapist):
        sync_sign_in(therapist_id)


def remind_anew(therapist_id: str) -> None:
    """Have the mailer schedule the reminders of all sessions by the settings as they are."""
    ask_for_reminders(therapist_id)


def sync_practice(therapist_id: str) -> None:
    """Update the release schedule from the settings, and complete planning.

    An error in either does not prevent the other.
    """
    try:
        practice = read_practice(therapist_id)
    except UnknownTherapist:
        schedules.remove(therapist_id)
        return
    try:
        schedules.sync(practice)
    finally:
        if practice.planned < practice.plan:
            complete_planning(therapist_id)


def complete_planning(therapist_id: str) -> None:
    """Carry out the rest of the plan, unless the practice is gone."""
    with suppress(UnknownTherapist):
        carry_out_plan(therapist_id, now=clock.now())
