"""Traffic: held, so that nothing writes while the tables are put right, and let go again. Whoever
calls meanwhile is told to try later, and streams wait. A release that comes due meanwhile is put
with the dead letters at once (Lambda Developer Guide, "Reserved concurrency")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.operate.told import Declined, Told
from infra.recovery.stack import Stack


def hold(functions: Any, stack: Stack) -> Iterator[Told]:
    """Let no function of the stack start, from now on; what runs comes to its end within the five
    minutes that a function has."""
    for name, function in sorted(stack.functions.items()):
        functions.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
        yield Told("held", f"{name} is held.", {"function": name})
    yield Told("wait", "What still runs ends within five minutes: wait for it.", {})


def let_go(functions: Any, stack: Stack) -> Iterator[Told]:
    """Let every function of the stack start again. The share that releases may have had reserved is
    theirs again once `ReleaseConcurrency` is deployed as another number and back."""
    for name, function in sorted(stack.functions.items()):
        functions.delete_function_concurrency(FunctionName=function)
        yield Told("let-go", f"{name} runs.", {"function": name})
    text = "Releases that came due meanwhile are with the dead letters: replay them."
    yield Told("replay", text, {})


def require_held(functions: Any, stack: Stack) -> None:
    """Raise Declined where a function may start."""
    for name, function in sorted(stack.functions.items()):
        reserved = functions.get_function_concurrency(FunctionName=function)
        if reserved.get("ReservedConcurrentExecutions") != 0:
            raise Declined(f"{name} may start at any time, and write: hold the traffic first.")
