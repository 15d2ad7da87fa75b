"""Running a verb: enter the target, write the output, and turn errors into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, ProfileNotFound
from pynamodb.exceptions import PynamoDBException

from infra.cli.output import FAILED, TRY_AGAIN, CommandError, Line, write_error, write_lines
from infra.cli.targets import Target, enter_local, enter_stack
from openhour.rules.refusals import Busy, Refusal
from openhour.store.audit_log import acting_as

Verb = Callable[..., Iterator[Line]]
"""A generator of lines that carries out a verb."""
_AGAIN = "Run the same command again to finish it."
_TRANSIENT = frozenset(
    {
        "InternalErrorException",
        "InternalServerException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""Error codes of Cognito, Scheduler and CloudFormation for calls that may succeed later."""
_HINTS = {
    "unknown-therapist": " There is no such therapist, or the practice was removed."
    " `openhour therapists list` prints every id.",
    "unknown-client": " There is no such client, or the client was discharged."
    " `openhour clients list THERAPIST_ID` prints every id.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """A verb with its options, as given on the command line.

    `function` carries it out, and with `stack_only` takes the stack first.
    """

    function: Verb
    options: Mapping[str, Any]
    stack: str | None
    url: str
    as_json: bool
    operator: str | None
    stack_only: bool


def execute(invocation: Invocation, target: Target | None = None) -> int:
    """Carry out the invocation and return the exit code. Errors of the program itself propagate.

    `target` is one that this process has entered already.
    """
    try:
        return write_lines(_lines(invocation, target), as_json=invocation.as_json)
    except KeyboardInterrupt:
        return write_error(f"Interrupted. {_AGAIN}", TRY_AGAIN)
    except CommandError as error:
        return write_error(str(error), FAILED)
    except Refusal as refusal:
        return write_error(*_describe_refusal(refusal))
    except (BotoCoreError, ClientError, PynamoDBException) as error:
        return write_error(*_describe_aws_error(error))
    except BrokenPipeError:
        raise  # click ends the process quietly: the reader has seen enough
    except OSError as error:
        # Python writes what is left when it exits, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return write_error(f"The output cannot be written: {error.strerror or error}.", FAILED)


def _lines(invocation: Invocation, target: Target | None) -> Iterator[Line]:
    if target is None:
        stack, url = invocation.stack, invocation.url
        target = enter_stack(stack) if stack else enter_local(url)
    target = replace(target, operator=invocation.operator or target.operator)
    stack_first = (target.stack,) if invocation.stack_only else ()
    with acting_as(target.actor):
        yield from invocation.function(*stack_first, **invocation.options)


def _describe_refusal(refusal: Refusal) -> tuple[str, int]:
    if isinstance(refusal, Busy):
        return f"The database is busy. {_AGAIN}", TRY_AGAIN
    errors = [f"{each['field']}: {each['message']}" for each in refusal.extra.get("errors", ())]
    text = "; ".join(errors) or f"Refused: {refusal.name}.{_HINTS.get(refusal.name, '')}"
    return text, FAILED


def _describe_aws_error(error: BotoCoreError | ClientError | PynamoDBException) -> tuple[str, int]:
    """Describe the error without AWS's own message, which may quote personal data."""
    if isinstance(error, ProfileNotFound):
        return "AWS_PROFILE names a profile that does not exist. Correct it.", FAILED
    if isinstance(error, NoCredentialsError):
        return "AWS has no credentials. Set AWS_PROFILE, or run `aws configure`.", FAILED
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        text = f"AWS rejected {error.operation_name}: {code}."
        return (f"{text} {_AGAIN}", TRY_AGAIN) if code in _TRANSIENT else (text, FAILED)
    if isinstance(error, BotoCoreError):
        text = f"AWS did not answer ({type(error).__name__}). Check the network and the region."
        return f"{text} {_AGAIN}", TRY_AGAIN
    return f"DynamoDB rejected a request: {error.cause_response_code}.", FAILED
