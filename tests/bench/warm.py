"""The work of a warm function: the processor's time of a handler against that of the bare boto3
calls that ask the same of DynamoDB, in turns, in one process."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import boto3

from openhour import clock
from tests.bench.acts import Act, all_acts, practice_item
from tests.bench.canned import Desk, answering, can
from tests.bench.figures import Figure, at_most
from tests.bench.samples import shares_of
from tests.unit.builders import NOW

TURNS, CALLS = 120, 10
"""Pairs of turns, and how often each side calls in one."""
_WARM_UP = 50


def measure() -> list[Figure]:
    """Every act's ratio, and where its time goes."""
    with answering(practice_item()) as desk:
        clock.set_now(NOW)
        acts = all_acts()
        # What the bench itself holds is nothing that a function's collector would go through.
        gc.collect()
        gc.freeze()
        try:
            return [_measure(act, desk) for act in acts]
        finally:
            gc.unfreeze()
            clock.reset()


def _measure(act: Act, desk: Desk) -> Figure:
    ours = partial(act.handler, act.event, None)
    bare = _bare_calls(act, ours, desk)
    for _ in range(_WARM_UP):
        ours()
        bare()
    ratio = median(_compare(ours, bare) for _ in range(TURNS))
    shares = shares_of(ours)
    told = ", ".join(f"{name} {share * ratio:.2f}" for name, share in shares.items())
    return at_most(f"warm: {act.name}", ratio, act.budget, told)


def _bare_calls(act: Act, ours: Callable[[], Any], desk: Desk) -> Callable[[], Any]:
    """boto3's calls for what the handler asks of DynamoDB, found by listening to it."""
    desk.answers = can(act.answers)
    desk.noted.clear()
    desk.noting = True
    answer = ours()
    desk.noting = False
    if answer["statusCode"] != act.status:
        raise AssertionError(f"{act.name}: {answer}")
    client: Any = boto3.client("dynamodb")
    calls = [partial(getattr(client, _METHODS[name]), **asked) for name, asked in desk.noted]

    def bare() -> None:
        for call in calls:
            call()

    return bare


_METHODS = {
    "GetItem": "get_item",
    "Query": "query",
    "BatchGetItem": "batch_get_item",
    "TransactWriteItems": "transact_write_items",
}


def _compare(ours: Callable[[], Any], bare: Callable[[], Any]) -> float:
    return _time(ours) / _time(bare)


def _time(call: Callable[[], Any]) -> float:
    begun = process_time()
    for _ in range(CALLS):
        call()
    return process_time() - begun
