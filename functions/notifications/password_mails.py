"""Trigger of the user pools: it writes the mails with first passwords and codes.

Cognito sends its own text where this function returns none, so nothing here keeps a mail back.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any
from uuid import uuid4

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

_SECONDS = 3
"""Cognito waits for a trigger for five, then sends no mail at all (Amazon Cognito Developer Guide,
"Customizing user pool workflows with Lambda triggers")."""
_FIRST, _FORGOTTEN = "CustomMessage_AdminCreateUser", "CustomMessage_ForgotPassword"
"""The mails of these pools. Whoever has the address of a signed-in user confirmed by hand gets
Cognito's own text."""
_MAX_MESSAGE, _MAX_SUBJECT = 20_000, 140
"""Characters (Cognito API Reference, MessageTemplateType)."""
logger = Logger(service="openhour")
_threads = ThreadPoolExecutor(4, "openhour-password-mail")


class NotWritable(Exception):
    """The mail does not have the form that Cognito demands."""


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Return the event with a subject and a message, or as it came where something fails."""
    if event.get("triggerSource") not in (_FIRST, _FORGOTTEN):
        return event
    try:
        written = _threads.submit(copy_context().run, _write, event).result(timeout=_SECONDS)
    except Exception as error:  # noqa: BLE001 - nothing may keep a mail back
        _report(error)
        return event
    return {**event, "response": {**(event.get("response") or {}), **written}}


def _report(error: Exception) -> None:
    # The error's message may quote what was sent.
    logger.warning("a password mail was not written", extra={"error": type(error).__name__})
    try:
        from openhour.api.observability import count_unwritten_password_mail  # noqa: PLC0415

        count_unwritten_password_mail()
    except Exception:  # noqa: BLE001 - as above
        logger.warning("a password mail that was not written was not counted")


def _write(event: dict[str, Any]) -> dict[str, str]:
    # Imported here, so that not even an error of an import keeps a mail back.
    from functions.notifications.mails.writing import write  # noqa: PLC0415
    from openhour import clock  # noqa: PLC0415
    from openhour.rules.mails import PasswordFacts  # noqa: PLC0415
    from openhour.use_cases.password_mails import Recipient, password_facts  # noqa: PLC0415

    request, username = event["request"], str(event["userName"])
    attributes = request["userAttributes"]
    is_first = event["triggerSource"] == _FIRST
    placeholders = {uuid4().hex: request["codeParameter"]}
    if is_first:
        # Cognito sends its own text where the whole name is missing.
        placeholders[uuid4().hex] = request["usernameParameter"]
    code, name, *_ = (*placeholders, None)
    facts = password_facts(
        Recipient(
            therapist_id=attributes["custom:therapist_id"],
            client_id=attributes.get("custom:client_id"),
            address=attributes.get("email", ""),
        ),
        PasswordFacts(
            code=code, sign_in_name=username.partition("/")[2] or username, username=name
        ),
        is_first=is_first,
        now=clock.now(),
    )
    if facts is None:
        return {}
    written = write(facts)
    return {
        "emailSubject": _checked(written.subject, _MAX_SUBJECT),
        "emailMessage": _checked(_with(placeholders, written.body.html), _MAX_MESSAGE),
    }


def _with(placeholders: dict[str, str], html: str) -> str:
    """Return a message with Cognito's placeholders, each once.

    Where a person's own words contain one, it is written so that Cognito leaves it alone.

    Raises:
        NotWritable: One does not stand there once.
    """
    for placeholder in placeholders.values():
        html = html.replace(placeholder, "".join(f"&#{ord(each)};" for each in placeholder))
    for mark, placeholder in placeholders.items():
        if html.count(mark) != 1 or not placeholder:
            raise NotWritable
        html = html.replace(mark, placeholder)
    # Cognito takes no characters that join or hide, such as those within an emoji of a family.
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _checked(text: str, limit: int) -> str:
    if len(text) > limit:
        raise NotWritable
    return text
