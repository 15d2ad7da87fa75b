"""Mail events: what SES says has become of mails. Addresses that take none are not mailed again."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from openhour import clock
from openhour.api.observability import count_stopped_mail, count_unreached_therapist
from openhour.deployment_check import CHECK, CHECKED, NOBODY
from openhour.rules.mail_events import MailEvent, UnreadableEvent, read_mail_event
from openhour.store.clients import find_client
from openhour.use_cases.mail_stops import stop_mail

logger = Logger(service="openhour")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any] | None:
    """Handle one event of EventBridge. What can't be read is logged without its content.

    The check of a deployment is answered by reading.

    Raises:
        Busy: DynamoDB can't answer. Lambda tries again, and then puts the event aside.
    """
    if event == CHECK:
        find_client(NOBODY, "check")
        return CHECKED
    try:
        mail_event = read_mail_event(event)
    except UnreadableEvent:
        logger.warning("an event of the mail service can't be read")
        return None
    _handle(mail_event)
    return None


def _handle(event: MailEvent) -> None:
    names = ("therapist_id", "client_id", "kind", "reason")
    extra = {name: value for name in names if (value := getattr(event, name))}
    if event.reason and event.kind.is_for_therapist:
        logger.warning("a mail has not reached the therapist", extra=extra)
        count_unreached_therapist()
    elif event.reason and stop_mail(event, now=clock.now()):
        logger.info("mail to a client is stopped", extra=extra)
        count_stopped_mail(event.reason)
    else:
        logger.info("a mail has not arrived, which stops no other", extra=extra)
