"""A stack is paused while its tables are being restored, and resumed."""

import pytest

from infra.cli.concurrency import pause, require_paused, resume
from infra.cli.output import CommandError


def test_no_function_of_a_paused_stack_starts(functions, stack):
    with pytest.raises(CommandError, match="openhour pause"):
        require_paused(functions, stack)
    list(pause(functions, stack))
    require_paused(functions, stack)
    for name in stack.functions.values():
        reserved = functions.get_function_concurrency(FunctionName=name)
        assert reserved["ReservedConcurrentExecutions"] == 0


def test_every_function_has_to_be_paused(functions, stack):
    list(pause(functions, stack))
    functions.delete_function_concurrency(FunctionName="openhour-PracticeStreamFunction")
    with pytest.raises(CommandError, match="PracticeStreamFunction"):
        require_paused(functions, stack)


def test_every_function_of_a_resumed_stack_starts(functions, stack):
    list(pause(functions, stack))
    lines = list(resume(functions, stack))
    assert lines[-1].kind == "replay"
    for name in stack.functions.values():
        assert "ReservedConcurrentExecutions" not in functions.get_function_concurrency(
            FunctionName=name
        )
