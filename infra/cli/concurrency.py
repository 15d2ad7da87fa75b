"""Pausing a stack, so that nothing writes while its tables are being restored.

Callers get an error meanwhile, and streams wait. Releases that come due go to the dead letters at
once (Lambda Developer Guide, "Reserved concurrency").
"""

from __future__ import annotations

from collections.abc import Iterator

import boto3

from infra.cli.output import CommandError, Line
from infra.cli.stack import Stack


def pause(stack: Stack) -> Iterator[Line]:
    """Keep every function from starting, so that nothing writes."""
    functions = boto3.client("lambda")
    for name, function in sorted(stack.functions.items()):
        functions.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
        yield Line("paused", f"{name} is paused.", {"function": name})
    text = "Running functions end within five minutes. Wait for that before restoring anything."
    yield Line("wait", text, {})


def resume(stack: Stack) -> Iterator[Line]:
    """Let every function start again."""
    # A concurrency that was reserved for releases comes back only when `ReleaseConcurrency` is
    # deployed with another number and then with its own.
    functions = boto3.client("lambda")
    for name, function in sorted(stack.functions.items()):
        functions.delete_function_concurrency(FunctionName=function)
        yield Line("resumed", f"{name} is resumed.", {"function": name})
    text = "Releases that came due meanwhile are dead letters: `openhour dead-letters replay`."
    yield Line("replay", text, {})


def require_paused(stack: Stack) -> None:
    """Require that no function can start.

    Raises:
        CommandError: a function is not paused.
    """
    functions = boto3.client("lambda")
    for name, function in sorted(stack.functions.items()):
        reserved = functions.get_function_concurrency(FunctionName=function)
        if reserved.get("ReservedConcurrentExecutions") != 0:
            text = (
                f"{name} is not paused and may write. Nothing was changed: `openhour pause` first."
            )
            raise CommandError(text)
