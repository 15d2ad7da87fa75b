"""Warm calls: a handler's CPU time against that of the bare boto3 calls that it makes.

Both run in turns in one process, with DynamoDB's answers from memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import boto3
from botocore import xform_name

from infra.bench.calls import Call, client_calls, practice_item
from infra.bench.profiler import shares_of
from infra.bench.report import Figure, ratio_figure, share_details
from infra.bench.stub_transport import StubTransport, encode_all, stubbed
from infra.seed import NOW
from openhour import clock

TURNS, CALLS = 120, 10
"""Pairs of turns, and calls of each side in one turn."""
_WARM_UP = 50


def measure() -> list[Figure]:
    """Return the ratio of every call, and which library its time goes to.

    Calls that are compared with others have a second line.
    """
    with stubbed(practice_item()) as transport:
        clock.set_now(NOW)
        calls = client_calls()
        # A function's garbage collector would not traverse what the bench itself holds.
        gc.collect()
        gc.freeze()
        try:
            return [figure for call in calls for figure in _figures(call, calls, transport)]
        finally:
            gc.unfreeze()
            clock.reset()


def _figures(call: Call, calls: Sequence[Call], transport: StubTransport) -> Iterator[Figure]:
    yield _compare_with_bare(call, transport)
    if call.compared:
        name, budget = call.compared
        other = next(each for each in calls if each.name == name)
        ratio = _ratio(_handler(call, transport), _handler(other, transport))
        yield ratio_figure(f"warm: {call.name} / {name}", ratio, budget)


def _compare_with_bare(call: Call, transport: StubTransport) -> Figure:
    handler = _handler(call, transport)
    ratio = _ratio(handler, _bare_calls(call, handler, transport))
    details = share_details(shares_of(handler), ratio)
    return ratio_figure(f"warm: {call.name}", ratio, call.budget, details)


def _handler(call: Call, transport: StubTransport) -> Callable[[], Any]:
    responses = encode_all(call.responses)

    def handle() -> Any:
        transport.responses = responses
        return call.handler(call.event, None)

    return handle


def _ratio(one: Callable[[], Any], other: Callable[[], Any]) -> float:
    """Return how many times the CPU time of the other call one call takes."""
    for _ in range(_WARM_UP):
        one()
        other()
    return median(_cpu_time(one) / _cpu_time(other) for _ in range(TURNS))


def _bare_calls(
    call: Call, handler: Callable[[], Any], transport: StubTransport
) -> Callable[[], Any]:
    """Record what the handler requests of DynamoDB, and return boto3 calls that do the same."""
    transport.requests.clear()
    transport.recording = True
    response = handler()
    transport.recording = False
    if response["statusCode"] != call.status:
        raise RuntimeError(f"{call.name}: {response}")
    client: Any = boto3.client("dynamodb")
    methods = [
        partial(getattr(client, xform_name(operation)), **parameters)
        for operation, parameters in transport.requests
    ]

    def bare() -> None:
        for method in methods:
            with suppress(client.exceptions.TransactionCanceledException):
                method()

    return bare


def _cpu_time(call: Callable[[], Any]) -> float:
    started = process_time()
    for _ in range(CALLS):
        call()
    return process_time() - started
