"""Stream handler of the practices' and the slots' tables.

It updates the release schedule and the logins of suspended clients, and completes planning that was
interrupted or that waited for a slot to become free. It tells the therapists of conflicts that no
act of theirs has shown them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock, schedules
from openhour.rules.new_conflicts import (
    conflicts_of_late_slot,
    conflicts_published,
    may_bring_conflicts,
)
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.slots import SlotState
from openhour.store.practices import read_practice
from openhour.store.stream_images import changed_practice
from openhour.streams import handle_records
from openhour.use_cases.announcements import ask_for_reminders, ask_for_therapist_mails
from openhour.use_cases.clients import sync_sign_in
from openhour.use_cases.conflict_mails import tell_conflicts
from openhour.use_cases.planning import carry_out_plan

logger = Logger(service="openhour")

_SIGN_IN = ("suspended_can_sign_in",)
_REMINDERS = ("timezone", "quiet_hours", "reminder_hours", "second_reminder_hours")
_THERAPIST_MAILS = (
    *("timezone", "release", "therapist_mails", "logins", "removed_at"),
    "released_through",  # It changes every week, whatever else has been lost.
)
"""The settings, and what else of a practice, that decide on a kind of task."""

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
        return tuple(_tasks_for_practice(*changed_practice(record.raw_event)))
    states = record.old_image.get("state"), record.new_image.get("state")
    if states != (SlotState.BOOKED, SlotState.BLOCKED):
        return ()
    return complete_planning, _TellOfLateSlot(keys["slot_id"])


def _tasks_for_practice(before: Practice | None, after: Practice | None) -> Iterator[Task]:
    if _differ(_SIGN_IN, before, after):
        yield sync_logins
    if before and after and _differ(_REMINDERS, before, after):
        yield remind_anew
    if after and _differ(_THERAPIST_MAILS, before, after):
        yield schedule_mails
    yield sync_practice
    if before and after and may_bring_conflicts(before, after):
        yield _TellOfPublished(before, after)


def _differ(names: Iterable[str], before: Practice | None, after: Practice | None) -> bool:
    """Return whether any of some values has changed. A missing practice has the defaults."""
    none = Practice(therapist_id="")
    return any(getattr(before or none, n) != getattr(after or none, n) for n in names)


def sync_logins(therapist_id: str) -> None:
    """Let the logins of suspended clients follow the settings, unless the practice is gone."""
    with suppress(UnknownTherapist):
        sync_sign_in(therapist_id)


def remind_anew(therapist_id: str) -> None:
    """Have the mailer schedule the reminders of all sessions by the settings as they are."""
    ask_for_reminders(therapist_id)


def schedule_mails(therapist_id: str) -> None:
    """Have the mailer schedule the mails to the therapists by the settings as they are."""
    ask_for_therapist_mails(therapist_id)


@dataclass(frozen=True, slots=True)
class _TellOfPublished:
    """Tells of the conflicts of newly published weeks, unless the practice is gone."""

    before: Practice
    after: Practice

    def __call__(self, therapist_id: str) -> None:
        choose = partial(conflicts_published, before=self.before, after=self.after)
        with suppress(UnknownTherapist):
            tell_conflicts(therapist_id, choose, now=clock.now())


@dataclass(frozen=True, slots=True)
class _TellOfLateSlot:
    """Tells of the regular for which a slot became free too late, unless the practice is gone."""

    slot_id: str

    def __call__(self, therapist_id: str) -> None:
        choose = partial(conflicts_of_late_slot, slot_id=self.slot_id)
        with suppress(UnknownTherapist):
            tell_conflicts(therapist_id, choose, now=clock.now())


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
