"""The command: its verbs, and what each comes to."""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config

from infra.operate import places
from infra.operate.command import finish, name_actor
from infra.operate.told import Told
from infra.recovery import copies, dead_letters, traffic
from infra.recovery.inheritance import bring_in
from infra.recovery.stack import Stack, names_of_copy, read_environment, read_stack

_LONGEST_SECONDS = 910
"""Longer than any function may run."""
_EVERYBODY = {"therapist_ids": (), "resume": None, "units_per_second": 1000.0}
"""What an audit takes; nobody else reads a copy meanwhile."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code."""
    given = read_arguments(arguments)
    return finish(_perform(given), as_json=given.as_json)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; ends the process where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.recovery",
        description="What an operator does after something went wrong.",
        epilog="Exit codes: 0 done, 1 refused or something is wrong, 2 usage, 75 try again.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb = _verb_adder(verbs)
    verb("hold", "let no function start, so that nothing writes")
    verb("let-go", "let every function start again")
    copying = verb("copy", "copy every table as it was at one second")
    copying.add_argument("--at", required=True, type=_instant, help="2026-11-27T17:58:00Z")
    auditing = verb("audit", "look in a copy for what must never be")
    auditing.add_argument("--copy", required=True, help="as `copy` named it")
    writing = verb("write-back", "make the tables what a copy is")
    writing.add_argument("--copy", required=True, help="as `copy` named it")
    writing.add_argument("--therapist", metavar="ID", help="the rows of one therapist alone")
    writing.add_argument("--rehearse", action="store_true", help="only tell what differs")
    bringing = verb("bring-in", "bring in the rows that an earlier stack left")
    bringing.add_argument("--from", dest="earlier", required=True, metavar="NAME", help="its name")
    verb("replay", "hand over again what failed for good")
    following = verb("follow", "make a therapist's logins and schedule what the rows say")
    following.add_argument("therapist_id")
    return parser.parse_args(arguments)


def _verb_adder(verbs: Any) -> Any:
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--stack", required=True, metavar="NAME", help="the CloudFormation stack")
    place.add_argument("--json", dest="as_json", action="store_true", help="a JSON object a line")

    def add(name: str, told: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = verbs.add_parser(
            name, help=told, description=told, parents=[place]
        )
        return added

    return add


def _perform(given: argparse.Namespace) -> Iterator[Told]:
    operator = places.enter_stack(given.stack)
    stack = read_stack(boto3.client("cloudformation"), given.stack)
    functions = boto3.client("lambda", config=Config(read_timeout=_LONGEST_SECONDS))
    if given.verb == "hold":
        yield from traffic.hold(functions, stack)
    elif given.verb == "let-go":
        yield from traffic.let_go(functions, stack)
    elif given.verb == "copy":
        yield from copies.copy(boto3.client("dynamodb"), stack, at=given.at)
    elif given.verb == "audit":
        os.environ.update(names_of_copy(os.environ, given.copy))
        yield from _resolve("infra.operate.audit:audit")(**_EVERYBODY)
    elif given.verb == "write-back":
        yield from _write_back(given, functions, stack, operator)
    elif given.verb == "bring-in":
        yield from bring_in(boto3.client("dynamodb"), stack, earlier=given.earlier)
    elif given.verb == "replay":
        streams = boto3.client("dynamodbstreams")
        yield from dead_letters.replay(boto3.client("sqs"), streams, _invoking(functions), stack)
    else:
        os.environ.update(read_environment(functions, stack.functions["PracticeFollower"]))
        yield from _resolve("infra.recovery.followers:follow")(therapist_id=given.therapist_id)


def _write_back(
    given: argparse.Namespace, functions: Any, stack: Stack, operator: str
) -> Iterator[Told]:
    """Write back, or rehearse it. Who writes is first kept in the trail of those concerned."""
    if not given.rehearse:
        traffic.require_held(functions, stack)
        with _resolve("openhour.store.audit_log:acting_as")(name_actor(operator)):
            _resolve("infra.recovery.followers:keep_written_back")(given.therapist, given.copy)
    yield from copies.write_back(
        boto3.client("dynamodb"),
        stack,
        suffix=given.copy,
        therapist_id=given.therapist,
        rehearse=given.rehearse,
    )


_resolve = pkgutil.resolve_name


def _invoking(functions: Any) -> dead_letters.Invoke:
    def invoke(function: str, event: Mapping[str, Any]) -> Any:
        answer = functions.invoke(FunctionName=function, Payload=json.dumps(event).encode())
        if answer.get("FunctionError"):
            raise dead_letters.Failed
        return json.loads(answer["Payload"].read() or b"null")

    return invoke


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no instant") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no offset, as in 2026-11-27T17:58:00Z")
    return instant.astimezone(UTC).replace(microsecond=0)
