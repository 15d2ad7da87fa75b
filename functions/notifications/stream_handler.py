"""Stream handler of the appointments', the regulars' and the registrations' tables.

It announces their changes.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import StreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.observability import count_mails_too_old
from openhour.rules.mail_intents import (
    MailIntent,
    intents_of_appointment,
    intents_of_regular,
)
from openhour.store.stream_images import (
    changed_appointment,
    changed_count,
    changed_registration,
    changed_regular,
)
from openhour.streams import handle_records
from openhour.use_cases.announcements import announce, schedule_reminders
from openhour.use_cases.registration_mails import follow_up, tell_day_is_full

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Handle a batch of records, and report those to be retried."""
    return handle_records(event, context, _handle, logger)


def _handle(record: StreamRecord) -> None:
    change = record.raw_event
    if "regular_id" in change["Keys"]:
        _announce_regular(change)
    elif "registration_key" in change["Keys"]:
        _announce_registration(change)
    else:
        _announce_session(change)


def _announce_session(change: dict[str, Any]) -> None:
    before, after = changed_appointment(change)
    if after is None or before == after:
        return
    therapist_id, now = change["Keys"]["owner"]["S"].partition("#")[0], clock.now()
    count_mails_too_old(announce(therapist_id, intents_of_appointment(before, after), now=now))
    if before is None or not before.live:
        schedule_reminders(therapist_id, after, now=now)


def _announce_regular(change: dict[str, Any]) -> None:
    intents = intents_of_regular(*changed_regular(change))
    therapist_id = change["Keys"]["therapist_id"]["S"]
    count_mails_too_old(announce(therapist_id, intents, now=clock.now()))


def _announce_registration(change: dict[str, Any]) -> None:
    """Announce a new registration, or that a day has seen as many as the settings allow."""
    therapist_id, now = change["Keys"]["therapist_id"]["S"], clock.now()
    intents: list[MailIntent] = []
    before, after = changed_registration(change)
    if after and (before is None or before.asked_at != after.asked_at):
        intents += follow_up(therapist_id, after, now=now)
    if counted := changed_count(change):
        intents += tell_day_is_full(therapist_id, *counted, now=now)
    count_mails_too_old(announce(therapist_id, intents, now=now))
