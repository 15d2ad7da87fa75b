"""What follows from the streams of the practices' and slots' tables: the release's schedule, and
planning that was cut short or waits for a slot to come free."""

from collections.abc import Callable
from contextlib import suppress
from traceback import format_tb
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock, schedules
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.slots import SlotState
from openhour.store.practices import read_practice
from openhour.use_cases.planning import carry_out_plan

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Follow every record, and report those to be tried again."""
    processor = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return process_partial_response(event, _once_for_each_therapist(), processor, context)


def _once_for_each_therapist() -> Callable[[Any], None]:
    """What is done with the records of one batch. All of them were written before, so whatever
    reads the rows again for the first record of a therapist has done so for the rest; where that
    fails, the batch is tried again from there."""
    done: set[tuple[str, Callable[[str], None]]] = set()

    def follow(record: Any) -> None:
        act = _act_for(record.dynamodb)
        therapist_id = record.dynamodb.keys["therapist_id"]
        if act and (therapist_id, act) not in done:
            done.add((therapist_id, act))
            _try(act, therapist_id)

    return follow


def _act_for(stream: StreamRecord) -> Callable[[str], None] | None:
    """What a record calls for: a slot's matters where its booking has ended and left it blocked,
    since an occurrence may be waiting for it."""
    if "slot_id" not in stream.keys:
        return follow_practice
    before, after = stream.old_image.get("state"), stream.new_image.get("state")
    freed = (before, after) == (SlotState.BOOKED, SlotState.BLOCKED)
    return place_waiting if freed else None


def follow_practice(therapist_id: str) -> None:
    """Make the schedule what the settings say, and carry out what is still to be planned; neither
    waits for the other to work."""
    try:
        practice = read_practice(therapist_id)
    except UnknownTherapist:
        schedules.remove(therapist_id)
        return
    try:
        schedules.sync(practice)
    finally:
        if practice.planned < practice.plan:
            place_waiting(therapist_id)


def place_waiting(therapist_id: str) -> None:
    """Carry out what is still to be planned, or waited for a slot; nothing where the practice is
    gone."""
    with suppress(UnknownTherapist):
        carry_out_plan(therapist_id, now=clock.now())


def _try(act: Callable[[str], None], therapist_id: str) -> None:
    """Only ids and the kind of an error are logged."""
    try:
        act(therapist_id)
    except Exception as error:
        kind, where = type(error).__name__, format_tb(error.__traceback__)
        extra = {"therapist_id": therapist_id, "error": kind, "where": where}
        logger.error("the practice could not be followed", extra=extra)  # noqa: TRY400 - no message
        raise
