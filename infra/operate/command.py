"""The command: done in the place that was named, and what it comes to."""

from __future__ import annotations

import argparse
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from pynamodb.exceptions import PynamoDBException

from infra.operate import places
from infra.operate.arguments import read_arguments, verb_options
from infra.operate.told import AGAIN, FAULT, Declined, Told, complain, tell
from openhour.rules.refusals import Busy, Refusal

_NO_WORD = re.compile(r"[^A-Za-z0-9_-]+")
"""What the trail keeps of no name."""
_PASSING = frozenset(
    {
        "InternalErrorException",
        "InternalServerException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""What Cognito, Scheduler and CloudFormation answer when they may do it later."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say, in the place that they name; the exit code."""
    given = read_arguments(arguments)

    def enter() -> Iterator[Told]:
        stack, url = given.stack, given.url
        yield from perform(given, places.enter_stack(stack) if stack else places.enter_local(url))

    return finish(enter(), as_json=given.as_json)


def perform(given: argparse.Namespace, operator: str) -> Iterator[Told]:
    """Do what was asked for, in a place that was entered, as the operator of that name."""
    act: Callable[..., Iterator[Told]] = pkgutil.resolve_name(given.act)
    acting = pkgutil.resolve_name("openhour.store.audit_log:acting_as")
    with acting(name_actor(given.operator or operator)):
        yield from act(**verb_options(given))


def name_actor(operator: str) -> str:
    """The operator, as the trail names them."""
    return f"operator:{_NO_WORD.sub('-', operator).strip('-_') or 'unnamed'}"


def finish(doing: Iterator[Told], *, as_json: bool) -> int:
    """Tell what is done while it is done, or why it can't be; the exit code. Raises what is a
    mistake of the program's own."""
    try:
        return tell(doing, as_json=as_json)
    except KeyboardInterrupt:
        return complain("Cut short: give the same command again.", AGAIN)
    except (Declined, Refusal) as refusal:
        return complain(*_refused(refusal))
    except (BotoCoreError, ClientError, PynamoDBException) as fault:
        return complain(*_failed(fault))


def _refused(refusal: Declined | Refusal) -> tuple[str, int]:
    if isinstance(refusal, Declined):
        return str(refusal), FAULT
    if isinstance(refusal, Busy):
        return "The database is too busy just now: give the same command again.", AGAIN
    wrong = [f"{each['field']}: {each['message']}" for each in refusal.extra.get("errors", ())]
    return "; ".join(wrong) or f"Refused: {refusal.name}.", FAULT


def _failed(fault: BotoCoreError | ClientError | PynamoDBException) -> tuple[str, int]:
    """What AWS answered, but for its message, which may quote a name."""
    if isinstance(fault, NoCredentialsError):
        return "AWS wants credentials, and has been given none.", FAULT
    if isinstance(fault, ClientError):
        code = fault.response["Error"]["Code"]
        return f"AWS refused {fault.operation_name}: {code}.", AGAIN if code in _PASSING else FAULT
    if isinstance(fault, BotoCoreError):
        return f"AWS can't be asked ({type(fault).__name__}): give the same command again.", AGAIN
    return f"DynamoDB refused: {fault.cause_response_code}.", FAULT
