"""Traffic is held while the tables are put right, and let go again."""

import pytest

from infra.operate.told import Declined
from infra.recovery.traffic import hold, let_go, require_held


def test_nothing_starts_while_traffic_is_held(functions, stack):
    with pytest.raises(Declined, match="hold the traffic first"):
        require_held(functions, stack)
    list(hold(functions, stack))
    require_held(functions, stack)
    for name in stack.functions.values():
        answer = functions.get_function_concurrency(FunctionName=name)
        assert answer["ReservedConcurrentExecutions"] == 0


def test_one_function_that_is_not_held_is_enough_to_wait(functions, stack):
    list(hold(functions, stack))
    functions.delete_function_concurrency(FunctionName="openhour-PracticeFollower")
    with pytest.raises(Declined, match="PracticeFollower"):
        require_held(functions, stack)


def test_let_go_everything_starts_again(functions, stack):
    list(hold(functions, stack))
    told = list(let_go(functions, stack))
    assert told[-1].what == "replay"
    for name in stack.functions.values():
        answer = functions.get_function_concurrency(FunctionName=name)
        assert "ReservedConcurrentExecutions" not in answer
